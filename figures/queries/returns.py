"""What an agency’s return asks for: one row for each figure, with what is held and what is drafted.

A row is known by its key, ``indicator|area|part``; what is said of a whole indicator (how firm it
is, a note, that it is missing) stands in the draft under the indicator’s slug.
"""

import datetime
from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from django.db.models import QuerySet

from figures.models import FiguresReturn, Indicator, KnownGap, Observation, Standing
from figures.queries.indicators import wards
from figures.queries.periods import LENGTH, Period
from membership import standing
from membership.models import Agency, Partnership, Signature

MOST = Decimal(10) ** 9
WHOLE_AREA = "Whole area"


@dataclass(frozen=True, slots=True)
class Row:
    """One figure that is asked for."""

    indicator: Indicator
    area: str
    area_name: str
    part: str
    held: Decimal | None
    drafted: str

    @property
    def key(self) -> str:
        """As the draft and the files name it."""
        return f"{self.indicator.slug}|{self.area}|{self.part}"

    @property
    def label(self) -> str:
        """The whole, a part of it, or a ward."""
        return self.area_name if self.area else self.part or WHOLE_AREA


@dataclass(frozen=True, slots=True)
class Section:
    """An indicator of a return, with its rows and what the draft says of it as a whole."""

    indicator: Indicator
    rows: tuple[Row, ...]
    standing: str
    note: str
    missing: bool
    reason: str
    expected: str


def period(figures_return: FiguresReturn) -> Period:
    """The time that it is about."""
    return Period(figures_return.starts_on, figures_return.ends_on)


def asked_of(
    partnership: Partnership, agency: Agency, time: Period, *, restricted: bool = True
) -> QuerySet[Indicator]:
    """The indicators that an agency supplies for a period of this length."""
    found = Indicator.objects.of(partnership).filter(
        source_agency=agency, frequency=frequency_of(time), starts_on__lt=time.ends_on
    )
    current = found.not_over(time.ends_on - datetime.timedelta(days=1))
    return current if restricted else current.filter(marking="official")


def frequency_of(time: Period) -> str:
    """Month, quarter or year, by its length."""
    length = (time.ends_on.year - time.starts_on.year) * 12
    length += time.ends_on.month - time.starts_on.month
    return next(each for each, number in LENGTH.items() if number == length)


def gives_restricted(partnership: Partnership, agency: Agency, on: datetime.date) -> bool:
    """Whether the agency has signed: before it has, it gives no restricted figures either."""
    held = Signature.objects.filter(agency=agency, agreement__partnership=partnership)
    return held.on(on).exists()


def indicators_of(figures_return: FiguresReturn, on: datetime.date) -> list[Indicator]:
    """The indicators whose figures the return gives."""
    own = figures_return
    signed = gives_restricted(own.partnership, own.agency, on)
    return list(asked_of(own.partnership, own.agency, period(own), restricted=signed))


def waiting_for_signature(figures_return: FiguresReturn, on: datetime.date) -> int:
    """How many restricted indicators wait until the agency has signed."""
    own = figures_return
    if gives_restricted(own.partnership, own.agency, on):
        return 0
    return asked_of(own.partnership, own.agency, period(own)).exclude(marking="official").count()


def sections(
    figures_return: FiguresReturn, on: datetime.date, draft: dict[str, Any] | None = None
) -> list[Section]:
    """Everything that the return asks for, in the order of its indicators."""
    draft = figures_return.draft if draft is None else draft
    indicators = indicators_of(figures_return, on)
    names = wards(figures_return.partnership, figures_return.ends_on)
    held: dict[Any, dict[tuple[str, str], Decimal]] = defaultdict(dict)
    rows = Observation.objects.filter(
        indicator__in=indicators, starts_on=figures_return.starts_on
    ).holding()
    for each in rows:
        held[each.indicator_id][each.area_code, each.breakdown] = each.value
    return [_section(each, names, held[each.pk], draft) for each in indicators]


def _section(
    indicator: Indicator, names: dict[str, str], held: dict[tuple[str, str], Decimal],
    draft: dict[str, Any],
) -> Section:  # fmt: skip
    said = draft.get(indicator.slug, {})
    return Section(
        indicator,
        tuple(
            Row(
                indicator, area, names.get(area, ""), part, held.get((area, part)),
                draft.get(f"{indicator.slug}|{area}|{part}", {}).get("value", ""),
            )
            for area, part in keys(indicator, names)
        ),
        said.get("standing", Standing.PROVISIONAL), said.get("note", ""),
        bool(said.get("missing")), said.get("reason", ""), said.get("expected", ""),
    )  # fmt: skip


def keys(indicator: Indicator, names: dict[str, str]) -> list[tuple[str, str]]:
    """Area and part of each figure: the whole, its parts, and its wards."""
    areas = list(names) if indicator.by_ward else []
    return [("", ""), *(("", part) for part in indicator.breakdowns), *((a, "") for a in areas)]


def parse(text: str, unit: str) -> Decimal:
    """A figure as people type it: 1,204; for a share 61.5 or 61.5%.

    Raises ``ValueError`` with a sentence for whoever typed it.
    """
    typed = " ".join(text.split())
    if typed.startswith(("<", ">", "≤", "under", "less", "fewer")):
        raise ValueError("Give the number itself. Small numbers are hidden when it is published")
    share = unit == "percent"
    number = typed.removesuffix("%").strip() if share else typed
    if typed.endswith("%") and not share:
        raise ValueError(f"This is a number of {unit}, not a share")
    whole, _, rest = number.partition(".")
    groups = whole.replace(" ", ",").split(",")
    if len(groups) > 1 and all(len(each) == 3 for each in groups[1:]) and groups[0]:
        number = "".join(groups) + (f".{rest}" if rest else "")
    if not number.isascii():
        raise ValueError("Use the figures 0 to 9")
    try:
        value = Decimal(number)
    except InvalidOperation:
        raise ValueError(f"“{typed[:30]}” is not a number") from None
    if not value.is_finite():
        raise ValueError(f"“{typed[:30]}” is not a number")
    if value < 0:
        raise ValueError("It cannot be below nought")
    if share and value > 100:
        raise ValueError("A share is at most 100 percent")
    if not share and value != value.to_integral_value():
        raise ValueError(f"Give a whole number of {unit}")
    if value >= MOST:
        raise ValueError("That is more than can be")
    return value.quantize(Decimal("0.01"))


def returns_of(user: Any, partnership: Partnership) -> QuerySet[FiguresReturn]:
    """The returns that a person may know of, the newest first."""
    found = FiguresReturn.objects.visible_to(user).of(partnership)
    return found.order_by("-starts_on", "agency__name")


def said_missing(indicator: Indicator, starts_on: datetime.date) -> KnownGap | None:
    """What the agency says about a figure that it has not given."""
    return indicator.gaps.filter(starts_on=starts_on).first()


def supplies(user: Any, partnership: Partnership) -> set[Any]:
    """The agencies for which this person gives figures here."""
    return {
        seat.agency_id
        for seat in standing.seats(user)
        if seat.group.partnership_id == partnership.pk and seat.agency_id
    }
