"""The history of a record: who changed what, when, kept by django-simple-history."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import models
from simple_history.models import HistoricalRecords

from core import clock


class History(HistoricalRecords):
    """simple-history's records, stamped by our clock and by the person whom the verb names."""

    def create_historical_record(self, instance: Any, history_type: str, using: Any = None) -> None:
        """Stamp the moment before the record is written."""
        instance._history_date = clock.now()
        super().create_historical_record(instance, history_type, using)


def save(instance: models.Model, *, by: Any, why: str = "", fields: Iterable[str] = ()) -> None:
    """Save a tracked record in the name of a person. ``fields`` limits what is written."""
    instance._history_user = by  # type: ignore[attr-defined]
    instance._change_reason = why or None  # type: ignore[attr-defined]
    if fields:
        instance.save(update_fields=list(fields))
    else:
        instance.save()


def remove(instance: models.Model, *, by: Any) -> None:
    """Delete a tracked record in the name of a person; its history stays."""
    instance._history_user = by  # type: ignore[attr-defined]
    instance.delete()


@dataclass(frozen=True, slots=True)
class Change:
    """One moment in a record's history."""

    at: datetime.datetime
    by_name: str
    what: str
    changes: list[tuple[str, str, str]]


HIDDEN = frozenset({"id", "version", "created_at", "updated_at"})


def timeline(instance: Any, *, leave_out: Iterable[str] = ()) -> list[Change]:
    """Every change of one record, newest first. Call it for records the reader may see only."""
    hidden = HIDDEN | set(leave_out)
    records = list(instance.history.select_related("history_user").order_by("history_id"))
    changes: list[Change] = []
    before: Any = None
    for record in records:
        by_name = str(record.history_user) if record.history_user else "The system"
        differences: list[tuple[str, str, str]] = []
        if before is not None:
            delta = record.diff_against(before, foreign_keys_are_objs=True)
            differences = [
                (_label(instance, each.field), _words(instance, each.field, each.old),
                 _words(instance, each.field, each.new))
                for each in delta.changes
                if each.field not in hidden
            ]  # fmt: skip
        if before is None or differences or record.history_type == "-":
            what = {"+": "Made", "~": "Changed", "-": "Removed"}[record.history_type]
            changes.append(Change(record.history_date, by_name, what, differences))
        before = record
    return changes[::-1]


def _label(instance: models.Model, field: str) -> str:
    name = str(instance._meta.get_field(field).verbose_name)  # type: ignore[union-attr]
    return name[:1].upper() + name[1:]


def _words(instance: models.Model, field: str, value: Any) -> str:
    if value is None or value == "":
        return "nothing"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime.datetime):
        return f"{value.astimezone(clock.LONDON):%-d %B %Y, %H:%M}"
    if isinstance(value, datetime.date):
        return f"{value:%-d %B %Y}"
    if isinstance(value, list):
        own = instance._meta.model_name
        names = (each for row in value for name, each in row.items() if name != own)
        return ", ".join(sorted(map(str, names))) or "nothing"
    choices = dict(instance._meta.get_field(field).flatchoices or ())  # type: ignore[union-attr]
    return str(choices.get(value, value))
