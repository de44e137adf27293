"""When a group meets: dates set, moved and cancelled.

Dates are London's, times are what the clock on the wall shows, whatever the season.
"""

import datetime
from collections.abc import Container, Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from core import clock, history
from core.dates import clock as clock_words
from core.dates import daydate, longdate
from core.permissions import can, require
from core.workflow import Wrong
from meetings import queries
from meetings.models import Meeting
from meetings.workflow import locked, move_on, note, take, tell_members
from meetings.workflow.attendance import ask_again
from meetings.workflow.drafting import fill, name_minutes, review_chair_at
from meetings.workflow.proposing import Proposal, objections, propose_year
from membership.models import Group

__all__ = [
    "Proposal", "cancel", "move", "objections", "propose_year", "schedule",
    "schedule_year", "wrong_day", "wrong_time",
]  # fmt: skip

REASON = 300  # characters


# ---- setting dates ------------------------------------------------------------------------------


@transaction.atomic
def schedule(
    group: Group, *, on: datetime.date, starts_at: datetime.time, ends_at: datetime.time,
    venue: str, online: bool = False, meant: bool = False, by: Any,
) -> Meeting:  # fmt: skip
    """Set a meeting's date; its draft agenda starts with the standing items. The group is told.

    ``meant`` accepts a day that something speaks against. Raises ``ValidationError``.
    """
    meeting = _set(
        group, on=on, starts_at=starts_at, ends_at=ends_at, venue=venue, online=online,
        meant=meant, by=by,
    )  # fmt: skip
    _settle_order(group, by=by)
    meeting = locked(meeting)
    tell_members(
        meeting, kind="meeting-date-set", but=by,
        text=f"The {group.short_name} meets on {daydate(on)}, {clock_words(starts_at)}.",
    )  # fmt: skip
    return meeting


@transaction.atomic
def schedule_year(
    group: Group, *, days: Iterable[datetime.date], starts_at: datetime.time,
    ends_at: datetime.time, venue: str, online: bool = False,
    meant: Container[datetime.date] = (), by: Any,
) -> list[Meeting]:  # fmt: skip
    """Set several dates at once, and tell the group once. Raises ``ValidationError``.

    ``meant`` holds those of the days that are taken although something speaks against them.
    """
    meetings = [
        _set(
            group, on=on, starts_at=starts_at, ends_at=ends_at, venue=venue, online=online,
            meant=on in meant, by=by,
        )
        for on in sorted(days)
    ]  # fmt: skip
    if not meetings:
        raise ValidationError("Give at least one date")
    _settle_order(group, by=by)
    told = ", ".join(longdate(meeting.on) for meeting in meetings)
    tell_members(
        meetings[0], kind="meeting-dates-set", but=by, occurrence=str(clock.today()),
        text=f"The {group.short_name} meets on {told}."[:300],
    )  # fmt: skip
    return [locked(meeting) for meeting in meetings]


def _set(group: Group, *, on: datetime.date, meant: bool, by: Any, **place: Any) -> Meeting:
    require(can(by, "schedule meetings", group))
    _refuse(wrong_time(on, **place), wrong_day(group, on, meant=meant, by=by))
    meeting = Meeting(
        group=group, slug=_free_slug(group, on), on=on, year=queries.year_of(group, on), number=1,
        created_at=clock.now(), created_by=by, **place,
    )  # fmt: skip
    history.save(meeting, by=by)
    fill(meeting, by=by)
    note("set the date of", meeting, meeting, by=by)
    return meeting


def _refuse(wrong: dict[str, str], day: list[str]) -> None:
    found: dict[str, Any] = {**wrong, "on": day} if day else dict(wrong)
    if found:
        raise ValidationError(found)


def wrong_day(
    group: Group, on: datetime.date, *, meant: bool, by: Any, but: Meeting | None = None
) -> list[str]:
    """What is wrong with a day for a meeting. ``meant``: it is taken as it is."""
    if on < clock.today():
        return ["The date must be today or later"]
    if group.ends_on and on >= group.ends_on:
        return [f"{group.name} ends on {longdate(group.ends_on)}"]
    same_day = queries.meetings_of(group).filter(on=on)
    if but is not None:
        same_day = same_day.exclude(pk=but.pk)
    if same_day.exists():
        return [f"{group.name} already meets on {longdate(on)}"]
    return [] if meant else objections(group, on, by=by, but=but)


def wrong_time(
    on: datetime.date, *, starts_at: datetime.time, ends_at: datetime.time, venue: str, online: bool
) -> dict[str, str]:
    """What is wrong with the times and the place of a meeting, by field."""
    wrong = {}
    for name, time in (("starts_at", starts_at), ("ends_at", ends_at)):
        if clock.london(on, time).astimezone(clock.LONDON).time() != time:
            wrong[name] = (
                f"There is no {clock_words(time)} on {longdate(on)}: the clocks go forward"
            )
    if ends_at <= starts_at:
        wrong["ends_at"] = "The meeting must end after it starts"
    if not venue.strip() and not online:
        wrong["venue"] = "Enter where the meeting is, or say that people join online"
    return wrong


