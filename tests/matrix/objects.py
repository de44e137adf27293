"""One object of each kind and state that the two tables speak of, beside the small partnership."""

import datetime
import hashlib
from functools import cached_property
from types import SimpleNamespace

from django.contrib.auth.models import AnonymousUser
from django.core import signing

from accounts.models import User
from actions.models import Action
from core import clock
from core.markings import Marking
from csp.health import Installation
from dashboards.permissions import FrontDoor
from demo.permissions import Demonstration
from documents.models import (
    Content,
    Document,
    Opening,
    PersonalNote,
    Publication,
    SharingRecord,
    Version,
)
from meetings.models import (
    Attendance,
    CalendarFeed,
    Correction,
    Decision,
    Declaration,
    Item,
    ItemKind,
    Meeting,
    Pack,
    PackFile,
    PackPart,
    Paper,
)
from membership.models import Agency, GroupKind, Interest, Partner, Place, Representation, Signature
from notices.models import Cycle, Delivery, Notice, Preference, Turn
from notices.permissions import Console, Unsubscription
from notices.workflow.letters import SALT
from tests import world as worlds
from tests.matrix import (
    asked,
    assessing,
    beforehand,
    knowing,
    registers,
    strategies,
    street_crime,
    street_files,
)
from tests.matrix.asked import Asked
from tests.matrix.assessing import Assessing
from tests.matrix.beforehand import Beforehand
from tests.matrix.death_information import DeathInformation
from tests.matrix.death_plans import DeathPlans
from tests.matrix.death_reports import DeathReports
from tests.matrix.deaths import Deaths
from tests.matrix.knowing import Knowing
from tests.matrix.strategies import Strategies
from tests.matrix.street_crime import StreetCrime
from tests.matrix.street_files import StreetFiles
from tests.matrix.triggers import Triggers

MADE = datetime.date(2026, 9, 16)

# Pages about notices that stand under no partnership.
OWN_NOTICES = ("list", "open", "read_all", "preferences", "unsubscribe", "mails")


