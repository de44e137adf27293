"""Wake a worker without waiting for the broker.

A broker that takes a connection and then says nothing holds its caller for seconds, whatever the
time-outs (decision 0020). So nobody asks it on the way to an answer: a thread does, one at a
time, and whoever finds it busy lets it be, since the timetable wakes the worker within a minute.
"""

import logging
import threading
from collections.abc import Callable

logger = logging.getLogger("csp.broker")

_asking = threading.Lock()


def on_the_side(ask: Callable[[], object]) -> None:
    """Have a thread ask; return at once, whatever comes of it."""
    if _asking.acquire(blocking=False):
        threading.Thread(target=_ask, args=[ask], daemon=True).start()


def _ask(ask: Callable[[], object]) -> None:
    try:
        ask()
    except Exception as unreachable:  # it is only asked to be quicker
        logger.warning("worker-not-asked %s", type(unreachable).__name__)
    finally:
        _asking.release()
