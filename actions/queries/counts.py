"""Every count of the register's page, in two queries whatever its length."""

import datetime
import uuid
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import BooleanField, Case, Count, F, QuerySet, Subquery, When

from actions.models import OPEN, Action, Status
from actions.queries import people
from actions.queries.register import VIEWS, my_agencies, next_date
from core import clock
from membership import succession
from membership.models import Partnership


@dataclass(slots=True)
class Tally:
    """How many of the actions that a person may see stand where.

    ``views`` counts each quick view; ``agencies``, ``groups`` and ``people`` count, in the view
    that is shown, what each choice would leave: slug or key → (name, number).
    """

    next_on: datetime.date | None = None
    views: dict[str, int] = field(default_factory=lambda: dict.fromkeys(VIEWS, 0))
    agencies: dict[str, tuple[str, int]] = field(default_factory=dict)
    groups: dict[str, tuple[str, int]] = field(default_factory=dict)
    people: dict[str, tuple[str, int]] = field(default_factory=dict)


def tally(
    user: Any, partnership: Partnership, *, view: str = "open", on: datetime.date | None = None
) -> Tally:
    """Every count of the register's page, in two queries whatever its length."""
    on = on or clock.today()
    visible = Action.objects.visible_to(user).of(partnership)
    mine = my_agencies(user, partnership, on)
    current = succession.successors(on)
    result = Tally()
    falling = []
    for line in _lines(visible, on):
        within = _views_of(line, mine)
        number = line["number"]
        result.next_on = line["next_on"] or result.next_on
        for name in within:
            result.views[name] += number
        counts = number if view in within else 0
        agency = current.get(line["owner"])
        slug, name = (agency.slug, agency.name) if agency else (
            line["owner__slug"], line["owner__name"]
        )  # fmt: skip
        _add(result.agencies, slug, name, counts)
        _add(result.groups, line["group__slug"], line["group__short_name"], counts)
        falling.append((line["owner"], line["group"], line["post__title"] or "", counts))
    result.agencies = dict(sorted(result.agencies.items(), key=lambda each: each[1][0]))
    result.groups = dict(sorted(result.groups.items(), key=lambda each: each[1][0]))
    result.people = people.add_up(people.holders(user, partnership, on), falling)
    return result


def _lines(visible: QuerySet[Action], on: datetime.date) -> Iterable[dict[str, Any]]:
    """The actions counted by owner, post, group, status, lateness and nearness."""
    flag: BooleanField[Any, Any] = BooleanField()
    return (
        visible.order_by()
        .annotate(
            next_on=Subquery(next_date(visible, on)),
            late=Case(When(first_due_on__lt=on, then=True), default=False, output_field=flag),
        )
        .annotate(
            soon=Case(When(due_on__lte=F("next_on"), then=True), default=False, output_field=flag)
        )
        .values(
            "owner", "owner__slug", "owner__name", "group", "group__slug", "group__short_name",
            "post__title", "status", "late", "soon", "next_on",
        )
        .annotate(number=Count("pk"))
    )  # fmt: skip


def _views_of(line: dict[str, Any], mine: set[uuid.UUID]) -> set[str]:
    if line["status"] not in OPEN:
        return {"closed"}
    tests = {
        "open": True,
        "late": line["late"],
        "soon": line["soon"],
        "to-confirm": line["status"] == Status.SAYS_DONE,
        "mine": line["owner"] in mine,
    }
    return {name for name, holds in tests.items() if holds}


def _add(counts: dict[str, tuple[str, int]], slug: str, name: str, number: int) -> None:
    counts[slug] = (name, counts.get(slug, (name, 0))[1] + number)
