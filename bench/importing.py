"""One process that imports the street crime that ships, and copies the same bytes raw."""

import contextlib
import csv
import io
import json
import os
import resource
import statistics
import sys
import time
import zipfile
from collections import deque
from collections.abc import Callable
from contextlib import nullcontext
from functools import partial

import django

django.setup()

from django.db import connection, transaction  # noqa: E402 - after setup()

from bench.asking import asked  # noqa: E402
from core import clock  # noqa: E402
from figures.models import CrimeImport, ImportState  # noqa: E402
from figures.street_crime.shapes import Source  # noqa: E402
from figures.street_crime.sources import Found  # noqa: E402
from figures.workflow import storing  # noqa: E402
from figures.workflow.areas import FACTS  # noqa: E402
from figures.workflow.importing import perform  # noqa: E402

EMPTY = (
    "TRUNCATE figures_crime, figures_crimecount, figures_crimerefusal, figures_crimefile,"
    " figures_crimeimport, figures_crimetype, figures_force CASCADE"
)
RAW = "CREATE TABLE raw ({}, last text)".format(", ".join(f"c{at} text" for at in range(11)))
COPY = "COPY raw FROM STDIN WITH (FORMAT csv, HEADER)"
YEARS = range(2011, 2025)
MONTH = "2025-01"
FORCES = (b"Kent Police", b"Kent Polite", b"Kent Polish")  # of one length


def files() -> list[tuple[str, bytes]]:
    """The real files, as long as they were before two of their columns were emptied."""
    with zipfile.ZipFile(FACTS / "street-crime.zip") as archive:
        return [(name, _as_long(archive.read(name))) for name in archive.namelist()]


def _as_long(data: bytes) -> bytes:
    """As many bytes as the published file has: a hash and an outcome in each row that had them."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    for at, row in enumerate(csv.reader(io.StringIO(data.decode()))):
        if at and row[9] != "Anti-social behaviour" and row[2] == "Kent Police":
            row[0], row[10] = f"{at:064x}", "Investigation complete; no suspect identified"
        writer.writerow(row)
    return buffer.getvalue().encode()


def bring(found: list[tuple[str, bytes]]) -> None:
    """Import these."""
    now = clock.now()
    run = CrimeImport.objects.create(name="bench", state=ImportState.READING, started_at=now)
    sources = [Source(name, len(data), partial(io.BytesIO, data)) for name, data in found]
    perform(run, nullcontext(Found(sources)))
    if run.state != ImportState.DONE:
        raise SystemExit(run.problem)


def bring_counts(found: list[tuple[str, bytes]]) -> None:
    """The same without keeping rows."""
    real = storing._copy_rows
    storing._copy_rows = lambda _, batches: deque(batches, 0)
    try:
        bring(found)
    finally:
        storing._copy_rows = real


def raw(found: list[tuple[str, bytes]]) -> None:
    """The bytes as they are into a table without index."""
    with transaction.atomic(), connection.cursor() as cursor:
        for _, data in found:
            cursor.copy_expert(COPY, io.BytesIO(data), 1 << 16)


def read(found: list[tuple[str, bytes]]) -> None:
    """What Python's reader costs by itself."""
    for _, data in found:
        for _row in csv.reader(io.TextIOWrapper(io.BytesIO(data), "utf-8", newline="")):
            pass


def server_seconds() -> float:
    """Processor time of the database's process for us."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        pid = cursor.fetchone()[0]
    with contextlib.suppress(OSError), open(f"/proc/{pid}/stat") as file:
        words = file.read().rpartition(")")[2].split()
        return (int(words[11]) + int(words[12])) / os.sysconf("SC_CLK_TCK")
    return 0.0


def timed(deed: Callable[[], None]) -> tuple[float, float]:
    """Seconds by the clock, and of both processes."""
    with connection.cursor() as cursor:
        cursor.execute(EMPTY)
        cursor.execute("DROP TABLE IF EXISTS raw")
        cursor.execute(RAW)
    server, ours, began = server_seconds(), time.process_time(), time.perf_counter()
    deed()
    wall = time.perf_counter() - began
    return wall, time.process_time() - ours + server_seconds() - server


def ratio(rounds: int) -> dict[str, object]:
    """Rounds that take turns; medians."""
    found = files()
    deeds = {"raw": raw, "ours": bring, "counts": bring_counts, "reader": read}
    took: dict[str, list[tuple[float, float]]] = {name: [] for name in deeds}
    for _ in range(rounds):
        for name, deed in deeds.items():
            took[name].append(timed(partial(deed, found)))
    medians = {
        name: [statistics.median(each) for each in zip(*some, strict=True)]
        for name, some in took.items()
    }
    size = sum(len(data) for _, data in found)
    rows = sum(data.count(b"\n") - 1 for _, data in found)
    return {**medians, "reader": medians["reader"][1], "rows": rows, "bytes": size}


def memory(times: int) -> dict[str, object]:
    """The most that the process ever held: for the real files, or for so many altered copies too.

    And what figures of one month cost beside what was imported; fewer than no copies are that month
    alone, with the one a year before that it is set against.
    """
    before = _peak()
    began = time.perf_counter()
    with connection.cursor() as cursor:
        cursor.execute(EMPTY)
    sources = _copies(times)
    now = clock.now()
    run = CrimeImport.objects.create(name="bench", state=ImportState.READING, started_at=now)
    perform(run, nullcontext(Found(sources)))
    if run.state != ImportState.DONE:
        raise SystemExit(run.problem)
    took = time.perf_counter() - began
    said = {"before": before, "peak": _peak(), "rows": run.rows_kept, "seconds": took}
    said["asked"] = asked()
    with connection.cursor() as cursor:
        cursor.execute(EMPTY)
    return said


def _copies(times: int) -> list[Source]:
    """The real files, each read when its turn comes; copies are of other years and forces."""
    with zipfile.ZipFile(FACTS / "street-crime.zip") as archive:
        infos = {info.filename: info.file_size for info in archive.infolist()}
    found = [Source(name, size, partial(_open, name)) for name, size in infos.items()]
    if times < 0:
        of_month = {name: size for name, size in infos.items() if f"/{MONTH}-" in name}
        return [
            Source(f"{year}.csv", size, partial(_open, name, year))
            for year in (2024, 2025)
            for name, size in of_month.items()
        ]
    for at in range(times):
        year, force = YEARS[at % len(YEARS)], FORCES[at // len(YEARS)]
        found += [
            Source(f"{at}.csv", size, partial(_open, name, year, force))
            for name, size in infos.items()
            if "kent" in name
        ]
    return found


def _open(name: str, year: int = 2025, force: bytes = b"Kent Police") -> io.BytesIO:
    with zipfile.ZipFile(FACTS / "street-crime.zip") as archive:
        data = archive.read(name)
    return io.BytesIO(data.replace(b",2025-", b",%d-" % year).replace(b"Kent Police", force))


def _peak() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


if __name__ == "__main__":
    what, number = sys.argv[1], int(sys.argv[2])
    print(json.dumps(ratio(number) if what == "ratio" else memory(number)))
