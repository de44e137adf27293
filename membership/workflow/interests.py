"""The register of interests: what people have declared outside any one meeting."""

import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from audit import workflow as audit
from core import clock
from core.markup import plain
from core.permissions import can, require
from core.workflow import Wrong
from membership.models import Interest, InterestKind, Partnership
from membership.queries import known_people
from membership.workflow.keeping import keep, locked, stop, unchanged


@transaction.atomic
def declare_interest(
    partnership: Partnership, *, person: Any = None, kind: str, text: str, about: str = "",
    sensitive: bool = False, starts_on: datetime.date, ends_on: datetime.date | None = None,
    by: Any,
) -> Interest:  # fmt: skip
    """Enter an interest in the register: one's own or, as an officer, somebody else's.

    Raises ``ValidationError`` by field.
    """
    person = person or by
    require(can(by, "declare interests", partnership))
    if person != by:
        require(can(by, "declare interests of others", partnership))
        if not known_people(partnership, by).filter(pk=person.pk).exists():
            raise ValidationError({"person": "Choose somebody who sits or sat here."})
    interest = Interest(
        partnership=partnership, person=person, kind=kind, starts_on=starts_on, ends_on=ends_on,
        text=_line(text), about=_named(about), sensitive=sensitive, declared_at=clock.now(),
        declared_by=by,
    )  # fmt: skip
    _check(interest)
    keep(interest, by=by)
    _record("entered in the register an", interest, by)
    return interest


@transaction.atomic
def change_interest(
    interest: Interest, *, kind: str, text: str, about: str = "", sensitive: bool = False,
    starts_on: datetime.date, ends_on: datetime.date | None = None, read: int | None = None,
    by: Any,
) -> Interest:  # fmt: skip
    """Put an entry right. What it said before stays in its history."""
    current = locked(interest)
    require(can(by, "change", current))
    unchanged(current, read)
    current.kind, current.text, current.about = kind, _line(text), _named(about)
    current.sensitive, current.starts_on, current.ends_on = sensitive, starts_on, ends_on
    _check(current)
    keep(current, by=by)
    _record("changed an", current, by)
    return current


@transaction.atomic
def end_interest(interest: Interest, *, on: datetime.date, by: Any) -> Interest:
    """Say from which day it is no longer an interest. It stays in the register's past."""
    current = locked(interest)
    require(can(by, "change", current))
    if current.ends_on and current.ends_on <= on:
        raise Wrong("This interest has ended already.")
    if on < current.starts_on:
        raise ValidationError({"on": "The end must be on or after the start."})
    stop(current, on=on, by=by)
    _record("ended an", current, by)
    return current


def _line(text: str) -> str:
    return " ".join(plain(text).split())


def _named(about: str) -> str:
    """The names that recall it, each once, one after another with commas between."""
    names = (" ".join(name.split()) for name in plain(about).replace("\n", ",").split(","))
    return ", ".join(dict.fromkeys(name for name in names if name))


def _check(interest: Interest) -> None:
    wrong = {}
    if not interest.text:
        wrong["text"] = "Enter what the interest is"
    if interest.kind not in InterestKind.values:
        wrong["kind"] = "Choose what sort of interest it is"
    if any(len(name.strip()) < 3 for name in interest.about.split(",") if name.strip()):
        wrong["about"] = "Each name must have at least 3 letters, or it would recall too much"
    if wrong:
        raise ValidationError(wrong)


def _record(verb: str, interest: Interest, by: Any) -> None:
    """The entry says whose, and never what."""
    audit.record(
        verb, interest, by=by, partnership=interest.partnership, sensitive=interest.sensitive,
    )  # fmt: skip
