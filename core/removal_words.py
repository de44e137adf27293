"""How many rows of what are removed, in the words of an officer."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.apps import apps

HISTORICAL = "Historical"
EMPTIED = " emptied"
CALLED = {"documents.Content": "Contents of files", "notices.Delivery": "Emails about notices"}


@dataclass(slots=True)
class Removed:
    """One kind of record: how many go, how many stay without their words, how much history goes."""

    what: str
    rows: int = 0
    emptied: int = 0
    history: int = 0


def lines(counted: Mapping[str, int], called: Mapping[str, str]) -> list[Removed]:
    """The counts of a removal, by kind of record; the most first.

    ``called`` gives words where a record's own name says little to who has not made it.
    """
    words = {**CALLED, **called}
    found: dict[str, Removed] = {}
    for label, count in counted.items():
        room, name = label.removesuffix(EMPTIED).split(".")
        line = found.setdefault(_key(room, name), Removed(_words(room, name, words)))
        if label.endswith(EMPTIED):
            line.emptied += count
        elif name.startswith(HISTORICAL):
            line.history += count
        else:
            line.rows += count
    return sorted(found.values(), key=lambda each: (-each.rows, -each.emptied, each.what))


def total(counted: Mapping[str, int]) -> int:
    """All rows that are removed or emptied."""
    return sum(counted.values())


def csv_lines(found: list[Removed]) -> Iterator[tuple[str, int, int, int]]:
    """The same for a file."""
    for each in found:
        yield each.what, each.rows, each.emptied, each.history


def _key(room: str, name: str) -> str:
    return f"{room}.{name.removeprefix(HISTORICAL)}"


def _words(room: str, name: str, words: Mapping[str, str]) -> str:
    name = name.removeprefix(HISTORICAL)
    if called := words.get(f"{room}.{name}"):
        return called
    try:
        model = apps.get_model(room, name)
    except LookupError:  # a record that the software no longer has
        return name
    plural = str(model._meta.verbose_name_plural)
    return plural[:1].upper() + plural[1:]
