"""Long steps: one sees what is done, can read what was said, and is told what went wrong."""

import re
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

from embedded.checkout import DISK_FULL, LOGS, Problem, say

REASONS = (
    (r"No space left on device|ENOSPC|Disk quota exceeded", DISK_FULL),
    (
        r"DO NOT MATCH THE HASHES|Hash mismatch|EINTEGRITY|BadZipFile|invalid Zip|unexpected end of"
        r"|UnexpectedEof|Failed to extract|IncompleteRead|Z_BUF_ERROR|TAR_BAD_ARCHIVE",
        "A download arrived broken or is not the file this project expects: run this again.",
    ),
    (
        r"name resolution|getaddrinfo|ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT"
        r"|ENETUNREACH|dns error|error sending request|Failed to fetch|Connection refused"
        r"|unreachable|Read timed out|NewConnectionError|ConnectTimeout|Could not resolve"
        r"|No matching distribution|Cannot connect|CERTIFICATE|network connectivity",
        "The network does not answer, and installing needs it: connect, then run this again.",
    ),
)

LINES_SHOWN = 20


def step(
    label: str,
    arguments: Sequence[object],
    *,
    folder: Path | None = None,
    environment: Mapping[str, str] | None = None,
) -> None:
    """Run a command under a line that counts the seconds; its output goes to a log file."""
    LOGS.mkdir(parents=True, exist_ok=True)
    log = LOGS / f"{re.sub(r'[^a-z0-9]+', '-', label.lower()).strip('-')}.log"
    started = time.monotonic()
    with log.open("w") as output:
        try:
            process = subprocess.Popen(
                [str(argument) for argument in arguments],
                cwd=folder,
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
            )
        except FileNotFoundError:
            raise Problem(f"{label} failed: there is no {arguments[0]}.") from None
        try:
            _watch(process, label, log, started)
        finally:
            if process.poll() is None:
                process.terminate()
                process.wait()
    if process.returncode:
        raise Problem(explain(label, log))


def explain(label: str, log: Path) -> str:
    """Why a step failed: one sentence where we know it, else the end of what it printed."""
    text = log.read_text(errors="replace")
    for pattern, sentence in REASONS:
        if re.search(pattern, text, re.IGNORECASE):
            return sentence
    return "\n".join(
        [*text.splitlines()[-LINES_SHOWN:], f"{label} failed; all it said is in {log}."]
    )


def _watch(process: subprocess.Popen[bytes], label: str, log: Path, started: float) -> None:
    """Count the seconds in place on a terminal, and every half minute elsewhere."""
    terminal = sys.stdout.isatty()
    if not terminal:
        say(f"{label} …")
    shown = 0
    while process.poll() is None:
        time.sleep(0.1)
        elapsed = int(time.monotonic() - started)
        if terminal and elapsed != shown:
            print(f"\r\033[K{label} … {elapsed} s  {_last_line(log)[:50]}", end="", flush=True)
            shown = elapsed
        elif not terminal and elapsed >= shown + 30:
            say(f"  {elapsed} s  {_last_line(log)[:90]}")
            shown = elapsed
    taken = f"{time.monotonic() - started:.1f} s"
    if terminal:
        print(f"\r\033[K{label}: {taken}", flush=True)
    else:
        say(f"  {taken}")


def _last_line(log: Path) -> str:
    lines = log.read_text(errors="replace").splitlines()[-1:]
    return lines[0].strip() if lines else ""
