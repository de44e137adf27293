"""One chronology of all that agencies have sent, by pseudonym, and where they do not fit together.

Names of the key that stand in a chronology are shown as pseudonyms. Agencies are compared as they
are today: what one wrote of a body that was succeeded is of its successor.
"""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from core import clock
from dhr import names
from dhr.models import (
    ChronologyLine,
    InformationKind,
    InformationRequest,
    Misfit,
    Review,
    Terms,
)
from dhr.queries.information import scope
from dhr.queries.misfits import Account, Found, found_in
from membership import succession
from membership.models import Agency


@dataclass(frozen=True, slots=True)
class Line:
    """One line as the panel reads it: when, whose, and what, with nobody’s name."""

    pk: int
    on: datetime.date
    at: datetime.time | None
    source: Agency
    who: str
    what: str
    done: str
    contact: str
    risk: str
    risk_label: str
    reference: str
    misfits: list[Found] = field(default_factory=list)

    @property
    def open_misfits(self) -> list[Found]:
        """Those about which nothing has been found out yet."""
        return [each for each in self.misfits if each.settled is None]


@dataclass(frozen=True, slots=True)
class Silent:
    """An agency that was asked for a chronology and has no line in it, and why."""

    agency: Agency
    says: str


@dataclass(frozen=True, slots=True)
class Combined:
    """All lines in one order, what does not fit, whose they are, and who has none."""

    lines: list[Line]
    misfits: list[Found]
    sources: list[Agency]
    without: list[Silent]
    terms: Terms | None

    @property
    def open_misfits(self) -> list[Found]:
        """Those about which nothing has been found out yet."""
        return [each for each in self.misfits if each.settled is None]

    def chosen(self, *, agency: str = "", kind: str = "") -> list[Line]:
        """The lines of one agency; those with a misfit of one kind, or of ``any``."""
        return [
            line
            for line in self.lines
            if (not agency or line.source.slug == agency)
            and (not kind or any(kind in ("any", each.kind) for each in line.misfits))
        ]


def combined(review: Review) -> Combined:
    """The chronologies that agencies have sent, in one order."""
    asked = _asked(review)
    sent = [each for each in asked if each.sent_on]
    key, terms = names.key_of([review]), scope(review)
    accounts = [Account(_now(each.agency), each, list(each.lines.all())) for each in sent]
    misfits = _settled(review, found_in(accounts, terms, _now))
    by_line: dict[int, list[Found]] = {}
    for misfit in misfits:
        for pk in misfit.lines:
            by_line.setdefault(pk, []).append(misfit)
    lines = [
        _shown(account.agency, line, key, by_line.get(line.pk, []))
        for account in accounts
        for line in account.lines
    ]
    lines.sort(key=lambda each: (each.on, each.at or datetime.time.min, each.source.name, each.pk))
    sources = sorted({each.agency for each in accounts if each.lines}, key=lambda each: each.name)
    return Combined(lines, misfits, sources, _without(asked), terms)


def _asked(review: Review) -> list[InformationRequest]:
    rows = InformationRequest.objects.filter(review=review, kind=InformationKind.CHRONOLOGY)
    rows = rows.exclude(request__status="withdrawn").select_related("agency", "request")
    return list(rows.prefetch_related("lines__contact_with").order_by("agency__name"))


def _now(agency: Agency) -> Agency:
    return succession.standing_for(agency, clock.today())


def _shown(agency: Agency, line: ChronologyLine, key: names.Key, misfits: list[Found]) -> Line:
    contact = line.contact_with.name if line.contact_with else key.anonymised(line.contact_other)
    return Line(
        line.pk, line.on, line.at, agency, key.anonymised(line.who), key.anonymised(line.what),
        key.anonymised(line.done), contact, line.risk, line.get_risk_display(),
        key.anonymised(line.source_reference), misfits,
    )  # fmt: skip


def _settled(review: Review, misfits: Iterable[Found]) -> list[Found]:
    said = {
        (each.kind, each.key): each
        for each in Misfit.objects.filter(review=review).select_related("by")
    }
    return [replace(each, settled=said.get((each.kind, each.key))) for each in misfits]


def _without(asked: list[InformationRequest]) -> list[Silent]:
    """Agencies in scope with no line at all: none sent yet, or nothing held."""
    found = []
    for each in asked:
        if each.sent_on is None:
            found.append(Silent(_now(each.agency), "It has not sent its chronology yet"))
        elif not each.lines.all():
            found.append(Silent(_now(each.agency), "It says that it holds nothing"))
    return found


def misfit_of(review: Review, kind: str, key: str) -> Found | None:
    """One contradiction or gap, while the chronologies hold it."""
    found = combined(review).misfits
    return next((each for each in found if (each.kind, each.key) == (kind, key)), None)


def names_left(review: Review, found: Combined) -> list[str]:
    """The pseudonyms of those whose names are still in what would leave: there should be none."""
    texts = [misfit.settled.settled for misfit in found.misfits if misfit.settled]
    for each in found.lines:
        texts += [each.who, each.what, each.done, each.contact, each.reference]
    return names.found_in(review, *texts)
