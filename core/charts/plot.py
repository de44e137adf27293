"""Works out where the lines of a chart, its axes and its words go."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import groupby

from core.charts.drawing import (
    GRID,
    INK,
    MUTED,
    STROKES,
    lines_of,
    number,
    rounded,
    ticks,
)

Values = Sequence[float | None]


@dataclass(frozen=True, slots=True)
class Line:
    """A series: its name and its values, ``None`` where there is none."""

    name: str
    values: Values
    outside: Sequence[bool] = ()


@dataclass(frozen=True, slots=True)
class Limit:
    """A level across the whole chart with its name, such as a mean."""

    name: str
    value: float
    dash: str = ""


@dataclass(frozen=True, slots=True)
class Text:
    """Words at a place of a drawing."""

    x: str
    y: str
    words: str
    anchor: str = "middle"
    weight: str = "400"
    fill: str = MUTED


@dataclass(frozen=True, slots=True)
class Rule:
    """Straight lines of a drawing that look alike, as one path."""

    path: str
    stroke: str = GRID
    dash: str = ""
    width: str = "1"


@dataclass(frozen=True, slots=True)
class Stroke:
    """A series as drawn: runs of points without a gap, and dots; marked dots lie outside limits.

    Each of the three is one path, so that a drawing is quickly written.
    """

    colour: str
    dash: str
    runs: str
    dots: str
    fill: str
    marked: str = ""


@dataclass(frozen=True, slots=True)
class Drawing:
    """One drawing of a chart, for a desk or for a phone."""

    id: str
    width: int
    height: int
    rules: tuple[Rule, ...]
    strokes: tuple[Stroke, ...]
    texts: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class Frame:
    """The sizes of a drawing, in units of its own."""

    width: int
    height: int
    left: int
    right: int
    label: int  # the room that a label of the bottom needs
    names_at_lines: bool


WIDE = Frame(760, 320, 52, 160, 40, True)
NARROW = Frame(360, 300, 46, 26, 36, False)
MOST_DOTS = 24  # points; a line of more has none
LINE = 18  # from one line of text to the next


@dataclass
class Plot:
    """Works out one drawing."""

    id: str
    frame: Frame
    labels: Sequence[str]
    groups: Sequence[str]
    lines: Sequence[Line]
    limits: Sequence[Limit]
    top: int = 24
    bottom: float = 0
    scale: list[int] = field(default_factory=list)

    def drawing(self) -> Drawing:
        """The drawing, worked out."""
        frame = self.frame
        self.top = 24 if frame.names_at_lines else 20 + LINE * len(self.lines) + 8
        height = frame.height if frame.names_at_lines else frame.height + LINE * len(self.lines)
        self.bottom = height - 46
        known = [value for line in self.lines for value in line.values if value is not None]
        self.scale = ticks(max([*known, *(each.value for each in self.limits), 1]))
        strokes = tuple(self.stroke(at, line) for at, line in enumerate(self.lines))
        texts = (*self.axis_texts(), *self.value_texts(), *self.name_texts(), *self.limit_texts())
        rules = (*self.axis_rules(), *self.limit_rules(), *self.name_rules())
        return Drawing(self.id, frame.width, height, rules, strokes, texts)

    def x(self, at: int) -> float:
        """Where the label of that number stands."""
        inner = self.frame.left + 14
        room = self.frame.width - self.frame.right - inner
        return inner + (room * at / (len(self.labels) - 1) if len(self.labels) > 1 else room / 2)

    def y(self, value: float) -> float:
        """Where a value stands."""
        return self.bottom - (self.bottom - self.top) * value / self.scale[-1]

    def axis_rules(self) -> list[Rule]:
        """A line for each number of the scale."""
        left, right = str(self.frame.left), str(self.frame.width - self.frame.right + 4)
        floor, *grid = [f"M{left} {rounded(self.y(value))}H{right}" for value in self.scale]
        return [Rule("".join(grid)), Rule(floor, MUTED)]

    def axis_texts(self) -> list[Text]:
        """The numbers of the scale, and the labels of the bottom with their groups."""
        left = str(self.frame.left - 8)
        texts = [
            Text(left, rounded(self.y(value) + 5), f"{value:,}", "end") for value in self.scale
        ]
        group = None
        for at in self.shown():
            texts.append(Text(rounded(self.x(at)), rounded(self.bottom + 20), self.labels[at]))
            if self.groups and self.groups[at] != group:
                group = self.groups[at]
                texts.append(Text(rounded(self.x(at)), rounded(self.bottom + 38), group))
        return texts

    def shown(self) -> list[int]:
        """Which labels have room; the last always does."""
        room = (self.frame.width - self.frame.left - self.frame.right) // self.frame.label
        step = -(-len(self.labels) // max(1, room))
        return [at for at in range(len(self.labels)) if (len(self.labels) - 1 - at) % step == 0]

    def stroke(self, at: int, line: Line) -> Stroke:
        """A series: its line broken where nothing is known, and what lies outside the limits."""
        colour, dash = STROKES[at % len(STROKES)]
        points = [
            (rounded(self.x(at)), rounded(self.y(value))) if value is not None else None
            for at, value in enumerate(line.values)
        ]
        runs = "".join(
            "M" + "L".join(f"{x} {y}" for x, y in filter(None, run))
            for known, run in groupby(points, key=lambda point: point is not None)
            if known
        )
        few = len(points) <= MOST_DOTS
        dots = "".join(_dot(*point) for point in points if point) if few else ""
        outside = zip(points, line.outside, strict=bool(line.outside))
        marked = "".join(_diamond(*point) for point, is_out in outside if point and is_out)
        return Stroke(colour, dash, runs, dots, "#fff" if dash else colour, marked)

    def value_texts(self) -> list[Text]:
        """The first, the highest and the last value of each line, unless others stand there."""
        texts: list[Text] = []
        taken: list[tuple[float, float]] = []
        for line in self.lines:
            for at in _told(line.values):
                value = line.values[at]
                if value is None:
                    continue
                x, y = self.x(at), self.y(value) - 11
                if all(abs(x - a) > 34 or abs(y - b) > 15 for a, b in taken):
                    taken.append((x, y))
                    text = Text(rounded(x), rounded(y), number(value), "middle", "700", INK)
                    texts.append(text)
        return texts

    def name_texts(self) -> list[Text]:
        """Each line's name at its end where there is room, else above the chart."""
        if not self.frame.names_at_lines:
            return [
                Text("40", str(18 + LINE * at), line.name, "start", "700", INK)
                for at, line in enumerate(self.lines)
            ]
        x = str(self.frame.width - self.frame.right + 18)
        ends = [
            (self.y(_last(line.values)), lines_of(line.name, 18))
            for line in self.lines
            if len(self.lines) > 1 or not self.limits
        ]
        texts, lowest = [], 0.0
        for y, words in sorted(ends, key=lambda each: each[0]):
            top = max(y + 5 - LINE / 2 * (len(words) - 1), lowest)
            texts += [
                Text(x, rounded(top + LINE * at), each, "start", "700", INK)
                for at, each in enumerate(words)
            ]
            lowest = top + LINE * len(words) + 4
        return texts

    def name_rules(self) -> list[Rule]:
        """On a phone, a piece of each line beside its name."""
        if self.frame.names_at_lines:
            return []
        rules = []
        for at, _ in enumerate(self.lines):
            colour, dash = STROKES[at % len(STROKES)]
            rules.append(Rule(f"M4 {13 + LINE * at}H34", colour, dash, "3"))
        return rules

    def limit_rules(self) -> list[Rule]:
        """The levels that go across the whole chart."""
        left, right = str(self.frame.left), str(self.frame.width - self.frame.right + 4)
        return [
            Rule(f"M{left} {rounded(self.y(each.value))}H{right}", MUTED, each.dash)
            for each in self.limits
        ]

    def limit_texts(self) -> list[Text]:
        """Their names and values."""
        wide = self.frame.names_at_lines
        x = str(self.frame.width - self.frame.right + (12 if wide else 0))
        return [
            Text(
                x, rounded(self.y(each.value) + (5 if wide else -5)),
                f"{each.name} {each.value:,.0f}", "start" if wide else "end",
            )
            for each in self.limits
        ]  # fmt: skip


def _told(values: Values) -> list[int]:
    """Which values are written beside the line: the first, the highest, the last."""
    known = [(value, at) for at, value in enumerate(values) if value is not None]
    if not known:
        return []
    highest = max(known, key=lambda each: each[0])[1]
    return list(dict.fromkeys([highest, known[-1][1], known[0][1]]))


def _last(values: Values) -> float:
    return next((value for value in reversed(values) if value is not None), 0)


def _dot(x: str, y: str) -> str:
    return f"M{x} {y}m-4 0a4 4 0 1 0 8 0a4 4 0 1 0-8 0z"


def _diamond(x: str, y: str) -> str:
    return f"M{x} {y}m0 -8l8 8l-8 8l-8 -8z"
