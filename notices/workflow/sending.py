"""Send what the ledger says is to be sent: claimed, sent, marked, each in its own moment.

A claim is a lease. Whoever dies with it loses it, and the next one sends the mail with the same
Message-ID; so a mail goes out at least once, and twice only if the server took it and we died
before the database knew. SMTP cannot promise more.
"""

import datetime
import logging
from collections.abc import Sequence
from typing import Any

from django.db import connection, transaction
from django.db.models import F, Q

from core import clock
from notices.models import Delivery, DeliveryState, SentMail
from notices.queries.standing import over
from notices.workflow import carriers, letters, posting
from notices.workflow.carriers import Carrier, Down, Later, Refused
from notices.workflow.points import reached

logger = logging.getLogger("csp.mail")

# Longer than all the time-outs that a mail server can make us wait for.
LEASE = datetime.timedelta(minutes=5)
MINUTE = datetime.timedelta(minutes=1)
MOST_WAIT = datetime.timedelta(hours=2)
MOST_TOGETHER = 200

# One at a time finds what to send next, so that mail that goes together is not torn apart.
LOCK = 0x6373706D


def send(at: datetime.datetime, carrier: Carrier | None = None, *, durable: bool = True) -> int:
    """Send all that may go by ``at``; says how many mails went.

    ``durable`` is for everybody but the demonstration's story, which is one transaction.
    """
    expire(at)
    carrier = carrier or carriers.chosen()
    count = 0
    try:
        while claimed := claim(at, durable=durable):
            count += _send(claimed, carrier, durable=durable)
    except Down as down:
        logger.warning("mail-server-down %s", type(down.__cause__).__name__)
    finally:
        carrier.close()
    return count


def expire(at: datetime.datetime) -> int:
    """Say of what can no longer go in time that it did not."""
    late = Delivery.objects.filter(
        Q(state=DeliveryState.WAITING) | Q(state=DeliveryState.CLAIMED, lease_until__lte=at),
        expires_at__lte=at,
    )
    return late.update(state=DeliveryState.EXPIRED)


def claim(at: datetime.datetime, *, durable: bool = True) -> list[Delivery]:
    """The deliveries of the next mail, ours until the lease runs out; none if nothing is to go.

    Committed before anything is sent: inside another transaction it would be no claim at all.
    """
    with transaction.atomic(durable=durable):
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
        now = clock.now()
        free = Q(state=DeliveryState.WAITING, send_after__lte=at) | Q(
            state=DeliveryState.CLAIMED, lease_until__lte=now
        )
        if posting.office_hours(at) != at:  # after an outage, or put off until the weekend
            free &= Q(urgent=True)
        ready = Delivery.objects.filter(
            free, state__in=[DeliveryState.WAITING, DeliveryState.CLAIMED]
        ).select_for_update(skip_locked=True, of=("self",))
        ready = ready.select_related("notice__recipient", "notice__partnership")
        first = ready.order_by("send_after", "pk").first()
        if first is None:
            return []
        together = [first, *_others(ready, first)]
        message_id = first.message_id or letters.identity(together)
        Delivery.objects.filter(pk__in=[each.pk for each in together]).update(
            state=DeliveryState.CLAIMED, lease_until=now + LEASE, attempts=F("attempts") + 1,
            message_id=message_id,
        )  # fmt: skip
        for each in together:
            each.message_id, each.attempts = message_id, each.attempts + 1
        reached("claiming")
    reached("claimed")
    return together


def _others(ready: Any, first: Delivery) -> Sequence[Delivery]:
    """What goes in the same mail: as it was when it was tried before, or all of one digest."""
    others = ready.exclude(pk=first.pk).order_by("notice__due_on", "notice__created_at", "pk")
    if first.message_id:
        return list(others.filter(message_id=first.message_id))
    if not first.digest:
        return []
    notice = first.notice
    return list(
        others.filter(
            digest=first.digest, message_id="", notice__recipient=notice.recipient_id,
            notice__partnership=notice.partnership_id,
        )[: MOST_TOGETHER - 1]
    )  # fmt: skip


def _send(claimed: list[Delivery], carrier: Carrier, *, durable: bool) -> int:
    """One mail, from the claim to the mark; says whether it went."""
    claimed = _needed(claimed)
    if not claimed:
        return 0
    letter = letters.compose(claimed, claimed[0].message_id)
    reached("composed")
    try:
        carrier.carry(letter)
    except Refused as refused:
        _put_off(claimed, state=DeliveryState.REFUSED, problem=str(refused))
        return 0
    except Later as later:
        _put_off(claimed, problem=str(later), send_after=clock.now() + wait(claimed[0].attempts))
        if isinstance(later, Down):
            raise
        return 0
    reached("accepted")
    _mark(claimed, letter, durable=durable)
    reached("sent")
    return 1


def _needed(claimed: list[Delivery]) -> list[Delivery]:
    """Those that still are; of the others it is said why they did not go."""
    finished = over([each.notice for each in claimed], clock.today())
    done = [each for each in claimed if each.notice_id in finished]
    _put_off(done, state=DeliveryState.OVER, problem="It had been done or taken away by then.")
    without = [
        each for each in claimed if each not in done and "@" not in each.notice.recipient.email
    ]
    _put_off(without, state=DeliveryState.NO_ADDRESS)
    return [each for each in claimed if each not in done and each not in without]


def _put_off(claimed: Sequence[Delivery], **changes: Any) -> None:
    """Let go of the lease, and say how it stands now."""
    if claimed:
        changes = {"state": DeliveryState.WAITING, "lease_until": None} | changes
        Delivery.objects.filter(
            pk__in=[each.pk for each in claimed], state=DeliveryState.CLAIMED
        ).update(**changes)


def wait(attempts: int) -> datetime.timedelta:
    """One minute after the first try, then twice as long each time, at most two hours."""
    return min(MINUTE * 2 ** min(attempts - 1, 10), MOST_WAIT)


def _mark(claimed: Sequence[Delivery], letter: letters.Letter, *, durable: bool) -> None:
    """Write down that it went, and what it said."""
    with transaction.atomic(durable=durable):
        now = clock.now()
        keys = [each.pk for each in claimed]
        Delivery.objects.filter(pk__in=keys).update(
            state=DeliveryState.SENT, sent_at=now, lease_until=None, problem=""
        )
        notice = claimed[0].notice
        mail = SentMail.objects.create(
            recipient=notice.recipient, partnership=notice.partnership, subject=letter.subject,
            message_id=letter.message_id, text=letter.text, html=letter.html, sent_at=now,
        )  # fmt: skip
        mail.deliveries.set(claimed)
        reached("marking")
