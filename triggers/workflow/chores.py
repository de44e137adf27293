"""What each tick puts in order: links, old drafts and counts, what is removed."""

import datetime

from core import clock
from notices.workflow import ticking
from triggers.workflow import applying, dossiers, limits, retention, wishes


def send_links(at: datetime.datetime) -> None:
    """Private links that somebody asked for."""
    wishes.send_waiting(at)


def forget_drafts(at: datetime.datetime) -> None:
    """Drafts whose time has passed, and how often an address knocked."""
    applying.remove_old_drafts(at.astimezone(clock.LONDON).date())
    limits.forget_old(at)


def remove_cases(at: datetime.datetime) -> None:
    """What closed cases held, once an officer has approved it."""
    retention.carry_out()


def forget_dossiers(at: datetime.datetime) -> None:
    """Dossiers whose time has passed."""
    dossiers.remove_old(at)


ticking.chores += [send_links, forget_drafts, remove_cases, forget_dossiers]
