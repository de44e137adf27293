"""A database that has been migrated once, from which test databases are copied.

It is named by the digest of all migrations, so that a changed one makes another. Making it goes
through every migration, as each test run did before; a copy takes a second.
"""

import hashlib
import os
import subprocess
import sys

import psycopg2
from django.conf import settings
from psycopg2 import sql

from core.backup import Place

LOCK = 7_203_519
PREFIX = "migrated_"


def use() -> None:
    """Have Django copy its test database from the migrated one, made now if it is missing."""
    name = PREFIX + digest()
    ours = Place.ours()
    server = psycopg2.connect(**{**ours.words, "dbname": "postgres"})
    server.autocommit = True
    try:
        with server.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s)", [LOCK])
            if not is_there(cursor, name):
                make(cursor, name)
    finally:
        server.close()
    settings.DATABASES["default"]["TEST"]["TEMPLATE"] = name


def digest() -> str:
    """Of the text of every migration of ours."""
    whole = hashlib.sha256()
    for file in sorted(settings.BASE_DIR.glob("*/migrations/*.py")):
        whole.update(file.name.encode() + file.read_bytes())
    return whole.hexdigest()[:16]


def is_there(cursor, name: str) -> bool:
    cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
    return cursor.fetchone() is not None


def make(cursor, name: str) -> None:
    """Migrate a new database, and give it its name when that is done; older ones go."""
    half = sql.Identifier(f"half_{name}")
    cursor.execute(sql.SQL("DROP DATABASE IF EXISTS {}").format(half))
    cursor.execute(sql.SQL("CREATE DATABASE {}").format(half))
    migrate(f"half_{name}")
    cursor.execute("SELECT datname FROM pg_database WHERE starts_with(datname, %s)", [PREFIX])
    for (older,) in cursor.fetchall():
        cursor.execute(sql.SQL("DROP DATABASE IF EXISTS {}").format(sql.Identifier(older)))
    renamed = sql.SQL("ALTER DATABASE {} RENAME TO {}")
    cursor.execute(renamed.format(half, sql.Identifier(name)))


def migrate(name: str) -> None:
    server, _ = os.environ["DATABASE_URL"].rsplit("/", 1)
    subprocess.run(
        [sys.executable, settings.BASE_DIR / "manage.py", "migrate", "--no-input", "-v0"],
        env={**os.environ, "DATABASE_URL": f"{server}/{name}"}, check=True,
    )  # fmt: skip
