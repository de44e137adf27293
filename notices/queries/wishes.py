"""How a person wants to be told, kind by kind."""

from dataclasses import dataclass
from typing import Any

from core.reminders import Reminder, reminders
from notices.models import Preference

EVENT = "event"


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind about which a person may have a wish of its own."""

    key: str
    title: str
    hint: str


def wishes(person: Any) -> dict[str, str]:
    """What a person has said so far: how, by kind; "" is for all others."""
    return dict(Preference.objects.filter(person=person).values_list("kind", "how"))


def kinds() -> list[Kind]:
    """The kinds that can be turned off, what merely happens first."""
    happens = Kind(
        EVENT, "What happens", "Agendas, papers and minutes that come out; actions that change"
    )
    return [happens] + [
        Kind(each.kind, each.title, each.source)
        for each in sorted(reminders.values(), key=lambda each: each.title)
        if not each.statutory
    ]


def always() -> list[Reminder]:
    """The kinds that cannot be turned off."""
    return sorted((each for each in reminders.values() if each.statutory), key=lambda e: e.title)
