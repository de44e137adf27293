"""The points between which a crash could lose something or send it twice, by their names.

The harness in ``tests/crash`` listens here and ends the process at one of them. Nothing else does.
"""

from collections.abc import Callable

POINTS = (
    "woken",  # a tick has begun
    "locked",  # nobody else is making notices
    "made",  # notices and deliveries are written, not committed
    "materialised",  # and now they are
    "claiming",  # a mail's deliveries are locked, not committed
    "claimed",  # and now they are ours for the length of the lease
    "composed",  # the mail is written; nobody has it
    "accepted",  # the mail server has it; the database does not know
    "marking",  # the database was told, not committed
    "sent",  # and now it knows
)

# Between these two a crash sends the mail once more, with the same Message-ID.
WINDOW = ("accepted", "marking")

listeners: list[Callable[[str], None]] = []


def reached(point: str) -> None:
    """Say that a point is reached."""
    for listen in listeners:
        listen(point)
