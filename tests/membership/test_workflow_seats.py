"""Giving, renewing, moving and ending seats; inviting people and closing accounts."""

import datetime
import threading

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction

from audit.models import Entry
from core import clock
from core.permissions import Refused
from core.workflow import Wrong
from membership import workflow
from membership.models import Role, Seat
from tests import world as worlds

DAY = datetime.timedelta(days=1)


def refused(call, field):
    """The message that a verb puts beside a field; nothing beside any other."""
    with pytest.raises(ValidationError) as wrong:
        call()
    messages = wrong.value.message_dict
    assert list(messages) == [field]
    return messages[field][0]


def test_a_seat_is_kept_in_the_name_of_who_gave_it(world, give, today):
    seat = give(world.guest)
    assert seat.created_by == world.officer
    assert seat.history.get().history_user == world.officer
    entry = Entry.objects.latest("id")
    assert (entry.verb, entry.subject) == ("gave a seat to", "Marigold Tan, Board")
    assert (entry.partnership, entry.sensitive) == ("dartford", False)


def test_the_audit_of_a_panel_is_sensitive(world, panel, give):
    group, *_ = panel
    worlds.seat(world.officer, group, world.council)
    give(world.guest, group)
    entry = Entry.objects.latest("id")
    assert entry.sensitive
    assert entry.group_id == str(group.pk)


# ---- what does not fit ---------------------------------------------------------------------------


def test_a_second_chair_is_refused_at_the_role(world, give):
    message = refused(lambda: give(world.guest, role=Role.CHAIR), "role")
    assert message == "Another person chairs this group at that time. End that seat first."


def test_a_second_vice_chair_is_refused_at_the_role(world, give):
    message = refused(lambda: give(world.guest, role=Role.VICE_CHAIR), "role")
    assert message == "Another person is vice-chair at that time. End that seat first."


def test_a_chair_may_follow_on_the_day_on_which_the_one_before_ends(world, give, today):
    workflow.end_seat(world.chair_seat, on=today + 5 * DAY, by=world.officer)
    refused(lambda: give(world.guest, role=Role.CHAIR, starts_on=today + 4 * DAY), "role")
    seat = give(world.guest, role=Role.CHAIR, starts_on=today + 5 * DAY)
    assert seat.role == Role.CHAIR


