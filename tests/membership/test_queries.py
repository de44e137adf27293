"""Who sits where, what is empty, who has signed: on any day."""

import datetime

import pytest

from membership import queries, standing, workflow
from membership.models import Role
from tests import world as worlds

DAY = datetime.timedelta(days=1)
BEFORE = datetime.date(2025, 1, 1)


@pytest.fixture
def place(world):
    def place(agency, post=None, group=None):
        return workflow.add_place(
            group or world.board, agency=agency, post=post, starts_on=worlds.LONG_AGO,
            by=world.officer,
        )  # fmt: skip

    return place


def expected(world, day, **more):
    return [each.expects for each in queries.vacancies(world.partnership, day, **more)]


def test_seats_are_in_order_of_role_with_substitutes_last(world, give, today):
    give(world.guest, substitute_for=world.kent_seat)
    names = [seat.person.name for seat in queries.seats_on(world.board, today)]
    assert names[:2] == ["Sage Holloway", "Linden Shah"]
    assert names[-1] == "Marigold Tan"
    assert "Heather Quayle" not in names


def test_on_a_past_day_the_seats_of_that_day(world):
    names = {seat.person.name for seat in queries.seats_on(world.board, BEFORE)}
    assert "Heather Quayle" in names


def test_people_who_cannot_sign_in_are_not_told(world, today):
    world.kent.is_active = False
    world.kent.save()
    assert world.kent not in queries.members_of(world.board, today)
    assert list(queries.people_of(world.police, world.board, today)) == [world.vice]
    assert list(queries.officers_of(world.partnership, today)) == [world.officer]


# ---- vacancies -----------------------------------------------------------------------------------


def test_a_place_is_filled_by_its_agency_and_a_post_by_its_holder(world, place, today):
    place(world.county)
    place(world.police, world.commander_post)
    assert expected(world, today) == []
    place(world.council, world.manager_post)
    place(world.police)
    assert expected(world, today) == ["A representative, Kent Police"]


def test_one_person_fills_one_place(world, place, today):
    place(world.county)
    place(world.county)
    assert expected(world, today) == ["A representative, Kent County Council"]


def test_a_substitute_fills_no_place(world, place, give, today):
    place(world.county)
    give(world.guest, substitute_for=world.kent_seat)
    workflow.end_seat(world.kent_seat, on=today, by=world.officer)
    assert len(expected(world, today)) == 1


def test_a_vacancy_says_since_when(world, place, today):
    place(world.police, world.commander_post)
    workflow.end_seat(world.vice_seat, on=today - 3 * DAY, by=world.officer)
    (vacancy,) = queries.vacancies(world.partnership, today)
    assert (vacancy.since, vacancy.statutory) == (today - 3 * DAY, True)


def test_a_panels_places_are_known_to_its_own_only(world, panel, today):
    _, member, *_ = panel
    assert expected(world, today) == []
    assert expected(world, today, user=world.officer) == []
    assert expected(world, today, user=member) == ["A representative, Kent County Council"]


# ---- terms ---------------------------------------------------------------------------------------


def test_terms_that_end_within_ninety_days(world, give, today):
    near = give(world.guest, ends_on=today + 90 * DAY)
    give(world.leaver, agency=world.council, ends_on=today + 91 * DAY)
    assert list(queries.ending_soon(world.partnership, today)) == [near]


def test_a_term_that_another_seat_follows_is_no_worry(world, give, today):
    give(world.guest, ends_on=today + 9 * DAY)
    give(world.guest, starts_on=today + 9 * DAY)
    assert not queries.ending_soon(world.partnership, today)


def test_a_panels_terms_are_known_to_its_own_only(world, panel, today):
    _, member, seat, *_ = panel
    assert not queries.ending_soon(world.partnership, today)
    assert not queries.ending_soon(world.partnership, today, user=world.officer)
    assert list(queries.ending_soon(world.partnership, today, user=member)) == [seat]


# ---- sharing -------------------------------------------------------------------------------------


def test_who_has_not_signed(world, today):
    assert list(queries.unsigned_agencies(world.partnership, today)) == [world.watch_body]
    workflow.change_agreement(
        world.agreement, version="", review_on=None, ends_on=today, by=world.officer
    )
    assert set(queries.unsigned_agencies(world.partnership, today)) == {
        world.council, world.police, world.county, world.watch_body
    }  # fmt: skip


