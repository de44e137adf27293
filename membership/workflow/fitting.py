"""Whether a seat fits: the person, the agency, the post and the dates, before it is given."""

import uuid
from typing import Any

from django.core.exceptions import ValidationError

from core.dates import longdate
from membership.models import Agency, GroupKind, Partner, Role, Seat

# Here only partners sit, from the day on which they joined.
TABLES = (GroupKind.BOARD, GroupKind.SUBGROUP)


def fit(new: Seat, *, by: Any, runs: set[uuid.UUID]) -> None:
    """Raise ``ValidationError``, by field, for all that stands in the way of this seat."""
    problems = {
        "person": _person(new, by, runs),
        "agency": _lasts(new.agency, new) or _partner(new),
        "post": _post(new),
        "starts_on": _group(new),
        "ends_on": _end(new),
        "substitute_for": _substitute(new),
    }
    wrong = {field: message for field, message in problems.items() if message}
    if wrong:
        raise ValidationError(wrong)


def _person(new: Seat, by: Any, runs: set[uuid.UUID]) -> str:
    """Nobody lets themselves into business that is not theirs to run."""
    if not new.person.is_active:
        return f"{new.person}’s account is closed. Invite them again first."
    if by is not None and new.person_id == by.pk and new.group_id not in runs:
        return "You do not run this group, so you cannot give yourself a seat on it."
    return ""


def _lasts(agency: Agency, new: Seat) -> str:
    if new.starts_on < agency.starts_on:
        return f"{agency} did not exist before {longdate(agency.starts_on)}."
    if agency.ends_on and agency.ends_on <= new.starts_on:
        return f"{agency} ended on {longdate(agency.ends_on)}."
    return ""


def _partner(new: Seat) -> str:
    """On the board and its subgroups an agency sits from the day on which it joined."""
    if new.group.kind not in TABLES:
        return ""
    places = Partner.objects.of(new.group.partnership).filter(agency=new.agency)
    if places.on(new.starts_on).exists():
        return ""
    later = places.filter(starts_on__gt=new.starts_on).order_by("starts_on").first()
    if later:
        joined = longdate(later.starts_on)
        return f"{new.agency} joins the partnership on {joined}. Its seats start then or later."
    left = places.order_by("-starts_on").first()
    if left and left.ends_on:
        return f"{new.agency} left the partnership on {longdate(left.ends_on)}."
    return f"{new.agency} is not a partner. Add it to the partnership before it takes a seat."


def _post(new: Seat) -> str:
    post = new.post
    if post is None:
        return ""
    if post.agency_id != new.agency_id:
        return f"{post} is not a post at {new.agency}."
    if new.starts_on < post.starts_on or (post.ends_on and post.ends_on <= new.starts_on):
        return f"There is no {post} at {new.agency} on that day."
    return ""


def _group(new: Seat) -> str:
    group = new.group
    if new.starts_on < group.starts_on:
        return f"{group} was set up on {longdate(group.starts_on)}. Start the seat then or later."
    if group.ends_on and group.ends_on <= new.starts_on:
        return f"{group} ended on {longdate(group.ends_on)}."
    return ""


def _end(new: Seat) -> str:
    if new.ends_on and new.ends_on <= new.starts_on:
        return "The seat must end after it starts."
    return ""


def _substitute(new: Seat) -> str:
    held = new.substitute_for
    if held is None:
        return ""
    if held.group_id != new.group_id or held.agency_id != new.agency_id:
        return "A substitute stands in for somebody of the same agency on the same group."
    if held.substitute_for_id or held.person_id == new.person_id:
        return "Choose a member of the group, not a substitute."
    if new.role != Role.MEMBER:
        return "A substitute’s role is member. The chair’s substitute is the vice-chair."
    if held.starts_on > new.starts_on or (held.ends_on and held.ends_on <= new.starts_on):
        return f"{held.person} does not hold that seat on that day."
    return ""
