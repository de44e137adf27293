"""Facts that ship with a room as a CSV file: read row by row, a wrong line named."""

import csv
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TypeVar

from django.core.exceptions import ValidationError

Read = TypeVar("Read")


def rows(
    path: Path, columns: Sequence[str], read: Callable[[dict[str, str]], Read], expects: str
) -> Iterator[tuple[str, Read]]:
    """Each line of the file as ``read`` makes it of its stripped cells, and where it stands.

    Raises ``ValidationError`` naming the file or the line; ``expects`` says what cells must hold
    when ``read`` raises ``ValueError``.
    """
    try:
        lines = list(csv.DictReader(path.read_text(encoding="utf-8-sig").splitlines()))
    except (OSError, UnicodeDecodeError, csv.Error) as wrong:
        raise ValidationError(f"{path.name} cannot be read.") from wrong
    for number, row in enumerate(lines, start=2):
        where = f"{path.name}, line {number}"
        missing = [each for each in columns if row.get(each) is None]
        if missing:
            raise ValidationError(f"{where}: there is no {', '.join(missing)}.")
        try:
            yield where, read({name: row[name].strip() for name in columns})
        except ValueError as wrong:
            raise ValidationError(f"{where}: {expects}") from wrong


def yes(cell: str) -> bool:
    """Yes or no. Raises ``ValueError`` for anything else."""
    if cell not in ("yes", "no"):
        raise ValueError(cell)
    return cell == "yes"
