"""What the record hears of accounts, which lie below it: allauth's signals and the room's verbs.

These entries belong to no partnership: an account is the installation's. Signals are used here and
nowhere else.
"""

from typing import Any

from allauth.account import signals as account
from allauth.mfa import signals as factor
from django.contrib.auth.signals import user_logged_out, user_login_failed
from django.dispatch import receiver

from accounts import workflow as accounts
from accounts.models import User
from audit.workflow import record

accounts.listeners.append(lambda verb, user, by: record(verb, user, by=by))


@receiver(account.user_logged_in)
def signed_in(user: User, **more: Any) -> None:
    """By password, second factor or passkey."""
    record("signed in", user, by=user)


@receiver(user_logged_out)
def signed_out(user: User | None, **more: Any) -> None:
    """By oneself, or because the session ran out."""
    if user is not None:
        record("signed out", user, by=user)


@receiver(user_login_failed)
def failed(credentials: dict[str, Any], **more: Any) -> None:
    """A bad password for an account that there is; what was typed otherwise is not kept."""
    email = credentials.get("email") or credentials.get("username") or ""
    user = User.objects.filter(email__iexact=email).first()
    if user is not None:
        record("failed to sign in to the account of", user, by=None)


@receiver(account.password_changed)
@receiver(account.password_set)
def changed_password(user: User, **more: Any) -> None:
    """Knowing the old one, or signed in otherwise."""
    record("changed the password of", user, by=user)


@receiver(account.password_reset)
def reset_password(user: User, **more: Any) -> None:
    """By the link in the email."""
    record("reset the password of", user, by=user)


@receiver(factor.authenticator_added)
def added_factor(user: User, authenticator: Any, **more: Any) -> None:
    """An app, a passkey, or the first recovery codes."""
    record("added a second factor to", user, by=user, detail={"type": authenticator.type})


@receiver(factor.authenticator_removed)
def removed_factor(user: User, authenticator: Any, **more: Any) -> None:
    """The account is weaker from now on."""
    record("removed a second factor from", user, by=user, detail={"type": authenticator.type})


@receiver(factor.authenticator_reset)
def reset_factor(user: User, authenticator: Any, **more: Any) -> None:
    """New recovery codes."""
    record("made new recovery codes for", user, by=user)


@receiver(factor.authentication_failed)
def failed_factor(user: User, authenticator: Any, **more: Any) -> None:
    """A bad code after a good password: somebody may know the password."""
    record("gave a wrong code for", user, by=None, detail={"type": authenticator.type})
