"""Whom each kind of reminder climbs to, and when: a partnership's own steps, or ours."""

from dataclasses import dataclass

from core.reminders import Reminder, reminders
from membership.models import Partnership
from notices.models import Audience, Rung


@dataclass(frozen=True, slots=True)
class Step:
    """One rung in words."""

    days: int
    audience: str

    @property
    def when(self) -> str:
        """ "10 working days before", "On the day", "1 working day after"."""
        if not self.days:
            return "On the day it is due"
        number = abs(self.days)
        noun = "working day" if number == 1 else "working days"
        return f"{number} {noun} {'before' if self.days < 0 else 'after'}"

    @property
    def who(self) -> str:
        """Who is told."""
        return str(Audience(self.audience).label)


@dataclass(frozen=True, slots=True)
class Ladder:
    """The steps of one kind, and whose they are."""

    reminder: Reminder
    steps: list[Step]
    own: bool


def ladders(partnership: Partnership) -> list[Ladder]:
    """The ladder of every kind, by its title."""
    own: dict[str, list[Step]] = {}
    for rung in Rung.objects.filter(partnership=partnership):
        own.setdefault(rung.kind, []).append(Step(rung.days, rung.audience))
    found = [_ladder(each, own.get(each.kind, [])) for each in reminders.values()]
    return sorted(found, key=lambda each: each.reminder.title)


def ladder(partnership: Partnership, kind: str) -> Ladder | None:
    """The ladder of one kind; ``None`` where there is no such kind."""
    if kind not in reminders:
        return None
    rungs = Rung.objects.filter(partnership=partnership, kind=kind)
    return _ladder(reminders[kind], [Step(each.days, each.audience) for each in rungs])


def _ladder(reminder: Reminder, own: list[Step]) -> Ladder:
    steps = own or [Step(each.days, each.audience) for each in reminder.ladder]
    return Ladder(reminder, sorted(steps, key=lambda e: (e.days, e.audience)), own=bool(own))
