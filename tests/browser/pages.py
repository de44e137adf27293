"""Every page of the application, whom it is for, and what stands in its address.

The demonstration's story gives the records. Some pages are only there while a meeting is held, or
after it, so they are listed by the three moments at which ``Story`` arrives one after another.
"""

import datetime

from allauth.account.utils import user_pk_to_url_str
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.contrib.auth.tokens import default_token_generator
from django.urls import NoReverseMatch, reverse

from accounts import workflow as accounts
from accounts.models import User
from actions.models import Action, Status
from core import clock
from core.markings import Marking
from demo import story
from documents import workflow as documents
from documents.models import Publication
from meetings.models import ItemKind, Meeting
from meetings.workflow import agenda, minutes
from membership import workflow as membership
from membership.models import Agency, AgencyKind
from tests.accounts.passkey import Passkey
from tests.world import hashed

# The next meeting is then the first of a municipal year, so its chairs are to be reviewed.
TODAY = datetime.date(2027, 5, 4)
NOBODY = ""  # somebody who is not signed in
SECURED = "clover"  # whose account has an authenticator app, a passkey and recovery codes
WAITING = "bay"  # who was invited and has not come yet
ELSEWHERE = "gravesham"  # a partnership that has just begun: all its lists are empty
EMPTY_OFFICER = "teasel"


class Story:
    """The demonstration, and its records by the names that the tables below use."""

    def __init__(self) -> None:
        self.cast = story.tell(TODAY)
        self.people = dict(self.cast.people)
        User.objects.exclude(pk=self.people[WAITING].pk).update(password=hashed())
        self.elsewhere()
        self.shared = self.share()
        board = Meeting.objects.filter(group=self.cast.groups["board"]).order_by("on")
        self.first, self.second, self.third, self.coming, self.later = board
        self.dvacs = Meeting.objects.get(group=self.cast.groups["dvacs"])
        self.names = {**self.of_people(), **self.of_meetings(), **self.of_actions()}

    def path(self, name: str, *words: str) -> str:
        """The address of a page; a word like ``?by=group`` is put behind it."""
        query = "".join(word for word in words if word.startswith("?"))
        named = [self.names.get(word, word) for word in words if not word.startswith("?")]
        try:
            return reverse(name, args=named) + query
        except NoReverseMatch:
            place = [] if named[:1] == [ELSEWHERE] else [story.SLUG]
            return reverse(name, args=[*place, *named]) + query

    def elsewhere(self) -> None:
        officer = User.objects.create(
            email="teasel@demo.invalid", name="Teasel Rook", password=hashed()
        )
        council = Agency(
            name="Gravesham Borough Council", short_name="Gravesham BC", slug="gravesham-council",
            kind=AgencyKind.DISTRICT, starts_on=datetime.date(1974, 4, 1),
        )  # fmt: skip
        membership.establish(
            name="Gravesham Community Safety Partnership", place="Gravesham", slug=ELSEWHERE,
            agency=council, officer=officer, post="Community Safety Manager", starts_on=TODAY,
        )  # fmt: skip
        self.people[EMPTY_OFFICER] = officer

    def share(self):
        """One line in the record of sharing."""
        bodies = self.cast.bodies
        return documents.record_sharing(
            self.cast.partnership, on=TODAY, what="Street lighting at the car park",
            shared_by=bodies["council"], shared_with=bodies["police"], recipient="Linden Shah",
            lawful_gateway="Crime and Disorder Act 1998 s.115", reason="To plan patrols",
            group=None, protocol=None, repeats="", by=self.people["hazel"],
        )  # fmt: skip

    def secure(self) -> None:
        """Give the secured account all its factors, once its owner has signed in."""
        user = self.people[SECURED]
        TOTP.activate(user, generate_totp_secret())
        RecoveryCodes.activate(user)
        key = Passkey().register({"publicKey": {"user": {"id": ""}, "challenge": ""}})
        self.names["passkey"] = Authenticator.objects.create(
            user=user, type=Authenticator.Type.WEBAUTHN,
            data={"name": "Work laptop", "credential": key, "passwordless": True},
        ).pk  # fmt: skip

    # ---- names ----------------------------------------------------------------------------------

    def of_people(self):
        cast = self.cast
        board = cast.groups["board"]
        agreement = cast.partnership.agreements.get()
        contact = cast.partnership.representations.get(body__startswith="Kent Community")
        return {
            **{key: agency.slug for key, agency in cast.bodies.items()},
            **{key: person.pk for key, person in self.people.items()},
            "post": cast.post("police", "Organised Crime Lead").pk,
            "place": board.places.first().pk,
            "partner": cast.partnership.partners.get(agency=cast.bodies["watch"]).pk,
            "juniper’s": cast.seats["juniper", "board"].pk,
            "agreement": agreement.pk,
            "signature": agreement.signatures.get(agency=cast.bodies["support"]).pk,
            "protocol": board.protocols.get().pk,
            "contact": contact.pk,
            "dartford’s": cast.partnership.pk,
            "line": self.shared.pk,
            "token": self.token(),
            "fern’s": user_pk_to_url_str(self.people["fern"]),
            "key": default_token_generator.make_token(self.people["fern"]),
        }

    def token(self) -> str:
        """What stands in the newest invitation of the one who is still waiting."""
        waiting = self.people[WAITING]
        waiting.invited_at = clock.now()
        waiting.save(update_fields=["invited_at"])
        return accounts.invitation(waiting)

    def of_meetings(self):
        restricted = self.coming.items.get(kind=ItemKind.DVACS).papers.get()
        opened = self.coming.items.get(kind=ItemKind.HORIZON).papers.get()
        published = Publication.objects.order_by("published_at").first()
        return {
            **{
                name: getattr(self, name).slug
                for name in ("first", "second", "third", "coming", "later")
            },
            "dvacs meeting": self.dvacs.slug,
            "item": self.coming.items.get(kind=ItemKind.FUNDING).pk,
            "paper": opened.pk,
            "document": opened.document_id,
            "restricted": restricted.document_id,
            "restricted item": restricted.item_id,
            "published": published.slug if published else "none",
        }

    def of_actions(self):
        states = dict(Action.objects.values_list("status", "reference"))
        visits = Action.objects.get(text__startswith="Home safety visits")
        moved = Action.objects.get(text__startswith="Publish the domestic abuse")
        return {
            "police’s": Action.objects.get(text__startswith="Bring repeat").reference,
            "moved": moved.reference,
            "said done": visits.reference,
            "closed": states[Status.DONE],
            "dropped": states[Status.DROPPED],
        }

    # ---- what happens between the three moments -------------------------------------------------

    def hold(self) -> None:
        """The coming meeting begins, and decides something."""
        hazel = self.people["hazel"]
        agenda.publish(self.coming, by=hazel)
        meeting = minutes.open(self.coming, chaired_by=self.people["linden"], by=hazel)
        item = meeting.items.get(kind=ItemKind.FUNDING)
        decided = minutes.decide(item, text="Gravesham may join.", by=hazel)
        minutes.make_action(
            item, text="Ask them", owner=self.cast.bodies["council"], marking=Marking.OFFICIAL,
            post=None, due_on=TODAY + datetime.timedelta(days=60), by=hazel,
        )  # fmt: skip
        arising = meeting.items.get(kind=ItemKind.MATTERS_ARISING)
        last = meeting.items.get(kind=ItemKind.MINUTES)
        self.names |= {
            "number": item.number, "decision": decided.pk, "arising": arising.number,
            "last minutes": last.number,
        }  # fmt: skip

    def finish(self) -> None:
        """It agrees the last minutes, and its own go to the chair."""
        hazel = self.people["hazel"]
        minutes.agree(self.third, agreed_in=self.coming, by=hazel)
        minutes.send_to_chair(self.coming, acknowledged=True, by=hazel)


