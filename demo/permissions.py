"""Who may use the demonstration's doors: anyone, but only where demonstration data is allowed."""

from typing import Any

from django.conf import settings

from core.permissions import ALLOWED, Verdict, denied, register, rule


class Demonstration:
    """The demonstration itself."""


@rule("Anyone, in the demonstration only")
def in_the_demonstration(user: Any, obj: Any) -> Verdict:
    """A real installation has no such door."""
    if settings.DEMONSTRATION:
        return ALLOWED
    return denied("This is not a demonstration.")


register("Demonstration", {Demonstration: {"sign in as": in_the_demonstration}})
