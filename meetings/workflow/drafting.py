"""What a new agenda starts with, and what changes on agendas to come when dates change."""

from typing import Any

from core import history
from meetings import queries, standing_items
from meetings.models import Item, ItemKind, Meeting, Status
from meetings.standing_items import StandingItem
from meetings.workflow.ordering import number, place
from membership.models import AgencyKind, Group, Role, Seat
from membership.queries import known_groups


def fill(meeting: Meeting, *, by: Any) -> list[Item]:
    """Put the standing items of the terms of reference on a new meeting's agenda."""
    group = meeting.group
    seats = _seats_by_lead(group, meeting)
    earlier = queries.meetings_of(group).filter(year=meeting.year, on__lt=meeting.on)
    lines = standing_items.items_for(
        group,
        first_of_year=not earlier.exists(),
        last=queries.last_before(group, meeting.on),
        reporting=known_groups(group.partnership).on(meeting.on).filter(reports_to=group),
    )
    items = [_of_line(meeting, line, seats) for line in lines]
    for position, item in enumerate(items, start=1):
        item.position = position
        history.save(item, by=by)
    number(meeting)
    return items


def _of_line(meeting: Meeting, line: StandingItem, seats: dict[str, Any]) -> Item:
    lead = seats.get(line.lead)
    return Item(
        meeting=meeting, kind=line.kind, title=line.title, marking=line.marking,
        minutes_allowed=line.minutes, lead=lead, lead_words=line.lead_words,
        paper_expected=line.paper_expected, note=line.note,
    )  # fmt: skip


def _seats_by_lead(group: Group, meeting: Meeting) -> dict[str, Any]:
    """Who leads for each office that a standing item names, by the seats of the meeting's day."""
    seats = Seat.objects.on(meeting.on).filter(substitute_for__isnull=True)
    found: dict[str, Any] = {}
    for seat in seats.filter(group=group.administered_by or group, role=Role.OFFICER).order_by(
        "starts_on", "created_at"
    ).select_related("person"):  # fmt: skip
        found.setdefault(standing_items.OFFICER, seat.person)
    for seat in seats.filter(group=group).order_by("role", "starts_on").select_related(
        "person", "agency"
    ):  # fmt: skip
        if seat.role == Role.CHAIR:
            found[standing_items.CHAIR] = seat.person
        if seat.agency.kind == AgencyKind.POLICE:
            found.setdefault(standing_items.POLICE, seat.person)
    leading = seats.filter(group__reports_to=group).select_related("person", "group")
    order = {Role.CHAIR: 0, Role.OFFICER: 1, Role.VICE_CHAIR: 2}
    for seat in sorted(leading, key=lambda each: order.get(Role(each.role), 3)):
        found.setdefault(seat.group.slug, seat.person)
    return found


def name_minutes(group: Group, *, by: Any) -> None:
    """Let each agenda to come name the meeting whose minutes it agrees, after dates have changed.

    Titles that an officer has chosen stay; where there is no meeting before, the item goes.
    """
    lines = Item.objects.filter(
        meeting__in=queries.to_come(group), kind=ItemKind.MINUTES, title__startswith="Minutes of "
    )
    for item in lines.select_related("meeting"):
        last = queries.last_before(group, item.meeting.on)
        if last is None and item.meeting.status == Status.SCHEDULED:
            history.remove(item, by=by)
            number(item.meeting)
        elif last is not None and item.title != standing_items.minutes_title(last):
            item.title = standing_items.minutes_title(last)
            history.save(item, by=by, fields=["title"])


def review_chair_at(meeting: Meeting, *, by: Any) -> None:
    """Put the yearly review of the chair on an agenda that has to take it over, once."""
    done = meeting.group.chair_reviews.filter(year=meeting.year).exists()
    held = queries.meetings_of(meeting.group).filter(year=meeting.year, on__lt=meeting.on).exists()
    there = meeting.items.filter(kind=ItemKind.CHAIR_REVIEW).exists()
    if not meeting.group.chair_reviewed or done or held or there:
        return
    seats = _seats_by_lead(meeting.group, meeting)
    item = _of_line(meeting, standing_items.CHAIR_REVIEW, seats)
    place(item, by=by)
