"""What case reviews ask of a person: the next step of each of their cases."""

import datetime
from collections.abc import Iterator
from typing import Any

from django.db.models import Exists, OuterRef, Prefetch, Q, Subquery
from django.urls import reverse

from core.dates import count
from core.registries import Work, work
from membership import standing
from membership.models import Partnership, Role
from triggers.models import (
    Appeal,
    AppealOutcome,
    ApplicantMessage,
    Application,
    Clock,
    ClockStage,
    CorrectionAnswer,
    Letter,
    LetterState,
    ListCorrection,
    Recommendation,
    Response,
    Review,
    Stage,
)
from triggers.models.parts import answers_for
from triggers.queries import keeping
from triggers.queries.cases import FINISHED

NEAR = datetime.timedelta(days=14)
ASKS = {
    ClockStage.ACKNOWLEDGE: "acknowledge it",
    ClockStage.INFORMATION: "have all information in",
    ClockStage.THRESHOLD: "decide the threshold",
    ClockStage.PANEL: "hold the panel",
    ClockStage.OUTCOME: "send the outcome letter",
    ClockStage.RESPONSES: "have the recommendations answered",
    ClockStage.HEARING: "have the appeal heard",
}


def _officer_of(user: Any) -> list[Any]:
    """Keys of the panels, of cases and standing ones, of which the person is an officer."""
    return [
        seat.group_id
        for seat in standing.seats(user)
        if seat.role == Role.OFFICER and seat.group.kind == "panel"
    ]


@work
def cases(user: Any, on: datetime.date) -> Iterator[Work]:
    """The next step of each case that this person works on, and what its applicant wrote."""
    groups = _officer_of(user)
    if not groups:
        return
    running = Clock.objects.filter(done_on=None, stopped_on=None).exclude(stage=ClockStage.APPEAL)
    corrections = ListCorrection.objects.filter(
        application=OuterRef("pk"), answer=CorrectionAnswer.WAITING
    )
    messages = ApplicantMessage.objects.filter(application=OuterRef("pk"), dealt_at=None)
    to_do = Recommendation.objects.filter(application=OuterRef("pk")).exclude(
        response=Response.DECLINED
    ).exclude(action__status__in=FINISHED)  # fmt: skip
    found = (
        Application.objects.open()
        .filter(group__in=groups)
        .select_related("partnership")
        .annotate(
            wrote=Exists(corrections.order_by()) | Q(Exists(messages.order_by())),
            sat=Q(stage=Stage.REVIEW, case_review__held_on__isnull=False),
            all_done=Q(stage=Stage.MONITORING) & ~Exists(to_do.order_by()),
        )
        .prefetch_related(Prefetch("clocks", running.order_by("due_on", "id"), to_attr="running"))
        .order_by("reference")
    )
    for case in found:
        yield from _of(case, on)


def _of(case: Any, on: datetime.date) -> Iterator[Work]:
    if case.wrote:
        yield Work(
            partnership=case.partnership, what=f"{case}: the applicant has written",
            url=case.get_absolute_url(), why="A correction or a message waits for an answer.",
        )  # fmt: skip
    if case.sat:
        yield _step(case, "write down what the panel found, and finish the review", "case_panel")
    if case.all_done:
        yield _step(case, "every recommendation is done or declined: close it", "case_close")
    due = [each for each in case.running if each.due_on <= on + NEAR or each.late(on)]
    if not due:
        return
    first = due[0]
    more = f"{count(len(due) - 1, 'more step')} due soon." if len(due) > 1 else ""
    yield Work(
        partnership=case.partnership, what=f"{case}: {ASKS[first.stage]}",
        url=case.get_absolute_url(), why=more,
        due=first.first_due_on if first.late(on) else first.due_on,
    )  # fmt: skip


# ---- panels, recommendations and appeals --------------------------------------------------------


