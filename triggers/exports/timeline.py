"""The timeline of a case as a file, for those who may read it."""

from collections.abc import Iterator
from typing import Any

from triggers.queries.merged import Timeline

HEADINGS = (
    "Date", "Time", "Source", "Incident", "What happened", "What was done", "Reported",
    "Reference", "Does not fit",
)  # fmt: skip


def lines(timeline: Timeline) -> Iterator[tuple[Any, ...]]:
    """One line of the file for each line of the timeline."""
    for line in timeline.lines:
        yield (
            line.on or "", f"{line.at:%H:%M}" if line.at else "", line.source,
            line.complaint.number if line.complaint else "", line.what, line.done, line.reported,
            line.reference,
            "; ".join(_said(each) for each in line.misfits),
        )  # fmt: skip


def _said(misfit: Any) -> str:
    return f"{misfit.says} ({misfit.settled.settled})" if misfit.settled else misfit.says
