"""A file's bytes on their way to its rows: counted, hashed, bounded, decoded, and split."""

import codecs
import csv
import hashlib
import io
from collections.abc import Callable, Iterator
from itertools import chain
from typing import IO

from figures.street_crime.shapes import Unreadable

LONGEST_LINE = 1024**2
BUFFER = 1 << 17
UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def _as_windows(error: UnicodeError) -> tuple[str, int]:
    """Bytes that are not UTF-8 are what Excel wrote: Windows-1252."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return error.object[error.start : error.end].decode("cp1252", "replace"), error.end


codecs.register_error("as-windows", _as_windows)


class Passing(io.BufferedIOBase):
    """What is read through it is counted and hashed; ``tell`` hears how many bytes each time."""

    name = "a street-crime file"

    def __init__(self, stream: IO[bytes], most: int, tell: Callable[[int], None]) -> None:
        self.stream, self.most, self.told = stream, most, tell
        self.digest = hashlib.sha256()
        self.size = 0
        self.last = b""
        self._line = 0

    def readable(self) -> bool:
        """It is for reading."""
        return True

    def read1(self, size: int = -1) -> bytes:
        """Read on, as much as is handy, whatever size is asked for.

        Raises ``Unreadable`` past the limit, where a line does not end, and for UTF-16.
        """
        data = self.stream.read(BUFFER)
        if not self.size and data.startswith(UTF_16):
            raise Unreadable("it is UTF-16 text. Save it as CSV UTF-8 and send it in again.")
        self.digest.update(data)
        self.size += len(data)
        if self.size > self.most:
            raise Unreadable("it is larger than it says.")
        if data:
            self.last = data[-1:]
            self._bound(data)
            self.told(len(data))
        return data

    def _bound(self, data: bytes) -> None:
        end = max(data.rfind(b"\n"), data.rfind(b"\r"))
        self._line = self._line + len(data) if end < 0 else len(data) - end
        if self._line > LONGEST_LINE:
            raise Unreadable("a line of it does not end, so it is not a street-crime file.")

    @property
    def whole(self) -> bool:
        """Whether what was read ends with the end of a line."""
        return self.last in (b"\n", b"\r")


class Rows:
    """The rows of a UTF-8 file, with or without its mark, or of a Windows-1252 one.

    A line without a quotation mark is split at its commas, which is what ``csv`` makes of it, and
    takes it three times as long. Those with one are left to ``csv``, with the lines on which they
    go on. ``line`` is the one on which the last row ended.
    """

    def __init__(self, passing: Passing) -> None:
        self.line = 0
        self._lines = io.TextIOWrapper(
            passing, encoding="utf-8-sig", errors="as-windows", newline=""
        )

    def __iter__(self) -> Iterator[list[str]]:
        """Rows from where it stands. Raises ``csv.Error``; then it may be asked again."""
        for line in self._lines:
            self.line += 1
            yield self._quoted(line) if '"' in line else line.rstrip("\r\n").split(",")

    def _quoted(self, line: str) -> list[str]:
        reader = csv.reader(chain([line], self._lines), strict=True)
        try:
            return next(reader)
        finally:
            self.line += reader.line_num - 1
