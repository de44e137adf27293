"""Reminders of meetings: from the dates of the year to the minutes that are published.

A reminder names no item and no group that is need-to-know: "a meeting", its date and its page.
"""

import datetime
from typing import Any

from django.db.models import (
    DateField,
    Exists,
    ExpressionWrapper,
    F,
    Min,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
)
from django.db.models.functions import Cast, Greatest, Left

from core import working_days
from core.reminders import CHAIR, OFFICERS, OWNER, Rung, address, as_text, reminder, words
from meetings.models import (
    BEFORE,
    Attendance,
    ChairReview,
    Item,
    Meeting,
    PackReading,
    Presence,
    Review,
    Status,
)
from membership.models import Group, GroupKind, Seat, in_force
from notices.models import Turn
from notices.queries.turns import with_since
from notices.queries.working import days_after, days_before
from notices.reminders import as_subjects, open_turns

QUARTERLY = "Terms of reference, Governance: the CSP will meet quarterly"
CHAIRS = "Terms of reference, Governance: the chair is reviewed on an annual basis"
ADMINISTERED = "Terms of reference, Governance: administered by officers"
DRAFT = (Status.HELD, Status.WITH_CHAIR)
SLUGS = {"partnership": "group__partnership__slug", "slug": "slug"}
OF_MEETING = {"partnership": "meeting__group__partnership__slug", "slug": "meeting__slug"}


def _subjects(meetings: QuerySet[Any], due: Any, text: str, page: str, **more: Any) -> Any:
    """Meetings as the ledger asks for them."""
    return meetings.values(
        "group", partnership=F("group__partnership"), subject=as_text("pk"), due=due,
        text=Value(text), url=address(f"meetings:{page}", **SLUGS), **more,
    )  # fmt: skip


# ---- the year -----------------------------------------------------------------------------------


@reminder(
    "dates-unset", title="The coming year’s meetings have no dates",
    ladder=(Rung(-40, OFFICERS), Rung(-10, OFFICERS), Rung(1, CHAIR)), source=QUARTERLY,
    statutory=True,
)  # fmt: skip
def dates_unset(on: datetime.date) -> QuerySet[Any]:
    """The turn of setting dates, while the board has none in the coming municipal year."""
    turns = open_turns(on).filter(cycle__key="meeting-dates")
    return as_subjects(turns, Value("Set the dates of the coming municipal year’s meetings."))


@reminder(
    "quarter-unmet", title="No board meeting is set in the quarter",
    ladder=(Rung(-30, OFFICERS), Rung(-10, OFFICERS), Rung(1, OFFICERS), Rung(1, CHAIR)),
    source=QUARTERLY, statutory=True,
)  # fmt: skip
def quarter_unmet(on: datetime.date) -> QuerySet[Any]:
    """Quarters in which the board has not met, while no meeting is set in what is left of them.

    A meeting whose day went by without being opened was none: the quarter stands open from then.
    """
    since = Turn.objects.filter(pk=OuterRef("pk"))
    coming = Meeting.objects.filter(
        group__partnership=OuterRef("cycle__partnership"), group__kind=GroupKind.BOARD,
        on__gt=OuterRef("began"), on__lte=OuterRef("first_due_on"),
    ).exclude(status=Status.CANCELLED).order_by()  # fmt: skip
    missed = Q(on__lt=on, status__in=BEFORE)
    turns = open_turns(on).filter(cycle__key="quarterly-meeting")
    began = Subquery(with_since(since).values("since")[:1])
    open_ones = turns.annotate(began=began).exclude(Exists(coming.exclude(missed)))
    last = coming.filter(missed).order_by("-on").values(after=F("on") + working_days.DAY)[:1]
    return as_subjects(
        open_ones,
        Value("The board has not met this quarter. Set a meeting, or open the minutes of one."),
        since=Greatest(F("set_on"), Cast(Subquery(last), DateField())),
    )


