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
from django.core import signing
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import NoReverseMatch, reverse

from accounts import workflow as accounts
from accounts.models import User
from actions.models import Action, Request, Status
from actions.workflow import requests as asking
from assessments.models import (
    Assessment,
    DeliveryAction,
    Edition,
    Order,
    PoliceCrimePlan,
    PolicyChange,
    TensionReport,
)
from assessments.workflow import strategy
from core import clock
from core.markings import Marking
from demo import story
from documents import workflow as documents
from documents.models import PersonalNote, Publication
from figures.models import Crime, CrimeFile, CrimeImport, FiguresReturn
from figures.workflow import uploads
from meetings.models import BacklogItem, Correction, Decision, ItemKind, Meeting, OfferedPaper
from meetings.workflow import agenda, corrections, minutes
from membership import workflow as membership
from membership.models import Agency, AgencyKind, Interest
from notices.models import Delivery, Turn
from notices.queries import scheduled
from notices.workflow.letters import SALT
from tests.accounts.passkey import Passkey
from tests.browser import (
    case_pages,
    death_information_pages,
    death_pages,
    death_plan_pages,
    death_report_pages,
)
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
        self.names = {
            **self.of_people(), **self.of_meetings(), **self.of_actions(), **self.of_what_waits()
        }  # fmt: skip

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
            "street run": CrimeImport.objects.first().pk,
            "street file": CrimeFile.objects.first().pk,
            "replaced file": self.replaced().pk,
            **self.of_knowing(),
            **self.of_assessing(),
            **self.of_strategy(),
            **case_pages.names(self.cast),
            **(death := death_pages.names(self.cast)),
            **death_information_pages.names(self.cast, death["death review"]),
            **death_plan_pages.names(self.cast, death["death review"]),
            **death_report_pages.names(self.cast),
            "fern’s": user_pk_to_url_str(self.people["fern"]),
            "key": default_token_generator.make_token(self.people["fern"]),
        }

    def replaced(self):
        """A month whose earlier file can be counted again."""
        newest = CrimeFile.objects.filter(replaced_by=None).order_by("-month", "-pk").first()
        rows = Crime.objects.filter(file=newest)[:9]
        earlier = CrimeFile.objects.create(
            run=newest.run, name="earlier.csv", sha256="e" * 64, size=9, force=newest.force,
            month=newest.month, rows_read=9, rows_kept=9, rows_refused=0, rows_without_place=0,
            replaced_by=newest, replaced_at=clock.now(),
        )  # fmt: skip
        Crime.objects.bulk_create(
            Crime(file=earlier, line=row.line, type_id=row.type_id, lsoa_code=row.lsoa_code)
            for row in rows
        )
        return earlier

    def of_strategy(self):
        editions = Edition.objects.filter(strategy__partnership=self.cast.partnership)
        published = editions.get(status="published")
        draft = editions.get(status="draft")
        first = draft.priorities.order_by("number").first()
        objective = first.objectives.order_by("number").first()
        links = DeliveryAction.objects.filter(objective__priority__edition=draft)
        return {
            "the strategy": published.strategy.slug,
            "restricted edition": "restricted",
            "county section": "county",
            "year": published.year,
            "draft year": draft.year,
            "priority": published.priorities.get(number=2).pk,
            "draft priority": first.pk,
            "objective": objective.pk,
            "measure": objective.measures.first().pk,
            "delivery": links.first().pk,
            "police plan": PoliceCrimePlan.objects.get(partnership=self.cast.partnership).pk,
        }

    def of_knowing(self):
        orders = Order.objects.filter(partnership=self.cast.partnership).order_by("starts_on")
        changes = PolicyChange.objects.filter(partnership=self.cast.partnership)
        return {
            "order": orders[0].slug,
            "extension": orders[1].slug,
            "policy change": changes.filter(action=None).first().pk,
            "policy change with action": changes.exclude(action=None).first().pk,
            "tension": TensionReport.objects.get(level=4).pk,
            "closed tension": TensionReport.objects.get(level=2).pk,
        }

    def of_assessing(self):
        written, drafted = Assessment.objects.filter(partnership=self.cast.partnership).order_by(
            "starts_on"
        )
        return {
            "assessment": written.slug,
            "drafted": drafted.slug,
            "evidence": written.evidence.filter(marking=Marking.SENSITIVE).get().pk,
            "finding": written.consultation.first().pk,
            "threat": written.scores.first().pk,
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
            "interest": Interest.objects.filter(ends_on=None).first().pk,
            "note": PersonalNote.objects.get().pk,
            "restricted item": restricted.item_id,
            "subject": self.first.items.get(kind=ItemKind.PERFORMANCE).thread,
            "restricted subject": restricted.item.thread,
            "direction": Decision.objects.get(text__contains="refreshed delivery plan").pk,
            "published": published.slug if published else "none",
            "suggested": Correction.objects.open().get(item__meeting=self.third).pk,
            "strategy": self.third.items.get(kind=ItemKind.STRATEGY).number,
        }

    def of_what_waits(self):
        waiting = BacklogItem.objects.filter(state="waiting")
        template = self.cast.groups["dvacs"].agenda_templates.get()
        report = self.coming.reports.get()
        return {
            "template": template.pk, "template line": template.lines.first().pk,
            "kept": waiting.get(origin="officer").pk, "offer": waiting.get(origin="offered").pk,
            "offered paper": OfferedPaper.objects.get().pk, "report": report.pk,
            "report item": report.item_id, "report number": report.item.number,
            "led item": self.coming.items.get(kind=ItemKind.TENSIONS).pk,
        }  # fmt: skip

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
            **self.of_duties(),
            **self.of_notices(),
            **self.of_requests(),
        }

    def of_requests(self):
        requests = Request.objects.of(self.cast.partnership)
        requests = requests.exclude(kind__in=["case-review", "death-review"])
        returns = FiguresReturn.objects.of(self.cast.partnership)
        own = returns.get(agency=self.cast.bodies["fire"], sent_at=None)
        answered = requests.filter(status="answered").first()
        file = SimpleUploadedFile(
            "figures.csv",
            b"Indicator,Area,Part,Figure\ndeliberate-fires,,,34\ndeliberate-fires,,Primary,<5\n",
        )
        return {
            "late request": requests.late(TODAY).first().reference,
            "request by hand": self.asked_by_hand().reference,
            "closed request": requests.filter(status="accepted").first().reference,
            "answered request": answered.reference,
            "sent return": answered.figures_return.pk,
            "fire’s return": own.pk,
            "fire’s file": uploads.upload(own, file=file, by=self.people["juniper"]).pk,
        }

    def asked_by_hand(self):
        """One that is answered on its own page, rather than on that of a room above."""
        return asking.ask(
            self.cast.groups["board"], agency=self.cast.bodies["fire"], subject="Hoax calls",
            due_on=TODAY + datetime.timedelta(days=14), by=self.people["hazel"],
        )  # fmt: skip

    def of_notices(self):
        hazel = self.people["hazel"]
        wish = {"person": str(hazel.pk), "kind": "event"}
        coming = scheduled.coming(hazel, self.cast.partnership, TODAY, kind="action-due")
        return {
            "coming reminder": coming[0].subject,
            "mail": Delivery.objects.filter(state="sent").first().pk,
            "unsubscribe": signing.dumps(wish, salt=SALT),
        }

    def of_duties(self):
        turns = Turn.objects.of(self.cast.partnership).order_by("first_due_on")
        due = turns.filter(done_on=None, first_due_on__gt=TODAY).first()
        return {
            "duty": due.cycle_id,
            "due duty": due.pk,
            "done duty": turns.exclude(done_by=None).first().pk,
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
        self.adopt(decided)
        arising = meeting.items.get(kind=ItemKind.MATTERS_ARISING)
        last = meeting.items.get(kind=ItemKind.MINUTES)
        self.names |= {
            "number": item.number, "decision": decided.pk, "arising": arising.number,
            "last minutes": last.number,
        }  # fmt: skip

    def adopt(self, decision) -> None:
        """The meeting adopts the refreshed strategy, which waits to be published."""
        hazel = self.people["hazel"]
        draft = Edition.objects.get(strategy__partnership=self.cast.partnership, status="draft")
        strategy.write(draft, changes="Lamps come first.", equality="Looked at.", by=hazel)
        strategy.consulted(
            draft, starts_on=None, ends_on=None, how="A survey.", found="Lamps.", by=hazel
        )
        strategy.adopt(draft, decision=decision, by=hazel)
        strategy.make_waiting()

    def finish(self) -> None:
        """It agrees the last minutes, and its own go to the chair."""
        hazel = self.people["hazel"]
        for waiting in Correction.objects.open().filter(item__meeting=self.third):
            corrections.decline(waiting, answer="The minutes stand.", by=hazel)
        minutes.agree(self.third, agreed_in=self.coming, by=hazel)
        minutes.send_to_chair(self.coming, acknowledged=True, by=hazel)


# ---- the tables ---------------------------------------------------------------------------------

OFFICER, CHAIR, POLICE, FIRE, UNSIGNED = "hazel", "sage", "linden", "juniper", "ash"
PARTNER = "bryony"  # who withdrew from an item of the third meeting

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
    ("meetings:pack", OFFICER, "third"),
    ("meetings:pack", FIRE, "third"),
    ("meetings:pack", OFFICER, "coming"),
    ("meetings:pack_readers", OFFICER, "third"),
    ("meetings:pack_readers", OFFICER, "coming"),
    ("meetings:supplement", OFFICER, "dvacs meeting"),
    ("meetings:public_subjects", NOBODY),
    ("meetings:public_subjects", NOBODY, "?q=zyzzyva"),
    ("meetings:public_subject", NOBODY, "subject"),
    ("calendar:page", OFFICER),
    ("calendar:page", "bryony"),
    ("meetings:decisions", OFFICER),
    ("meetings:decisions", FIRE, "?view=to-follow"),
    ("meetings:decisions", OFFICER, "?words=zyzzyva"),
    ("meetings:decision", OFFICER, "direction"),
    ("meetings:decision", FIRE, "direction"),
    ("meetings:outcome", OFFICER, "direction"),
    ("meetings:series", OFFICER, "board"),
    ("meetings:attendance_record", OFFICER, "board"),
    ("meetings:attendance_record", FIRE, "board", "?year=1066"),
    ("meetings:thread", OFFICER, "subject"),
    ("meetings:thread", UNSIGNED, "restricted subject"),
    ("actions:remind", OFFICER, "?all=1&view=late"),
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
    ("notices:preferences", OFFICER),
    ("notices:scheduled", OFFICER),
    ("notices:hold", OFFICER, "action-due", "coming reminder"),
    ("notices:ladders", OFFICER),
    ("notices:ladder", OFFICER, "action-due"),
    ("notices:log", OFFICER),
    ("notices:log", OFFICER, "?view=wrong"),
    ("notices:mail", OFFICER, "mail"),
    ("notices:mails", NOBODY),
    ("notices:unsubscribe", NOBODY, "unsubscribe"),
    ("notices:calendar", OFFICER),
    ("notices:calendar", OFFICER, "?state=done"),
    ("notices:calendar", CHAIR),
    ("notices:cycles", OFFICER),
    ("notices:cycle_add", OFFICER),
    ("notices:cycle_change", OFFICER, "duty"),
    ("notices:cycle_end", OFFICER, "duty"),
    ("notices:turn", OFFICER, "due duty"),
    ("notices:turn", OFFICER, "done duty"),
    ("notices:turn_move", OFFICER, "due duty"),
    ("notices:turn_done", OFFICER, "due duty"),
    ("notices:working_days", OFFICER),
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
    ("membership:agency_change", OFFICER, "fire"),
    ("membership:agency_succeed", OFFICER, "fire"),
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
    ("membership:interests", OFFICER),
    ("membership:interests", PARTNER, "?kind=gift"),
    ("membership:interest_add", PARTNER),
    ("membership:interest_add_other", OFFICER),
    ("membership:interest", OFFICER, "interest"),
    ("membership:interest_change", OFFICER, "interest"),
    ("membership:interest_end", OFFICER, "interest"),
    ("membership:interests", EMPTY_OFFICER, ELSEWHERE),
    ("meetings:interests", FIRE, "coming"),
    ("meetings:interests", PARTNER, "third"),
    ("meetings:interests_other", OFFICER, "coming"),
    ("meetings:draft_minutes", PARTNER, "third"),
    ("meetings:notes", FIRE),
    ("meetings:notes", OFFICER),
    ("documents:note_add", FIRE, "document"),
    ("documents:note_change", FIRE, "note"),
    ("documents:note_remove", FIRE, "note"),
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
    ("meetings:item", OFFICER, "coming", "report item"),
    ("meetings:item", FIRE, "coming", "item"),
    ("meetings:templates", OFFICER, "board"),
    ("meetings:templates", EMPTY_OFFICER, ELSEWHERE, "secretariat"),
    ("meetings:template_add", OFFICER, "board"),
    ("meetings:template", OFFICER, "dvacs", "template"),
    ("meetings:template_change", OFFICER, "dvacs", "template"),
    ("meetings:template_remove", OFFICER, "dvacs", "template"),
    ("meetings:line_add", OFFICER, "dvacs", "template"),
    ("meetings:line_change", OFFICER, "dvacs", "template", "template line"),
    ("meetings:backlog", OFFICER, "board"),
    ("meetings:backlog", OFFICER, "board", "?view=closed"),
    ("meetings:backlog", OFFICER, "board", "?words=zyzzyva"),
    ("meetings:backlog", EMPTY_OFFICER, ELSEWHERE, "secretariat"),
    ("meetings:backlog_add", OFFICER, "board"),
    ("meetings:backlog_item", OFFICER, "kept"),
    ("meetings:backlog_item", PARTNER, "offer"),
    ("meetings:backlog_change", OFFICER, "kept"),
    ("meetings:backlog_decline", OFFICER, "offer"),
    ("meetings:take_up_changed", OFFICER, "coming", "offer"),
    ("meetings:offers", PARTNER),
    ("meetings:offers", OFFICER),
    ("meetings:offer", PARTNER, "coming"),
    ("meetings:paper_offer", POLICE, "coming", "led item"),
    ("meetings:offered", OFFICER, "offered paper"),
    ("meetings:offered", POLICE, "offered paper"),
    ("meetings:offered_decline", OFFICER, "offered paper"),
    ("meetings:reports", OFFICER, "dvacs"),
    ("meetings:reports", FIRE, "dvacs"),
    ("meetings:report", OFFICER, "report"),
    ("meetings:report_write", OFFICER, "dvacs", "later"),
    ("meetings:say", FIRE, "coming"),
    ("meetings:draft_minutes", FIRE, "third"),
    ("meetings:draft_minutes", OFFICER, "first"),
    ("meetings:corrections", OFFICER, "third"),
    ("meetings:corrections", FIRE, "third", "?state=withdrawn"),
    ("meetings:correction", FIRE, "third", "suggested"),
    ("meetings:correction_answer", OFFICER, "third", "suggested"),
    ("meetings:correct", FIRE, "third", "strategy", "1"),
    ("meetings:correct_add", FIRE, "third", "strategy"),
    ("meetings:reviews", OFFICER, "third"),
    ("meetings:redactions", OFFICER, "second"),
    ("meetings:later_note", OFFICER, "second"),
    ("meetings:publish_minutes", OFFICER, "first"),
    ("meetings:approve_publication", CHAIR, "first"),
    ("meetings:approve_publication", OFFICER, "first"),
    ("meetings:minutes", OFFICER, "dvacs meeting", "1"),
    ("meetings:live", OFFICER, "dvacs meeting"),
    ("figures:crime", OFFICER),
    ("figures:crime", FIRE, "?against=year&type=Shoplifting&sort=-rate"),
    ("figures:crime", EMPTY_OFFICER, ELSEWHERE),
    ("figures:months", OFFICER),
    ("figures:districts", FIRE),
    ("figures:ward", OFFICER, "E05012405"),
    ("figures:holding", OFFICER),
    ("figures:holding", FIRE, "?view=replaced"),
    ("figures:holding", EMPTY_OFFICER, ELSEWHERE),
    ("figures:send_in", OFFICER),
    ("figures:run", OFFICER, "street run"),
    ("figures:file", FIRE, "street file"),
    ("figures:file", OFFICER, "replaced file"),
    ("figures:file_use_again", OFFICER, "replaced file"),
    ("assessments:index", OFFICER),
    ("assessments:index", FIRE),
    ("assessments:index", EMPTY_OFFICER, ELSEWHERE),
    ("assessments:assessments", OFFICER),
    ("assessments:assessments", EMPTY_OFFICER, ELSEWHERE),
    ("assessments:assessment_begin", OFFICER),
    ("assessments:assessment", OFFICER, "assessment"),
    ("assessments:assessment", OFFICER, "drafted"),
    ("assessments:assessment", UNSIGNED, "drafted"),
    ("assessments:assessment_read", OFFICER, "assessment", "restricted edition"),
    ("assessments:assessment_read", FIRE, "assessment", "public"),
    ("assessments:assessment_read", FIRE, "drafted", "public"),
    ("assessments:assessment_sources", FIRE, "assessment"),
    ("assessments:section", OFFICER, "drafted", "violence"),
    ("assessments:section", OFFICER, "drafted", "county section"),
    ("assessments:section", OFFICER, "assessment", "total"),
    ("assessments:section_history", OFFICER, "assessment", "total"),
    ("assessments:evidence", OFFICER, "assessment"),
    ("assessments:evidence", UNSIGNED, "assessment"),
    ("assessments:evidence", FIRE, "drafted"),
    ("assessments:evidence_offer", FIRE, "drafted"),
    ("assessments:evidence_answer", OFFICER, "assessment", "evidence"),
    ("assessments:findings", OFFICER, "assessment"),
    ("assessments:findings", OFFICER, "drafted"),
    ("assessments:finding_add", OFFICER, "drafted"),
    ("assessments:finding_change", OFFICER, "assessment", "finding"),
    ("assessments:scores", OFFICER, "assessment"),
    ("assessments:scores", OFFICER, "drafted"),
    ("assessments:score_add", OFFICER, "drafted"),
    ("assessments:score_change", OFFICER, "assessment", "threat"),
    ("assessments:weights", OFFICER, "drafted"),
    ("assessments:assessment_board", OFFICER, "drafted"),
    ("assessments:assessment_adopt", OFFICER, "drafted"),
    ("assessments:assessment_publish", OFFICER, "drafted"),
    ("assessments:assessment_publish", CHAIR, "assessment"),
    ("assessments:strategies", OFFICER),
    ("assessments:strategies", EMPTY_OFFICER, ELSEWHERE),
    ("assessments:strategy_begin", OFFICER),
    ("assessments:police_plans", FIRE),
    ("assessments:police_plans", EMPTY_OFFICER, ELSEWHERE),
    ("assessments:police_plan_add", OFFICER),
    ("assessments:police_plan_change", OFFICER, "police plan"),
    ("assessments:strategy", OFFICER, "the strategy"),
    ("assessments:strategy", FIRE, "the strategy"),
    ("assessments:edition", OFFICER, "the strategy", "draft year"),
    ("assessments:edition", FIRE, "the strategy", "year"),
    ("assessments:edition_read", FIRE, "the strategy", "year"),
    ("assessments:edition_read", OFFICER, "the strategy", "draft year"),
    ("assessments:edition_delivery", FIRE, "the strategy", "year"),
    ("assessments:edition_changes", OFFICER, "the strategy", "year"),
    ("assessments:edition_history", OFFICER, "the strategy", "year"),
    ("assessments:edition_words", OFFICER, "the strategy", "draft year", "foreword"),
    ("assessments:edition_consulted", OFFICER, "the strategy", "draft year"),
    ("assessments:edition_assessment", OFFICER, "the strategy", "draft year"),
    ("assessments:edition_withdraw", OFFICER, "the strategy", "draft year"),
    ("assessments:edition_adopt", OFFICER, "the strategy", "draft year"),
    ("assessments:edition_take_over", OFFICER, "the strategy", "draft year"),
    ("assessments:edition_sent", OFFICER, "the strategy", "year"),
    ("assessments:edition_files", OFFICER, "the strategy", "year"),
    ("assessments:edition_files", OFFICER, "the strategy", "draft year"),
    ("assessments:priority_add", OFFICER, "the strategy", "draft year"),
    ("assessments:priority", FIRE, "the strategy", "year", "priority"),
    ("assessments:priority", OFFICER, "the strategy", "draft year", "draft priority"),
    ("assessments:priority_change", OFFICER, "the strategy", "draft year", "draft priority"),
    ("assessments:priority_remove", OFFICER, "the strategy", "draft year", "draft priority"),
    ("assessments:evidence_add", OFFICER, "the strategy", "draft year", "draft priority"),
    ("assessments:objective_add", OFFICER, "the strategy", "draft year", "draft priority"),
    ("assessments:objective_change", OFFICER, "the strategy", "draft year", "objective"),
    ("assessments:objective_remove", OFFICER, "the strategy", "draft year", "objective"),
    ("assessments:measure_add", OFFICER, "the strategy", "draft year", "objective"),
    ("assessments:measure_change", OFFICER, "the strategy", "draft year", "measure"),
    ("assessments:action_add", OFFICER, "the strategy", "draft year", "objective"),
    ("assessments:action_link", OFFICER, "the strategy", "draft year", "objective"),
    ("assessments:delivery_change", OFFICER, "the strategy", "draft year", "delivery"),
    ("assessments:powers", OFFICER),
    ("assessments:powers", FIRE, "?on=1+January+2015"),
    ("assessments:power", OFFICER, "public-spaces-protection-order"),
    ("assessments:power_use", OFFICER),
    ("assessments:power_use", EMPTY_OFFICER, ELSEWHERE),
    ("assessments:orders", OFFICER, "?view=all"),
    ("assessments:orders", EMPTY_OFFICER, ELSEWHERE),
    ("assessments:order", OFFICER, "order"),
    ("assessments:order", FIRE, "extension"),
    ("assessments:order_add", OFFICER),
    ("assessments:order_change", OFFICER, "order"),
    ("assessments:order_discharge", OFFICER, "order"),
    ("assessments:order_consult", OFFICER, "extension"),
    ("assessments:order_make", OFFICER, "extension"),
    ("assessments:public_orders", NOBODY),
    ("assessments:public_orders", NOBODY, ELSEWHERE),
    ("assessments:public_order", NOBODY, "order"),
    ("assessments:horizon", OFFICER),
    ("assessments:horizon", FIRE, "?view=closed"),
    ("assessments:horizon", EMPTY_OFFICER, ELSEWHERE),
    ("assessments:horizon_add", OFFICER),
    ("assessments:horizon_since", OFFICER),
    ("assessments:policy_change", OFFICER, "policy change"),
    ("assessments:horizon_change", OFFICER, "policy change"),
    ("assessments:horizon_close", OFFICER, "policy change"),
    ("assessments:horizon_action", OFFICER, "policy change"),
    ("assessments:horizon_link", OFFICER, "policy change"),
    ("assessments:policy_change", FIRE, "policy change with action"),
    ("assessments:themes", OFFICER),
    ("assessments:themes", EMPTY_OFFICER, ELSEWHERE),
    ("assessments:theme_add", OFFICER),
    ("assessments:theme", OFFICER, "domestic-abuse"),
    ("assessments:theme", UNSIGNED, "hate-crime"),
    ("assessments:theme_change", OFFICER, "hate-crime"),
    ("assessments:theme_link_action", OFFICER, "hate-crime"),
    ("assessments:theme_link_paper", OFFICER, "hate-crime"),
    ("assessments:tensions", OFFICER, "?view=all"),
    ("assessments:tensions", UNSIGNED),
    ("assessments:tensions", EMPTY_OFFICER, ELSEWHERE),
    ("assessments:tension_report", FIRE),
    ("assessments:tension", OFFICER, "tension"),
    ("assessments:tension", FIRE, "closed tension"),
    ("assessments:tension_change", POLICE, "tension"),
    ("assessments:tension_respond", OFFICER, "tension"),
    ("assessments:tension_close", OFFICER, "tension"),
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
    ("actions:requests", OFFICER),
    ("actions:requests", FIRE, "?view=closed"),
    ("actions:requests", OFFICER, "?words=zyzzyva"),
    ("actions:requests", EMPTY_OFFICER, ELSEWHERE),
    ("actions:requests_kept", OFFICER),
    ("actions:requests_kept", EMPTY_OFFICER, ELSEWHERE),
    ("actions:request_ask", OFFICER, "board"),
    ("actions:request", OFFICER, "late request"),
    ("actions:request", OFFICER, "closed request"),
    ("actions:request_answer", OFFICER, "request by hand"),
    ("actions:request_check", OFFICER, "answered request"),
    ("actions:request_move", OFFICER, "late request"),
    ("actions:request_chase", OFFICER, "late request"),
    ("actions:request_escalate", OFFICER, "late request"),
    ("actions:request_withdraw", OFFICER, "late request"),
    ("actions:request_history", OFFICER, "closed request"),
    ("figures:indicators", OFFICER),
    ("figures:indicators", EMPTY_OFFICER, ELSEWHERE),
    ("figures:indicator", OFFICER, "hate-crime"),
    ("figures:indicator", OFFICER, "deliberate-fires"),
    ("figures:indicator", OFFICER, "police-asb-incidents", "?as=public"),
    ("figures:indicator", OFFICER, "prevent-referrals", "?as=public"),
    ("figures:indicator_add", OFFICER),
    ("figures:indicator_change", OFFICER, "hate-crime"),
    ("figures:indicator_end", OFFICER, "hate-crime"),
    ("figures:indicator_break", OFFICER, "hate-crime"),
    ("figures:gaps", OFFICER),
    ("figures:gaps", EMPTY_OFFICER, ELSEWHERE),
    ("figures:returns", OFFICER),
    ("figures:returns", EMPTY_OFFICER, ELSEWHERE),
    ("figures:return", FIRE, "fire’s return"),
    ("figures:return", OFFICER, "sent return"),
    ("figures:return_upload", FIRE, "fire’s return"),
    ("figures:return_preview", FIRE, "fire’s return", "fire’s file"),
    ("documents:detail", OFFICER, "restricted"),
    ("documents:detail", FIRE, "document"),
    ("documents:detail", UNSIGNED, "restricted"),
    ("documents:version_add", OFFICER, "document"),
    ("documents:change", OFFICER, "document"),
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
    ("meetings:decisions", EMPTY_OFFICER, ELSEWHERE),
    ("meetings:public_subjects", NOBODY, ELSEWHERE),
    ("actions:list", EMPTY_OFFICER, ELSEWHERE),
    ("notices:list", EMPTY_OFFICER),
    ("notices:scheduled", EMPTY_OFFICER, ELSEWHERE),
    ("notices:log", EMPTY_OFFICER, ELSEWHERE),
    ("notices:calendar", EMPTY_OFFICER, ELSEWHERE),
    ("notices:cycles", EMPTY_OFFICER, ELSEWHERE),
    *case_pages.ROWS,
    *death_pages.ROWS,
    *death_information_pages.ROWS,
    *death_plan_pages.ROWS,
    *death_report_pages.ROWS,
]

