"""The use of powers as a spreadsheet."""

from collections.abc import Iterable, Iterator
from typing import Any

from assessments.queries.power_use import Use

USE = ("Power", "What is counted", "Agency")


def use_lines(use: Iterable[Use]) -> Iterator[list[Any]]:
    """One row of figures a line, as the page shows them."""
    for each in use:
        for line in each.lines:
            yield [each.power, line.what, line.agency, *line.cells]
