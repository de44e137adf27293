"""What officers do with what is to go out: keep it back, let it go, send it now, send it again."""

import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from audit.workflow import record
from core import clock
from core.permissions import can, require
from core.reminders import reminders
from core.workflow import Wrong
from membership.models import Partnership
from notices.models import Delivery, DeliveryState, Hold, Notice
from notices.queries import due
from notices.queries.scheduled import next_of
from notices.workflow import ledger, letters

REASON = 300
STALE = datetime.timedelta(days=10)

# From which states a mail may be sent once more.
AGAIN = (
    DeliveryState.SENT, DeliveryState.REFUSED, DeliveryState.EXPIRED, DeliveryState.NO_ADDRESS,
)  # fmt: skip


@transaction.atomic
def hold(partnership: Partnership, *, kind: str, subject: str, reason: str, by: Any) -> Hold:
    """Keep a reminder back: nobody is told of it until it is released. The reason is recorded."""
    require(can(by, "change reminders", partnership))
    reason = " ".join(reason.split())
    if not reason:
        raise ValidationError({"reason": "Enter the reason"})
    if len(reason) > REASON:
        raise ValidationError({"reason": f"The reason must be {REASON} characters or fewer"})
    ledger.alone()
    coming = next_of(by, partnership, kind, subject)
    if coming is None:
        raise Wrong("It has gone out already, or there is nothing to keep back any more.")
    if coming.held:
        raise Wrong("It is kept back already.")
    made = Hold.objects.create(
        partnership=partnership, kind=kind, subject_id=subject[:60], reason=reason,
        held_at=clock.now(), held_by=by,
    )  # fmt: skip
    _deliveries(made).filter(state=DeliveryState.WAITING).update(
        state=DeliveryState.HELD, problem=f"Kept back: {reason}"[:300]
    )
    record(
        "kept back a reminder of", partnership, by=by, partnership=partnership,
        detail={"kind": kind, "subject": subject},
    )  # fmt: skip
    return made


@transaction.atomic
def release(partnership: Partnership, *, kind: str, subject: str, by: Any) -> Hold:
    """Let a reminder go that was kept back: what is due by now is told at the next tick."""
    require(can(by, "change reminders", partnership))
    ledger.alone()
    kept = Hold.objects.select_for_update(of=("self",)).filter(
        partnership=partnership, kind=kind, subject_id=subject[:60], released_at=None
    )
    found = kept.first()
    if found is None:
        raise Wrong("It is not kept back any more.")
    found.released_at, found.released_by = clock.now(), by
    found.save(update_fields=["released_at", "released_by"])
    _deliveries(found).filter(state=DeliveryState.HELD).update(
        state=DeliveryState.WAITING, problem=""
    )
    record(
        "released a reminder of", partnership, by=by, partnership=partnership,
        detail={"kind": kind, "subject": subject},
    )  # fmt: skip
    return found


def _deliveries(hold: Hold) -> Any:
    return Delivery.objects.filter(
        notice__partnership=hold.partnership, notice__kind=hold.kind,
        notice__subject_id=hold.subject_id,
    )  # fmt: skip


@transaction.atomic
def send_now(partnership: Partnership, *, kind: str, subject: str, by: Any) -> int:
    """Tell the next step of a reminder before its day; says how many people. Mail goes at once."""
    require(can(by, "change reminders", partnership))
    ledger.alone()
    coming = next_of(by, partnership, kind, subject)
    if coming is None:
        raise Wrong("It has gone out already.")
    if coming.held:
        raise Wrong("It is kept back. Release it first.")
    at = clock.now()
    until = max(coming.on_day, due.day_of(at))
    told = ledger.write(reminders[kind], at, until, partnership=partnership, subject=subject)
    if not told:
        raise Wrong("There is nobody to tell. See who sits where, and on which step they are.")
    fresh = Notice.objects.filter(
        partnership=partnership, kind=kind, subject_id=subject[:60], created_at=at
    )
    Delivery.objects.filter(notice__in=fresh, state=DeliveryState.WAITING).update(
        send_after=at, digest="", urgent=True
    )
    record(
        "sent early a reminder of", partnership, by=by, partnership=partnership,
        detail={"kind": kind, "subject": subject, "people": told},
    )  # fmt: skip
    return told


@transaction.atomic
def resend(delivery: Delivery, *, by: Any) -> Delivery:
    """Send a mail once more, as a mail of its own; within a minute, whatever the day."""
    require(can(by, "resend", delivery))
    found = Delivery.objects.select_for_update(of=("self",)).select_related(
        "notice__recipient", "notice__partnership"
    ).get(pk=delivery.pk)  # fmt: skip
    if found.state not in AGAIN:
        raise Wrong(f"This cannot be sent again: {found.get_state_display().lower()}.")
    if "@" not in found.notice.recipient.email:
        raise Wrong("There is no address to send it to. An officer can enter one under People.")
    at = clock.now()
    number = found.mails.count() + found.attempts
    found.message_id = f"<{found.pk}.{number + 1}@{letters.host()}>"
    found.state, found.digest, found.problem = DeliveryState.WAITING, "", ""
    found.send_after, found.expires_at, found.sent_at = at, at + STALE, None
    found.attempts, found.lease_until, found.urgent = 0, None, True
    found.save()
    record("sent an email again in", found.notice.partnership, by=by,
           partnership=found.notice.partnership, detail={"delivery": str(found.pk)})  # fmt: skip
    return found
