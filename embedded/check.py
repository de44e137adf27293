"""`bin/check`: format, lint, types, templates, layers, migrations and production's settings.

As many checks run at a time as the machine has cores.
"""

import os
import secrets
import subprocess
import sys
import time
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor

from embedded import assets, environment
from embedded.checkout import ROOT, VENV, command, say

PRODUCTION = {
    "ALLOWED_HOSTS": "partnership.example",
    "DEMONSTRATION": "0",
    "EMAIL_URL": "smtp://localhost:25",
    "HTTPS": "on",
    "SCANNER": "clamav://localhost:3310",
    "SECOND_FACTOR": "required",
    "SITE_ADDRESS": "https://partnership.example",
}
MANAGE = (sys.executable, "manage.py")


def checks() -> dict[str, list[str]]:
    """Each check by name, and the command that makes it."""
    brief = ("--output-format", "concise")
    deploy = ("check", "--deploy", "--fail-level", "WARNING")
    return {
        "Format": [_tool("ruff"), "format", "--check", *brief, "."],
        "Lint": [_tool("ruff"), "check", *brief, "."],
        "Layers": [_tool("lint-imports"), "--no-cache"],
        "Types": [_tool("mypy")],
        "Templates": [_tool("djlint"), "templates", "--lint", "--quiet"],
        "Migrations": [*MANAGE, "makemigrations", "--check", "--dry-run"],
        "Production settings": [*MANAGE, *deploy],
    }


def passes(name: str, arguments: list[str], variables: Mapping[str, str]) -> bool:
    """Run one check; print its time, and what it said if it failed."""
    started = time.monotonic()
    done = subprocess.run(
        arguments, env=variables, cwd=ROOT, capture_output=True, text=True, check=False
    )
    verdict = "ok" if done.returncode == 0 else "FAILED"
    words = f"{name:<20} {verdict:<7} {time.monotonic() - started:6.1f} s"
    if done.returncode:
        words = f"{words}\n{done.stdout}{done.stderr}"
    say(words)
    return done.returncode == 0


@command
def main() -> int:
    assets.build()
    with environment.running() as variables, ThreadPoolExecutor(os.cpu_count()) as pool:
        production = variables | PRODUCTION | {"SECRET_KEY": secrets.token_urlsafe(60)}
        begun = [
            pool.submit(passes, name, arguments, production if "settings" in name else variables)
            for name, arguments in checks().items()
        ]
        results = [each.result() for each in begun]
    say(f"{results.count(True)} passed, {results.count(False)} failed")
    return int(not all(results))


def _tool(name: str) -> str:
    return os.fspath(VENV / "bin" / name)


if __name__ == "__main__":
    main()