@reminder(
    "chair-review", title="The chair and vice-chair are to be reviewed",
    ladder=(Rung(-5, OFFICERS), Rung(1, OFFICERS), Rung(10, CHAIR)), source=CHAIRS,
    statutory=True,
)  # fmt: skip
def chair_reviews(on: datetime.date) -> QuerySet[Any]:
    """Groups whose offices were not both reviewed at the first meeting of a municipal year."""
    meetings = Meeting.objects.exclude(status=Status.CANCELLED).filter(
        group__chair_reviewed=True, group__in=Group.objects.on(on)
    )
    earlier = meetings.filter(
        group=OuterRef("group"), year=OuterRef("year"), on__lt=OuterRef("on")
    ).order_by()
    done = ChairReview.objects.filter(group=OuterRef("group"), year=OuterRef("year"))
    both = done.filter(office="chair"), done.filter(office="vice_chair")
    firsts = meetings.filter(~Exists(earlier)).exclude(Exists(both[0]) & Exists(both[1]))
    return firsts.values(
        "group", partnership=F("group__partnership"), due=F("on"),
        subject=words(as_text("group_id"), " ", as_text("year")),
        text=Value("Review the chair and the vice-chair at the first meeting of the year."),
        url=address("meetings:detail", **SLUGS),
    )  # fmt: skip


# ---- before a meeting ---------------------------------------------------------------------------


@reminder(
    "agenda-due", title="An agenda is due",
    ladder=(Rung(-5, OFFICERS), Rung(-1, OFFICERS), Rung(1, CHAIR)), source=ADMINISTERED,
)  # fmt: skip
def agendas_due(on: datetime.date) -> QuerySet[Any]:
    """Meetings whose agenda is not out, by the last day on which it is in time."""
    due = days_before("on", "group__partnership__agenda_days")
    return _subjects(
        Meeting.objects.filter(status=Status.SCHEDULED), due,
        "Publish the agenda of a meeting.", "publish_agenda", until=F("on"),
    )  # fmt: skip


@reminder(
    "paper-due", title="A paper for a meeting is due",
    ladder=(Rung(-5, OWNER), Rung(-1, OWNER), Rung(1, OFFICERS)), source=ADMINISTERED,
)  # fmt: skip
def papers_due(on: datetime.date) -> QuerySet[Any]:
    """Items whose paper is expected and has not come, to whoever leads them."""
    items = Item.objects.filter(
        paper_expected=True, papers=None, meeting__status__in=BEFORE,
        meeting__group__in=Group.objects.on(on),
    ).exclude(offered__state="waiting")  # fmt: skip
    days = "meeting__group__partnership__submission_days"
    return items.values(
        partnership=F("meeting__group__partnership"), subject=as_text("pk"),
        group=F("meeting__group_id"), person=F("lead"), due=days_before("meeting__on", days),
        until=F("meeting__on"), text=Value("Send the paper for an item that you lead."),
        url=address("meetings:detail", **OF_MEETING),
    )  # fmt: skip


@reminder("pack-unopened", title="You have not opened a meeting’s pack",
          ladder=(Rung(-2, OWNER),), source=ADMINISTERED)  # fmt: skip
def packs_unopened(on: datetime.date) -> QuerySet[Any]:
    """Members who have not opened the pack of a meeting to come; not those who stay away."""
    opened = PackReading.objects.filter(pack=OuterRef("pack"), person=OuterRef("person"))
    away = Attendance.objects.filter(
        meeting=OuterRef("meeting"), seat=OuterRef("pk"), presence=Presence.APOLOGIES
    )  # fmt: skip
    # Named first, so that all that follows is of one and the same meeting.
    seats = Seat.objects.alias(
        meeting=F("group__meetings"), status=F("group__meetings__status"),
        pack=F("group__meetings__packs"), number=F("group__meetings__packs__number"),
        sender=F("group__meetings__packs__sent_by"),
    ).filter(
        in_force(on), substitute_for=None, number=0, status=Status.AGENDA_PUBLISHED
    )  # fmt: skip
    seats = seats.exclude(Exists(opened)).exclude(Exists(away)).exclude(person=F("sender"))
    # The first 23 characters of a random key tell people apart as well, and a subject has 60.
    who = Left(as_text("person"), 23)
    return seats.order_by().values(
        "group", "person", partnership=F("group__partnership"),
        subject=words(as_text("pack"), " ", who),
        due=F("group__meetings__on"), until=F("group__meetings__on"),
        text=Value("Open the pack of a meeting to come."),
        url=address(
            "meetings:detail", partnership="group__partnership__slug", slug="group__meetings__slug"
        ),
    ).distinct()  # fmt: skip


# ---- after a meeting ----------------------------------------------------------------------------


