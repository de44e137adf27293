"""What a pack is made of once it has been read: page, contents and PDF show nothing else."""

import datetime
from dataclasses import dataclass


class PackFailed(Exception):
    """A pack could not be put together; the message is a sentence for the officer."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One paper in a pack, and on which pages. ``prefix`` is empty, or S1- in a supplement.

    Of one that is ``withdrawn`` from the reader there is neither title nor page.
    """

    key: int
    letter: str
    title: str
    item: int
    first_page: int
    pages: int
    prefix: str = ""
    restricted: bool = False
    newer: bool = False
    withdrawn: bool = False

    @property
    def name(self) -> str:
        """Paper B."""
        return f"Paper {self.letter}"

    @property
    def called(self) -> str:
        """Paper B: Quarter 2 figures."""
        if self.withdrawn:
            return f"{self.name}: withdrawn"
        return f"{self.name}: {self.title}{' (newer version)' if self.newer else ''}"

    @property
    def page(self) -> str:
        """The number of its first page."""
        return label(self.prefix, self.first_page)

    @property
    def span(self) -> str:
        """The numbers of its pages: 4, or 4 to 9."""
        last = self.first_page + self.pages - 1
        return self.page if self.pages == 1 else f"{self.page} to {label(self.prefix, last)}"

    @property
    def link(self) -> str:
        """An address that stands for its first page until the pages are put together."""
        return f"{PLACES}{self.key}"


PLACES = "https://page.invalid/"


def label(prefix: str, page: int) -> str:
    """The number of a page as it is printed: 12, or S1-3."""
    return f"{prefix}{page}"


@dataclass(frozen=True, slots=True)
class Subject:
    """An item of the agenda, with its papers in this pack."""

    number: int
    title: str
    starts_at: datetime.time
    lead: str = ""
    note: str = ""
    restricted: bool = False
    papers: tuple[Entry, ...] = ()
    withdrawn: bool = False

    @property
    def called(self) -> str:
        """5. Crime and performance; of one that the reader withdrew from, its number alone."""
        return f"{self.number}. {'Withdrawn' if self.withdrawn else self.title}"


@dataclass(frozen=True, slots=True)
class Book:
    """A pack in one rendition: what its cover says, the agenda, and the papers by page."""

    title: str
    name: str
    partnership: str
    group: str
    when: str
    where: str
    readers: str
    sent: str
    marking: str
    subjects: tuple[Subject, ...]
    entries: tuple[Entry, ...]

    @property
    def present(self) -> tuple[Entry, ...]:
        """The papers that are in it."""
        return tuple(entry for entry in self.entries if not entry.withdrawn)

    @property
    def named(self) -> bool:
        """Whether it says who leads the items: the public is not told."""
        return any(subject.lead for subject in self.subjects)

    @property
    def total(self) -> int:
        """How many pages its papers have."""
        return sum(entry.pages for entry in self.present)
