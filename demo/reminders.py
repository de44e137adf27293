"""The ledger's part in the story: it was awake on some days, so there is mail to read."""

import datetime

from core import clock, working_days
from demo.telling import on
from notices.workflow import ticking
from notices.workflow.carriers import Kept

DAY = datetime.timedelta(days=1)
LATELY = (24, 15, 8, 4, 1)  # days before today


def wake(day: datetime.date) -> None:
    """Tick once in the morning of a day, or of the first working day after it."""
    day = working_days.next_working_day(day)
    with on(day, 9):
        ticking.tick(clock.now(), Kept(), durable=False)


def wake_lately(today: datetime.date) -> None:
    """Tick on some of the last days, the latest of them before today."""
    days = {working_days.add_working_days(today - before * DAY, -1) for before in LATELY}
    for day in sorted(days):
        wake(day)
