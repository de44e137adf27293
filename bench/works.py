"""What is measured besides pages: works, each against the plainest way to the same end.

Each is a line under the table of `bin/bench`, measured in processes of its own.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from bench import crime, databases, imports, ledger, packs, strategy
from bench.databases import BIG, SMALL


@dataclass(frozen=True, slots=True)
class Work:
    """Its name, and how to measure it: given the environment and whether roughly, a sentence.

    ``measure`` raises ``Problem`` where it cannot.
    """

    name: str
    measure: Callable[[Mapping[str, str], bool], str]


def reminders(variables: Mapping[str, str], quick: bool) -> str:
    """What it takes to write down everybody who is to be told."""
    for each in (SMALL, BIG):
        databases.prepare(each, variables)
    small, big = (ledger.measure(each.environment(variables)) for each in (SMALL, BIG))
    return ledger.words(small, big)


WORKS = [
    Work(packs.NAME, packs.measured),
    Work("Reminders", reminders),
    Work(crime.NAME, crime.measured),
    Work(imports.NAME, imports.measured),
    Work(strategy.NAME, strategy.measured),
]
