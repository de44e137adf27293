"""The register and the requests as files."""

import datetime
from collections.abc import Iterable, Iterator
from typing import Any

from actions.models import Request
from actions.queries import Row, is_late
from actions.queries import requests as asked
from core.dates import london_date

HEADINGS = (
    "Reference", "What is to be done", "Detail", "Owner", "Owner today", "Who may see it",
    "Marking", "Where it came from", "Made on", "First due", "Now due", "Times moved", "State",
    "Late", "Closed on",
)  # fmt: skip


def lines(rows: Iterable[Row], on: datetime.date) -> Iterator[list[Any]]:
    """One line an action, dates as 2027-01-06 so that a spreadsheet sorts them."""
    for row in rows:
        action = row.action
        yield [
            action.reference, action.text, action.detail, row.owner, row.now or action.owner,
            action.group, action.get_marking_display(), action.raised_in, action.made_on,
            action.first_due_on, action.due_on, action.times_moved, action.get_status_display(),
            "yes" if is_late(action, on) else "no",
            london_date(action.closed_at) if action.closed_at else "",
        ]  # fmt: skip


REQUEST_HEADINGS = (
    "Reference", "What is asked for", "Who is asked", "Who asks", "What for", "Marking",
    "Asked on", "First due", "Now due", "State", "Late", "Closed on",
)  # fmt: skip


def request_lines(rows: Iterable[Request], on: datetime.date) -> Iterator[list[Any]]:
    """One line a request for information."""
    for each in rows:
        yield [
            each.reference, each.subject, each.agency, each.group, each.kind,
            each.get_marking_display(), london_date(each.asked_at), each.first_due_on, each.due_on,
            each.get_status_display(), "yes" if asked.is_late(each, on) else "no",
            london_date(each.closed_at) if each.closed_at else "",
        ]  # fmt: skip
