"""Entries to look at and to tamper with."""

import contextlib

import pytest
from django.db import connection

from audit import workflow


@pytest.fixture
def record():
    """Write some entries of one partnership and give them back as they stand in the database."""

    def record(*verbs, partnership="dartford", by=None, **more):
        made = [workflow.record(verb, by=by, partnership=partnership, **more) for verb in verbs]
        for entry in made:
            entry.refresh_from_db()
        return made

    return record


@contextlib.contextmanager
def triggers_off(table="audit_entry"):
    """As somebody who owns the database could do it."""
    with connection.cursor() as cursor:
        cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        yield cursor
        cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
