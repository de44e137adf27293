"""What it costs to put a pack of 600 pages together, beside joining the same files plainly.

Run by `bin/bench`, in a process of its own. Both are processor time; the pack's first pages, its
numbers, bookmarks and tags are what it costs more.
"""

import json
import subprocess
import sys
from collections.abc import Mapping

from bench.databases import SMALL
from embedded.checkout import ROOT, Problem

NAME = "Pack of 60 papers, 600 pages"


def measured(variables: Mapping[str, str], quick: bool) -> str:
    """Its line under the table. Raises ``Problem``."""
    done = subprocess.run(
        [sys.executable, "-m", "bench.packing", "1" if quick else "3"], cwd=ROOT,
        env=SMALL.environment(variables), capture_output=True, text=True, check=False, timeout=600,
    )  # fmt: skip
    if done.returncode:
        raise Problem((done.stderr.strip().splitlines() or ["It ended without a word."])[-1])
    said = json.loads(done.stdout.splitlines()[-1])
    return (
        f"{NAME}: {said['pack']:.2f} s, of which {said['front']:.2f} s for cover, contents and "
        f"agenda. Plain concatenation by pikepdf: {said['plain']:.2f} s. Ratio "
        f"{said['pack'] / said['plain']:.1f}."
    )
