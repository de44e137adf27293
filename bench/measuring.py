"""Taking turns: the baseline, a page with the small set, the same page with the big one."""

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from bench import databases
from bench.arithmetic import Measured, each, ratio
from bench.databases import BARE, BIG, SMALL, Database
from bench.pages import BARE as BARE_PAGES
from bench.pages import Page
from embedded.checkout import ROOT, Problem


class Worker:
    """A process of ``bench.worker`` over one of the databases."""

    def __init__(self, database: Database, variables: Mapping[str, str], folder: Path | None):
        self.folder = folder
        self.counted: dict[Page, float] = {}
        program = [sys.executable, "-m", "bench.worker"]
        if folder:
            program = [
                "valgrind", "--tool=cachegrind", "--cache-sim=no", "--log-file=/dev/null",
                f"--cachegrind-out-file={folder}/%p", *program,
            ]  # fmt: skip
        self.process = subprocess.Popen(
            program,
            cwd=ROOT,
            env=database.environment(variables),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def ask(self, what: str, page: Page, times: int = 1) -> dict[str, Any]:
        """What it answers. Raises ``Problem`` if the page did not come."""
        assert self.process.stdin
        assert self.process.stdout
        question = {"what": what, "times": times, **page.request()}
        try:
            print(json.dumps(question), file=self.process.stdin, flush=True)
        except BrokenPipeError:
            raise Problem("The process that renders pages has ended.") from None
        line = self.process.stdout.readline()
        said = json.loads(line) if line else {"error": "the process that renders pages has ended"}
        if "error" in said:
            raise Problem(f"{page.name}: {said['error']}")
        return said

    def seconds(self, page: Page, times: int) -> float:
        """The processor time of one rendering, of so many."""
        return self.ask("seconds", page, times)["cost"] / times

    def instructions(self, page: Page, times: int) -> float:
        """The instructions of one rendering, counted over so many; counted once for each page."""
        if page not in self.counted:
            once, twice = self._count(page, times), self._count(page, 2 * times)
            self.counted[page] = each(once, twice, times)
        return self.counted[page]

    def _count(self, page: Page, times: int) -> int:
        assert self.folder
        written = self.folder / str(self.ask("instructions", page, times)["process"])
        found = re.search(r"^summary: (\d+)", written.read_text(), re.MULTILINE)
        written.unlink()
        if not found:
            raise Problem("valgrind counted nothing.")
        return int(found[1])

    def end(self) -> None:
        """Let it end."""
        assert self.process.stdin
        self.process.stdin.close()
        self.process.wait()


@dataclass(frozen=True)
class Workers:
    """The three that take turns."""

    bare: Worker
    small: Worker
    big: Worker


@contextmanager
def started(variables: Mapping[str, str], *, counting: bool) -> Iterator[Workers]:
    """All three, over databases that are loaded; under valgrind if instructions are counted."""
    if counting and not shutil.which("valgrind"):
        raise Problem("Instructions are counted by valgrind, which is not installed here.")
    for database in (BARE, SMALL, BIG):
        databases.prepare(database, variables)
    with TemporaryDirectory() as folder:
        where = Path(folder) if counting else None
        workers = [Worker(each, variables, where) for each in (BARE, SMALL, BIG)]
        try:
            yield Workers(*workers)
        finally:
            for worker in workers:
                worker.end()


@dataclass(frozen=True)
class Cost:
    """A page's cost in proportion: to the baseline's, and with the big set to its own."""

    ratio: float
    growth: float


def by_seconds(workers: Workers, page: Page, rounds: int) -> Cost:
    """By processor time: in each round the baseline, the page, and the page with the big set."""
    bare, small, big = [], [], []
    for _ in range(rounds):
        bare.append(workers.bare.seconds(BARE_PAGES[page.like], 4))
        small.append(workers.small.seconds(page, 4))
        big.append(workers.big.seconds(page, 4))
    return Cost(ratio(small, bare), ratio(big, small))


def by_instructions(workers: Workers, page: Page, times: int) -> Cost:
    """By instructions, which hardly vary, so that one round is enough."""
    small = workers.small.instructions(page, times)
    bare = workers.bare.instructions(BARE_PAGES[page.like], times)
    big = workers.big.instructions(page, times)
    return Cost(small / bare, big / small)


def measure(
    workers: Workers, page: Page, by: Callable[[Workers, Page, int], Cost], times: int
) -> Measured:
    """All that is to be known of a page; what is rendered to describe it warms it up."""
    small, big = workers.small.ask("describe", page), workers.big.ask("describe", page)
    cost = by(workers, page, times)
    return Measured(
        queries=small["queries"],
        big_queries=big["queries"],
        kilobytes=small["bytes"] / 1000,
        ratio=cost.ratio,
        growth=cost.growth,
        statements=tuple(small["statements"]),
    )
