"""What it costs to put a pack of 600 pages together, beside joining the same files plainly.

Run by `bin/bench`, in a process of its own. Both are processor time; the pack's first pages, its
numbers, bookmarks and tags are what it costs more.
"""

from collections.abc import Mapping

from bench import apart
from bench.databases import SMALL

NAME = "Pack of 60 papers, 600 pages"


def measured(variables: Mapping[str, str], quick: bool) -> str:
    """Its line under the table. Raises ``Problem``."""
    rounds = "1" if quick else "3"
    said = apart.said_by("bench.packing", rounds, environment=SMALL.environment(variables))
    return (
        f"{NAME}: {said['pack']:.2f} s, of which {said['front']:.2f} s for cover, contents and "
        f"agenda. Plain concatenation by pikepdf: {said['plain']:.2f} s. Ratio "
        f"{said['pack'] / said['plain']:.1f}."
    )
