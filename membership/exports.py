"""The directory as files: CSV for a spreadsheet, Popolo JSON for other systems.

Popolo (https://www.popoloproject.com) is the open standard for people, organisations, posts and
memberships. Both hold what the reader sees on the page, and nothing else.
"""

import datetime
from collections.abc import Iterable, Iterator
from typing import Any

from membership.models import Agency, Group, Partnership, Post, Seat
from membership.queries import InterestEntry, known_groups, partners_on

HEADINGS = [
    "Name", "Email", "Telephone", "Group", "Role", "Substitute for", "Agency", "Statutory partner",
    "Post", "From", "Until",
]  # fmt: skip


def lines(
    partnership: Partnership, day: datetime.date, seats: Iterable[Seat]
) -> Iterator[list[Any]]:
    """A line for each seat."""
    statutory = {each.agency_id for each in partners_on(partnership, day) if each.statutory}
    for seat in seats:
        instead_of = seat.substitute_for.person if seat.substitute_for else ""
        yield [
            seat.person, seat.person.email, seat.person.telephone, seat.group,
            seat.get_role_display(), instead_of, seat.agency,
            "yes" if seat.agency_id in statutory else "no", seat.post, seat.starts_on, seat.ends_on,
        ]  # fmt: skip


INTEREST_HEADINGS = [
    "Name", "Agencies", "Interest", "Sort", "Names that recall it", "Since", "Until", "Sensitive",
]  # fmt: skip


def interest_lines(entries: Iterable[InterestEntry]) -> Iterator[list[Any]]:
    """A line for each interest of the register."""
    for entry in entries:
        each = entry.interest
        yield [
            each.person, entry.agencies, each.text, each.get_kind_display(), each.about,
            each.starts_on, each.ends_on, "yes" if each.sensitive else "no",
        ]  # fmt: skip


def popolo(
    partnership: Partnership, day: datetime.date, user: Any, seats: Iterable[Seat]
) -> dict[str, list[dict[str, Any]]]:
    """Persons, organizations, posts and memberships of that day, each named once."""
    seats = list(seats)
    partners = list(partners_on(partnership, day))
    agencies = {seat.agency_id: seat.agency for seat in seats}
    agencies |= {partner.agency_id: partner.agency for partner in partners}
    groups = {group.pk: group for group in known_groups(partnership, user).on(day)}
    whole = {
        "id": str(partnership.pk),
        "name": partnership.name,
        "classification": "community safety partnership",
    }
    posts = {seat.post_id: seat.post for seat in seats if seat.post}
    return {
        "persons": list({seat.person_id: _person(seat.person) for seat in seats}.values()),
        "organizations": [
            whole,
            *(_group(group, groups) for group in groups.values()),
            *(_agency(agency) for agency in agencies.values()),
        ],
        "posts": [_post(post) for post in posts.values()],
        "memberships": [
            *(_seat(seat) for seat in seats),
            *(_partner(partner) for partner in partners),
        ],
    }


def _person(person: Any) -> dict[str, Any]:
    contacts = [{"type": "email", "value": person.email}]
    if person.telephone:
        contacts.append({"type": "voice", "value": person.telephone})
    return {
        "id": str(person.pk),
        "name": person.name,
        "email": person.email,
        "contact_details": contacts,
    }


def _group(group: Group, known: dict[Any, Group]) -> dict[str, Any]:
    parent = group.reports_to_id if group.reports_to_id in known else group.partnership_id
    return {
        "id": str(group.pk),
        "name": group.name,
        "other_names": [{"name": group.short_name}],
        "classification": group.get_kind_display(),
        "parent_id": str(parent),
        "abstract": " ".join(group.purpose.split())[:200],
        **_lasting(group, "founding_date", "dissolution_date"),
    }


def _agency(agency: Agency) -> dict[str, Any]:
    return {
        "id": str(agency.pk),
        "name": agency.name,
        "other_names": [{"name": agency.short_name}],
        "classification": agency.get_kind_display(),
        **_lasting(agency, "founding_date", "dissolution_date"),
    }


def _post(post: Post) -> dict[str, Any]:
    return {
        "id": str(post.pk),
        "label": post.title,
        "organization_id": str(post.agency_id),
        **_lasting(post, "start_date", "end_date"),
    }


def _seat(seat: Seat) -> dict[str, Any]:
    role = "Substitute" if seat.substitute_for_id else seat.get_role_display()
    return {
        "id": str(seat.pk),
        "role": role,
        "person_id": str(seat.person_id),
        "organization_id": str(seat.group_id),
        "on_behalf_of_id": str(seat.agency_id),
        "post_id": str(seat.post_id) if seat.post_id else None,
        **_lasting(seat, "start_date", "end_date"),
    }


def _partner(partner: Any) -> dict[str, Any]:
    return {
        "id": str(partner.pk),
        "role": "Statutory partner" if partner.statutory else "Partner",
        "member": {"@type": "Organization", "id": str(partner.agency_id)},
        "organization_id": str(partner.partnership_id),
        **_lasting(partner, "start_date", "end_date"),
    }


def _lasting(record: Any, start: str, end: str) -> dict[str, str | None]:
    """Popolo's end is the last day, ours the first day without it."""
    last = record.ends_on - datetime.timedelta(days=1) if record.ends_on else None
    return {start: record.starts_on.isoformat(), end: last.isoformat() if last else None}
