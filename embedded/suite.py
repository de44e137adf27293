"""`bin/test`: every test on a real Postgres, the browser's last; `--all` runs their long forms.

The browser's tests have a pytest of their own, because Playwright's event loop, once started,
makes Django refuse database queries in every test that follows.
"""

import os
import sys

from embedded import assets, environment, system
from embedded.checkout import ROOT, command
from embedded.processes import foreground

BROWSER_TESTS = "tests/browser"
NO_TESTS = 5
INTERRUPTED = 2


def invocations(arguments: list[str]) -> list[list[str]]:
    """The pytest runs that these arguments ask for: one if they name tests, else both."""
    if any((ROOT / argument.split("::")[0]).exists() for argument in arguments):
        return [arguments]
    runs = [["tests", f"--ignore={BROWSER_TESTS}", *arguments]]
    if system.is_there(system.CHROMIUM):
        runs.append([BROWSER_TESTS, *arguments])
    return runs


def run(arguments: list[str], variables: dict[str, str]) -> int:
    """Run them all; the worst exit status counts, and finding no test only if all found none."""
    statuses = []
    for chosen in invocations(arguments):
        statuses.append(foreground([sys.executable, "-m", "pytest", *chosen], variables))
        if statuses[-1] == INTERRUPTED:
            break
    found = [status for status in statuses if status != NO_TESTS]
    return max(found, default=NO_TESTS)


@command
def main() -> int:
    arguments = [argument for argument in sys.argv[1:] if argument != "--all"]
    if len(arguments) < len(sys.argv) - 1:
        os.environ["CSP_TEST_ALL"] = "1"
    system.ensure(system.PANGO, system.CHROMIUM)
    assets.build()
    system.bring_up_loopback()
    os.chdir(ROOT)
    with environment.running() as variables:
        return run(arguments, variables)


if __name__ == "__main__":
    main()
