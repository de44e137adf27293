"""Groups, and the places that they expect to be filled."""

import datetime
import uuid
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.text import slugify

from audit import workflow as audit
from core.dates import longdate
from core.markings import Marking
from core.permissions import can, require
from core.workflow import Wrong
from membership.models import Agency, Group, GroupKind, Partnership, Place, Post
from membership.queries import of_one_case
from membership.workflow.keeping import keep, locked, stop, unchanged


@transaction.atomic
def set_up_group(
    partnership: Partnership, *, name: str, short_name: str = "", slug: str = "", kind: str,
    starts_on: datetime.date, administered_by: Group | None = None,
    reports_to: Group | None = None, default_marking: str = Marking.OFFICIAL,
    chair_reviewed: bool = False, quorum: int | None = None, purpose: str = "", by: Any,
) -> Group:  # fmt: skip
    """Set up a group. ``administered_by`` is the group whose officers run its business."""
    require(can(by, "manage agencies", partnership))
    return make_group(
        partnership, by=by, name=name, short_name=short_name or name,
        slug=slug or _address(kind, short_name or name), kind=kind, starts_on=starts_on,
        administered_by=administered_by, reports_to=reports_to, default_marking=default_marking,
        chair_reviewed=chair_reviewed, quorum=quorum, purpose=purpose,
    )  # fmt: skip


def _address(kind: str, name: str) -> str:
    """Made of the name. A panel's says nothing: else who takes its name learns that it is there."""
    return uuid.uuid4().hex[:12] if kind == GroupKind.PANEL else slugify(name)


def make_group(partnership: Partnership, *, by: Any, **fields: Any) -> Group:
    """A group, without asking: for ``set_up_group`` and for a partnership's beginning."""
    for name in ("administered_by", "reports_to"):
        other = fields.get(name)
        if other is not None and other.partnership_id != partnership.pk:
            raise ValidationError({name: "Choose a group of this partnership."})
    group = keep(Group(partnership=partnership, **fields), by=by)
    audit.record(
        "set up", group, by=by, partnership=partnership, group=group,
        sensitive=group.kind == GroupKind.PANEL,
    )  # fmt: skip
    return group


@transaction.atomic
def change_group(
    group: Group, *, name: str, short_name: str, purpose: str, quorum: int | None,
    default_marking: str, read: int | None = None, by: Any,
) -> Group:  # fmt: skip
    """Change what a group is called, is for, and how its business is marked."""
    group = locked(group)
    require(can(by, "change", group))
    unchanged(group, read)
    group.name, group.short_name, group.purpose = name, short_name, purpose
    group.quorum, group.default_marking = quorum, default_marking
    keep(group, by=by)
    audit.record("changed the group", group, by=by, partnership=group.partnership, group=group)
    return group


@transaction.atomic
def end_group(group: Group, *, on: datetime.date, by: Any) -> Group:
    """End a group, and with it all its seats and places, from that day."""
    group = locked(group)
    require(can(by, "change", group))
    if group.kind == GroupKind.SECRETARIAT:
        raise Wrong("The secretariat cannot end: somebody must be able to run the partnership.")
    if of_one_case(group) or group.reporting.filter(kind=GroupKind.PANEL).exists():
        raise Wrong("Cases rest on this panel: it is the list of who may open them.")
    if group.ends_on and group.ends_on <= on:
        raise Wrong(f"{group} ended on {longdate(group.ends_on)}.")
    if on < group.starts_on:
        raise ValidationError({"on": f"{group} was set up on {longdate(group.starts_on)}."})
    stop(group, on=on, by=by)
    for held in [*group.seats.not_over(on), *group.places.not_over(on)]:
        stop(held, on=max(on, held.starts_on), by=by)
    audit.record("ended the group", group, by=by, partnership=group.partnership, group=group)
    return group


@transaction.atomic
def add_place(
    group: Group, *, agency: Agency, post: Post | None = None, starts_on: datetime.date, by: Any
) -> Place:
    """Say that a group expects somebody of an agency, or the holder of a post, at its table."""
    require(can(by, "change", group))
    if post is not None and post.agency_id != agency.pk:
        raise ValidationError({"post": f"{post} is not a post at {agency}."})
    if starts_on < group.starts_on:
        message = f"{group} was set up on {longdate(group.starts_on)}."
        raise ValidationError({"starts_on": message})
    if agency.ends_on and agency.ends_on <= starts_on:
        raise ValidationError({"agency": f"{agency} ended on {longdate(agency.ends_on)}."})
    place = keep(Place(group=group, agency=agency, post=post, starts_on=starts_on), by=by)
    _note("made a place for", place, by=by)
    return place


@transaction.atomic
def end_place(place: Place, *, on: datetime.date, by: Any) -> Place:
    """Expect nobody in this place from that day; whoever sits in it keeps the seat."""
    place = locked(place)
    require(can(by, "change", place.group))
    if place.ends_on and place.ends_on <= on:
        raise Wrong(f"This place ended on {longdate(place.ends_on)}.")
    if on < place.starts_on:
        raise ValidationError({"on": f"The place began on {longdate(place.starts_on)}."})
    stop(place, on=on, by=by)
    _note("ended the place of", place, by=by)
    return place


def _note(verb: str, place: Place, *, by: Any) -> None:
    group = place.group
    audit.record(
        verb, place, by=by, partnership=group.partnership, group=group,
        sensitive=group.kind == GroupKind.PANEL,
    )  # fmt: skip
