"""Bodies, the posts in them, and their places in a partnership."""

import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.text import slugify

from audit import workflow as audit
from core.dates import longdate
from core.permissions import can, denied, require
from core.workflow import Wrong
from membership import standing
from membership.models import Agency, Partner, Partnership, Place, Post, Seat
from membership.workflow.fitting import TABLES
from membership.workflow.keeping import keep, locked, stop, unchanged


def manages_agencies(by: Any) -> list[Partnership]:
    """The partnerships whose agencies this person keeps. Bodies themselves belong to no one."""
    theirs = {seat.group.partnership_id: seat.group.partnership for seat in standing.seats(by)}
    return [each for each in theirs.values() if can(by, "manage agencies", each)]


@transaction.atomic
def add_agency(
    *, name: str, short_name: str = "", slug: str = "", kind: str, starts_on: datetime.date,
    statutory_basis: str = "", ends_on: datetime.date | None = None, by: Any,
    partnership: Partnership | None = None,
) -> Agency:  # fmt: skip
    """Record a body; it becomes a partner by ``add_partner``."""
    where = [partnership] if partnership else manages_agencies(by)
    if not where:
        require(denied("Only officers of a partnership can add agencies."))
    require(can(by, "manage agencies", where[0]))
    agency = Agency(
        name=name, short_name=short_name or name, slug=slug or slugify(short_name or name),
        kind=kind, statutory_basis=statutory_basis, starts_on=starts_on, ends_on=ends_on,
    )  # fmt: skip
    keep(agency, by=by)
    audit.record("added the agency", agency, by=by, partnership=where[0])
    return agency


@transaction.atomic
def correct_agency(
    agency: Agency, *, name: str, short_name: str, kind: str, statutory_basis: str,
    partnership: Partnership, read: int | None = None, by: Any,
) -> Agency:  # fmt: skip
    """Mend what was entered wrongly. A new name from a date is a succession instead."""
    agency = locked(agency)
    require(can(by, "correct or end", agency))
    unchanged(agency, read)
    agency.name, agency.short_name = name, short_name
    agency.kind, agency.statutory_basis = kind, statutory_basis
    keep(agency, by=by)
    audit.record("corrected the entry of", agency, by=by, partnership=partnership)
    return agency


@transaction.atomic
def add_post(
    agency: Agency, *, title: str, starts_on: datetime.date, by: Any,
    partnership: Partnership | None = None,
) -> Post:  # fmt: skip
    """Record a post within an agency, which outlives whoever holds it."""
    require(can(by, "change", agency))
    if starts_on < agency.starts_on:
        raise ValidationError({"starts_on": f"{agency} began on {longdate(agency.starts_on)}."})
    post = keep(Post(agency=agency, title=title, starts_on=starts_on), by=by)
    audit.record("added the post", post, by=by, partnership=partnership)
    return post


@transaction.atomic
def end_post(
    post: Post, *, on: datetime.date, by: Any, partnership: Partnership | None = None
) -> Post:
    """Close a post that nobody holds from that day."""
    post = locked(post)
    require(can(by, "change", post.agency))
    if post.ends_on and post.ends_on <= on:
        raise Wrong(f"This post ended on {longdate(post.ends_on)}.")
    if on < post.starts_on:
        raise ValidationError({"on": f"The post began on {longdate(post.starts_on)}."})
    if Seat.objects.not_over(on).filter(post=post).exists():
        raise Wrong("Somebody sits for this post after that day. End or move that seat first.")
    stop(post, on=on, by=by)
    audit.record("ended the post", post, by=by, partnership=partnership)
    return post


@transaction.atomic
def add_partner(
    partnership: Partnership, *, agency: Agency, statutory: bool, starts_on: datetime.date,
    because: str = "", url: str = "", by: Any,
) -> Partner:  # fmt: skip
    """Give an agency its place in the partnership, from a day.

    ``because`` says how it joined and ``url`` leads to the decision, where the board agreed it.
    """
    require(can(by, "manage agencies", partnership))
    if starts_on < agency.starts_on:
        raise ValidationError({"starts_on": f"{agency} began on {longdate(agency.starts_on)}."})
    if agency.ends_on and agency.ends_on <= starts_on:
        raise ValidationError({"agency": f"{agency} ended on {longdate(agency.ends_on)}."})
    partner = Partner(
        partnership=partnership, agency=agency, statutory=statutory, starts_on=starts_on,
        joined_because=because, joined_url=url,
    )  # fmt: skip
    keep(partner, by=by)
    audit.record("added as a partner", partner, by=by, partnership=partnership)
    return partner


@transaction.atomic
def change_partner(
    partner: Partner, *, statutory: bool, liaison: Any = None, read: int | None = None, by: Any
) -> Partner:
    """Say whether a partner is statutory, and who is its designated liaison officer."""
    partner = locked(partner)
    require(can(by, "change", partner))
    unchanged(partner, read)
    partner.statutory, partner.liaison = statutory, liaison
    keep(partner, by=by)
    audit.record("changed the partner", partner, by=by, partnership=partner.partnership)
    return partner


@transaction.atomic
def leave_partner(partner: Partner, *, on: datetime.date, by: Any) -> Partner:
    """End an agency's place, and with it its seats and places on the board and subgroups.

    A responsible authority cannot leave (Crime and Disorder Act 1998 s.5): it is succeeded.
    """
    partner = locked(partner)
    require(can(by, "change", partner))
    if partner.statutory:
        raise Wrong(
            f"{partner} is a statutory partner, so it cannot leave. "
            "If another body takes over, record that instead."
        )
    _end_place(partner, on=on, by=by)
    tables = partner.partnership.groups.filter(kind__in=TABLES)
    for seat in Seat.objects.not_over(on).filter(group__in=tables, agency=partner.agency):
        stop(seat, on=max(on, seat.starts_on), by=by)
    for place in Place.objects.not_over(on).filter(group__in=tables, agency=partner.agency):
        stop(place, on=max(on, place.starts_on), by=by)
    audit.record("ended the partnership of", partner, by=by, partnership=partner.partnership)
    return partner


def _end_place(partner: Partner, *, on: datetime.date, by: Any) -> None:
    if partner.ends_on and partner.ends_on <= on:
        raise Wrong(f"{partner} left on {longdate(partner.ends_on)}.")
    if on < partner.starts_on:
        raise ValidationError({"on": f"{partner} joined on {longdate(partner.starts_on)}."})
    stop(partner, on=on, by=by)
