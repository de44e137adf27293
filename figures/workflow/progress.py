"""How far an import is, told from outside its transaction, which nobody can see before it ends."""

import time
from typing import Any

from django.db import DatabaseError, connection

from core import clock
from figures.models import CrimeImport, ImportState

EVERY = 0.5  # seconds

TELL = """
UPDATE figures_crimeimport SET bytes_read = %s, beat_at = %s
WHERE id = %s AND state = %s AND started_at = %s
"""


class Progress:
    """A second connection, which commits by itself. Use it as a context manager."""

    def __init__(self, run: CrimeImport) -> None:
        self.run = run
        self.bytes_read = 0
        self._told = 0.0
        self._connection: Any = None

    def __enter__(self) -> "Progress":
        self._connection = connection.copy()
        return self

    def __exit__(self, *_: object) -> None:
        self._connection.close()

    def read(self, count: int) -> None:
        """So many bytes more are read."""
        self.bytes_read += count
        self.beat()

    def beat(self) -> None:
        """Give a sign of life, at most twice a second."""
        now = time.monotonic()
        if now - self._told >= EVERY:
            self._told = now
            self._tell()

    def _tell(self) -> None:
        run = self.run
        try:
            with self._connection.cursor() as cursor:
                cursor.execute(
                    TELL,
                    [self.bytes_read, clock.now(), run.pk, ImportState.READING, run.started_at],
                )
        except DatabaseError:  # it is told for comfort: the import goes on without
            self._connection.close()
