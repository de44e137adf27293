"""The demonstration's one command: its ports, its end, and what a kill leaves behind."""

import os
import re
import signal
import socket
import subprocess
import time
import urllib.request

import pytest

from embedded import supervisor
from embedded.checkout import Problem
from tests.embedded.conftest import clean_environment, processes_naming, wait_until

SECONDS_TO_START = 600


@pytest.fixture
def taken_port():
    with socket.create_server(("127.0.0.1", 0)) as listener:
        yield listener.getsockname()[1]


def test_a_port_that_was_asked_for_and_is_taken_is_refused(monkeypatch, taken_port):
    monkeypatch.setenv("PORT", str(taken_port))
    with pytest.raises(Problem, match=f"Port {taken_port} is in use: choose another"):
        supervisor.choose_port()


def test_the_next_port_is_taken_and_said_when_nobody_asked(monkeypatch, capsys, taken_port):
    monkeypatch.delenv("PORT", raising=False)
    monkeypatch.setattr(supervisor, "FIRST_PORT", taken_port)
    chosen = supervisor.choose_port()
    assert chosen > taken_port
    assert capsys.readouterr().out == (
        f"Port {taken_port} is in use, so this is on port {chosen}.\n"
    )


@pytest.mark.parametrize("nonsense", ["http", "0", "70000", "-1"])
def test_a_port_that_is_none_is_refused(monkeypatch, nonsense):
    monkeypatch.setenv("PORT", nonsense)
    with pytest.raises(Problem, match="is not a port"):
        supervisor.choose_port()


class Demonstration:
    """`bin/demo` of a copy of the checkout, as a person starts it."""

    def __init__(self, checkout):
        self.checkout = checkout
        with socket.create_server(("127.0.0.1", 0)) as free:
            port = free.getsockname()[1]
        self.output = (checkout / "output").open("w+")
        self.process = subprocess.Popen(
            [checkout / "bin" / "demo"],
            env=clean_environment(PORT=str(port)),
            stdin=subprocess.DEVNULL,
            stdout=self.output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )

    def told(self):
        return (self.checkout / "output").read_text()

    def address(self):
        """Where it says that it is, once it does."""
        assert wait_until(
            lambda: "Ctrl-C stops it" in self.told() or self.process.poll() is not None,
            SECONDS_TO_START,
        )
        found = re.search(r"The site is at (\S+)", self.told())
        assert found, self.told()
        return found[1]

    def end(self, number):
        os.kill(self.process.pid, number)
        return self.process.wait(60)


@pytest.fixture
def demonstrate(installed_checkout):
    """Starts demonstrations, and sees to it that none is left."""
    started = []

    def demonstrate():
        started.append(Demonstration(installed_checkout))
        return started[-1]

    yield demonstrate
    for demonstration in started:
        demonstration.process.kill()
        demonstration.process.wait()
        demonstration.output.close()


def test_starts_stops_and_recovers_from_a_kill(installed_checkout, demonstrate):
    first = demonstrate()
    with urllib.request.urlopen(first.address(), timeout=30) as page:
        assert page.status == 200
    assert len(re.findall(r"^  \w", first.told(), re.MULTILINE)) > 3, "people to sign in as"
    second = subprocess.run(
        [installed_checkout / "bin" / "demo"],
        env=clean_environment(),
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert second.stderr == "The demonstration of this checkout is already running.\n"
    assert first.end(signal.SIGINT) == 0
    assert processes_naming(installed_checkout) == []

    killed = demonstrate()
    killed.address()
    killed.end(signal.SIGKILL)
    assert wait_until(lambda: not processes_naming(installed_checkout), 20)

    began = time.monotonic()
    recovered = demonstrate()
    with urllib.request.urlopen(f"{recovered.address()}/readyz", timeout=30) as page:
        assert page.status == 200
    assert time.monotonic() - began < SECONDS_TO_START / 2
    assert recovered.end(signal.SIGTERM) == 0
    assert processes_naming(installed_checkout) == []
