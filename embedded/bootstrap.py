"""What every command does first: see that the Python environment is there, and go on in it."""

import os
import sys

from embedded import packages
from embedded.checkout import LOCAL, PYTHON, ROOT, VENV, command, fingerprint, locked

LOCK = ROOT / "requirements-dev.lock"
STAMP = VENV / "installed"


def prepare() -> None:
    """Install what the lock file names, unless that was done already; needs no network then."""
    wanted = fingerprint([LOCK])
    with locked(LOCAL / "bootstrap.lock"):
        if STAMP.exists() and STAMP.read_text() == wanted:
            return
        STAMP.unlink(missing_ok=True)
        packages.fill_environment(LOCK)
        STAMP.write_text(wanted)


@command
def main() -> None:
    """Become `embedded.COMMAND`, run by the environment's own Python."""
    name, *arguments = sys.argv[1:]
    prepare()
    os.execv(PYTHON, [str(PYTHON), "-P", "-m", f"embedded.{name}", *arguments])  # noqa: S606


if __name__ == "__main__":
    main()
