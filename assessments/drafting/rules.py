"""What a rule is, and the words that rules share."""

import datetime
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

Figures = Mapping[str, Any]
Facts = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Rule:
    """A pure function from figures to facts, and one from facts to a sentence."""

    key: str
    find: Callable[[Figures], Iterable[Facts]]
    words: Callable[[Facts], str]
    place: Callable[[Facts], str]

    def holds(self, facts: Facts, figures: Figures) -> bool:
        """Whether these facts are among those that the figures give."""
        return any(found == facts for found in self.find(figures))


def always(section: str) -> Callable[[Facts], str]:
    """For a rule whose sentences all stand in one section."""
    return lambda facts: section


def month_words(month: str) -> str:
    """October 2024, of ``2024-10``."""
    return f"{datetime.date.fromisoformat(f'{month}-01'):%B %Y}"


def spans(months: Sequence[str]) -> list[str]:
    """Months in runs: January to September 2025; or October 2024, December 2024."""
    runs: list[list[str]] = []
    for month in sorted(months):
        if runs and _next(runs[-1][-1]) == month:
            runs[-1].append(month)
        else:
            runs.append([month])
    return [_run(run) for run in runs]


def _next(month: str) -> str:
    year, number = map(int, month.split("-"))
    return f"{year + number // 12}-{number % 12 + 1:02}"


def _run(run: Sequence[str]) -> str:
    if len(run) == 1:
        return month_words(run[0])
    first, last = month_words(run[0]), month_words(run[-1])
    same_year = run[0][:4] == run[-1][:4]
    return f"{first.split()[0] if same_year else first} to {last}"


def listed(words: Sequence[str]) -> str:
    """One, two and three."""
    *most, last = words
    return f"{', '.join(most)} and {last}" if most else last


NUMBERS = (
    "no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
    "eleven", "twelve",
)  # fmt: skip


def number(n: int) -> str:
    """A small number in words, a larger one in figures."""
    return NUMBERS[n] if n < len(NUMBERS) else f"{n:,}"


def months_held(n: int) -> str:
    """In the nine months held."""
    if n == len(NUMBERS) - 1:
        return "in the twelve months"
    return f"in the {number(n)} month{'' if n == 1 else 's'} held"


def share(part: int, whole: int) -> int:
    """Percent, half a percent rounded up."""
    return (200 * part + whole) // (2 * whole)


def percent(part: int) -> str:
    """A share in words: what rounds to nothing is still something."""
    return f"{part}%" if part else "under 1%"


def ordinal(n: int) -> str:
    """1 as highest, 2 as second highest, and so on in figures."""
    words = {1: "the highest", 2: "the second highest", 3: "the third highest"}
    ending = "th" if 10 <= n % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(n % 10, "th")
    return words.get(n, f"the {n}{ending} highest")
