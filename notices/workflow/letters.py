"""What an email says: what, by when, why, and one link; neutral, and without a name.

Of a reminder it says the reminder's own neutral words, of an event no more than its kind. The link
leads to the notice, which asks to sign in, so that not even an address tells anything.
"""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from email.utils import formataddr
from urllib.parse import urlsplit

from django.conf import settings
from django.core import signing
from django.template.loader import render_to_string
from django.urls import reverse

from core import clock, dates
from core.reminders import reminders
from notices.models import Delivery, Notice
from notices.queries.log import title

# In a token of the one-click address: whose wish it is, and of which kind ("" for all).
SALT = "notices.unsubscribe"


@dataclass(frozen=True, slots=True)
class Line:
    """One notice, as a mail has it."""

    title: str
    what: str
    due: str
    why: str


@dataclass(frozen=True, slots=True)
class Letter:
    """A mail that is ready to go."""

    to: str
    subject: str
    text: str
    html: str
    message_id: str
    unsubscribe: str

    @property
    def sender(self) -> str:
        """Who it is from, with the installation's name."""
        address = settings.DEFAULT_FROM_EMAIL
        return address if "<" in address else formataddr((settings.SITE_NAME, address))

    @property
    def headers(self) -> dict[str, str]:
        """What mail programs read: its identity, that a machine sent it, and how to stop it."""
        return {
            "Message-ID": self.message_id,
            "Auto-Submitted": "auto-generated",
            "List-Unsubscribe": f"<{self.unsubscribe}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        }


def host() -> str:
    """The name that stands behind the @ of our mails' identities."""
    return urlsplit(settings.SITE_ADDRESS).hostname or "localhost"


def identity(deliveries: Sequence[Delivery]) -> str:
    """The Message-ID that follows from the rows alone, in whatever order they come."""
    keys = sorted(str(each.pk) for each in deliveries)
    key = keys[0] if len(keys) == 1 else str(uuid.uuid5(uuid.NAMESPACE_URL, " ".join(keys)))
    return f"<{key}@{host()}>"


def line(notice: Notice) -> Line:
    """What a mail says of one notice."""
    due = ""
    if notice.due_on:
        past = notice.due_on < clock.today()
        due = f"{'It was due' if past else 'Due'} on {dates.daydate(notice.due_on)}."
    named = title(notice.kind)
    if notice.kind not in reminders:
        named = f"New for you: {named[:1].lower()}{named[1:]}"
    return Line(
        title=named,
        what=notice.text if notice.kind in reminders else f"{named}.",
        due=due,
        why=notice.because or "You are told because it is about something that you take part in.",
    )


def compose(deliveries: Sequence[Delivery], message_id: str) -> Letter:
    """One mail about these notices, which are all to the same person."""
    notices = [each.notice for each in deliveries]
    lines = [line(each) for each in notices]
    alone = notices[0] if len(notices) == 1 else None
    path = reverse("notices:open", args=[alone.pk]) if alone else reverse("notices:list")
    subject = _subject(notices, lines)
    context = {
        "lines": lines,
        "subject": subject,
        "url": settings.SITE_ADDRESS + path,
        "site_name": settings.SITE_NAME,
        "statutory": all(each.statutory for each in notices),
        "together": deliveries[0].digest,
    }
    return Letter(
        to=notices[0].recipient.email,
        subject=subject,
        text=render_to_string("notices/email/mail.txt", context),
        html=render_to_string("notices/email/mail.html", context),
        message_id=message_id,
        unsubscribe=unsubscribe_address(notices),
    )


def _subject(notices: Sequence[Notice], lines: Sequence[Line]) -> str:
    if len(notices) > 1:
        return f"{len(notices)} notices for you"
    due = notices[0].due_on
    return f"{lines[0].title}: {dates.longdate(due)}" if due else lines[0].title


def unsubscribe_address(notices: Sequence[Notice]) -> str:
    """The address at which a mail program turns off what this mail is, without signing in."""
    kinds = {each.kind if each.kind in reminders else "event" for each in notices}
    wish = {"person": str(notices[0].recipient_id), "kind": kinds.pop() if len(kinds) == 1 else ""}
    token = signing.dumps(wish, salt=SALT)
    return settings.SITE_ADDRESS + reverse("notices:unsubscribe", args=[token])
