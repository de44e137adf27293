"""Five years of a partnership like Dartford's, told day by day in its records.

People mostly do what they should, in time; where they do not, a constant says so and a comment in
``five_years.csv`` says what follows.
"""

import datetime

from accounts.models import User
from actions.models import Action, DueDate
from core import clock
from documents.models import Document
from meetings.models import (
    Attendance,
    ChairReview,
    Decision,
    Item,
    Meeting,
    Pack,
    PackReading,
    Presence,
    Review,
    Status,
)
from membership.models import (
    Agency,
    Group,
    GroupKind,
    Partner,
    Partnership,
    Place,
    Post,
    Role,
    Seat,
    SharingAgreement,
    SharingProtocol,
    Signature,
)
from notices.models import Turn
from tests.notices.oracle import workday, works

DATE = datetime.date
DAY = datetime.timedelta(days=1)
FIRST, LAST = DATE(2023, 5, 1), DATE(2028, 4, 30)

# What people do late, or not at all: see five_years.csv.
LATE_ASSESSMENT = {DATE(2026, 1, 31): DATE(2026, 2, 12)}
LATE_DATES = {2025: DATE(2025, 5, 12)}
LATE_AGENDA = DATE(2024, 9, 18)  # out three working days before this meeting
SLOW_CHAIR = DATE(2023, 12, 20)  # clears these minutes twelve working days after the meeting
UNOPENED = DATE(2023, 12, 20)  # a member opens this pack the day before
APOLOGIES = DATE(2024, 3, 20)  # a member who stays away does not open it at all
UNREVIEWED = DATE(2023, 6, 21)  # a member never says that they are done with these minutes
UNAGREED = DATE(2024, 12, 18)  # the next meeting forgets to agree these
LATE_REVIEW = 2026  # the chairs are reviewed in September


def third_wednesday(year, month):
    first = DATE(year, month, 1)
    return first + DAY * ((2 - first.weekday()) % 7) + 14 * DAY


def meetings_of(year):
    """The four meetings of a municipal year."""
    months = [(year, 6), (year, 9), (year, 12), (year + 1, 3)]
    return [third_wednesday(*month) for month in months]


