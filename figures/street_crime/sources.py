"""Which street-crime files are in what somebody names: files, folders and archives."""

import io
import os
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import IO

from figures.street_crime import archives, layouts
from figures.street_crime.shapes import Aside, Source, Unreadable

MOST_ASIDE = 300  # that are named one by one


@dataclass(slots=True)
class Found:
    """The files to read, in the order of their months, and those that are left aside."""

    sources: list[Source] = field(default_factory=list)
    aside: list[Aside] = field(default_factory=list)

    @property
    def size(self) -> int:
        """Bytes to read."""
        return sum(source.size for source in self.sources)

    def add(self, source: Source) -> None:
        """Put a file where it belongs by its name; its heading is looked at when it is read."""
        named = layouts.named(source.base)
        if named and named.layout in layouts.OTHERS:
            self.aside.append(Aside(source.name, layouts.OTHERS[named.layout]))
        elif not source.base.lower().endswith(".csv"):
            why = archives.NESTED if archives.is_archive(source.base) else layouts.NOT_CSV
            self.aside.append(Aside(source.name, why))
        else:
            self.sources.append(source)


@contextmanager
def on_disk(paths: Iterable[Path]) -> Iterator[Found]:
    """What is there under these paths; archives stay open for the length of the block.

    Raises ``Unreadable`` for a path that is not there and for an archive that is not to be trusted.
    """
    found = Found()
    with ExitStack() as stack:
        for path in paths:
            for each, name in _files(path):
                if archives.is_archive(each.name):
                    stack.enter_context(_archive(each, name, found))
                else:
                    found.add(Source(name, each.stat().st_size, partial(_opened, each)))
        found.sources.sort(key=lambda source: (source.base, source.name))
        yield found


@contextmanager
def in_memory(name: str, data: bytes) -> Iterator[Found]:
    """What is there in a file that was sent in. Raises ``Unreadable``."""
    found = Found()
    if archives.is_archive(name):
        with _archive(io.BytesIO(data), name, found):
            yield found
    else:
        found.add(Source(name, len(data), partial(io.BytesIO, data)))
        yield found


def _files(path: Path) -> Iterator[tuple[Path, str]]:
    """Each file of a folder, by its name within it; a file itself. Links are not followed."""
    if path.is_file():
        yield path, path.name
    elif path.is_dir():
        for folder, folders, names in os.walk(path):
            folders.sort()
            for name in sorted(names):
                each = Path(folder, name)
                if each.is_file() and not each.is_symlink():
                    yield each, each.relative_to(path.parent if path.name else path).as_posix()
    else:
        raise Unreadable(f"{path}: there is no such file or folder.")


def _opened(path: Path) -> IO[bytes]:
    return path.open("rb")


@contextmanager
def _archive(file: Path | IO[bytes], name: str, found: Found) -> Iterator[None]:
    with archives.opened(file, name) as archive:
        inside = Found()
        for info in archives.members(archive, name):
            inside.add(Source(f"{name}/{info.filename}", info.file_size,
                              partial(archives.member, archive, info)))  # fmt: skip
        inside.sources.sort(key=lambda source: source.name)
        found.sources += inside.sources
        found.aside += inside.aside
        yield


def summed(aside: Iterable[Aside]) -> list[dict[str, str]]:
    """What is left aside, to be kept: the first few hundred by name, the others in number."""
    listed = list(aside)
    kept = [{"name": each.name[:300], "why": each.why} for each in listed[:MOST_ASIDE]]
    if len(listed) > MOST_ASIDE:
        kept.append({"name": f"{len(listed) - MOST_ASIDE:,} more files", "why": "Left aside too"})
    return kept
