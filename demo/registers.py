"""What the registers of the story hold: direction set and followed, reminders, a calendar."""

import datetime

from actions import workflow as actions
from actions.models import Action
from demo.partnership import Cast
from demo.telling import on
from meetings.models import Decision, OutcomeState
from meetings.workflow import feeds, outcomes

DAY = datetime.timedelta(days=1)

# Decisions that set direction, by words of theirs, and what was said of each later, after so many
# days. Of the first nothing was ever said, so the partnership owes a word of it.
FOLLOWED: list[tuple[str, OutcomeState | None, str, int]] = [
    ("each quarterly report sets its figures", None, "", 0),
    (
        "refreshed delivery plan", OutcomeState.UNDER_WAY,
        "Nine of its fourteen steps are taken. The rest are due by the end of March.", 150,
    ),
    (
        "four business cases", OutcomeState.ACHIEVED,
        "All four went to the Commissioner’s office on time, and three were funded in full.", 60,
    ),
]  # fmt: skip


def follow_decisions(cast: Cast) -> None:
    """The officer marks what set direction, and says later what came of it."""
    hazel = cast.people["hazel"]
    for words, state, text, days in FOLLOWED:
        decision = Decision.objects.get(text__contains=words)
        day = decision.item.meeting.on
        with on(day + 10 * DAY, 11):
            outcomes.set_strategic(decision, strategic=True, by=hazel)
        if state is not None:
            with on(day + days * DAY, 11):
                outcomes.record_outcome(decision, state=state, text=text, by=hazel)


def remind(cast: Cast, today: datetime.date) -> None:
    """A week before now, whoever is late hears of it."""
    with on(today - 7 * DAY, 9):
        late = Action.objects.late(today - 7 * DAY).filter(group=cast.groups["board"])
        actions.remind(late, by=cast.people["hazel"])


def subscribe(cast: Cast, today: datetime.date) -> None:
    """Somebody of the county council reads the meetings in a calendar of her own."""
    with on(today - 30 * DAY, 12):
        feeds.make(by=cast.people["bryony"])
