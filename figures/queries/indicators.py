"""What agencies observed: series and tables for a reader, and what is missing.

An audience is ``public`` (open indicators, small numbers suppressed), ``partner`` (open indicators
whole) or ``restricted`` (all of them).
"""

import datetime
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Literal

from django.db.models import QuerySet

from figures.models import Break, Indicator, KnownGap, Observation, Standing, Ward
from figures.queries import periods, suppression
from figures.queries.periods import Period
from figures.queries.suppression import WHOLE, Key, Shape
from membership import standing
from membership.models import Agency, Partnership, PartnershipArea

Audience = Literal["public", "partner", "restricted"]


def audience_of(user: Any, partnership: Partnership) -> Audience:
    """As what a person reads figures here."""
    if partnership.pk not in standing.working(user):
        return "public"
    signed = any(
        seat.signed and seat.group.partnership_id == partnership.pk for seat in standing.seats(user)
    )
    return "restricted" if signed else "partner"


def reads(indicator: Indicator, audience: str) -> bool:
    """Whether this audience reads figures of the indicator at all."""
    return audience == "restricted" or not indicator.restricted


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure, as its reader may see it: without a value where it is suppressed."""

    period: Period
    area: str
    part: str
    value: Decimal | None
    suppressed: bool
    standing: str
    note: str
    recorded_at: datetime.datetime

    @property
    def provisional(self) -> bool:
        """Not yet final."""
        return self.standing == Standing.PROVISIONAL

    @property
    def words(self) -> str:
        """1,204; 61.5; nothing but a mark where it is suppressed."""
        return "suppressed" if self.value is None else in_words(self.value)


def in_words(value: Decimal) -> str:
    """1,204 or 61.5."""
    return f"{value:,.0f}" if value == value.to_integral_value() else f"{value.normalize():,f}"


@dataclass(frozen=True, slots=True)
class Series:
    """What one reader may see of an indicator. ``withheld``: nothing, since it is restricted."""

    indicator: Indicator
    figures: tuple[Figure, ...]
    breaks: tuple[Break, ...]
    withheld: bool

    @property
    def periods(self) -> list[Period]:
        """The periods for which there is something, the oldest first."""
        return sorted({each.period for each in self.figures})

    @property
    def whole(self) -> dict[Period, Figure]:
        """The whole of each period."""
        return {each.period: each for each in self.of()}

    def of(self, area: str = "", part: str = "") -> list[Figure]:
        """The figures of one area and part, the oldest first."""
        found = [each for each in self.figures if (each.area, each.part) == (area, part)]
        return sorted(found, key=lambda each: each.period)

    def total(self) -> Decimal | None:
        """All periods together; nothing where one of them is suppressed."""
        values = [each.value for each in self.of()]
        if not values or None in values:
            return None
        return sum((value for value in values if value is not None), Decimal(0))


def current(partnership: Partnership, on: datetime.date) -> QuerySet[Indicator]:
    """The indicators in force on a day."""
    return Indicator.objects.of(partnership).on(on)


def series(
    indicator: Indicator, *, audience: str, first: datetime.date | None = None,
    last: datetime.date | None = None,
) -> Series:  # fmt: skip
    """Every figure of an indicator that this audience may see, of periods that begin in a time."""
    return many([indicator], audience=audience, first=first, last=last)[indicator]


def table(
    partnership: Partnership, indicators: Iterable[Indicator], first: datetime.date,
    last: datetime.date, *, audience: str,
) -> dict[Indicator, Series]:  # fmt: skip
    """Several of a partnership's indicators side by side, of periods that begin in a time."""
    own = [each for each in indicators if each.partnership_id == partnership.pk]
    return many(own, audience=audience, first=first, last=last)


def many(
    indicators: Sequence[Indicator], *, audience: str, first: datetime.date | None = None,
    last: datetime.date | None = None,
) -> dict[Indicator, Series]:  # fmt: skip
    """Several series in two queries. What is suppressed does not depend on the time asked for."""
    readable = [each for each in indicators if reads(each, audience)]
    kept: dict[Any, list[Observation]] = defaultdict(list)
    rows = Observation.objects.filter(indicator__in=readable)
    if audience != "public":
        rows = rows.holding()
    for row in rows.order_by("starts_on", "area_code", "breakdown", "recorded_at"):
        kept[row.indicator_id].append(row)
    breaks: dict[Any, list[Break]] = defaultdict(list)
    for each in Break.objects.filter(indicator__in=indicators):
        breaks[each.indicator_id].append(each)
    return {
        each: Series(
            each,
            tuple(
                figure
                for figure in _figures(each, kept[each.pk], audience)
                if (first is None or figure.period.starts_on >= first)
                and (last is None or figure.period.starts_on <= last)
            ),
            tuple(breaks[each.pk]),
            not reads(each, audience),
        )
        for each in indicators
    }  # fmt: skip


