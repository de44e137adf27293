"""Files of the case review pages. None of them holds a name unless it says so."""

from collections.abc import Iterable, Iterator
from typing import Any

from triggers.queries.caseload import Row

CASES = (
    "Case", "Stage", "Applied on", "Working days", "Topics", "Ward", "Next", "First due",
    "Now due", "Late", "Bodies late with information", "Closed on",
)  # fmt: skip


def case_lines(rows: Iterable[Row]) -> Iterator[tuple[Any, ...]]:
    """One line a case."""
    for row in rows:
        case, following = row.case, row.next
        yield (
            case.reference, row.state[0], case.received_on, row.age, row.topics,
            row.ward, following or "",
            following.first_due_on if following else "", following.due_on if following else "",
            "yes" if row.late else "no", row.information_late, case.closed_on or "",
        )  # fmt: skip
