"""One pass over a street-crime file: rows that are kept, counts, and what is refused."""

import csv
import datetime
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from operator import itemgetter

from figures.street_crime import layouts
from figures.street_crime.layouts import FORCE, LATITUDE, LOCATION, LONGITUDE, LSOA, MONTH, TYPE
from figures.street_crime.places import Misplaced, Places
from figures.street_crime.shapes import Refusal, Source, Unreadable, shown
from figures.street_crime.streams import Passing, Rows

BATCH = 2_000  # rows that are handed on at once
LONGEST_TYPE = 80
MOST_TYPES = 100  # that one file may name; the police use sixteen
FEW = 20  # rows that may be refused however short the file is
SHARE = 100  # and of more, one in so many
EMPTY_LINE = [""]
OTHER_FORCE = "It is of another force"
OTHER_MONTH = "It is of another month"


# A row that is kept: its line, the key of its type, and its place as ``COPY`` takes it.
Kept = tuple[int, int, str]


class Empty(Exception):
    """The file holds no rows, or another layout: it is left aside, and this is why."""


class Reading:
    """A file that is being read. ``batches`` does it; the rest is known when it has ended.

    ``types`` gives the key of a type of crime by its name, also of one that nobody has seen.
    """

    def __init__(
        self, source: Source, number: int, *, types: Callable[[str], int], places: Places,
        today: datetime.date,
    ) -> None:  # fmt: skip
        self.source, self.number, self.today = source, number, today
        self.name = source.name
        self._learn, self.places = types, places
        self._types: dict[str, int] = {}
        self.named = layouts.named(source.base)
        self.month = self.named.month if self.named else None
        self.force = ""
        self.counts: dict[tuple[str, int], int] = defaultdict(int)
        self.refused = 0
        self.reasons: Counter[str] = Counter()
        self.refusals: list[Refusal] = []
        self._first: dict[str, Refusal] = {}
        self._last_refused = 0
        self.sha256, self.size = "", 0

    @property
    def kept(self) -> int:
        """How many rows are kept."""
        return sum(self.counts.values())

    @property
    def without_place(self) -> int:
        """How many of those are of no LSOA."""
        return sum(count for (code, _), count in self.counts.items() if not code)

    @property
    def slug(self) -> str:
        """The force as files name it."""
        return self.named.force if self.named else layouts.slug_of(self.force)

    def batches(self, most: int, tell: Callable[[int], None]) -> Iterator[list[Kept]]:
        """The rows that are kept, some thousands at once. Raises ``Empty`` and ``Unreadable``."""
        try:
            with self.source.open() as stream:
                passing = Passing(stream, most, tell)
                yield from self._rows(Rows(passing), passing)
                self.sha256, self.size = passing.digest.hexdigest(), passing.size
        except Unreadable as wrong:
            raise Unreadable(f"{self.name}: {wrong}", self.name, self.refusals) from wrong
        except OSError as wrong:
            raise Unreadable(f"{self.name}: it cannot be read: {wrong.strerror}.") from wrong

    def _rows(self, rows: Rows, passing: Passing) -> Iterator[list[Kept]]:
        where = self._heading(rows)
        yield from self._read(rows, where)
        if not self.counts and not self.refused:
            raise Empty(layouts.NO_ROWS)
        if not passing.whole and self._last_refused == rows.line:
            raise Unreadable(
                f"it ends in the middle of line {rows.line}, so it was cut short. Fetch it again."
            )
        self._weigh()

    def _heading(self, rows: Rows) -> dict[str, int]:
        try:
            heading: list[str] = next(iter(rows), [])
        except csv.Error as wrong:
            raise Unreadable("its first line is not the heading of a CSV file.") from wrong
        if heading in ([], EMPTY_LINE):
            raise Empty(layouts.NO_ROWS)
        self.width = len(heading)
        if other := layouts.other_layout(heading):
            raise Empty(other)
        if self.month and self.month > self.today:
            raise Unreadable(f"it is of {self.month:%B %Y}, which has not come yet.")
        return layouts.columns(heading)

    def _read(self, rows: Rows, where: dict[str, int]) -> Iterator[list[Kept]]:
        while True:
            try:
                yield from self._well_quoted(rows, where)
                return
            except csv.Error as wrong:
                if "field larger" in str(wrong) or "unexpected end" in str(wrong):
                    raise Unreadable(
                        f"a quotation mark before line {rows.line} is never closed, so it "
                        "was cut short or changed by hand. Fetch it again."
                    ) from wrong
                self._refuse(rows.line, "Its quotation marks are wrong", [])

    def _well_quoted(self, rows: Rows, where: dict[str, int]) -> Iterator[list[Kept]]:
        """The one loop over rows. Everything in it is done once for each of millions."""
        width, places, types, counts = self.width, self.places, self._types, self.counts
        month, force, kind = where[MONTH], where[FORCE], where[TYPE]
        of_place = itemgetter(where[LSOA], where[LONGITUDE], where[LATITUDE], where[LOCATION])
        kept: list[Kept] = []
        month_held = force_held = None
        for row in rows:
            if len(row) != width:
                self._count_fields(rows.line, row)
                continue
            if row[month] != month_held or row[force] != force_held:
                if not self._belongs(rows.line, row, row[month], row[force]):
                    continue
                month_held, force_held = row[month], row[force]
            try:
                code, place = places[of_place(row)]
                type_key = types.get(row[kind]) or self._type(row[kind])
            except Misplaced as wrong:
                self._refuse(rows.line, str(wrong), row)
                continue
            counts[code, type_key] += 1
            kept.append((rows.line, type_key, place))
            if len(kept) == BATCH:
                yield kept
                kept = []
        if kept:
            yield kept

    def _belongs(self, line: int, row: list[str], month: str, force: str) -> bool:
        """Whether a row is of the file's month and force, which the first good one says."""
        day = layouts.month_of(month)
        if day is None:
            return self._refuse(line, f"Its month cannot be read: {month[:20]}", row)
        if not force.strip() or len(force) > LONGEST_TYPE or "\0" in force:
            return self._refuse(line, f"{OTHER_FORCE}: {force[:60]}", row)
        if self.named and not layouts.fits(self.named.force, force):
            return self._refuse(line, f"{OTHER_FORCE}: {force[:60]}", row)
        if day > self.today:
            return self._refuse(line, f"Its month has not come yet: {month}", row)
        self.month = self.month or day
        self.force = self.force or force
        if day != self.month:
            return self._refuse(line, f"{OTHER_MONTH}: {month}", row)
        if force != self.force:
            return self._refuse(line, f"{OTHER_FORCE}: {force[:60]}", row)
        return True

    def _type(self, name: str) -> int:
        if not name.strip() or len(name) > LONGEST_TYPE or "\0" in name:
            raise Misplaced(f"It names no type of crime: {name[:60]!r}")
        if len(self._types) == MOST_TYPES:
            raise Misplaced(f"The file names more types of crime than there are: {name[:60]!r}")
        self._types[name] = key = self._learn(name)
        return key

    def _count_fields(self, line: int, row: list[str]) -> None:
        reason = f"It has the wrong number of fields: {len(row)}, and the heading has {self.width}"
        if row != EMPTY_LINE:
            self._refuse(line, reason, row)

    def _refuse(self, line: int, reason: str, row: list[str]) -> bool:
        refusal = Refusal(line, shown(reason)[:200], shown(",".join(row))[:300])
        self.refused += 1
        self._last_refused = line
        self.reasons[refusal.kind] += 1
        self._first.setdefault(refusal.kind, refusal)
        self.refusals.append(refusal)
        if self.refused % 1000 == 0 and self.refused > self.kept:
            self._weigh()
        return False

    def _weigh(self) -> None:
        """A file of which much cannot be kept is not what it says it is. Raises ``Unreadable``."""
        kept = self.kept
        if kept and self.refused <= max(FEW, (kept + self.refused) // SHARE):
            return
        (kind, count), *_ = self.reasons.most_common(1)
        first = self._first[kind]
        raise Unreadable(
            f"{self.refused:,} of {kept + self.refused:,} rows cannot be kept, so the file is not "
            f"what it should be. {count:,} for this reason, first on line {first.line}: "
            f"{first.reason}."
        )
