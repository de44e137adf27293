"""A case in the words in which somebody outside it may read it: people are called by their roles.

It knows the names that the case holds as names, and those that the officer gives. A neighbour who
stands in a text without being named to it is not found: an officer reads the dossier before anybody
is given it, and it says so on its first page.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from django.db.models import Q

from accounts.models import User
from membership.models import Seat
from triggers.dossiers.bodies import WITHHELD
from triggers.dossiers.shapes import Section
from triggers.models import (
    Application,
    Impact,
    InformationRequest,
    Party,
    VoiceRecord,
)

ADDRESS, OTHER, STAFF = "[address]", "[another person]", "[a person who works on the case]"
LEFT_OUT = "[left out]"
# What tells who or where somebody is, however it is written.
EMAIL = (re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+"), "[email address]")
PATTERNS = [
    (re.compile(r"(?<![\w/])(?:\+44\s?|0)(?:\d[\s-]?){8,10}\d(?!\w)"), "[telephone number]"),
    (re.compile(r"\b[A-Z]{1,2}\d[A-Z\d]?\s?\d[A-Z]{2}\b", re.IGNORECASE), "[postcode]"),
    (re.compile(r"\b[A-Z]{2}\d{2}\s?[A-Z]{3}\b"), "[vehicle]"),
]
SHORTEST = 3
NO_NAMES = {"the", "and", "for", "from", "with", "her", "his", "our", "their", "who", "mrs", "miss"}


class Redaction:
    """Says a case's texts anew, and counts what it replaced."""

    def __init__(self, case: Application, names: Iterable[str] = ()) -> None:
        self.counts: Counter[str] = Counter()
        self.rules = [EMAIL, *_rules(case, names), *PATTERNS]

    def words(self, text: str) -> str:
        """A text without names, addresses and numbers."""
        for pattern, instead in self.rules:
            text, count = pattern.subn(instead, text)
            self.counts[instead] += count
        return text

    def sections(self, whole: Iterable[Section]) -> tuple[Section, ...]:
        """What may be read of the sections."""
        return tuple(_given(each).said(self.words) for each in whole if not each.private)

    def left_out(self, whole: Iterable[Section]) -> tuple[str, ...]:
        """What was left out, or replaced and how often, each in a line."""
        sections = list(whole)
        gone = [f"The section “{self.words(each.title)}”" for each in sections if each.private]
        gone += [
            f"In “{each.title}”: what the body does not give, and why"
            for each in sections
            if any(label == WITHHELD for label, _ in each.facts)
        ]
        replaced = [
            f"Replaced by {instead}: {count} times" if count > 1 else f"Replaced by {instead}: once"
            for instead, count in sorted(self.counts.items())
            if count
        ]
        return (*gone, *replaced)


def _given(section: Section) -> Section:
    """A section without what its body withholds from people outside the case."""
    kept = tuple(
        (label, LEFT_OUT if label == WITHHELD else value) for label, value in section.facts
    )
    return Section(section.title, kept, section.tables, section.texts)


def _rules(case: Application, names: Iterable[str]) -> Iterator[tuple[re.Pattern[str], str]]:
    """What to replace by what: whole names first, then each part of them."""
    parties = list(Party.objects.filter(application=case))
    impact = Impact.objects.filter(application=case).first()
    for place in _places(parties, impact):
        yield _whole(place), ADDRESS
    called = [(each.name, f"[the {each.get_kind_display().lower()}]") for each in parties]
    speakers = VoiceRecord.objects.filter(application=case).values_list("spoken_by", flat=True)
    advocates = [*speakers, impact.advocate if impact else ""]
    called += [(each, "[who speaks for the victim]") for each in advocates]
    called += [(each.way_detail, OTHER) for each in parties]
    called += [(each.strip(), OTHER) for each in names]
    people = [(each.name, STAFF) for each in _staff(case)]
    for name, instead in [*called, *people]:
        if len(name) >= SHORTEST:
            yield _whole(name), instead
    for name, instead in called:
        for part in _parts(name):
            yield _whole(part), instead
    for name, instead in people:
        for part in _parts(name)[-1:]:  # the surname as names are written: “may” is a word
            yield re.compile(rf"(?<!\w){re.escape(part)}(?!\w)"), instead


def _whole(words: str) -> re.Pattern[str]:
    spaced = r"\s+".join(map(re.escape, words.split()))
    return re.compile(rf"(?<!\w){spaced}(?!\w)", re.IGNORECASE)


def _parts(name: str) -> list[str]:
    """The parts of a name. What is written small is no name: “my sister Ann” has one part."""
    found = [part.strip(".,’'") for part in re.split(r"[\s-]+", name)]
    return [
        part for part in found
        if len(part) >= SHORTEST and part[0].isupper() and part.lower() not in NO_NAMES
    ]  # fmt: skip


def _places(parties: list[Party], impact: Impact | None) -> list[str]:
    told = [line for each in parties for line in each.address.splitlines()]
    told += [impact.place if impact else ""]
    return sorted({each.strip(" ,") for each in told if len(each.strip()) > 5}, key=len)[::-1]


def _staff(case: Application) -> list[Any]:
    """Everybody who sat on the case or answered for a body."""
    seated = Seat.objects.filter(group=case.group_id).values("person")
    answered = InformationRequest.objects.filter(application=case)
    wrote = Q(pk__in=answered.values("request__returns__by"))
    wrote |= Q(pk__in=answered.values("request__asked_by"))
    return list(User.objects.filter(Q(pk__in=seated) | wrote).order_by("name"))
