"""The law's own limits, read from a file so that a changed law needs no new program."""

import csv
import datetime
from collections.abc import Iterator
from pathlib import Path

from django.core.exceptions import ValidationError
from django.db import transaction

from triggers.models import Rule

FACTS = Path(__file__).parent.parent / "facts" / "rules.csv"
WORDS = ("name", "source_url", "remark")
NUMBERS = ("report_within", "apply_within", "complaints_at_most")
COLUMNS = (*WORDS, *NUMBERS, "verified", "starts_on", "ends_on")


@transaction.atomic
def load(path: Path = FACTS) -> int:
    """Read the versions of the law; says how many were new or have changed.

    A version is known by the day from which it holds. One that is not in the file stays, because
    decisions rest on it. Raises ``ValidationError`` naming the line, and then nothing is changed.
    """
    there = {rule.starts_on: rule for rule in Rule.objects.all()}
    changed = []
    for where, fields in _rows(path):
        rule = there.get(fields["starts_on"]) or Rule()
        if rule.pk and all(getattr(rule, name) == value for name, value in fields.items()):
            continue
        for name, value in fields.items():
            setattr(rule, name, value)
        changed.append((where, rule))
    # One that now ends makes room for the one after it.
    for where, rule in sorted(changed, key=lambda each: each[1].ends_on is None):
        try:
            rule.full_clean()
        except ValidationError as wrong:
            raise ValidationError(f"{where}: {' '.join(wrong.messages)}") from wrong
        rule.save()
    return len(changed)


def _rows(path: Path) -> Iterator[tuple[str, dict]]:
    try:
        lines = list(csv.DictReader(path.read_text(encoding="utf-8-sig").splitlines()))
    except (OSError, UnicodeDecodeError, csv.Error) as wrong:
        raise ValidationError(f"{path.name} cannot be read.") from wrong
    for number, row in enumerate(lines, start=2):
        where = f"{path.name}, line {number}"
        missing = [each for each in COLUMNS if row.get(each) is None]
        if missing:
            raise ValidationError(f"{where}: there is no {', '.join(missing)}.")
        try:
            yield where, _fields({name: row[name].strip() for name in COLUMNS})
        except ValueError as wrong:
            message = f"{where}: give whole numbers, dates like 2014-10-20, and yes or no."
            raise ValidationError(message) from wrong


def _fields(row: dict[str, str]) -> dict:
    day = datetime.date.fromisoformat
    if row["verified"] not in ("yes", "no"):
        raise ValueError("verified")
    return {
        **{name: row[name] for name in WORDS},
        **{name: int(row[name]) for name in NUMBERS},
        "verified": row["verified"] == "yes",
        "starts_on": day(row["starts_on"]),
        "ends_on": day(row["ends_on"]) if row["ends_on"] else None,
    }
