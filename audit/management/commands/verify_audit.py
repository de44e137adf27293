"""Say whether the record is whole, for an operator or an auditor."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from audit import queries


class Command(BaseCommand):
    """Exits with 1 if any chain is broken."""

    help = "Verifies the chain of digests of every partnership's record."

    def handle(self, *args: Any, **options: Any) -> None:
        """One line a chain. Keep the newest digests elsewhere, to compare them later."""
        broken = 0
        for chain in queries.chains():
            name = chain.partnership or "(installation)"
            if chain.broken_at:
                broken += 1
                self.stderr.write(
                    f"{name}: broken at entry {chain.broken_at.pk} of {chain.broken_at.at:%c}"
                )
            else:
                self.stdout.write(f"{name}: whole, {chain.length} in all, newest {chain.newest}")
        if broken:
            raise CommandError("The record was tampered with. Keep the database as it is.")
