"""What is put in order at each tick before anything is due: working days, and the year's duties."""

import datetime

from core import clock, remember
from notices.workflow import calendar_days, ticking, turns


def working_days(at: datetime.datetime) -> None:
    """The table of working days follows the list of bank holidays."""
    calendar_days.refresh()


def duties(at: datetime.datetime) -> None:
    """New partnerships get their duties, duties their turns; what the records show is noted."""
    on = at.astimezone(clock.LONDON).date()
    with remember.during():
        turns.look_ahead(on)
        turns.find_done(on)


ticking.chores += [working_days, duties]
