"""What the terms of reference ask of a partnership's meetings, and how that stands."""

import datetime
from collections.abc import Iterator
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Q, Subquery
from django.urls import reverse

from core import municipal, remember, working_days
from core.dates import longdate
from core.registries import Owed, duties
from meetings import queries
from meetings.models import AFTER, ChairReview, Meeting, Status
from meetings.queries.attending import boards, missing_twice
from meetings.queries.decisions import SILENT, silence
from membership.models import Group, Partnership
from membership.queries import known_groups

QUARTERLY = "Terms of reference, Governance: the CSP will meet quarterly"
CHAIR = "Terms of reference, Governance: the chair is reviewed on an annual basis"
STRATEGIC = "Terms of reference, purpose 1: to set strategic direction"
COOPERATE = "Crime and Disorder Act 1998, section 5: responsible authorities work together"
ADMINISTERED = "Terms of reference, Governance: administered by officers"
AHEAD = datetime.timedelta(days=90)  # how long before a municipal year its dates should be set
SOON = 10  # working days before an agenda is due from which on it is shown


def meetings_near(board: Group, on: datetime.date) -> list[Meeting]:
    """A board's meetings since the last quarter began or of this municipal year, and later ones.

    Most duties ask for them; remembered in a request.
    """
    first, _ = municipal.quarter(on)
    before, _ = municipal.quarter(first - working_days.DAY)
    year = municipal.municipal_year(on, board.partnership.municipal_year_starts)
    near = queries.meetings_of(board).filter(Q(on__gte=before) | Q(year__gte=year))
    found = near.select_related("group__partnership")
    return remember.once(("near", board.pk, on), lambda: list(found))


def _between_days(
    board: Group, on: datetime.date, first: datetime.date, after: datetime.date
) -> list[Meeting]:
    return [each for each in meetings_near(board, on) if first <= each.on < after]


@duties
def quarterly_meetings(partnership: Partnership, on: datetime.date) -> Iterator[Owed]:
    """A meeting of the board in each calendar quarter: this one and the one before."""
    for board in boards(partnership, on):
        first, after = municipal.quarter(on)
        before, _ = municipal.quarter(first - working_days.DAY)
        last_quarter = _between_days(board, on, before, first)
        if board.starts_on < before and not any(each.status in AFTER for each in last_quarter):
            yield Owed(
                "A board meeting in the last quarter", "overdue", QUARTERLY, _list(partnership),
                f"No meeting was held {_between(before, first)}.", first - working_days.DAY,
            )  # fmt: skip
        yield _this_quarter(board, _between_days(board, on, first, after), first, after)


def _this_quarter(
    board: Group, meetings: list[Meeting], first: datetime.date, after: datetime.date
) -> Owed:
    what = "A board meeting in this quarter"
    if any(each.status in AFTER for each in meetings):
        return Owed(what, "met", QUARTERLY, _list(board.partnership))
    if meetings:
        meeting = meetings[0]
        url = meeting.get_absolute_url()
        why = f"It is set for {longdate(meeting.on)}."
        return Owed(what, "due", QUARTERLY, url, why, meeting.on)
    return Owed(
        what, "gap", QUARTERLY, _schedule(board), f"No meeting is set {_between(first, after)}.",
        after - working_days.DAY,
    )  # fmt: skip


@duties
def next_years_dates(partnership: Partnership, on: datetime.date) -> Iterator[Owed]:
    """The dates of the next municipal year, three months before it begins; and this year's."""
    starts_in = partnership.municipal_year_starts
    for board in boards(partnership, on):
        this = municipal.municipal_year(on, starts_in)
        for year, due in (
            (this, municipal.year_start(this, starts_in)),
            (this + 1, municipal.year_start(this + 1, starts_in)),
        ):
            dated = any(each.year == year for each in meetings_near(board, on))
            if due - AHEAD > on or dated:
                continue
            yield Owed(
                f"Board dates for {municipal.year_name(year)}",
                "overdue" if due < on else "due", QUARTERLY, f"{_schedule(board)}?year={year}",
                f"No date is set in the municipal year {municipal.year_name(year)}.", due,
            )  # fmt: skip


