"""Lists that rooms fill beside their own things and that rooms above or below read.

A room that may not import another meets it here: my work reads ``work``, the public site reads
``public``, officers read ``duties``, the governance calendar reads ``evidence``.
"""

import datetime
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

Entry = TypeVar("Entry")


class Registry(Generic[Entry]):
    """Functions that each give entries when asked; the asker gets them all."""

    def __init__(self) -> None:
        self._sources: list[Callable[..., Iterable[Entry]]] = []

    def __call__(self, source: Callable[..., Iterable[Entry]]) -> Callable[..., Iterable[Entry]]:
        """Use as a decorator beside the thing itself."""
        self._sources.append(source)
        return source

    def gather(self, *args: Any) -> Iterator[Entry]:
        """Everything that every room has to say."""
        for source in self._sources:
            yield from source(*args)


@dataclass(frozen=True, slots=True)
class Work:
    """Something that needs a person, or that a person waits for.

    ``needs`` is ``me``, ``others`` (I wait) or ``nobody`` (it is coming up).
    """

    partnership: Any
    what: str
    url: str
    why: str = ""
    due: datetime.date | None = None
    needs: str = "me"
    state: str = ""
    of_whom: str = ""
    asked: datetime.date | None = None


@dataclass(frozen=True, slots=True)
class Owed:
    """Something that the law or the terms of reference ask of the partnership, and how it stands.

    ``state`` is ``overdue``, ``due``, ``gap`` or ``met``; ``source`` says who asks it.
    """

    what: str
    state: str
    source: str
    url: str = ""
    why: str = ""
    due: datetime.date | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """A public page or paper that a search or a feed may show. Nothing else is ever listed."""

    title: str
    url: str
    kind: str
    at: datetime.datetime
    summary: str = ""


Prove = Callable[[Any], Any]

# For a duty that comes round, by its key: how a room can tell by itself that a turn of it was done.
# It is given a queryset of turns, each with ``since`` (the day before its time began), its
# ``first_due_on`` and ``cycle__partnership``, and gives it back with ``found_on``, the day on which
# it was done or nothing, and ``found_url``, where that can be seen.
evidence: dict[str, Prove] = {}


def proves(key: str) -> Callable[[Prove], Prove]:
    """Use as a decorator: ``@proves("quarterly-meeting")``."""

    def register(prove: Prove) -> Prove:
        evidence[key] = prove
        return prove

    return register


# (user, on) -> Work
work: Registry[Work] = Registry()

# (partnership, on) -> Owed
duties: Registry[Owed] = Registry()

# (partnership, words or "", most) -> Found; published things only, at most so many if a number is
# given: the newest, or with words those that fit best
public: Registry[Found] = Registry()
