"""A body's own chronology as it comes out of its system: a spreadsheet, a CSV file, or pasted.

Columns are found by their headings, in any order; without headings they are date, what happened and
what was done. Nothing is computed and nothing is guessed: a line that cannot be read is named.
"""

import csv
import datetime
import io
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError

from core.dates import parse_clock, parse_date
from core.markup import plain
from documents.checks import Checked
from figures.sheets import reading

MOST_BYTES = 2 * 1024**2
MOST_LINES = 2000
LONG = 4000

NAMES = {
    "on": ("date", "on", "day", "incident date", "date of incident", "date recorded"),
    "at": ("time", "at"),
    "what": (
        "what happened", "what", "what was recorded", "incident", "event", "description",
        "details", "summary", "entry",
    ),
    "done": ("what was done", "done", "action", "action taken", "actions", "outcome", "response"),
    "reference": ("reference", "ref", "number", "incident number", "crime number", "log number"),
    "reported_on": ("reported on", "reported", "date reported", "report date"),
    "who": ("who", "who was concerned", "person", "subject", "name"),
    "contact": ("agency contacted", "contact with", "contacted", "referred to", "shared with"),
    "risk": ("risk", "risk level", "risk as assessed", "grading", "dash"),
}  # fmt: skip
PLACES = ("on", "what", "done", "reference")
HEADINGS = (
    "Date", "Time", "What happened", "What was done", "Reference", "Reported on", "Who",
    "Agency contacted", "Risk",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Line:
    """One line that could be read. Each room takes the columns that it asks for."""

    on: datetime.date
    at: datetime.time | None
    what: str
    done: str = ""
    reference: str = ""
    reported_on: datetime.date | None = None
    who: str = ""
    contact: str = ""
    risk: str = ""


@dataclass(slots=True)
class Found:
    """What a file or a text holds: the lines, and what could not be read and where."""

    lines: list[Line] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)


Row = tuple[str, list[str]]


def of_file(file: Checked, *, today: datetime.date) -> Found:
    """The lines of a file that has been through the checks of uploads."""
    if len(file.data) > MOST_BYTES:
        raise ValidationError("A chronology is at most 2 MB")
    grid = reading.cells(file)
    rows = [(where, [_cell(each.value) for each in cells]) for where, cells in grid.rows]
    found = _found(rows, today)
    found.problems += [f"{each.where}: {each.what}" for each in grid.problems]
    return found


def of_text(text: str, *, today: datetime.date) -> Found:
    """The lines of a table that was copied out of a spreadsheet or a document."""
    text = text.strip()
    if len(text) > MOST_BYTES:
        raise ValidationError("A chronology is at most 2 MB")
    first = text.partition("\n")[0]
    separator = max("\t;,", key=first.count)
    try:
        lines = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
        rows = [(f"line {lines.line_num}", values) for values in lines]
    except csv.Error as broken:
        raise ValidationError("The text cannot be read as lines with columns") from broken
    return _found(rows, today)


def as_text(lines: Sequence[Line]) -> str:
    """Lines as ``of_text`` reads them again, to carry them from a preview to what is kept."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, delimiter="\t")
    writer.writerow(HEADINGS)
    for line in lines:
        writer.writerow([
            line.on.isoformat(), f"{line.at:%H:%M}" if line.at else "", line.what, line.done,
            line.reference, line.reported_on.isoformat() if line.reported_on else "",
            line.who, line.contact, line.risk,
        ])  # fmt: skip
    return buffer.getvalue()


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime.datetime):
        midnight = value.time() == datetime.time.min
        return f"{value:%Y-%m-%d}" if midnight else f"{value:%Y-%m-%d %H:%M}"
    if isinstance(value, datetime.date):
        return value.isoformat()
    if isinstance(value, datetime.time):
        return f"{value:%H:%M}"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def _found(rows: list[Row], today: datetime.date) -> Found:
    rows = [(where, cells) for where, cells in rows if any(each.strip() for each in cells)]
    if not rows:
        raise ValidationError("There are no lines in it")
    if len(rows) > MOST_LINES + 1:
        raise ValidationError(f"A chronology holds {MOST_LINES} lines at most")
    places = _headings(rows[0][1])
    if places is None:
        places = dict(enumerate(PLACES))
    else:
        rows = rows[1:]
    found = Found()
    for where, cells in rows:
        told = {places[at]: cell.strip() for at, cell in enumerate(cells) if at in places}
        try:
            found.lines.append(_line(told, today))
        except ValueError as wrong:
            found.problems.append(f"{where}: {wrong}")
    return found


def _headings(cells: Sequence[str]) -> dict[int, str] | None:
    """Which column is which, if the first line names a date and what happened."""
    known = {name: key for key, names in NAMES.items() for name in names}
    places: dict[int, str] = {}
    for at, cell in enumerate(cells):
        key = known.get(" ".join(cell.lower().split()))
        if key and key not in places.values():
            places[at] = key
    return places if {"on", "what"} <= set(places.values()) else None


def _line(told: dict[str, str], today: datetime.date) -> Line:
    on, at = _moment(told.get("on", ""), told.get("at", ""))
    if on > today:
        raise ValueError(f"{on:%-d %B %Y} is in the future")
    what = plain(told.get("what", ""))
    if not what:
        raise ValueError("nothing says what happened")
    done = plain(told.get("done", ""))
    if max(len(what), len(done)) > LONG:
        raise ValueError(f"the text has more than {LONG} characters")
    reported = told.get("reported_on", "")
    return Line(
        on, at, what, done, told.get("reference", "")[:80], _day(reported) if reported else None,
        told.get("who", "")[:160], told.get("contact", "")[:160], told.get("risk", "")[:40],
    )  # fmt: skip


def _moment(day: str, time: str) -> tuple[datetime.date, datetime.time | None]:
    """A date and a time, also where both stand in the one column."""
    if not time and (" " in day or "T" in day):
        head, _, tail = day.replace("T", " ").rpartition(" ")
        try:
            return _day(head), parse_clock(tail[:5])
        except ValueError:
            pass
    return _day(day), _time(time)


def _time(text: str) -> datetime.time | None:
    if not text:
        return None
    try:
        return parse_clock(text[:5] if text.count(":") == 2 else text)
    except ValueError:
        raise ValueError(f"“{text}” is not a time") from None


def _day(text: str) -> datetime.date:
    if not text:
        raise ValueError("there is no date")
    try:
        return parse_date(text)
    except ValueError:
        raise ValueError(f"“{text}” is not a date, such as 3 May 2026 or 3/5/2026") from None