@duties
def agendas_due(partnership: Partnership, on: datetime.date) -> Iterator[Owed]:
    """The agenda of a meeting to come, so many working days before it as the partnership set."""
    for board in boards(partnership, on):
        for meeting in meetings_near(board, on):
            due = queries.publish_by(meeting)
            to_come = meeting.status == Status.SCHEDULED and meeting.on >= on
            if not to_come or working_days.add_working_days(due, -SOON) > on:
                continue
            yield Owed(
                f"Agenda for {longdate(meeting.on)}", "overdue" if due < on else "due",
                ADMINISTERED, reverse("meetings:publish_agenda", args=_address(meeting)),
                f"It goes out {partnership.agenda_days} working days before the meeting.", due,
            )  # fmt: skip


@duties
def chair_reviews(partnership: Partnership, on: datetime.date) -> Iterator[Owed]:
    """The yearly review of chair and vice-chair, at the first meeting of the municipal year."""
    year = municipal.municipal_year(on, partnership.municipal_year_starts)
    reviewing = known_groups(partnership).on(on).filter(chair_reviewed=True)
    reviews = ChairReview.objects.filter(group=OuterRef("pk"), year=year).values("office")
    meetings = Meeting.objects.filter(group=OuterRef("pk"), year=year)
    held = meetings.exclude(status=Status.CANCELLED).order_by("on").values("on")
    groups: Any = reviewing.select_related("partnership").annotate(
        reviewed=ArraySubquery(reviews), first=Subquery(held[:1])
    )
    for group in groups:
        what = f"Review of the {group.short_name}’s chair and vice-chair for " + (
            municipal.year_name(year)
        )
        yield _review(what, group, set(group.reviewed), group.first, on)


def _review(
    what: str, group: Group, done: set[str], first: datetime.date | None, on: datetime.date
) -> Owed:
    url = _list(group.partnership)
    if len(done) == 2:
        return Owed(what, "met", CHAIR, url)
    if first is None:
        return Owed(what, "gap", CHAIR, url, "The year’s first meeting has no date yet.")
    why = f"The year’s first meeting is that of {longdate(first)}."
    if done:
        why = f"Only one of the two offices has been reviewed. {why}"
    return Owed(what, "overdue" if first < on else "due", CHAIR, url, why, first)


@duties
def strategic_decisions(partnership: Partnership, on: datetime.date) -> Iterator[Owed]:
    """Decisions that set strategic direction, of which nothing was heard for half a year."""
    found = silence(partnership, on)
    if not found.strategic:
        return
    what = "What came of every strategic decision is said at least every six months"
    url = f"{reverse('meetings:decisions', args=[partnership.slug])}?view=to-follow"
    if found.since is None:
        yield Owed(what, "met", STRATEGIC, url)
        return
    why = f"Nothing was said for six months of {', '.join(found.references)}."
    yield Owed(what, "overdue", STRATEGIC, url, why, found.since + SILENT)


@duties
def statutory_partners_there(partnership: Partnership, on: datetime.date) -> Iterator[Owed]:
    """Statutory partners that nobody spoke for at the last two meetings of the board."""
    what = "Every statutory partner is represented at the board"
    missing = missing_twice(partnership, on)
    for each in missing:
        first, second = each.days
        yield Owed(
            f"{each.agency.short_name} at the board", "gap", COOPERATE, _attendance(each.group),
            f"Nobody spoke for it on {longdate(first)} and {longdate(second)}.",
        )  # fmt: skip
    if not missing:
        for board in boards(partnership, on):
            yield Owed(what, "met", COOPERATE, _attendance(board))


def _attendance(group: Group) -> str:
    return reverse("meetings:attendance_record", args=[group.partnership.slug, group.slug])


def _between(first: datetime.date, after: datetime.date) -> str:
    return f"between {longdate(first)} and {longdate(after - working_days.DAY)}"


def _list(partnership: Partnership) -> str:
    return reverse("meetings:list", args=[partnership.slug])


def _schedule(group: Group) -> str:
    return reverse("meetings:schedule", args=[group.partnership.slug, group.slug])


def _address(meeting: Meeting) -> list[str]:
    return [meeting.group.partnership.slug, meeting.slug]
