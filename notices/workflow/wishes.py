"""Let a person say how they want to be told."""

from collections.abc import Mapping
from typing import Any

from django.core import signing
from django.db import transaction

from accounts.models import User
from core.permissions import can, require
from core.reminders import reminders
from notices.models import How, Preference
from notices.queries.wishes import EVENT
from notices.workflow.letters import SALT

AS_OTHERS = ""


@transaction.atomic
def choose(person: Any, wishes: Mapping[str, str], *, by: Any) -> None:
    """Set how a person is told, by kind; "" is for all others, and ``AS_OTHERS`` follows those."""
    require(can(by, "choose", Preference(person=person)))
    for kind, how in wishes.items():
        if how == AS_OTHERS:
            Preference.objects.filter(person=person, kind=kind).delete()
        else:
            Preference.objects.update_or_create(person=person, kind=kind, defaults={"how": how})


def read_token(token: str) -> tuple[Any, str] | None:
    """Whose wish the address of an email is about, and of which kind; ``None`` if it is not ours.

    It holds for as long as the person has an account: a mail may be years old when it is read.
    """
    try:
        wish = signing.loads(token, salt=SALT)
        person = User.objects.get(pk=wish["person"], is_active=True)
    except (signing.BadSignature, User.DoesNotExist):
        return None
    return person, wish["kind"]


def is_statutory(kind: str) -> bool:
    """Whether a kind cannot be turned off."""
    return kind in reminders and reminders[kind].statutory


@transaction.atomic
def turn_off(person: Any, kind: str) -> bool:
    """Send no more email of a kind, or of any; says whether that can be.

    Whoever holds the address may ask it.
    """
    if is_statutory(kind):
        return False
    for each in (kind,) if kind else ("", EVENT):
        Preference.objects.update_or_create(person=person, kind=each, defaults={"how": How.NEVER})
    return True