def _free_slug(group: Group, on: datetime.date) -> str:
    """``board-2026-12-09``, with a number behind it where a cancelled meeting has that one."""
    slug = f"{group.slug}-{on:%Y-%m-%d}"
    taken = set(Meeting.objects.filter(group=group, slug__startswith=slug).values_list("slug"))
    tries = [slug, *(f"{slug}-{number}" for number in range(2, len(taken) + 2))]
    return next(each for each in tries if (each,) not in taken)


# ---- moving and cancelling ----------------------------------------------------------------------


@transaction.atomic
def move(
    meeting: Meeting, *, on: datetime.date, starts_at: datetime.time, ends_at: datetime.time,
    venue: str, online: bool, reason: str, meant: bool = False, stamp: str = "", by: Any,
) -> Meeting:  # fmt: skip
    """Change date, time or place before the meeting is held, for a reason. The group is told.

    Its address stays, so that links already sent still lead to it, and its sequence rises, so that
    calendars follow. Raises ``ValidationError``,
    and ``Wrong`` where somebody else has moved it since ``stamp`` was read.
    """
    current = take("move date", meeting, by=by)
    if stamp and stamp != current.stamp:
        raise Wrong("Somebody else has just moved this meeting. Look at its date, then try again.")
    wrong = wrong_time(on, starts_at=starts_at, ends_at=ends_at, venue=venue, online=online)
    wrong |= _wrong_reason(reason, "the meeting is moved")
    same = on == current.on
    _refuse(wrong, [] if same else wrong_day(current.group, on, meant=meant, by=by, but=current))
    was_on = current.on
    was = {"was": f"{current.on:%Y-%m-%d} {current.starts_at:%H:%M}, {current.venue}"}
    moved = move_on(
        current, "move date", by=by, says="moved the date of", why=reason[:100], detail=was,
        on=on, starts_at=starts_at, ends_at=ends_at, venue=venue, online=online,
        year=queries.year_of(current.group, on), sequence=current.sequence + 1,
    )  # fmt: skip
    again = ""
    if on != was_on:
        ask_again(moved, by=by)
        _review_at_first(moved.group, moved.year, by=by)
        again = " Say again if you are coming."
    _settle_order(moved.group, by=by)
    tell_members(
        moved, kind="meeting-moved", occurrence=str(clock.now().timestamp()), but=by,
        text=f"The {moved.group.short_name} meeting of {longdate(was_on)} is now on "
        f"{daydate(on)}, {clock_words(starts_at)}.{again}",
    )  # fmt: skip
    return locked(moved)


@transaction.atomic
def cancel(meeting: Meeting, *, reason: str, by: Any) -> Meeting:
    """Cancel a meeting that has not been held. Its agenda and papers stay; the group is told.

    The yearly review of the chair, if it was to be at this meeting, passes to the next.
    """
    current = take("cancel", meeting, by=by)
    wrong = _wrong_reason(reason, "the meeting is cancelled")
    if wrong:
        raise ValidationError(wrong)
    cancelled = move_on(
        current, "cancel", by=by, says="cancelled", why=reason[:100],
        cancelled_at=clock.now(), cancelled_by=by, cancel_reason=reason.strip(),
        sequence=current.sequence + 1,
    )  # fmt: skip
    _settle_order(cancelled.group, by=by)
    _review_at_first(cancelled.group, cancelled.year, by=by)
    tell_members(
        cancelled, kind="meeting-cancelled", but=by,
        text=f"The {cancelled.group.short_name} meeting of {longdate(cancelled.on)} is cancelled.",
    )  # fmt: skip
    return cancelled


def _wrong_reason(reason: str, why: str) -> dict[str, str]:
    if not reason.strip():
        return {"reason": f"Enter the reason why {why}"}
    if len(reason.strip()) > REASON:
        return {"reason": f"The reason must be {REASON} characters or fewer"}
    return {}


def _review_at_first(group: Group, year: int, *, by: Any) -> None:
    first = queries.to_come(group).filter(year=year).first()
    if first is not None:
        review_chair_at(first, by=by)


def _settle_order(group: Group, *, by: Any) -> None:
    """Number what is to come after what was held, and name the minutes that each agrees.

    A meeting that has been opened keeps its number: its decisions carry it.
    """
    held: dict[int, int] = {}
    for meeting in queries.meetings_of(group):
        if meeting.opened_at:
            held[meeting.year] = max(held.get(meeting.year, 0), meeting.number)
    for meeting in queries.to_come(group).select_for_update(of=("self",)):
        held[meeting.year] = number = held.get(meeting.year, 0) + 1
        if meeting.number != number:
            meeting.number = number
            history.save(meeting, by=by, fields=["number"])
    name_minutes(group, by=by)
