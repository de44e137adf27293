"""How the story is told: on its own days."""

import datetime
from collections.abc import Iterator
from contextlib import contextmanager

from core import clock


@contextmanager
def on(day: datetime.date, hour: int = 10, minute: int = 0) -> Iterator[None]:
    """Tell what happened on this day at this London time."""
    with clock.told_at(clock.london(day, datetime.time(hour, minute))):
        yield
