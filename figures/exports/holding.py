"""The files that figures come from, and the rows that were not kept, as CSV."""

from collections.abc import Iterator
from typing import Any

from core.dates import london_date
from figures.models import CrimeImport
from figures.queries import holding
from membership.models import Partnership

FILE_HEADINGS = (
    "Force", "Month", "File", "SHA-256", "Bytes", "Rows read", "Rows kept", "Without a place",
    "Rows refused", "Read on", "By", "Counted", "Replaced by", "Remark", "Why went back",
)  # fmt: skip
REFUSAL_HEADINGS = ("File", "Line", "Why", "How the row begins")


def file_lines(partnership: Partnership) -> Iterator[list[Any]]:
    """One line a file, those that were replaced too."""
    for each in (*holding.files(), *holding.files(replaced=True)):
        yield [
            each.force.name, f"{each.month:%Y-%m}", each.name, each.sha256, each.size,
            each.rows_read, each.rows_kept, each.rows_without_place, each.rows_refused,
            london_date(each.read_at), holding.by_whom(each.run, partnership),
            "no" if each.replaced_by else "yes", each.replaced_by or "", each.remark,
            each.replaced_because,
        ]  # fmt: skip


def refusal_lines(run: CrimeImport) -> Iterator[list[Any]]:
    """One line a row that was not kept."""
    for each in run.refusals.all().iterator(chunk_size=2000):
        yield [each.file_name, each.line, each.reason, each.text]
