"""The private link of an application: long, unguessable, made anew whenever it is needed.

It holds the application's key and a signature of it and of its ``link_number``, so that no table
holds a link; with another number the old one opens nothing. The reference alone opens nothing.
"""

import base64
import binascii
import uuid

from django.conf import settings
from django.urls import reverse
from django.utils.crypto import constant_time_compare, salted_hmac

from membership.models import Partnership
from triggers.models import Application

SALT = "triggers.link"
KEY = 16  # bytes of the application's key; the signature has 32


def token(application: Application) -> str:
    """The last part of the private link: 64 letters, digits, hyphens and underscores."""
    return base64.urlsafe_b64encode(application.pk.bytes + _signature(application)).decode()


def link(application: Application) -> str:
    """The private link itself, with the name of this site."""
    return settings.SITE_ADDRESS + path(application)


def path(application: Application) -> str:
    """The private link without the name of the site."""
    return reverse("triggers:mine", args=[application.partnership.slug, token(application)])


def opened(given: str, partnership: Partnership) -> Application | None:
    """The application of this partnership that a token opens, if it is a true one."""
    try:
        whole = base64.urlsafe_b64decode(given.encode("ascii"))
        key = uuid.UUID(bytes=whole[:KEY])
    except (ValueError, binascii.Error):
        return None
    found = Application.objects.filter(pk=key, partnership=partnership, erased_on=None).first()
    if found is None or not constant_time_compare(whole[KEY:], _signature(found)):
        return None
    return found


def _signature(application: Application) -> bytes:
    number = f"{application.pk}:{application.link_number}"
    return salted_hmac(SALT, number, algorithm="sha256").digest()
