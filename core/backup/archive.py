"""The file of a backup: made in one picture of the database, and refused if a byte is not right."""

import hashlib
import io
import json
import os
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

from django.conf import settings
from django.utils.crypto import salted_hmac

from core import clock
from core.backup import programs
from core.backup.digests import Table, digests
from core.backup.programs import Place

MANIFEST, DUMP = "manifest.json", "database.dump"
CHUNK = 1 << 20
TRAILER = len(b"\nsha256 ") + 64 + len(b"\n")


class Damaged(Exception):
    """A file is not a backup, or not as it was made."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup holds: when it was made, of which server, under which key, table by table."""

    made_at: str
    server: str
    key: str
    tables: dict[str, Table]

    @property
    def rows(self) -> int:
        """How many rows it holds in all."""
        return sum(table.rows for table in self.tables.values())

    @property
    def fits_key(self) -> bool:
        """Whether this installation has the ``SECRET_KEY`` under which the backup was made."""
        return self.key == fingerprint()


def fingerprint() -> str:
    """Tells one ``SECRET_KEY`` from another without giving it away."""
    return salted_hmac("core.backup", settings.SECRET_KEY, algorithm="sha256").hexdigest()[:16]


def make(file: Path, *, place: Place) -> Manifest:
    """Back a database up into a file, which is there whole or not at all. Raises ``Failed``.

    Dump and digests come of the same picture, so people may go on working meanwhile.
    """
    with tempfile.TemporaryDirectory(dir=file.parent, prefix=".backup-") as folder:
        dump, whole = Path(folder) / DUMP, Path(folder) / "whole"
        with programs.connected(place) as connection, connection.cursor() as cursor:
            cursor.execute("SELECT pg_export_snapshot(), current_setting('server_version')")
            snapshot, server = cursor.fetchone()
            held = digests(connection)
            arguments = ("--format=custom", "--no-owner", "--no-privileges", f"--file={dump}")
            programs.run("pg_dump", *arguments, f"--snapshot={snapshot}", place=place)
        manifest = Manifest(clock.now().isoformat(), server, fingerprint(), held)
        _write(whole, manifest, dump)
        whole.replace(file)
    return manifest


def _write(file: Path, manifest: Manifest, dump: Path) -> None:
    """Manifest and dump, readable by their owner alone, and the digest of both."""
    words = json.dumps(asdict(manifest), indent=1).encode()
    file.touch(mode=0o600)
    with tarfile.open(file, "w") as tar:
        entry = tarfile.TarInfo(MANIFEST)
        entry.size = len(words)
        tar.addfile(entry, io.BytesIO(words))
        tar.add(dump, DUMP)
    digest = _digest(file, file.stat().st_size)
    with file.open("ab") as end:
        end.write(f"\nsha256 {digest}\n".encode())
        end.flush()
        os.fsync(end.fileno())


@contextmanager
def opened(file: Path) -> Iterator[tuple[Manifest, Path]]:
    """A backup's manifest and its dump, for the length of the block. Raises ``Damaged``."""
    _verify(file)
    with tempfile.TemporaryDirectory(dir=file.parent, prefix=".restore-") as folder:
        with tarfile.open(file) as tar:
            tar.extractall(folder, filter="data")
        yield _read(Path(folder) / MANIFEST), Path(folder) / DUMP


def _verify(file: Path) -> None:
    size = file.stat().st_size - TRAILER
    if size <= 0:
        raise Damaged(f"{file.name} is not a backup, or only the beginning of one.")
    with file.open("rb") as whole:
        whole.seek(size)
        trailer = whole.read()
    if not trailer.startswith(b"\nsha256 "):
        raise Damaged(f"{file.name} is not a backup, or its end is missing.")
    if trailer != f"\nsha256 {_digest(file, size)}\n".encode():
        raise Damaged(f"{file.name} is damaged: it is not as it was made.")


def _read(file: Path) -> Manifest:
    words = json.loads(file.read_text())
    tables = {name: Table(**table) for name, table in words.pop("tables").items()}
    return Manifest(**words, tables=tables)


def _digest(file: Path, size: int) -> str:
    """The SHA-256 of a file's first ``size`` bytes."""
    digest = hashlib.sha256()
    with file.open("rb") as whole:
        while size > 0 and (chunk := whole.read(min(CHUNK, size))):
            digest.update(chunk)
            size -= len(chunk)
    return digest.hexdigest()
