"""From nothing to a Python environment, and what is said where that fails."""

import os
import shutil

from tests.embedded.conftest import run, without_network


def test_an_old_python_is_told_in_one_sentence(checkout, folder):
    programs = folder / "programs"
    programs.mkdir()
    for name in ("dirname", "sh"):
        (programs / name).symlink_to(shutil.which(name))
    for name in ("python", "python3"):
        (programs / name).write_text("#!/bin/sh\nexit 1\n")
        (programs / name).chmod(0o755)
    done = run(checkout / "bin" / "manage", PATH=str(programs), HOME=str(folder), PYTHON="")
    assert done.returncode == 1
    assert done.stderr == (
        "This needs Python 3.11, 3.12 or 3.13 and found none: "
        "install one, or set PYTHON to its path.\n"
    )


def test_a_broken_environment_is_made_again_and_a_missing_network_told(checkout, folder):
    """The environment's Python is gone, as after an upgrade of the machine's own."""
    python = checkout / ".venv" / "bin" / "python"
    python.parent.mkdir(parents=True)
    python.symlink_to("/nowhere/python")
    command = without_network(checkout / "bin" / "manage", "check")
    done = run(*command, HOME=str(folder), UV_CACHE_DIR=str(folder), PIP_NO_CACHE_DIR="1")
    assert done.returncode == 1
    assert done.stderr.strip() == (
        "The network does not answer, and installing needs it: connect, then run this again."
    )
    assert "Making a Python environment" in done.stdout
    assert os.access(python, os.X_OK)


def test_later_runs_need_no_network(installed_checkout):
    done = run(*without_network(installed_checkout / "bin" / "manage", "--version"))
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("5.2.")


def test_commands_work_from_another_folder_and_through_a_link(installed_checkout, folder):
    done = run("sh", "-c", f"cd {folder} && checkout/bin/manage --version")
    assert done.stdout.startswith("5.2."), done.stderr
