"""Reminders of case reviews: the clocks of each case, and what bodies still owe.

Texts name a case by its reference to its own officers, and name none to anybody else: who may not
know that there is a case learns no more than the counts that they may read anyway.
"""

import datetime
from typing import Any

from django.db.models import Case, DateField, Exists, F, OuterRef, QuerySet, Subquery, Value, When
from django.db.models.functions import Cast, Coalesce

from actions.models import WAITING
from core.reminders import CHAIR, LEAD, OFFICERS, OWNER, Rung, address, as_text, reminder, words
from meetings.models import Status as MeetingStatus
from membership.models import Role, Seat
from triggers.models import (
    OPEN,
    AppealOutcome,
    Application,
    Clock,
    ClockStage,
    Delay,
    InformationRequest,
    Response,
    Review,
    Stage,
)

SOURCE = "The partnership’s procedure (2014 Act, section 104(2) and Schedule 4)"
STATUTORY = "2014 Act, section 104(7) and (8), and Schedule 4"

# What each clock asks of the case's officers; the last day to appeal is the applicant's.
ASKS = {
    ClockStage.ACKNOWLEDGE: "Acknowledge",
    ClockStage.INFORMATION: "Have all information in for",
    ClockStage.THRESHOLD: "Decide the threshold of",
    ClockStage.PANEL: "Hold the panel of",
    ClockStage.OUTCOME: "Send the outcome letter of",
    ClockStage.RESPONSES: "Have the recommendations answered in",
    ClockStage.HEARING: "Have the appeal heard in",
}


def running() -> QuerySet[Clock]:
    """Clocks that are neither done nor stopped."""
    return Clock.objects.filter(done_on=None, stopped_on=None)


def _case(path: str = "application__") -> Any:
    return address(
        "triggers:case", partnership=f"{path}partnership__slug", reference=f"{path}reference"
    )


# ---- for the case's officers --------------------------------------------------------------------


@reminder(
    "case-review-clock", title="A step of a case review is due",
    ladder=(Rung(-3, OFFICERS), Rung(-1, OFFICERS), Rung(1, OFFICERS), Rung(5, OFFICERS)),
    source=SOURCE,
)  # fmt: skip
def clocks_due(on: datetime.date) -> QuerySet[Any]:
    """Clocks that run, by the date they have now: a later one is a new reminder."""
    delays = Delay.objects.filter(clock=OuterRef("pk")).order_by("-pk")
    delayed = delays.annotate(day=Cast("at", DateField())).values("day")[:1]
    says = Case(*(When(stage=stage, then=Value(says)) for stage, says in ASKS.items()))
    return running().exclude(stage=ClockStage.APPEAL).values(
        partnership=F("application__partnership"), subject=as_text("pk"),
        group=F("application__group"), due=F("due_on"),
        since=Coalesce(Subquery(delayed), F("starts_on")),
        text=words(says, " ", F("application__reference"), "."), url=_case(),
    )  # fmt: skip


@reminder(
    "case-review-appeal-over", title="The last day to appeal has passed",
    ladder=(Rung(1, OFFICERS),), source=SOURCE,
)  # fmt: skip
def appeals_over(on: datetime.date) -> QuerySet[Any]:
    """Cases in which nobody appealed in time, so that they may be closed."""
    return running().filter(stage=ClockStage.APPEAL).values(
        partnership=F("application__partnership"), subject=as_text("pk"),
        group=F("application__group"), due=F("due_on"), since=F("starts_on"),
        text=words("The last day to appeal in ", F("application__reference"), " has passed."),
        url=_case(),
    )  # fmt: skip


@reminder(
    "case-review-answer-late", title="A body has not answered about a case",
    ladder=(Rung(1, OFFICERS), Rung(5, OFFICERS)), source=STATUTORY,
)  # fmt: skip
def answers_late(on: datetime.date) -> QuerySet[Any]:
    """Bodies that were asked for information and have not given it, to the case's officers."""
    return waiting().values(
        partnership=F("application__partnership"), subject=as_text("pk"),
        group=F("application__group"), due=F("request__due_on"),
        since=Cast("request__asked_at", DateField()),
        text=words("A body has not answered in ", F("application__reference"), ". Chase it."),
        url=_case(),
    )  # fmt: skip


@reminder(
    "case-review-panel-held", title="Say that a panel was held",
    ladder=(Rung(1, OFFICERS), Rung(5, OFFICERS)), source=SOURCE,
)  # fmt: skip
def panels_past(on: datetime.date) -> QuerySet[Any]:
    """Panels whose day has come, until an officer says that they sat."""
    cancelled = {"meeting__status": MeetingStatus.CANCELLED}
    past = Review.objects.filter(
        held_on=None, meeting__isnull=False, application__stage=Stage.REVIEW
    )
    return past.exclude(**cancelled).values(
        partnership=F("application__partnership"), subject=as_text("pk"),
        group=F("application__group"), due=F("meeting__on"),
        text=words("Say that the panel of ", F("application__reference"), " was held."),
        url=_case(),
    )  # fmt: skip


@reminder(
    "case-review-appeal-late", title="A late appeal waits",
    ladder=(Rung(1, OFFICERS), Rung(3, OFFICERS)), source=SOURCE,
)  # fmt: skip
def late_appeals(on: datetime.date) -> QuerySet[Any]:
    """Appeals after the last day of which nobody has said whether they are taken."""
    late = Application.objects.filter(
        appeals__late=True, appeals__late_because="", appeals__outcome=AppealOutcome.WAITING
    )
    return late.values(
        "partnership", "group", subject=as_text("appeals__pk"),
        due=Cast("appeals__at", DateField()),
        text=words("Say whether a late appeal in ", F("reference"), " is taken."), url=_case(""),
    )  # fmt: skip


