"""What this room's tests need beyond the small partnership."""

import datetime

import pytest
from django.urls import reverse

from core import clock
from membership import workflow
from membership.models import GroupKind, Role
from tests import world as worlds

CANARY = "CANARY panel Zephyr"
DAY = datetime.timedelta(days=1)


@pytest.fixture
def today():
    return clock.today()


@pytest.fixture
def at():
    """The address of a page of this room: ``at("group", "board")``."""

    def at(name, *args, of="dartford"):
        return reverse(f"membership:{name}", args=[of, *args])

    return at


@pytest.fixture
def give(world):
    """A seat given as an officer gives it: ``give(world.guest, agency=world.county)``."""

    def give(person, group=None, **more):
        more.setdefault("agency", world.county)
        more.setdefault("role", Role.MEMBER)
        more.setdefault("starts_on", clock.today())
        more.setdefault("by", world.officer)
        return workflow.seat(group or world.board, person=person, **more)

    return give


@pytest.fixture
def panel(world):
    """A need-to-know panel that nobody but its one member may learn of; every word a canary."""
    body = worlds.agency(f"{CANARY} body", "other")
    member = worlds.person("Fern Abbot")
    group = worlds.group(world.partnership, CANARY, GroupKind.PANEL)
    group.purpose = f"{CANARY} purpose"
    group.save()
    post = body.posts.create(title=f"{CANARY} post", starts_on=worlds.LONG_AGO)
    ends_on = clock.today() + 30 * DAY
    seat = worlds.seat(member, group, body, Role.CHAIR, post=post, ends_on=ends_on)
    group.places.create(agency=body, starts_on=worlds.LONG_AGO)
    group.places.create(agency=world.county, starts_on=worlds.LONG_AGO)
    protocol = worlds.protocol(group)
    return group, member, seat, body, protocol
