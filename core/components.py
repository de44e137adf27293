"""What the shared pieces of a page are made of: the parameters of ``templates/components/``."""

import datetime
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Stage:
    """One step of a fixed sequence; ``state`` is ``done``, ``now``, ``late`` or nothing."""

    label: str
    note: str = ""
    state: str = ""


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened, or that will: one entry of a timeline."""

    what: str
    at: datetime.date | None = None
    by_name: str = ""
    text: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class View:
    """A quick view above a list: its words, how many it holds, and whether it is this one."""

    label: str
    count: int
    url: str
    current: bool = False


@dataclass(frozen=True, slots=True)
class Fact:
    """One row of a summary list: ``url`` leads from the value, ``change`` to its form."""

    label: str
    value: object
    url: str = ""
    change: str = ""


@dataclass(frozen=True, slots=True)
class Link:
    """Words that lead somewhere."""

    label: str
    url: str
    current: bool = False
