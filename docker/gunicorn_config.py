"""How gunicorn serves the application in a container; WEB_CONCURRENCY sets the number of workers.

Sync workers with lasting database connections: async ones cost this application most of its speed.
"""

from typing import Any

from gunicorn.glogging import Logger

from core.logs import without_secrets


class WithoutSecrets(Logger):
    """Writes down which page was asked for, but not the secret in its address."""

    def atoms(self, *args: Any) -> dict[str, Any]:
        """What a line is made of."""
        atoms = super().atoms(*args)
        told = {each: without_secrets(str(atoms[each])) for each in ("r", "U", "f")}
        return {**atoms, **told, "q": ""}


logger_class = WithoutSecrets
bind = "0.0.0.0:8000"
worker_class = "sync"
timeout = 60
graceful_timeout = 30
max_requests = 5000
max_requests_jitter = 500
worker_tmp_dir = "/dev/shm"  # noqa: S108 - a heartbeat file that must not wait for a disk
accesslog = "-"
control_socket_disable = True
