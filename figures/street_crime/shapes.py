"""What the reading of street-crime files hands on."""

from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import IO


@dataclass(frozen=True, slots=True)
class Source:
    """A file to read: its name as the person knows it, its bytes, and how to open it."""

    name: str
    size: int
    open: Callable[[], AbstractContextManager[IO[bytes]]]

    @property
    def base(self) -> str:
        """Its name without folders."""
        return self.name.replace("\\", "/").rpartition("/")[2]


@dataclass(frozen=True, slots=True)
class Aside:
    """A file that was not read, and why."""

    name: str
    why: str


@dataclass(frozen=True, slots=True)
class Refusal:
    """A row that was not kept: its line, why, and how it begins."""

    line: int
    reason: str
    text: str

    @property
    def kind(self) -> str:
        """The reason without what is particular to the row."""
        return self.reason.partition(":")[0]


class Unreadable(Exception):
    """A file or archive is not what it says it is; the sentence says why, and what to do.

    ``refusals`` are the rows that led to it, of the file of this ``name``.
    """

    def __init__(self, says: str, name: str = "", refusals: Iterable[Refusal] = ()) -> None:
        super().__init__(says)
        self.name, self.refusals = name, tuple(refusals)


def shown(text: str) -> str:
    """Text out of a file that may be anything, without what cannot be shown or kept."""
    return "".join(each if each.isprintable() else " " for each in text)
