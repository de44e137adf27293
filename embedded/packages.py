"""Installs Python packages by the lock files, whose hashes say exactly which files are meant."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from embedded.checkout import LOCAL, PYTHON, ROOT, VENV, Problem, fingerprint
from embedded.progress import step

TOOLS = LOCAL / "tools"
CALM = {"PIP_DISABLE_PIP_VERSION_CHECK": "1", "PIP_RETRIES": "2", "UV_PYTHON_DOWNLOADS": "never"}
SUPPORTED = "import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))"


def fill_environment(lock: Path) -> None:
    """Make .venv hold exactly what the lock names: with uv, or with pip where uv cannot be had."""
    usable = _succeeds(PYTHON, SUPPORTED)
    if not usable:
        _make_environment()
    environment = os.environ | CALM
    if uv := _uv():
        sync = [uv, "pip", "sync", "--require-hashes", "--python", PYTHON, lock]
        step("Installing Python packages", sync, environment=environment)
        return
    if usable:
        _make_environment()
    install = [PYTHON, "-m", "pip", "install", "--require-hashes", "-r", lock]
    step(
        "Installing Python packages with pip, which takes longer", install, environment=environment
    )


def tool(name: str, label: str) -> Path:
    """A folder with the package that `requirements-NAME.lock` pins, filled when first asked for."""
    lock = ROOT / f"requirements-{name}.lock"
    folder = TOOLS / name
    stamp = folder / "installed"
    wanted = fingerprint([lock])
    if stamp.exists() and stamp.read_text() == wanted:
        return folder
    shutil.rmtree(folder, ignore_errors=True)
    uv = _uv() if name != "uv" else None
    if uv:
        install = [uv, "pip", "install", "--python", PYTHON]
    else:
        if not _succeeds(PYTHON, "import pip"):
            _make_environment()
        install = [PYTHON, "-m", "pip", "install"]
    options = ["--require-hashes", "--no-deps", "--target", folder, "-r", lock]
    step(label, [*install, *options], environment=os.environ | CALM)
    stamp.write_text(wanted)
    return folder


def _uv() -> Path | None:
    """The machine's uv, or one of our own, which is worth its download many times over."""
    if found := shutil.which("uv"):
        return Path(found)
    try:
        return tool("uv", "Installing the installer") / "bin" / "uv"
    except Problem:
        return None


def _make_environment() -> None:
    """Make .venv anew, empty but for pip."""
    if not _succeeds(Path(sys.executable), "import ensurepip, venv"):
        _install_ensurepip()
    step("Making a Python environment", [_base_python(), "-m", "venv", "--clear", VENV])


def _install_ensurepip() -> None:
    """Debian keeps what makes environments in a package of its own."""
    package = f"python3.{sys.version_info.minor}-venv"
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        raise Problem(
            f"This Python cannot make environments: type `sudo apt-get install {package}`, "
            "then run this again."
        )
    step("Refreshing Debian's package lists", ["apt-get", "update"])
    step(f"Installing {package}", ["apt-get", "install", "-y", "--no-install-recommends", package])


def _base_python() -> str:
    """The interpreter below us: an environment cannot be made anew by its own."""
    return getattr(sys, "_base_executable", None) or sys.executable


def _succeeds(python: Path, code: str) -> bool:
    try:
        done = subprocess.run([python, "-c", code], capture_output=True, check=False)
    except OSError:
        return False
    return done.returncode == 0
