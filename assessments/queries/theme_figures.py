"""The newest figures of a theme's indicators, as far as a person may read them."""

import datetime
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from core.charts import Line, LineChart, line_chart
from figures.models import Indicator
from figures.queries import indicators as figures
from membership.models import Theme

SHOWN = 8  # periods in a chart


@dataclass(frozen=True, slots=True)
class ThemeFigure:
    """An indicator of the theme with its newest figure, and a drawing of the last ones."""

    indicator: Indicator
    newest: str
    period: str
    note: str
    chart: LineChart | None = None


def figures_of(user: Any, theme: Theme, on: datetime.date) -> list[ThemeFigure]:
    """One line for each indicator of the theme; a restricted one says only that it is."""
    listed = Indicator.objects.visible_to(user).of(theme.partnership).on(on).filter(theme=theme)
    indicators = list(listed.select_related("partnership"))
    audience = figures.audience_of(user, theme.partnership)
    found = figures.many(indicators, audience=audience)
    return [_figure(each, found[each]) for each in indicators]


def restricted(shown: list[ThemeFigure]) -> list[Indicator]:
    """The restricted indicators among those whose figures are shown."""
    return [each.indicator for each in shown if each.indicator.restricted and each.period]


def _figure(indicator: Indicator, series: figures.Series) -> ThemeFigure:
    if series.withheld:
        return ThemeFigure(indicator, "–", "", "Restricted: behind the sharing gate")
    whole = series.of()
    if not whole:
        return ThemeFigure(indicator, "–", "", "Nothing has been sent in yet")
    newest = whole[-1]
    notes = ["Provisional"] if newest.provisional else []
    notes += [each.because for each in series.breaks if each.since >= whole[0].period.starts_on]
    if newest.note:
        notes.append(newest.note)
    return ThemeFigure(
        indicator, newest.words, newest.period.words, ". ".join(notes), _chart(indicator, whole)
    )


def _chart(indicator: Indicator, whole: list[figures.Figure]) -> LineChart | None:
    shown = whole[-SHOWN:]
    if len(shown) < 3:
        return None
    line = Line(indicator.name, [_number(each.value) for each in shown])
    return line_chart(
        f"theme-{indicator.slug}", title=f"{indicator.name}, the last {len(shown)} periods",
        labels=[_label(each.period) for each in shown], lines=[line], heading="Period",
    )  # fmt: skip


def _number(value: Decimal | None) -> float | None:
    """A count as a whole number, so that it is printed as one."""
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)


def _label(period: Any) -> str:
    if (period.ends_on - period.starts_on).days > 200:
        return f"{period.starts_on.year}"
    return f"{period.starts_on:%b} {period.starts_on:%y}"
