"""Turns of duties: made ahead of time, moved with a reason, done, and found to be done."""

import datetime
from collections.abc import Iterable, Iterator
from itertools import takewhile
from typing import Any

from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.db.models import Count, F, Max, Min, Q
from simple_history.utils import bulk_create_with_history

from audit import workflow as audit
from core import clock, history
from core.dates import longdate
from core.permissions import can, require
from core.registries import evidence
from core.workflow import Wrong
from membership.models import Partnership, SharingAgreement, SharingProtocol
from notices.default_cycles import AGREEMENT, BY_KEY, DEFAULTS, PROTOCOLS, REFRESH, STRATEGY
from notices.due_dates import due_dates
from notices.models import Cycle, Every, Turn
from notices.queries.turns import APART, with_since

AHEAD = datetime.timedelta(days=731)  # this municipal year and the next, whenever they start
BEHIND = datetime.timedelta(days=800)  # how long a turn not done is still looked for
LOCK = "notices: turns ahead"


@transaction.atomic
def look_ahead(on: datetime.date) -> int:
    """Give new partnerships their duties and every duty its turns; how many turns were made.

    One statement each to see that nothing is missing, whatever the number of partnerships.
    """
    new = Count("cycles", filter=Q(cycles__key__in=BY_KEY))
    beginning = list(Partnership.objects.annotate(known=new).filter(known__lt=len(BY_KEY)))
    running = Cycle.objects.filter(Q(ends_on=None) | Q(ends_on__gt=on))
    last = Max("turns__first_due_on")
    short = running.annotate(last=last).filter(Q(last=None) | Q(last__lt=on + AHEAD))
    if not beginning and not short.exists():
        return 0
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [LOCK])
    for partnership in beginning:
        begin(partnership, on)
    return lay(short.select_related("partnership"), on)


def begin(partnership: Partnership, on: datetime.date) -> None:
    """Give a partnership those of our duties that it does not have, as of this day."""
    there = set(partnership.cycles.values_list("key", flat=True))
    own = _own_dates(partnership)
    cycles = []
    for each in DEFAULTS:
        known, starts_on = own.get(each.key), on
        month, day = each.due(partnership.municipal_year_starts)
        if known is not None and known < on + AHEAD:
            month, day, starts_on = known.month, known.day, max(on, known)
        if each.key not in there:
            cycles.append(
                Cycle(
                    partnership=partnership, key=each.key, title=each.title, source=each.source,
                    owner=each.owner, every=each.every, month=month, day=day, starts_on=starts_on,
                )
            )  # fmt: skip
    bulk_create_with_history(cycles, Cycle, default_date=clock.now())


def _own_dates(partnership: Partnership) -> dict[str, datetime.date]:
    """The next of the reviews for which the partnership has set dates of its own already."""
    agreements = SharingAgreement.objects.filter(partnership=partnership, ends_on=None)
    protocols = SharingProtocol.objects.filter(group__partnership=partnership, ends_on=None)
    days = {
        AGREEMENT: agreements.aggregate(day=Min("review_on"))["day"],
        PROTOCOLS: protocols.aggregate(day=Min("review_on"))["day"],
    }
    return {key: day for key, day in days.items() if day}


def lay(cycles: Iterable[Cycle], on: datetime.date) -> int:
    """Make the turns of duties until two years ahead; those that are there stay as they are."""
    cycles = list(cycles)
    there: dict[Any, list[datetime.date]] = {}
    known = Turn.objects.filter(cycle__in=cycles).order_by()
    for cycle_id, day in known.values_list("cycle", "first_due_on"):
        there.setdefault(cycle_id, []).append(day)
    strategies = _strategies(cycles)
    turns = [
        Turn(cycle=cycle, first_due_on=day, due_on=day)
        for cycle in cycles
        for day in _missing(cycle, there.get(cycle.pk, []), on, strategies.get(cycle.pk))
    ]
    if turns:
        bulk_create_with_history(turns, Turn, batch_size=1000, default_date=clock.now())
    return len(turns)


def _missing(
    cycle: Cycle, there: list[datetime.date], on: datetime.date, instead: Cycle | None
) -> Iterator[datetime.date]:
    """The dates that a duty lacks, until the first that is two years ahead.

    Beside other turns none is made for the past, and none nearer to another than half the usual
    time, so that a duty moved to another month is not due twice. No refresh is due in the year of a
    new strategy.
    """
    earliest = max(cycle.starts_on, on) if there else cycle.starts_on
    near = APART[Every(cycle.every)] / 2
    years = {day.year for day in _until(instead, on.year + 8)} if instead else set()
    for day in _until(cycle, on.year + 8):
        if day < earliest or day.year in years:
            continue
        if all(abs(day - other) > near for other in there):
            yield day
        if day >= on + AHEAD:
            return


def _until(cycle: Cycle, year: int) -> Iterator[datetime.date]:
    end = cycle.ends_on or datetime.date(year, 12, 31)
    days = due_dates(cycle.every, cycle.month, cycle.day, cycle.starts_on)
    return takewhile(lambda day: day < end, days)


