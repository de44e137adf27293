"""Private links by email: asked for on a page, sent by the next tick.

The page that asks answers the same words in the same time, whatever was typed. Subject and text
tell nothing of what it is about; the link goes to an address that was called safe, and nowhere
else.
"""

import datetime
import logging
import smtplib

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction

from membership.models import Partnership
from triggers import links
from triggers.models import Application, LinkWish, Party, Stage, Way
from triggers.queries import drafts

logger = logging.getLogger("csp.mail")

SUBJECT = "The link you asked for"
TEXT = """Hello

Here is the private link you asked for:

{link}

Keep it to yourself. Anyone who has it can read what you told us.

You need not answer this email. If you did not ask for it, delete it.
"""
KEPT = datetime.timedelta(days=1)
AT_ONCE = 50


def wish(application: Application, *, email: str) -> LinkWish:
    """Who holds the link of a draft wants it sent to an address that they call safe."""
    return LinkWish.objects.create(
        partnership=application.partnership, application=application, email=email
    )


def wish_again(partnership: Partnership, *, reference: str, email: str) -> LinkWish:
    """Somebody says that they lost their link. Whether it is true is not looked up now."""
    return LinkWish.objects.create(
        partnership=partnership, reference=" ".join(reference.split()).upper(), email=email
    )


def send_waiting(at: datetime.datetime) -> int:
    """Answer what was asked for; how many mails went. What cannot go within a day is dropped."""
    LinkWish.objects.filter(at__lt=at - KEPT).delete()
    sent = 0
    with transaction.atomic():
        rows = LinkWish.objects.select_for_update(of=("self",), skip_locked=True)
        for each in rows.select_related("partnership", "application__partnership")[:AT_ONCE]:
            application = _meant(each)
            gone = application is not None and _sent(application, each.email)
            if gone is None:
                continue
            sent += gone
            each.delete()
    return sent


def _meant(asked: LinkWish) -> Application | None:
    """The application whose link may go to this address, if there is one."""
    if asked.application is not None:
        return asked.application
    safe = Party.objects.filter(
        application__partnership=asked.partnership, application__reference=asked.reference,
        application__erased_on=None, way=Way.EMAIL, email__iexact=asked.email,
    ).exclude(application__stage=Stage.DRAFT)  # fmt: skip
    for party in safe.select_related("application__partnership"):
        if party.kind == drafts.speaker_kind(party.application):
            return party.application
    return None


def _sent(application: Application, email: str) -> bool | None:
    """Whether it went; None where it may yet. An address that no mail can go to stops no other."""
    text = TEXT.format(link=links.link(application))
    try:
        send_mail(SUBJECT, text, settings.DEFAULT_FROM_EMAIL, [email])
    except smtplib.SMTPRecipientsRefused as refused:
        logger.error("link-refused application=%s", application.pk)
        return False if all(code >= 500 for code, _ in refused.recipients.values()) else None
    except ValueError:
        logger.error("link-refused application=%s", application.pk)
        return False
    except (OSError, smtplib.SMTPException):
        logger.error("link-not-sent application=%s", application.pk)
        return None
    return True
