"""``establish_partnership``: make a partnership with its secretariat and first officer."""

import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.utils.text import slugify

from accounts import workflow as accounts
from core import clock
from membership import workflow
from membership.models import Agency, AgencyKind

DISTRICT = "Crime and Disorder Act 1998 s.5(1)(a)"


class Command(BaseCommand):
    """The one thing that is done at the command line: everything else, the officer does."""

    help = "Makes a partnership, its secretariat and its first officer, who is invited by mail."

    def add_arguments(self, parser: CommandParser) -> None:
        """What a partnership begins with."""
        parser.add_argument("slug", help="its address, such as dartford")
        parser.add_argument("--name", required=True, help="Dartford Community Safety Partnership")
        parser.add_argument("--place", required=True, help="Dartford")
        parser.add_argument("--area", default="", help="GSS code of the district, E07000107")
        parser.add_argument("--council", required=True, help="the council that coordinates it")
        parser.add_argument("--officer", required=True, help="name of the first officer")
        parser.add_argument("--email", required=True, help="the officer’s email address")
        parser.add_argument("--post", default="Community Safety Manager")
        parser.add_argument("--starts-on", type=datetime.date.fromisoformat, default=None)

    def handle(self, *args: Any, **options: Any) -> None:
        """Say what was made; fail with a sentence when it could not be."""
        starts_on = options["starts_on"] or clock.today()
        council = Agency.objects.filter(name=options["council"]).first() or Agency(
            name=options["council"], short_name=options["council"][:60],
            slug=slugify(options["council"]), kind=AgencyKind.DISTRICT, statutory_basis=DISTRICT,
            starts_on=starts_on,
        )  # fmt: skip
        try:
            with transaction.atomic():
                officer, _ = accounts.invite(
                    email=options["email"], name=options["officer"], by=None
                )
                made = workflow.establish(
                    name=options["name"], place=options["place"], slug=options["slug"],
                    agency=council, officer=officer, post=options["post"], starts_on=starts_on,
                    area=options["area"],
                )  # fmt: skip
        except ValidationError as wrong:
            raise CommandError("; ".join(wrong.messages)) from wrong
        self.stdout.write(
            f"{made.partnership} is at /{made.partnership.slug}/public/. "
            f"{officer} is its first officer and has been sent an invitation to {officer.email}."
        )
