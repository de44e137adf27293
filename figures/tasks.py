"""What this room does by itself: read street-crime files that were sent in, ask for figures.

The database holds what waits; a message to the worker only makes it quicker, and without a broker
the tick reads what nobody has taken for five minutes.
"""

import datetime

from celery import shared_task

from core import waking
from figures.queries.holding import HANGS
from figures.workflow import returns, sending
from notices.workflow import ticking


@shared_task
def read_crime_files() -> int:
    """Read the files that wait; how many there were."""
    return sending.read_waiting()


def wake() -> None:
    """Ask a worker for it now. If none can be asked, the timetable does so within a minute."""
    waking.on_the_side(read_crime_files.delay)


def left_waiting(at: datetime.datetime) -> int:
    """A chore of the tick: what no worker has taken, unless it would have to wait for another."""
    return 0 if sending.busy() else sending.read_waiting(since=at - HANGS)


def ask_for_figures(at: datetime.datetime) -> int:
    """A chore of the tick: from the first working day after a period, ask agencies for figures."""
    return returns.ask_everybody(at)


sending.wakers.append(wake)
ticking.chores.append(ask_for_figures)
ticking.chores.append(left_waiting)
