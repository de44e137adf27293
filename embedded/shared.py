"""A server that several commands share: the first one starts it, the last one stops it.

Every command that uses the server holds a shared lock on a file while it runs. The kernel drops
that lock when the command ends, however it ends, so nobody has to count. A keeper process looks
once a second whether anybody is left, and stops the server that a killed command left behind.
"""

import fcntl
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Protocol

from embedded.checkout import ROOT, locked


class Server(Protocol):
    """A server with a folder of its own, started and stopped only while its lock is held."""

    folder: Path
    keeper: str

    def running(self) -> bool: ...
    def start(self) -> None: ...
    def stop(self) -> None: ...


@contextmanager
def using(server: Server) -> Iterator[None]:
    """Have `server` up for the length of the block."""
    server.folder.mkdir(parents=True, exist_ok=True)
    with (server.folder / "users.lock").open("a") as users:
        with locked(server.folder / "server.lock"):
            if not server.running():
                server.start()
                _start_keeper(server)
            fcntl.flock(users, fcntl.LOCK_SH)
        try:
            yield
        finally:
            fcntl.flock(users, fcntl.LOCK_UN)
            with locked(server.folder / "server.lock"):
                if _stop_if_unused(server):
                    _dismiss_keeper(server)


def keep(server: Server) -> None:
    """Be the keeper: wait until nobody uses the server, then stop it."""
    with locked(server.folder / "keeper.pid"):
        (server.folder / "keeper.pid").write_text(str(os.getpid()))
        unused = False
        while not unused:
            time.sleep(1)
            with locked(server.folder / "server.lock"):
                unused = _stop_if_unused(server)


def _stop_if_unused(server: Server) -> bool:
    """Stop the server unless somebody still uses it; say whether nobody does."""
    with (server.folder / "users.lock").open("a") as users:
        try:
            fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        if server.running():
            server.stop()
        return True


def _dismiss_keeper(server: Server) -> None:
    """End the keeper and see it gone; the number in the file is its own while it has the lock."""
    with (server.folder / "keeper.pid").open("a+") as record:
        while True:
            try:
                fcntl.flock(record, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                record.seek(0)
                if number := record.read():
                    with suppress(ProcessLookupError):
                        os.kill(int(number), signal.SIGTERM)
                time.sleep(0.01)
            else:
                record.truncate(0)
                return


def _start_keeper(server: Server) -> None:
    subprocess.Popen(
        [sys.executable, "-P", "-m", server.keeper, str(server.folder)],
        cwd="/",
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
