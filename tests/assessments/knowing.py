"""Orders, changes, themes and tensions for tests, made by the officer on a fixed day."""

import datetime

import time_machine

from assessments.models import Power
from assessments.workflow import horizon, orders, powers, tensions, themes
from core.markings import Marking
from membership.models import Theme

TODAY = datetime.date(2026, 11, 23)
NOON = datetime.datetime(2026, 11, 23, 12, tzinfo=datetime.UTC)
DAY = datetime.timedelta(days=1)
PSPO = "public-spaces-protection-order"
CANARY = "Canary words of Quarry Park"


def at(year, month, day):
    """The clock on another day."""
    return time_machine.travel(datetime.datetime(year, month, day, 12, tzinfo=datetime.UTC))


def pspo():
    powers.load()
    return Power.objects.get(slug=PSPO)


def order(world, **more):
    fields = {
        "power": pspo(), "title": "Town centre order", "place": "The town centre",
        "terms": "- do not drink in the street", "made_by": world.council, "by": world.officer,
    }  # fmt: skip
    return orders.add(world.partnership, **fields | more)


def consulted(found, world, **more):
    fields = {
        "consulted_from": datetime.date(2023, 10, 2),
        "consulted_until": datetime.date(2023, 11, 20),
        "consulted_whom": "The chief officer of police",
        "by": world.officer,
    }
    return orders.consult(found, **fields | more)


def made(world, **more):
    """Three years from 1 February 2024."""
    found = consulted(order(world, **more), world)
    return orders.make(
        found, starts_on=datetime.date(2024, 2, 1), last_day=datetime.date(2027, 1, 31),
        by=world.officer,
    )  # fmt: skip


def change(world, **more):
    fields = {
        "title": "New councils in Kent", "what": "District councils end.",
        "source": "Announcement of the Government", "by": world.officer,
    }  # fmt: skip
    return horizon.add(world.partnership, **fields | more)


def theme(world, slug="hate-crime"):
    themes.set_up_default_themes(world.partnership, by=world.officer)
    return Theme.objects.get(partnership=world.partnership, slug=slug)


def tension(world, **more):
    fields = {
        "agency": world.police, "week": TODAY, "community": CANARY, "level": 3,
        "experienced": f"{CANARY}: people stay away.", "by": world.vice,
        "marking": Marking.SENSITIVE,
    }  # fmt: skip
    fields |= more
    return tensions.report(fields.pop("group", world.board), **fields)
