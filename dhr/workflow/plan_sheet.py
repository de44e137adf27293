"""A plan as a spreadsheet: its columns, and the rows of one that comes back."""

import datetime
import re
from typing import Any

from django.core.exceptions import ValidationError

from core.dates import parse_date
from core.markup import plain
from documents.checks import Checked
from figures.sheets import reading

Told = dict[str, str]

LABELS = {
    "id": "ID (leave as it is)",
    "number": "No.",
    "recommendation": "Recommendation",
    "scope": "Scope",
    "text": "Action to take",
    "body": "Lead agency",
    "milestones": "Key milestones",
    "target_on": "Target date",
    "completed_on": "Date of completion",
    "outcome": "Outcome",
    "state": "How far (not read back)",
}
"""The columns of the Home Office's template, between our own three."""


def read(file: Checked) -> list[tuple[str, Told, list[str]]]:
    """Each row: where it stands, its cells by name, and what of it cannot be read."""
    grid = reading.cells(file)
    found: list[tuple[str, Told, list[str]]] = []
    places: dict[int, str] = {}
    for where, cells in grid.rows:
        texts = [_text(each.value) for each in cells]
        if not places:
            places = _headings(texts)
            continue
        told = {name: texts[at] for at, name in places.items() if at < len(texts)}
        if not any(told.values()):
            continue
        wrong = [
            f"{LABELS[name]} holds a formula. Write the text itself"
            for at, name in places.items()
            if at < len(cells) and cells[at].formula
        ]
        found.append((where, told, wrong))
    if not places:
        raise ValidationError(
            "This is not an action plan that was taken from here: its headings are not there. Take "
            "the plan as Excel, change that file, and send it in"
        )
    found += [(each.where, {}, [each.what]) for each in grid.problems]
    return found


def _headings(texts: list[str]) -> dict[int, str]:
    known = {label.casefold(): name for name, label in LABELS.items()}
    places = {
        at: known[text.casefold()] for at, text in enumerate(texts) if text.casefold() in known
    }
    return places if {"id", "recommendation", "text"} <= set(places.values()) else {}


def _text(value: Any) -> str:
    if isinstance(value, datetime.datetime):
        return value.date().isoformat()
    if isinstance(value, datetime.date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return plain("" if value is None else str(value)).strip()


def day(text: str) -> datetime.date | None:
    """A date as a spreadsheet or a person writes it. Raises ``ValueError``."""
    if not text:
        return None
    if re.fullmatch(r"\d{4}-\d\d-\d\d", text):
        return datetime.date.fromisoformat(text)
    found = parse_date(text)
    if found is None:
        raise ValueError(text)
    return found
