"""`bin/test`: every test on a real Postgres; `--all` runs their long forms.

All but the browser's are spread over the machine's cores, each worker on a database of its own.

The browser's tests have a pytest of their own, because Playwright's event loop, once started,
makes Django refuse database queries in every test that follows. It runs beside the other, on a
database of its own, and its words are shown when both are done.
"""

import os
import sys

from embedded import assets, environment, system
from embedded.checkout import LOCAL, ROOT, command
from embedded.processes import background, end, foreground

BROWSER_TESTS = "tests/browser"
SPREAD = ("-n", "auto", "--dist", "loadfile", "--no-loadscope-reorder")
BESIDE = LOCAL / "log" / "browser-tests.log"
NO_TESTS = 5
INTERRUPTED = 2


def invocations(arguments: list[str]) -> list[list[str]]:
    """The pytest runs that these arguments ask for: one if they name tests, else both."""
    if any((ROOT / argument.split("::")[0]).exists() for argument in arguments):
        return [arguments]
    runs = [["tests", f"--ignore={BROWSER_TESTS}", *SPREAD, *arguments]]
    if system.is_there(system.CHROMIUM):
        runs.append([BROWSER_TESTS, *arguments])
    return runs


def run(arguments: list[str], variables: dict[str, str]) -> int:
    """Run them all; the worst exit status counts, and finding no test only if all found none.

    Each worker collects the tests for itself and must find them in the same order, so sets have
    one order in all of them.
    """
    variables = {**variables, "PYTHONHASHSEED": "0"}
    first, *others = [command_of(chosen) for chosen in invocations(arguments)]
    beside = [(background(each, _apart(variables), BESIDE), BESIDE) for each in others]
    statuses = [foreground(first, variables)]
    if statuses == [INTERRUPTED]:
        end([process for process, _ in beside])
        return INTERRUPTED
    for process, log in beside:
        statuses.append(process.wait())
        print(log.read_text(errors="replace"), flush=True)
    found = [status for status in statuses if status != NO_TESTS]
    return max(found, default=NO_TESTS)


def command_of(chosen: list[str]) -> list[str]:
    """A pytest run as a command."""
    return [sys.executable, "-m", "pytest", *chosen]


def _apart(variables: dict[str, str]) -> dict[str, str]:
    """The same environment with another test database."""
    name = variables.get("TEST_DATABASE_NAME", "test_csp")
    return {**variables, "TEST_DATABASE_NAME": f"{name}_browser"}


@command
def main() -> int:
    arguments = [argument for argument in sys.argv[1:] if argument != "--all"]
    if len(arguments) < len(sys.argv) - 1:
        os.environ["CSP_TEST_ALL"] = "1"
    system.ensure(system.PANGO, system.CHROMIUM)
    assets.build()
    system.bring_up_loopback()
    os.chdir(ROOT)
    with environment.running(tests=True) as variables:
        return run(arguments, variables)


if __name__ == "__main__":
    main()
