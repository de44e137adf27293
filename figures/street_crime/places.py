"""Where a row says that it was: checked once for each place, since thousands of rows share one."""

import re

LONGEST = 160
MOST = 25_000  # that are remembered
CODE = re.compile(r"[A-Z0-9]{8,9}", re.ASCII)
# The United Kingdom, generously: coordinates the wrong way round lie outside it.
WEST, EAST, SOUTH, NORTH = -9.0, 2.5, 49.0, 61.5
ESCAPES = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})

# A place's LSOA code, and its code, point and words as ``COPY`` takes them.
Place = tuple[str, str]


class Misplaced(Exception):
    """The row cannot be kept, because of where it says that it was."""


class Places(dict[tuple[str, ...], Place]):
    """Places by what rows say of them: LSOA code, longitude, latitude, location."""

    def __missing__(self, key: tuple[str, ...]) -> Place:
        """A place as it is kept, remembered. Raises ``Misplaced``."""
        if len(self) >= MOST:
            self.clear()
        self[key] = found = place(*key)
        return found


def place(code: str, longitude: str, latitude: str, location: str) -> Place:
    """A place as it is kept. “No Location” is one, with an empty code. Raises ``Misplaced``."""
    if code and not CODE.fullmatch(code):
        raise Misplaced(f"Its LSOA code cannot be one: {code[:40]}")
    if not location.isprintable() or "\\" in location:
        location = _escaped(location)
    return code, f"{code}\t{_point(longitude, latitude)}\t{location[:LONGEST]}"


def _escaped(location: str) -> str:
    if "\0" in location:
        raise Misplaced("It holds a character that cannot be kept")
    return location[: LONGEST // 2].translate(ESCAPES)


def _point(longitude: str, latitude: str) -> str:
    if not longitude and not latitude:
        return "\\N\t\\N"
    try:
        east, north = float(longitude), float(latitude)
    except ValueError:
        said = f"{longitude[:40]}, {latitude[:40]}"
        raise Misplaced(f"Its coordinates are no numbers: {said}") from None
    if not (WEST <= east <= EAST and SOUTH <= north <= NORTH):
        raise Misplaced(f"Its coordinates are not in the United Kingdom: {east}, {north}")
    return f"{east}\t{north}"
