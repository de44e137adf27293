"""`bin/demo`: the whole application on this machine, from nothing to an address, until Ctrl-C."""

import fcntl
import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from embedded import assets, environment, system
from embedded.checkout import LOCAL, LOGS, ROOT, Problem, command, say
from embedded.processes import background, end
from embedded.progress import step

FIRST_PORT = 8000
PORTS_TRIED = 20
SECONDS_TO_START = 60
SECONDS_TO_LET_GO = 2
STOPPING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
MANAGE = (sys.executable, str(ROOT / "manage.py"))


def choose_port() -> int:
    """The port that PORT names, which must be free, or the first free one from 8000."""
    if wanted := os.environ.get("PORT"):
        if not wanted.isdecimal() or not 0 < int(wanted) < 65536:
            raise Problem(f"PORT is {wanted}, which is not a port: use a number like 8000.")
        if not _becomes_free(int(wanted)):
            raise Problem(f"Port {wanted} is in use: choose another, like PORT={int(wanted) + 1}.")
        return int(wanted)
    if _becomes_free(FIRST_PORT):
        return FIRST_PORT
    for port in range(FIRST_PORT + 1, FIRST_PORT + PORTS_TRIED):
        if _free(port):
            say(f"Port {FIRST_PORT} is in use, so this is on port {port}.")
            return port
    raise Problem(f"Ports {FIRST_PORT} to {port} are all in use: choose one, like PORT=9000.")


def prepare(variables: dict[str, str]) -> None:
    """Bring the database up to date and, the first time, tell the demonstration's story."""
    step("Preparing the database", [*MANAGE, "migrate", "--no-input"], environment=variables)
    step("Telling the story", [*MANAGE, "tell_demonstration"], environment=variables)


def people(variables: dict[str, str]) -> str:
    """Whom one can sign in as, a line each."""
    done = subprocess.run(
        [*MANAGE, "demonstration_people"],
        env=variables,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise Problem(f"The people could not be listed: {done.stderr.strip().splitlines()[-1]}")
    return done.stdout.rstrip()


def servers(port: int) -> dict[str, list[str]]:
    """Each process of the application and how it is started, as in production."""
    celery = [sys.executable, "-m", "celery", "-A", "csp"]
    web = [sys.executable, "-m", "gunicorn", "csp.wsgi", "--workers=2", "--no-control-socket"]
    return {
        "web": [*web, *(f"--bind={_join(host, port)}" for host in _loopback_hosts())],
        "worker": [*celery, "worker", "--pool=threads", "--concurrency=2", "--loglevel=INFO"],
        "beat": [*celery, "beat", f"--schedule={LOCAL / 'beat'}", "--loglevel=INFO"],
    }


@contextmanager
def started(port: int, variables: dict[str, str]) -> Iterator[dict[str, subprocess.Popen[bytes]]]:
    """All of them up for the length of the block, and ended after it."""
    processes: dict[str, subprocess.Popen[bytes]] = {}
    try:
        for name, arguments in servers(port).items():
            processes[name] = background(arguments, variables, LOGS / f"{name}.log")
        yield processes
    finally:
        end(processes.values())


def wait_until_ready(port: int, processes: dict[str, subprocess.Popen[bytes]]) -> None:
    """Return once the web process says that it can serve."""
    deadline = time.monotonic() + SECONDS_TO_START
    while not _ready(port):
        check(processes)
        if time.monotonic() > deadline:
            raise Problem(f"The site did not come up; what it said is in {LOGS / 'web.log'}.")
        time.sleep(0.1)


def check(processes: dict[str, subprocess.Popen[bytes]]) -> None:
    """Raise when one of the processes has ended by itself."""
    for name, process in processes.items():
        if process.poll() is not None:
            log = LOGS / f"{name}.log"
            tail = log.read_text(errors="replace").splitlines()[-15:]
            raise Problem("\n".join([*tail, f"The {name} process ended; all it said is in {log}."]))


@contextmanager
def only_one(path: Path) -> Iterator[None]:
    """Refuse a second demonstration in the same checkout."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a") as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Problem("The demonstration of this checkout is already running.") from None
        yield


def run() -> None:
    """Serve until interrupted."""
    with only_one(LOCAL / "demo.lock"), ExitStack() as stack:
        system.ensure(system.PANGO)
        assets.build()
        system.bring_up_loopback()
        port = choose_port()
        address = f"http://localhost:{port}"
        variables = stack.enter_context(environment.running(address))
        prepare(variables)
        processes = stack.enter_context(started(port, variables))
        welcome = f"\n{people(variables)}\n\nThe site is at {address}\nCtrl-C stops it."
        wait_until_ready(port, processes)
        say(welcome)
        while True:
            time.sleep(0.5)
            check(processes)


@command
def main() -> int:
    for number in STOPPING:
        signal.signal(number, _interrupt)
    try:
        run()
    except KeyboardInterrupt:
        say("\nStopped.")
    return 0


def _interrupt(*_: object) -> None:
    """Stop once: a second Ctrl-C must not cut short the putting away."""
    for number in STOPPING:
        signal.signal(number, signal.SIG_IGN)
    raise KeyboardInterrupt


def _becomes_free(port: int) -> bool:
    """Whether the port is free, or soon is: a killed demonstration takes a moment to let go."""
    deadline = time.monotonic() + SECONDS_TO_LET_GO
    while not (free := _free(port)) and time.monotonic() < deadline:
        time.sleep(0.1)
    return free


def _free(port: int) -> bool:
    """Whether nobody listens there, on either kind of loopback."""
    for host in _loopback_hosts():
        with socket.socket(_family(host)) as listener:
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                listener.bind((host, port))
            except OSError:
                return False
    return True


def _loopback_hosts() -> list[str]:
    """A browser may take `localhost` for either; a machine may have no IPv6."""
    hosts = ["127.0.0.1"]
    with suppress(OSError), socket.socket(socket.AF_INET6) as listener:
        listener.bind(("::1", 0))
        hosts.append("::1")
    return hosts


def _family(host: str) -> socket.AddressFamily:
    return socket.AF_INET6 if ":" in host else socket.AF_INET


def _join(host: str, port: int) -> str:
    return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"


def _ready(port: int) -> bool:
    with suppress(OSError, http.client.HTTPException):
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
        connection.request("GET", "/readyz", headers={"Host": f"localhost:{port}"})
        return connection.getresponse().status == 200
    return False


if __name__ == "__main__":
    main()
