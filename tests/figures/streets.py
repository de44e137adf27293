"""The real street-crime files that ship with the application, whole, in part, and altered."""

import csv
import io
import zipfile
from functools import cache
from pathlib import Path

from figures.workflow.areas import FACTS

ARCHIVE = FACTS / "street-crime.zip"
KENT, BTP = "2025-01/2025-01-kent-street.csv", "2025-01/2025-01-btp-street.csv"
HEADING = [
    "Crime ID", "Month", "Reported by", "Falls within", "Longitude", "Latitude", "Location",
    "LSOA code", "LSOA name", "Crime type", "Last outcome category", "Context",
]  # fmt: skip
COLUMN = {name: at for at, name in enumerate(HEADING)}


@cache
def members() -> tuple[str, ...]:
    """The files of the archive, in order."""
    with zipfile.ZipFile(ARCHIVE) as archive:
        return tuple(archive.namelist())


@cache
def bytes_of(name: str) -> bytes:
    with zipfile.ZipFile(ARCHIVE) as archive:
        return archive.read(name)


def rows(name: str = KENT, count: int = 200) -> list[list[str]]:
    """The first rows of a real file, each as its fields, without the heading."""
    return [list(row) for row in _rows(name)[:count]]


@cache
def _rows(name: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(bytes_of(name).decode())))[1:]


def altered(found: list[list[str]], **changes: str) -> list[list[str]]:
    """The same rows with some fields changed: ``Month="2025-02"``, words joined by ``_``."""
    changed = [list(row) for row in found]
    for column, value in changes.items():
        for row in changed:
            row[COLUMN[column.replace("_", " ")]] = value
    return changed


def written(found: list[list[str]], heading: list[str] = HEADING, end: str = "\n") -> bytes:
    """Rows as the bytes of a file."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator=end)
    writer.writerow(heading)
    writer.writerows(found)
    return buffer.getvalue().encode()


def file(folder: Path, data: bytes, name: str = "2025-01-kent-street.csv") -> Path:
    """A file on the disk."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return path


def archive(folder: Path, name: str = "archive.zip", **more) -> Path:
    """A zip archive of files by their names."""
    path = folder / name
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as made:
        for inside, data in more["files"].items():
            made.writestr(inside, data)
    return path
