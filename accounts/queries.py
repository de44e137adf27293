"""What a person's own pages say of their account."""

from dataclasses import dataclass
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession


@dataclass(frozen=True, slots=True)
class Factors:
    """The second ways in which a person proves who they are."""

    app: bool
    passkeys: int


def factors(user: Any) -> Factors:
    """An authenticator app or not, and how many passkeys."""
    types = list(Authenticator.objects.filter(user=user).values_list("type", flat=True))
    return Factors(
        app=Authenticator.Type.TOTP in types, passkeys=types.count(Authenticator.Type.WEBAUTHN)
    )


def browsers(user: Any) -> int:
    """In how many browsers the person is signed in, this one included."""
    return len(UserSession.objects.purge_and_list(user)) or 1
