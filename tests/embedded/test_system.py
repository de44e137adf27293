"""What the operating system lacks is installed by root, and otherwise said."""

import sys

from embedded import system
from embedded.checkout import ROOT
from tests.embedded.conftest import run, without_network

LISTEN = """
import socket
from embedded.system import bring_up_loopback
bring_up_loopback()
with socket.create_server(("127.0.0.1", 0)) as server:
    socket.create_connection(server.getsockname(), timeout=2).close()
"""
ENSURE = """
import os
from embedded import system
os.geteuid = lambda: 1000
system.ensure(system.CHROMIUM)
print("goes on")
"""


def test_loopback_is_brought_up_where_there_is_no_network():
    done = run(*without_network(sys.executable, "-c", LISTEN), PYTHONPATH=str(ROOT))
    assert done.returncode == 0, done.stderr


def test_who_may_not_install_is_told_what_to_type():
    done = run(sys.executable, "-c", ENSURE, PYTHONPATH=str(ROOT), PATH="/nowhere", CHROMIUM="")
    assert done.stdout.splitlines() == [
        "Chromium is missing, so the browser tests are left out. To have them, type: "
        "sudo apt-get install --no-install-recommends chromium",
        "goes on",
    ]


def test_the_browser_can_be_named(monkeypatch):
    monkeypatch.setenv("CHROMIUM", "/opt/my/chromium")
    assert system.browser() == "/opt/my/chromium"
