"""The year's duties in the story: laid when the year began, done one after another, one moved."""

import datetime

from demo import assessments, strategy
from demo.partnership import Cast
from demo.telling import on
from notices.default_cycles import STRATEGY
from notices.models import Turn
from notices.workflow import cycles, turns

DAY = datetime.timedelta(days=1)
BY_THEMSELVES = (
    "quarterly-meeting", "meeting-dates", "chair-review", "agreement-review", "protocol-reviews",
)  # fmt: skip
WHERE = {
    "strategic-assessment": "Published on the council’s website",
    "strategy-refresh": "Adopted by the board",
    "strategy-to-pcc": "Sent by email to the commissioner’s office",
    "public-summary": "Published on the council’s website",
    "scrutiny": "Minutes of the crime and disorder committee",
    "case-review-figures": "Published on the council’s website",
    "performance-report": "Report to the crime and disorder committee",
}
LATE = {"case-review-figures": 6}  # days after the date first set


def tell_duties(cast: Cast, start: datetime.date, today: datetime.date) -> None:
    """What comes round is laid at the start; whatever fell due since was done on its day."""
    hazel = cast.people["hazel"]
    with on(start, 9):
        turns.look_ahead(start)
        cycle = cast.partnership.cycles.get(key=STRATEGY)
        cycles.change(
            cycle, title=cycle.title, source=cycle.source, owner=cycle.owner,
            every=cycle.every, month=cycle.month, day=cycle.day,
            starts_on=datetime.date(start.year + 2, 1, 1), by=hazel,
            reason="The strategy in force was adopted last year",
        )  # fmt: skip
    fallen_due = Turn.objects.of(cast.partnership).filter(first_due_on__lt=today)
    for turn in fallen_due.exclude(cycle__key__in=BY_THEMSELVES).order_by("first_due_on"):
        if not (assessments.answers(turn) or strategy.answers(turn, start + 70 * DAY)):
            _do(turn, cast, today)


def _do(turn: Turn, cast: Cast, today: datetime.date) -> None:
    day = turn.first_due_on + DAY * LATE.get(turn.cycle.key, -6)
    if day < today:
        with on(day, 15):
            turns.mark_done(
                turn, on=day, where=WHERE.get(turn.cycle.key, ""), by=cast.people["hazel"]
            )


def change_a_date(cast: Cast, today: datetime.date) -> None:
    """The next assessment waits for figures; the first date stays beside the new one."""
    with on(today - 6 * DAY, 11):
        turn = (
            Turn.objects.of(cast.partnership)
            .filter(cycle__key="strategic-assessment", done_on=None)
            .order_by("first_due_on")
            .first()
        )
        if turn is not None:
            turns.move(
                turn, due_on=turn.first_due_on + 26 * DAY, by=cast.people["hazel"],
                reason="The police’s figures to the end of September come in February",
            )  # fmt: skip
        turns.find_done(today - 6 * DAY)
