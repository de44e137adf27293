"""Folders and copies of the checkout in which servers can be started, and broken, undisturbed."""

import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from embedded.checkout import ROOT, VENV

NOT_COPIED = shutil.ignore_patterns(
    ".git", ".venv", ".local", "node_modules", "__pycache__", ".*_cache", "tests", "docs", "bench"
)


@pytest.fixture
def folder() -> Iterator[Path]:
    """A folder that any user may enter, as Postgres' own user must."""
    made = Path(tempfile.mkdtemp(prefix="csp-test-"))
    made.chmod(0o755)
    yield made.resolve()
    wait_until(lambda: not processes_naming(made), 15)
    shutil.rmtree(made, ignore_errors=True)


@pytest.fixture
def checkout(folder: Path) -> Path:
    """A copy of this checkout with nothing installed and nothing local yet."""
    copy = folder / "checkout"
    shutil.copytree(ROOT, copy, ignore=NOT_COPIED)
    return copy


@pytest.fixture
def installed_checkout(checkout: Path) -> Path:
    """A copy of this checkout that shares our Python packages and npm's."""
    (checkout / ".venv").symlink_to(VENV)
    (checkout / ".local").mkdir()
    (checkout / ".local" / "node_modules").symlink_to(ROOT / ".local" / "node_modules")
    return checkout


def clean_environment(**more: str) -> dict[str, str]:
    """The machine's own environment, without what this test run has put there."""
    ours = ("DATABASE_URL", "REDIS_URL", "PYTHONPATH", "DJANGO_SETTINGS_MODULE", "SITE_ADDRESS")
    return {name: value for name, value in os.environ.items() if name not in ours} | more


def without_network(*command: object) -> list[str]:
    """The command in a network namespace of its own, where even the loopback is down."""
    return apart("--net", *command)


def apart(namespace: str, *command: object) -> list[str]:
    """The command in a namespace of its own, which only root can make, and not everywhere."""
    unshare = ["unshare", namespace]
    if not shutil.which("unshare") or run(*unshare, "true").returncode:
        pytest.skip(f"this machine does not let us have a namespace of our own ({namespace})")
    return [*unshare, *map(str, command)]


def run(*command: object, **more: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*map(str, command)],
        env=clean_environment(**more),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )


def wait_until(true: Callable[[], bool], seconds: float) -> bool:
    """Whether it came true in time."""
    deadline = time.monotonic() + seconds
    while not true():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.05)
    return True


def processes_naming(path: Path) -> list[int]:
    """The live processes that have this path in their command line or working folder."""
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdecimal() and int(entry.name) != os.getpid():
            try:
                command = (entry / "cmdline").read_bytes()
                here = os.readlink(entry / "cwd")
            except OSError:
                continue
            if os.fsencode(path) in command or here.startswith(str(path)):
                found.append(int(entry.name))
    return found
