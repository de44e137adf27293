"""``manage.py verify_files``: is every file's content what its SHA-256 says?"""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from documents import queries
from documents.models import Content


class Command(BaseCommand):
    """Hashes every file again; exits non-zero where one has changed."""

    help = "Hash every file again and compare"

    def handle(self, *args: Any, **options: Any) -> None:
        """Print each that has changed, and how many were looked at."""
        changed = list(queries.changed_files())
        for key in changed:
            self.stderr.write(f"Changed: {key}")
        count = Content.objects.count()
        if changed:
            raise CommandError(f"{len(changed)} of {count} files have changed.")
        self.stdout.write(f"{count} files are as they were sent in.")