class Matrix(
    Beforehand, StreetCrime, StreetFiles, Knowing, Strategies, Assessing, Asked, DeathInformation,
    Triggers, DeathPlans, DeathReports, Deaths,
):  # fmt: skip
    """The personas and the objects, by the names that the tables use."""

    def __init__(self, world: SimpleNamespace) -> None:
        self.world = world
        self.make_panel()

    def person(self, persona: str):
        """The user behind a persona's name."""
        if persona == "anonymous":
            return AnonymousUser()
        if persona == "deactivated":
            return self.deactivated
        return getattr(self.world, persona)

    @cached_property
    def deactivated(self) -> User:
        """An officer whose account has been shut; the seat has not even been ended."""
        user = worlds.person("Moss Tierney", is_active=False)
        worlds.seat(user, self.world.board, self.world.county)
        return user

    def make_panel(self) -> None:
        """A panel that only Bryony Clarke of the county council sits on."""
        w = self.world
        w.panel = worlds.group(
            w.partnership, "Panel", GroupKind.PANEL, default_marking=Marking.SENSITIVE
        )
        w.panel_seat = worlds.seat(w.kent, w.panel, w.county)
        w.panel_protocol = worlds.protocol(w.panel)

    def target(self, row: str, name: str):
        """The object that a row of the policy is asked about."""
        kind = row.split(":")[0]
        return getattr(self, f"{kind.lower()}_of")(name)

    # ---- each kind by its name ------------------------------------------------------------------

    def partnership_of(self, name):
        """ "dartford with panel" holds death reviews."""
        if name == "dartford with panel":
            self.arrangement_of("dartford")
        return {"gravesham": self.world.gravesham}.get(name, self.world.partnership)

    def group_of(self, name):
        w = self.world
        return {
            "board": w.board, "dvacs": w.dvacs_group, "ocg": w.ocg_group, "panel": w.panel,
            "gravesham": w.gravesham_board, "secretariat": w.secretariat,
        }[name]  # fmt: skip

    def seat_of(self, name):
        return {"board": self.world.kent_seat, "panel": self.world.panel_seat}[name]

    def partner_of(self, name):
        return Partner.objects.get(partnership=self.partnership_of(name), agency=self.world.county)

    def agency_of(self, name):
        return self.shared_body() if name == "shared" else getattr(self.world, name)

    def shared_body(self):
        """A body that works in both partnerships."""
        w = self.world
        found = Agency.objects.filter(slug="kent-fire-and-rescue").first()
        found = found or worlds.agency("Kent Fire and Rescue", "fire")
        for each in (w.partnership, w.gravesham):
            Partner.objects.get_or_create(
                partnership=each, agency=found, starts_on=worlds.LONG_AGO, statutory=True
            )
        return found

    def sharingagreement_of(self, name):
        return self.world.agreement

    def signature_of(self, name):
        return Signature.objects.get(agreement=self.world.agreement, agency=self.world.county)

    def sharingprotocol_of(self, name):
        return self.group_of(name).protocols.get()

    @cached_property
    def representation(self):
        return Representation.objects.create(
            partnership=self.world.partnership, body="County partnership", starts_on=worlds.LONG_AGO
        )

    def representation_of(self, name):
        return self.representation

    def parts(self, name):
        """ "board restricted" is a group and a marking."""
        group, _, marking = name.partition(" ")
        return self.group_of(group), (
            Marking.SENSITIVE if marking == "restricted" else Marking.OFFICIAL
        )

    @cached_property
    def made(self) -> dict:
        return {}

    def once(self, key, make):
        if key not in self.made:
            self.made[key] = make()
        return self.made[key]

    def content(self):
        data = b"A paper."
        sha256 = hashlib.sha256(data).hexdigest()
        return Content.objects.get_or_create(
            sha256=sha256, defaults={"data": data, "size": len(data)}
        )[0]

    def document_of(self, name):
        def make():
            group, marking = self.parts(name)
            made = Document.objects.create(
                group=group,
                title=f"Paper of {name}",
                marking=marking,
                created_by=self.world.officer,
            )
            Version.objects.create(
                document=made, number=1, content=self.content(), file_name="paper.txt",
                content_type="text/plain", created_by=self.world.officer,
            )  # fmt: skip
            return made

        return self.once(("document", name), make)

    def publication_of(self, name):
        return self.once(
            "publication",
            lambda: Publication.objects.create(
                partnership=self.world.partnership, kind="minutes", slug="minutes", title="Minutes",
                html="<p>Published.</p>", text="Published.", content=self.content(),
                file_name="minutes.pdf", published_by=self.world.officer,
            ),
        )  # fmt: skip

    def sharingrecord_of(self, name):
        return self.once(
            "record",
            lambda: SharingRecord.objects.create(
                partnership=self.world.partnership, on=MADE, what="Figures",
                shared_by=self.world.police, shared_with=self.world.council,
                lawful_gateway="Crime and Disorder Act 1998 s.115", reason="To prevent crime",
                created_by=self.world.officer,
            ),
        )  # fmt: skip

    def action_of(self, name):
        def make():
            group, marking = self.parts(name)
            restricted = marking == Marking.SENSITIVE
            return Action.objects.create(
                group=group, partnership=group.partnership, text=f"Action of {name}",
                reference=f"A-2026-{len(self.made) + 1:03}", marking=marking,
                owner=self.world.police if restricted else self.world.county,
                made_on=MADE, first_due_on=MADE, due_on=MADE, raised_in="Board",
                created_by=self.world.officer,
            )  # fmt: skip

        return self.once(("action", name), make)

    def meeting_of(self, name):
        """ "board", "board held" or "board circulated": a group and how far its meeting is."""
        if name == "board led":
            return self.led_item().meeting
        group_name, _, state = name.partition(" ")

        def make():
            group = self.group_of(group_name)
            day = MADE if state else datetime.date(2026, 12, 9)
            day += datetime.timedelta(days=("", "held", "circulated").index(state))
            return Meeting.objects.create(
                group=group, slug=f"{group.slug}-{day}", on=day, starts_at=datetime.time(10),
                ends_at=datetime.time(12), venue="Civic Centre", year=2026,
                number=1 + len(self.made), created_by=self.world.officer, **self.steps(state),
            )  # fmt: skip

        return self.once(("meeting", name), make)

    def steps(self, state):
        """The fields of a meeting that is as far as this."""
        at, by = clock.now(), self.world.officer
        sent = {"agenda_published_at": at, "agenda_published_by": by}
        held = sent | {
            "status": "held",
            "opened_at": at,
            "opened_by": by,
            "chaired_by": self.world.chair,
        }
        cleared = {"status": "with_partners", "cleared_at": at, "cleared_by": self.world.chair}
        return {"": {}, "held": held, "circulated": held | cleared}[state]

    def item_of(self, name, held=False):
        if name == "board led":
            return self.led_item()

        def make():
            group, marking = self.parts(name)
            meeting = self.meeting_of(group.slug if not held else f"{group.slug} held")
            number = 2 if marking == Marking.SENSITIVE else 1
            return Item.objects.create(
                meeting=meeting, kind=ItemKind.OTHER, title=f"Item of {name}", position=number,
                number=number, marking=marking,
            )  # fmt: skip

        return self.once(("item", name, held), make)

    def decision_of(self, name):
        if name.endswith("circulated"):
            return self.circulated_decision(name)
        return self.once(
            ("decision", name),
            lambda: Decision.objects.create(
                item=self.item_of(name, held=True),
                number=1,
                text="Agreed.",
                made_by=self.world.officer,
            ),
        )

    def circulated_decision(self, name):
        """One of minutes that the partners read."""

        def make():
            item = Item.objects.create(
                meeting=self.meeting_of(name), title="Funding", position=1, number=1
            )
            return Decision.objects.create(
                item=item, number=1, text="Agreed.", made_by=self.world.officer
            )

        return self.once(("decision", name), make)

    def calendarfeed_of(self, name):
        return self.once(
            "feed",
            lambda: CalendarFeed.objects.create(person=self.user_of(name), secret="0" * 64),
        )

    def correction_of(self, name):
        return self.once(
            ("correction", name),
            lambda: Correction.objects.create(
                item=self.item_of(name, held=True), person=self.world.kent,
                agency=self.world.county, version=0, paragraph=0, suggestion="A new paragraph.",
            ),
        )  # fmt: skip

    def place_of(self, name):
        return self.once(
            ("place", name),
            lambda: Place.objects.create(
                group=self.group_of(name), agency=self.world.county, starts_on=worlds.LONG_AGO
            ),
        )

    def opening_of(self, name):
        return self.once(
            ("opening", name),
            lambda: Opening.objects.create(
                document=self.document_of(name), agency=self.world.watch_body,
                record=SharingRecord.objects.create(
                    partnership=self.world.partnership, on=MADE, what="One paper",
                    shared_by=self.world.council, shared_with=self.world.watch_body,
                    lawful_gateway="Children Act 2004 s.11", reason="To keep a child safe",
                    created_by=self.world.officer,
                ),
                opens_at=clock.now() - datetime.timedelta(days=9),
                closes_at=clock.now() - datetime.timedelta(days=8), created_by=self.world.officer,
            ),
        )  # fmt: skip

    def interest_of(self, name):
        """ "kent" or "kent sensitive": whose interest, and whether it is a sensitive one."""
        person, _, sensitive = name.partition(" ")
        return self.once(
            ("interest", name),
            lambda: Interest.objects.create(
                partnership=self.world.partnership, person=self.user_of(person), kind="body",
                text="Trustee", starts_on=worlds.LONG_AGO, sensitive=bool(sensitive),
                declared_by=self.user_of(person),
            ),
        )  # fmt: skip

    def declaration_of(self, name):
        """ "kent open": who declares an interest in an item of the board, open or restricted."""
        person, _, marking = name.partition(" ")

        def make():
            item = self.item_of(f"board {marking}")
            return Declaration.objects.create(
                meeting=item.meeting, item=item, person=self.user_of(person), text="Trustee",
                declared_by=self.user_of(person),
            )  # fmt: skip

        return self.once(("declaration", name), make)

    def personalnote_of(self, name):
        return self.once(
            ("note", name),
            lambda: PersonalNote.objects.create(
                document=self.document_of("board open"), person=self.user_of(name), text="Ask why"
            ),
        )

    def notice_of(self, name):
        return self.once(
            "notice",
            lambda: Notice.objects.create(
                recipient=self.world.kent, partnership=self.world.partnership, kind="test",
                subject_id="1", text="Look at this", url="/",
            ),
        )  # fmt: skip

    def delivery_of(self, name):
        return self.once(
            "delivery",
            lambda: Delivery.objects.create(notice=self.notice_of(name), state="refused"),
        )

    def preference_of(self, name):
        return Preference(person=self.user_of(name))

    def unsubscription_of(self, name):
        return Unsubscription(self.user_of(name) if name == "kent" else None)

    def token_of(self, name):
        """What stands in the address that an email to this person names."""
        if name != "kent":
            return "not-a-token"
        return signing.dumps({"person": str(self.world.kent.pk), "kind": "event"}, salt=SALT)

    def console_of(self, name):
        return Console()

    def cycle_of(self, name):
        return self.once(
            ("cycle", name),
            lambda: Cycle.objects.create(
                partnership=self.partnership_of(name), key="newsletter", title="Newsletter",
                source="The board", owner="officers", month=12, day=31, starts_on=MADE,
            ),
        )  # fmt: skip

    def turn_of(self, name):
        due = datetime.date(2026, 12, 31)
        return self.once(
            ("turn", name),
            lambda: Turn.objects.create(
                cycle=self.cycle_of(name), first_due_on=due, due_on=due
            ),
        )  # fmt: skip

    def user_of(self, name):
        return getattr(self.world, name)

    def installation_of(self, name):
        return Installation()

    def frontdoor_of(self, name):
        return FrontDoor()

    def demonstration_of(self, name):
        return Demonstration()

    # ---- addresses ------------------------------------------------------------------------------

    def address(self, route, target):
        """The arguments of an address for a target of the routes' table."""
        room, _, name = route.partition(":")
        if not name or room in {"accounts", "calendar", "demo"} or target == "front":
            return self.account(route)
        if room == "notices" and name in OWN_NOTICES:
            return self.own_notices_arguments(name, target)
        slug = "gravesham" if target.startswith("gravesham") else "dartford"
        if target == "nowhere":
            return ["nowhere"]
        find = getattr(self, f"{room}_arguments", None)
        return [slug, *(find(name, target) if find else [])]

    def account(self, route):
        return {
            "accounts:invitation": ["not-a-token"],
            "account_reset_password_from_key": ["2", "not-a-key"],
            "mfa_remove_webauthn": [4040],
            "mfa_edit_webauthn": [4040],
            "calendar:feed": ["nobodys"],
            "calendar:duties": ["nobodys"],
        }.get(route, [])

    def own_notices_arguments(self, name, target):
        if name == "unsubscribe":
            return [self.token_of(target)]
        return [self.notice_of(target).pk] if name == "open" else []

    def figures_arguments(self, name, target):
        if name in street_crime.OF_CRIME:
            return self.crime_arguments(name)
        if name in street_files.OF_FILES:
            return self.files_arguments(name)
        return self.asked_arguments(name, target)

    def assessments_arguments(self, name, target):
        if name in assessing.NAMES:
            return self.assessing_arguments(name, target)
        if name in strategies.NAMES:
            return self.strategy_arguments(name, target)
        if name in knowing.NAMES:
            return self.knowing_arguments(name, target)
        return []

    def notices_arguments(self, name, target):
        if name in {"mail", "resend"}:
            return [self.delivery_of(target).pk]
        if name in {"hold", "release", "send_now"}:
            return ["action-due", "nothing"]
        if name in {"ladder", "ladder_ours", "rung_remove"}:
            return ["action-due"]
        if name.startswith("turn"):
            return [self.turn_of(target).pk]
        if name in {"cycle_change", "cycle_end", "cycle_resume"}:
            return [self.cycle_of(target).pk]
        return [4040] if name == "proclaimed_remove" else []

    def membership_arguments(self, name, target):
        w = self.world
        if name in {"group", "group_change", "group_end", "seat_add", "place_add", "protocol_add"}:
            return [self.group_of(target).slug]
        if name == "place_end":
            return [w.board.slug, self.place_of(target).pk]
        if (name.startswith("agency_") and name != "agency_add") or name in {"agency", "post_add"}:
            return [w.county.slug]
        if name == "post_end":
            return [w.council.slug, w.manager_post.pk]
        if name.startswith("person"):
            return [self.user_of(target).pk]
        if name == "history":
            return ["seat", w.kent_seat.pk]
        if name.startswith("emergency_") and name != "emergency_ask":
            return [self.emergencyreading_of(target).pk]
        kinds = {
            "interest": "interest", "interest_change": "interest", "interest_end": "interest",
            "partner_change": "partner", "partner_leave": "partner", "seat_end": "seat",
            "seat_renew": "seat", "seat_move": "seat", "agreement_change": "sharingagreement",
            "sign": "sharingagreement", "signature_end": "signature", "protocol": "sharingprotocol",
            "protocol_change": "sharingprotocol", "protocol_end": "sharingprotocol",
            "representation": "representation", "representation_change": "representation",
            "representation_end": "representation", "representation_report": "representation",
        }  # fmt: skip
        return [getattr(self, f"{kinds[name]}_of")(target).pk] if name in kinds else []

    def documents_arguments(self, name, target):
        if name.startswith("publication") and name != "publications":
            return ["unknown"] if target == "unknown" else [self.publication_of(target).slug]
        if name == "opening_close":
            return [self.opening_of(target).pk]
        if name in {"sharing_record_line", "sharing_record_change"}:
            return [self.sharingrecord_of(target).pk]
        if name in {"note_change", "note_remove"}:
            return [self.personalnote_of(target).pk]
        if name in {"detail", "change", "version_add", "open_to", "note_add"}:
            return [self.document_of(target).pk]
        return [self.document_of(target).pk, 1] if name == "file" else []

    def actions_arguments(self, name, target):
        if name in {"list", "csv", "remind", "requests", "requests_csv", "requests_kept"}:
            return []
        if name in asked.OF_REQUESTS:
            return self.asked_arguments(name, target)
        if name in {"add", "request_ask"}:
            return [self.group_of(target).slug]
        return [self.action_of(target).reference]

    def meetings_arguments(self, name, target):
        if name in registers.NAMES:
            return registers.arguments(self, name, target)
        if name in beforehand.NAMES:
            return self.beforehand_arguments(name, target)
        if name in {"list", "notes", "notes_csv"}:
            return []
        if name == "schedule":
            return [self.group_of(target).slug]
        if name == "interest_take_back":
            made = self.declaration_of(target)
            return [made.meeting.slug, made.pk]
        if name == "item":
            found = self.item_of(target)
            return [found.meeting.slug, found.pk]
        if name.startswith("correction") and name != "corrections":
            made = self.correction_of(target)
            return [made.item.meeting.slug, made.pk]
        meeting = self.meeting_of(target)
        group = target.split()[0]
        if name in {"item_agree", "correct_add"}:
            return [meeting.slug, self.item_of(f"{group} open", held=True).number]
        if name in {"correct", "correct_here"}:
            return [meeting.slug, self.item_of(f"{group} open", held=True).number, 1]
        if name in {"pack_file", "pack_again", "public_pack", "public_paper"}:
            return [meeting.slug, *self.of_pack(name, target)]
        if name == "dossier":
            return [meeting.slug, "restricted"]
        if name == "public_dossier":
            return [self.pack_of(target).meeting.slug]
        if name in {"minutes", "autosave", "decision_add", "action_add", "make"}:
            return [meeting.slug, self.item_of(f"{group} open", held=True).number]
        if name in {"decision_change", "decision_remove", "admit"}:
            return [meeting.slug, self.decision_of(f"{group} open").pk]
        if name == "minutes_pdf":
            return [meeting.slug, "public"]
        return [meeting.slug, *self.more(name, group)]

    def more(self, name, group):
        """What the addresses of an item, a paper or a person at the meeting need besides."""
        if name in {"item_change", "item_move", "item_remove", "paper_add"}:
            return [self.item_of(f"{group} open").pk]
        if name in {"paper_remove", "paper_public"}:
            return [self.paper_of(f"{group} open").pk]
        return [self.substitute_of(f"{group} held").pk] if name == "attendance_remove" else []

    def paper_of(self, name):
        return self.once(
            ("paper", name),
            lambda: Paper.objects.create(
                item=self.item_of(name), document=self.document_of(name), letter="A"
            ),
        )

    def pack_of(self, name):
        """ "board" or "board held": the pack of the group's meeting that is held, and its files."""
        group = name.split()[0]

        def make():
            paper = self.held_paper_of(f"{group} open")
            pack = Pack.objects.create(
                meeting=paper.item.meeting, number=0, sent_by=self.world.officer
            )
            part = {
                "item": paper.item, "paper": paper, "version": paper.document.versions.get(),
                "rendition": "public" if group == "board" else "partner", "letter": "B",
            }  # fmt: skip
            PackPart.objects.create(
                pack=pack, title="Paper", position=1, first_page=1, pages=1, **part
            )
            for rendition in ("public", "partner", "restricted"):
                PackFile.objects.create(
                    pack=pack, rendition=rendition, state="ready", content=self.content(),
                    file_name="pack.pdf",
                )  # fmt: skip
            return pack

        return self.once(("pack", group), make)

    def held_paper_of(self, name):
        return Paper.objects.create(
            item=self.item_of(name, held=True), document=self.document_of(name), letter="B"
        )

    def of_pack(self, name, target):
        pack = self.pack_of(target)
        if name == "public_paper":
            return [pack.parts.get().pk]
        return [0] if name == "public_pack" else [0, "restricted"]

    def substitute_of(self, name):
        return self.once(
            ("substitute", name),
            lambda: Attendance.objects.create(
                meeting=self.meeting_of(name), name="Marigold Tan", agency=self.world.county,
                presence="in_attendance", recorded_by=self.world.officer,
            ),
        )  # fmt: skip

    def form(self, route, target):
        """What is posted: nothing, so that a form that may be sent answers with its mistakes."""
        return {}
