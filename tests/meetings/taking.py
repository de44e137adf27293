"""A meeting whose minutes are being taken, its open item, and two officers who are signed in."""

import pytest

from membership.models import Role
from tests.meetings import held as at_hand
from tests.meetings.held import SEPTEMBER, at
from tests.world import person, seat


@pytest.fixture
def meeting(world):
    made = at_hand.held(world)
    with at(SEPTEMBER):
        yield made


@pytest.fixture
def item(meeting):
    return at_hand.performance(meeting)


@pytest.fixture
def officer(sign_in, world, meeting):
    return sign_in(world.officer)


@pytest.fixture
def colleague(sign_in, world, meeting):
    """A second officer, signed in; ``person`` is who it is."""
    second = person("Olive Adeyemi")
    seat(second, world.secretariat, world.council, Role.OFFICER)
    client = sign_in(second)
    client.person = second
    return client