# ---- the tables ---------------------------------------------------------------------------------

OFFICER, CHAIR, POLICE, FIRE, UNSIGNED = "hazel", "sage", "linden", "juniper", "ash"

# Address, persona, and the words of the address.
BEFORE = [
    ("demo:personas", NOBODY),
    ("account_login", NOBODY),
    ("account_inactive", NOBODY),
    ("account_reset_password", NOBODY),
    ("account_reset_password_done", NOBODY),
    ("account_reset_password_from_key", NOBODY, "2", "not-a-key"),
    ("account_reset_password_from_key_done", NOBODY),
    ("accounts:invitation", NOBODY, "token"),
    ("accounts:signed_out", NOBODY),
    ("dashboards:home", NOBODY),
    ("dashboards:accessibility", NOBODY),
    ("dashboards:privacy", NOBODY),
    ("dashboards:contact", NOBODY),
    ("dashboards:public", NOBODY),
    ("dashboards:public_search", NOBODY),
    ("dashboards:public_search", NOBODY, "?q=figures"),
    ("dashboards:public_search", NOBODY, "?q=zyzzyva"),
    ("documents:publications", NOBODY),
    ("documents:publication", NOBODY, "published"),
    ("meetings:public_agenda", NOBODY, "third"),
    ("accounts:profile", OFFICER),
    ("accounts:details", OFFICER),
    ("accounts:second_factor_needed", OFFICER),
    ("account_logout", OFFICER),
    ("account_reauthenticate", OFFICER),
    ("account_change_password", OFFICER),
    ("account_set_password", WAITING),
    ("mfa_index", OFFICER),
    ("mfa_activate_totp", OFFICER),
    ("mfa_add_webauthn", OFFICER),
    ("mfa_list_webauthn", OFFICER),
    ("mfa_index", SECURED),
    ("mfa_reauthenticate", SECURED),
    ("mfa_deactivate_totp", SECURED),
    ("mfa_view_recovery_codes", SECURED),
    ("mfa_generate_recovery_codes", SECURED),
    ("mfa_list_webauthn", SECURED),
    ("mfa_reauthenticate_webauthn", SECURED),
    ("mfa_edit_webauthn", SECURED, "passkey"),
    ("mfa_remove_webauthn", SECURED, "passkey"),
    ("accounts:profile", SECURED),
    ("usersessions_list", OFFICER),
    ("notices:list", OFFICER),
    ("dashboards:home", OFFICER),
    ("dashboards:home", CHAIR),
    ("dashboards:home", FIRE),
    ("dashboards:owed", OFFICER),
    ("dashboards:policy", OFFICER),
    ("dashboards:audit", OFFICER),
    ("dashboards:audit", OFFICER, "?show=reads"),
    ("membership:people", OFFICER),
    ("membership:people", OFFICER, "?by=group"),
    ("membership:people", OFFICER, "?by=person"),
    ("membership:people", OFFICER, "?by=agency&on=2021-06-01"),
    ("membership:people", OFFICER, "?words=zyzzyva"),
    ("membership:invite", OFFICER),
    ("membership:agency_add", OFFICER),
    ("membership:agency", OFFICER, "council"),
    ("membership:agency", OFFICER, "ccg"),
    ("membership:agency_change", OFFICER, "county"),
    ("membership:agency_succeed", OFFICER, "county"),
    ("membership:post_add", OFFICER, "county"),
    ("membership:post_end", OFFICER, "police", "post"),
    ("membership:group_add", OFFICER),
    ("membership:group", OFFICER, "board"),
    ("membership:group", OFFICER, "dvacs"),
    ("membership:group", OFFICER, "ocg"),
    ("membership:group_change", OFFICER, "board"),
    ("membership:group_end", OFFICER, "dvacs"),
    ("membership:seat_add", OFFICER, "board"),
    ("membership:place_add", OFFICER, "board"),
    ("membership:place_end", OFFICER, "board", "place"),
    ("membership:partner_add", OFFICER),
    ("membership:partner_change", OFFICER, "partner"),
    ("membership:partner_leave", OFFICER, "partner"),
    ("membership:seat_end", OFFICER, "juniper’s"),
    ("membership:seat_renew", OFFICER, "juniper’s"),
    ("membership:seat_move", OFFICER, "juniper’s"),
    ("membership:person", OFFICER, "bryony"),
    ("membership:person", OFFICER, WAITING),
    ("membership:person_correct", OFFICER, WAITING),
    ("membership:person_close", OFFICER, "juniper"),
    ("membership:sharing", OFFICER),
    ("membership:agreement_add", OFFICER),
    ("membership:agreement_change", OFFICER, "agreement"),
    ("membership:sign", OFFICER, "agreement"),
    ("membership:signature_end", OFFICER, "signature"),
    ("membership:protocol_add", OFFICER, "board"),
    ("membership:protocol", OFFICER, "protocol"),
    ("membership:protocol_change", OFFICER, "protocol"),
    ("membership:protocol_end", OFFICER, "protocol"),
    ("membership:countywide", OFFICER),
    ("membership:representation_add", OFFICER),
    ("membership:representation", OFFICER, "contact"),
    ("membership:representation_change", OFFICER, "contact"),
    ("membership:representation_end", OFFICER, "contact"),
    ("membership:representation_report", OFFICER, "contact"),
    ("membership:settings", OFFICER),
    ("membership:history", OFFICER, "settings", "dartford’s"),
    ("membership:history", OFFICER, "seat", "juniper’s"),
    ("meetings:list", OFFICER),
    ("meetings:list", FIRE, "?year=2025"),
    ("meetings:schedule", OFFICER, "board"),
    ("meetings:detail", OFFICER, "first"),
    ("meetings:detail", OFFICER, "third"),
    ("meetings:detail", OFFICER, "coming"),
    ("meetings:detail", FIRE, "coming"),
    ("meetings:detail", OFFICER, "later"),
    ("meetings:detail", OFFICER, "dvacs meeting"),
    ("meetings:history", OFFICER, "coming"),
    ("meetings:move_date", OFFICER, "coming"),
    ("meetings:cancel", OFFICER, "coming"),
    ("meetings:agenda", OFFICER, "coming"),
    ("meetings:item_add", OFFICER, "coming"),
    ("meetings:item_change", OFFICER, "coming", "item"),
    ("meetings:item_remove", OFFICER, "coming", "item"),
    ("meetings:paper_add", OFFICER, "coming", "item"),
    ("meetings:paper_remove", OFFICER, "coming", "paper"),
    ("meetings:publish_agenda", OFFICER, "coming"),
    ("meetings:say", FIRE, "coming"),
    ("meetings:draft_minutes", FIRE, "third"),
    ("meetings:draft_minutes", OFFICER, "first"),
    ("meetings:minutes", OFFICER, "dvacs meeting", "1"),
    ("actions:list", OFFICER),
    ("actions:list", FIRE, "?view=all"),
    ("actions:list", OFFICER, "?words=zyzzyva"),
    ("actions:add", OFFICER, "board"),
    ("actions:detail", OFFICER, "said done"),
    ("actions:detail", POLICE, "police’s"),
    ("actions:detail", OFFICER, "moved"),
    ("actions:detail", OFFICER, "dropped"),
    ("actions:update", POLICE, "police’s"),
    ("actions:move", POLICE, "police’s"),
    ("actions:confirm", OFFICER, "said done"),
    ("actions:reopen", OFFICER, "said done"),
    ("actions:reopen", OFFICER, "closed"),
    ("actions:drop", OFFICER, "moved"),
    ("actions:hand_over", OFFICER, "moved"),
    ("actions:history", OFFICER, "moved"),
    ("documents:detail", OFFICER, "restricted"),
    ("documents:detail", FIRE, "document"),
    ("documents:detail", UNSIGNED, "restricted"),
    ("documents:version_add", OFFICER, "document"),
    ("documents:open_to", OFFICER, "restricted"),
    ("documents:sharing_record", OFFICER),
    ("documents:sharing_record_add", OFFICER),
    ("documents:sharing_record_line", OFFICER, "line"),
    ("documents:sharing_record_change", OFFICER, "line"),
    # Nothing there yet
    ("dashboards:home", EMPTY_OFFICER),
    ("dashboards:owed", EMPTY_OFFICER, ELSEWHERE),
    ("dashboards:public", NOBODY, ELSEWHERE),
    ("documents:publications", NOBODY, ELSEWHERE),
    ("documents:sharing_record", EMPTY_OFFICER, ELSEWHERE),
    ("meetings:list", EMPTY_OFFICER, ELSEWHERE),
    ("membership:people", EMPTY_OFFICER, ELSEWHERE, "?by=group"),
    ("membership:sharing", EMPTY_OFFICER, ELSEWHERE),
    ("membership:countywide", EMPTY_OFFICER, ELSEWHERE),
    ("actions:list", EMPTY_OFFICER, ELSEWHERE),
    ("notices:list", EMPTY_OFFICER),
]

