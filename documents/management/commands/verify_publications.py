"""``manage.py verify_publications``: is everything that was published as it was published?"""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from documents import queries
from documents.models import Publication


class Command(BaseCommand):
    """Hashes every published PDF again; exits non-zero where one has changed."""

    help = "Hash every published PDF again and compare"

    def handle(self, *args: Any, **options: Any) -> None:
        """Print each that has changed, and how many were looked at."""
        changed = list(queries.changed_publications())
        for publication in changed:
            self.stderr.write(f"Changed: {publication.title} ({publication.pk})")
        count = Publication.objects.count()
        if changed:
            raise CommandError(f"{len(changed)} of {count} publications have changed.")
        self.stdout.write(f"{count} publications are as they were published.")
