"""What the live minute-taking page sends: texts, who is here, and whatever is made in place."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError

from core import forms
from meetings.queries.attendance import Person, Roll

SHAPES = ("decision", "action")
WORD = "the time"


@dataclass(frozen=True, slots=True)
class Sent:
    """The text of one item as a page sent it, and what that page began from."""

    number: int
    text: str
    version: int
    digest: str
    last: str | None


def text_of(data: Any, number: int) -> Sent | None:
    """What was sent for an item, if the page had it."""
    version, _, digest = data.get(f"base-{number}", "").partition(".")
    whole = version.isdecimal() and len(version) < 10
    if f"text-{number}" not in data or not whole:
        return None
    text = data[f"text-{number}"].replace("\r\n", "\n").replace("\x00", "")
    return Sent(number, text, int(version), digest, data.get(f"last-{number}"))


def asked_for(data: Any, name: str) -> list[tuple[str, int]]:
    """The forms that a page names: ``decision-5`` is that of a decision in item 5."""
    found = []
    for value in data.getlist(name):
        shape, _, number = value.partition("-")
        if shape in SHAPES and number.isdecimal() and len(number) < 4:
            found.append((shape, int(number)))
    return list(dict.fromkeys(found))


def presences(data: Any, now: Roll) -> dict[str, str]:
    """What was chosen of members, where it is not what the page showed."""
    return {
        person.key: data[person.key]
        for person in now.people
        if person.key in data and data[person.key] != data.get(f"was-{person.key}")
    }


Times = tuple[datetime.time | None, datetime.time | None]


def times(data: Any, now: Roll) -> tuple[dict[str, Times], dict[str, str]]:
    """When people came and went, where it is not what the page showed, and what is no time."""
    meant: dict[str, Times] = {}
    wrong: dict[str, str] = {}
    for person in now.everybody:
        if not any(_changed(data, f"{name}-{person.key}") for name in ("arrived", "left")):
            continue
        try:
            meant[person.key] = _time(data, "arrived", person), _time(data, "left", person)
        except ValidationError as problem:
            wrong[person.key] = problem.messages[0]
    return meant, wrong


def _changed(data: Any, name: str) -> bool:
    return name in data and data[name].strip() != data.get(f"was-{name}", "").strip()


def _time(data: Any, name: str, person: Person) -> datetime.time | None:
    label = f"The time at which {person.name} {name}"
    field = forms.TimeField(label=label, required=False)
    return field.clean(data.get(f"{name}-{person.key}", ""))


def errors_of(form: Any, where: str) -> Iterator[tuple[str, str]]:
    """Each mistake of a form, with the place to mend it."""
    for name, problems in form.errors.items():
        target = f"#{form[name].target}" if name in form.fields else where
        for problem in problems:
            yield target, problem
