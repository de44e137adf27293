"""Bringing a backup back, into an empty database and no other."""

from pathlib import Path

from core.backup import programs
from core.backup.archive import Manifest, opened
from core.backup.digests import TABLES, difference, digests
from core.backup.programs import Place


class NotAsItWas(Exception):
    """What came back is not what was backed up; the message says where, line by line."""


class NotEmpty(Exception):
    """A database that holds something is never written over."""


def restore(file: Path, *, place: Place) -> Manifest:
    """Restore a backup into an empty database, all or nothing, and compare every table.

    Gives what the backup held. Raises ``Damaged``, ``NotEmpty``, ``Failed`` and ``NotAsItWas``.
    """
    with opened(file) as (manifest, dump):
        must_be_empty(place)
        arguments = ("--single-transaction", "--exit-on-error", "--no-owner", "--no-privileges")
        programs.run("pg_restore", *arguments, str(dump), place=place)
    with programs.connected(place) as connection:
        wrong = difference(manifest.tables, digests(connection))
    if wrong:
        raise NotAsItWas("\n".join(wrong))
    return manifest


def must_be_empty(place: Place) -> None:
    """Raise ``NotEmpty`` where a database holds a table."""
    with programs.connected(place) as connection, connection.cursor() as cursor:
        cursor.execute(TABLES)
        tables = cursor.fetchall()
    if tables:
        raise NotEmpty(
            f"The database already holds {len(tables)} tables. Make an empty one (createdb) and "
            "set DATABASE_URL to it, so that nothing is written over."
        )
