"""The yearly figures published: earlier years imported, a year checked and published, corrected."""

import csv
import datetime
import io
from collections.abc import Iterator
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from audit import workflow as audit
from core import clock, history
from core.markup import plain
from core.permissions import can, require
from core.workflow import Wrong
from membership.models import Partnership
from triggers.models import PublishedYear
from triggers.queries import statistics as queries
from triggers.queries.statistics import NAMES, Figures, Year

COLUMNS = ("period_start", "period_end", *NAMES, "source")
# What a file may leave out, because most partnerships have not published it.
NEEDED = ("period_start", "period_end", "applications")
REASON = 300
LARGEST = 100_000
MOST_LINES = 200
MOST_BYTES = 200_000


# ---- earlier years ------------------------------------------------------------------------------


@transaction.atomic
def import_published(partnership: Partnership, file: Any, *, by: Any) -> int:
    """Take over figures that were published before; how many years were new.

    ``file`` is a CSV file, or its text. What a cell leaves empty was not published. A year that is
    there already with the same figures is passed over; with others it is refused, because a
    correction has a page of its own. Raises ``ValidationError`` naming the line; then nothing is
    changed. ``by`` is nobody on the command line.
    """
    if by is not None:
        require(can(by, "publish case review figures", partnership))
    Partnership.objects.select_for_update(of=("self",)).get(pk=partnership.pk)
    new = 0
    for where, found in _rows(_text(file)):
        new += _take_over(partnership, where, found, by)
    if new:
        audit.record(
            "took over earlier figures of case reviews for", partnership, by=by,
            partnership=partnership, detail={"years": new},
        )  # fmt: skip
    return new


def _take_over(partnership: Partnership, where: str, found: PublishedYear, by: Any) -> int:
    rows = PublishedYear.objects.of(partnership)
    overlap = rows.filter(starts_on__lte=found.ends_on, ends_on__gte=found.starts_on).first()
    if overlap is None:
        found.partnership, found.published_by = partnership, by
        found.clean_fields(exclude={"partnership", "published_by"})
        history.save(found, by=by)
        return 1
    same = (overlap.starts_on, overlap.ends_on) == (found.starts_on, found.ends_on)
    if same and queries.as_published(overlap) == queries.as_published(found):
        return 0
    name = queries.label(overlap.starts_on, overlap.ends_on)
    raise ValidationError(
        {"file": f"{where}: {name} is published already, with other figures or dates. Correct it "
                 "on its own page."}
    )  # fmt: skip


def _text(file: Any) -> str:
    raw = file if isinstance(file, str) else file.read(MOST_BYTES + 1)
    if len(raw) > MOST_BYTES:
        raise ValidationError({"file": "The file is larger than a table of years can be"})
    if isinstance(raw, str):
        return raw
    try:
        return str(raw.decode("utf-8-sig"))
    except UnicodeDecodeError as wrong:
        raise ValidationError({"file": "The file must be a CSV file in UTF-8"}) from wrong


def _rows(text: str) -> Iterator[tuple[str, PublishedYear]]:
    reader = csv.DictReader(io.StringIO(text, newline=""))
    try:
        lines = list(reader)
    except csv.Error as wrong:
        raise ValidationError({"file": "The file must be a CSV file"}) from wrong
    missing = [each for each in NEEDED if each not in (reader.fieldnames or ())]
    if missing:
        raise ValidationError({"file": f"The first line has no {', '.join(missing)}"})
    if not lines or len(lines) > MOST_LINES:
        message = f"The file must have from 1 to {MOST_LINES} lines below the first"
        raise ValidationError({"file": message})
    for number, row in enumerate(lines, start=2):
        yield f"Line {number}", _row(f"Line {number}", row)


