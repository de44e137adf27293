"""People take seats, keep them for longer, change them and leave them."""

import datetime
import uuid
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts import workflow as accounts
from audit import workflow as audit
from core import clock
from core.dates import longdate
from core.permissions import can, denied, require
from core.workflow import Wrong
from membership import standing
from membership.models import Agency, Group, GroupKind, Partnership, Post, Role, Seat
from membership.queries import day_without_officer, of_one_case
from membership.workflow.fitting import fit
from membership.workflow.keeping import keep, locked, stop, unchanged
from membership.workflow.panels import seats_that_follow


@transaction.atomic
def seat(
    group: Group, *, person: Any, agency: Agency, role: str = Role.MEMBER, post: Post | None = None,
    starts_on: datetime.date, ends_on: datetime.date | None = None,
    substitute_for: Seat | None = None, by: Any,
) -> Seat:  # fmt: skip
    """Give a person a seat on a group, for an agency, from a day; their access follows from it.

    ``ends_on`` is the first day without it. ``by`` may be nobody for the first officer of a
    secretariat only. Raises ``ValidationError`` by field for whatever does not fit.
    """
    group = locked(group)
    if by is not None:
        require(can(by, "manage seats", group))
    elif not _is_first_officer(group, role):
        require(denied("Only the first officer of a secretariat is seated by nobody."))
    new = Seat(
        person=person, group=group, role=role, agency=agency, post=post, starts_on=starts_on,
        ends_on=ends_on, substitute_for=substitute_for, created_by=by or person,
    )  # fmt: skip
    return _given(new, by=by, runs=standing.groups(by) if by is not None else set())


@transaction.atomic
def invite(
    group: Group, *, email: str, name: str, telephone: str = "", by: Any, **where: Any
) -> tuple[Seat, bool]:
    """Ask somebody in and give them their seat; whether the account is new as well.

    An address that is known already gets the seat under the name it has.
    """
    require(can(by, "manage seats", group))
    person, created = accounts.invite(email=email, name=name, telephone=telephone, by=by)
    return seat(group, person=person, by=by, **where), created


@transaction.atomic
def end_seat(held: Seat, *, on: datetime.date, by: Any) -> Seat:
    """End a seat, and with it its access and its substitutes' seats, from that day.

    The secretariat always keeps an officer, and so does a case: the last one cannot be removed, nor
    leave. Who leaves the secretariat leaves their cases all the same.
    """
    group = locked(held.group)
    held = locked(held)
    require(can(by, "end", held))
    before = held.ends_on
    _end(held, on=on, by=by)
    for following in [*held.substitutes.not_over(on), *seats_that_follow(held, on)]:
        stop(following, on=max(on, following.starts_on), by=by)
    keep_an_officer(group, start=on, end=before)
    _note("ended the seat of", held, by=by)
    return held


@transaction.atomic
def renew_seat(
    held: Seat, *, ends_on: datetime.date | None, read: int | None = None, by: Any
) -> Seat:
    """Let a seat, and what rests on it, run until another day; with no day, until it is ended."""
    group = locked(held.group)
    held = locked(held)
    require(can(by, "change", held))
    unchanged(held, read)
    before = held.ends_on
    if before and before <= clock.today():
        raise Wrong(f"This seat ended on {longdate(before)}. Give the person a new seat instead.")
    if ends_on and ends_on <= max(held.starts_on, clock.today()):
        raise ValidationError({"ends_on": "The new end must be in the future."})
    held.ends_on, held.ended_at, held.ended_by = ends_on, None, None
    keep(held, by=by)
    for following in seats_that_follow(held, clock.today()):
        _follow(following, before=before, ends_on=ends_on, by=by)
    if ends_on:
        keep_an_officer(group, start=ends_on, end=before)
    _note("set a new term for", held, by=by)
    return held


@transaction.atomic
def move_seat(
    held: Seat, *, group: Group | None = None, role: str | None = None,
    agency: Agency | None = None, post: Post | None = None, on: datetime.date,
    ends_on: datetime.date | None = None, by: Any,
) -> Seat:  # fmt: skip
    """End one seat and begin another the same day: who was what, when, stays true.

    What is not named stays as it was, but for a post, which belongs to its agency. Substitutes
    stay with somebody who sits on the same group for the same agency; else their seats end too.
    """
    own, group = _both(held.group, group or held.group)
    held = locked(held)
    require(can(by, "end", held))
    require(can(by, "manage seats", group))
    before, runs = held.ends_on, standing.groups(by)
    _end(held, on=on, by=by)
    if post is None and agency in (None, held.agency):
        post = held.post
    new = Seat(
        person=held.person, group=group, agency=agency or held.agency, role=role or held.role,
        post=post, starts_on=on, ends_on=ends_on, created_by=by,
    )  # fmt: skip
    _given(new, by=by, runs=runs)
    stays = (new.group_id, new.agency_id) == (held.group_id, held.agency_id)
    for substitute in held.substitutes.not_over(on):
        if stays:
            substitute.substitute_for = new
            keep(substitute, by=by)
        else:
            stop(substitute, on=max(on, substitute.starts_on), by=by)
    if not stays or new.role != held.role:
        for following in seats_that_follow(held, on):
            stop(following, on=max(on, following.starts_on), by=by)
    keep_an_officer(own, start=on, end=before)
    return new


