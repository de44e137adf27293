"""What the PDF of a strategy costs, beside WeasyPrint alone on the same HTML.

Run by `bin/bench`, in a process of its own. Goals: at most 3.5 times the same text alone, the tenth
no dearer than 1.05 times the first, and at most 150 MB.
"""

from collections.abc import Mapping

from bench import apart
from bench.databases import SMALL

NAME = "Strategy PDF"


def measured(variables: Mapping[str, str], quick: bool) -> str:
    """Its line under the table. Raises ``Problem``."""
    rounds = "5" if quick else "11"
    said = apart.said_by("bench.printing", rounds, environment=SMALL.environment(variables))
    return (
        f"{NAME}, {said['pages']} pages: {said['ours']:.2f} s. WeasyPrint alone on the same HTML: "
        f"{said['alone']:.2f} s, ratio {said['ours'] / said['alone']:.2f} (goal 3.5 at most). The "
        f"last render against the first: {said['last'] / said['first']:.2f} (goal 1.05). "
        f"{said['megabytes']:.0f} MB at most (goal 150)."
    )
