"""`bin/check` finds what it is there to find: an import upwards, planted in a copy."""

import shutil
import subprocess

import pytest
from django.conf import settings

from embedded.checkout import VENV
from tests.test_layers import ROOMS


@pytest.fixture(scope="module")
def copy(tmp_path_factory):
    """The rooms and their contracts, without anything else of the checkout."""
    folder = tmp_path_factory.mktemp("copy")
    for room in (*ROOMS, "embedded"):
        shutil.copytree(
            settings.BASE_DIR / room,
            folder / room,
            ignore=shutil.ignore_patterns("__pycache__", "migrations"),
        )
    shutil.copy(settings.BASE_DIR / "pyproject.toml", folder)
    return folder


def layers(folder):
    return subprocess.run(
        [VENV / "bin" / "lint-imports", "--no-cache"],
        cwd=folder,
        env={"PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        check=False,
    )


def test_layers_hold_as_they_are(copy):
    done = layers(copy)
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize(
    ("room", "module", "line", "contract"),
    [
        ("core", "planted.py", "import membership.models", "Rooms import only rooms below them"),
        ("membership", "queries.py", "import meetings.models", "Rooms import only rooms below"),
        ("meetings", "models.py", "import meetings.workflow", "Inside a room, imports go from"),
        ("dashboards", "queries.py", "import meetings.workflow", "Dashboards only read"),
        ("actions", "queries.py", "import embedded.postgres", "No room imports tests"),
    ],
)
def test_a_planted_import_is_found(copy, room, module, line, contract):
    planted = copy / room / module
    before = planted.read_text() if planted.exists() else None
    planted.write_text(f"{before or ''}\n{line}\n")
    try:
        done = layers(copy)
    finally:
        planted.write_text(before) if before is not None else planted.unlink()
    assert done.returncode == 1
    broken = [text for text in done.stdout.splitlines() if text.endswith("BROKEN")]
    assert any(text.startswith(contract) for text in broken), done.stdout
