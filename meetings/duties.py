"""What the terms of reference ask of a partnership's meetings, and how that stands."""

import datetime
from collections.abc import Iterator

from django.urls import reverse

from core import municipal, remember, working_days
from core.dates import longdate
from core.registries import Owed, duties
from meetings import queries
from meetings.models import ChairReview, Meeting, Status
from meetings.queries.attending import missing_twice
from meetings.queries.decisions import SILENT, silence
from membership.models import Group, GroupKind, Partnership
from membership.queries import known_groups

QUARTERLY = "Terms of reference, Governance: the CSP will meet quarterly"
CHAIR = "Terms of reference, Governance: the chair is reviewed on an annual basis"
STRATEGIC = "Terms of reference, purpose 1: to set strategic direction"
COOPERATE = "Crime and Disorder Act 1998, section 5: responsible authorities work together"
ADMINISTERED = "Terms of reference, Governance: administered by officers"
AHEAD = datetime.timedelta(days=90)  # how long before a municipal year its dates should be set
SOON = 10  # working days before an agenda is due from which on it is shown


def boards(partnership: Partnership, on: datetime.date) -> list[Group]:
    """The partnership's board, in force on this day; most duties ask for it."""
    groups = Group.objects.of(partnership).on(on).filter(kind=GroupKind.BOARD)
    ask = groups.select_related("partnership")
    return remember.once(("boards", partnership.pk, on), lambda: list(ask))


@duties
def quarterly_meetings(partnership: Partnership, on: datetime.date) -> Iterator[Owed]:
    """A meeting of the board in each calendar quarter: this one and the one before."""
    for board in boards(partnership, on):
        first, after = municipal.quarter(on)
        before, _ = municipal.quarter(first - working_days.DAY)
        if board.starts_on < before and not queries.held_in(board, before, first):
            yield Owed(
                "A board meeting in the last quarter", "overdue", QUARTERLY, _list(partnership),
                f"No meeting was held {_between(before, first)}.", first - working_days.DAY,
            )  # fmt: skip
        yield _this_quarter(board, first, after)


def _this_quarter(board: Group, first: datetime.date, after: datetime.date) -> Owed:
    what = "A board meeting in this quarter"
    if queries.held_in(board, first, after):
        return Owed(what, "met", QUARTERLY, _list(board.partnership))
    meeting = queries.meetings_of(board).filter(on__gte=first, on__lt=after).first()
    if meeting is not None:
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
            if due - AHEAD > on or queries.dates_set([board], year):
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
        drafts = queries.to_come(board).filter(status=Status.SCHEDULED, on__gte=on)
        for meeting in drafts.select_related("group__partnership"):
            due = queries.publish_by(meeting)
            if working_days.add_working_days(due, -SOON) > on:
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
    groups = list(reviewing.select_related("partnership"))
    reviewed: dict[object, set[str]] = {}
    reviews = ChairReview.objects.filter(group__in=groups, year=year)
    for group, office in reviews.values_list("group", "office"):
        reviewed.setdefault(group, set()).add(office)
    firsts = queries.first_meetings(groups, year)
    for group in groups:
        done = reviewed.get(group.pk, set())
        what = f"Review of the {group.short_name}’s chair and vice-chair for " + (
            municipal.year_name(year)
        )
        yield _review(what, group, done, firsts.get(group.pk), on)


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
