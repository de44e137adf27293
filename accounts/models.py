"""People who sign in. What they may do follows from their seats, never from the account."""

import uuid
from typing import Any

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower

from core import clock
from core.constraints import both_or_neither
from core.history import History


class AccountHistory(History):
    """Signing in changes nothing that a history is for."""

    def post_save(self, instance: Any, created: bool, using: Any = None, **kwargs: Any) -> None:
        """Leave out the save of ``last_login`` alone."""
        if kwargs.get("update_fields") != frozenset({"last_login"}):
            super().post_save(instance, created, using, **kwargs)


class UserManager(BaseUserManager["User"]):
    """Makes accounts with an email address and, until the person chooses one, no password."""

    def create_user(self, email: str, name: str, password: str | None = None) -> "User":
        """An account; without a password it can only be opened by an invitation."""
        user = self.model(email=email.lower(), name=name)
        user.set_password(password)
        user.save()
        return user

    def get_by_natural_key(self, username: str | None) -> "User":
        """Email addresses are the same whatever their case."""
        return self.get(email__iexact=username)


class User(AbstractBaseUser):
    """A person who may sign in. The name stays on what they did after they leave."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    email = models.EmailField("email address", max_length=254)
    name = models.CharField("full name", max_length=120)
    telephone = models.CharField(max_length=40, blank=True)
    is_active = models.BooleanField("can sign in", default=True)
    created_at = models.DateTimeField(default=clock.now, editable=False)
    invited_at = models.DateTimeField(null=True, blank=True)
    invited_by = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="invited"
    )
    history = AccountHistory(excluded_fields=["password", "last_login"])

    objects = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                name="accounts_user_email_once",
                violation_error_message="Somebody already has this email address.",
            ),
            both_or_neither("invited_at", "invited_by", name="accounts_user_invited_at_and_by"),
        ]
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def get_full_name(self) -> str:
        """The name as it stands in minutes."""
        return self.name

    def get_short_name(self) -> str:
        """The same: a person is called by their whole name here."""
        return self.name