def test_only_agencies_at_the_table_are_to_sign(world, give, today):
    assert world.pcc_office not in queries.unsigned_agencies(world.partnership, today)


def test_each_group_that_shares_has_a_protocol_or_is_named(world, panel, today):
    assert not queries.without_protocol(world.partnership, today)
    workflow.end_protocol(world.ocg_group.protocols.get(), on=today, by=world.officer)
    assert list(queries.without_protocol(world.partnership, today)) == [world.ocg_group]
    shown = [each.group for each in queries.under_protocol(world.partnership, today, world.officer)]
    assert shown == [world.board, world.dvacs_group, world.ocg_group]


def test_who_is_shut_out_is_whom_the_gate_refuses(world, give, today):
    """The page says in words what the gate decides for each person."""
    give(world.guest, world.dvacs_group, agency=world.watch_body)
    workflow.end_protocol(world.ocg_group.protocols.get(), on=today, by=world.officer)
    shut = {
        (each.group, seat.person)
        for each in queries.shut_out(world.partnership, today, world.officer)
        for seat in each.seats
    }
    assert shut == {(world.board, world.watch), (world.dvacs_group, world.guest)}
    for group in (world.board, world.dvacs_group):
        for person in queries.members_of(group, today):
            assert bool(standing.clearance(person, group)) is ((group, person) not in shut)


# ---- the directory -------------------------------------------------------------------------------


def listed(world, day, user, words=""):
    return {seat.person for seat in queries.directory(world.partnership, day, user, words)}


def test_words_are_all_to_be_found_somewhere(world, today):
    find = lambda words: listed(world, today, world.officer, words)  # noqa: E731
    assert find("police board") == {world.vice}
    assert find("commander") == {world.vice}
    assert find("bryony") == {world.kent}
    assert find("zebra") == set()


def test_a_body_is_found_by_the_name_that_it_had(world, today):
    workflow.succeed_agency(
        world.county, name="Kent Unitary", on=today, seats=True, by=world.officer
    )
    assert listed(world, today, world.officer, "county council") == {world.kent}


def test_partners_without_anybody_are_listed_too(world, today):
    workflow.end_seat(world.watch_seat, on=today, by=world.officer)
    seats = queries.directory(world.partnership, today, world.officer)
    agencies = queries.agencies_listed(world.partnership, today, seats)
    assert world.watch_body in agencies
    assert agencies[0].statutory


@pytest.mark.parametrize("person", ["officer", "chair", "kent", "administrator", "scrutiny"])
def test_a_panel_is_in_nobody_elses_directory(world, panel, today, person):
    group, member, _, body, _ = panel
    reader = getattr(world, person)
    seats = queries.directory(world.partnership, today, reader)
    assert member not in {seat.person for seat in seats}
    assert body not in queries.agencies_listed(world.partnership, today, seats)
    assert group not in queries.groups_listed(world.partnership, today, reader, seats)
    assert body not in queries.known_agencies(world.partnership, reader)
    assert member not in queries.known_people(world.partnership, reader)
    assert group in queries.known_groups(world.partnership, member)


# ---- the last officer ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("terms", "end", "gap"),
    [
        ([], None, 0),
        ([(0, None)], None, None),
        ([(0, 30)], None, 30),
        ([(0, 30)], 30, None),
        ([(0, 30), (30, None)], None, None),
        ([(0, 30), (31, None)], None, 30),
        ([(5, None)], None, 0),
        ([(0, 10), (2, 20)], 20, None),
    ],
)
def test_the_first_day_without_an_officer(world, today, terms, end, gap):
    group = world.gravesham_secretariat
    group.seats.all().delete()
    for number, (first, last) in enumerate(terms):
        person = worlds.person(f"Officer {number}")
        worlds.seat(
            person, group, world.council, Role.OFFICER, starts_on=today + first * DAY,
            ends_on=None if last is None else today + last * DAY,
        )  # fmt: skip
    day = queries.day_without_officer(group, today, None if end is None else today + end * DAY)
    assert day == (None if gap is None else today + gap * DAY)
