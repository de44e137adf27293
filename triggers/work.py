"""What case reviews ask of a person: the next step of each of their cases."""

import datetime
from collections.abc import Iterator
from typing import Any

from django.db.models import Exists, OuterRef, Prefetch, Q

from core.dates import count
from core.registries import Work, work
from membership import standing
from membership.models import Role
from triggers.models import (
    ApplicantMessage,
    Application,
    Clock,
    ClockStage,
    CorrectionAnswer,
    ListCorrection,
)

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


@work
def cases(user: Any, on: datetime.date) -> Iterator[Work]:
    """The next step of each case that this person works on, and what its applicant wrote."""
    groups = [
        seat.group_id
        for seat in standing.seats(user)
        if seat.role == Role.OFFICER and seat.group.kind == "panel"
    ]
    if not groups:
        return
    running = Clock.objects.filter(done_on=None, stopped_on=None).exclude(stage=ClockStage.APPEAL)
    corrections = ListCorrection.objects.filter(
        application=OuterRef("pk"), answer=CorrectionAnswer.WAITING
    )
    messages = ApplicantMessage.objects.filter(application=OuterRef("pk"), dealt_at=None)
    found = (
        Application.objects.open()
        .filter(group__in=groups)
        .select_related("partnership")
        .annotate(wrote=Exists(corrections.order_by()) | Q(Exists(messages.order_by())))
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
