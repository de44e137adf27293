"""Meetings removed for good, when the time for keeping what they were about is over."""

from collections import Counter

from django.db import transaction

from core.removal import remove
from meetings.models import (
    AgendaTemplate,
    BacklogItem,
    ChairReview,
    Meeting,
    Pack,
    SubgroupReport,
)
from membership.models import Group


@transaction.atomic
def remove_meetings_of(group: Group) -> Counter[str]:
    """Remove a group's meetings with agendas, minutes, decisions and packs; how many of each.

    Papers, the bytes of packs and actions are other rooms' to remove, after this.
    """
    meetings = Meeting.objects.filter(group=group)
    removed = remove(ChairReview, group=group)
    for key in list(meetings.values_list("pk", flat=True)):
        removed += remove(Pack, meeting=key)
    meetings.update(agreed_in=None)
    for model in (SubgroupReport, BacklogItem, AgendaTemplate, Meeting):
        removed += remove(model, group=group)
    return removed
