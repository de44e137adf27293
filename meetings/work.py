"""What a person has to do for meetings, what is coming, and what waits for others."""

import datetime
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.urls import reverse

from core import working_days
from core.dates import count, longdate
from core.permissions import can
from core.registries import Work, work
from meetings import queries
from meetings.models import BEFORE, Attendance, Item, Meeting, Presence, Status
from membership.models import Seat, in_force

AGENDA_SOON = datetime.timedelta(days=35)  # before a meeting, when its agenda becomes work
SAY_SOON = datetime.timedelta(days=28)
COMING = datetime.timedelta(days=100)


def going_on(user: Any) -> QuerySet[Meeting]:
    """The meetings of the person's groups that are not yet over and done with."""
    meetings = Meeting.objects.visible_to(user).select_related("group__partnership")
    done = (Status.PUBLISHED, Status.CANCELLED)
    return meetings.exclude(status__in=done).order_by("on", "starts_at")


@work
def officers_work(user: Any, on: datetime.date) -> Iterator[Work]:
    """Publish the agenda, open the meeting, finish and publish the minutes."""
    missing = Count("items", filter=Q(items__paper_expected=True, items__papers__isnull=True))
    for meeting in going_on(user).annotate(missing=missing):
        if can(user, "publish agenda", meeting):
            yield from _officers_step(meeting, on)


def _officers_step(meeting: Any, on: datetime.date) -> Iterator[Work]:
    called = f"the {meeting.group.short_name} meeting of {longdate(meeting.on)}"
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
    later = Meeting.objects.filter(group=OuterRef("group"), on__gt=OuterRef("on"))
    coming = later.exclude(status=Status.CANCELLED).filter(on__gte=on).order_by("on").values("on")
    waiting = (
        going_on(user)
        .filter(status__in=(Status.WITH_CHAIR, Status.WITH_PARTNERS))
        .annotate(agreeing=Exists(later.filter(status=Status.HELD)), next_on=Subquery(coming[:1]))
    )
    for meeting in waiting:
        if meeting.status == Status.WITH_CHAIR:
            yield from _with_chair(user, meeting)
        else:
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
        why = "The next meeting is asked to agree them."
        yield _work(meeting, f"Read {called} in draft", "draft_minutes", why, meeting.next_on)
    elif meeting.agreeing:
        yield _work(meeting, f"Record that {called} were agreed", "agree")


@work
def say_if_coming(user: Any, on: datetime.date) -> Iterator[Work]:
    """Meetings at which the person is expected and of which they have not said if they come."""
    seats = Seat.objects.filter(
        in_force(OuterRef("on")), group=OuterRef("group"), person=user,
        substitute_for__isnull=True,
    )  # fmt: skip
    said = Attendance.objects.filter(meeting=OuterRef("pk"), person=user)
    said = said.exclude(presence=Presence.EXPECTED)
    asked = going_on(user).filter(Exists(seats), ~Exists(said), status__in=BEFORE, on__gte=on)
    out = Q(status=Status.AGENDA_PUBLISHED) | Q(on__lte=on + SAY_SOON)
    for meeting in asked.filter(out):
        yield _work(
            meeting,
            f"Say if you are coming to the {meeting.group.short_name} meeting",
            "say", f"{longdate(meeting.on)}, {meeting.venue or 'online'}.", meeting.on,
        )  # fmt: skip


@work
def papers_to_send(user: Any, on: datetime.date) -> Iterator[Work]:
    """Items that the person leads and for which a paper is expected that has not come."""
    items = Item.objects.visible_to(user).filter(
        lead=user, paper_expected=True, papers__isnull=True, meeting__status__in=BEFORE,
        meeting__on__gte=on, meeting__on__lte=on + AGENDA_SOON,
    )  # fmt: skip
    for item in items.select_related("meeting__group__partnership").order_by("meeting__on"):
        meeting = item.meeting
        if can(user, "edit agenda", meeting):
            continue
        yield _work(
            meeting, f"Send the paper for item {item.number} of the agenda", "detail",
            f"{meeting.group.short_name} meeting of {longdate(meeting.on)}. Send it to the "
            "officers.", queries.publish_by(meeting),
        )  # fmt: skip


@work
def coming_up(user: Any, on: datetime.date) -> Iterator[Work]:
    """The next meetings of the person's groups."""
    for meeting in going_on(user).filter(
        status__in=BEFORE, on__gte=on, on__lte=on + COMING
    ):  # fmt: skip
        yield Work(
            meeting.partnership, f"{meeting.group.short_name} meeting",
            meeting.get_absolute_url(), meeting.venue or "Online", meeting.on, needs="nobody",
        )  # fmt: skip


def _work(
    meeting: Meeting, what: str, page: str, why: str = "", due: datetime.date | None = None
) -> Work:
    url = reverse(f"meetings:{page}", args=[meeting.partnership.slug, meeting.slug])
    return Work(meeting.partnership, what, url, why, due)