DURING = [
    ("dashboards:home", OFFICER),
    ("meetings:detail", OFFICER, "coming"),
    ("meetings:open", OFFICER, "coming"),
    ("meetings:attendance", OFFICER, "coming"),
    ("meetings:minutes", OFFICER, "coming", "number"),
    ("meetings:live", OFFICER, "coming"),
    ("meetings:live", OFFICER, "coming", "?decision=7&action=7"),
    ("meetings:minutes", OFFICER, "coming", "arising"),
    ("meetings:minutes", OFFICER, "coming", "last minutes"),
    ("meetings:steer_add", OFFICER, "coming", "report number"),
    ("meetings:decision_change", OFFICER, "coming", "decision"),
    ("meetings:admit", OFFICER, "coming", "decision"),
    ("meetings:chair_review", OFFICER, "coming"),
    ("meetings:agree", OFFICER, "third"),
    ("meetings:correct_here", OFFICER, "third", "strategy", "1"),
    ("meetings:finish", OFFICER, "coming"),
    ("meetings:public_agenda", NOBODY, "coming"),
    ("assessments:edition", OFFICER, "the strategy", "draft year"),
    ("assessments:edition_publish", OFFICER, "the strategy", "draft year"),
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
    "calendar:duties": "a feed",
    "membership:people_csv": "a download",
    "membership:popolo": "a download",
    "assessments:edition_file": "a download",
    "assessments:leaflet": "a download",
    "meetings:minutes_pdf": "a download",
    "meetings:pack_file": "a download",
    "meetings:public_pack": "a download",
    "meetings:public_paper": "a download",
    "meetings:dossier": "a download",
    "meetings:public_dossier": "a download",
    "meetings:backlog_csv": "a download",
    "meetings:offered_file": "a download",
    "actions:csv": "a download",
    "assessments:assessment_pdf": "a download",
    "assessments:assessment_csv": "a download",
    "assessments:power_use_csv": "a download",
    "assessments:orders_csv": "a download",
    "assessments:horizon_csv": "a download",
    "assessments:horizon_pdf": "a download",
    "assessments:tensions_csv": "a download",
    "actions:requests_csv": "a download",
    "figures:return_template": "a download",
    "figures:crime_csv": "a download",
    "figures:holding_csv": "a download",
    "figures:refusals_csv": "a download",
    "meetings:decisions_csv": "a download",
    "meetings:attendance_csv": "a download",
    "meetings:ics": "a calendar file",
    "meetings:public_ics": "a calendar file",
    "meetings:public_calendar": "a calendar feed",
    "calendar:feed": "a calendar feed",
    "membership:interests_csv": "a download",
    "meetings:notes_csv": "a download",
    "documents:file": "a download; refused, it is among the states",
    "documents:publication_pdf": "a download",
    **case_pages.DOWNLOADS,
    **death_pages.DOWNLOADS,
    **death_information_pages.DOWNLOADS,
    **death_plan_pages.DOWNLOADS,
    **death_report_pages.DOWNLOADS,
}
