"""Letters that go by email: claimed, sent, marked, as the ledger sends its mail.

A claim is a lease, committed before anything is sent; whoever dies with it loses it. What a case
holds stands in no subject, header or log, and how to reach them is looked up again just before.
"""

import datetime
import logging
from dataclasses import dataclass
from email.utils import formataddr

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.template.loader import render_to_string

from core import clock
from core.dates import london_date
from core.workflow import Wrong
from notices.workflow import carriers, ticking
from notices.workflow.carriers import Carrier, Down, Later, Refused
from notices.workflow.letters import Letter as Envelope
from notices.workflow.letters import host
from notices.workflow.sending import LEASE, wait
from triggers.models import Application, Letter, LetterState, Way
from triggers.queries import letters as queries
from triggers.workflow.letters import back_to_draft, may_still_go, refused_since
from triggers.workflow.letters_gone import gone
from triggers.workflow.steps import note, tell_officers

logger = logging.getLogger("csp.mail")


@dataclass(frozen=True, slots=True)
class CaseMail(Envelope):
    """A letter in its envelope: to be read by one person, and nothing to unsubscribe from."""

    @property
    def headers(self) -> dict[str, str]:
        """What mail programs read: its identity, and that a machine sent it."""
        return {"Message-ID": self.message_id, "Auto-Submitted": "auto-generated"}

    @property
    def sender(self) -> str:
        """Who it is from, with the installation's name and no other."""
        address = settings.DEFAULT_FROM_EMAIL
        return address if "<" in address else formataddr((settings.SITE_NAME, address))


def send_waiting(
    at: datetime.datetime, carrier: Carrier | None = None, *, durable: bool = True
) -> int:
    """Send every letter that may go now; says how many went."""
    carrier = carrier or carriers.chosen()
    sent = 0
    try:
        while letter := claim(durable=durable):
            sent += _send(letter, carrier)
    except Down as down:
        logger.warning("mail-server-down %s", type(down.__cause__).__name__)
    finally:
        carrier.close()
    return sent


def claim(*, durable: bool = True) -> Letter | None:
    """The next letter to go, ours until the lease runs out; none if there is none."""
    with transaction.atomic(durable=durable):
        now = clock.now()
        waiting = Letter.objects.filter(
            Q(lease_until=None) | Q(lease_until__lte=now), state=LetterState.WAITING
        )
        letter = (
            waiting.select_for_update(of=("self",), skip_locked=True).order_by("ready_at").first()
        )
        if letter is None:
            return None
        letter.attempts, letter.lease_until, letter.problem = letter.attempts + 1, now + LEASE, ""
        letter.save(update_fields=["attempts", "lease_until", "problem"])
    return letter


def _send(letter: Letter, carrier: Carrier) -> int:
    """One letter, from the claim to the mark; says whether it went."""
    if not _still_safe(letter):
        return 0
    try:
        carrier.carry(envelope(letter))
    except Refused as refused:
        _refused(letter, str(refused))
        return 0
    except Later as later:
        put_off = clock.now() + wait(letter.attempts)
        Letter.objects.filter(pk=letter.pk, state=LetterState.WAITING).update(
            lease_until=put_off, problem=str(later)[:300]
        )
        if isinstance(later, Down):
            raise
        return 0
    return _mark(letter)


def envelope(letter: Letter) -> CaseMail:
    """The mail as it is handed over. The same letter always has the same identity."""
    mail = queries.mail_of(letter, london_date(letter.ready_at or clock.now()))
    return CaseMail(
        to=letter.to, subject=mail.subject, text=mail.text,
        html=render_to_string("triggers/letters/mail.html", {"mail": mail}),
        message_id=f"<{letter.pk}@{host()}>", unsubscribe="",
    )  # fmt: skip


@transaction.atomic
def _still_safe(letter: Letter) -> bool:
    """Whether it may still go there; if not, it is a draft again, and the officers know."""
    found = _locked(letter)
    if found is None:
        return False
    try:
        who = may_still_go(found)
        if refused_since(found):
            raise Wrong("They have refused consent since it was made ready. Ask what they wish.")
        if who.way == Way.EMAIL and queries.address_of(who) == found.to:
            return True
        problem = "How to reach them has changed since it was made ready. Check it again."
    except Wrong as wrong:
        problem = wrong.messages[0][:300]
    back_to_draft(found, problem)
    tell_officers(
        found.application, "case-review-letter", "A letter was held back. Look at it again",
        occurrence=f"{found.pk} {found.version}",
    )  # fmt: skip
    return False


@transaction.atomic
def _refused(letter: Letter, problem: str) -> None:
    found = _locked(letter)
    if found is None:
        return
    found.state, found.problem, found.lease_until = LetterState.REFUSED, problem[:300], None
    found.save()
    tell_officers(
        found.application, "case-review-letter", "A letter could not be delivered by email",
        occurrence=f"{found.pk} {found.attempts}",
    )  # fmt: skip


@transaction.atomic
def _mark(letter: Letter) -> int:
    """Write down that it went, and let the case go on."""
    found = _locked(letter)
    if found is None:
        return 0
    found.state, found.sent_at, found.lease_until = LetterState.SENT, clock.now(), None
    found.save()
    note("sent a letter in", found.application, by=None, number=found.number)
    gone(found, on=clock.today(), by=None)
    return 1


def _locked(letter: Letter) -> Letter | None:
    """The letter as it is now, its case locked first, if it still waits."""
    Application.objects.select_for_update(of=("self",)).get(pk=letter.application_id)
    rows = Letter.objects.select_for_update(of=("self",)).filter(state=LetterState.WAITING)
    found = rows.select_related("application__partnership", "application__group")
    return found.filter(pk=letter.pk).first()


ticking.posts.append(send_waiting)
