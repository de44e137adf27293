"""`bin/manage`: manage.py in the local environment, with database and broker up.

A drill gets a fresh cluster of its own besides, which is gone when it is over.
"""

import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from embedded import environment, shared
from embedded.checkout import LOCAL, ROOT, command
from embedded.postgres import Postgres
from embedded.processes import foreground

DRILL = "DRILL_DATABASE_URL"


@command
def main() -> int:
    arguments = sys.argv[1:]
    with environment.running() as variables:
        if arguments[:1] == ["drill"] and not os.environ.get(DRILL):
            with fresh_cluster() as url:
                return _manage(arguments, {**variables, DRILL: url})
        return _manage(arguments, variables)


def _manage(arguments: list[str], variables: dict[str, str]) -> int:
    return foreground([sys.executable, ROOT / "manage.py", *arguments], variables)


@contextmanager
def fresh_cluster() -> Iterator[str]:
    """The address of an empty database in a new cluster, for the length of the block."""
    folder = LOCAL / "drill"
    shutil.rmtree(folder, ignore_errors=True)
    server = Postgres(folder)
    try:
        with shared.using(server):
            yield server.url
    finally:
        shutil.rmtree(server.folder, ignore_errors=True)


if __name__ == "__main__":
    main()
