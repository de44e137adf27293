"""The trend of tension reports, drawn."""

from collections.abc import Sequence

from assessments.queries.tensions import Week
from core.charts import Line, LineChart, line_chart


def by_week(weeks: Sequence[Week]) -> LineChart | None:
    """How many reports a week had and the highest level among them; none where there were none."""
    if not any(week.reports for week in weeks):
        return None
    labels = [str(week.monday.day) for week in weeks]
    months = [f"{week.monday:%B}" for week in weeks]
    lines = [
        Line("Reports", [week.reports for week in weeks]),
        Line("Highest level", [week.highest or None for week in weeks]),
    ]
    return line_chart(
        "tensions", title="Tension reports, the last thirteen weeks", labels=labels, groups=months,
        lines=lines, heading="Week from",
    )  # fmt: skip
