"""The overview of all action plans as a file: the same numbers as on its page."""

from collections.abc import Iterator
from typing import Any

from core.dates import count
from dhr.queries.oversight import STATES, Oversight

COLUMNS = ("Part", "What", "Actions", *STATES.values(), "Signed off this quarter", "Note")


def lines(found: Oversight) -> Iterator[list[Any]]:
    """The same as rows of a file."""
    parts = (
        ("Plans", found.plans), ("Agencies, published plans", found.agencies),
        ("Agencies, before publication", found.before),
    )  # fmt: skip
    for part, own in parts:
        for line in own:
            yield [part, line.label, line.actions, *line.states, line.quarter, line.note]
    for each in found.overdue:
        what = "evidence missing" if each.missing else f"{each.late_days} days late"
        yield ["Overdue", f"{each.plan}, action {each.number}", "", "", "", "", "", "", "",
               f"{each.body}: {what}, first due {each.due_on:%-d %B %Y}"]  # fmt: skip
    for label, number in found.differences:
        yield ["Difference made", label, number, "", "", "", "", "", "", ""]
    for name, number, again in found.themes:
        yield ["Themes", name, "", "", "", "", "", "", "",
               f"{count(number, 'recommendation')}, {again} of a lesson met before"]  # fmt: skip
    for label, shown in found.reviews:
        yield ["Reviews", label, "", "", "", "", "", "", "", shown]
    for agency, record in found.compliance:
        told = ((name.replace("_", " "), says) for name, says in record.items() if says)
        said = ", ".join(f"{name}: {says}" for name, says in told)
        yield ["Information", agency, "", "", "", "", "", "", "", said]