def _figures(indicator: Indicator, rows: list[Observation], audience: str) -> Iterable[Figure]:
    """What is noted stands beside all figures of a period, so it is hidden with any of them."""
    gone = _suppressed(indicator, rows) if audience == "public" else {}
    for row in rows:
        if row.replaced_at is not None:
            continue
        hides = (row.area_code, row.breakdown) in gone.get(row.starts_on, ())
        yield Figure(
            Period(row.starts_on, row.ends_on), row.area_code, row.breakdown,
            None if hides else row.value, hides, row.standing,
            "" if gone.get(row.starts_on) else row.note, row.recorded_at,
        )  # fmt: skip


def _suppressed(indicator: Indicator, rows: list[Observation]) -> Mapping[datetime.date, set[Key]]:
    """What is hidden of each period, from all that was ever held of it."""
    shape = Shape(
        areas=tuple(sorted({row.area_code for row in rows} - {""})),
        parts=tuple(sorted({*indicator.breakdowns, *(row.breakdown for row in rows)} - {""})),
        adds_up=indicator.adds_up,
        below=indicator.suppress_below,
    )
    by_period: dict[datetime.date, list[Observation]] = defaultdict(list)
    for row in rows:
        by_period[row.starts_on].append(row)
    return {
        start: suppression.hidden(_versions(found), shape) for start, found in by_period.items()
    }


def _versions(rows: list[Observation]) -> list[dict[Key, Decimal]]:
    """What was held after each change, the oldest first."""
    moments = sorted({row.recorded_at for row in rows})
    return [
        {
            (row.area_code, row.breakdown): row.value
            for row in rows
            if row.recorded_at <= moment and (row.replaced_at is None or row.replaced_at > moment)
        }
        for moment in moments
    ]


# ---- areas --------------------------------------------------------------------------------------


def wards(partnership: Partnership, on: datetime.date) -> dict[str, str]:
    """The wards of the partnership's area on a day: code → name."""
    districts = PartnershipArea.objects.filter(partnership=partnership).on(on)
    found = Ward.objects.filter(district__in=districts.values("gss_code")).order_by("name")
    return dict(found.values_list("code", "name"))


# ---- what is missing ----------------------------------------------------------------------------

LOOK_BACK = 2  # years
BEHIND_GATE = "Restricted: the reason is for those who have signed the sharing agreement"


@dataclass(frozen=True, slots=True)
class Gap:
    """A figure that is missing, whose it is, and what that agency says about it."""

    indicator: Indicator
    period: Period
    agency: Agency
    reason: str
    expected_on: datetime.date | None
    late_days: int

    @property
    def starts_on(self) -> datetime.date:
        """The first day of its period."""
        return self.period.starts_on


def gaps(partnership: Partnership, on: datetime.date, *, audience: str) -> list[Gap]:
    """Every figure that ought to be there by now, or that an agency says will be late.

    By itself from what is held: a gap closes when the figure comes. Those of the last two years.
    Why a restricted one is missing is told to the audience that would read the figure.
    """
    indicators = list(Indicator.objects.of(partnership).filter(starts_on__lte=on))
    held = set(
        Observation.objects.filter(indicator__in=indicators, area_code="", breakdown="")
        .holding()
        .values_list("indicator", "starts_on")
    )
    said = {
        (each.indicator_id, each.starts_on): each
        for each in KnownGap.objects.filter(indicator__in=indicators)
    }
    found = []
    since = on.replace(year=on.year - LOOK_BACK, day=1)
    for each in indicators:
        for period in periods.between(max(each.starts_on, since), on, each.frequency):
            known = said.get((each.pk, period.starts_on))
            over = each.ends_on is not None and each.ends_on < period.ends_on
            missing = (each.pk, period.starts_on) not in held and not over
            if missing and (known or (period.ends_on <= on and period.due_on < on)):
                found.append(_gap(each, period, known, on, tells=reads(each, audience)))
    return sorted(found, key=lambda gap: (-gap.late_days, gap.indicator.position, gap.starts_on))


def _gap(
    indicator: Indicator, period: Period, known: KnownGap | None, on: datetime.date, *, tells: bool
) -> Gap:
    reason = known.reason if known else ""
    return Gap(
        indicator, period, indicator.source_agency, reason if tells or not reason else BEHIND_GATE,
        known.expected_on if known else None, max((on - period.due_on).days, 0),
    )  # fmt: skip


def is_whole(figure: Figure) -> bool:
    """Whether a figure is that of the whole area and the whole indicator."""
    return (figure.area, figure.part) == WHOLE
