"""Text that is kept encrypted in the database: of no use to who reads a copy of it."""

import base64
import hashlib
from functools import cache
from typing import Any

from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.db import models


@cache
def _keys(purpose: str, secrets: tuple[str, ...]) -> MultiFernet:
    found = []
    for secret in secrets:
        digest = hashlib.sha256(f"{purpose}:{secret}".encode()).digest()
        found.append(Fernet(base64.urlsafe_b64encode(digest)))
    return MultiFernet(found)


def keys(purpose: str) -> MultiFernet:
    """The keys for a purpose, from the secret key; the first one seals, former ones still open."""
    return _keys(purpose, (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS))


def seal(text: str, *, purpose: str) -> str:
    """Encrypt a text for a purpose; another purpose cannot open it."""
    return keys(purpose).encrypt(text.encode()).decode()


def unseal(sealed: str, *, purpose: str) -> str:
    """The text again. Raises ``cryptography.fernet.InvalidToken`` where no key fits."""
    return keys(purpose).decrypt(sealed.encode()).decode()


class SealedTextField(models.TextField):
    """A text that the database holds encrypted. It cannot be searched or compared there."""

    purpose = "sealed-text"

    def from_db_value(self, value: str | None, *_: Any) -> str | None:
        """Open what the database holds."""
        return unseal(value, purpose=self.purpose) if value else value

    def get_prep_value(self, value: Any) -> Any:
        """Seal what is to be kept; an empty text stays empty."""
        value = super().get_prep_value(value)
        return seal(value, purpose=self.purpose) if value else value

    def get_lookup(self, lookup_name: str) -> Any:
        """Only whether there is one: every sealing of the same text differs."""
        return super().get_lookup(lookup_name) if lookup_name == "isnull" else None
