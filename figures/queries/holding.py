"""What is held: which months by which forces, the files they come from, and who brought them."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import CharField, Count, Func, Prefetch, QuerySet, Value

from core import clock
from figures.models import CrimeFile, CrimeImport, CrimeRefusal, CrimeType, ImportState
from figures.queries.counts import of_partnership
from figures.queries.held import held_ever
from figures.queries.months import months
from membership.models import Partnership

HANGS = datetime.timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Cell:
    """A force's month: the file that holds, or nothing."""

    month: datetime.date
    file: CrimeFile | None

    @property
    def unusual(self) -> bool:
        """Whether something about it should be known before it is compared."""
        return bool(self.file and self.file.remark)


@dataclass(frozen=True, slots=True)
class Grid:
    """Months, newest first, each with a cell for every force."""

    forces: list[str]
    rows: list[tuple[datetime.date, list[Cell]]]
    others: int

    @property
    def gaps(self) -> list[tuple[str, datetime.date]]:
        """Months that are not held between a force's first and its last."""
        found = []
        for at, force in enumerate(self.forces):
            held = [month for month, cells in self.rows if cells[at].file]
            inside = [month for month, _ in self.rows if held and held[-1] < month < held[0]]
            found += [(force, month) for month in inside if month not in set(held)]
        return sorted(found, key=lambda gap: (gap[1], gap[0]))

    @property
    def unusual(self) -> list[CrimeFile]:
        """Files of months that stand out."""
        return [cell.file for _, cells in self.rows for cell in cells if cell.file and cell.unusual]


def forces_here(partnership: Partnership) -> set[str]:
    """Names of the forces that count crimes in a partnership's area."""
    today = clock.today()
    return set(held_ever(of_partnership(partnership, today, today)).by_force)


def grid(partnership: Partnership, *, all_forces: bool = False) -> Grid:
    """What is held of the forces that count crimes in the area, or of all forces."""
    holding = CrimeFile.objects.filter(replaced_by__isnull=True).select_related("force")
    files = {(file.force.name, file.month): file for file in holding}
    every = {force for force, _ in files}
    here = every & forces_here(partnership) or every
    shown = sorted(every if all_forces else here)
    held = [month for force, month in files if force in shown]
    span = months(min(held), max(held)) if held else []
    rows = [
        (month, [Cell(month, files.get((force, month))) for force in shown])
        for month in reversed(span)
    ]
    return Grid(shown, rows, len(every) - len(here))


def files(*, replaced: bool = False) -> QuerySet[CrimeFile]:
    """The files that hold, or those that newer ones replaced; newest month first."""
    found = CrimeFile.objects.filter(replaced_by__isnull=not replaced)
    return found.select_related("force", "run__asked_by", "run__partnership", "replaced_by")


def holding_instead(file: CrimeFile) -> CrimeFile:
    """The file that is counted for the month of a replaced one."""
    return files().get(force=file.force, month=file.month)


def runs(partnership: Partnership) -> QuerySet[CrimeImport]:
    """This partnership's imports and those made by command, newest first, each with its files."""
    found = CrimeImport.objects.of(partnership).select_related("asked_by", "partnership")
    return found.prefetch_related(Prefetch("files", CrimeFile.objects.select_related("force")))


def unheard_of() -> list[CrimeType]:
    """Types of crime that the police do not list and that are counted all the same."""
    return list(CrimeType.objects.filter(expected=False))


def refusals_of(file: CrimeFile) -> QuerySet[CrimeRefusal]:
    """Rows of a file that were not kept."""
    return CrimeRefusal.objects.filter(run=file.run, file_name=file.name)


def kinds(run: CrimeImport) -> list[tuple[str, int]]:
    """Why rows of a run were not kept, and how many for each reason; most first."""
    kind = Func("reason", Value(":"), Value(1), function="split_part", output_field=CharField())
    found = run.refusals.annotate(kind=kind).values_list("kind").annotate(n=Count("pk"))
    return list(found.order_by("-n", "kind"))


def aside(run: CrimeImport) -> list[tuple[str, list[str]]]:
    """Files of a run that were left aside, by why."""
    found: dict[str, list[str]] = {}
    for each in run.left_aside:
        found.setdefault(each["why"], []).append(each["name"])
    return list(found.items())


def percent(run: CrimeImport) -> int:
    """How far a run is."""
    return min(100, run.bytes_read * 100 // run.bytes_total) if run.bytes_total else 0


def is_known(run: CrimeImport, partnership: Partnership) -> bool:
    """Whether the run itself is the reader's to look at: their partnership's, or by command."""
    return run.partnership_id in {None, partnership.pk}


def new_types(files: Iterable[CrimeFile]) -> list[str]:
    """Types of crime that were first seen in these files and that the police do not list."""
    names = [file.name.rpartition("/")[2] for file in files]
    found = CrimeType.objects.filter(expected=False, first_seen_in__in=names)
    return list(found.values_list("name", flat=True))


def hangs(run: CrimeImport) -> bool:
    """Whether a run that is being read has given no sign of life for minutes."""
    if run.state != ImportState.READING:
        return False
    return (run.beat_at or run.started_at or run.asked_at) < clock.now() - HANGS


def by_whom(run: CrimeImport, partnership: Partnership | None) -> str:
    """Who imported it: a person of the reader's own partnership by name, others by theirs."""
    if run.partnership is None and run.asked_by is None:
        return "who runs the service, by command"
    if run.asked_by and (run.partnership is None or run.partnership == partnership):
        return str(run.asked_by)
    return str(run.partnership)
