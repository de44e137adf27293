"""Orders as a spreadsheet."""

from collections.abc import Iterable, Iterator
from typing import Any

from assessments.queries.orders import Row

ORDERS = (
    "Title", "Power", "State", "Made by", "Where", "First day", "Last day", "Terms", "Penalty",
    "Consulted from", "Consulted until", "Published at",
)  # fmt: skip


def order_lines(rows: Iterable[Row]) -> Iterator[list[Any]]:
    """One order a line, dates as 2027-01-31."""
    for row in rows:
        order = row.order
        yield [
            order.title, order.power, row.state, order.made_by, order.place, order.starts_on,
            row.last_day, order.terms, order.penalty, order.consulted_from, order.consulted_until,
            order.source_url,
        ]  # fmt: skip
