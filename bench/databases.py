"""The databases that are measured: made once, kept, and made anew when what makes them changed.

A run leaves its sessions and what it read behind; the next one takes them away.
"""

import hashlib
import sys
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import psycopg2
from psycopg2.extensions import quote_ident

from embedded.checkout import ROOT, Problem
from embedded.progress import step

SETTINGS = "bench.settings"
BARE_SETTINGS = "bench.bare.settings"
MADE_BY = ("*/migrations/*.py", "bench/loading/*.py", "bench/bare/*.py")
UNREAD = """
ALTER TABLE audit_readentry DISABLE TRIGGER USER;
DELETE FROM audit_readentry WHERE request_id <> '';
ALTER TABLE audit_readentry ENABLE TRIGGER USER;
"""


@dataclass(frozen=True)
class Database:
    """One of the three: the bare page's, the small set and the set a hundred times as large."""

    name: str
    settings: str
    load: tuple[str, ...]
    what: str

    def environment(self, variables: Mapping[str, str]) -> dict[str, str]:
        """What a process needs that is to work on it, as in production."""
        url = urlsplit(variables["DATABASE_URL"])._replace(path=f"/{self.name}").geturl()
        return {
            **variables,
            "DATABASE_URL": url,
            "DJANGO_SETTINGS_MODULE": self.settings,
            "DEMONSTRATION": "0",
            "SECOND_FACTOR": "required",
            "HTTPS": "off",
            "LOG_LEVEL": "ERROR",
            "PYTHONHASHSEED": "0",
        }


BARE = Database("csp_bench_bare", BARE_SETTINGS, ("bench.bare.load",), "the bare page")
SMALL = Database("csp_bench_small", SETTINGS, ("bench.loading", "small"), "one partnership")
BIG = Database("csp_bench", SETTINGS, ("bench.loading", "big"), "314 partnerships, ten years")


def prepare(database: Database, variables: Mapping[str, str]) -> None:
    """See to it that the database is there, loaded and as it was when it had been loaded."""
    wanted = _stamp()
    with _cursor(variables["DATABASE_URL"]) as cursor:
        if _comment(cursor, database.name) != wanted:
            _make(cursor, database, variables)
            cursor.execute(f"COMMENT ON DATABASE {database.name} IS %s", [wanted])
    with _cursor(database.environment(variables)["DATABASE_URL"]) as cursor:
        cursor.execute("DELETE FROM django_session")
        if database is not BARE:
            cursor.execute(UNREAD)


def _make(cursor: Any, database: Database, variables: Mapping[str, str]) -> None:
    name = quote_ident(database.name, cursor)
    # A run that was killed may have left its loader behind.
    cursor.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
    cursor.execute(f"CREATE DATABASE {name}")
    environment = database.environment(variables)
    migrate = [sys.executable, "-m", "django", "migrate", "--run-syncdb", "--verbosity=0"]
    step(f"Making the tables for {database.what}", migrate, environment=environment)
    load = [sys.executable, "-m", *database.load]
    step(f"Loading {database.what}", load, environment=environment)


def _stamp() -> str:
    """Changes with the migrations and with the loader."""
    digest = hashlib.sha256()
    for path in sorted(path for pattern in MADE_BY for path in ROOT.glob(pattern)):
        digest.update(path.relative_to(ROOT).as_posix().encode() + path.read_bytes())
    return digest.hexdigest()


def _comment(cursor: Any, name: str) -> str | None:
    cursor.execute(
        "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = %s", [name]
    )
    found = cursor.fetchone()
    return found[0] if found else None


@contextmanager
def _cursor(url: str) -> Iterator[Any]:
    try:
        connection = psycopg2.connect(url)
    except psycopg2.OperationalError as error:
        raise Problem(f"The database cannot be reached: {str(error).strip()}") from error
    with closing(connection):
        connection.autocommit = True
        with connection.cursor() as cursor:
            yield cursor
