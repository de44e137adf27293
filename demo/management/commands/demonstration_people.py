"""``demonstration_people``: the people that one can sign in as."""

from typing import Any

from django.core.management.base import BaseCommand

from demo import queries


class Command(BaseCommand):
    """Print each person of the demonstration and why one would be them."""

    help = "Prints the people of the demonstration."

    def handle(self, *args: Any, **options: Any) -> None:
        """One line each."""
        for person, why in queries.personas():
            self.stdout.write(f"  {person.name:<22} {why}")
