"""Numbers printed on the pages of papers, and the marking on restricted ones.

A page keeps its size and what is drawn on it. A stamp stands in the corner that the reader sees as
the lower right one, however the page is turned, on white, so that it can be read on any page.
"""

import re
from typing import Any

import pikepdf
from pikepdf import Dictionary, Page, Pdf

from core.markings import Marking
from meetings.packs.letters import embed, encoded, width

FONT = "/CSPStamp"
SIZE, EDGE, PADDING = 9.0, 14.0, 2.5
INK, RED = "0.08 0.13 0.12", "0.48 0.11 0.11"

_SAVES = re.compile(rb"q(?<![^\s\]>)]q)(?![^\s\[</(])")
_RESTORES = re.compile(rb"Q(?<![^\s\]>)]Q)(?![^\s\[</(])")


class Stamps:
    """The stamps of one PDF, with the font that they share."""

    def __init__(self, pdf: Pdf) -> None:
        self.pdf = pdf
        self.font = embed(pdf)

    def put(self, page: Page, text: str, *, restricted: bool, mark: str = "") -> None:
        """Print a number on a page, and the marking of a restricted paper above.

        ``mark`` begins a marked-content sequence around what the page held before.
        """
        resources = own_resources(page)
        if "/Font" not in resources:
            resources.Font = Dictionary()
        resources.Font[FONT] = self.font
        seen = _visible(page)
        drawn = _text(seen, text, INK, corner=True)
        if restricted:
            drawn += _text(seen, Marking.SENSITIVE.label, RED, corner=False)
        before = _stream(page)
        open_ = f"{mark} BDC\nq\n" if mark else "q\n"
        close = "\nQ" * (1 + _left_open(page, before)) + ("\nEMC" if mark else "")
        artifact = "/Artifact <</Type /Pagination /Subtype /Footer>> BDC"
        page.contents_add(self.pdf.make_stream(open_.encode()), prepend=True)
        page.contents_add(
            self.pdf.make_stream(
                f"{close}\n{artifact}\nq\n{seen.matrix} cm\n{drawn}Q\nEMC\n".encode()
            )
        )


def own_resources(page: Page) -> Any:
    """The page's resources as a dictionary of its own, with its own list of fonts."""
    there = page.obj.get("/Resources")
    copied = Dictionary(dict(there.items())) if isinstance(there, Dictionary) else Dictionary()
    fonts = copied.get("/Font")
    if isinstance(fonts, Dictionary):
        copied.Font = Dictionary(dict(fonts.items()))
    page.obj.Resources = copied
    return copied


class _Seen:
    """A page as the reader sees it: how wide and high, and how that lies on the page's own axes."""

    def __init__(self, page: Page) -> None:
        unit = float(page.obj.get("/UserUnit", 1)) or 1.0
        left, low, right, high = _box(page)
        turned = int(page.obj.get("/Rotate", 0)) % 360
        across, up = (right - left) * unit, (high - low) * unit
        self.width, self.height = (up, across) if turned in (90, 270) else (across, up)
        step = 1 / unit
        a, b, c, d, e, f = {
            0: (step, 0, 0, step, left, low),
            90: (0, step, -step, 0, right, low),
            180: (-step, 0, 0, -step, right, high),
            270: (0, -step, step, 0, left, high),
        }.get(turned, (step, 0, 0, step, left, low))
        self.matrix = " ".join(f"{each:.5f}".rstrip("0").rstrip(".") for each in (a, b, c, d, e, f))


def _box(page: Page) -> tuple[float, float, float, float]:
    """What is shown of the page: its crop box, where that lies within the medium."""
    medium, crop = _sides(page.mediabox), _sides(page.cropbox)
    left, low = max(medium[0], crop[0]), max(medium[1], crop[1])
    right, high = min(medium[2], crop[2]), min(medium[3], crop[3])
    return (left, low, right, high) if left < right and low < high else medium


def _sides(box: Any) -> tuple[float, float, float, float]:
    first, second, third, fourth = (float(each) for each in box)
    return min(first, third), min(second, fourth), max(first, third), max(second, fourth)


def _visible(page: Page) -> _Seen:
    return _Seen(page)


def _text(seen: _Seen, text: str, ink: str, *, corner: bool) -> str:
    """A line of text on white: in the lower right corner, or at the middle of the upper edge."""
    wide = width(text, SIZE)
    room = max(seen.width - 2 * PADDING, 1.0)
    size = SIZE * min(1.0, room / (wide + 2 * PADDING), seen.height / (6 * SIZE))
    wide, padding = wide * size / SIZE, PADDING * size / SIZE
    edge = min(EDGE, (seen.width - wide) / 2, seen.height / 8)
    x = seen.width - edge - wide if corner else (seen.width - wide) / 2
    y = edge if corner else seen.height - edge - size * 0.7
    box = (x - padding, y - size * 0.25 - padding / 2, wide + 2 * padding, size * 1.1 + padding)
    return (
        f"1 g {' '.join(f'{each:.2f}' for each in box)} re f\n"
        f"{ink} rg BT {FONT} {size:.2f} Tf 1 0 0 1 {x:.2f} {y:.2f} Tm <{encoded(text)}> Tj ET\n"
    )


def _stream(page: Page) -> bytes:
    """What the page draws, unpacked; nothing where it draws nothing."""
    contents = page.obj.get("/Contents")
    if contents is None:
        return b""
    streams = list(contents) if isinstance(contents, pikepdf.Array) else [contents]
    return b"\n".join(each.read_bytes() for each in streams)


def _left_open(page: Page, drawn: bytes) -> int:
    """How many times the page saves its state and does not restore it, so that we can."""
    if len(_SAVES.findall(drawn)) == len(_RESTORES.findall(drawn)):
        return 0
    depth = 0
    for instruction in pikepdf.parse_content_stream(page, "q Q"):
        depth = depth + 1 if str(instruction.operator) == "q" else max(depth - 1, 0)
    return depth