class Years:
    """The partnership, and what happens in it on each day."""

    def __init__(self):
        self.people, self.bodies, self.meetings, self.agreed = {}, {}, {}, {}
        self.found_partnership()
        self.sit()
        self.share()

    # ---- the first day --------------------------------------------------------------------------

    def found_partnership(self):
        self.partnership = Partnership.objects.create(
            name="Dartford Community Safety Partnership", place="Dartford", slug="dartford"
        )
        for key, kind in [
            ("council", "district"), ("police", "police"), ("county", "county"), ("fire", "fire"),
            ("probation", "probation"), ("icb", "health"), ("watch", "voluntary"),
        ]:  # fmt: skip
            self.bodies[key] = Agency.objects.create(
                name=key.title(), short_name=key.title(), slug=key, kind=kind, starts_on=FIRST
            )
            Partner.objects.create(
                partnership=self.partnership, agency=self.bodies[key], starts_on=FIRST,
                statutory=key != "watch",
            )  # fmt: skip
        self.secretariat = self.group("Secretariat", GroupKind.SECRETARIAT)
        self.board = self.group(
            "Board", GroupKind.BOARD, administered_by=self.secretariat, chair_reviewed=True
        )
        self.dvacs = self.group("DVACS", GroupKind.SUBGROUP, administered_by=self.secretariat)

    def group(self, name, kind, **more):
        return Group.objects.create(
            partnership=self.partnership, name=name, short_name=name, slug=name.lower(),
            kind=kind, starts_on=FIRST, **more,
        )  # fmt: skip

    def sit(self):
        for name, body, role, group in [
            ("hazel", "council", Role.OFFICER, self.secretariat),
            ("sage", "council", Role.CHAIR, self.board),
            ("linden", "police", Role.VICE_CHAIR, self.board),
            ("bryony", "county", Role.MEMBER, self.board),
            ("juniper", "fire", Role.MEMBER, self.board),
            ("basil", "probation", Role.MEMBER, self.board),
            ("olive", "icb", Role.MEMBER, self.board),
            ("ash", "watch", Role.MEMBER, self.board),
        ]:
            self.seat(name, body, role, group)
        post = Post.objects.create(
            agency=self.bodies["icb"], title="Safeguarding Lead", starts_on=FIRST
        )
        Place.objects.create(
            group=self.board, agency=self.bodies["icb"], post=post, starts_on=FIRST
        )
        Seat.objects.filter(person=self.people["olive"]).update(post=post)
        self.lead_post = post

    def seat(self, name, body, role=Role.MEMBER, group=None, on=FIRST, **more):
        if name not in self.people:
            self.people[name] = User.objects.create(
                email=f"{name}@example.test", name=name.title(), password="!"
            )
        return Seat.objects.create(
            person=self.people[name], group=group or self.board, agency=self.bodies[body],
            role=role, starts_on=on, created_by=self.people[name], **more,
        )  # fmt: skip

    def share(self):
        self.agreement = SharingAgreement.objects.create(
            partnership=self.partnership, name="K-MISA", short_name="K-MISA", starts_on=FIRST,
            review_on=DATE(2024, 3, 31),
        )  # fmt: skip
        for key in self.bodies:
            if key != "watch":
                self.sign(key, FIRST)
        for group in (self.board, self.dvacs):
            SharingProtocol.objects.create(
                group=group, title="Protocol", purpose="Safety", lawful_gateway="Section 115",
                starts_on=FIRST, review_on=DATE(2024, 1, 15),
            )  # fmt: skip

    def sign(self, key, on):
        Signature.objects.create(
            agreement=self.agreement, agency=self.bodies[key], signed_by_name="Clover",
            starts_on=on,
        )  # fmt: skip

    # ---- each day, after its reminders have gone ------------------------------------------------

    def happens(self, day):
        """What people do on a day."""
        if day == FIRST:
            self.set_dates(2023)
        for year in range(2024, 2029):
            if day == LATE_DATES.get(year, DATE(year, 2, 1)):
                self.set_dates(year)
        for on, meeting in self.meetings.items():
            if abs((on - day).days) < 120:
                self.live(meeting, on, day)
        if day == workday(meetings_of(2024)[3], 15):
            self.agree(UNAGREED)
        for on, agreed in self.agreed.items():
            if day == workday(agreed, 2):
                self.publish(on)
        self.do_duties(day)
        self.review_sharing(day)
        for story in (self.seats_end, self.an_agency_signs, self.actions):
            story(day)

    def set_dates(self, year):
        for number, on in enumerate(meetings_of(year), 1):
            self.meetings[on] = Meeting.objects.create(
                group=self.board, slug=f"board-{on}", on=on, starts_at=datetime.time(10),
                ends_at=datetime.time(12), venue="Civic Centre", year=year, number=number,
                created_by=self.people["hazel"],
            )  # fmt: skip
            Item.objects.create(
                meeting=self.meetings[on], title="Performance", position=1, number=1,
                paper_expected=True, lead=self.people["linden"],
            )  # fmt: skip

    def live(self, meeting, on, day):
        """A meeting's life, in working days before and after it."""
        hazel, sage = self.people["hazel"], self.people["sage"]
        now = clock.now()
        if day == workday(on, -11):
            meeting.items.update(paper_expected=False)  # the paper has come
        if day == workday(on, -3 if on == LATE_AGENDA else -8):
            Meeting.objects.filter(pk=meeting.pk).update(
                status=Status.AGENDA_PUBLISHED, agenda_published_at=now, agenda_published_by=hazel
            )
            self.send_pack(meeting, on)
        if day == workday(on, -1) and on == UNOPENED:
            PackReading.objects.create(pack=meeting.packs.get(), person=self.people["juniper"])
        if day == on:
            self.hold(meeting, on)
        if day == workday(on, 4):
            Meeting.objects.filter(pk=meeting.pk).update(status=Status.WITH_CHAIR)
        if day == workday(on, 12 if on == SLOW_CHAIR else 7):
            Meeting.objects.filter(pk=meeting.pk).update(
                status=Status.WITH_PARTNERS, cleared_at=now, cleared_by=sage
            )
        if day == workday(on, 13):
            for name, person in self.people.items():
                if not (on == UNREVIEWED and name == "ash"):
                    Review.objects.create(meeting=meeting, person=person, finished_at=now)

    def send_pack(self, meeting, on):
        pack = Pack.objects.create(meeting=meeting, number=0, sent_by=self.people["hazel"])
        late = {UNOPENED: "juniper", APOLOGIES: "basil"}.get(on)
        for name, person in self.people.items():
            if name != late:
                PackReading.objects.create(pack=pack, person=person)
        if on == APOLOGIES:
            seat = Seat.objects.get(person=self.people["basil"])
            Attendance.objects.create(
                meeting=meeting, seat=seat, person=seat.person, name="Basil", agency=seat.agency,
                presence=Presence.APOLOGIES, recorded_by=seat.person,
            )  # fmt: skip

    def hold(self, meeting, on):
        hazel = self.people["hazel"]
        Meeting.objects.filter(pk=meeting.pk).update(
            status=Status.HELD, opened_at=clock.now(), opened_by=hazel
        )
        self.review_chairs(meeting, on)
        before = max((each for each in self.meetings if each < on), default=None)
        if before and before != UNAGREED:
            self.agree(before)

    def agree(self, on):
        self.agreed[on] = clock.today()
        Meeting.objects.filter(pk=self.meetings[on].pk).update(
            status=Status.AGREED, agreed_at=clock.now(), agreed_by=self.people["hazel"]
        )

    def publish(self, on):
        hazel = self.people["hazel"]
        minutes = Document.objects.create(group=self.board, title="Minutes", created_by=hazel)
        Meeting.objects.filter(pk=self.meetings[on].pk).update(
            status=Status.PUBLISHED, published_at=clock.now(), published_by=hazel,
            restricted_minutes=minutes,
        )  # fmt: skip

    def review_chairs(self, meeting, on):
        month = 9 if on.year == LATE_REVIEW else 6
        if on.month != month:
            return
        decision = Decision.objects.create(
            item=meeting.items.first(), number=1, text="Confirmed", made_by=self.people["hazel"]
        )
        for office in ("chair", "vice_chair"):
            ChairReview.objects.create(
                group=self.board, year=on.year, office=office, decision=decision,
                reviewed_by=self.people["hazel"],
            )  # fmt: skip

    def do_duties(self, day):
        """Duties that people do are done on the day, or on the last working day before it."""
        if not works(day):
            return
        until = day
        while not works(until + DAY):
            until += DAY
        turns = Turn.objects.filter(done_on=None).exclude(cycle__key__in=SHOWN_ELSEWHERE)
        for turn in turns.filter(first_due_on__lte=until):
            if day >= LATE_ASSESSMENT.get(turn.first_due_on, DATE.min):
                turn.done_on, turn.done_by = day, self.people["hazel"]
                turn.save()

    def review_sharing(self, day):
        """K-MISA on 20 March, the protocols on 12 January, each for a year more."""
        if (day.month, day.day) == (3, 20):
            self.agreement.review_on = DATE(day.year + 1, 3, 31)
            self.agreement.save()
        if (day.month, day.day) == (1, 12):
            for protocol in SharingProtocol.objects.all():
                protocol.review_on = DATE(day.year + 1, 1, 15)
                protocol.save()

    def seats_end(self, day):
        """A term of two years ends and is renewed; a lead leaves, and the place stays empty."""
        ash = Seat.objects.filter(person=self.people["ash"])
        if day == FIRST:
            ash.update(ends_on=DATE(2025, 10, 1))
        if day == DATE(2025, 9, 22):
            ash.update(ends_on=None)
        if day == DATE(2024, 11, 1):
            Seat.objects.filter(person=self.people["olive"]).update(
                ends_on=day, ended_at=clock.now(), ended_by=self.people["hazel"]
            )
        if day == DATE(2025, 2, 3):
            self.seat("fern", "icb", on=day, post=self.lead_post)

    def an_agency_signs(self, day):
        if day == DATE(2023, 7, 3):
            self.sign("watch", day)

    def actions(self, day):
        if day == DATE(2023, 10, 2):
            self.late = self.action("A-2023-001", DATE(2023, 11, 15), day)
        if day == DATE(2023, 12, 20):
            self.close(self.late)
        if day == DATE(2024, 1, 10):
            self.moved = self.action("A-2024-001", DATE(2024, 3, 1), day)
        if day == DATE(2024, 2, 26):
            self.due(self.moved, DATE(2024, 3, 15))
        if day == DATE(2024, 3, 15):
            self.close(self.moved)

    def action(self, reference, due_on, day):
        made = Action.objects.create(
            group=self.board, partnership=self.partnership, reference=reference, text="Do it",
            owner=self.bodies["county"], made_on=day, first_due_on=due_on, due_on=due_on,
            raised_in="Board meeting", created_by=self.people["hazel"],
        )  # fmt: skip
        self.due(made, due_on)
        return made

    def due(self, action, due_on):
        Action.objects.filter(pk=action.pk).update(due_on=due_on)
        DueDate.objects.create(action=action, due_on=due_on, set_by=self.people["hazel"])

    def close(self, action):
        Action.objects.filter(pk=action.pk).update(
            status="done", closed_at=clock.now(), closed_by=self.people["hazel"]
        )


# Turns that the records show by themselves, so that nobody says that they are done.
SHOWN_ELSEWHERE = (
    "quarterly-meeting", "meeting-dates", "chair-review", "agreement-review", "protocol-reviews",
)  # fmt: skip
