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

from actions.models import WAITING, Update
from core.reminders import CHAIR, LEAD, OFFICERS, OWNER, Rung, address, as_text, reminder, words
from dhr.models import (
    OPEN,
    Chair,
    Delay,
    DifferenceCheck,
    Lead,
    Milestone,
    PlanItem,
    Proceeding,
    PublishedReport,
    Review,
    Stage,
    Step,
)
from dhr.queries.plan_records import PLANNED_AT
from dhr.queries.plans import FINISHED
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
    return _of_step(running().exclude(step__in=(Step.DECIDE, Step.REPORT, Step.REMOVE)))


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


@reminder(
    "death-review-remove", title="A published report is to leave the site",
    ladder=(Rung(-20, OFFICERS), Rung(0, OFFICERS), Rung(10, OFFICERS), Rung(40, OFFICERS)),
    source=OWN,
)  # fmt: skip
def removals_due(on: datetime.date) -> QuerySet[Any]:
    """Reports whose time on the site is over, also of reviews that are closed by now."""
    return PublishedReport.objects.filter(removed_on=None, review__erased_on=None).values(
        partnership=F("review__partnership"), subject=as_text("pk"), group=F("review__group"),
        due=F("remove_on"), since=F("published_on"),
        text=words("The report of ", F("review__reference"), " is to leave the site."),
        url=address(
            "dhr:review_report", partnership="review__partnership__slug",
            reference="review__reference",
        ),
    )  # fmt: skip


# ---- the plan -----------------------------------------------------------------------------------


def _items() -> QuerySet[PlanItem]:
    """Actions of plans that nobody has signed off, of reviews that are delivered still."""
    rows = PlanItem.objects.filter(removed_because="", recommendation__removed_because="")
    return rows.filter(
        signed_off_at=None, recommendation__review__stage__in=PLANNED_AT,
        recommendation__review__erased_on=None,
    )  # fmt: skip


def _of_items(rows: QuerySet[PlanItem], says: str, due: Any) -> QuerySet[Any]:
    """Actions to the officers of their review, wherever they are delivered."""
    item = "recommendations__items__pk"
    return Review.objects.filter(recommendations__items__in=rows.values("pk")).values(
        "partnership", "group", subject=as_text(item), due=due,
        text=words(says, F("reference"), "."),
        url=address("dhr:plan_item", partnership="partnership__slug", pk=item),
    )  # fmt: skip


def _said_done(*, is_shown: bool) -> QuerySet[PlanItem]:
    """Actions that are said to be done, shown or not."""
    shown = Update.objects.filter(action=OuterRef("action"), evidence__isnull=False)
    evident = (Q(action=None) & ~Q(outside_said="")) | Q(Exists(shown))
    rows = _items().filter(Q(completed_on__isnull=False) | Q(action__status__in=FINISHED))
    return rows.filter(evident if is_shown else ~evident)


def _said_on() -> Any:
    """The day on which an action was first said to be done."""
    said = Update.objects.filter(
        action=OuterRef("recommendations__items__action"), status__in=FINISHED
    )
    day = said.order_by("at").annotate(day=Cast("at", DateField())).values("day")[:1]
    return Coalesce(Subquery(day), F("recommendations__items__completed_on"))


@reminder(
    "death-review-evidence", title="Evidence is missing in the plan of a death review",
    ladder=(Rung(5, OFFICERS), Rung(20, OFFICERS), Rung(40, OFFICERS)), source=OWN,
)  # fmt: skip
def evidence_missing(on: datetime.date) -> QuerySet[Any]:
    """Actions that are said to be done while nothing shows it."""
    rows = _said_done(is_shown=False)
    return _of_items(rows, "Nothing shows yet that an action is done, in ", _said_on())


@reminder(
    "death-review-sign-off", title="An action of a death review is to be signed off",
    ladder=(Rung(1, OFFICERS), Rung(10, OFFICERS), Rung(20, OFFICERS)), source=OWN,
)  # fmt: skip
def sign_off_due(on: datetime.date) -> QuerySet[Any]:
    """Actions that are done and shown to be done."""
    rows = _said_done(is_shown=True)
    return _of_items(rows, "An action is done and waits to be signed off, in ", _said_on())


@reminder(
    "death-review-outside", title="Another body has not answered in a death review",
    ladder=(Rung(1, OFFICERS), Rung(20, OFFICERS)), source=OWN,
)  # fmt: skip
def outside_unanswered(on: datetime.date) -> QuerySet[Any]:
    """Actions of bodies outside, of which nothing is known at their target date."""
    rows = _items().exclude(outside="").filter(outside_said="", completed_on=None)
    due = F("recommendations__items__target_on")
    return _of_items(rows, "Ask what another body did about an action of ", due)


@reminder(
    "death-review-difference", title="Check whether an action of a death review made a difference",
    ladder=(Rung(-5, OFFICERS), Rung(1, OFFICERS), Rung(20, OFFICERS)), source=OWN,
)  # fmt: skip
def differences_due(on: datetime.date) -> QuerySet[Any]:
    """Actions that were signed off, and of which the difference is to be checked."""
    item = "item__recommendation__review__"
    rows = DifferenceCheck.objects.filter(
        checked_on=None, item__signed_off_at__isnull=False, item__removed_because="",
        **{f"{item}stage__in": PLANNED_AT, f"{item}erased_on": None},
    )  # fmt: skip
    return rows.values(
        partnership=F(f"{item}partnership"), subject=as_text("pk"), group=F(f"{item}group"),
        due=F("first_due_on"),
        text=words("Check whether an action made the difference, in ", F(f"{item}reference"), "."),
        url=address("dhr:plan_item", partnership=f"{item}partnership__slug", pk="item__pk"),
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
