"""The figures of a dashboard, from questions that are put to the one query of counts at once.

One asks for months, types and forces, another for months and wards: each page adds up what it
shows from these, so that its numbers cannot disagree.
"""

import datetime
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from figures.queries import months
from figures.queries.chosen import Chosen
from figures.queries.comparing import (
    Basis,
    Comparison,
    Residents,
    basis,
    compared,
    rated,
    residents,
)
from figures.queries.comparing.periods import refused, season
from figures.queries.comparing.rates import VISITED
from figures.queries.comparing.series import steady
from figures.queries.counts import Asked, Count, answers

TREND = 24  # months before the end of the period that the chart goes back


@dataclass(frozen=True, slots=True)
class Row:
    """A type or a ward: its count now and before, and what may be said of the difference."""

    name: str
    code: str
    n: int
    comparison: Comparison
    per_1000: float | None = None
    visited: bool = False
    place: int = 0


@dataclass(frozen=True)
class Figures:
    """All that a dashboard shows of a choice."""

    chosen: Chosen
    by_type: list[Count]
    by_ward: list[Count]
    without_place: int
    residents: Residents

    # ---- on what it may be compared -------------------------------------------------------------

    @cached_property
    def basis(self) -> Basis:
        """Whether the period may be set against the earlier one, and of which forces."""
        now, earlier = self.chosen.selection, self.chosen.earlier
        if now.length > 12 and self.chosen.against == "year":
            return Basis(
                why_not="A period of more than twelve months overlaps with the year before"
            )
        periods = (now.first, now.last), (earlier.first, earlier.last)
        return basis(self.chosen.area.known, *periods)

    @cached_property
    def season(self) -> str:
        """That a change cannot be told from the season, where that is so."""
        if self.basis.why_not:
            return ""
        return season(self.chosen.selection, self.chosen.earlier, self.chosen.area.known)

    @cached_property
    def against(self) -> str:
        """The earlier period in words."""
        return months.period(self.chosen.earlier.first, self.chosen.earlier.last)

    def comparison(self, rows: list[Count], name: str | None = None) -> Comparison:
        """Counts of a type or ward, or of all, now and before."""
        now = self._sum(rows, self.chosen.selection.months, name, self.basis.forces)
        if self.basis.why_not:
            whole = self._sum(rows, self.chosen.selection.months, name, ())
            return refused(whole, self.basis.why_not, self.against)
        before = self._sum(rows, self.chosen.earlier.months, name, self.basis.forces)
        return compared(now, before, against=self.against, forces=self.basis.forces)

    # ---- what is shown --------------------------------------------------------------------------

    @cached_property
    def whole(self) -> Row:
        """The count of everything chosen."""
        chosen = self.chosen.type or None
        n = self._sum(self.by_type, self.chosen.selection.months, chosen, ())
        return Row(self.chosen.what, "", n, self.comparison(self.by_type, chosen))

    @cached_property
    def all_types(self) -> Row:
        """The count of all types in the area or ward chosen."""
        n = self._sum(self.by_type, self.chosen.selection.months, None, ())
        return Row("All types", "", n, self.comparison(self.by_type))

    @property
    def rate(self) -> str:
        """How many that is for every 1,000 residents, with whose count of them."""
        known = self.residents
        if self.chosen.ward:
            mine = {code: n for code, n in known.by_area.items() if code == self.chosen.ward}
            known = Residents(mine, known.source)
        return rated(self.whole.n, known, self.chosen.selection).says

    @cached_property
    def types(self) -> list[Row]:
        """Each type of the area or ward chosen, the most first."""
        return self._rows(self.by_type, {name: name for name in self._names(self.by_type)})

    @cached_property
    def wards(self) -> list[Row]:
        """Each ward, of the type chosen, the most first, with its place and its rate."""
        rows = self._rows(self.by_ward, self.chosen.area.wards)
        total, everybody = sum(row.n for row in rows), self.residents.total
        usual = 1000 * total / everybody if everybody else 0
        return [self._placed(row, at, usual) for at, row in enumerate(rows, start=1)]

    def _placed(self, row: Row, place: int, usual: float) -> Row:
        people = self.residents.by_area.get(row.code)
        rate = 1000 * row.n / people if people else None
        visited = bool(usual and rate and rate >= VISITED * usual)
        return Row(row.name, row.code, row.n, row.comparison, rate, visited, place)

    @cached_property
    def without_ward(self) -> int:
        """Crimes of areas of 2011 that lie in no single ward of today."""
        return self._sum(self.by_ward, self.chosen.selection.months, "", ())

    @cached_property
    def trend_months(self) -> list[datetime.date]:
        """The months of the chart: the period and what is held of the two years to its end."""
        selection, known = self.chosen.selection, self.chosen.area.known
        oldest = known.months[0]
        start = max(oldest, months.later(selection.last, 1 - TREND))
        return months.months(min(start, selection.first), selection.last)

    @cached_property
    def trend_forces(self) -> tuple[str, ...]:
        """Forces held in every month of the chart that is held at all."""
        shown = self.trend_months
        return steady(self.chosen.area.known.within((shown[0], shown[-1])))

    def trend(self, name: str | None = None) -> list[int | None]:
        """Monthly counts of a type, or of all; nothing for months not held or unusual."""
        odd = {month for month, _ in self.chosen.area.known.unusual}
        usable = set(self.chosen.area.known.months) - odd
        found = Counter[str]()
        for each in self.by_type:
            month, kind, force = each.key
            if name in (None, kind) and force in self.trend_forces:
                found[month] += each.n
        return [found[months.key(m)] if m in usable else None for m in self.trend_months]

    @property
    def unusual(self) -> list[str]:
        """What is unusual about months that are shown."""
        shown = set(self.trend_months)
        found = [each for each in self.chosen.area.known.unusual if each[0] in shown]
        return [f"{months.name(month)}: {why}" for month, why in found]

    @property
    def forces_note(self) -> str:
        """Which forces are counted in some months only, so are left out of comparisons."""
        return self.basis.beside

    # ---- adding up ------------------------------------------------------------------------------

    def _sum(
        self, rows: list[Count], some: Iterable[datetime.date], name: str | None,
        forces: tuple[str, ...],
    ) -> int:  # fmt: skip
        wanted = {months.key(month) for month in some}
        return sum(
            n
            for (month, each, force), n in rows
            if month in wanted and name in (None, each) and (not forces or force in forces)
        )

    def _names(self, rows: list[Count]) -> list[str]:
        return sorted({each.key[1] for each in rows})

    def _rows(self, counted: list[Count], names: dict[str, str]) -> list[Row]:
        """A row for each name, added up in one pass."""
        now, earlier = (
            {months.key(month) for month in selection.months}
            for selection in (self.chosen.selection, self.chosen.earlier)
        )
        forces = self.basis.forces
        whole, alike, before = Counter[str](), Counter[str](), Counter[str]()
        for (month, each, force), n in counted:
            if month in now:
                whole[each] += n
                alike[each] += n if force in forces else 0
            if month in earlier and force in forces:
                before[each] += n
        rows = []
        for code, name in names.items():
            if self.basis.why_not:
                comparison = refused(whole[code], self.basis.why_not, self.against)
            else:
                comparison = compared(alike[code], before[code], against=self.against)
            rows.append(Row(name, code, whole[code], comparison))
        return sorted(rows, key=lambda row: (-row.n, row.name))


def figures(chosen: Chosen) -> Figures:
    """Ask for all that a dashboard shows: its counts at once, and how many people live there."""
    selection, earlier = chosen.selection, chosen.earlier
    first = min(selection.first, earlier.first)
    back = min(first, months.later(selection.last, 1 - TREND))
    by_type, by_ward, nowhere = answers(
        Asked(selection.but(first=back, types=()), ("month", "type", "force")),
        Asked(selection.but(first=first, wards=()), ("month", "ward_code", "force")),
        Asked(selection, placed=False),
    )
    without_place = sum(each.n for each in nowhere)
    return Figures(chosen, by_type, by_ward, without_place, residents(list(chosen.area.wards)))