DURING = [
    ("dashboards:home", OFFICER),
    ("meetings:detail", OFFICER, "coming"),
    ("meetings:open", OFFICER, "coming"),
    ("meetings:attendance", OFFICER, "coming"),
    ("meetings:minutes", OFFICER, "coming", "number"),
    ("meetings:minutes", OFFICER, "coming", "arising"),
    ("meetings:minutes", OFFICER, "coming", "last minutes"),
    ("meetings:decision_change", OFFICER, "coming", "decision"),
    ("meetings:admit", OFFICER, "coming", "decision"),
    ("meetings:chair_review", OFFICER, "coming"),
    ("meetings:agree", OFFICER, "third"),
    ("meetings:finish", OFFICER, "coming"),
    ("meetings:public_agenda", NOBODY, "coming"),
]

AFTER = [
    ("meetings:detail", CHAIR, "coming"),
    ("meetings:draft_minutes", CHAIR, "coming"),
    ("meetings:clear", CHAIR, "coming"),
    ("meetings:return", CHAIR, "coming"),
    ("meetings:publish_minutes", OFFICER, "third"),
]

NOT_A_PAGE = {
    "livez": "for machines",
    "readyz": "for machines",
    "mfa_download_recovery_codes": "a download",
    "mfa_login_webauthn": "data for the script",
    "mfa_authenticate": "only between password and code: among the states",
    "notices:open": "leads to another page",
    "dashboards:feed": "a feed",
    "membership:people_csv": "a download",
    "membership:popolo": "a download",
    "meetings:minutes_pdf": "a download",
    "meetings:item": "leads to the meeting; refused, it is among the states",
    "actions:csv": "a download",
    "documents:file": "a download; refused, it is among the states",
    "documents:publication_pdf": "a download",
}
