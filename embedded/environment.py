"""The environment of a local run: what csp.settings reads, and the servers it points at."""

import os
import secrets
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from embedded import broker, postgres
from embedded.checkout import LOCAL, ROOT, locked

SECRET = LOCAL / "secret"


def settings(address: str = "http://localhost:8000") -> dict[str, str]:
    """What a local run sets; anything the person has set already stays as it is."""
    ours = {
        "DJANGO_SETTINGS_MODULE": "csp.settings",
        "SECRET_KEY": _secret(SECRET),
        "ALLOWED_HOSTS": "localhost,127.0.0.1,[::1]",
        "SITE_ADDRESS": address,
        "DEMONSTRATION": "1",
        "SECOND_FACTOR": "optional",
        "HTTPS": "off",
        "SCANNER": "none",
    }
    return ours | {name: os.environ[name] for name in ours if os.environ.get(name)}


@contextmanager
def running(
    address: str = "http://localhost:8000", *, tests: bool = False
) -> Iterator[dict[str, str]]:
    """The whole environment for a child process, with database and broker up meanwhile.

    Tests have a database cluster of their own, which never waits for the disk.
    """
    cluster = (postgres.TESTS, postgres.HASTY) if tests else ()
    with ExitStack() as servers:
        database = servers.enter_context(postgres.running(*cluster))
        queue = servers.enter_context(broker.running())
        path = os.pathsep.join(filter(None, (str(ROOT), os.environ.get("PYTHONPATH"))))
        yield {
            **os.environ,
            **settings(address),
            "DATABASE_URL": database,
            "REDIS_URL": queue,
            "PYTHONPATH": path,
        }


def _secret(path: Path) -> str:
    """This checkout's own secret key, made at the first run."""
    with locked(path.with_suffix(".lock")):
        if not path.exists():
            path.touch(mode=0o600)
            path.write_text(secrets.token_urlsafe(50))
        return path.read_text()
