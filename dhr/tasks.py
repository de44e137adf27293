"""What this room does by itself: remove what has been approved for removal.

The database holds what waits; a message to the worker only makes it quicker.
"""

import datetime

from celery import shared_task

from core import waking
from dhr.workflow import retention
from notices.workflow import ticking


@shared_task
def remove_approved_reviews() -> int:
    """Remove what has been approved; of how many reviews."""
    return retention.carry_out()


def remove_reviews(at: datetime.datetime) -> None:
    """What closed reviews held, once an officer has approved it."""
    retention.carry_out()


retention.wakers.append(lambda: waking.on_the_side(remove_approved_reviews.delay))
ticking.chores.append(remove_reviews)
