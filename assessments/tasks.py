"""What this room does by itself: make the PDFs of strategies, at once and every minute.

The database holds what waits; a message to the worker only makes it quicker.
"""

from celery import shared_task

from assessments.workflow.strategy import making
from core import waking


@shared_task
def make_editions() -> int:
    """Make the files that wait; how many there were."""
    return making.make_waiting()


def wake() -> None:
    """Ask a worker for it now. If none can be asked, the timetable does so within a minute."""
    waking.on_the_side(make_editions.delay)


making.wakers.append(wake)
