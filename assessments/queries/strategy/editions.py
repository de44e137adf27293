"""Which strategy and which edition holds, and everything that stands in one."""

import datetime
from typing import Any

from django.db.models import Prefetch, QuerySet

from assessments.models import (
    Assessment,
    AssessmentStatus,
    DeliveryAction,
    Edition,
    EditionStatus,
    Measure,
    Objective,
    Priority,
    PriorityEvidence,
    Strategy,
)
from core.markings import Marking
from membership.models import Partnership

HOLDS = (EditionStatus.ADOPTED, EditionStatus.PUBLISHED)


def plan_year(on: datetime.date) -> int:
    """The year in whose April the strategy's year of this day began."""
    return on.year if on.month >= 4 else on.year - 1


def year_name(year: int) -> str:
    """A strategy's year in words: 2026/27."""
    return f"{year}/{(year + 1) % 100:02}"


def editions_of(partnership: Partnership) -> QuerySet[Edition]:
    """Every edition of every strategy, the newest first."""
    found = Edition.objects.of(partnership)
    found = found.select_related("strategy__partnership", "strategy__group", "strategy__follows")
    return found.defer("frozen").order_by("-year")


def holding(partnership: Partnership, on: datetime.date) -> Edition | None:
    """The edition that holds on a day: the newest adopted one, of a strategy then in force."""
    found = editions_of(partnership).filter(
        status__in=HOLDS, year__lte=plan_year(on), strategy__starts_on__lte=on,
        strategy__ends_on__gt=on,
    )  # fmt: skip
    return found.first()


def for_year(partnership: Partnership, year: int) -> Edition | None:
    """The edition that holds for the year that begins in April of ``year``."""
    return holding(partnership, datetime.date(year, 4, 1))


def newest_assessment(partnership: Partnership) -> Assessment | None:
    """The newest Strategic Assessment that was adopted."""
    adopted = (AssessmentStatus.ADOPTED, AssessmentStatus.PUBLISHED)
    found = Assessment.objects.of(partnership).filter(status__in=adopted)
    return found.order_by("-starts_on").first()


def before(edition: Edition) -> Edition | None:
    """The edition that this one carries on: last year's, or the last strategy's last."""
    own = editions_of(edition.partnership).filter(strategy=edition.strategy_id)
    earlier = own.filter(number__lt=edition.number).first()
    if earlier or edition.strategy.follows_id is None:
        return earlier
    return editions_of(edition.partnership).filter(strategy=edition.strategy.follows_id).first()


def priorities_of(edition: Edition) -> list[Priority]:
    """The priorities with all that stands under each, in a fixed number of queries.

    Actions that are restricted are never among them: what is read here is published.
    """
    open_ones = DeliveryAction.objects.filter(action__marking=Marking.OFFICIAL)
    delivery: Any = open_ones.select_related(
        "action__owner", "action__post", "action__partnership"
    ).prefetch_related("partners")  # fmt: skip
    measures: Any = Measure.objects.select_related("indicator__source_agency", "crime_type")
    parts: list[Any] = [Prefetch("measures", measures), Prefetch("delivery", delivery)]
    objectives: Any = Objective.objects.prefetch_related(*parts)
    evidence: Any = PriorityEvidence.objects.select_related("section__assessment", "indicator")
    found = Priority.objects.filter(edition=edition).select_related(
        "owner", "post", "theme", "descends_from__edition__strategy"
    )
    found = found.prefetch_related(
        Prefetch("objectives", objectives), Prefetch("evidence", evidence),
        "plan_priorities__plan",
    )  # fmt: skip
    priorities = list(found.order_by("number"))
    for priority in priorities:
        priority.edition = edition
        for objective in priority.objectives.all():
            objective.priority = priority
    return priorities


def strategies_of(partnership: Partnership) -> QuerySet[Strategy]:
    """Every strategy, the newest first."""
    found = Strategy.objects.of(partnership)
    return found.select_related("partnership", "group").prefetch_related("editions")


def earlier_priorities(edition: Edition) -> list[Priority]:
    """Priorities from which one of this edition may come: of earlier editions, newest first."""
    found = Priority.objects.of(edition.partnership).filter(edition__year__lt=edition.year)
    found = found.select_related("edition__strategy")
    return list(found.order_by("-edition__year", "number"))
