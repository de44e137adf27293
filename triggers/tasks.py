"""What this room does by itself: make dossiers, remove what has been approved for removal.

The database holds what waits; a message to the worker only makes it quicker.
"""

from celery import shared_task

from core import waking
from triggers.workflow import dossiers, retention


@shared_task
def make_dossiers() -> int:
    """Make the dossiers that wait; how many there were."""
    return dossiers.make_waiting()


@shared_task
def remove_approved() -> int:
    """Remove what has been approved; of how many cases."""
    return retention.carry_out()


dossiers.wakers.append(lambda: waking.on_the_side(make_dossiers.delay))
retention.wakers.append(lambda: waking.on_the_side(remove_approved.delay))