def _strategies(cycles: list[Cycle]) -> dict[Any, Cycle]:
    """For each yearly refresh the three-yearly strategy of the same partnership, if it runs."""
    refreshes = [cycle for cycle in cycles if cycle.key == REFRESH]
    theirs = [cycle.partnership_id for cycle in refreshes]
    found = Cycle.objects.filter(partnership__in=theirs, key=STRATEGY) if theirs else ()
    by_partnership = {cycle.partnership_id: cycle for cycle in found}
    return {
        cycle.pk: by_partnership[cycle.partnership_id]
        for cycle in refreshes
        if cycle.partnership_id in by_partnership
    }


def lay_anew(cycle: Cycle, on: datetime.date) -> None:
    """Make a duty's coming turns again, after it was changed; what was touched by hand stays."""
    ahead = Turn.objects.filter(
        cycle=cycle, first_due_on__gte=on, due_on=F("first_due_on"), done_on=None
    )
    ahead.delete()
    lay([cycle], on)
    if cycle.key == STRATEGY:
        for refresh in Cycle.objects.filter(partnership=cycle.partnership_id, key=REFRESH):
            lay_anew(refresh, on)


# ---- what the rooms know ------------------------------------------------------------------------


def find_done(on: datetime.date) -> int:
    """Note the turns that a room can show to be done, and reopen those that it no longer can.

    What a person has said stands. One turn of a duty at a time, the earliest first, so that what
    was done late is not counted for the next turn too. One statement for each kind of duty.
    """
    changed = 0
    for key, prove in evidence.items():
        turns = Turn.objects.filter(
            cycle__key=key, done_by=None, first_due_on__range=(on - BEHIND, on + AHEAD)
        )
        shown = prove(with_since(turns))
        news = (
            Q(done_on=None, found_on__isnull=False) | Q(done_on__isnull=False, found_on=None)
            | (Q(done_on__isnull=False, found_on__isnull=False) & ~Q(done_on=F("found_on")))
        )  # fmt: skip
        told = set()
        for turn in shown.filter(news).order_by("cycle", "first_due_on"):
            if turn.cycle_id not in told:
                told.add(turn.cycle_id)
                turn.done_on = turn.found_on
                turn.evidence = turn.found_url if turn.found_on else ""
                history.save(turn, by=None, fields=["done_on", "evidence"])
                changed += 1
    return changed


# ---- what officers do ---------------------------------------------------------------------------


def _take(turn: Turn, by: Any) -> Turn:
    """Lock the turn, and ask whether this person may change it."""
    locked = Turn.objects.select_for_update(of=("self",)).select_related("cycle__partnership")
    taken = locked.get(pk=turn.pk)
    require(can(by, "change", taken))
    return taken


def _record(verb: str, turn: Turn, by: Any, **detail: Any) -> None:
    audit.record(verb, turn, by=by, partnership=turn.cycle.partnership, detail=detail)


@transaction.atomic
def move(turn: Turn, *, due_on: datetime.date, reason: str, by: Any) -> Turn:
    """Give a turn another date, with a reason; the date first set stands beside it."""
    turn = _take(turn, by)
    if turn.done_on:
        raise Wrong("This is done already. Say first that it is not.")
    if due_on == turn.due_on:
        raise ValidationError({"due_on": f"It is due on {longdate(due_on)} already"})
    if abs(due_on - turn.first_due_on) > AHEAD:
        raise ValidationError({"due_on": "Enter a date within two years of the first"})
    if not reason.strip():
        raise ValidationError({"reason": "Say why the date is moved"})
    before, turn.due_on, turn.moved_because = turn.due_on, due_on, reason.strip()
    history.save(turn, by=by, why=turn.moved_because[:100], fields=["due_on", "moved_because"])
    _record(
        "moved the date of", turn, by, before=before.isoformat(), after=due_on.isoformat()
    )  # fmt: skip
    return turn


@transaction.atomic
def mark_done(turn: Turn, *, on: datetime.date, where: str = "", by: Any) -> Turn:
    """Say when a duty was done, and where that can be seen: an address, or words."""
    turn = _take(turn, by)
    if turn.done_on:
        raise Wrong(f"This was done on {longdate(turn.done_on)} already.")
    if on > clock.today():
        raise ValidationError({"on": "The day on which it was done cannot be in the future"})
    if on < turn.first_due_on - AHEAD:
        raise ValidationError({"on": f"Enter a day in the time before {longdate(turn.due_on)}"})
    turn.done_on, turn.done_by, turn.evidence = on, by, where.strip()
    history.save(turn, by=by, fields=["done_on", "done_by", "evidence"])
    _record("did the duty", turn, by, on=on.isoformat())
    return turn


@transaction.atomic
def undo_done(turn: Turn, *, by: Any) -> Turn:
    """Say that it was not done after all. What a room has found itself is changed there."""
    turn = _take(turn, by)
    if turn.done_on is None:
        raise Wrong("This is not done.")
    if turn.done_by is None:
        raise Wrong("This was found in the records. Change it where it was done.")
    turn.done_on, turn.done_by, turn.evidence = None, None, ""
    history.save(turn, by=by, fields=["done_on", "done_by", "evidence"])
    _record("reopened the duty", turn, by)
    return turn
