"""The rules of this room, and that what is visible is exactly what may be viewed."""

import pytest

from core.permissions import can
from membership.models import (
    Group,
    Partner,
    Partnership,
    Place,
    Representation,
    Seat,
    SharingAgreement,
    SharingProtocol,
    Signature,
)
from tests import world as worlds

EVERYBODY = [
    "officer", "chair", "vice", "kent", "watch", "dvacs", "ocg", "scrutiny", "commissioner",
    "administrator", "leaver", "stranger", "guest",
]  # fmt: skip


def allowed(world, verb, obj):
    return {name for name in EVERYBODY if can(getattr(world, name), verb, obj)}


MEMBERS = {
    "officer", "chair", "vice", "kent", "watch", "dvacs", "ocg", "scrutiny", "administrator",
}  # fmt: skip


@pytest.mark.parametrize(
    ("verb", "who"),
    [
        ("read public pages", set(EVERYBODY)),
        ("read directory", MEMBERS),
        ("read sharing", MEMBERS),
        ("manage people", {"officer", "administrator"}),
        ("manage agencies", {"officer"}),
        ("manage sharing", {"officer"}),
        ("manage countywide", {"officer"}),
        ("change settings", {"officer", "administrator"}),
    ],
)
def test_what_each_may_do_in_the_partnership(world, verb, who):
    assert allowed(world, verb, world.partnership) == who


def test_a_group_is_known_to_the_directorys_readers_and_kept_by_officers(world):
    assert allowed(world, "view", world.ocg_group) == MEMBERS
    assert allowed(world, "manage seats", world.ocg_group) == {"officer", "administrator"}
    assert allowed(world, "change", world.ocg_group) == {"officer"}


def test_a_panel_is_known_to_its_own_seats_only(world, panel):
    group, member, seat, _, protocol = panel
    for obj in (group, seat, protocol, group.places.first()):
        assert allowed(world, "view", obj) == set()
        assert can(member, "view", obj)
    assert allowed(world, "manage seats", group) == set()


def test_who_keeps_an_agency_is_an_officer_of_its_partnerships(world):
    assert allowed(world, "change", world.county) == {"officer"}
    nowhere = worlds.agency("Nowhere", "other")
    assert allowed(world, "change", nowhere) == {"officer", "stranger"}


def test_who_represents_the_partnership_may_report(world, today):
    contact = Representation.objects.create(
        partnership=world.partnership, body="Kent group", person=world.leaver, starts_on=today
    )
    assert allowed(world, "report", contact) == {"officer"}
    contact.person = world.watch
    assert allowed(world, "report", contact) == {"officer", "watch"}


@pytest.mark.parametrize(
    "model",
    [Group, Place, Seat, Partner, SharingAgreement, Signature, SharingProtocol, Representation],
)
def test_what_is_visible_is_exactly_what_may_be_viewed(world, panel, today, model):
    for partnership in (world.partnership, world.gravesham):
        Representation.objects.create(partnership=partnership, body="B", starts_on=today)
    people = [*(getattr(world, name) for name in EVERYBODY), panel[1]]
    for person in people:
        visible = set(model.objects.visible_to(person))
        assert visible == {obj for obj in model.objects.all() if can(person, "view", obj)}


def test_every_partnership_is_public(world):
    assert Partnership.objects.visible_to(world.guest).count() == 2
