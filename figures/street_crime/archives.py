"""Zip archives: looked through before anything of them is read. Nothing is unpacked onto a disk."""

import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath, PureWindowsPath
from typing import IO

from figures.street_crime.shapes import Unreadable

NESTED = "An archive within an archive: unpack it, then send in what it holds"

# A whole archive of data.police.uk: three years, 45 forces, three files of each month.
MOST_MEMBERS = 20_000
MOST_BYTES = 15 * 1024**3
MOST_BYTES_OF_ONE = 1024**3
MOST_RATIO = 100  # the files themselves shrink about twelvefold
ENCRYPTED = 0x1
BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, ValueError)


def is_archive(name: str) -> bool:
    """By its name."""
    return name.lower().endswith(".zip")


@contextmanager
def opened(file: Path | IO[bytes], name: str) -> Iterator[zipfile.ZipFile]:
    """An archive, open for the length of the block. Raises ``Unreadable``."""
    try:
        archive = zipfile.ZipFile(file)
    except BROKEN as wrong:
        raise Unreadable(
            f"{name}: this is not a whole zip archive. It may have been cut short: fetch it again."
        ) from wrong
    with archive:
        yield archive


def members(archive: zipfile.ZipFile, name: str) -> Iterator[zipfile.ZipInfo]:
    """Its files. Raises ``Unreadable`` for an archive that was made to do harm."""
    infos = [info for info in archive.infolist() if not info.is_dir()]
    if len(infos) > MOST_MEMBERS:
        raise Unreadable(
            f"{name}: it holds {len(infos):,} files, and {MOST_MEMBERS:,} is the most."
        )
    total = sum(info.file_size for info in infos)
    if total > MOST_BYTES:
        raise Unreadable(f"{name}: it unpacks to {_of(total, MOST_BYTES)}.")
    for info in infos:
        _look(info, name)
        yield info


def _look(info: zipfile.ZipInfo, name: str) -> None:
    inside = info.filename
    if _leads_outside(inside):
        raise Unreadable(f"{name}: it names a place outside itself: {inside[:100]!r}.")
    if info.flag_bits & ENCRYPTED:
        raise Unreadable(
            f"{name}: {inside[:100]} is locked with a password. Send in an open archive."
        )
    if info.file_size > MOST_BYTES_OF_ONE:
        size = _of(info.file_size, MOST_BYTES_OF_ONE)
        raise Unreadable(f"{name}: {inside[:100]} unpacks to {size}.")
    if info.file_size > MOST_RATIO * max(info.compress_size, 1024):
        raise Unreadable(
            f"{name}: {inside[:100]} unpacks to more than {MOST_RATIO} times its size, which no "
            "street-crime file does."
        )


def _leads_outside(name: str) -> bool:
    windows, posix = PureWindowsPath(name), PurePosixPath(name)
    return bool(
        windows.drive or windows.root or posix.is_absolute() or ".." in windows.parts
        or ".." in posix.parts or "\0" in name
    )  # fmt: skip


def _of(size: int, most: int) -> str:
    gigabyte = 1024**3
    return f"{size / gigabyte:.1f} GB, and {most / gigabyte:.0f} GB is the most"


@contextmanager
def member(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> Iterator[IO[bytes]]:
    """One file of it, unpacked as it is read. Raises ``Unreadable`` where it is damaged."""
    try:
        with archive.open(info) as stream:
            yield stream
    except BROKEN as wrong:
        raise Unreadable(
            "it is damaged inside the archive, or cut short. Fetch the archive again."
        ) from wrong
