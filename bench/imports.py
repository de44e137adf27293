"""What it costs to import street crime, beside a raw ``COPY`` of the same bytes.

Run in a process of its own over a database of its own, which it empties.
"""

import json
import subprocess
import sys
from collections.abc import Mapping

from bench import databases
from bench.databases import SETTINGS, Database
from embedded.checkout import ROOT, Problem

NAME = "Street-crime import"
IMPORTS = Database("csp_bench_import", SETTINGS, ("django", "check"), "the import")
GOAL = 0.45  # of raw COPY, rows and counts
COUNTS_GOAL = 0.70


def measured(variables: Mapping[str, str], quick: bool) -> str:
    """Its rows under the table. Raises ``Problem``."""
    databases.prepare(IMPORTS, variables)
    said = _run(variables, "ratio", "3" if quick else "7")
    small = _run(variables, "memory", "0")
    shown = [
        f"{NAME}, {said['rows']:,} rows of {said['bytes'] / 1e6:.0f} MB:",
        _line("rows and counts", said["ours"], said["raw"], GOAL),
        _line("counts alone", said["counts"], said["raw"], COUNTS_GOAL),
        f"  csv.reader alone, and nothing done with rows: {said['reader']:.2f} s of processor time",
        f"  peak memory {small['peak']} MB, of which {small['before']} MB are the application "
        f"before it begins, for {small['rows']:,} rows",
    ]
    if not quick:
        big = _run(variables, "memory", "42")
        shown.append(f"  and {big['peak']} MB for {big['rows']:,} rows, in {big['seconds']:.0f} s")
    return "\n".join(shown)


def _line(what: str, ours: list[float], raw: list[float], goal: float) -> str:
    """Seconds by the clock and of processors; the processors' are steadier on a busy machine."""
    wall, processor = raw[0] / ours[0], raw[1] / ours[1]
    return (
        f"  {what}: {ours[0]:.2f} s, raw COPY of the same bytes {raw[0]:.2f} s: {wall:.0%} "
        f"(goal {goal:.0%}); of processor time {ours[1]:.2f} and {raw[1]:.2f} s: {processor:.0%}"
    )


def _run(variables: Mapping[str, str], *arguments: str) -> dict[str, "float | list[float]"]:
    done = subprocess.run(
        [sys.executable, "-m", "bench.importing", *arguments], cwd=ROOT,
        env=IMPORTS.environment(variables), capture_output=True, text=True, check=False,
        timeout=1800,
    )  # fmt: skip
    if done.returncode:
        raise Problem((done.stderr.strip().splitlines() or ["It ended without a word."])[-1])
    return json.loads(done.stdout.splitlines()[-1])
