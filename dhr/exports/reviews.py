"""The list of reviews as a file."""

from collections.abc import Iterable, Iterator
from typing import Any

from dhr.queries.caseload import Row

REVIEWS = (
    "Review", "Known as", "Stage", "Led by", "Notified on", "Next", "First due", "Now due", "Late",
    "Closed on",
)  # fmt: skip


def review_lines(rows: Iterable[Row]) -> Iterator[tuple[Any, ...]]:
    """One line a review."""
    for row in rows:
        review, following = row.review, row.next
        yield (
            review.reference, review.pseudonym, row.state[0],
            "This partnership" if review.led_here else review.led_by, review.notified_on,
            following or "", following.first_due_on if following else "",
            following.due_on if following else "", "yes" if row.late else "no",
            review.closed_on or "",
        )  # fmt: skip
