"""What each tick puts in order: links that were asked for, old drafts, old counts."""

import datetime

from core import clock
from notices.workflow import ticking
from triggers.workflow import applying, limits, wishes


def send_links(at: datetime.datetime) -> None:
    """Private links that somebody asked for."""
    wishes.send_waiting(at)


def forget_drafts(at: datetime.datetime) -> None:
    """Drafts whose time has passed, and how often an address knocked."""
    applying.remove_old_drafts(at.astimezone(clock.LONDON).date())
    limits.forget_old(at)


ticking.chores += [send_links, forget_drafts]
