"""Where a meeting has got to: seven steps, each with its date."""

import datetime
from typing import Any

from core import clock, dates
from core.components import Stage
from core.working_days import add_working_days
from meetings import queries
from meetings.models import Meeting, Status
from meetings.queries.detail import Page
from membership.models import GroupKind

AT = {
    Status.SCHEDULED: 1, Status.AGENDA_PUBLISHED: 2, Status.HELD: 2, Status.WITH_CHAIR: 3,
    Status.WITH_PARTNERS: 4, Status.AGREED: 6, Status.PUBLISHED: 7, Status.CANCELLED: 0,
}  # fmt: skip


def stages(page: Page) -> list[Stage]:
    """Seven steps with their dates: what is done, what is on now and by when, what is to come."""
    meeting = page.meeting
    today = clock.today()
    clears_by = add_working_days(meeting.on, meeting.partnership.clearance_days)
    agreed_on = page.following.on if page.following else None
    steps = [
        ("Date set", meeting.created_at, None),
        (_agenda_words(meeting), meeting.agenda_published_at, queries.publish_by(meeting)),
        ("Held", meeting.opened_at and meeting.on, meeting.on),
        ("Chair clears minutes", meeting.cleared_at, clears_by),
        ("Partners review", meeting.agreed_at, agreed_on),
        ("Agreed", meeting.agreed_at, agreed_on),
        (_last_words(meeting), meeting.published_at, _published_by(meeting)),
    ]
    now = AT[Status(meeting.status)]
    return [
        Stage(label, *_stage(place, now, done, due, today, meeting))
        for place, (label, done, due) in enumerate(steps)
    ]


def _agenda_words(meeting: Meeting) -> str:
    return "Agenda drafted" if meeting.status == Status.SCHEDULED else "Agenda published"


def _last_words(meeting: Meeting) -> str:
    return "Published" if meeting.group.kind == GroupKind.BOARD else "Put on record"


def _published_by(meeting: Meeting) -> datetime.date | None:
    if meeting.agreed_at is None:
        return None
    days = meeting.partnership.publication_days
    return add_working_days(dates.london_date(meeting.agreed_at), days)


def _stage(
    place: int, now: int, done: Any, due: datetime.date | None, today: datetime.date,
    meeting: Meeting,
) -> tuple[str, str]:  # fmt: skip
    """The note and the state of one step."""
    if place < now or (done and place == now == 0):
        return (dates.tabledate(done, today) if done else ""), "done"
    if place > now or meeting.status == Status.CANCELLED:
        return _planned(place, due, meeting, today), ""
    if meeting.status == Status.HELD:
        return "minutes being taken", "now"
    late = due is not None and due < today and place != 4
    return _by(place, due, today), "late" if late else "now"


def _by(place: int, due: datetime.date | None, today: datetime.date) -> str:
    if due is None:
        return "now"
    words = {1: "now, publish by ", 2: "", 4: "now, until "}.get(place, "now, by ")
    return words + dates.tabledate(due, today)


def _planned(place: int, due: datetime.date | None, meeting: Meeting, today: datetime.date) -> str:
    if place == 6 and due is None:
        return f"within {dates.count(meeting.partnership.publication_days, 'working day')}"
    if due is None:
        return "at the next meeting" if place in (4, 5) else ""
    return {3: "by ", 4: "until ", 6: "by "}.get(place, "") + dates.tabledate(due, today)
