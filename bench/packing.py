"""One process that puts a pack of 600 pages together, and joins the same files plainly."""

import datetime
import io
import json
import statistics
import sys
import time
from collections.abc import Callable

import django
import pikepdf

from core import pdf
from meetings.packs import assemble, front
from meetings.packs.shapes import Book, Entry, Subject

PAPERS, PAGES = 60, 10
WORDS = "The board is asked to note the position and to agree what is proposed. " * 40


def measure(rounds: int) -> dict[str, float]:
    """Seconds for the pack, for its first pages alone, and for plain concatenation: medians."""
    django.setup()
    entries = tuple(
        Entry(at, f"{at:02}", f"Report {at}", 1 + at // 4, 1 + at * PAGES, PAGES)
        for at in range(PAPERS)
    )
    papers = [_paper(at) for at in range(3)] * (PAPERS // 3)
    subjects = tuple(
        Subject(number, f"Item {number}", datetime.time(10),
                papers=tuple(each for each in entries if each.item == number))
        for number in range(1, 16)
    )  # fmt: skip
    book = Book(
        title="Board agenda pack", name="Agenda pack", partnership="Partnership", group="Board",
        when="Today", where="Here", readers="Everybody", sent="Yesterday", marking="official",
        subjects=subjects, entries=entries,
    )  # fmt: skip

    def plain() -> None:
        with pikepdf.new() as joined:
            opened = [pikepdf.open(io.BytesIO(data)) for data in papers]
            for each in opened:
                joined.pages.extend(each.pages)
            joined.save(io.BytesIO())

    return {
        "pack": _median(lambda: assemble.assemble(book, zip(entries, papers, strict=True)), rounds),
        "front": _median(lambda: front.render(book), rounds),
        "plain": _median(plain, rounds),
    }


def _paper(at: int) -> bytes:
    lines = WORDS.replace(". ", ".\n", 35)
    context = {"entry": Entry(at, "A", f"Report {at}", 1, 1, PAGES), "pages": [lines] * PAGES}
    return pdf.render("pdf/pack_text.html", {**context, "partnership": {"name": ""}})


def _median(deed: Callable[[], object], rounds: int) -> float:
    deed()
    took = []
    for _ in range(rounds):
        start = time.process_time()
        deed()
        took.append(time.process_time() - start)
    return statistics.median(took)


if __name__ == "__main__":
    print(json.dumps(measure(int(sys.argv[1]))))
