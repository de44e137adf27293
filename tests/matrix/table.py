"""Reads the two committed tables of who may do what. Both are written by hand.

``verdicts.csv``: a row of the policy, a kind of object, and the personas who may; all others may
not. ``routes.csv``: an address and method, a kind of object, the personas who may, those who are
refused with a reason (403), and what everybody else who is signed in meets: ``missing`` (404) or
``refused``. Anonymous visitors are sent to sign in unless ``may`` names them.
"""

import csv
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).parent

PERSONAS = (
    "anonymous", "officer", "chair", "vice", "kent", "watch", "dvacs", "ocg", "scrutiny",
    "commissioner", "administrator", "stranger", "leaver", "guest", "deactivated",
)  # fmt: skip
GROUPS = {
    "everybody": set(PERSONAS),
    "signed-in": set(PERSONAS) - {"anonymous", "deactivated"},
    "board": {"officer", "chair", "vice", "kent", "watch"},
    "cleared-board": {"officer", "chair", "vice", "kent"},
    "partnership": {
        "officer", "chair", "vice", "kent", "watch", "dvacs", "ocg", "scrutiny", "administrator",
    },
    "working": {"officer", "chair", "vice", "kent", "watch", "dvacs", "ocg"},
    "nobody": set(),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Verdict:
    """What one row of the policy must say of one kind of object."""

    row: str
    target: str
    may: frozenset[str]


@dataclass(frozen=True, slots=True)
class Route:
    """What one address must answer to each persona."""

    name: str
    method: str
    target: str
    may: frozenset[str]
    refused: frozenset[str]
    others: str

    def expected(self, persona: str) -> str:
        """``may``, ``refused``, ``missing`` or ``sign-in``."""
        if persona in self.may:
            return "may"
        if persona in {"anonymous", "deactivated"}:
            return "missing" if self.others == "public-missing" else "sign-in"
        if persona in self.refused:
            return "refused"
        return self.others.removeprefix("public-")


def people(words: str) -> frozenset[str]:
    """Personas from words such as ``board`` or ``officer chair``, ``-kent`` taking one away."""
    found: set[str] = set()
    for word in words.split():
        if word.startswith("-"):
            found -= GROUPS.get(word[1:], {word[1:]})
        else:
            found |= GROUPS.get(word, {word})
    unknown = found - set(PERSONAS)
    assert not unknown, f"nobody is called {unknown}"
    return frozenset(found)


def lines(name: str) -> list[dict[str, str]]:
    """The lines of a table, without its comments."""
    with (HERE / name).open(encoding="utf-8") as text:
        return list(csv.DictReader(line for line in text if not line.startswith("#")))


def verdicts() -> list[Verdict]:
    """The expected policy."""
    return [
        Verdict(line["row"], line["target"], people(line["may"])) for line in lines("verdicts.csv")
    ]


def routes() -> list[Route]:
    """The expected answers of every address."""
    return [
        Route(
            line["route"], method, line["target"], people(line["may"]),
            people(line["refused"]), line["others"],
        )
        for line in lines("routes.csv")
        for method in line["methods"].split()
    ]  # fmt: skip
