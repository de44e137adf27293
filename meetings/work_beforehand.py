"""What people have to do before a meeting: send papers, answer what was offered, report."""

import datetime
from collections import Counter
from collections.abc import Iterator
from typing import Any

from django.urls import reverse

from core.dates import count, longdate
from core.permissions import can
from core.registries import Work, work
from meetings.models import (
    BEFORE,
    Answer,
    BacklogItem,
    Item,
    Meeting,
    OfferedPaper,
    Origin,
    SubgroupReport,
)
from meetings.queries.beforehand import submit_by
from meetings.recusal import recused
from membership import standing
from membership.models import Group, Role

SOON = datetime.timedelta(days=35)  # before a meeting, when what it needs becomes work
REPORTERS = (Role.CHAIR, Role.VICE_CHAIR, Role.OFFICER)


def _called(meeting: Meeting) -> str:
    return f"{meeting.group.short_name} meeting of {longdate(meeting.on)}"


def _seated(user: Any) -> set[Any]:
    return {seat.group.partnership_id for seat in standing.seats(user)}


@work
def papers_to_send(user: Any, on: datetime.date) -> Iterator[Work]:
    """Items that the person leads, on whose agenda or not they sit, whose paper has not come.

    Not once a paper was offered for it: then it is the officers' turn.
    """
    items = Item.objects.filter(
        lead=user, paper_expected=True, papers__isnull=True, meeting__status__in=BEFORE,
        meeting__on__gte=on, meeting__on__lte=on + SOON,
        meeting__group__partnership__in=_seated(user),
    ).exclude(pk__in=recused(user)).exclude(offered__state=Answer.WAITING)  # fmt: skip
    for item in items.select_related("meeting__group__partnership").order_by("meeting__on"):
        meeting = item.meeting
        if can(user, "edit agenda", meeting):
            continue
        due = submit_by(meeting)
        of_item = [meeting.partnership.slug, meeting.slug, item.pk]
        url = reverse("meetings:paper_offer", args=of_item)
        yield Work(
            meeting.partnership, f"Paper expected by {longdate(due)} for item {item.number}",
            url, f"{_called(meeting)}. Offer it here.", due,
        )  # fmt: skip


@work
def offers_to_answer(user: Any, on: datetime.date) -> Iterator[Work]:
    """What members and leads offered, for the officers who decide on it: by meeting."""
    if not any(seat.role == Role.OFFICER for seat in standing.seats(user)):
        return
    items = BacklogItem.objects.visible_to(user).waiting().filter(origin=Origin.OFFERED)
    papers = OfferedPaper.objects.visible_to(user).waiting().filter(item__isnull=False)
    counted: dict[Meeting, Counter[str]] = {}
    for row in items.select_related("group", "meeting__group__partnership"):
        if row.meeting is not None and can(user, "edit agenda", row.meeting):
            counted.setdefault(row.meeting, Counter())["item"] += 1
    for paper in papers.select_related("item__meeting__group__partnership"):
        meeting = paper.item.meeting
        if can(user, "edit agenda", meeting):
            counted.setdefault(meeting, Counter())["paper"] += 1
    for meeting, numbers in counted.items():
        yield _answering(meeting, numbers)


def _answering(meeting: Meeting, numbers: Counter[str]) -> Work:
    words = " and ".join(count(numbers[each], each) for each in ("item", "paper") if numbers[each])
    open_to_it = meeting.status in BEFORE
    name, args = ("agenda", [meeting.slug]) if open_to_it else ("backlog", [meeting.group.slug])
    url = reverse(f"meetings:{name}", args=[meeting.partnership.slug, *args])
    return Work(
        meeting.partnership, f"{words} offered for the {_called(meeting)}", url,
        "Take them, keep them for later, or decline them.", submit_by(meeting),
    )  # fmt: skip


@work
def reports_to_send(user: Any, on: datetime.date) -> Iterator[Work]:
    """The report of a subgroup that the person chairs or serves, to the group above it."""
    theirs = {seat.group_id for seat in standing.seats(user) if seat.role in REPORTERS}
    groups = Group.objects.filter(pk__in=theirs, reports_to__isnull=False)
    by_above: dict[Any, list[Group]] = {}
    for group in groups.select_related("partnership"):
        by_above.setdefault(group.reports_to_id, []).append(group)
    if not by_above:
        return
    meetings = Meeting.objects.filter(
        group__in=by_above, status__in=BEFORE, on__gte=on, on__lte=on + SOON
    ).select_related("group__partnership")
    sent = set(
        SubgroupReport.objects.filter(meeting__in=meetings, item__isnull=False).values_list(
            "group", "meeting"
        )
    )
    for meeting in meetings.order_by("on"):
        for group in by_above[meeting.group_id]:
            if (group.pk, meeting.pk) not in sent:
                yield _reporting(group, meeting)


def _reporting(group: Group, meeting: Meeting) -> Work:
    url = reverse("meetings:reports", args=[group.partnership.slug, group.slug])
    what = f"Report of {group.short_name} to the {_called(meeting)}"
    return Work(group.partnership, what, url, "It becomes an item there.", submit_by(meeting))
