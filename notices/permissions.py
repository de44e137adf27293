"""Who may read notices."""

from typing import Any

from core.permissions import ALLOWED, Verdict, denied, register, rule
from notices.models import Notice


@rule("The person to whom it is addressed")
def recipient(user: Any, obj: Any) -> Verdict:
    """Nobody reads what another person has been told."""
    if user.is_authenticated and obj.recipient_id == user.pk:
        return ALLOWED
    return denied("This notice is for somebody else.")


register("Notices", {Notice: {"read": recipient}})
