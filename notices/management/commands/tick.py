"""`manage.py tick`: what Celery does each minute, done once: for cron, or to see it."""

import datetime
from contextlib import nullcontext
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from core import clock
from core.dates import count
from notices.workflow import ticking


class Command(BaseCommand):
    """Make the notices that are due and send what may go."""

    help = "Makes the notices that are due and sends what may go, as Celery does each minute."

    def add_arguments(self, parser: CommandParser) -> None:
        """The moment, where it is not now."""
        parser.add_argument(
            "--at", metavar="2027-03-17T09:00",
            help="do what is due by this London time or moment instead of now",
        )  # fmt: skip

    def handle(self, *args: Any, **options: Any) -> None:
        """Do it, and say how much it was."""
        at = moment(options["at"]) if options["at"] else clock.now()
        with clock.told_at(at) if options["at"] else nullcontext():
            done = ticking.tick(at)
        self.stdout.write(f"{count(done.notices, 'notice')}, {count(done.mails, 'email')}")


def moment(text: str) -> datetime.datetime:
    """A moment from ISO 8601; by the clock of London where it names no zone."""
    try:
        given = datetime.datetime.fromisoformat(text)
    except ValueError:
        raise CommandError(f"{text} is no moment: write it like 2027-03-17T09:00.") from None
    return given if given.tzinfo else given.replace(tzinfo=clock.LONDON)
