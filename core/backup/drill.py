"""The drill: a backup is made, brought back somewhere else, and used."""

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.contrib.auth import get_user_model
from psycopg2 import sql

from core.backup import archive
from core.backup.programs import Place
from core.backup.restoring import NotAsItWas, must_be_empty, restore

# What the application must be able to do with the copy: each fails if it cannot.
USES = (
    ("migrate", "--check"),
    ("verify_audit",),
    ("verify_files",),
    ("verify_publications",),
)
SIGN_IN = "SELECT count(*) FROM {table} WHERE is_active AND password NOT LIKE '!%'"


def drill(into: str) -> Iterator[str]:
    """Drill into the empty database at an address; gives, step by step, what held.

    The copy is taken away afterwards. Raises ``Failed``, ``NotEmpty``, ``Damaged`` and
    ``NotAsItWas``.
    """
    place = Place.at(into)
    must_be_empty(place)  # it is taken away in the end
    with tempfile.TemporaryDirectory(prefix="drill-") as folder:
        file = Path(folder) / "backup"
        manifest = archive.make(file, place=Place.ours())
        yield f"Backed up {manifest.rows:,} rows of {len(manifest.tables)} tables and sequences."
        try:
            restore(file, place=place)
            yield "Restored: every table and sequence is as it was."
            yield from _used(into, place)
        finally:
            _take_away(place)


def _used(into: str, place: Place) -> Iterator[str]:
    """The application does with the copy what it does with the original."""
    for use in USES:
        yield f"With the copy, {' '.join(use)}: {_use(into, use)}"
    yield f"{_sign_in(place)} people could sign in to the copy."


def _use(into: str, arguments: tuple[str, ...]) -> str:
    done = subprocess.run(  # noqa: S603 - our own arguments, no shell
        [sys.executable, str(settings.BASE_DIR / "manage.py"), *arguments],
        env={**os.environ, "DATABASE_URL": into}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    words = (done.stdout + done.stderr).strip().splitlines()
    if done.returncode:
        said = words[-1] if words else "it said nothing more"
        raise NotAsItWas(f"{' '.join(arguments)} failed on the copy: {said}.")
    return words[-1] if words else "done."


def _sign_in(place: Place) -> int:
    with place.connect() as copy, copy.cursor() as cursor:
        table = sql.Identifier(get_user_model()._meta.db_table)
        cursor.execute(sql.SQL(SIGN_IN).format(table=table))
        (number,) = cursor.fetchone()
    if not number:
        raise NotAsItWas("Nobody could sign in to the copy.")
    return int(number)


def _take_away(place: Place) -> None:
    with place.connect() as copy, copy.cursor() as cursor:
        cursor.execute("DROP SCHEMA public CASCADE; CREATE SCHEMA public")
