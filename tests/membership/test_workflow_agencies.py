"""Bodies, posts and partners; and one body that succeeds another."""

import datetime

import pytest
from django.core.exceptions import ValidationError

from audit.models import Entry
from core.permissions import Refused
from core.workflow import Wrong
from membership import queries, workflow
from membership.models import Agency, Partner, Role, Seat, Signature
from tests import world as worlds

DAY = datetime.timedelta(days=1)


def add(world, **more):
    given = {"name": "Kent Fire and Rescue", "kind": "fire", "starts_on": worlds.LONG_AGO}
    return workflow.add_agency(**{**given, "by": world.officer, **more})


def test_an_officer_adds_a_body_under_a_name_that_is_free(world):
    agency = add(world)
    assert (agency.slug, agency.short_name) == ("kent-fire-and-rescue", "Kent Fire and Rescue")
    assert agency.history.get().history_user == world.officer
    with pytest.raises(ValidationError) as wrong:
        add(world)
    assert wrong.value.message_dict == {"slug": ["There is an agency of this name already."]}


def test_others_add_none(world):
    for person in (world.administrator, world.chair, world.kent, world.guest):
        with pytest.raises(Refused):
            add(world, by=person)


def test_only_officers_of_its_partnerships_correct_a_body(world):
    given = {"short_name": "KCC", "kind": "county", "statutory_basis": ""}
    where = {"partnership": world.partnership}
    with pytest.raises(Refused):
        workflow.correct_agency(
            world.county, name="Taken over", **given, **where, by=world.stranger
        )
    corrected = workflow.correct_agency(
        world.county, name="Kent County Council!", **given, **where, by=world.officer
    )
    assert corrected.name == "Kent County Council!"


@pytest.fixture
def shared(world):
    """The county council works in Gravesham too."""
    return Partner.objects.create(
        partnership=world.gravesham, agency=world.county, statutory=True, starts_on=worlds.LONG_AGO
    )


def test_only_an_administrator_corrects_or_ends_a_body_of_two_partnerships(world, shared, today):
    given = {
        "name": "Kent CC", "short_name": "KCC", "kind": "county", "statutory_basis": "",
        "partnership": world.partnership,
    }  # fmt: skip
    for officer in (world.officer, world.stranger):
        with pytest.raises(Refused, match="Only a system administrator"):
            workflow.correct_agency(world.county, **given, by=officer)
        with pytest.raises(Refused, match="another partnership too"):
            succeed(world, today, by=officer)
        assert workflow.add_post(
            world.county, title=f"Post of {officer}", starts_on=today, by=officer
        )
    assert workflow.correct_agency(world.county, **given, by=world.administrator).name == "Kent CC"
    assert succeed(world, today, by=world.administrator).succeeds == world.county


def test_an_officer_of_both_partnerships_corrects_what_they_share(world, shared):
    worlds.seat(world.officer, world.gravesham_secretariat, world.council, Role.OFFICER)
    corrected = workflow.correct_agency(
        world.county, name="Kent CC", short_name="KCC", kind="county", statutory_basis="",
        partnership=world.partnership, by=world.officer,
    )  # fmt: skip
    assert corrected.name == "Kent CC"


def test_an_administrator_elsewhere_does_not_correct_a_body(world):
    with pytest.raises(Refused):
        workflow.correct_agency(
            world.gravesham_council, name="Taken over", short_name="x", kind="district",
            statutory_basis="", partnership=world.partnership, by=world.administrator,
        )  # fmt: skip


def test_a_correction_read_before_another_is_not_saved_over_it(world):
    given = {
        "short_name": "KCC", "kind": "county", "statutory_basis": "",
        "partnership": world.partnership, "by": world.officer,
    }  # fmt: skip
    read = workflow.version(world.county)
    workflow.correct_agency(world.county, name="First", read=read, **given)
    with pytest.raises(workflow.Changed):
        workflow.correct_agency(world.county, name="Second", read=read, **given)
    world.county.refresh_from_db()
    assert world.county.name == "First"


