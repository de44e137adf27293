"""Tension reports as a spreadsheet, for officers."""

from collections.abc import Iterable, Iterator
from typing import Any

from assessments.models import TensionReport
from core.dates import london_date

TENSIONS = (
    "Week from", "Agency", "Community or place", "Level", "Experienced", "Evidenced", "Potential",
    "Source", "What is being done", "Theme", "Read by", "Marking", "Shown to the board", "Closed",
)  # fmt: skip


def tension_lines(tensions: Iterable[TensionReport]) -> Iterator[list[Any]]:
    """One report a line, dates as 2027-01-31."""
    for each in tensions:
        yield [
            each.week, each.agency, each.community, each.level, each.experienced, each.evidenced,
            each.potential, each.source, each.response, each.theme or "", each.group,
            each.get_marking_display(), _day(each.shown_at), _day(each.closed_at),
        ]  # fmt: skip


def _day(moment: Any) -> Any:
    return london_date(moment) if moment else ""
