"""``tell_demonstration``: tell the demonstration's story once."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from demo import story
from membership.models import Partnership


class Command(BaseCommand):
    """Tell the story of the Dartford partnership, unless it has been told."""

    help = "Tells the demonstration's story, once, on a database that allows demonstration data."

    def handle(self, *args: Any, **options: Any) -> None:
        """Refuse where demonstration data is not allowed; say what was done."""
        if not settings.DEMONSTRATION:
            raise CommandError("Demonstration data is not allowed here (DEMONSTRATION is not 1).")
        if Partnership.objects.filter(slug=story.SLUG).exists():
            self.stdout.write("The demonstration has already been told; its data is kept.")
            return
        # Nobody is written to: the people of the story are invented.
        settings.EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
        self.stdout.write("Telling the demonstration’s story …")
        story.tell()
        self.stdout.write("Told.")
