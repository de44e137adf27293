"""The newest months that are held of one type of crime, drawn for the page of a priority."""

from typing import Any

from assessments.editions.area import crimes_of_type, outlines
from assessments.editions.drawings import of_crime
from core import clock
from figures.queries import months
from figures.queries.counts import of_partnership
from figures.queries.held import held_ever
from membership.models import Partnership

YEAR = 12


def recent(partnership: Partnership, crime_type: str) -> dict[str, Any]:
    """The last twelve months that are held, as a line and a map; nothing where none are."""
    this = clock.today().replace(day=1)
    known = held_ever(of_partnership(partnership, months.later(this, -YEAR), this))
    held = [each for each in known.months if each >= months.later(known.months[-1], 1 - YEAR)]
    if not held:
        return {}
    crime = crimes_of_type(partnership, crime_type, [months.key(each) for each in held])
    if not crime:
        return {}
    areas = list(partnership.areas.on(clock.today()).values_list("gss_code", flat=True))
    return {**crime, "drawn": of_crime("crime", crime, outlines(areas))}
