"""An import that is killed at any point has changed everything or nothing."""

import os
import signal
import subprocess
import sys
import time
from urllib.parse import urlsplit

import pytest
from django.db import connection

from embedded.checkout import ROOT
from figures.models import Crime, CrimeCount, CrimeFile, CrimeImport, CrimeType, ImportState
from figures.workflow import sending
from figures.workflow.importing import import_paths
from figures.workflow.points import POINTS
from tests.figures import streets
from tests.figures.streets import altered, archive, rows, written

# Three files; the first replaces one that is held. Each point, and some of them at a later file.
KILLS = [
    *POINTS, "opened:2", "opened:3", "rows:2", "rows:3", "rows:5", "read:3", "counted:2",
    "counted:3", "filed:2", "filed:3",
]  # fmt: skip
FEW = ["rows:3", "filed:2"]
ALL = os.environ.get("CSP_TEST_ALL") == "1"


def test_there_are_twenty_points():
    assert len(KILLS) >= 20


@pytest.fixture
def paths(tmp_path):
    older = archive(tmp_path, "older.zip", files={streets.KENT: written(rows(count=100))})
    files = {
        streets.KENT: written(rows(count=5000)),
        "2025-02/2025-02-kent-street.csv": written(altered(rows(count=3000), Month="2025-02")),
        streets.BTP: streets.bytes_of(streets.BTP),
    }
    return older, archive(tmp_path, "newer.zip", files=files)


def state():
    """All that an import changes, but for the run itself."""
    return (
        sorted(CrimeCount.objects.values_list("lsoa_code", "month", "type__name", "n")),
        sorted(CrimeFile.objects.values_list("sha256", "replaced_by__sha256", "rows_kept")),
        Crime.objects.count(), sorted(CrimeType.objects.values_list("name", flat=True)),
    )  # fmt: skip


def kill(point, path) -> None:
    """Import in a process of its own, which ends itself at the point."""
    url = urlsplit(os.environ["DATABASE_URL"])
    name = connection.settings_dict["NAME"]
    variables = {
        **os.environ, "CSP_KILL_AT": point, "PYTHONPATH": str(ROOT),
        "DATABASE_URL": url._replace(path=f"/{name}").geturl(),
    }  # fmt: skip
    program = [sys.executable, "-m", "tests.crash.importer", str(path)]
    ended = subprocess.run(
        program, cwd=ROOT, env=variables, capture_output=True, text=True, timeout=120, check=False
    )
    assert ended.returncode == -signal.SIGKILL, f"not killed at {point}: {ended.stderr}"
    deadline = time.monotonic() + 60
    while others() and time.monotonic() < deadline:
        time.sleep(0.05)


def others() -> int:
    """Connections of the dead that Postgres still sees to."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT COUNT(*) FROM pg_stat_activity WHERE datname = current_database()"
            " AND pid <> pg_backend_pid() AND backend_type = 'client backend'"
        )
        return cursor.fetchone()[0]


def begin(older) -> tuple:
    """Back to where only the older file is held."""
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE figures_crimeimport, figures_crimecount CASCADE")
        cursor.execute("TRUNCATE figures_crime, figures_crimetype CASCADE")
    assert import_paths([older]).state == ImportState.DONE
    return state()


@pytest.mark.django_db(transaction=True)
def test_an_import_that_is_killed_changes_all_or_nothing(paths):
    older, newer = paths
    nothing = begin(older)
    assert import_paths([newer]).state == ImportState.DONE
    everything = state()
    nothing = begin(older)

    for point in KILLS if ALL else FEW:
        kill(point, newer)
        after = state()
        assert after == (everything if point == "committed" else nothing), point
        if after == everything:
            nothing = begin(older)

    # The dead hold nothing up: the next import goes on, and theirs are said to have died.
    assert import_paths([newer]).state == ImportState.DONE
    assert state() == everything
    dead = CrimeImport.objects.filter(state=ImportState.READING)
    count = dead.update(beat_at="2025-01-01T00:00Z")
    assert sending.bury() == count