# ---- for the bodies -----------------------------------------------------------------------------


def waiting() -> QuerySet[InformationRequest]:
    """Requests for information without an answer, while the case goes on."""
    return InformationRequest.objects.filter(
        request__status__in=WAITING, application__stage__in=OPEN
    )


def _answerers(named: str) -> Case:
    """The standing panel, on which the body's people are; where it has none there, the board."""
    procedure = "application__partnership__case_review_procedure__group"
    return Case(When(**{named: True}, then=Value(None)), default=F(procedure))


@reminder(
    "case-review-answer-due", title="An answer for a case review is due",
    ladder=(Rung(-3, OWNER), Rung(-1, OWNER), Rung(1, OWNER), Rung(5, LEAD)), source=STATUTORY,
)  # fmt: skip
def answers_due(on: datetime.date) -> QuerySet[Any]:
    """What a body is asked for, to its people: those on the standing panel, or on the board."""
    return waiting().values(
        "agency", partnership=F("application__partnership"), subject=as_text("pk"),
        group=_answerers("anybody"), due=F("request__due_on"),
        since=Cast("request__asked_at", DateField()),
        text=Value("An answer for a case review is due."), url=F("request__answer_url"),
    )  # fmt: skip


@reminder(
    "case-review-answer-escalated", title="Your body’s answer for a case review is late",
    ladder=(Rung(5, LEAD),), source=STATUTORY,
)  # fmt: skip
def answers_escalated(on: datetime.date) -> QuerySet[Any]:
    """The same, when it is a week late, to the body's member of the board, who sees no case."""
    return waiting().filter(anybody=False).values(
        "agency", partnership=F("application__partnership"), subject=as_text("pk"),
        due=F("request__first_due_on"), since=Cast("request__asked_at", DateField()),
        text=Value("Your body is late with an answer for a case review. See that it is given."),
        url=address("triggers:index", partnership="application__partnership__slug"),
    )  # fmt: skip


@reminder(
    "case-review-response-due", title="An answer to a recommendation is due",
    ladder=(Rung(-5, OWNER), Rung(-1, OWNER), Rung(1, OWNER), Rung(5, LEAD)), source=STATUTORY,
)  # fmt: skip
def responses_due(on: datetime.date) -> QuerySet[Any]:
    """Recommendations that a body has not accepted or declined, while the case's clock runs."""
    recommended = "application__recommendations__"
    waiting = {
        f"{recommended}response": Response.WAITING, f"{recommended}sent_on__isnull": False,
        "stage": ClockStage.RESPONSES,
    }  # fmt: skip
    return running().filter(**waiting).values(
        partnership=F("application__partnership"), subject=as_text(f"{recommended}pk"),
        group=_answerers(f"{recommended}anybody"), agency=F(f"{recommended}agency"),
        due=F("due_on"), since=F("starts_on"),
        text=Value("An answer to a recommendation of a case review is due."),
        url=address(
            "triggers:recommendation", partnership="application__partnership__slug",
            pk=f"{recommended}pk",
        ),
    )  # fmt: skip


@reminder(
    "case-review-response-escalated", title="Your body’s answer to a recommendation is late",
    ladder=(Rung(5, LEAD),), source=STATUTORY,
)  # fmt: skip
def responses_escalated(on: datetime.date) -> QuerySet[Any]:
    """The same, when it is a week late, to the body's member of the board, who sees no case."""
    recommended = "application__recommendations__"
    waiting = {
        f"{recommended}response": Response.WAITING, f"{recommended}anybody": False,
        f"{recommended}sent_on__isnull": False, "stage": ClockStage.RESPONSES,
    }  # fmt: skip
    return running().filter(**waiting).values(
        partnership=F("application__partnership"), subject=as_text(f"{recommended}pk"),
        agency=F(f"{recommended}agency"), due=F("first_due_on"), since=F("starts_on"),
        text=Value("Your body is late to answer a recommendation. See that it is answered."),
        url=address("triggers:index", partnership="application__partnership__slug"),
    )  # fmt: skip


# ---- for those who know no case -----------------------------------------------------------------


@reminder(
    "case-review-late", title="A case review is past a date that was set",
    ladder=(Rung(5, CHAIR),), source=SOURCE,
)  # fmt: skip
def late_for_chair(on: datetime.date) -> QuerySet[Any]:
    """Clocks a week past the date first set, to the board's chair: that there is one, not which."""
    return running().exclude(stage=ClockStage.APPEAL).values(
        partnership=F("application__partnership"), subject=as_text("pk"),
        due=F("first_due_on"), since=F("starts_on"),
        text=Value("A case review is past a date that was set for it. Ask the officers."),
        url=address("triggers:index", partnership="application__partnership__slug"),
    )  # fmt: skip


@reminder(
    "case-review-without-officer", title="A case review has no officer",
    ladder=(Rung(0, OFFICERS), Rung(2, OFFICERS), Rung(5, CHAIR)), source=SOURCE,
)  # fmt: skip
def without_officer(on: datetime.date) -> QuerySet[Any]:
    """Cases on which no officer sits any more, to the secretariat: somebody must take them on."""
    officers = Seat.objects.on(on).filter(
        group=OuterRef("group"), role=Role.OFFICER, person__is_active=True
    )
    left = Seat.objects.filter(group=OuterRef("group"), role=Role.OFFICER, ends_on__lte=on)
    since = left.order_by("-ends_on").values("ends_on")[:1]
    return Application.objects.filter(~Exists(officers), stage__in=OPEN).values(
        "partnership", subject=as_text("pk"), due=Coalesce(Subquery(since), F("received_on")),
        text=Value("A case review has no officer. Take it on."),
        url=address("triggers:index", partnership="partnership__slug"),
    )  # fmt: skip
