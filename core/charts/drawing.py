"""What all drawings share: colours, axes, and the table that says the same."""

import math
from dataclasses import dataclass
from typing import Any

INK = "#14201f"
MUTED = "#48565a"
GRID = "#dfe5e5"

# Told apart without colour too: by dashes, hollow dots and the name at the line.
STROKES = (("#0f4650", ""), ("#b8500c", "7 4"), ("#48565a", "2 4"), ("#5f9c9b", "12 4"))


@dataclass(frozen=True, slots=True)
class Table:
    """The same figures as a table; the first cell of each row is its heading."""

    caption: str
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def number(value: Any) -> str:
    """1,234; 3.5; a dash for nothing."""
    if value is None:
        return "–"
    return f"{value:,}" if isinstance(value, int) else f"{value:,.1f}"


def rounded(value: float) -> str:
    """A coordinate, to the tenth and as short as it can be."""
    return f"{value:.1f}".removesuffix(".0")


def ticks(most: float, wanted: int = 5) -> list[int]:
    """Round numbers from nothing to at least the most, about as many as wanted."""
    if most <= 0:
        return [0, 1]
    rough = most / wanted
    size = 10 ** math.floor(math.log10(rough)) if rough >= 1 else 1
    step = next((size * each for each in (1, 2, 5, 10) if size * each >= rough), size * 10)
    return [step * each for each in range(math.ceil(most / step) + 1)]


def lines_of(words: str, most: int = 15) -> list[str]:
    """Words broken into lines of about so many letters."""
    lines = [""]
    for word in words.split():
        if lines[-1] and len(lines[-1]) + 1 + len(word) > most:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    return lines
