"""What this room does by itself: put packs together, as soon as they are sent and every minute.

The database holds what waits; a message to the worker only makes it quicker. Without a broker the
page that sent a pack is none the worse.
"""

from celery import shared_task

from core import waking
from meetings.workflow import making, packs


@shared_task
def make_packs() -> int:
    """Put together the files that wait; how many there were."""
    return making.make_waiting()


def wake() -> None:
    """Ask a worker for it now. If none can be asked, the timetable does so within a minute."""
    waking.on_the_side(make_packs.delay)


packs.wakers.append(wake)
