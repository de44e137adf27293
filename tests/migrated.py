"""A database that has been migrated once, from which test databases are copied.

It is named by the digest of all migrations, so that a changed one makes another. Making it goes
through every migration, as each test run did before; a copy takes a second. Clusters of their own
are filled from a dump of it, as nobody else may be connected to a database that is being copied.
"""

import hashlib
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg2
from django.conf import settings
from psycopg2 import sql

from core.backup import Place, programs
from embedded.checkout import LOCAL

LOCK = 7_203_519
PREFIX = "migrated_"


def use() -> None:
    """Have Django copy its test database from the migrated one, made now if it is missing."""
    with made() as (name, _):
        settings.DATABASES["default"]["TEST"]["TEMPLATE"] = name


def fill(url: str) -> None:
    """Bring an empty database of another cluster to where every migration would bring it."""
    with made() as (_, dump):
        options = ("--single-transaction", "--exit-on-error", "--no-owner")
        programs.run("pg_restore", *options, str(dump), place=Place.at(url))


@contextmanager
def made() -> Iterator[tuple[str, Path]]:
    """The migrated database's name and its dump; nobody else makes one meanwhile."""
    name = PREFIX + digest()
    dump = LOCAL / f"{name}.dump"
    server = psycopg2.connect(**{**Place.ours().words, "dbname": "postgres"})
    server.autocommit = True
    try:
        with server.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s)", [LOCK])
            if not (is_there(cursor, name) and dump.exists()):
                make(cursor, name, dump)
        yield name, dump
    finally:
        server.close()


def digest() -> str:
    """Of the text of every migration of ours."""
    whole = hashlib.sha256()
    for file in sorted(settings.BASE_DIR.glob("*/migrations/*.py")):
        whole.update(file.name.encode() + file.read_bytes())
    return whole.hexdigest()[:16]


def is_there(cursor, name: str) -> bool:
    cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
    return cursor.fetchone() is not None


def make(cursor, name: str, dump: Path) -> None:
    """Migrate a new database, dump it, and give it its name when that is done; older ones go."""
    half = sql.Identifier(f"half_{name}")
    url = address(f"half_{name}")
    cursor.execute(sql.SQL("DROP DATABASE IF EXISTS {}").format(half))
    cursor.execute(sql.SQL("CREATE DATABASE {}").format(half))
    migrate(url)
    for older in LOCAL.glob(f"{PREFIX}*.dump"):
        older.unlink()
    options = ("--format=custom", "--no-owner", f"--file={dump}")
    programs.run("pg_dump", *options, place=Place.at(url))
    cursor.execute("SELECT datname FROM pg_database WHERE starts_with(datname, %s)", [PREFIX])
    for (older,) in cursor.fetchall():
        cursor.execute(sql.SQL("DROP DATABASE IF EXISTS {}").format(sql.Identifier(older)))
    renamed = sql.SQL("ALTER DATABASE {} RENAME TO {}")
    cursor.execute(renamed.format(half, sql.Identifier(name)))


def address(name: str) -> str:
    """Of another database on the server of ours."""
    server, _ = os.environ["DATABASE_URL"].rsplit("/", 1)
    return f"{server}/{name}"


def migrate(url: str) -> None:
    subprocess.run(
        [sys.executable, settings.BASE_DIR / "manage.py", "migrate", "--no-input", "-v0"],
        env={**os.environ, "DATABASE_URL": url}, check=True,
    )  # fmt: skip
