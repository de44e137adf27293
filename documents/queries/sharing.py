"""The record of sharing: its lines, what narrows them, and what an officer may write in one."""

import datetime
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet

from documents.models import SharingRecord, served_by
from membership.models import Agency, Group, Partnership, SharingProtocol


@dataclass(frozen=True, slots=True)
class Choice:
    """What part of the record of sharing to show. ``form`` is once, repeat or nothing."""

    agency: Agency | None = None
    protocol: SharingProtocol | None = None
    since: datetime.date | None = None
    until: datetime.date | None = None
    form: str = ""


FORMS = {"": Q(), "once": Q(repeats=""), "repeat": ~Q(repeats="")}


def sharing(user: Any, partnership: Partnership, choice: Choice) -> QuerySet[SharingRecord]:
    """The lines that this officer keeps, newest first."""
    lines = SharingRecord.objects.visible_to(user).of(partnership).filter(FORMS[choice.form])
    if choice.agency:
        lines = lines.filter(Q(shared_by=choice.agency) | Q(shared_with=choice.agency))
    if choice.protocol:
        lines = lines.filter(protocol=choice.protocol)
    if choice.since:
        lines = lines.filter(on__gte=choice.since)
    if choice.until:
        lines = lines.filter(on__lte=choice.until)
    return lines.select_related(
        "group", "shared_by", "shared_with", "protocol", "document", "created_by", "opening"
    )


def sharing_counts(user: Any, partnership: Partnership, choice: Choice) -> dict[str, int]:
    """How many lines there are of each form, by the same choice of everything else."""
    everything = Choice(choice.agency, choice.protocol, choice.since, choice.until)
    lines = sharing(user, partnership, everything).select_related(None).order_by()
    counted = lines.aggregate(once=Count("pk", filter=FORMS["once"]), all=Count("pk"))
    return {
        "": counted["all"],
        "once": counted["once"],
        "repeat": counted["all"] - counted["once"],
    }


def agencies_of(user: Any, partnership: Partnership) -> QuerySet[Agency]:
    """Agencies that are or were in the partnership, or with whom a line of this officer's is."""
    partners = partnership.partners.values("agency")
    lines = SharingRecord.objects.visible_to(user).of(partnership).order_by()
    shared = lines.values("shared_with")
    return Agency.objects.filter(Q(pk__in=partners) | Q(pk__in=shared))


def groups_served(user: Any, partnership: Partnership) -> QuerySet[Group]:
    """The groups whose record this officer keeps."""
    return Group.objects.of(partnership).filter(pk__in=served_by(user))


def protocols_served(user: Any, partnership: Partnership) -> QuerySet[SharingProtocol]:
    """Protocols, also ended ones, of the groups that this officer serves."""
    return SharingProtocol.objects.filter(group__in=groups_served(user, partnership))
