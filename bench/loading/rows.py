"""Rows of a model, made in the database of the rows of a query."""

import datetime
import json
import uuid
from collections.abc import Callable
from typing import Any

from django.db import models
from psycopg2.extensions import adapt

from bench.loading.known import NOW


def insert(cursor: Any, model: type[models.Model], source: str, **columns: str) -> int:
    """Insert a row of the model for each row of ``source``; gives their number.

    ``columns`` are SQL by the field's column name; any other takes the model's own default.
    """
    names, values = [], []
    for field in model._meta.local_concrete_fields:
        value = columns.pop(field.column, None) or _default(field)
        if value:
            names.append(f'"{field.column}"')
            values.append(value)
    if columns:
        raise LookupError(f"{model.__name__} has no column {', '.join(columns)}.")
    table = model._meta.db_table
    cursor.execute(f"INSERT INTO {table} ({', '.join(names)}) SELECT {', '.join(values)} {source}")
    return cursor.rowcount


def literal(value: Any) -> str:
    """The SQL of a value."""
    if isinstance(value, dict):
        return f"'{json.dumps(value)}'::jsonb"
    if isinstance(value, datetime.datetime):
        return f"timestamptz '{value.isoformat()}'"
    return adapt(value).getquoted().decode()


MADE: dict[Callable[[], Any], str] = {uuid.uuid4: "gen_random_uuid()", dict: "'{}'::jsonb"}


def _default(field: Any) -> str:
    """The SQL of a field's own default; nothing for what the database makes itself."""
    if field.generated or isinstance(field, models.AutoField):
        return ""
    if isinstance(field, models.DateTimeField) and field.has_default():
        return literal(NOW)
    if field.default in MADE:
        return MADE[field.default]
    value = field.get_default()
    if value is None and not field.null:
        raise LookupError(f"{field} has no default: say what it is to be.")
    return literal(value)