def _row(where: str, row: dict[str, Any]) -> PublishedYear:
    cells = {name: (row.get(name) or "").strip() for name in COLUMNS}
    try:
        starts_on, ends_on = (datetime.date.fromisoformat(cells[name]) for name in COLUMNS[:2])
        numbers = {name: int(cells[name]) if cells[name] else None for name in NAMES}
    except ValueError as wrong:
        message = f"{where}: give dates like 2017-04-01, and whole numbers or nothing"
        raise ValidationError({"file": message}) from wrong
    problem = _problem(starts_on, ends_on, Figures(**numbers))
    if problem:
        raise ValidationError({"file": f"{where}: {problem[:1].lower()}{problem[1:]}"})
    if len(cells["source"]) > REASON:
        raise ValidationError({"file": f"{where}: the source has more than {REASON} characters"})
    return PublishedYear(
        starts_on=starts_on, ends_on=ends_on, source=cells["source"], **numbers,
        published_at=clock.now(),
    )  # fmt: skip


def _problem(starts_on: datetime.date, ends_on: datetime.date, figures: Figures) -> str:
    """Why these cannot be the figures of that time; nothing where they can."""
    if not 0 < (ends_on - starts_on).days <= 366:
        return "A year must end after it begins, and not be longer than a year"
    if ends_on >= clock.today():
        return "The year must be over"
    wrong = impossible(figures)
    return next(iter(wrong.values()), "")


def impossible(figures: Figures) -> dict[str, str]:
    """What is wrong with figures in themselves, by their names."""
    wrong = {
        name: f"{queries.LABELS[name]} must be a number from 0 to {LARGEST:,}"
        for name, value in figures.items()
        if value is not None and not 0 <= value <= LARGEST
    }
    held, led_to = figures.reviews, figures.reviews_with_recommendations
    if held is not None and led_to is not None and led_to > held:
        wrong["reviews_with_recommendations"] = (
            "There cannot be more reviews with recommendations than reviews"
        )
    return wrong


# ---- a year -------------------------------------------------------------------------------------


@transaction.atomic
def publish_year(
    partnership: Partnership, *, starts_on: datetime.date, figures: Figures | None = None,
    differs_because: str = "", corrected_because: str = "", by: Any,
) -> PublishedYear:  # fmt: skip
    """Publish the figures of a year that is over: those of its cases, unless others are given.

    Where they differ from the cases, ``differs_because`` says why. A year that was published is
    corrected by publishing it again, with the reason; what it said before stays to be seen.
    """
    require(can(by, "publish case review figures", partnership))
    Partnership.objects.select_for_update(of=("self",)).get(pk=partnership.pk)
    year = _year(partnership, starts_on)
    figures = figures or year.counted
    if figures is None:
        raise Wrong("No cases of that year are kept here. Import what was published instead.")
    because, correction = plain(differs_because), plain(corrected_because)
    _refuse(year, figures, because, correction)
    row = year.published or PublishedYear(
        partnership=partnership, starts_on=year.starts_on, ends_on=year.ends_on
    )
    for name, value in figures.items():
        setattr(row, name, value)
    row.differs_because = because
    row.corrected_because = correction
    row.published_at, row.published_by = clock.now(), by
    history.save(row, by=by)
    verb = "corrected the published figures of" if year.published else "published the figures of"
    audit.record(verb, row, by=by, partnership=partnership)
    return row


def _year(partnership: Partnership, starts_on: datetime.date) -> Year:
    known = queries.years(partnership)
    found = next((each for each in known if each.starts_on == starts_on), None)
    if found is None:
        raise ValidationError({"starts_on": "There is no year of figures from that day"})
    if not found.over:
        raise Wrong("The year is not over, so its figures cannot be published yet.")
    return found


def _refuse(year: Year, figures: Figures, because: str, correction: str) -> None:
    wrong = impossible(figures)
    if differs(figures, year.counted) and not because:
        wrong["differs_because"] = "Enter why these are not the numbers that the cases give"
    if year.published and not correction:
        wrong["corrected_because"] = "Enter why the published figures are corrected"
    for name, text in (("differs_because", because), ("corrected_because", correction)):
        if len(text) > REASON:
            wrong[name] = f"This must be {REASON} characters or fewer"
    if wrong:
        raise ValidationError(wrong)
    if year.published and (year.shown, year.published.differs_because) == (figures, because):
        raise Wrong("Nothing has changed: these figures are published already.")


def differs(figures: Figures, counted: Figures | None) -> bool:
    """Whether figures to be published are others than those of the cases."""
    return counted is not None and figures != counted