# ---- partners ------------------------------------------------------------------------------------


def join(world, agency, on, **more):
    given = {"statutory": False, "starts_on": on, "by": world.officer}
    return workflow.add_partner(world.partnership, agency=agency, **{**given, **more})


def test_an_agency_joins_from_a_day_by_a_decision(world, today):
    url = "/dartford/meetings/board-2026-09-16/draft/#item-4"
    partner = join(world, add(world), today, because="Agreed by the board", url=url)
    assert (partner.joined_because, partner.joined_url) == ("Agreed by the board", url)


def test_an_agency_joins_once(world, today):
    with pytest.raises(ValidationError) as wrong:
        join(world, world.county, today)
    assert list(wrong.value.message_dict) == ["agency"]


def test_a_body_joins_only_while_it_exists(world, today):
    coming = add(world, starts_on=today + 9 * DAY)
    with pytest.raises(ValidationError, match="began on"):
        join(world, coming, today)
    gone = add(world, name="Gone", ends_on=today)
    with pytest.raises(ValidationError, match="ended on"):
        join(world, gone, today)


def test_a_partner_that_leaves_takes_its_seats_and_places_along(world, today):
    place = workflow.add_place(
        world.board, agency=world.watch_body, starts_on=today, by=world.officer
    )
    partner = world.partnership.partners.get(agency=world.watch_body)
    workflow.leave_partner(partner, on=today + DAY, by=world.officer)
    world.watch_seat.refresh_from_db()
    place.refresh_from_db()
    assert world.watch_seat.ends_on == place.ends_on == today + DAY


def test_a_statutory_partner_does_not_leave(world, today):
    partner = world.partnership.partners.get(agency=world.county)
    with pytest.raises(Wrong, match="statutory partner"):
        workflow.leave_partner(partner, on=today, by=world.officer)


# ---- posts ---------------------------------------------------------------------------------------


def test_a_post_ends_when_nobody_holds_it(world, today):
    with pytest.raises(Wrong, match="Somebody sits"):
        workflow.end_post(world.commander_post, on=today, by=world.officer)
    workflow.end_seat(world.vice_seat, on=today, by=world.officer)
    workflow.end_post(world.commander_post, on=today, by=world.officer)
    with pytest.raises(Wrong, match="ended on"):
        workflow.end_post(world.commander_post, on=today, by=world.officer)


def test_an_agency_has_a_post_of_a_title_once(world, today):
    with pytest.raises(ValidationError) as wrong:
        workflow.add_post(
            world.police, title="District Commander", starts_on=today, by=world.officer
        )
    assert list(wrong.value.message_dict) == ["title"]


# ---- succession ----------------------------------------------------------------------------------


def succeed(world, on, **more):
    given = {"name": "Kent Unitary Council", "by": world.officer}
    return workflow.succeed_agency(world.county, on=on, **{**given, **more})


def test_the_successor_takes_the_place_with_the_same_statutory_flag(world, today):
    new = succeed(world, today)
    old_place, place = (
        Partner.objects.get(agency=world.county), Partner.objects.get(agency=new)
    )  # fmt: skip
    assert old_place.ends_on == place.starts_on == today
    assert place.statutory
    assert place.joined_because == "Took over from Kent County Council"
    assert new.succeeds == world.county
    world.county.refresh_from_db()
    assert world.county.ends_on == today


def test_old_records_keep_the_old_name(world, today):
    succeed(world, today, seats=True)
    world.kent_seat.refresh_from_db()
    assert world.kent_seat.agency.name == "Kent County Council"
    names = {seat.agency.name for seat in queries.seats_on(world.board, today - DAY)}
    assert "Kent Unitary Council" not in names
    names = {seat.agency.name for seat in queries.seats_on(world.board, today)}
    assert "Kent County Council" not in names