@pytest.mark.django_db(transaction=True)
def test_of_two_chairs_given_at_the_same_moment_one_is_refused(world, give, today):
    workflow.end_seat(world.chair_seat, on=today, by=world.officer)
    wrong, start = [], threading.Barrier(2)

    def chair(person, agency):
        try:
            start.wait(timeout=10)
            give(person, agency=agency, role=Role.CHAIR)
        except ValidationError as error:
            wrong.append(error)
        finally:
            connection.close()

    threads = [
        threading.Thread(target=chair, args=pair)
        for pair in [(world.guest, world.county), (world.leaver, world.council)]
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [list(error.message_dict) for error in wrong] == [["role"]]
    assert Seat.objects.on(today).filter(group=world.board, role=Role.CHAIR).count() == 1


def test_the_database_itself_refuses_a_second_chair(world, today):
    fields = {"group": world.board, "agency": world.county, "role": Role.CHAIR}
    with pytest.raises(IntegrityError, match="membership_one_chair"), transaction.atomic():
        Seat.objects.create(**fields, person=world.guest, starts_on=today, created_by=world.officer)


def test_the_same_person_twice_for_one_agency_is_refused(world, give):
    assert "already sits" in refused(lambda: give(world.kent), "person")


def test_a_seat_before_its_agency_joined_is_refused(world, give, today):
    late = worlds.agency("Housing Association", "housing")
    assert "is not a partner" in refused(lambda: give(world.guest, agency=late), "agency")
    workflow.add_partner(
        world.partnership, agency=late, statutory=False, starts_on=today + 9 * DAY,
        by=world.officer,
    )  # fmt: skip
    message = refused(lambda: give(world.guest, agency=late), "agency")
    assert message.startswith("Housing Association joins the partnership on ")
    assert give(world.guest, agency=late, starts_on=today + 9 * DAY).pk


def test_a_seat_after_its_agency_left_is_refused(world, give, today):
    partner = world.partnership.partners.get(agency=world.watch_body)
    workflow.leave_partner(partner, on=today, by=world.officer)
    assert "left the partnership" in refused(
        lambda: give(world.guest, agency=world.watch_body), "agency"
    )


@pytest.mark.parametrize("group", ["committee", "scrutineers", "administration", "secretariat"])
def test_outside_the_board_and_subgroups_no_partnership_is_asked(world, give, group):
    seat = give(world.guest, getattr(world, group), agency=world.pcc_office)
    assert seat.agency == world.pcc_office


def test_an_agency_that_is_not_there_on_that_day_is_refused(world, give):
    before = worlds.LONG_AGO - DAY
    give_early = lambda: give(world.guest, world.committee, starts_on=before)  # noqa: E731
    with pytest.raises(ValidationError) as wrong:
        give_early()
    assert set(wrong.value.message_dict) == {"agency", "starts_on"}


def test_an_end_on_or_before_the_start_is_refused(world, give, today):
    assert "end after it starts" in refused(lambda: give(world.guest, ends_on=today), "ends_on")
    refused(lambda: give(world.guest, ends_on=today - DAY), "ends_on")


def test_a_post_of_another_agency_is_refused(world, give):
    message = refused(lambda: give(world.guest, post=world.commander_post), "post")
    assert message == "District Commander is not a post at Kent County Council."


def test_a_closed_account_gets_no_seat(world, give):
    world.guest.is_active = False
    world.guest.save()
    assert "closed" in refused(lambda: give(world.guest), "person")


def test_a_substitute_stands_in_for_a_member_of_the_same_agency(world, give):
    seat = give(world.guest, substitute_for=world.kent_seat)
    assert seat.substitute_for == world.kent_seat
    refused(
        lambda: give(world.leaver, agency=world.council, substitute_for=world.kent_seat),
        "substitute_for",
    )
    refused(lambda: give(world.leaver, substitute_for=seat), "substitute_for")


# ---- who may ------------------------------------------------------------------------------------


def test_only_officers_and_administrators_give_seats(world, give):
    for person in (world.chair, world.kent, world.stranger, world.scrutiny, world.guest):
        with pytest.raises(Refused):
            give(world.guest, by=person)
    give(world.guest, by=world.administrator)


def test_nobody_lets_themselves_into_a_group_that_they_do_not_run(world, give):
    message = refused(lambda: give(world.officer, world.ocg_group, agency=world.council), "person")
    assert "cannot give yourself" in message
    refused(
        lambda: give(
            world.administrator, world.secretariat, agency=world.council, role=Role.OFFICER,
            by=world.administrator,
        ),
        "person",
    )  # fmt: skip
    assert give(world.officer, world.dvacs_group, agency=world.council).pk


def test_somebody_without_by_is_let_in_as_first_officer_only(world, give):
    with pytest.raises(Refused):
        give(world.guest, world.secretariat, agency=world.council, role=Role.OFFICER, by=None)
    empty = worlds.group(world.gravesham, "Second secretariat", "secretariat")
    with pytest.raises(Refused):
        give(world.guest, empty, role=Role.MEMBER, by=None)
    assert give(world.guest, empty, role=Role.OFFICER, by=None).created_by == world.guest


# ---- ending --------------------------------------------------------------------------------------


def test_an_ended_seat_opens_nothing_at_the_next_request(world, sign_in, at, today):
    client = sign_in(world.kent)
    assert client.get(at("group", "board")).status_code == 200
    workflow.end_seat(world.kent_seat, on=today, by=world.officer)
    assert client.get(at("group", "board")).status_code == 404
    assert client.get(at("people")).status_code == 403


def test_who_ended_a_seat_and_when_is_kept(world, today):
    workflow.end_seat(world.kent_seat, on=today + 3 * DAY, by=world.officer)
    world.kent_seat.refresh_from_db()
    assert world.kent_seat.ended_by == world.officer
    assert world.kent_seat.ends_on == today + 3 * DAY


def test_a_seat_ends_once_and_not_before_it_began(world, today):
    assert "cannot end before" in refused(
        lambda: workflow.end_seat(
            world.kent_seat, on=worlds.LONG_AGO - DAY, by=world.officer
        ),
        "on",
    )  # fmt: skip
    workflow.end_seat(world.kent_seat, on=today, by=world.officer)
    with pytest.raises(Wrong, match="already"):
        workflow.end_seat(world.kent_seat, on=today, by=world.officer)


def test_a_substitutes_seat_ends_with_the_seat_it_stands_for(world, give, today):
    substitute = give(world.guest, substitute_for=world.kent_seat)
    workflow.end_seat(world.kent_seat, on=today + DAY, by=world.officer)
    substitute.refresh_from_db()
    assert substitute.ends_on == today + DAY


def test_the_last_officer_can_neither_leave_nor_be_removed(world, today):
    with pytest.raises(Wrong, match="would have no officer"):
        workflow.end_seat(world.officer_seat, on=today, by=world.officer)
    with pytest.raises(Wrong, match="would have no officer"):
        workflow.end_seat(world.officer_seat, on=today, by=world.administrator)
    with pytest.raises(Wrong, match="would have no officer"):
        workflow.move_seat(world.officer_seat, role=Role.MEMBER, on=today, by=world.officer)
    with pytest.raises(Wrong, match="would have no officer"):
        workflow.renew_seat(world.officer_seat, ends_on=today + 9 * DAY, by=world.officer)
    world.officer_seat.refresh_from_db()
    assert world.officer_seat.ends_on is None


def test_an_officer_may_go_once_another_stays(world, give, today):
    second = give(world.guest, world.secretariat, agency=world.council, role=Role.OFFICER)
    workflow.end_seat(world.officer_seat, on=today, by=world.officer)
    with pytest.raises(Wrong):
        workflow.end_seat(second, on=today, by=world.guest)


def test_another_officer_whose_term_ends_does_not_fill_the_gap(world, give, today):
    give(
        world.guest, world.secretariat, agency=world.council, role=Role.OFFICER,
        ends_on=today + 30 * DAY,
    )  # fmt: skip
    with pytest.raises(Wrong, match="would have no officer"):
        workflow.end_seat(world.officer_seat, on=today, by=world.officer)


def test_an_officer_who_cannot_sign_in_does_not_count(world, give, today):
    give(world.guest, world.secretariat, agency=world.council, role=Role.OFFICER)
    workflow.close_account(world.guest, partnership=world.partnership, by=world.officer)
    with pytest.raises(Wrong, match="would have no officer"):
        workflow.end_seat(world.officer_seat, on=today, by=world.officer)


@pytest.mark.django_db(transaction=True)
def test_two_officers_who_end_each_other_at_once_leave_one(world, give, today):
    give(world.guest, world.secretariat, agency=world.council, role=Role.OFFICER)
    guest_seat = Seat.objects.get(person=world.guest)
    wrong, start = [], threading.Barrier(2)

    def end(seat, by):
        try:
            start.wait(timeout=10)
            workflow.end_seat(seat, on=today, by=by)
        except (Wrong, Refused) as error:
            wrong.append(error)
        finally:
            connection.close()

    threads = [
        threading.Thread(target=end, args=(world.officer_seat, world.guest)),
        threading.Thread(target=end, args=(guest_seat, world.officer)),
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(wrong) == 1
    left = Seat.objects.on(today).filter(group=world.secretariat, role=Role.OFFICER)
    assert left.count() == 1


# ---- renewing and moving -------------------------------------------------------------------------


def test_a_renewed_seat_runs_on_and_forgets_its_end(world, today):
    workflow.end_seat(world.kent_seat, on=today + 3 * DAY, by=world.officer)
    workflow.renew_seat(world.kent_seat, ends_on=today + 400 * DAY, by=world.officer)
    world.kent_seat.refresh_from_db()
    assert (world.kent_seat.ended_by, world.kent_seat.ended_at) == (None, None)
    with pytest.raises(ValidationError):
        workflow.renew_seat(world.kent_seat, ends_on=today, by=world.officer)


def test_an_ended_seat_is_not_renewed(world, today):
    with pytest.raises(Wrong, match="new seat"):
        workflow.renew_seat(world.leaver_seat, ends_on=today + 9 * DAY, by=world.officer)


def test_moving_ends_one_seat_and_begins_another_the_same_day(world, today):
    moved = workflow.move_seat(
        world.vice_seat, group=world.dvacs_group, role=Role.CHAIR, on=today, by=world.officer
    )
    world.vice_seat.refresh_from_db()
    assert world.vice_seat.ends_on == moved.starts_on == today
    assert (moved.person, moved.post) == (world.vice, world.commander_post)
    assert (moved.group, moved.role) == (world.dvacs_group, Role.CHAIR)


def test_a_post_does_not_move_to_another_agency(world, today):
    moved = workflow.move_seat(world.vice_seat, agency=world.county, on=today, by=world.officer)
    assert moved.post is None


def test_a_move_that_does_not_fit_changes_nothing(world, today):
    refused(
        lambda: workflow.move_seat(world.kent_seat, role=Role.CHAIR, on=today, by=world.officer),
        "role",
    )
    world.kent_seat.refresh_from_db()
    assert world.kent_seat.ends_on is None


def test_substitutes_stay_with_somebody_who_changes_role(world, give, today):
    substitute = give(world.guest, agency=world.police, substitute_for=world.vice_seat)
    moved = workflow.move_seat(world.vice_seat, role=Role.MEMBER, on=today, by=world.officer)
    substitute.refresh_from_db()
    assert (substitute.substitute_for, substitute.ends_on) == (moved, None)


def test_substitutes_do_not_follow_to_another_group(world, give, today):
    substitute = give(world.guest, agency=world.police, substitute_for=world.vice_seat)
    workflow.move_seat(world.vice_seat, group=world.ocg_group, on=today, by=world.officer)
    substitute.refresh_from_db()
    assert substitute.ends_on == today


# ---- people --------------------------------------------------------------------------------------


def invited(world, **more):
    given = {
        "email": "willow.hart@example.test", "name": "Willow Hart", "agency": world.county,
        "role": Role.MEMBER, "starts_on": clock.today(), "by": world.officer,
    }  # fmt: skip
    return workflow.invite(world.board, **{**given, **more})


def test_an_invitation_gives_account_and_seat_together(world):
    seat, created = invited(world)
    assert created
    assert (seat.person.name, seat.person.invited_by) == ("Willow Hart", world.officer)


def test_somebody_known_gets_the_seat_under_their_own_name(world):
    seat, created = invited(world, email="MARIGOLD.tan@example.test", name="Somebody Else")
    assert not created
    assert (seat.person, seat.person.name) == (world.guest, "Marigold Tan")


def test_no_account_is_left_when_the_seat_does_not_fit(world, mailoutbox):
    with pytest.raises(ValidationError):
        invited(world, role=Role.CHAIR)
    assert not world.guest.__class__.objects.filter(email="willow.hart@example.test").exists()
    assert not mailoutbox


def test_a_closed_account_signs_in_no_more_and_keeps_its_name(world, sign_in, at):
    client = sign_in(world.kent)
    workflow.close_account(world.kent, partnership=world.partnership, by=world.officer)
    assert client.get(at("people")).status_code == 302
    world.kent_seat.refresh_from_db()
    assert str(world.kent_seat) == "Bryony Clarke, Board"
    workflow.open_account(world.kent, partnership=world.partnership, by=world.officer)
    world.kent.refresh_from_db()
    assert world.kent.is_active


def test_nobody_closes_their_own_account_or_that_of_the_last_officer(world):
    with pytest.raises(Wrong):
        workflow.close_account(world.officer, partnership=world.partnership, by=world.officer)
    with pytest.raises(Wrong, match="would have no officer"):
        workflow.close_account(world.officer, partnership=world.partnership, by=world.administrator)


def test_an_account_with_a_seat_elsewhere_is_not_closed_from_here(world, today):
    worlds.seat(world.kent, world.gravesham_board, world.county)
    with pytest.raises(Wrong, match="another partnership"):
        workflow.close_account(world.kent, partnership=world.partnership, by=world.officer)


def test_only_an_invitation_that_waits_goes_to_another_address(world):
    seat, _ = invited(world)
    where = {"partnership": world.partnership, "by": world.officer}
    changed = workflow.correct_invitation(seat.person, email="w.hart@example.test", **where)
    assert changed.email == "w.hart@example.test"
    with pytest.raises(Wrong, match="accepted"):
        workflow.correct_invitation(world.kent, email="mine@example.test", **where)
