"""`bin/bench`: the table of what every page costs, and how that stands to its goal."""

import argparse
import os
import signal
import sys
from collections.abc import Callable

from bench import measuring
from bench.arithmetic import GROWTH, Measured, misses, words
from bench.pages import BARE, PAGES, Page
from bench.works import WORKS, Work
from embedded.checkout import LOCAL, Problem, command, locked, say

ROUNDS, QUICK_ROUNDS = 15, 5
TIMES, QUICK_TIMES = 4, 2


def arguments() -> argparse.Namespace:
    """What may be typed after `bin/bench`."""
    parser = argparse.ArgumentParser(prog="bin/bench", description=__doc__)
    parser.add_argument(
        "--instructions", action="store_true",
        help="count instructions with valgrind: slower, and exact within 0.15%%",
    )  # fmt: skip
    parser.add_argument("--quick", action="store_true", help="fewer rounds: rougher figures")
    parser.add_argument("--queries", action="store_true", help="print every page's queries as well")
    parser.add_argument("pages", nargs="*", help="only pages and works so called")
    return parser.parse_args()


def chosen(wanted: list[str]) -> tuple[list[Page], list[Work]]:
    """All pages and works, or those that have one of these words in their name."""

    def asked_for(name: str) -> bool:
        return not wanted or any(word.lower() in name.lower() for word in wanted)

    pages = [page for page in PAGES if asked_for(page.name)]
    works = [work for work in WORKS if asked_for(work.name)]
    if not pages and not works:
        names = [each.name for each in (*PAGES, *WORKS)]
        raise Problem(f"Nothing is called so. There are: {'; '.join(names)}.")
    return pages, works


def line(page: Page, measured: Measured) -> str:
    """A row of the table."""
    verdict = "no goal" if words(page.goal) == "–" else "met"
    return (
        f"{page.name:30} {page.who:8} {measured.queries:>4} {measured.kilobytes:>6.1f}"
        f" {measured.ratio:>6.2f} {measured.growth:>6.2f}  {words(page.goal):18}"
        f" {'; '.join(misses(page.goal, measured)) or verdict}"
    )


@command
def main() -> int:
    asked = arguments()
    pages, works = chosen(asked.pages)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    failed = False
    with locked(LOCAL / "bench.lock"):
        if pages:
            failed = not measured_all(pages, asked)
        for work in works:
            say(f"\n{line_of(work, asked)}")
    return 1 if failed else 0


def measured_all(pages: list[Page], asked: argparse.Namespace) -> bool:
    """Print the table. Whether every page could be measured."""
    failed = met = 0
    with measuring.started(os.environ, counting=asked.instructions) as workers:
        for page in BARE.values():
            workers.bare.ask("describe", page)
        say(explanation(asked))
        say(f"{'page':30} {'as':8} {'q':>4} {'kB':>6} {'× B':>6} {'× 100':>6}  {'goal':18} verdict")
        for page in pages:
            try:
                measured = measuring.measure(workers, page, *way(asked))
            except Problem as problem:
                failed += 1
                say(f"{page.name:30} {page.who:8} not measured: {problem}")
                continue
            met += not misses(page.goal, measured)
            say(line(page, measured))
            for statement in measured.statements if asked.queries else ():
                say(f"    {statement}")
    say(f"\n{met} of {len(pages)} pages meet every goal that is set for them.")
    return not failed


def line_of(work: Work, asked: argparse.Namespace) -> str:
    """What was measured of a work, or why it was not."""
    try:
        return work.measure(os.environ, asked.quick)
    except Problem as problem:
        return f"{work.name} not measured: {problem}"


def way(asked: argparse.Namespace) -> tuple[Callable[..., measuring.Cost], int]:
    """How to measure what a page costs, and how often."""
    if asked.instructions:
        return measuring.by_instructions, QUICK_TIMES if asked.quick else TIMES
    return measuring.by_seconds, QUICK_ROUNDS if asked.quick else ROUNDS


def explanation(asked: argparse.Namespace) -> str:
    """What the columns are, and what was used to measure them."""
    used = (
        "instructions, counted by valgrind"
        if asked.instructions
        else "processor time, the median of rounds that take turns (some per cent of noise)"
    )
    return (
        f"\nMeasured by {used}.\n"
        "× B: the cost to that of a bare Django page of 50 rows (of a bare view of session and "
        "user, for sign-in alone).\n"
        f"× 100: the cost with 314 partnerships of ten years to that with one of two; every page "
        f"may cost {GROWTH} ×, in the same number of queries.\n"
        "q: all queries, of session and user too. Second factor required, as in production.\n"
    )


if __name__ == "__main__":
    main()
