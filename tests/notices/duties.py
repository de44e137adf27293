"""A reminder of the tests' own, about turns of a duty, in place of those of the rooms."""

import datetime

from django.db.models import F, Value

from core import clock, reminders
from core.reminders import CHAIR, LEAD, OFFICERS, OWNER, Rung, as_text, words
from notices.models import Cycle, Turn

KIND = "test-duty"
LADDER = (Rung(-10, OFFICERS), Rung(-2, OFFICERS), Rung(1, CHAIR))
DUE = datetime.date(2027, 3, 17)  # a Wednesday with no bank holiday near it


def register(ladder=LADDER, *, group=None, agency=None, post=None, person=None, **more):
    """Reminders of turns that are not done; gone again when the test ends (``duties`` fixture)."""
    more.setdefault("title", "Duty due")

    @reminders.reminder(KIND, ladder=ladder, **more)
    def open_turns(on):
        found = Turn.objects.filter(done_on=None)
        return found.values(
            partnership=F("cycle__partnership"), subject=as_text("pk"), due=F("due_on"),
            text=words("A duty of ", F("cycle__partnership__place")),
            url=Value("/dartford/owed/"),
            **{
                name: Value(value.pk)
                for name, value in
                (("group", group), ("agency", agency), ("post", post), ("person", person))
                if value
            },
        )  # fmt: skip

    return open_turns


def turn(partnership, due=DUE, key="duty"):
    cycle, _ = Cycle.objects.get_or_create(
        partnership=partnership, key=key,
        defaults={
            "title": "Duty", "source": "The law", "owner": OFFICERS, "month": due.month,
            "day": due.day, "starts_on": datetime.date(2024, 4, 1),
        },
    )  # fmt: skip
    return Turn.objects.create(cycle=cycle, first_due_on=due, due_on=due)


def at(day, hour=9, minute=0):
    """A London time on a day: (3, 12) is in March 2027."""
    if isinstance(day, tuple):
        day = datetime.date(2027, *day)
    return clock.london(day, datetime.time(hour, minute))


__all__ = [
    "CHAIR",
    "DUE",
    "KIND",
    "LADDER",
    "LEAD",
    "OFFICERS",
    "OWNER",
    "Rung",
    "at",
    "register",
    "turn",
]
