"""Celery for the harness: the real application, woken twice a second, which can be made to die.

``CSP_KILL_AT`` names the point at which this process ends itself, and at which time of reaching it:
``accepted:3``. Each point that is reached is written to ``CSP_JOURNAL`` first, so that the harness
knows what was under way when a process ended.
"""

import datetime
import os
import signal

import django

django.setup()

from celery.schedules import schedule  # noqa: E402 - models need the settings that setup() read

from core.reminders import OFFICERS, Rung, reminders  # noqa: E402
from csp.celery import app  # noqa: E402
from notices.workflow import points, sending, ticking  # noqa: E402
from tests.notices import duties  # noqa: E402

__all__ = ["app"]

reminders.clear()
ticking.chores.clear()
duties.register((Rung(0, OFFICERS),), urgent=True, stale=60)
sending.LEASE = datetime.timedelta(seconds=5)
sending.MINUTE = datetime.timedelta(seconds=1)
app.conf.beat_schedule = {
    "tick": {"task": "notices.tasks.tick", "schedule": schedule(0.5), "options": {"expires": 5}}
}

point, _, times = os.environ.get("CSP_KILL_AT", "").partition(":")
left = {point: int(times or 1)}
journal = os.open(os.environ["CSP_JOURNAL"], os.O_WRONLY | os.O_APPEND | os.O_CREAT)


def note(reached: str) -> None:
    """Write it down, and die if this is the moment."""
    os.write(journal, f"{reached}\n".encode())
    if reached in left:
        left[reached] -= 1
        if not left[reached]:
            os.kill(os.getpid(), signal.SIGKILL)


points.listeners.append(note)
