"""The standing items of the terms of reference."""

import datetime
from types import SimpleNamespace

import pytest

from core.markings import Marking
from meetings import standing_items
from meetings.models import ItemKind, Meeting


def lines(group, *, first=False, last=None, reporting=()):
    return standing_items.items_for(group, first_of_year=first, last=last, reporting=reporting)


@pytest.fixture
def september():
    return Meeting(on=datetime.date(2026, 9, 16))


def test_board_has_every_item_of_the_terms_of_reference(world, september):
    kinds = {
        line.kind
        for line in lines(
            world.board, first=True, last=september, reporting=[world.dvacs_group, world.ocg_group]
        )
    }
    assert kinds == set(ItemKind) - {ItemKind.OTHER}


def test_each_item_names_the_clause_it_comes_from(world, september):
    assert all(line.clause for line in lines(world.board, first=True, last=september))


def test_purposes_one_to_fourteen_have_a_place(world, september):
    clauses = " ".join(
        line.clause for line in lines(world.board, last=september, reporting=[world.dvacs_group])
    )
    # Purpose 6 asks partners to promote their role; it is no business of one item.
    for number in set(range(1, 15)) - {6}:
        assert str(number) in clauses


def test_minutes_name_the_date_of_the_last_meeting(world, september):
    titles = [line.title for line in lines(world.board, last=september)]
    assert "Minutes of 16 September 2026" in titles


def test_minutes_are_absent_when_there_was_no_meeting(world):
    assert ItemKind.MINUTES not in {line.kind for line in lines(world.board)}


@pytest.mark.parametrize(("first", "reviewed", "there"), [
    (True, True, True), (False, True, False), (True, False, False),
])  # fmt: skip
def test_chair_is_reviewed_at_the_first_meeting_of_the_year_only(world, first, reviewed, there):
    world.board.chair_reviewed = reviewed
    kinds = {line.kind for line in lines(world.board, first=first)}
    assert (ItemKind.CHAIR_REVIEW in kinds) is there


def test_subgroups_and_reviews_are_restricted_and_nothing_else(world):
    found = lines(world.board, reporting=[world.dvacs_group, world.ocg_group])
    restricted = {line.kind for line in found if line.marking == Marking.SENSITIVE}
    assert restricted == {
        ItemKind.DVACS, ItemKind.OCG, ItemKind.CASE_REVIEWS, ItemKind.DEATH_REVIEWS
    }  # fmt: skip


def test_an_open_subgroup_reports_in_the_open(world):
    subgroup = SimpleNamespace(slug="events", short_name="Events", default_marking="official")
    update = standing_items.update_of(subgroup)
    assert (update.kind, update.marking) == (ItemKind.OTHER, Marking.OFFICIAL)
    assert update.title == "Events update"


def test_other_groups_have_a_short_order_of_business_in_their_own_marking(world, september):
    found = lines(world.dvacs_group, last=september)
    assert [line.kind for line in found] == [
        ItemKind.APOLOGIES, ItemKind.MINUTES, ItemKind.MATTERS_ARISING,
        ItemKind.ANY_OTHER_BUSINESS, ItemKind.NEXT_DATE,
    ]  # fmt: skip
    assert {line.marking for line in found} == {Marking.SENSITIVE}


def test_the_standing_items_fit_into_two_hours(world, september):
    found = lines(
        world.board, first=True, last=september, reporting=[world.dvacs_group, world.ocg_group]
    )
    assert sum(line.minutes for line in found) <= 120
