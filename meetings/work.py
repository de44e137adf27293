"""What a person has to do for meetings, what is coming, and what waits for others."""

import datetime
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from django.urls import reverse

from core import working_days
from core.dates import count, longdate
from core.permissions import can
from core.registries import Work, work
from meetings import queries
from meetings.models import (
    BEFORE,
    Meeting,
    PublicationRequest,
    Status,
)
from meetings.queries.attending import missing_twice
from meetings.queries.going_on import going_on
from meetings.queries.interests import to_say
from membership import standing
from membership.models import GroupKind, Role

AGENDA_SOON = datetime.timedelta(days=35)  # before a meeting, when its agenda becomes work
SAY_SOON = datetime.timedelta(days=28)
COMING = datetime.timedelta(days=100)


@work
def officers_work(user: Any, on: datetime.date) -> Iterator[Work]:
    """Publish the agenda, open the meeting, finish and publish the minutes."""
    for meeting in going_on(user, on):
        if can(user, "publish agenda", meeting):
            yield from _officers_step(meeting, on)


def _officers_step(meeting: Any, on: datetime.date) -> Iterator[Work]:
    called = f"the {meeting.group.short_name} meeting of {longdate(meeting.on)}"
    if meeting.unsent and meeting.status in (Status.AGENDA_PUBLISHED, Status.HELD):
        why = "They go out together, as a supplement."
        yield _work(meeting, f"Send the late papers of {called}", "supplement", why, meeting.on)
    if meeting.status == Status.SCHEDULED and meeting.on <= on + AGENDA_SOON:
        why = f"{count(meeting.missing, 'paper')} still to come." if meeting.missing else ""
        due = queries.publish_by(meeting)
        yield _work(meeting, f"Publish the agenda of {called}", "publish_agenda", why, due)
    elif meeting.status == Status.AGENDA_PUBLISHED and meeting.on <= on:
        yield _work(meeting, f"Open {called}", "attendance", "Say who is there.", meeting.on)
    elif meeting.status == Status.HELD:
        due = working_days.add_working_days(meeting.on, meeting.partnership.agenda_days)
        why = meeting.return_note and "The chair has asked for changes."
        yield _work(meeting, f"Finish the minutes of {called}", "detail", why, due)
    elif meeting.status == Status.AGREED and meeting.agreed_at:
        days = meeting.partnership.publication_days
        due = working_days.add_working_days(meeting.agreed_at.date(), days)
        yield _work(meeting, f"Publish the minutes of {called}", "publish_minutes", "", due)


@work
def minutes_work(user: Any, on: datetime.date) -> Iterator[Work]:
    """Clear the minutes, read the draft, record that it was agreed; officers wait for the chair."""
    for meeting in going_on(user, on):
        if meeting.status == Status.WITH_CHAIR:
            yield from _with_chair(user, meeting)
        elif meeting.status == Status.WITH_PARTNERS:
            yield from _with_partners(user, meeting)


def _with_chair(user: Any, meeting: Any) -> Iterator[Work]:
    called = f"the {meeting.group.short_name} minutes of {longdate(meeting.on)}"
    days = meeting.partnership.clearance_days
    due = working_days.add_working_days(meeting.on, days)
    if can(user, "clear minutes", meeting):
        yield _work(meeting, f"Clear {called}", "clear", "The partners read them next.", due)
    elif can(user, "send to chair", meeting):
        what = f"The chair clears {called}"
        yield replace(_work(meeting, what, "detail", "", due), needs="others")


def _with_partners(user: Any, meeting: Any) -> Iterator[Work]:
    called = f"the {meeting.group.short_name} minutes of {longdate(meeting.on)}"
    if not can(user, "agree minutes", meeting):
        if not meeting.has_read:
            why = "Agree with each item or correct it. The next meeting is asked to agree them."
            what = f"Read {called} in draft"
            yield _work(meeting, what, "draft_minutes", why, meeting.next_on)
        return
    if meeting.waiting:
        what = f"{count(meeting.waiting, 'correction')} to answer in {called}"
        why = "The minutes cannot be agreed before."
        yield _work(meeting, what, "corrections", why, meeting.next_on)
    if meeting.agreeing and not meeting.waiting:
        yield _work(meeting, f"Record that {called} were agreed", "agree")


@work
def publications_to_approve(user: Any, on: datetime.date) -> Iterator[Work]:
    """Minutes of which somebody asked that they go out, for those who can approve it."""
    asked = PublicationRequest.objects.filter(
        answered_at__isnull=True, meeting__group__in=standing.groups(user)
    )
    for request in asked.exclude(asked_by=user.pk).select_related(
        "meeting__group__partnership", "asked_by"
    ):
        meeting = request.meeting
        if can(user, "approve publication", meeting):
            called = f"the {meeting.group.short_name} minutes of {longdate(meeting.on)}"
            yield _work(
                meeting, f"Approve that {called} are published", "approve_publication",
                f"{request.asked_by} asked for it.",
            )  # fmt: skip


@work
def say_if_coming(user: Any, on: datetime.date) -> Iterator[Work]:
    """Meetings at which the person is expected and of which they have not said if they come."""
    for meeting in going_on(user, on):
        asked = meeting.status in BEFORE and meeting.on >= on
        out = meeting.status == Status.AGENDA_PUBLISHED or meeting.on <= on + SAY_SOON
        if asked and out and meeting.expected and not meeting.said:
            yield _work(
                meeting,
                f"Say if you are coming to the {meeting.group.short_name} meeting",
                "say", f"{longdate(meeting.on)}, {meeting.venue or 'online'}.", meeting.on,
            )  # fmt: skip


@work
def interests_to_declare(user: Any, on: datetime.date) -> Iterator[Work]:
    """Items of published agendas that name something in which the person has an interest."""
    for item, name in to_say(user, on):
        meeting = item.meeting
        yield _work(
            meeting, f"Say if you withdraw from item {item.number}", "interests",
            f"The {meeting.group.short_name} agenda of {longdate(meeting.on)} names {name}, in "
            "which you have an interest.", meeting.on,
        )  # fmt: skip


@work
def coming_up(user: Any, on: datetime.date) -> Iterator[Work]:
    """The next meetings of the person's groups."""
    for meeting in going_on(user, on):
        if meeting.status in BEFORE and on <= meeting.on <= on + COMING:
            yield Work(
                meeting.partnership, f"{meeting.group.short_name} meeting",
                meeting.get_absolute_url(), meeting.venue or "Online", meeting.on, needs="nobody",
            )  # fmt: skip


@work
def missing_partners(user: Any, on: datetime.date) -> Iterator[Work]:
    """Officers ask a statutory partner that nobody spoke for at two meetings running."""
    theirs = {
        seat.group.partnership_id: seat.group.partnership
        for seat in standing.seats(user)
        if seat.role == Role.OFFICER and seat.group.kind == GroupKind.SECRETARIAT
    }
    for partnership in theirs.values():
        for each in missing_twice(partnership, on):
            first, second = each.days
            yield Work(
                partnership, f"Ask {each.agency.short_name} why nobody came to two meetings",
                reverse(
                    "meetings:attendance_record", args=[partnership.slug, each.group.slug]
                ),
                f"{each.group.short_name} meetings of {longdate(first)} and {longdate(second)}.",
                state="missing",
            )  # fmt: skip


def _work(
    meeting: Meeting, what: str, page: str, why: str = "", due: datetime.date | None = None
) -> Work:
    url = reverse(f"meetings:{page}", args=[meeting.partnership.slug, meeting.slug])
    return Work(meeting.partnership, what, url, why, due)
