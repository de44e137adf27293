"""The points of an import between which a crash could leave half of it, by their names.

The harness in ``tests/crash`` listens here and ends the process at one of them. Nothing else does.
"""

from collections.abc import Callable

POINTS = (
    "begun",  # the run is written down and committed; its transaction has not begun
    "alone",  # no other import can go on
    "opened",  # a file is open, nothing of it is stored
    "rows",  # a batch of its rows is stored
    "read",  # all of its rows are
    "replaced",  # what it replaces is gone
    "counted",  # its counts are stored
    "filed",  # the file itself is written down
    "remarked",  # every file is in, and neighbours are compared
    "finishing",  # the run says that it is done, not committed
    "committed",  # and now it is
)

listeners: list[Callable[[str], None]] = []


def reached(point: str) -> None:
    """Say that a point is reached."""
    for listen in listeners:
        listen(point)
