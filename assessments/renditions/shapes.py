"""An assessment as it is read: the shape of which page, PDF, file and public edition are made."""

import datetime
from dataclasses import dataclass
from typing import Any

from assessments.scoring import Ranked
from core.markings import Marking


@dataclass(frozen=True, slots=True)
class Table:
    """Figures in rows. The first ``words`` columns hold words, the others numbers."""

    caption: str
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    words: int = 1


@dataclass(frozen=True, slots=True)
class Shown:
    """A figure of a section: a table, and where it can be drawn a chart or a map of the same."""

    key: str
    title: str
    table: Table
    note: str = ""
    chart: Any = None
    template: str = ""
    restricted: bool = False

    @property
    def says_it_all(self) -> bool:
        """Whether the chart prints every value, so that paper needs no table beside it."""
        return "bars" in self.template


@dataclass(frozen=True, slots=True)
class Sentence:
    """A drafted sentence, and the key by which the analyst can leave it out."""

    key: str
    text: str


@dataclass(frozen=True, slots=True)
class Finding:
    """What the public said, when and how they were asked."""

    title: str
    asked: str
    finding: str


@dataclass(frozen=True, slots=True)
class Part:
    """A section. ``text`` has restricted passages between brackets in the restricted edition."""

    key: str
    number: int
    heading: str
    source: str
    sentences: tuple[Sentence, ...]
    figures: tuple[Shown, ...]
    text: str
    findings: tuple[Finding, ...] = ()
    ranking: tuple[Ranked, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether it says nothing yet."""
        return not (self.sentences or self.figures or self.text or self.findings or self.ranking)


@dataclass(frozen=True, slots=True)
class Source:
    """A file that figures come from."""

    name: str
    force: str
    month: str
    sha256: str
    read_on: str
    by: str


@dataclass(frozen=True, slots=True)
class Report:
    """A whole edition."""

    edition: str
    partnership: str
    board: str
    title: str
    period: str
    state: str
    adopted: str
    marking: Marking
    missing: str
    frozen_on: datetime.date | None
    parts: tuple[Part, ...]
    sources: tuple[Source, ...]
    weights: tuple[tuple[str, int, str, str], ...]
    contributors: tuple[str, ...]
    shows_why: bool

    @property
    def restricted(self) -> bool:
        """Whether it holds anything that the sharing gate stands before."""
        return self.marking == Marking.SENSITIVE
