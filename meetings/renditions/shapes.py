"""What minutes are made of once they are read: page, PDF and searched text show nothing else."""

import datetime
from dataclasses import dataclass
from typing import Any

from core.markings import Marking, holds_passage


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody at the meeting, or who sent apologies: name, post, and what is to be said."""

    name: str
    post: str = ""
    note: str = ""

    def __str__(self) -> str:
        return ", ".join(part for part in (self.name, self.post, self.note) if part)


@dataclass(frozen=True, slots=True)
class AgencyLine:
    """One agency at the meeting."""

    name: str
    statutory: bool
    present: tuple[Person, ...]
    apologies: tuple[Person, ...]
    absent: tuple[Person, ...]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of the minutes with its number: 5.2. Words between [[ and ]] are restricted.

    ``url`` is where a page offers to put it into other words.
    """

    number: str
    text: str
    url: str = ""

    @property
    def restricted(self) -> bool:
        """Whether any part of it is left out of the public rendition."""
        return holds_passage(self.text)


@dataclass(frozen=True, slots=True)
class DecisionLine:
    """A decision, as the minutes show it. ``vote`` are the sentences on how it was taken."""

    reference: str
    text: str
    restricted: bool
    strategic: bool = False
    vote: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ActionLine:
    """An action, made at the meeting or open from before, as the minutes show it."""

    reference: str
    text: str
    owner: str
    due_on: datetime.date
    restricted: bool
    state: str = ""


@dataclass(frozen=True, slots=True)
class DeclaredLine:
    """A sentence on an interest that somebody declared."""

    text: str
    restricted: bool = False


@dataclass(frozen=True, slots=True)
class NoteLine:
    """A dated note on agreed minutes."""

    at: datetime.datetime
    text: str
    restricted: bool = False


@dataclass(frozen=True, slots=True)
class ItemMinutes:
    """An item of the agenda and what was said, decided and asked for in it.

    ``withheld`` is the reason why the reader sees only its title; ``unseen`` says what of an open
    item the reader does not see. ``review`` is what a page shows of it besides, never a rendition.
    """

    number: int
    title: str
    restricted: bool
    paragraphs: tuple[Paragraph, ...] = ()
    decisions: tuple[DecisionLine, ...] = ()
    actions: tuple[ActionLine, ...] = ()
    arising: tuple[ActionLine, ...] = ()
    withheld: str = ""
    unseen: str = ""
    declared: tuple[DeclaredLine, ...] = ()
    left: tuple[DeclaredLine, ...] = ()
    notes: tuple[NoteLine, ...] = ()
    review: Any = None

    @property
    def is_empty(self) -> bool:
        """Whether the minutes say nothing of it."""
        parts = (
            self.paragraphs, self.decisions, self.actions, self.arising, self.declared, self.left,
            self.notes,
        )  # fmt: skip
        return not any(parts) and not self.withheld and not self.unseen

    @property
    def holds_restricted(self) -> bool:
        """Whether any words of it stay out of the public rendition."""
        parts: tuple[Any, ...] = (
            self.paragraphs, self.decisions, self.actions, self.arising, self.declared, self.left,
            self.notes,
        )  # fmt: skip
        return self.restricted or any(each.restricted for part in parts for each in part)


@dataclass(frozen=True, slots=True)
class Minutes:
    """The minutes of one meeting in one rendition."""

    rendition: str
    partnership: str
    group: str
    title: str
    on: datetime.date
    when: str
    where: str
    chair: str
    state: str
    agreed: str
    marking: str
    agencies: tuple[AgencyLine, ...]
    in_attendance: tuple[Person, ...]
    items: tuple[ItemMinutes, ...]
    notes: tuple[NoteLine, ...] = ()

    @property
    def actions(self) -> list[tuple[int, ActionLine]]:
        """Every action that the meeting made, with the number of its item."""
        return [(item.number, action) for item in self.items for action in item.actions]

    @property
    def restricted(self) -> bool:
        """Whether anything in it may not be published."""
        return self.marking == Marking.SENSITIVE

    @property
    def shows_restricted(self) -> bool:
        """Whether it holds restricted text, and not titles alone."""
        return any(item.holds_restricted and not item.withheld for item in self.items)

    @property
    def withheld(self) -> str:
        """Why the reader does not see all of it."""
        return next((item.withheld for item in self.items if item.withheld), "")
