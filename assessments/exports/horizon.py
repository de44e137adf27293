"""The horizon as a spreadsheet, and what changed on it as a paper."""

import datetime
from collections.abc import Iterable, Iterator
from typing import Any

from assessments.models import PolicyChange
from assessments.queries import horizon as queries
from core import pdf
from core.permissions import can
from membership.models import Partnership

CHANGES = (
    "Title", "Level", "How far", "Commences", "What changes", "What it touches here", "Themes",
    "Where it is written", "Address", "Read at its source", "Followed by", "Look again on",
    "Action", "What came of it",
)  # fmt: skip


def change_lines(user: Any, changes: Iterable[PolicyChange]) -> Iterator[list[Any]]:
    """One change a line, dates as 2027-01-31; an action that one may see by its reference alone."""
    for each in changes:
        said = queries.line(each)
        yield [
            said.title, said.level, said.stage, each.commences_on or said.begins, said.what,
            said.touches, "; ".join(said.themes), said.source, said.source_url,
            "yes" if said.verified else "no", said.owner, each.look_again_on or "",
            _reference(user, each), each.closed_because,
        ]  # fmt: skip


def _reference(user: Any, change: PolicyChange) -> str:
    action = change.action
    return action.reference if action and can(user, "view", action) else ""


def horizon_pdf(
    partnership: Partnership, moved: list[queries.Moved], still: list[queries.Line], *,
    since: datetime.date, on: datetime.date,
) -> tuple[bytes, str]:  # fmt: skip
    """The paper of what changed, and its file name.

    Raises ``core.pdf.PDFUnavailable`` where this machine cannot make PDFs.
    """
    context = {
        "partnership": partnership, "moved": moved, "still": still, "since": since, "on": on,
        "title": "Horizon: changes in policy and law",
    }  # fmt: skip
    return pdf.render("pdf/horizon.html", context), f"horizon-{on.isoformat()}.pdf"