@work
def recommendations(user: Any, on: datetime.date) -> Iterator[Work]:
    """What the person's body is recommended and has not answered: nothing that names a case."""
    running = Clock.objects.filter(
        application=OuterRef("application"), stage=ClockStage.RESPONSES, done_on=None,
        stopped_on=None,
    )  # fmt: skip
    if not standing.seats(user):
        return
    found = Recommendation.objects.filter(
        answers_for(user), response=Response.WAITING, sent_on__isnull=False
    ).annotate(due=Subquery(running.values("first_due_on")[:1]))
    for each in found.select_related("application__partnership").order_by("sent_on", "pk"):
        yield Work(
            partnership=each.partnership, what="Answer a recommendation of a case review",
            url=reverse("triggers:recommendation", args=[each.partnership.slug, each.pk]),
            why="Accept it with a date, or decline it with the reason.", due=each.due,
        )  # fmt: skip


@work
def panels(user: Any, on: datetime.date) -> Iterator[Work]:
    """The pack of each panel on which the person sits, until it has sat."""
    groups = [
        seat.group_id
        for seat in standing.seats(user)
        if seat.role != Role.OFFICER and seat.group.kind == "panel"
    ]
    if not groups:
        return
    waiting = Review.objects.filter(
        application__group__in=groups, application__stage=Stage.REVIEW, held_on=None,
        pack_made_on__isnull=False, meeting__isnull=False,
    )  # fmt: skip
    for review in waiting.select_related("application__partnership", "meeting"):
        case = review.application
        yield Work(
            partnership=case.partnership, what=f"{case}: read the panel’s pack",
            url=reverse("triggers:case_panel", args=[case.partnership.slug, case.reference]),
            due=review.meeting.on if review.meeting else None,
        )  # fmt: skip


@work
def appeals(user: Any, on: datetime.date) -> Iterator[Work]:
    """For officers: appeals of which somebody has to say whether and by whom they are heard."""
    groups = _officer_of(user)
    if not groups:
        return
    found = Appeal.objects.filter(application__group__in=groups, outcome=AppealOutcome.WAITING)
    found = found.filter(Q(late=True, late_because="") | Q(sent_on=None))
    for appeal in found.select_related("application__partnership").order_by("made_on", "pk"):
        late = appeal.late and not appeal.late_because
        says = "say whether a late appeal is taken" if late else "say who hears an appeal"
        yield _step(appeal.application, says, "case_appeals")


def _step(case: Any, says: str, page: str) -> Work:
    return Work(
        partnership=case.partnership, what=f"{case}: {says}",
        url=reverse(f"triggers:{page}", args=[case.partnership.slug, case.reference]),
    )  # fmt: skip


# ---- what has been kept long enough -------------------------------------------------------------


@work
def to_remove(user: Any, on: datetime.date) -> Iterator[Work]:
    """How many closed cases an officer of the secretariat may have removed: no case is named."""
    run = Partnership.objects.filter(pk__in=standing.secretariats(user))
    for partnership in run.filter(case_review_procedure__isnull=False):
        due = [each for each in keeping.due(partnership, on) if each.may_go]
        if due:
            yield Work(
                partnership=partnership, due=min(each.kept_until for each in due),
                what=f"{count(len(due), 'case review')} to remove",
                url=reverse("triggers:kept", args=[partnership.slug]),
                why="The time for which they may be kept is over.",
            )  # fmt: skip


@work
def letters(user: Any, on: datetime.date) -> Iterator[Work]:
    """Letters of this person's cases that wait for a hand: to be posted or told, or come back."""
    groups = _officer_of(user)
    if not groups:
        return
    came_back = Q(state=LetterState.REFUSED) | Q(state=LetterState.DRAFT) & ~Q(problem="")
    found = Letter.objects.filter(
        came_back | Q(state=LetterState.TO_POST), application__group__in=groups
    ).select_related("application__partnership")
    for each in found.order_by("ready_at", "pk"):
        by_hand = each.state == LetterState.TO_POST
        case = each.application
        yield Work(
            partnership=case.partnership, url=_letter_url(each),
            what=f"{case}: {'post or tell a letter' if by_hand else 'a letter came back'}",
            why="Then say how it was done." if by_hand else "It has not gone. Look at it again.",
        )  # fmt: skip


def _letter_url(letter: Letter) -> str:
    case = letter.application
    return reverse("triggers:letter", args=[case.partnership.slug, case.reference, letter.number])
