"""Wake the ledger: make the notices that are due, then send what may go."""

import datetime
import logging
from collections.abc import Callable
from typing import Any

from django.db import transaction

from notices.models import Tick
from notices.workflow import ledger, sending
from notices.workflow.carriers import Carrier
from notices.workflow.points import reached

logger = logging.getLogger("csp.ledger")

# What has to be in order before anything is due, such as the days that offices are open. Each is
# given the moment of the tick; one that fails stops nothing else.
chores: list[Callable[[datetime.datetime], Any]] = []

# What else goes by email than notices. Each is given the moment, the carrier, and ``durable``; it
# claims what it sends in transactions of its own.
posts: list[Callable[..., int]] = []


def tick(
    at: datetime.datetime, carrier: Carrier | None = None, *, durable: bool = True
) -> Tick:  # fmt: skip
    """Everything that is due by now: notices are made, mails sent. It may run as often as it likes.

    Two at a time do nothing twice. ``carrier`` and ``durable`` are for the demonstration's story.
    """
    reached("woken")
    for chore in chores:
        _do(chore, at)
    made = ledger.materialise(at)
    reached("materialised")
    mails = sending.send(at, carrier, durable=durable)
    mails += sum(_post(post, at, carrier, durable=durable) for post in posts)
    done, _ = Tick.objects.update_or_create(
        pk=1, defaults={"at": at, "notices": made, "mails": mails}
    )
    return done


def _do(chore: Callable[[datetime.datetime], Any], at: datetime.datetime) -> None:
    try:
        with transaction.atomic():
            chore(at)
    except Exception:  # whatever it is, reminders are still due
        logger.exception("chore-failed %s", chore.__name__)


def _post(
    post: Callable[..., int], at: datetime.datetime, carrier: Carrier | None, *, durable: bool
) -> int:
    try:
        return post(at, carrier, durable=durable)
    except Exception:  # whatever it is, the next one may go
        logger.exception("post-failed %s", post.__name__)
        return 0
