"""What no package registry of Python or npm has: Pango for PDFs, and a browser for its tests."""

import ctypes
import fcntl
import os
import shutil
import socket
import struct
import sys
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from embedded.checkout import Problem, say
from embedded.progress import step

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
MAC_BROWSERS = (
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
)
PANGO_LIBRARIES = ("libpango-1.0.so.0", "libpangoft2-1.0.so.0")
MAC_PANGO_LIBRARIES = ("libpango-1.0.dylib", "libpangoft2-1.0.dylib")

# Linux's own numbers for reading and setting the state of a network interface.
INTERFACE, GET_FLAGS, SET_FLAGS, IS_UP = "16sH14x", 0x8913, 0x8914, 1


@dataclass(frozen=True)
class Need:
    """A thing of the operating system's, what it is for, and the packages that bring it."""

    name: str
    purpose: str
    debian: tuple[str, ...]
    mac: str


PANGO = Need(
    "Pango",
    "PDF documents",
    ("libpango-1.0-0", "libpangoft2-1.0-0", "fonts-liberation2"),
    "pango",
)
CHROMIUM = Need("Chromium", "the browser tests", ("chromium",), "--cask chromium")


def ensure(*needs: Need) -> None:
    """Install what is missing where we may; otherwise say what to type, and go on without it."""
    missing = [need for need in needs if not is_there(need)]
    if missing and os.geteuid() == 0 and shutil.which("apt-get"):
        _install(missing)
        missing = [need for need in missing if not is_there(need)]
    for need in missing:
        say(
            f"{need.name} is missing, so {need.purpose} are left out. "
            f"To have them, type: {advice(need)}"
        )


def is_there(need: Need) -> bool:
    return bool(browser()) if need is CHROMIUM else _has_pango()


def advice(need: Need) -> str:
    """What a person types to get it."""
    if sys.platform == "darwin":
        return f"brew install {need.mac}"
    if shutil.which("dnf"):
        return f"sudo dnf install {need.name.lower()}"
    return f"sudo apt-get install --no-install-recommends {' '.join(need.debian)}"


def browser() -> str | None:
    """The path of a Chromium: the one that CHROMIUM names, or one that is installed."""
    if chosen := os.environ.get("CHROMIUM"):
        return chosen
    found = next(filter(None, map(shutil.which, BROWSERS)), None)
    return found or next((path for path in MAC_BROWSERS if Path(path).exists()), None)


def bring_up_loopback() -> None:
    """In a network namespace of its own (`unshare -n`) even the loopback starts down."""
    if sys.platform != "linux":
        return
    with suppress(OSError), socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as interface:
        asked = fcntl.ioctl(interface, GET_FLAGS, struct.pack(INTERFACE, b"lo", 0))
        flags = struct.unpack(INTERFACE, asked)[1]
        if not flags & IS_UP:
            fcntl.ioctl(interface, SET_FLAGS, struct.pack(INTERFACE, b"lo", flags | IS_UP))


def _has_pango() -> bool:
    return all(map(_loads, MAC_PANGO_LIBRARIES if sys.platform == "darwin" else PANGO_LIBRARIES))


def _loads(library: str) -> bool:
    folders = ("", "/opt/homebrew/lib/", "/usr/local/lib/") if sys.platform == "darwin" else ("",)
    for folder in folders:
        with suppress(OSError):
            ctypes.CDLL(folder + library)
            return True
    return False


def _install(needs: Iterable[Need]) -> None:
    packages = [package for need in needs for package in need.debian]
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    install = ["apt-get", "install", "-y", "--no-install-recommends", *packages]
    try:
        step("Refreshing Debian's package lists", ["apt-get", "update"], environment=environment)
        step(
            f"Installing {' and '.join(need.name for need in needs)}",
            install,
            environment=environment,
        )
    except Problem as problem:
        say(str(problem))
