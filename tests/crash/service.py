"""The whole service in a folder of its own, whose parts can be killed and started again."""

import http.client
import os
import signal
import socket
import subprocess
import sys
from contextlib import contextmanager, suppress
from pathlib import Path

import psycopg2

from embedded import environment, shared, supervisor
from embedded.broker import Broker
from embedded.checkout import ROOT, locked
from embedded.postgres import Postgres
from embedded.processes import background, end
from tests import migrated
from tests.embedded.conftest import wait_until

PATIENCE = 120


class Service:
    """Web process, worker, Postgres and broker: a deployment in small."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.postgres, self.broker = Postgres(folder / "postgres"), Broker(folder / "broker")
        self.port = free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        self.variables = {
            **os.environ,
            **environment.settings(self.address),
            "SITE_ADDRESS": self.address,
            "DATABASE_URL": self.postgres.url,
            "REDIS_URL": self.broker.url,
            "PYTHONPATH": str(ROOT),
        }
        self.processes: dict[str, subprocess.Popen[bytes]] = {}

    @contextmanager
    def running(self):
        """Up for the length of the block, and gone after it, whatever happened in it."""
        with shared.using(self.postgres), shared.using(self.broker):
            try:
                migrated.fill(self.postgres.url)
                self.path, self.item = self.run("-m", "tests.crash.data").split()
                for name in ("web", "worker"):
                    self.start(name)
                self.wait()
                yield self
            finally:
                end(self.processes.values())

    def run(self, *arguments) -> str:
        """What a program of the service says, once it has ended well."""
        done = subprocess.run(
            [sys.executable, *map(str, arguments)], cwd=ROOT, env=self.variables,
            capture_output=True, text=True, timeout=600, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        return done.stdout.strip().splitlines()[-1] if done.stdout else ""

    # ---- killed and started again ---------------------------------------------------------------

    def start(self, name: str) -> None:
        arguments = supervisor.servers(self.port)[name]
        self.processes[name] = background(arguments, self.variables, self.folder / f"{name}.log")

    def kill(self, name: str) -> None:
        """End a part at once: it gets no moment to finish anything."""
        if name == "postgres":
            for pid in self.postgres_processes():
                with suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)
            return
        with suppress(ProcessLookupError):
            os.killpg(self.processes[name].pid, signal.SIGKILL)
        self.processes[name].wait()

    def postgres_processes(self) -> list[int]:
        """Our postmaster, and where the system tells them its backends, which it leads."""
        first = int((self.postgres.cluster / "postmaster.pid").read_text().split()[0])
        children = ""
        with suppress(OSError):
            children = Path(f"/proc/{first}/task/{first}/children").read_text()
        return [first, *map(int, children.split())]

    def revive(self, name: str) -> None:
        if name == "postgres":
            with locked(self.postgres.folder / "server.lock"):
                self.postgres.start()
        else:
            self.start(name)
        self.wait()

    def wait(self) -> None:
        """Return once the web process says that it can serve."""
        assert wait_until(self.ready, PATIENCE), (self.folder / "web.log").read_text()[-2000:]

    def ready(self) -> bool:
        with suppress(OSError, http.client.HTTPException):
            connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
            connection.request("GET", "/readyz")
            return connection.getresponse().status == 200
        return False

    # ---- what is there --------------------------------------------------------------------------

    def kept(self) -> str:
        """The item's minute as the database has it."""
        connection = psycopg2.connect(self.postgres.url)
        try:
            with connection.cursor() as cursor:
                cursor.execute("SELECT minute FROM meetings_item WHERE id = %s", [self.item])
                return cursor.fetchone()[0]
        finally:
            connection.close()


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]
