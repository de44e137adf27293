"""What will go out in the days to come, to whom and when; and what an officer keeps back."""

import datetime
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import connection

from core import clock, working_days
from core.reminders import Reminder, reminders
from membership import standing
from membership.models import Partnership
from notices.models import Audience, Hold, Tick
from notices.queries import due

AHEAD = datetime.timedelta(days=90)

LIST = """
SELECT due.on_day, due.subject, due.told_as, due.text, due.url, due.due,
  due.held, due."group", due.group_kind, ARRAY_AGG(DISTINCT due.audience) AS audiences,
  ARRAY_AGG(DISTINCT person.name ORDER BY person.name) FILTER (WHERE person.id IS NOT NULL)
FROM due
LEFT JOIN told ON told.subject = due.subject AND told.told_as = due.told_as
  AND told.partnership = due.partnership
LEFT JOIN accounts_user person ON person.id = told.recipient
GROUP BY due.on_day, due.subject, due.told_as, due.text, due.url, due.due, due.held, due."group",
  due.group_kind
"""


@dataclass(frozen=True, slots=True)
class Coming:
    """One step of one reminder that nobody has been told yet."""

    day: datetime.date  # on which it is sent
    on_day: datetime.date  # on which it becomes due
    kind: str
    title: str
    statutory: bool
    subject: str
    text: str
    url: str
    due: datetime.date
    audiences: str
    people: list[str]
    hold: Hold | None

    @property
    def held(self) -> bool:
        """Whether an officer keeps it back."""
        return self.hold is not None


def coming(
    user: Any, partnership: Partnership, on: datetime.date, *, kind: str = "",
    subject: str | None = None,
) -> list[Coming]:  # fmt: skip
    """All that will be told in the next 90 days, the soonest first; of one kind or subject, or all.

    Of a panel, only to those who sit on it.
    """
    holds = {(hold.kind, hold.subject_id): hold for hold in held(partnership)}
    known = standing.groups(user)
    chosen = [each for each in reminders.values() if kind in ("", each.kind)]
    found = [
        line
        for each in chosen
        for line in _of(each, partnership, on, holds, known, subject)
    ]  # fmt: skip
    return sorted(found, key=lambda each: (each.day, each.due, each.title, each.text))


def last_tick() -> Tick | None:
    """When the ledger was last woken; ``None`` if it never was."""
    return Tick.objects.first()


def held(partnership: Partnership) -> Iterable[Hold]:
    """What officers keep back now."""
    found = Hold.objects.filter(partnership=partnership, released_at=None)
    return found.select_related("held_by")


def _of(
    reminder: Reminder, partnership: Partnership, on: datetime.date, holds: Any,
    known: set[uuid.UUID], subject: str | None,
) -> Iterable[Coming]:  # fmt: skip
    asked = due.statement(reminder, on, on + AHEAD, partnership=partnership, subject=subject)
    if asked is None:
        return
    with connection.cursor() as cursor:
        cursor.execute(asked.sql + LIST, asked.parameters)
        rows = cursor.fetchall()
    for day, key, _, text, url, date, kept, group, group_kind, audiences, people in rows:
        if group_kind == "panel" and group not in known:
            continue
        yield Coming(
            day=goes(max(day, on), urgent=reminder.urgent), on_day=day, kind=reminder.kind,
            title=reminder.title, statutory=reminder.statutory, subject=key, text=text, url=url,
            due=date, audiences=in_words(audiences), people=people or [],
            hold=holds.get((reminder.kind, key[:60])) if kept else None,
        )  # fmt: skip


def goes(day: datetime.date, *, urgent: bool) -> datetime.date:
    """The day on which what becomes due on a day is sent."""
    return day if urgent else working_days.next_working_day(day)


def in_words(audiences: Iterable[str]) -> str:
    """For whom a step is meant: "Officers, Chair"."""
    return ", ".join(Audience(each).label for each in sorted(audiences))


def next_of(user: Any, partnership: Partnership, kind: str, subject: str) -> Coming | None:
    """The next step of one subject; ``None`` where there is no such, or it is not for this user."""
    if kind not in reminders:
        return None
    found = coming(user, partnership, clock.today(), kind=kind, subject=subject)
    return found[0] if found else None
