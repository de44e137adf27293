"""Panels of single cases: a need-to-know list that a rule forms, not a person."""

import datetime
from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.db.models import Q

from core.markings import Marking
from membership.models import Group, GroupKind, Role, Seat
from membership.workflow.groups import make_group
from membership.workflow.keeping import keep, stop


@transaction.atomic
def form_panel(
    standing_panel: Group, *, name: str, short_name: str, slug: str,
    officers: Iterable[Seat], starts_on: datetime.date, by: Any = None,
) -> Group:  # fmt: skip
    """The group of one case, whose need-to-know list is its seats, begun with these officers'.

    It reports to the standing panel and works under its protocol. Nobody need be signed in: an
    application from the public forms it. ``slug`` should tell nothing.
    """
    group = make_group(
        standing_panel.partnership, by=by, name=name, short_name=short_name, slug=slug,
        kind=GroupKind.PANEL, reports_to=standing_panel, default_marking=Marking.SENSITIVE,
        starts_on=starts_on,
    )  # fmt: skip
    for held in officers:
        take_on(group, held, starts_on=starts_on, by=by)
    return group


def take_on(panel: Group, held: Seat, *, starts_on: datetime.date, by: Any = None) -> Seat:
    """Seat an officer on the panel of a case, as long as the seat on which that rests is held."""
    seat = Seat(
        group=panel, person=held.person, agency=held.agency, role=Role.OFFICER,
        starts_on=starts_on, ends_on=held.ends_on, created_by=by or held.person,
    )  # fmt: skip
    return keep(seat, by=by or held.person)


@transaction.atomic
def dissolve_panel(group: Group, *, on: datetime.date, by: Any) -> None:
    """End the group of one case and its seats, because nothing is left to know of it."""
    for held in group.seats.not_over(on):
        stop(held, on=max(on, held.starts_on), by=by)
    if group.ends_on is None:
        stop(group, on=on, by=by)


def seats_that_follow(held: Seat, on: datetime.date) -> list[Seat]:
    """Seats on panels that a person holds only because of this one, and that end with it.

    An officer sits on a panel as an officer of the secretariat; who leaves a standing panel leaves
    the panels of its cases.
    """
    later = Seat.objects.not_over(on).filter(
        person=held.person_id, agency=held.agency_id, group__kind=GroupKind.PANEL
    )
    if held.group.kind == GroupKind.SECRETARIAT and held.role == Role.OFFICER:
        found = later.filter(group__partnership=held.group.partnership_id)
        found = found.filter(Q(role=Role.OFFICER) | Q(emergency_until__isnull=False))
    elif held.group.kind == GroupKind.BOARD:  # who chairs it may read a panel's record for an hour
        found = later.filter(group__partnership=held.group.partnership_id)
        found = found.filter(emergency_until__isnull=False)
    elif held.group.kind == GroupKind.PANEL:
        found = later.filter(group__reports_to=held.group_id)
    else:
        return []
    return list(found.select_related("group"))
