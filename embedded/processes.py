"""Child processes that never outlive us."""

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path

from embedded.checkout import ROOT

PR_SET_PDEATHSIG = 1


def foreground(arguments: Sequence[str | Path], variables: Mapping[str, str]) -> int:
    """Run a command in the person's terminal, outlasting its Ctrl-C; give its exit status."""
    interrupt = signal.signal(signal.SIGINT, signal.SIG_IGN)
    child = subprocess.Popen(
        [str(argument) for argument in arguments], env=variables, preexec_fn=_in_foreground
    )
    terminate = signal.signal(signal.SIGTERM, lambda *_: child.terminate())
    try:
        status = child.wait()
    finally:
        signal.signal(signal.SIGINT, interrupt)
        signal.signal(signal.SIGTERM, terminate)
    return status if status >= 0 else 128 - status


def background(
    arguments: Sequence[str | Path], variables: Mapping[str, str], log: Path
) -> subprocess.Popen[bytes]:
    """Start a server out of reach of the terminal's Ctrl-C, its output going to `log`."""
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("w") as output:
        return subprocess.Popen(
            [str(argument) for argument in arguments],
            cwd=ROOT,
            env=variables,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            preexec_fn=_end_with_parent,
        )


def end(processes: Collection[subprocess.Popen[bytes]], patience: float = 10) -> None:
    """Ask processes to end, all at once, and insist after `patience` seconds."""
    deadline = time.monotonic() + patience
    for process in processes:
        process.terminate()
    for process in processes:
        try:
            process.wait(max(0, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _in_foreground() -> None:
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    _end_with_parent()


def _end_with_parent() -> None:
    """Have the kernel end us when our parent ends, even if that was killed outright."""
    if sys.platform == "linux":
        parent = os.getppid()
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
        if os.getppid() != parent:
            os.kill(os.getpid(), signal.SIGTERM)
