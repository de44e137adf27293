"""A measurement in a process of its own, so that nothing measured before it weighs on it."""

import json
import subprocess
import sys
from collections.abc import Mapping
from typing import Any

from embedded.checkout import ROOT, Problem

LONGEST = 1800


def said_by(module: str, *arguments: str, environment: Mapping[str, str]) -> dict[str, Any]:
    """What a module prints last, as JSON. Raises ``Problem`` with its last line when it fails."""
    done = subprocess.run(
        [sys.executable, "-m", module, *arguments], cwd=ROOT, env=dict(environment),
        capture_output=True, text=True, check=False, timeout=LONGEST,
    )  # fmt: skip
    if done.returncode:
        raise Problem((done.stderr.strip().splitlines() or ["It ended without a word."])[-1])
    return dict(json.loads(done.stdout.splitlines()[-1]))
