"""Backups that prove themselves: a dump with the digest of every table as it stood in it.

A backup is one file: a tar of ``manifest.json`` and ``database.dump`` (``pg_dump``'s own format),
and after it a line with the SHA-256 of all that comes before. Files are in the database, so a
backup holds them. Keep ``SECRET_KEY`` apart from it: the manifest knows its fingerprint alone.
"""

from core.backup.archive import Damaged, Manifest, make, opened
from core.backup.digests import Table, difference, digests
from core.backup.drill import drill
from core.backup.programs import Failed, Place
from core.backup.restoring import NotAsItWas, NotEmpty, restore

# Whatever may go wrong with a backup, each with a sentence for the person at the keyboard.
PROBLEMS = (Damaged, Failed, NotAsItWas, NotEmpty, OSError)

__all__ = [
    "PROBLEMS", "Damaged", "Failed", "Manifest", "NotAsItWas", "NotEmpty", "Place", "Table",
    "difference", "digests", "drill", "make", "opened", "restore",
]  # fmt: skip
