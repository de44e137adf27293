"""Reminders of death reviews: the steps of each, and who must still be told.

Texts name a review by its reference to its own officers, and name none to anybody else.
"""

import datetime
from typing import Any

from django.db.models import (
    Case,
    DateField,
    Exists,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Cast, Coalesce

from actions.models import WAITING
from core.reminders import CHAIR, LEAD, OFFICERS, OWNER, Rung, address, as_text, reminder, words
from dhr.models import (
    OPEN,
    Chair,
    Delay,
    Lead,
    Milestone,
    Proceeding,
    Review,
    Stage,
    Step,
)
from membership.models import Agency, Partnership, Role, Seat

GUIDANCE = "Statutory guidance under the 2004 Act, section 9(3)"
OWN = "The review’s own dates"
DUTY = "2004 Act, section 9: the duty to take part in a review"


def running() -> QuerySet[Milestone]:
    """Steps that are neither done nor stopped, of reviews that are open or to be told of."""
    rows = Milestone.objects.filter(done_on=None, stopped_on=None, review__erased_on=None)
    return rows.exclude(review__stage=Stage.CLOSED)


def _page(path: str = "review__") -> Any:
    return address(
        "dhr:review", partnership=f"{path}partnership__slug", reference=f"{path}reference"
    )


def _of_step(rows: QuerySet[Milestone]) -> QuerySet[Any]:
    """Steps by the date that they have now: a later one is a new reminder."""
    delays = Delay.objects.filter(milestone=OuterRef("pk")).order_by("-pk")
    delayed = delays.annotate(day=Cast("at", DateField())).values("day")[:1]
    return rows.values(
        partnership=F("review__partnership"), subject=as_text("pk"), group=F("review__group"),
        due=F("due_on"), since=Coalesce(Subquery(delayed), F("starts_on"), F("first_due_on")),
        text=words("A step of ", F("review__reference"), " is due. Open it to see which."),
        url=_page(),
    )  # fmt: skip


@reminder(
    "death-review-decide", title="A death review is to be decided",
    ladder=(Rung(-10, OFFICERS), Rung(-3, OFFICERS), Rung(0, OFFICERS), Rung(1, OFFICERS)),
    source=GUIDANCE, statutory=True,
)  # fmt: skip
def decide_due(on: datetime.date) -> QuerySet[Any]:
    """Notifications on which nothing is decided, within the month that the guidance gives."""
    return _of_step(running().filter(step=Step.DECIDE))


@reminder(
    "death-review-report", title="The report of a death review is due",
    ladder=(Rung(-40, OFFICERS), Rung(-10, OFFICERS), Rung(1, OFFICERS), Rung(20, OFFICERS)),
    source=GUIDANCE, statutory=True,
)  # fmt: skip
def report_due(on: datetime.date) -> QuerySet[Any]:
    """Reports that are not complete, six months after the decision or by the later date."""
    return _of_step(running().filter(step=Step.REPORT))


@reminder(
    "death-review-step", title="A step of a death review is due",
    ladder=(Rung(-5, OFFICERS), Rung(-1, OFFICERS), Rung(1, OFFICERS), Rung(10, OFFICERS)),
    source=OWN,
)  # fmt: skip
def steps_due(on: datetime.date) -> QuerySet[Any]:
    """The other steps, by the dates that the panel or the leader set."""
    return _of_step(running().exclude(step__in=(Step.DECIDE, Step.REPORT)))


@reminder(
    "death-review-delay-untold", title="The Home Office was not told of a delay",
    ladder=(Rung(2, OFFICERS), Rung(10, OFFICERS)), source=GUIDANCE, statutory=True,
)  # fmt: skip
def delays_untold(on: datetime.date) -> QuerySet[Any]:
    """Delays of dates by guidance, of which the Home Office is to be told."""
    review = "milestone__review__"
    rows = Delay.objects.filter(
        home_office_told_on=None, milestone__legal=True,
        **{f"{review}lead": Lead.HERE, f"{review}stage__in": OPEN, f"{review}erased_on": None},
    )  # fmt: skip
    return rows.values(
        partnership=F(f"{review}partnership"), subject=as_text("pk"), group=F(f"{review}group"),
        due=Cast("at", DateField()), since=Cast("at", DateField()),
        text=words("Tell the Home Office of a delay in ", F(f"{review}reference"), "."),
        url=address(
            "dhr:review_dates", partnership=f"{review}partnership__slug",
            reference=f"{review}reference",
        ),
    )  # fmt: skip


@reminder(
    "death-review-unchaired", title="Nobody chairs a death review",
    ladder=(Rung(10, OFFICERS), Rung(20, OFFICERS), Rung(40, OFFICERS)), source=GUIDANCE,
)  # fmt: skip
def unchaired(on: datetime.date) -> QuerySet[Any]:
    """Reviews under way without a chair, from the decision or the end of the last term."""
    chairs = Chair.objects.filter(review=OuterRef("pk"))
    held = chairs.filter(Q(ends_on=None) | Q(ends_on__gt=on))
    ended = chairs.order_by("-ends_on").values("ends_on")[:1]
    decided = Review.objects.filter(pk=OuterRef("pk")).order_by("-decisions__number")
    rows = Review.objects.filter(
        ~Exists(held), stage__in=(Stage.UNDER_WAY, Stage.RETURNED), lead=Lead.HERE
    )
    return rows.values(
        "partnership", "group", subject=as_text("pk"),
        due=Coalesce(Subquery(ended), Subquery(decided.values("decisions__decided_on")[:1])),
        text=words("Nobody chairs ", F("reference"), ". Appoint an independent chair."),
        url=_page(""),
    )  # fmt: skip


@reminder(
    "death-review-proceeding", title="Ask how a proceeding beside a death review stands",
    ladder=(Rung(1, OFFICERS), Rung(20, OFFICERS)), source=OWN,
)  # fmt: skip
def proceedings_over(on: datetime.date) -> QuerySet[Any]:
    """Proceedings whose expected end has passed and of which nobody wrote down how they ended."""
    rows = Proceeding.objects.filter(
        ends_on=None, expected_on__isnull=False, review__stage__in=OPEN
    )
    return rows.values(
        partnership=F("review__partnership"), subject=as_text("pk"), group=F("review__group"),
        due=F("expected_on"), since=F("starts_on"),
        text=words("What runs beside ", F("review__reference"), " should have ended. Ask."),
        url=address(
            "dhr:review_panel", partnership="review__partnership__slug",
            reference="review__reference",
        ),
    )  # fmt: skip


# ---- for those who know no review ---------------------------------------------------------------


@reminder(
    "death-review-late", title="A death review is past a date by guidance",
    ladder=(Rung(5, CHAIR),), source=GUIDANCE,
)  # fmt: skip
def late_for_chair(on: datetime.date) -> QuerySet[Any]:
    """Dates by guidance that have passed, to the board's chair: that there is one, not which."""
    return running().filter(legal=True).values(
        partnership=F("review__partnership"), subject=as_text("pk"), due=F("first_due_on"),
        since=F("starts_on"),
        text=Value("A death review is past a date of the guidance. Ask the officers."),
        url=address("dhr:index", partnership="review__partnership__slug"),
    )  # fmt: skip


@reminder(
    "death-review-without-officer", title="A death review has no officer",
    ladder=(Rung(0, OFFICERS), Rung(2, OFFICERS), Rung(5, CHAIR)), source=OWN,
)  # fmt: skip
def without_officer(on: datetime.date) -> QuerySet[Any]:
    """Reviews on which no officer sits any more, to the secretariat: somebody must take them on."""
    officers = Seat.objects.on(on).filter(
        group=OuterRef("group"), role=Role.OFFICER, person__is_active=True
    )
    left = Seat.objects.filter(group=OuterRef("group"), role=Role.OFFICER, ends_on__lte=on)
    since = left.order_by("-ends_on").values("ends_on")[:1]
    return Review.objects.filter(~Exists(officers), stage__in=OPEN).values(
        "partnership", subject=as_text("pk"), due=Coalesce(Subquery(since), F("notified_on")),
        text=Value("A death review has no officer. Take it on."),
        url=address("dhr:index", partnership="partnership__slug"),
    )  # fmt: skip


# ---- what agencies owe --------------------------------------------------------------------------


@reminder(
    "death-review-answer-late", title="An agency has not answered in a death review",
    ladder=(Rung(1, OFFICERS), Rung(5, OFFICERS), Rung(10, CHAIR)), source=DUTY,
)  # fmt: skip
def answers_late(on: datetime.date) -> QuerySet[Any]:
    """What agencies were asked and have not given, to the review's officers and then its chair."""
    waits = {"information_requests__request__status__in": WAITING, "stage__in": OPEN}
    return Review.objects.filter(**waits).values(
        "partnership", "group", subject=as_text("information_requests__pk"),
        due=F("information_requests__request__due_on"),
        since=Cast("information_requests__request__asked_at", DateField()),
        text=words("An agency has not answered in ", F("reference"), "."),
        url=address(
            "dhr:review_information", partnership="partnership__slug", reference="reference"
        ),
    )  # fmt: skip


@reminder(
    "death-review-answer-due", title="An answer for a death review is due",
    ladder=(Rung(-5, OWNER), Rung(-1, OWNER), Rung(1, OWNER), Rung(5, LEAD)), source=DUTY,
)  # fmt: skip
def answers_due(on: datetime.date) -> QuerySet[Any]:
    """What an agency is asked, to its people on the standing panel, or else on the board. One that
    was succeeded is its successor's to answer."""
    asked = "death_reviews__information_requests__"
    after = Agency.objects.filter(succeeds=OuterRef(f"{asked}agency"), starts_on__lte=on)
    successor = Subquery(after.order_by("starts_on").values("pk")[:1])
    panel = F("death_review_arrangement__group")
    waits = {f"{asked}request__status__in": WAITING, "death_reviews__stage__in": OPEN}
    return Partnership.objects.filter(**waits).values(
        partnership=F("pk"), subject=as_text(f"{asked}pk"),
        agency=Coalesce(successor, F(f"{asked}agency")),
        group=Case(When(**{f"{asked}anybody": True}, then=Value(None)), default=panel),
        due=F(f"{asked}request__due_on"), since=Cast(f"{asked}request__asked_at", DateField()),
        text=Value("An answer for a death review is due."), url=F(f"{asked}request__answer_url"),
    )  # fmt: skip
