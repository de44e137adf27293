"""What one may see is what ``visible_to`` lists, for everybody and every kind of action."""

from actions.models import Action
from core.markings import Marking
from core.permissions import can
from membership.models import Role
from tests import world as worlds

PEOPLE = (
    "officer", "chair", "vice", "kent", "watch", "dvacs", "ocg", "scrutiny", "commissioner",
    "administrator", "leaver", "guest", "stranger",
)  # fmt: skip


def test_seeing_and_listing_never_differ(make, world):
    for group, by in [
        (world.board, world.officer), (world.dvacs_group, world.officer),
        (world.ocg_group, world.ocg), (world.secretariat, world.officer),
    ]:  # fmt: skip
        for marking in Marking:
            make(group=group, by=by, marking=marking)
    for name in PEOPLE:
        person = getattr(world, name)
        listed = set(Action.objects.visible_to(person))
        seen = {action for action in Action.objects.all() if can(person, "view", action)}
        assert listed == seen, name


def test_an_adviser_of_the_owner_looks_on(make, world):
    adviser = worlds.person("Fern Ackerley")
    worlds.seat(adviser, world.board, world.police, Role.ADVISER)
    action = make()
    assert can(adviser, "view", action)
    verdict = can(adviser, "update", action)
    assert not verdict
    assert "Only people of Kent Police" in verdict.reason


def test_a_seat_elsewhere_for_the_same_agency_is_not_enough(make, world):
    action = make()
    assert not can(world.dvacs, "view", action)
    assert not can(world.dvacs, "update", action)
