"""Mail about an account: plain text, a neutral subject, nothing personal but the greeting."""

import logging
from typing import Any

from django.conf import settings
from django.core.mail import send_mail
from django.template.loader import render_to_string

from accounts.models import User

logger = logging.getLogger("csp.mail")


def send(user: User, template: str, subject: str, **context: Any) -> bool:
    """Send one of the mails in ``templates/accounts/email``; whether the mail server took it.

    A mail server that is down breaks nothing: each of these mails can be asked for again.
    """
    context |= {"user": user, "site_name": settings.SITE_NAME, "address": settings.SITE_ADDRESS}
    text = render_to_string(f"accounts/email/{template}.txt", context)
    try:
        send_mail(subject, text, settings.DEFAULT_FROM_EMAIL, [user.email])
    except OSError:
        logger.error("mail-not-sent template=%s user=%s", template, user.pk)
        return False
    return True