def test_what_is_carried_begins_again_for_the_successor(world, today):
    post = workflow.add_post(
        world.county, title="Safety Lead", starts_on=worlds.LONG_AGO, by=world.officer
    )
    workflow.add_place(
        world.board, agency=world.county, post=post, starts_on=today - DAY, by=world.officer
    )
    seat = workflow.seat(
        world.dvacs_group, person=world.guest, agency=world.county, post=post,
        starts_on=today - DAY, ends_on=today + 90 * DAY, by=world.officer,
    )  # fmt: skip
    new = succeed(world, today, posts=True, places=True, seats=True, signatures=True)
    heir = Seat.objects.get(person=world.guest, agency=new)
    seat.refresh_from_db()
    assert seat.ends_on == heir.starts_on == today
    assert (heir.post.title, heir.ends_on) == ("Safety Lead", today + 90 * DAY)
    assert new.places.get().post == heir.post
    assert Signature.objects.get(agency=new).starts_on == today


def test_a_signature_does_not_carry_over_unless_stated(world, today):
    new = succeed(world, today, posts=True, places=True, seats=True)
    assert new in queries.unsigned_agencies(world.partnership, today)
    assert Signature.objects.get(agency=world.county).end_reason.startswith("Succeeded by")


def test_what_is_not_carried_ends_with_the_body(world, today):
    new = succeed(world, today)
    assert not Seat.objects.filter(agency=new).exists()
    assert not Seat.objects.not_over(today).filter(agency=world.county).exists()


def test_a_chair_sits_on_as_chair_for_the_successor(world, today):
    new = workflow.succeed_agency(
        world.council, name="New Council", on=today + DAY, seats=True, by=world.officer
    )
    chair = Seat.objects.on(today + DAY).get(group=world.board, role=Role.CHAIR)
    assert (chair.person, chair.agency) == (world.chair, new)


def test_the_council_of_the_last_officer_is_not_succeeded_without_them(world, today):
    with pytest.raises(Wrong, match="would have no officer"):
        workflow.succeed_agency(world.council, name="New Council", on=today, by=world.officer)
    assert not Agency.objects.filter(name="New Council").exists()


def test_seats_that_the_officer_may_not_know_of_stay_as_they_are(world, panel, today):
    group, *_ = panel
    hidden = worlds.seat(world.guest, group, world.county)
    succeed(world, today, seats=True)
    hidden.refresh_from_db()
    assert hidden.ends_on is None


def test_a_second_successor_or_one_too_early_is_refused(world, today):
    with pytest.raises(ValidationError) as wrong:
        succeed(world, worlds.LONG_AGO)
    assert list(wrong.value.message_dict) == ["on"]
    succeed(world, today)
    with pytest.raises(Wrong, match="ended on"):
        succeed(world, today, name="Another")


def test_each_partnership_says_for_itself_what_goes_over(world, shared, today):
    seat = worlds.seat(world.guest, world.gravesham_board, world.county)
    new = succeed(world, today, by=world.administrator, partnership=world.partnership)
    entry = Entry.objects.get(verb__contains="as the successor of")
    assert (entry.partnership, entry.actor_name) == ("dartford", "Juniper Lane")
    shared.refresh_from_db()
    seat.refresh_from_db()
    assert (shared.ends_on, seat.ends_on) == (None, None)
    assert queries.left_behind(world.gravesham, today) == [shared]
    (left,) = queries.left_behind(world.partnership, today)
    assert left.agency == world.county
    workflow.take_over(
        world.gravesham, old=world.county, new=new, carry=workflow.Carry(seats=True),
        by=world.stranger,
    )  # fmt: skip
    assert not queries.left_behind(world.gravesham, today)
    assert Seat.objects.get(group=world.gravesham_board, agency=new).person == world.guest


def test_the_succession_is_on_record(world, today):
    succeed(world, today, seats=True)
    entry = Entry.objects.filter(verb__contains="as the successor of").get()
    assert entry.verb == "recorded Kent Unitary Council as the successor of"
    assert entry.detail["carried over"]["seats"] == 1