@reminder(
    "minutes-unfinished", title="Minutes have not gone to the chair",
    ladder=(Rung(0, OFFICERS), Rung(5, OFFICERS), Rung(10, CHAIR)), source=ADMINISTERED,
)  # fmt: skip
def minutes_unfinished(on: datetime.date) -> QuerySet[Any]:
    """Minutes still being taken, so many working days after the meeting as an agenda is before."""
    due = days_after("on", "group__partnership__agenda_days")
    meetings = Meeting.objects.filter(status=Status.HELD)
    return _subjects(meetings, due, "Finish the minutes of a meeting.", "detail")


@reminder(
    "minutes-uncirculated", title="Minutes wait for the chair",
    ladder=(Rung(-2, CHAIR), Rung(1, CHAIR), Rung(5, OFFICERS)), source=ADMINISTERED,
)  # fmt: skip
def minutes_uncirculated(on: datetime.date) -> QuerySet[Any]:
    """Minutes that the chair has not cleared, so that no partner has them."""
    due = days_after("on", "group__partnership__clearance_days")
    meetings = Meeting.objects.filter(status=Status.WITH_CHAIR)
    return _subjects(meetings, due, "Clear the minutes of a meeting.", "detail")


@reminder("minutes-unreviewed", title="You have not reviewed draft minutes",
          ladder=(Rung(0, OWNER),), source=ADMINISTERED)  # fmt: skip
def minutes_unreviewed(on: datetime.date) -> QuerySet[Any]:
    """Members who have not said that they are done with draft minutes, two weeks after they came.

    Once each, while the next meeting has not agreed them.
    """
    finished = Review.objects.filter(
        meeting=OuterRef("meeting"), person=OuterRef("person"), finished_at__isnull=False
    )  # fmt: skip
    seats = Seat.objects.alias(
        meeting=F("group__meetings"), status=F("group__meetings__status"),
        held_on=F("group__meetings__on"), cleared_by=F("group__meetings__cleared_by"),
    ).filter(
        in_force(on), substitute_for=None, status=Status.WITH_PARTNERS, starts_on__lte=F("held_on")
    )  # fmt: skip
    seats = seats.exclude(Exists(finished)).exclude(person=F("cleared_by")).order_by()
    fortnight = Cast("group__meetings__cleared_at", DateField()) + Value(14 * working_days.DAY)
    return seats.values(
        "group", "person", partnership=F("group__partnership"),
        subject=words(as_text("meeting"), " ", Left(as_text("person"), 23)),
        due=Cast(ExpressionWrapper(fortnight, output_field=DateField()), DateField()),
        text=Value("Read draft minutes, and say that you are done with them."),
        url=address(
            "meetings:draft_minutes", partnership="group__partnership__slug",
            slug="group__meetings__slug",
        ),
    ).distinct()  # fmt: skip


@reminder(
    "minutes-unagreed", title="Minutes have not been agreed",
    ladder=(Rung(2, OFFICERS), Rung(10, CHAIR)), source=ADMINISTERED,
)  # fmt: skip
def minutes_unagreed(on: datetime.date) -> QuerySet[Any]:
    """Draft minutes that the next meeting did not agree, by the day of that meeting."""
    later = Meeting.objects.held().filter(group=OuterRef("group"), on__gt=OuterRef("on"))
    due = later.order_by().values("group").annotate(first=Min("on")).values("first")
    meetings = Meeting.objects.filter(status=Status.WITH_PARTNERS)
    text = "Record that minutes were agreed, or why they were not."
    return _subjects(meetings, Subquery(due), text, "detail")


@reminder(
    "minutes-unpublished", title="Agreed minutes are not published",
    ladder=(Rung(-1, OFFICERS), Rung(1, OFFICERS), Rung(10, CHAIR)), source=ADMINISTERED,
)  # fmt: skip
def minutes_unpublished(on: datetime.date) -> QuerySet[Any]:
    """Minutes that were agreed, by the last day on which publication is in time."""
    agreed = Meeting.objects.filter(status=Status.AGREED)
    agreed = agreed.annotate(agreed_on=Cast("agreed_at", DateField()))
    due = days_after("agreed_on", "group__partnership__publication_days")
    return _subjects(agreed, due, "Publish the agreed minutes of a meeting.", "detail")
