"""What a new agenda starts with, and what changes on agendas to come when dates change."""

from typing import Any

from django.db import transaction

from core import history
from core.workflow import Wrong
from meetings import queries, standing_items
from meetings.models import AgendaTemplate, Item, ItemKind, Meeting, Status
from meetings.queries import templates
from meetings.standing_items import StandingItem
from meetings.threads import thread_of
from meetings.workflow import note, take
from meetings.workflow.ordering import number, place, place_all
from meetings.workflow.waiting import MOST_ITEMS, put_by_itself
from membership.models import AgencyKind, Group, Role, Seat
from membership.queries import known_groups


def fill(meeting: Meeting, *, by: Any) -> list[Item]:
    """Put the group's order of business on a new meeting's agenda, and what was carried to it.

    That is the group's standing template or, where it has none, the terms of reference.
    """
    group = meeting.group
    seats = _seats_by_lead(group, meeting)
    items = [_of_line(meeting, line, seats) for line in order_of_business(meeting)]
    for position, item in enumerate(items, start=1):
        item.position = position
        history.save(item, by=by)
    number(meeting)
    return [*items, *put_by_itself(meeting, by=by)]


def order_of_business(
    meeting: Meeting, template: AgendaTemplate | None = None
) -> list[StandingItem]:
    """The lines that an agenda starts with: of this template, the standing one, or the terms."""
    group = meeting.group
    template = template or group.agenda_templates.filter(standing=True).first()
    earlier = queries.meetings_of(group).filter(year=meeting.year, on__lt=meeting.on)
    first_of_year, last = not earlier.exists(), queries.last_before(group, meeting.on)
    if template is not None:
        return templates.lines_of(template, first_of_year=first_of_year, last=last)
    return standing_items.items_for(
        group, first_of_year=first_of_year, last=last,
        reporting=known_groups(group.partnership).on(meeting.on).filter(reports_to=group),
    )  # fmt: skip


@transaction.atomic
def fill_from(meeting: Meeting, template: AgendaTemplate, *, by: Any) -> list[Item]:
    """Add to a draft agenda what a template has and the agenda has not, each in its part.

    Standing items are known by their kind, others by their title. Raises ``Wrong`` where that is
    more than an agenda holds.
    """
    current = take("reorder agenda", meeting, by=by)
    there = list(current.items.all())
    kinds = {item.kind for item in there if item.kind != ItemKind.OTHER}
    titles = {item.title.casefold() for item in there}
    lines = [
        line for line in order_of_business(current, template)
        if line.kind not in kinds and line.title.casefold() not in titles
    ]  # fmt: skip
    if len(there) + len(lines) > MOST_ITEMS:
        raise Wrong(f"An agenda holds at most {MOST_ITEMS} items.")
    seats = _seats_by_lead(current.group, current)
    items = [_of_line(current, line, seats) for line in lines]
    place_all(items, current, by=by)
    if items:
        note("filled from a template the agenda of", current, current, by=by)
    return items


def _of_line(meeting: Meeting, line: StandingItem, seats: dict[str, Any]) -> Item:
    lead = seats.get(line.lead)
    return Item(
        meeting=meeting, kind=line.kind, title=line.title, marking=line.marking,
        thread=thread_of(meeting.group, line.kind),
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
