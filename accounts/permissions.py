"""Who may open an account: its own person, and nobody else, whatever seat they hold."""

from typing import Any

from accounts.models import User
from core.permissions import ALLOWED, Verdict, anyone, denied, register, rule


@rule("The person whose account it is")
def own(user: Any, obj: Any) -> Verdict:
    """Officers invite and close accounts, but never open one."""
    if not user.is_authenticated:
        return denied("Sign in first.")
    return ALLOWED if obj.pk == user.pk else denied("This is somebody else’s account.")


register("Accounts", {User: {"sign in": anyone, "manage own account": own}})