@transaction.atomic
def close_account(person: Any, *, partnership: Partnership, by: Any) -> None:
    """Stop a person from signing in at all. What they did keeps their name."""
    today = clock.today()
    if person.pk == by.pk:
        raise Wrong("You cannot close your own account. Ask another officer.")
    for held in _all_theirs(person, partnership, by):
        if held.role == Role.OFFICER:
            start = max(today, held.starts_on)
            keep_an_officer(locked(held.group), start=start, end=held.ends_on, but=person)
    accounts.deactivate(person, by=by)
    audit.record("closed the account of", person, by=by, partnership=partnership)


@transaction.atomic
def open_account(person: Any, *, partnership: Partnership, by: Any) -> None:
    """Let a person sign in again, to the seats that they still hold."""
    _all_theirs(person, partnership, by)
    accounts.reactivate(person, by=by)
    audit.record("opened again the account of", person, by=by, partnership=partnership)


@transaction.atomic
def correct_invitation(person: Any, *, email: str, partnership: Partnership, by: Any) -> Any:
    """Send an invitation that nobody has accepted to another address.

    Who has a password changes their own address: nobody can take an account over by changing it.
    """
    _all_theirs(person, partnership, by)
    if person.has_usable_password():
        raise Wrong(f"{person} has accepted the invitation and changes their own address.")
    changed = accounts.change_email(person, email=email, by=by)
    audit.record("sent again the invitation of", person, by=by, partnership=partnership)
    return changed


def keep_an_officer(
    group: Group, *, start: datetime.date, end: datetime.date | None, but: Any = None
) -> None:
    """Raise ``Wrong`` where a group that needs one would be without an officer within these days.

    The secretariat does, and the panel of a single case, which nobody else can open.
    """
    if group.kind != GroupKind.SECRETARIAT and not of_one_case(group):
        return
    day = day_without_officer(group, start, end, but=but)
    if day is not None:
        raise Wrong(
            f"{group} would have no officer from {longdate(day)}. "
            "Give somebody else an officer’s seat first."
        )


def _all_theirs(person: Any, partnership: Partnership, by: Any) -> list[Seat]:
    """Every seat of the person now or later, where ``by`` may manage people in all of them."""
    require(can(by, "manage people", partnership))
    seats = Seat.objects.not_over(clock.today()).filter(person=person)
    theirs = list(seats.select_related("group__partnership"))
    for held in theirs:
        if not can(by, "manage people", held.group.partnership):
            raise Wrong(f"{person} also sits in another partnership. End their seats here instead.")
    return theirs


def _both(own: Group, other: Group) -> tuple[Group, Group]:
    """Both groups, kept from others in one order, so that two moves never wait for each other."""
    keys = {own.pk, other.pk}
    rows = Group.objects.select_for_update(of=("self",)).filter(pk__in=keys).order_by("pk")
    found = {group.pk: group for group in rows}
    return found[own.pk], found[other.pk]


def _given(new: Seat, *, by: Any, runs: set[uuid.UUID]) -> Seat:
    """Keep a new seat that fits; ``runs`` are the groups whose business ``by`` runs."""
    fit(new, by=by, runs=runs)
    keep(new, by=by or new.person)
    _note("gave a seat to", new, by=by)
    return new


def _end(held: Seat, *, on: datetime.date, by: Any) -> None:
    if held.ends_on and held.ends_on <= on:
        raise Wrong(f"This seat ends on {longdate(held.ends_on)} already.")
    if on < held.starts_on:
        began = longdate(held.starts_on)
        raise ValidationError({"on": f"The seat began on {began}, so it cannot end before then."})
    stop(held, on=on, by=by)


def _follow(
    following: Seat, *, before: datetime.date | None, ends_on: datetime.date | None, by: Any
) -> None:
    """Let a seat that rests on another end no later than it, and as it ends where it did so."""
    sooner = ends_on and (following.ends_on is None or following.ends_on > ends_on)
    if sooner or following.ends_on == before:
        following.ends_on = max(ends_on, following.starts_on) if ends_on else None
        keep(following, by=by)


def _is_first_officer(group: Group, role: str) -> bool:
    secretariat = group.kind == GroupKind.SECRETARIAT and role == Role.OFFICER
    return secretariat and not group.seats.exists()


def _note(verb: str, held: Seat, *, by: Any) -> None:
    group = held.group
    audit.record(
        verb, held, by=by or held.person, partnership=group.partnership, group=group,
        sensitive=group.kind == GroupKind.PANEL,
    )  # fmt: skip
