"""What wakes the ledger each minute. Whatever it is late for, the next one does."""

from celery import shared_task

from core import clock
from notices.workflow import ticking


@shared_task
def tick() -> None:
    """Make the notices that are due, and send what may go. Two at a time do nothing twice."""
    ticking.tick(clock.now())
