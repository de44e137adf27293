"""One body takes over from another on a day; what moves with it is said, never silent."""

import datetime
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.text import slugify

from audit import workflow as audit
from core.dates import longdate
from core.permissions import can, require
from core.workflow import Wrong
from membership.models import (
    Agency,
    Group,
    Partner,
    Partnership,
    Place,
    Post,
    Role,
    Seat,
    Signature,
)
from membership.workflow.agencies import manages_agencies
from membership.workflow.keeping import keep, locked, stop
from membership.workflow.seats import keep_an_officer


@dataclass(frozen=True, slots=True)
class Carry:
    """What passes to the successor. What does not, ends with the body that it belonged to."""

    posts: bool = False
    places: bool = False
    seats: bool = False
    signatures: bool = False


@transaction.atomic
def succeed_agency(
    old: Agency, *, name: str, short_name: str = "", slug: str = "", on: datetime.date,
    posts: bool = False, places: bool = False, seats: bool = False, signatures: bool = False,
    by: Any, partnership: Partnership | None = None,
) -> Agency:  # fmt: skip
    """A body takes over from another on this day, and its name stays true on old records.

    The old body ends, and its place in each partnership that ``by`` keeps; the new one takes the
    place with the same statutory flag. Posts, places and seats go over where asked; a signature
    binds who signed, so it does not unless that is stated. An administrator keeps no partnership:
    it is on record in theirs, ``partnership``, and each partnership's officers let it take over.
    """
    old = locked(old)
    require(can(by, "correct or end", old))
    if old.ends_on:
        raise Wrong(f"{old} ended on {longdate(old.ends_on)}.")
    if on <= old.starts_on:
        began = longdate(old.starts_on)
        raise ValidationError({"on": f"{old} began on {began}. Its successor must come later."})
    new = Agency(
        name=name, short_name=short_name or name, slug=slug or slugify(short_name or name),
        kind=old.kind, statutory_basis=old.statutory_basis, starts_on=on, succeeds=old,
    )  # fmt: skip
    keep(new, by=by)
    stop(old, on=on, by=by)
    _posts(old, new, on, carried=posts, by=by)
    carry = Carry(posts=posts, places=places, seats=seats, signatures=signatures)
    kept = manages_agencies(by)
    for each in kept:
        take_over(each, old=old, new=new, carry=carry, by=by)
    if partnership and partnership not in kept:
        audit.record(
            f"recorded {new.short_name} as the successor of", old, by=by, partnership=partnership,
            detail={"to": str(new)},
        )  # fmt: skip
    return new


@transaction.atomic
def take_over(partnership: Partnership, *, old: Agency, new: Agency, carry: Carry, by: Any) -> None:
    """Let a successor take its predecessor's place in one partnership, from the day it began."""
    require(can(by, "manage agencies", partnership))
    if new.succeeds_id != old.pk:
        raise Wrong(f"{new} does not succeed {old}.")
    on = new.starts_on
    posts = {post.title: post for post in new.posts.all()} if carry.posts else {}
    _partner(partnership, old, new, on, by=by)
    groups = Group.objects.visible_to(by).of(partnership)
    moved = {
        "places": _places(groups, old, new, on, posts, carried=carry.places, by=by),
        "seats": _seats(groups, old, new, on, posts, carried=carry.seats, by=by),
        "signatures": _signatures(partnership, old, new, on, carried=carry.signatures, by=by),
    }
    audit.record(
        f"recorded {new.short_name} as the successor of", old, by=by, partnership=partnership,
        detail={"to": str(new), "carried over": moved},
    )  # fmt: skip


def _posts(old: Agency, new: Agency, on: datetime.date, *, carried: bool, by: Any) -> None:
    for post in Post.objects.not_over(on).filter(agency=old):
        stop(post, on=max(on, post.starts_on), by=by)
        if carried:
            keep(Post(agency=new, title=post.title, starts_on=on), by=by)


def _partner(
    partnership: Partnership, old: Agency, new: Agency, on: datetime.date, *, by: Any
) -> None:
    for place in Partner.objects.of(partnership).not_over(on).filter(agency=old):
        stop(place, on=max(on, place.starts_on), by=by)
        successor = Partner(
            partnership=partnership, agency=new, statutory=place.statutory, starts_on=on,
            ends_on=None, joined_because=f"Took over from {old}", liaison=place.liaison,
        )  # fmt: skip
        keep(successor, by=by)


def _places(
    groups: Any, old: Agency, new: Agency, on: datetime.date, posts: dict[str, Post], *,
    carried: bool, by: Any,
) -> int:  # fmt: skip
    theirs = Place.objects.not_over(on).filter(group__in=groups, agency=old)
    for place in theirs.select_related("post"):
        start, until = max(on, place.starts_on), place.ends_on
        stop(place, on=start, by=by)
        if carried:
            post = posts.get(place.post.title) if place.post else None
            moved = Place(group=place.group, agency=new, post=post, starts_on=start, ends_on=until)
            keep(moved, by=by)
    return len(theirs) if carried else 0


def _seats(
    groups: Any, old: Agency, new: Agency, on: datetime.date, posts: dict[str, Post], *,
    carried: bool, by: Any,
) -> int:  # fmt: skip
    """Old seats end first, so that a chair's successor seat never meets its own past."""
    theirs = Seat.objects.not_over(on).filter(group__in=groups, agency=old)
    ended = []
    for seat in theirs.select_related("post", "group", "person").order_by("starts_on"):
        ended.append((seat, seat.ends_on))
        stop(seat, on=max(on, seat.starts_on), by=by)
    heirs: dict[Any, Seat] = {}
    members_first = sorted(ended, key=lambda pair: pair[0].substitute_for_id is not None)
    for seat, until in members_first if carried else ():
        heirs[seat.pk] = keep(
            Seat(
                person=seat.person, group=seat.group, role=seat.role, agency=new,
                post=posts.get(seat.post.title) if seat.post else None,
                substitute_for=heirs.get(seat.substitute_for_id),
                starts_on=max(on, seat.starts_on), ends_on=until, created_by=by,
            ),
            by=by,
        )  # fmt: skip
    for seat, until in ended:
        if seat.role == Role.OFFICER:
            keep_an_officer(locked(seat.group), start=on, end=until)
    return len(heirs)


def _signatures(
    partnership: Partnership, old: Agency, new: Agency, on: datetime.date, *, carried: bool, by: Any
) -> int:
    theirs = Signature.objects.of(partnership).not_over(on).filter(agency=old)
    for signature in theirs:
        start, until = max(on, signature.starts_on), signature.ends_on
        signature.end_reason = f"Succeeded by {new}"[:200]
        stop(signature, on=start, by=by)
        if carried:
            heir = Signature(
                agreement=signature.agreement, agency=new, starts_on=start, ends_on=until,
                signed_by_name=signature.signed_by_name, signed_by_post=signature.signed_by_post,
            )  # fmt: skip
            keep(heir, by=by)
    return len(theirs) if carried else 0
