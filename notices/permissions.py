"""Who may read notices."""

from typing import Any

from django.conf import settings

from core.permissions import ALLOWED, Verdict, any_of, denied, register, rule
from membership.models import Partnership
from membership.permissions import administrator, officer, sits
from notices.models import CALENDAR_KINDS, Cycle, Delivery, Notice, Preference, Turn


@rule("The person to whom it is addressed")
def recipient(user: Any, obj: Any) -> Verdict:
    """Nobody reads what another person has been told."""
    if user.is_authenticated and obj.recipient_id == user.pk:
        return ALLOWED
    return denied("This notice is for somebody else.")


@rule("The person themselves")
def themselves(user: Any, obj: Any) -> Verdict:
    """Nobody says for another how they want to be told."""
    if user.is_authenticated and obj.person_id == user.pk:
        return ALLOWED
    return denied("This is for the person themselves.")


class Unsubscription:
    """What the address in an email turns off: whose email, and of which kind."""

    def __init__(self, person: Any = None) -> None:
        self.person = person


@rule("Whoever holds the address that an email of theirs names, signed in or not")
def holds_the_address(user: Any, obj: Any) -> Verdict:
    """Mail programs ask it without anybody signing in (RFC 8058)."""
    return ALLOWED if obj.person else denied("This address is not one of ours.")


class Console:
    """The page on which the demonstration shows the email that it would have sent."""


@rule("Anyone, in the demonstration only")
def in_the_demonstration(user: Any, obj: Any) -> Verdict:
    """A real installation has no such page."""
    if settings.DEMONSTRATION:
        return ALLOWED
    return denied("This is not a demonstration.")


reads_calendar = sits(
    "Everybody with a seat on the board, in the secretariat or on the scrutiny committee",
    "Only members of the board, its officers and the scrutiny committee can see this.",
    *CALENDAR_KINDS,
)

register(
    "Notices",
    {
        Notice: {"read": recipient},
        Preference: {"choose": themselves},
        Unsubscription: {"turn off": holds_the_address},
        Delivery: {"read": officer, "resend": officer},
        Console: {"read mail": in_the_demonstration},
        Partnership: {
            "see reminders": officer,
            "change reminders": officer,
            "read mail log": officer,
            "read calendar": reads_calendar,
            "manage calendar": officer,
            "proclaim days": any_of(officer, administrator),
        },
        Cycle: {"change": officer},
        Turn: {"view": reads_calendar, "change": officer},
    },
)
