"""What a dossier is made of, whatever it is about: sections of facts, texts and tables."""

import datetime
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from django.db import models

from core.dates import longdate, moment

Words = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under headings. ``key`` names its file; a ``wide`` one is printed record by record."""

    key: str
    caption: str
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    wide: bool = False

    def records(self) -> Iterator[tuple[str, list[tuple[str, str]]]]:
        """Each row as its first cell and the others with their headings, empty ones left out."""
        for row in self.rows:
            rest = zip(self.headings[1:], row[1:], strict=True)
            yield row[0], [(heading, cell) for heading, cell in rest if cell]


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the dossier. ``private`` ones go to nobody outside the case."""

    title: str
    facts: tuple[tuple[str, str], ...] = ()
    tables: tuple[Table, ...] = ()
    texts: tuple[tuple[str, str], ...] = ()
    private: bool = False

    @property
    def is_empty(self) -> bool:
        """Nothing is held of this."""
        return not (self.facts or self.texts or any(each.rows for each in self.tables))

    def said(self, words: Words) -> "Section":
        """The same in other words: each text of it is passed through ``words``."""
        return replace(
            self,
            title=words(self.title),
            facts=tuple((label, words(value)) for label, value in self.facts),
            texts=tuple((words(heading), words(text)) for heading, text in self.texts),
            tables=tuple(
                replace(each, rows=tuple(tuple(map(words, row)) for row in each.rows))
                for each in self.tables
            ),
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Book:
    """A whole dossier: its sections, and what was left out of them and why."""

    title: str
    sections: tuple[Section, ...]
    left_out: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


def table(
    key: str, caption: str, headings: Iterable[str], rows: Iterable[Iterable[Any]], *,
    wide: bool = False,
) -> Table:  # fmt: skip
    """A table of whatever values, each in words."""
    said = tuple(tuple(map(words, row)) for row in rows)
    return Table(key, caption, tuple(headings), said, wide)


def facts(record: models.Model, *names: str) -> tuple[tuple[str, str], ...]:
    """The fields of a record that hold something, each with its label."""
    found = []
    for name in names:
        field_of: Any = record._meta.get_field(name)
        label = str(field_of.verbose_name)
        value = getattr(record, f"get_{name}_display", lambda name=name: getattr(record, name))()
        if said := words(value):
            found.append((label[:1].upper() + label[1:], said))
    return tuple(found)


def words(value: Any) -> str:
    """A value as people say it."""
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, datetime.datetime):
        return moment(value)
    if isinstance(value, datetime.date):
        return longdate(value)
    if isinstance(value, datetime.time):
        return f"{value:%H:%M}"
    if isinstance(value, (list, tuple)):
        return ", ".join(map(words, value))
    return str(value)
