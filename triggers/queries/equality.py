"""Answers about equality, year by year: counted by question, small numbers hidden.

Nothing leads from them to a case. Officers see them only of years that are over, so that no answer
can be told by looking again.
"""

import datetime
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from membership.models import Partnership
from triggers.models import EqualityAnswers
from triggers.queries import statistics
from triggers.queries.overview import SMALL, Row, Table, in_line

NOT_ANSWERED = "Not answered"


@dataclass(frozen=True, slots=True)
class Answers:
    """The answers of a year; ``total`` is nothing where it is small, and then all is hidden."""

    label: str
    total: int | None
    tables: list[Table]


# A question, and its answers by their keys.
Questions = Mapping[str, tuple[str, Mapping[str, str]]]


def years(partnership: Partnership, on: datetime.date, questions: Questions) -> list[Answers]:
    """Each year that is over and in which somebody answered, the newest first."""
    starts_in = statistics.begins_in(partnership)
    names = list(questions)
    rows = EqualityAnswers.objects.filter(partnership=partnership).order_by()
    found: dict[tuple[datetime.date, datetime.date], list[tuple[str, ...]]] = {}
    for quarter, *answers in rows.values_list("quarter_starts_on", *names):
        year = statistics.year_of(quarter, starts_in)
        if year[1] < on:
            found.setdefault(year, []).append(tuple(answers))
    return [
        _answers(statistics.label(*year), given, questions)
        for year, given in sorted(found.items(), reverse=True)
    ]


def _answers(label: str, given: list[tuple[str, ...]], questions: Questions) -> Answers:
    if len(given) < SMALL:
        return Answers(label, None, [])
    tables = []
    for place, (title, answers) in enumerate(questions.values()):
        said = Counter(answers.get(row[place], NOT_ANSWERED) for row in given)
        labels = [*dict.fromkeys(answers.values()), NOT_ANSWERED]
        tables.append(Table(title, in_line(said, labels, len(given))))
    return Answers(label, len(given), tables)


COLUMNS = ("Year", "Question", "Answer", "Number")


def lines(found: list[Answers]) -> Iterator[list[str]]:
    """One answer a line."""
    for year in found:
        for table in year.tables:
            for row in table.rows:
                yield [year.label, table.title, row.label, _number(row)]


def _number(row: Row) -> str:
    return "hidden" if row.number is None else str(row.number)
