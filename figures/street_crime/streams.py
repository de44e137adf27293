"""A file's bytes on their way to the reader: counted, hashed, bounded, and decoded."""

import codecs
import hashlib
import io
from collections.abc import Callable
from typing import IO, Any

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


class Passing(io.RawIOBase):
    """What is read through it is counted and hashed; ``tell`` hears how many bytes each time."""

    def __init__(self, stream: IO[bytes], most: int, tell: Callable[[int], None]) -> None:
        self.stream, self.most, self.told = stream, most, tell
        self.digest = hashlib.sha256()
        self.size = 0
        self.last = b""
        self._line = 0

    def readable(self) -> bool:
        """It is for reading."""
        return True

    def readinto(self, buffer: Any) -> int:
        """Read on. Raises ``Unreadable`` past the limit, and where a line does not end."""
        data = self.stream.read(len(buffer))
        count = len(data)
        buffer[:count] = data
        self.digest.update(data)
        self.size += count
        if self.size > self.most:
            raise Unreadable("it is larger than it says.")
        if count:
            self.last = data[-1:]
            self._bound(data)
            self.told(count)
        return count

    def _bound(self, data: bytes) -> None:
        end = max(data.rfind(b"\n"), data.rfind(b"\r"))
        self._line = self._line + len(data) if end < 0 else len(data) - end
        if self._line > LONGEST_LINE:
            raise Unreadable("a line of it does not end, so it is not a street-crime file.")

    @property
    def whole(self) -> bool:
        """Whether what was read ends with the end of a line."""
        return self.last in (b"\n", b"\r")


def text_of(passing: Passing) -> io.TextIOWrapper:
    """The lines of a UTF-8 file, with or without its mark, or of a Windows-1252 one."""
    buffered = io.BufferedReader(passing, BUFFER)
    begins = buffered.peek(4)
    if begins.startswith(UTF_16):
        raise Unreadable("it is UTF-16 text. Save it as CSV UTF-8 and send it in again.")
    if begins.startswith(codecs.BOM_UTF8):
        buffered.read(len(codecs.BOM_UTF8))
    return io.TextIOWrapper(buffered, encoding="utf-8", errors="as-windows", newline="")
