"""Where things are in this checkout, and how its commands speak when something is wrong."""

import errno
import fcntl
import functools
import hashlib
import os
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LOCAL = ROOT / ".local"
LOGS = LOCAL / "log"
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"

DISK_FULL = "The disk is full: free about 2 GB, then run this again."


class Problem(Exception):
    """Something a person has to put right, told in one sentence."""


def say(text: str) -> None:
    print(text, flush=True)


def command(main: Callable[[], int | None]) -> Callable[[], None]:
    """Run `main` as a program: a problem ends it with its one sentence, never with a traceback."""

    @functools.wraps(main)
    def run() -> None:
        try:
            status = main()
        except Problem as problem:
            sys.exit(str(problem))
        except KeyboardInterrupt:
            sys.exit(130)
        except OSError as error:
            if error.errno in (errno.ENOSPC, errno.EDQUOT):
                sys.exit(DISK_FULL)
            raise
        sys.exit(status or 0)

    return run


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Hold the lock file at `path`, waiting for whoever has it; the kernel frees it if we die."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def fingerprint(paths: Iterable[Path]) -> str:
    """One hash of the names and contents of these files, whatever their order."""
    digest = hashlib.sha256()
    for path in sorted(paths):
        content = path.read_bytes()
        digest.update(f"{path.name} {len(content)}\n".encode())
        digest.update(content)
    return digest.hexdigest()


def short_folder(path: Path, longest: int = 80) -> Path:
    """`path`, or a stand-in under /tmp if a socket inside it would have too long an address."""
    if len(os.fsencode(path)) <= longest:
        return path
    return Path("/tmp") / f"csp-{hashlib.sha256(os.fsencode(path)).hexdigest()[:12]}"  # noqa: S108
