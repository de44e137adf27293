"""What it costs to import street crime, beside a raw ``COPY`` of the same bytes.

Run in a process of its own over a database of its own, which it empties.
"""

from collections.abc import Mapping
from typing import Any

from bench import apart, databases
from bench.databases import SETTINGS, Database

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
        month, big = _run(variables, "memory", "-1"), _run(variables, "memory", "42")
        shown.append(f"  and {big['peak']} MB for {big['rows']:,} rows, in {big['seconds']:.0f} s")
        shown += [_asked(name, month, big) for name in ("dashboard", "assessment")]
    return "\n".join(shown)


def _asked(name: str, month: Mapping[str, Any], big: Mapping[str, Any]) -> str:
    """What the figures of a month ask where it alone is held, and among millions of rows."""
    alone, among = month["asked"][name], big["asked"][name]
    return (
        f"  figures of a month for the {name}: {alone['queries']} queries in "
        f"{alone['seconds'] * 1000:.0f} ms with {month['rows']:,} rows held, {among['queries']} in "
        f"{among['seconds'] * 1000:.0f} ms with {big['rows']:,}"
    )


def _line(what: str, ours: list[float], raw: list[float], goal: float) -> str:
    """Seconds by the clock and of processors; the processors' are steadier on a busy machine."""
    wall, processor = raw[0] / ours[0], raw[1] / ours[1]
    return (
        f"  {what}: {ours[0]:.2f} s, raw COPY of the same bytes {raw[0]:.2f} s: {wall:.0%} "
        f"(goal {goal:.0%}); of processor time {ours[1]:.2f} and {raw[1]:.2f} s: {processor:.0%}"
    )


def _run(variables: Mapping[str, str], *arguments: str) -> dict[str, Any]:
    return apart.said_by("bench.importing", *arguments, environment=IMPORTS.environment(variables))
