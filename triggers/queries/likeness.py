"""Cases that look alike: suggested to officers who sit on both, and to nobody else."""

import datetime
import re
from typing import Any

from django.db.models import Q, QuerySet

from core.permissions import can
from triggers.models import Application, CaseLink, Complaint, Impact, Party

NEAR = datetime.timedelta(days=28)
MOST = 5


def others(case: Application, user: Any, *, earlier: bool = False) -> QuerySet[Application]:
    """The other cases on which the person is an officer; with ``earlier``, those before this."""
    found = Application.objects.visible_to(user).of(case.partnership).submitted()
    found = found.exclude(pk=case.pk).select_related("group", "partnership")
    if earlier:
        found = found.filter(received_at__lte=case.received_at)
    keys = [each.pk for each in found if can(user, "work on", each)]
    return Application.objects.filter(pk__in=keys).order_by("-received_at")


def suggested(case: Application, user: Any) -> list[tuple[Application, str]]:
    """Cases that may be about the same trouble, with what they share; at most a few."""
    linked = CaseLink.objects.filter(Q(first=case) | Q(second=case))
    known = {key for pair in linked.values_list("first", "second") for key in pair}
    possible = [each for each in others(case, user) if each.pk not in known]
    postcodes, places = _postcodes([case, *possible]), _places([case, *possible])
    found = []
    for other in possible:
        shared = _shared(case, other, postcodes, places)
        if shared:
            found.append((other, shared))
    return found[:MOST]


def same_person(case: Application, user: Any) -> list[Application]:
    """Earlier cases in which the victim has the same name, or can be reached at the same address
    of email: whether they are the same person is for the officer to say."""
    if case.repeats_id:
        return []
    mine = Party.objects.filter(application=case)
    earlier = others(case, user, earlier=True)
    same = Q(pk__in=[])
    for who in mine:
        if who.name:
            same |= Q(name__iexact=who.name)
        if who.email:
            same |= Q(email__iexact=who.email)
    theirs = Party.objects.filter(same, application__in=earlier).values("application")
    return list(earlier.filter(pk__in=theirs)[:MOST])


def shown(case: Application, user: Any) -> dict[str, Any]:
    """What the page of a case says of others that are like it."""
    earlier = case.repeats if case.repeats_id else None
    return {
        "alike": suggested(case, user),
        "same_person": same_person(case, user),
        "earlier_known": earlier is not None and bool(can(user, "view", earlier)),
    }


def _postcodes(cases: list[Application]) -> dict[Any, set[str]]:
    found: dict[Any, set[str]] = {each.pk: set() for each in cases}
    rows = [
        *Party.objects.filter(application__in=cases).values_list("application", "postcode"),
        *Impact.objects.filter(application__in=cases).values_list("application", "postcode"),
    ]
    for key, postcode in rows:
        if plain := re.sub(r"\W", "", postcode).upper():
            found[key].add(plain)
    return found


def _places(cases: list[Application]) -> dict[Any, list[tuple[str, datetime.date | None]]]:
    found: dict[Any, list[tuple[str, datetime.date | None]]] = {each.pk: [] for each in cases}
    rows = Complaint.objects.filter(application__in=cases, removed_because="")
    for key, where, day in rows.values_list("application", "where", "happened_on"):
        found[key].append((" ".join(re.findall(r"\w+", where.lower())), day))
    return found


def _shared(
    case: Application, other: Application, postcodes: dict[Any, set[str]],
    places: dict[Any, list[tuple[str, datetime.date | None]]],
) -> str:  # fmt: skip
    if postcodes[case.pk] & postcodes[other.pk]:
        return "The same postcode"
    for where, day in places[case.pk]:
        for place, then in places[other.pk]:
            near = day and then and abs(day - then) <= NEAR
            if where and where == place and near:
                return "Trouble at the same place, within four weeks"
    days = {day for _, day in places[case.pk] if day}
    if case.ward_id and case.ward_id == other.ward_id:
        both = days & {day for _, day in places[other.pk] if day}
        if len(both) > 1:
            return "The same ward, and trouble on the same days"
    return ""
