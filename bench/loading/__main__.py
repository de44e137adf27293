"""Loads the database of DATABASE_URL to a scale: `python -m bench.loading big`."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import django
from django.db import connection, transaction

django.setup()

from bench.loading.everything import BIG, SMALL, load  # noqa: E402 - after the models are there

SCALES = {"small": SMALL, "big": BIG}

FOREIGN_KEYS = """
SELECT conrelid::regclass::text, quote_ident(conname), pg_get_constraintdef(oid)
FROM pg_constraint WHERE contype = 'f' AND connamespace = 'public'::regnamespace
"""


@contextmanager
def without_foreign_keys(cursor: Any) -> Iterator[None]:
    """Check references all at once at the end, which takes a fraction of checking row by row."""
    cursor.execute(FOREIGN_KEYS)
    keys = cursor.fetchall()
    for table, name, _ in keys:
        cursor.execute(f"ALTER TABLE {table} DROP CONSTRAINT {name}")
    yield
    for table, name, definition in keys:
        cursor.execute(f"ALTER TABLE {table} ADD CONSTRAINT {name} {definition}")


def main(name: str) -> None:
    """Load, and let the planner know what was loaded."""
    with connection.cursor() as cursor:
        cursor.execute("SET synchronous_commit = off")
        with transaction.atomic(), without_foreign_keys(cursor):
            counts = load(SCALES[name])
        cursor.execute("VACUUM ANALYZE")
    print(f"{sum(counts.values()):,} rows")


if __name__ == "__main__":
    main(sys.argv[1])
