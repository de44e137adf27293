"""The policy of the health pages: they say nothing but whether the service runs."""

from core.permissions import anyone, register


class Installation:
    """The running service itself."""


register("Service", {Installation: {"read health": anyone}})
