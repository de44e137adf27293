"""What subgroups report to the group above them, and the steers that come back."""

import uuid
from typing import Any

from django.db.models import Q, QuerySet

from core import clock
from core.markings import Marking
from core.permissions import can
from meetings import queries
from meetings.models import BEFORE, BacklogItem, Item, ItemKind, Meeting, Origin, SubgroupReport
from meetings.standing_items import SUBGROUP_KINDS, update_of
from membership import standing
from membership.models import Group
from membership.queries import known_groups


def next_to_report_to(group: Group) -> Meeting | None:
    """The next meeting of the group that a subgroup reports to."""
    if group.reports_to is None:
        return None
    coming = queries.meetings_of(group.reports_to).filter(status__in=BEFORE)
    meetings = coming.select_related("group__partnership")
    return meetings.filter(on__gte=clock.today()).first()


def reports_of(group: Group, user: Any) -> QuerySet[SubgroupReport]:
    """A subgroup's reports that a person may know of, for the latest meeting first."""
    reports = SubgroupReport.objects.visible_to(user).of(group.partnership).filter(group=group)
    return reports.select_related("sent_by").order_by("-meeting__on")


def report_for(group: Group, meeting: Meeting) -> SubgroupReport | None:
    """The report of a subgroup to one meeting, if it has begun one."""
    reports = SubgroupReport.objects.of(group.partnership)
    return reports.filter(group=group, meeting=meeting).first()


def left_over(group: Group) -> SubgroupReport | None:
    """Words for a meeting that was cancelled before they were sent: a start for the next report."""
    unsent = group.reports.filter(sent_at__isnull=True, meeting__cancelled_at__isnull=False)
    return unsent.order_by("-created_at").first()


def report_at(item: Item) -> SubgroupReport | None:
    """The report that an item of an agenda brings, if it brings one."""
    return SubgroupReport.objects.of(item.meeting.partnership).filter(item=item).first()


def reports_at(meeting: Meeting) -> set[uuid.UUID]:
    """Keys of the items on an agenda that bring a report."""
    return set(SubgroupReport.objects.filter(item__meeting=meeting).values_list("item", flat=True))


def subgroup_of(item: Item) -> Group | None:
    """The subgroup whose update an item is, and to which a steer of that item would go."""
    report = report_at(item)
    if report is not None:
        return report.group
    reporting = known_groups(item.meeting.partnership).filter(reports_to=item.meeting.group)
    return next((group for group in reporting if _is_update(item, group)), None)


def _is_update(item: Item, group: Group) -> bool:
    kind = SUBGROUP_KINDS.get(group.slug, ItemKind.OTHER)
    if item.kind != ItemKind.OTHER or kind != ItemKind.OTHER:
        return item.kind == kind
    return item.title.casefold() == update_of(group).title.casefold()


# ---- steers -------------------------------------------------------------------------------------


def steers(user: Any, group: Group) -> QuerySet[BacklogItem]:
    """The steers given to a subgroup, newest first, that a person may read.

    Its members read them, and those of the group that gave them; restricted ones behind the gate
    of either; nobody reads those of an item from which they withdrew.
    """
    found = BacklogItem.objects.of(group.partnership).filter(group=group, origin=Origin.STEER)
    either = {group.pk, group.reports_to_id}
    if not either & standing.groups(user):
        return found.none()
    if not either & standing.cleared(user):
        found = found.filter(marking=Marking.OFFICIAL)
    barred = standing.barred(user, "items")
    found = found.exclude(carried_from__in=barred).exclude(item__in=barred)
    return found.select_related(
        "carried_from__meeting", "item__meeting__group__partnership"
    ).order_by("-created_at")


def steers_of(item: Item, user: Any) -> list[BacklogItem]:
    """The steers that were given at an item, for whoever may open it."""
    if not can(user, "open", item):
        return []
    given = BacklogItem.objects.of(item.meeting.partnership)
    found = given.filter(Q(carried_from=item) | Q(item=item), origin=Origin.STEER)
    if item.meeting.group_id not in standing.cleared(user):
        found = found.filter(marking=Marking.OFFICIAL)
    return list(found.select_related("item__meeting__group__partnership").order_by("created_at"))
