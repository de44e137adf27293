"""The register of powers, read from files so that a new limit needs no new program."""

import csv
import datetime
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from assessments.models import Power, PowerLimit
from core import history

FACTS = Path(__file__).parent.parent / "facts"
POWERS, LIMITS = "powers.csv", "power_limits.csv"
POWER_COLUMNS = (
    "slug", "name", "what", "who", "law", "source_url", "verified", "replaces", "position",
    "starts_on", "ends_on",
)  # fmt: skip
LIMIT_COLUMNS = (
    "power", "name", "value", "unit", "words", "source", "verified", "starts_on", "ends_on",
)  # fmt: skip
Row = dict[str, Any]


@transaction.atomic
def load(folder: Path = FACTS, *, by: Any = None) -> tuple[int, int]:
    """Read the powers and their limits; says how many of each were new or have changed.

    Loading the same files again changes nothing. A limit that is no longer in the file goes; a
    power stays, because orders and figures rest on it. Raises ``ValidationError`` naming the file
    and the line, and then nothing is changed.
    """
    powers = [_power(row) for row in _rows(folder / POWERS, POWER_COLUMNS)]
    changed = sum(_keep_power(row, by) for row in powers)
    limits = [_limit(row) for row in _rows(folder / LIMITS, LIMIT_COLUMNS)]
    return changed, _keep_limits(limits)


def _rows(path: Path, columns: tuple[str, ...]) -> Iterator[Row]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as text:
            reader = csv.DictReader(text)
            missing = [each for each in columns if each not in (reader.fieldnames or ())]
            if missing:
                raise ValidationError(f"{path.name} has no column {', '.join(missing)}.")
            for number, row in enumerate(reader, start=2):
                yield {each: (row[each] or "").strip() for each in columns} | {
                    "where": f"{path.name}, line {number}"
                }
    except (OSError, UnicodeDecodeError, csv.Error) as wrong:
        raise ValidationError(f"{path.name} cannot be read.") from wrong


def _power(row: Row) -> Row:
    needs = ("slug", "name", "what", "who", "law", "position", "starts_on")
    return _read(row, needs) | {"position": _whole(row)}


def _limit(row: Row) -> Row:
    return _read(row, ("power", "name", "words", "source", "starts_on")) | {"value": _number(row)}


def _read(row: Row, needs: tuple[str, ...]) -> Row:
    empty = [each for each in needs if not row[each]]
    if empty:
        raise ValidationError(f"{row['where']}: {', '.join(empty)} is empty.")
    if row["verified"] not in ("yes", "no"):
        raise ValidationError(f"{row['where']}: verified must be yes or no.")
    return row | {
        "verified": row["verified"] == "yes",
        "starts_on": _day(row, "starts_on"),
        "ends_on": _day(row, "ends_on") if row["ends_on"] else None,
    }


def _day(row: Row, name: str) -> datetime.date:
    try:
        return datetime.date.fromisoformat(row[name])
    except ValueError as wrong:
        message = f"{row['where']}: {name} must be a date like 2026-06-29."
        raise ValidationError(message) from wrong


def _number(row: Row) -> Decimal | None:
    try:
        return Decimal(row["value"]) if row["value"] else None
    except InvalidOperation as wrong:
        raise ValidationError(f"{row['where']}: value must be a number.") from wrong


def _whole(row: Row) -> int:
    if not row["position"].isascii() or not row["position"].isdigit():
        raise ValidationError(f"{row['where']}: position must be a whole number.")
    return int(row["position"])


def _keep_power(row: Row, by: Any) -> bool:
    before = Power.objects.filter(slug=row["slug"]).first()
    replaces = None
    if row["replaces"]:
        replaces = Power.objects.filter(slug=row["replaces"]).first()
        if replaces is None:
            raise ValidationError(f"{row['where']}: there is no power {row['replaces']}.")
    fields = {name: row[name] for name in POWER_COLUMNS} | {"replaces": replaces}
    if before and all(getattr(before, name) == value for name, value in fields.items()):
        return False
    power = before or Power()
    for name, value in fields.items():
        setattr(power, name, value)
    _check(power, row)
    history.save(power, by=by)
    return True


def _keep_limits(rows: list[Row]) -> int:
    """Make the limits those of the file; how many were not there before."""
    powers = {power.slug: power for power in Power.objects.all()}
    there = {_key(each): each for each in PowerLimit.objects.select_related("power")}
    kept, new = set(), 0
    for row in rows:
        if row["power"] not in powers:
            raise ValidationError(f"{row['where']}: there is no power {row['power']}.")
        fields = {name: row[name] for name in LIMIT_COLUMNS}
        limit = PowerLimit(**fields | {"power": powers[row["power"]]})
        _check(limit, row)
        kept.add(_key(limit))
        if _key(limit) not in there:
            limit.save()
            new += 1
    gone = [each.pk for key, each in there.items() if key not in kept]
    PowerLimit.objects.filter(pk__in=gone).delete()
    return new


def _key(limit: PowerLimit) -> tuple[Any, ...]:
    return limit.power.slug, *(getattr(limit, name) for name in LIMIT_COLUMNS[1:])


def _check(record: Any, row: Row) -> None:
    try:
        record.full_clean(validate_unique=False)
    except ValidationError as wrong:
        raise ValidationError(f"{row['where']}: {' '.join(wrong.messages)}") from wrong
