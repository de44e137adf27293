"""What was: past holders of seats, and the names that a body had before."""

import datetime
from collections.abc import Iterable

from core.components import Event
from core.dates import longdate
from membership.models import Agency, Seat


def past_seats(seats: Iterable[Seat], day: datetime.date) -> list[Seat]:
    """Those that had ended by that day, the last to end first; one that never began is none."""
    over = [
        seat
        for seat in seats
        if seat.ends_on and seat.ends_on <= day and seat.ends_on > seat.starts_on
    ]
    return sorted(over, key=lambda seat: (seat.ends_on, seat.starts_on), reverse=True)


def as_events(seats: Iterable[Seat], *, of: str) -> list[Event]:
    """Past seats as a timeline ``of`` a person (where they sat), a group or an agency (who sat)."""
    return [_event(seat, of) for seat in seats if seat.ends_on]


def line_of(agency: Agency) -> list[Agency]:
    """The body and those before it, the newest first."""
    line = [agency]
    while line[-1].succeeds is not None and line[-1].succeeds not in line:
        line.append(line[-1].succeeds)
    return line


def _role(seat: Seat) -> str:
    return "Substitute" if seat.substitute_for_id else seat.get_role_display()


def _event(seat: Seat, of: str) -> Event:
    what = {
        "person": f"{_role(seat)}, {seat.group}",
        "group": f"{seat.person}, {_role(seat).lower()}",
        "agency": f"{seat.person}, {seat.group.short_name}",
    }
    whom = f"{seat.post}, {seat.agency}" if seat.post else str(seat.agency)
    dates = f"{longdate(seat.starts_on)} to {longdate(seat.ends_on or seat.starts_on)}"
    return Event(what=what[of], text=f"For {whom}. {dates}.")
