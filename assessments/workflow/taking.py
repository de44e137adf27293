"""What every verb on powers, orders, changes, themes and tensions does: take, check, save."""

from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.db import models

from core import history
from core.markup import plain
from core.permissions import can, require
from membership.models import Partnership

Record = TypeVar("Record", bound=models.Model)

LONG = 4000  # characters


class Changed(Exception):
    """Somebody else changed the record after this person opened the page; ``now`` is it today."""

    def __init__(self, now: Any) -> None:
        super().__init__(f"{now} has changed")
        self.now = now


def take(record: Record, verb: str, by: Any, version: int | None = None) -> Record:
    """The record, locked, if this person may do this with it and has read its newest version."""
    rows = type(record)._default_manager.select_for_update(of=("self",))
    current = rows.get(pk=record.pk)
    require(can(by, "view", current))
    require(can(by, verb, current))
    if version is not None and version != current.version:  # type: ignore[attr-defined]
        raise Changed(current)
    return current


def hold(partnership: Partnership) -> None:
    """Let nobody else add to what this partnership numbers or names until this is done."""
    Partnership.objects.select_for_update(no_key=True).get(pk=partnership.pk)


def keep(record: Any, by: Any, fields: dict[str, Any], *, cleaned: bool = True) -> None:
    """Save these fields in the name of a person; a version that is counted goes up by one.

    Raises ``ValidationError`` by field.
    """
    for name, value in fields.items():
        setattr(record, name, plain(value) if isinstance(value, str) else value)
    names = set(fields)
    if hasattr(record, "version") and record.pk and not record._state.adding:
        record.version += 1
        names.add("version")
    if cleaned:
        check(record)
    history.save(record, by=by, fields=() if record._state.adding else names)


def check(record: Any) -> None:
    """Raise ``ValidationError`` by field for what its own fields and constraints refuse."""
    record.full_clean(validate_unique=False)


def one_line(text: str) -> str:
    """What was typed, on one line."""
    return " ".join(plain(text).split())


def needed(**texts: tuple[str, str]) -> None:
    """Raise ``ValidationError`` for each field that is empty: ``name=(text, what to enter)``."""
    wrong = {name: f"Enter {what}" for name, (text, what) in texts.items() if not text.strip()}
    if wrong:
        raise ValidationError(wrong)
