"""Invite people, let them in and shut them out.

Who may call these is decided in membership, which knows seats; only what a person does to their own
account is decided here. Accepting needs the token of the newest invitation, or its sender's word.
"""

import datetime
from collections.abc import Callable
from functools import partial
from typing import Any

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core import signing
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse

from accounts import mail
from accounts.models import User
from core import clock, history
from core.workflow import Wrong

INVITATION_LASTS = datetime.timedelta(days=7)
SALT = "accounts.invitation"

# The record of what was done stands above this room, so it listens: (verb, account, by).
listeners: list[Callable[[str, User, Any], object]] = []


@transaction.atomic
def invite(*, email: str, name: str, telephone: str = "", by: User | None) -> tuple[User, bool]:
    """Give a person an account and send them the link by which they open it.

    Returns the account and whether it is new. Somebody who has one already keeps it as it is, and
    is sent a new link if they have not used theirs. ``by`` is nobody for the first officer of an
    installation only. Raises ``ValidationError`` by field.
    """
    known = User.objects.select_for_update().filter(email__iexact=email.strip()).first()
    if known:
        if not known.is_active:
            message = "This person’s account was closed. Open it again instead of inviting them."
            raise ValidationError({"email": message})
        if not known.has_usable_password():
            _send_invitation(known, by=by)
        return known, False
    user = User(email=email.strip().lower(), name=name.strip(), telephone=telephone.strip())
    user.set_unusable_password()
    user.full_clean()
    try:
        with transaction.atomic():
            _send_invitation(user, by=by)
    except IntegrityError as same:
        message = "Somebody else has just invited this person."
        raise ValidationError({"email": message}) from same
    return user, True


@transaction.atomic
def resend_invitation(user: User, *, by: User) -> User:
    """Send a new link; the one sent before stops working."""
    user = _locked(user)
    if not user.is_active:
        raise Wrong("This account is closed. Open it again first.")
    if user.has_usable_password():
        raise Wrong(f"{user} has accepted the invitation already.")
    return _send_invitation(user, by=by)


def _send_invitation(user: User, *, by: User | None) -> User:
    user.invited_at, user.invited_by = clock.now(), by or user
    changed = () if user._state.adding else ("invited_at", "invited_by")
    history.save(user, by=by, fields=changed)
    _note("invited", user, by)
    link = settings.SITE_ADDRESS + reverse("accounts:invitation", args=[invitation(user)])
    subject = "Set up your account"
    transaction.on_commit(partial(mail.send, user, "invitation", subject, link=link))
    return user


def invitation(user: User) -> str:
    """The token of a person's newest invitation: signed, and useless once there is a newer one."""
    assert user.invited_at  # noqa: S101 - only the invited have a token
    return signing.dumps([str(user.pk), user.invited_at.isoformat()], salt=SALT)


def invited(token: str) -> User:
    """Whose invitation a token is. Raises ``Wrong`` with what to do when it works no more."""
    try:
        pk, sent_at = signing.loads(token, salt=SALT)
    except (signing.BadSignature, ValueError) as bad:
        raise Wrong("The link is not complete. Copy all of it from the email.", "broken") from bad
    user = User.objects.filter(pk=pk).first()
    if user is None:
        raise Wrong("This account is no longer there. Ask whoever invited you.", "closed")
    _must_be_waiting(user)
    if not user.invited_at or user.invited_at.isoformat() != sent_at:
        raise Wrong("A newer invitation was sent. Use the link in the newest email.", "replaced")
    if clock.now() - user.invited_at > INVITATION_LASTS:
        raise Wrong("The link worked for 7 days. Ask for a new one.", "expired")
    return user


def _must_be_waiting(user: User) -> None:
    if not user.is_active:
        raise Wrong("This account is closed. Ask whoever invited you.", "closed")
    if user.has_usable_password():
        raise Wrong("You have used this link already. Sign in with your password.", "used")


@transaction.atomic
def accept_invitation(user: User, *, password: str) -> User:
    """Set the first password, after which no invitation opens the account.

    Raises ``ValidationError`` for ``password`` where it is too easily guessed.
    """
    user = _locked(user)
    _must_be_waiting(user)
    try:
        validate_password(password, user)
    except ValidationError as weak:
        raise ValidationError({"password": weak.messages}) from weak
    user.set_password(password)
    history.save(user, by=user, fields=["password"])
    _note("accepted the invitation to", user, user)
    return user


@transaction.atomic
def change_details(user: User, *, name: str, telephone: str, by: User) -> User:
    """Correct a name or a telephone number. What was minuted before keeps the old name."""
    user = _locked(user)
    user.name, user.telephone = name.strip(), telephone.strip()
    user.full_clean(validate_constraints=False)
    history.save(user, by=by, fields=["name", "telephone"])
    _note("changed the details of", user, by)
    return user


@transaction.atomic
def change_email(user: User, *, email: str, by: User) -> User:
    """Give an account another address. Links sent to the old one stop working."""
    user = _locked(user)
    user.email = email.strip().lower()
    user.full_clean()
    history.save(user, by=by, fields=["email"])
    _note("changed the email address of", user, by)
    if user.is_active and not user.has_usable_password():
        _send_invitation(user, by=by)
    return user


@transaction.atomic
def deactivate(user: User, *, by: User | None) -> User:
    """Close an account: it opens nothing from the next request on. Its history stays."""
    user = _locked(user)
    if not user.is_active:
        raise Wrong(f"{user}’s account is closed already.")
    if by is not None and by.pk == user.pk:
        raise Wrong("You cannot close your own account. Ask another officer.")
    user.is_active = False
    history.save(user, by=by, fields=["is_active"])
    for session in UserSession.objects.filter(user=user):
        session.end()
    _note("closed the account of", user, by)
    return user


@transaction.atomic
def reactivate(user: User, *, by: User | None) -> User:
    """Open a closed account again, with the password that it had."""
    user = _locked(user)
    if user.is_active:
        raise Wrong(f"{user}’s account is open already.")
    user.is_active = True
    history.save(user, by=by, fields=["is_active"])
    _note("opened again the account of", user, by)
    return user


def _locked(user: User) -> User:
    return User.objects.select_for_update().get(pk=user.pk)


def _note(verb: str, user: User, by: User | None) -> None:
    for listener in listeners:
        listener(verb, user, by)
