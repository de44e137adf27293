"""Reminders: what each room wants people to be told of in time, as functions of a date.

A room writes its own in its ``reminders.py``; the ledger (``notices.workflow.ledger``) makes one
``INSERT … SELECT`` of each::

    @reminder(
        "agenda-due", title="Agenda due",
        ladder=(Rung(-10, OFFICERS), Rung(-2, OFFICERS), Rung(1, CHAIR)),
        source="Terms of reference, Meetings",
    )
    def agenda_due(on):
        '''Meetings whose agenda is not published.'''
        return Meeting.objects.filter(agenda_published_at=None).values(
            partnership=F("group__partnership"), subject=as_text("pk"), group=F("group"),
            due=F("agenda_due_on"), text=…, url=address("meetings:detail", …),
        )

A function gives every subject that still stands open as far as is known now: what has been done,
cancelled or called off is not among them. It does not leave a subject out because its day has
come or gone, for the ladder decides what is due by when, also after an outage. ``on`` is there to
ask what is in force, and may lie ahead: officers see what will go out in the next 90 days by
asking with a later date. A function never reads the clock.

Columns of a subject:

- ``partnership`` and ``subject``: whose it is, and its key as text. Together they are unique.
- ``due``: the date that the rungs are counted from. Moved, it is a new reminder; the old one stays
  told and is not told again.
- ``text``: what people read: neutral, without names, titles or anything restricted. It need not
  hold the date, which stands beside it. ``url``: the one page to go to, such as ``/dartford/…``.
- ``group``: whose chair and officers are meant. Without one: the board's chair, the secretariat's
  officers.
- ``person``, ``post``, ``agency``: whose task it is, as closely as is known.
- ``because``: why there is such a reminder, in a sentence, if the title does not say it.
- ``occurrence``: tells repeats for the same due date apart. Seldom needed.
- ``since``: the day from which it has stood. Of the rungs that lay before it only the newest is
  told, so that what comes late does not begin with a shower of reminders.
- ``until``: the last day on which a rung still makes sense.

``group`` and what follows may be left out.
"""

import datetime
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.db.models import CharField, Expression, F, Func, TextField, Value
from django.db.models.functions import Cast, Concat
from django.urls import NoReverseMatch, reverse

OWNER = "owner"
LEAD = "lead"
OFFICERS = "officers"
VICE_CHAIR = "vice_chair"
CHAIR = "chair"

NEEDED = ("partnership", "subject", "due", "text", "url")
OPTIONAL = ("group", "person", "post", "agency", "because", "occurrence", "since", "until")

Ask = Callable[[datetime.date], Any]


@dataclass(frozen=True, slots=True)
class Rung:
    """One step of an escalation: who is told how many working days after the due date.

    Below zero is before it.

    ``LEAD`` is the agency's designated liaison officer or, where none is, who sits for it on the
    group. Where nobody is whom it names, the nearest are told: the agency's people for a post
    without a holder, the vice-chair for a missing chair, officers when there is nobody else.
    """

    days: int
    audience: str


@dataclass(frozen=True, slots=True)
class Reminder:
    """A kind of reminder.

    ``statutory`` ones cannot be turned off; ``urgent`` ones go out on weekends and bank holidays
    too. ``stale`` is after how many days a rung that has not gone out by email would mislead.
    """

    kind: str
    title: str
    ladder: tuple[Rung, ...]
    source: str
    statutory: bool
    urgent: bool
    stale: int
    ask: Ask


# Every kind, in the order in which the rooms were loaded.
reminders: dict[str, Reminder] = {}


def reminder(
    kind: str, *, title: str, ladder: tuple[Rung, ...], source: str = "",
    statutory: bool = False, urgent: bool = False, stale: int = 10,
) -> Callable[[Ask], Ask]:  # fmt: skip
    """Register a function of a date as a kind of reminder; see this module's text.

    ``source`` says in words who asks for it: the law, the terms of reference, or nobody.
    """

    def register(ask: Ask) -> Ask:
        if kind in reminders:
            raise ImproperlyConfigured(f"The reminder {kind} is there already.")
        reminders[kind] = Reminder(kind, title, ladder, source, statutory, urgent, stale, ask)
        return ask

    return register


# ---- expressions that reminders are made of -----------------------------------------------------


def as_text(field: str) -> Cast:
    """A key as the ledger keeps it."""
    return Cast(field, TextField())


def words(*parts: str | Expression | F) -> Concat | Value | Cast:
    """A text of parts: plain words, and expressions for what differs."""
    said = [
        Value(part, output_field=TextField()) if isinstance(part, str) else Cast(part, TextField())
        for part in parts
    ]
    return Concat(*said, output_field=TextField()) if len(said) > 1 else said[0]


def day_in_words(field: str) -> Func:
    """A date in a text: 6 January 2027."""
    return Func(F(field), Value("FMDD FMMonth YYYY"), function="to_char", output_field=CharField())


@cache
def address(route: str, **parts: str) -> Concat | Value | Cast:
    """The address of a page, made inside the statement.

    ``parts`` names the field of each part of the address:
    ``address("meetings:detail", partnership="group__partnership__slug", slug="slug")``.
    """
    marks = {name: _mark(number) for number, name in enumerate(parts)}
    try:
        path = reverse(route, kwargs=marks)
    except NoReverseMatch:  # a part of it is a number
        marks = {name: f"90000000{number}" for number, name in enumerate(parts)}
        path = reverse(route, kwargs=marks)
    for name, mark in marks.items():
        path = path.replace(mark, f"\0{name}\0")
    pieces = enumerate(path.split("\0"))
    return words(*(F(parts[each]) if odd % 2 else each for odd, each in pieces if each))


def _mark(number: int) -> str:
    return f"00000000-0000-4000-8000-0000000000{number:02}"
