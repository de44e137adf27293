"""Groups, places, the beginning of a partnership and its settings."""

import datetime

import pytest
from django.core.exceptions import ValidationError

from accounts.models import User
from core.permissions import Refused
from core.workflow import Wrong
from membership import queries, workflow
from membership.models import Agency, GroupKind, Role
from tests import world as worlds

DAY = datetime.timedelta(days=1)


def set_up(world, **more):
    given = {"name": "Prevent group", "kind": GroupKind.SUBGROUP, "starts_on": worlds.LONG_AGO}
    return workflow.set_up_group(
        world.partnership, **{**given, "administered_by": world.secretariat,
                              "by": world.officer, **more}
    )  # fmt: skip


def test_an_officer_sets_up_a_group(world):
    group = set_up(world)
    assert (group.slug, group.short_name) == ("prevent-group", "Prevent group")
    for person in (world.chair, world.kent, world.administrator, world.stranger):
        with pytest.raises(Refused):
            set_up(world, name="Other", by=person)


def test_a_partnership_has_one_board_and_groups_of_its_own(world):
    with pytest.raises(ValidationError) as wrong:
        set_up(world, kind=GroupKind.BOARD)
    assert list(wrong.value.message_dict) == ["kind"]
    with pytest.raises(ValidationError) as wrong:
        set_up(world, name="Board")
    assert list(wrong.value.message_dict) == ["name"]
    with pytest.raises(ValidationError) as wrong:
        set_up(world, reports_to=world.gravesham_board)
    assert list(wrong.value.message_dict) == ["reports_to"]


def test_a_group_that_ends_takes_its_seats_along(world, today):
    workflow.end_group(world.dvacs_group, on=today, by=world.officer)
    world.dvacs_seat.refresh_from_db()
    assert world.dvacs_seat.ends_on == today
    assert world.dvacs_seat.ended_by == world.officer


def test_the_secretariat_does_not_end(world, today):
    with pytest.raises(Wrong, match="secretariat"):
        workflow.end_group(world.secretariat, on=today, by=world.officer)


def test_a_place_is_of_an_agency_or_of_one_of_its_posts(world, today):
    place = workflow.add_place(
        world.board, agency=world.police, post=world.commander_post, starts_on=today,
        by=world.officer,
    )  # fmt: skip
    assert str(place) == "District Commander, Kent Police"
    with pytest.raises(ValidationError) as wrong:
        workflow.add_place(
            world.board, agency=world.county, post=world.commander_post, starts_on=today,
            by=world.officer,
        )  # fmt: skip
    assert list(wrong.value.message_dict) == ["post"]
    with pytest.raises(Refused):
        workflow.add_place(world.board, agency=world.county, starts_on=today, by=world.kent)
    workflow.end_place(place, on=today, by=world.officer)
    with pytest.raises(Wrong):
        workflow.end_place(place, on=today, by=world.officer)


# ---- beginning -----------------------------------------------------------------------------------


@pytest.fixture
def established(db):
    officer = User.objects.create_user("first@example.test", "Sorrel Vane")
    return workflow.establish(
        name="Ashford Community Safety Partnership", place="Ashford", slug="ashford",
        agency=Agency(
            name="Ashford Borough Council", short_name="Ashford", slug="ashford-council",
            kind="district", statutory_basis="CDA 1998 s.5", starts_on=worlds.LONG_AGO,
        ),
        officer=officer, post="Community Safety Manager", starts_on=worlds.LONG_AGO,
        area="E07000105", contact_email="safety@example.test",
    )  # fmt: skip


def test_a_partnership_begins_with_an_officer_who_can_do_the_rest(established, today):
    officer = established.officer_seat.person
    assert list(queries.officers_of(established.partnership, today)) == [officer]
    assert established.partnership.partners.get().statutory
    assert established.partnership.areas.get().gss_code == "E07000105"
    board = workflow.set_up_group(
        established.partnership, name="Board", kind=GroupKind.BOARD, starts_on=today,
        administered_by=established.secretariat, by=officer,
    )  # fmt: skip
    seat = workflow.seat(
        board, person=officer, agency=established.agency, role=Role.MEMBER, starts_on=today,
        by=officer,
    )  # fmt: skip
    assert seat.pk


def test_another_partnership_may_use_a_body_that_is_there(established, world):
    again = workflow.establish(
        name="Second", place="Second", slug="second", agency=established.agency,
        officer=world.guest, post="Community Safety Manager", starts_on=worlds.LONG_AGO,
    )  # fmt: skip
    assert again.agency == established.agency


def test_not_anybody_establishes_a_partnership(world):
    for person in (world.guest, world.kent, world.chair):
        with pytest.raises(Refused):
            workflow.establish_partnership(name="X", place="X", slug="x", by=person)
    assert workflow.establish_partnership(name="X", place="X", slug="x", by=world.officer).pk


def test_settings_are_changed_by_officers_and_administrators_only(world):
    for person in (world.officer, world.administrator):
        changed = workflow.change_settings(world.partnership, agenda_days=7, by=person)
        assert changed.agenda_days == 7
    with pytest.raises(Refused):
        workflow.change_settings(world.partnership, agenda_days=3, by=world.chair)
    with pytest.raises(ValidationError):
        workflow.change_settings(world.partnership, municipal_year_starts=13, by=world.officer)
