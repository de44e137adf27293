"""Which closed cases have been kept long enough, and what stands in the way of removing them."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from actions.models import OPEN as OPEN_ACTIONS
from actions.models import Action
from core.dates import longdate
from membership.models import Partnership
from triggers.models import (
    Appeal,
    AppealOutcome,
    Application,
    Erasure,
    Hold,
    Procedure,
    Recommendation,
    Stage,
)

SHUT = (Stage.CLOSED, Stage.WITHDRAWN)


@dataclass(frozen=True, slots=True)
class Due:
    """A closed case of which an officer reads its reference and its dates, and no more."""

    application: Application
    kept_until: datetime.date
    obstacles: list[str]
    approved: Erasure | None

    @property
    def may_go(self) -> bool:
        """Nothing stands in the way, and nobody has said so yet."""
        return not self.obstacles and self.approved is None


def after_years(day: datetime.date, years: int) -> datetime.date:
    """The same day so many years later; 29 February is 1 March in other years."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return datetime.date(day.year + years, 3, 1)


def years_kept(partnership: Partnership) -> int | None:
    """How many years a closed case is kept; nothing where there is no procedure."""
    kept = Procedure.objects.filter(partnership=partnership).values_list("keep_years", flat=True)
    return kept.first()


def due(partnership: Partnership, on: datetime.date) -> list[Due]:
    """Closed cases whose time is over on that day and that still hold something, oldest first."""
    years = years_kept(partnership)
    if years is None:
        return []
    earliest = after_years(on, -years)
    shut = Application.objects.filter(
        partnership=partnership, stage__in=SHUT, closed_on__lte=earliest, erased_on=None
    ).order_by("closed_on", "reference")
    cases = list(shut.select_related("partnership", "group"))
    if not cases:
        return []
    approved = {
        each.application_id: each
        for each in Erasure.objects.filter(application__in=cases).select_related("by")
    }
    in_the_way = _in_the_way(cases)
    return [
        Due(each, until, in_the_way[each.pk], approved.get(each.pk))
        for each in cases
        if each.closed_on and (until := after_years(each.closed_on, years)) <= on
    ]


def removed(partnership: Partnership) -> QuerySet[Erasure]:
    """Cases of which what they held about people was removed, the newest first."""
    done = Erasure.objects.filter(application__partnership=partnership, done_at__isnull=False)
    return done.select_related("application", "by").order_by("-done_at", "-pk")


def obstacles(application: Application, on: datetime.date) -> list[str]:
    """Why what the case holds cannot be removed on that day; nothing where it can."""
    years = years_kept(application.partnership)
    if years is None or application.closed_on is None:
        return ["The case is not closed"]
    until = after_years(application.closed_on, years)
    early = [] if until <= on else [f"It is kept until {longdate(until)}"]
    return early + _in_the_way([application])[application.pk]


def held(application: Application) -> bool:
    """Whether a legal hold keeps the case as it is."""
    return _lasting([application]).exists()


def holds_of(application: Application) -> QuerySet[Hold]:
    """Legal holds on the case, the newest first."""
    return Hold.objects.filter(application=application).select_related("by", "lifted_by")


def actions_of(application: Application) -> set[Any]:
    """Keys of the actions that came of a case's recommendations, wherever they stand."""
    found = Recommendation.objects.filter(application=application, action__isnull=False)
    return set(found.values_list("action", flat=True))


def _lasting(cases: Iterable[Application]) -> QuerySet[Hold]:
    return Hold.objects.filter(application__in=cases, lifted_at=None)


def _in_the_way(cases: list[Application]) -> dict[Any, list[str]]:
    """What forbids removing each case, but for time, in as many queries as for one."""
    found: dict[Any, list[str]] = {each.pk: [] for each in cases}
    for key in set(_lasting(cases).values_list("application", flat=True)):
        found[key].append("A legal hold keeps it")
    waiting = Appeal.objects.filter(application__in=cases, outcome=AppealOutcome.WAITING)
    for key in set(waiting.values_list("application", flat=True)):
        found[key].append("An appeal has not been decided")
    undone = Recommendation.objects.filter(application__in=cases, action__status__in=OPEN_ACTIONS)
    of_panel = Action.objects.filter(group__application__in=cases, status__in=OPEN_ACTIONS)
    for key, reference in {
        *undone.values_list("application", "action__reference"),
        *of_panel.values_list("group__application", "reference"),
    }:
        found[key].append(f"Action {reference} is not done")
    return found
