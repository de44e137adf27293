"""Who says they come, and who is recorded."""

import datetime

import pytest
import time_machine
from django.core.exceptions import ValidationError

from core import clock
from core.permissions import Refused
from core.workflow import Wrong
from meetings.models import Attendance, Meeting, Presence, Status
from meetings.queries.attendance import roll
from meetings.workflow import agenda, attendance, minutes, schedule
from membership.models import Partner, Role, Seat
from tests.meetings.held import address, words
from tests.world import agency, person, seat

PLACE = {
    "starts_at": datetime.time(10), "ends_at": datetime.time(12), "venue": "Civic Centre"
}  # fmt: skip
DECEMBER = datetime.date(2026, 12, 9)


@pytest.fixture(autouse=True)
def november():
    """It is Tuesday 24 November 2026."""
    with time_machine.travel(datetime.datetime(2026, 11, 24, 9, tzinfo=datetime.UTC), tick=False):
        yield


@pytest.fixture
def the_day():
    """From here on it is the morning of 9 December 2026."""

    def begin():
        return time_machine.travel(
            datetime.datetime(2026, 12, 9, 9, 30, tzinfo=datetime.UTC), tick=False
        )

    return begin


@pytest.fixture
def meeting(world):
    """The board's meeting on 9 December, its agenda published."""
    made = schedule.schedule(world.board, on=DECEMBER, **PLACE, by=world.officer)
    return agenda.publish(made, by=world.officer)


def key(of_seat):
    return f"seat-{of_seat.pk}"


def stands(meeting):
    return {each.name: each.presence for each in roll(meeting).people}


# ---- who is expected ----------------------------------------------------------------------------


def test_everybody_with_a_seat_on_the_day_is_expected(world, meeting):
    assert stands(meeting) == {
        each.name: "expected"
        for each in (world.officer, world.chair, world.vice, world.kent, world.watch)
    }
    assert Attendance.objects.count() == 0


def test_the_list_follows_the_seats(world, meeting):
    Seat.objects.filter(pk=world.kent_seat.pk).update(ends_on=DECEMBER)
    newcomer = person("Fern Doyle")
    seat(newcomer, world.board, world.county, starts_on=DECEMBER)
    assert "Bryony Clarke" not in stands(meeting)
    assert stands(meeting)["Fern Doyle"] == "expected"


def test_a_seat_that_ends_stays_only_if_something_was_said(world, meeting):
    attendance.say(meeting, presence="apologies", by=world.kent)
    for each in (world.kent_seat, world.watch_seat):
        Seat.objects.filter(pk=each.pk).update(ends_on=clock.today())
    assert stands(meeting)["Bryony Clarke"] == "apologies"
    assert "Ash Pemberton" not in stands(meeting)


def test_opening_writes_down_who_belonged_to_the_meeting(world, meeting, the_day):
    Attendance.objects.create(
        meeting=meeting, seat=world.leaver_seat, person=world.leaver, name="Heather Quayle",
        agency=world.county, recorded_by=world.officer,
    )  # fmt: skip
    with the_day():
        minutes.open(meeting, chaired_by=world.chair, by=world.officer)
        assert set(meeting.attendance.values_list("name", flat=True)) == {
            "Hazel Okafor", "Sage Holloway", "Linden Shah", "Bryony Clarke", "Ash Pemberton"
        }  # fmt: skip
        Seat.objects.filter(pk=world.kent_seat.pk).update(ends_on=clock.today())
        assert "Bryony Clarke" in stands(Meeting.objects.get())


def test_a_substitutes_own_seat_is_not_expected(world, meeting):
    seat(person("Fern Doyle"), world.board, world.county, substitute_for=world.kent_seat)
    assert "Fern Doyle" not in stands(meeting)


# ---- saying it ----------------------------------------------------------------------------------


def test_a_member_says_and_says_otherwise(world, meeting):
    attendance.say(meeting, presence="coming", by=world.kent)
    assert stands(meeting)["Bryony Clarke"] == "coming"
    attendance.say(meeting, presence="apologies", by=world.kent)
    assert stands(meeting)["Bryony Clarke"] == "apologies"
    row = Attendance.objects.get()
    assert (row.recorded_by, row.agency, row.post) == (world.kent, world.county, "")
    assert row.history.count() == 3


def test_a_substitute_comes_for_the_same_agency(world, meeting):
    attendance.say(meeting, presence="substituted", substitute_name="Fern Doyle", by=world.kent)
    sent = Attendance.objects.get(presence=Presence.SUBSTITUTE)
    assert (sent.name, sent.agency, sent.substitute_for.name) == (
        "Fern Doyle", world.county, "Bryony Clarke"
    )  # fmt: skip
    attendance.say(meeting, presence="substituted", substitute=world.dvacs, by=world.kent)
    sent = Attendance.objects.get(presence=Presence.SUBSTITUTE)
    assert (sent.name, sent.person) == ("Reed Samuels", world.dvacs)
    attendance.say(meeting, presence="coming", by=world.kent)
    assert Attendance.objects.filter(presence=Presence.SUBSTITUTE).count() == 0


@pytest.mark.parametrize(("answer", "field"), [
    ({"presence": "present"}, "presence"), ({"presence": "absent"}, "presence"),
    ({"presence": "substituted"}, "substitute_name"),
    ({"presence": "substituted", "substitute_name": "x" * 121}, "substitute_name"),
    ({"presence": "substituted", "substitute_name": "bryony clarke"}, "substitute_name"),
])  # fmt: skip
def test_a_bad_answer_is_said_by_field(world, meeting, answer, field):
    with pytest.raises(ValidationError) as refused:
        attendance.say(meeting, **answer, by=world.kent)
    assert set(refused.value.message_dict) == {field}
    assert stands(meeting)["Bryony Clarke"] == "expected"


def test_who_is_expected_already_is_nobodys_substitute(world, meeting):
    for who in (world.kent, world.vice):
        with pytest.raises(ValidationError) as refused:
            attendance.say(meeting, presence="substituted", substitute=who, by=world.kent)
        assert set(refused.value.message_dict) == {"substitute"}


def test_a_substitute_of_a_substitute_is_refused(world, meeting):
    attendance.say(meeting, presence="substituted", substitute=world.dvacs, by=world.kent)
    sent = Attendance.objects.get(presence=Presence.SUBSTITUTE)
    with pytest.raises(ValidationError, match="substitute cannot send a substitute"):
        attendance.add_substitute(
            meeting, key=f"row-{sent.pk}", name="Somebody else", by=world.officer
        )
    with pytest.raises(Refused):
        attendance.say(meeting, presence="substituted", substitute_name="X", by=world.dvacs)


def test_who_holds_no_seat_there_is_not_asked(world, meeting):
    Seat.objects.filter(pk=world.officer_board_seat.pk).delete()
    with pytest.raises(Wrong, match="you hold no seat on Board"):
        attendance.say(meeting, presence="coming", by=world.officer)
    for who in (world.stranger, world.scrutiny, world.leaver):
        with pytest.raises(Refused):
            attendance.say(meeting, presence="coming", by=who)


def test_an_answer_is_given_for_every_seat(world, meeting):
    seat(world.kent, world.board, world.watch_body)
    attendance.say(meeting, presence="coming", by=world.kent)
    assert Attendance.objects.filter(presence="coming").count() == 2


@pytest.mark.parametrize("status", [Status.HELD, Status.CANCELLED, Status.AGREED])
def test_nobody_says_it_after_the_meeting(world, meeting, status):
    Meeting.objects.update(status=status)
    with pytest.raises(Wrong):
        attendance.say(meeting, presence="coming", by=world.kent)


# ---- recording ----------------------------------------------------------------------------------


def test_officers_record_everybody_at_the_meeting(world, meeting, the_day):
    attendance.say(meeting, presence="coming", by=world.vice)
    with the_day():
        attendance.record(
            meeting,
            presences={
                key(world.chair_seat): "apologies", key(world.vice_seat): "present",
                key(world.kent_seat): "absent", key(world.watch_seat): "expected",
            },
            by=world.officer,
        )  # fmt: skip
    assert stands(meeting) == {
        "Sage Holloway": "apologies", "Linden Shah": "present", "Bryony Clarke": "absent",
        "Ash Pemberton": "expected", "Hazel Okafor": "expected",
    }  # fmt: skip
    assert Attendance.objects.count() == 3


def test_nobody_is_present_before_the_day(world, meeting):
    with pytest.raises(ValidationError) as refused:
        attendance.record(meeting, presences={key(world.kent_seat): "present"}, by=world.officer)
    assert set(refused.value.message_dict) == {key(world.kent_seat)}


def test_a_substituted_member_needs_a_substitute(world, meeting):
    with pytest.raises(ValidationError, match="Say below who comes instead"):
        attendance.record(
            meeting, presences={key(world.kent_seat): "substituted"}, by=world.officer
        )


def test_a_seat_that_ended_meanwhile_is_said(world, meeting):
    Seat.objects.filter(pk=world.kent_seat.pk).update(ends_on=clock.today())
    with pytest.raises(Wrong, match="seat has ended"):
        attendance.record(meeting, presences={key(world.kent_seat): "coming"}, by=world.officer)


def test_a_member_who_comes_after_all_takes_the_substitutes_place(world, meeting, the_day):
    attendance.say(meeting, presence="substituted", substitute_name="Fern", by=world.kent)
    with the_day():
        attendance.record(meeting, presences={key(world.kent_seat): "present"}, by=world.officer)
    assert Attendance.objects.count() == 1


def test_taking_back_a_substitute_leaves_apologies(world, meeting):
    sent = attendance.add_substitute(
        meeting, key=key(world.kent_seat), name="Fern Doyle", by=world.officer
    )
    attendance.remove(meeting, sent.pk, by=world.officer)
    assert stands(meeting)["Bryony Clarke"] == "apologies"
    with pytest.raises(Wrong, match="no longer on the list"):
        attendance.remove(meeting, sent.pk, by=world.officer)


def test_others_are_in_attendance_for_an_agency_of_the_partnership(world, meeting):
    attendance.add_in_attendance(
        meeting, name="Fern Doyle", agency=world.county, post="Analyst", by=world.officer
    )
    assert [each.name for each in roll(meeting).in_attendance] == ["Fern Doyle"]
    with pytest.raises(ValidationError, match="already in attendance"):
        attendance.add_in_attendance(
            meeting, name="fern doyle", agency=world.county, by=world.officer
        )
    with pytest.raises(ValidationError) as refused:
        attendance.add_in_attendance(
            meeting, name=" ", agency=world.gravesham_council, by=world.officer
        )
    assert set(refused.value.message_dict) == {"name", "agency"}


def test_only_officers_record(world, meeting):
    for who in (world.chair, world.kent, world.stranger):
        with pytest.raises(Refused):
            attendance.record(meeting, presences={}, by=who)
        with pytest.raises(Refused):
            attendance.add_substitute(meeting, key=key(world.kent_seat), name="X", by=who)
        with pytest.raises(Refused):
            attendance.add_in_attendance(meeting, name="X", agency=world.county, by=who)
        with pytest.raises(Refused):
            attendance.remove(meeting, 1, by=who)


def test_a_row_of_another_meeting_is_not_removed(world, meeting):
    other = schedule.schedule(world.board, on=datetime.date(2027, 3, 10), **PLACE, by=world.officer)
    sent = attendance.add_substitute(
        other, key=key(world.kent_seat), name="Fern Doyle", by=world.officer
    )
    with pytest.raises(Wrong):
        attendance.remove(meeting, sent.pk, by=world.officer)


# ---- what it means ------------------------------------------------------------------------------


def test_the_vice_chair_takes_the_chair_when_the_chair_is_not_there(world, meeting):
    assert roll(meeting).chair.person == world.chair.pk
    assert roll(meeting).chair.says == ""
    attendance.say(meeting, presence="apologies", by=world.chair)
    found = roll(meeting).chair
    assert found.person == world.vice.pk
    assert found.says.startswith("The chair, Sage Holloway, has sent apologies. The vice-chair,")
    attendance.say(meeting, presence="apologies", by=world.vice)
    assert roll(meeting).chair.person is None
    assert "The meeting chooses who takes the chair" in roll(meeting).chair.says


def test_a_group_without_a_chair_says_so(world, meeting):
    Seat.objects.filter(role=Role.CHAIR).update(ends_on=clock.today())
    assert roll(meeting).chair.says.startswith("There is no chair. The vice-chair")


def test_statutory_partners_are_represented_or_named(world, meeting):
    now = roll(meeting)
    assert (now.statutory, [(each.agency, each.why) for each in now.missing]) == (3, [
        ("Dartford Borough Council", "has not said"), ("Kent County Council", "has not said"),
        ("Kent Police", "has not said"),
    ])  # fmt: skip
    attendance.say(meeting, presence="coming", by=world.officer)
    attendance.say(meeting, presence="substituted", substitute_name="Fern", by=world.kent)
    attendance.say(meeting, presence="apologies", by=world.vice)
    now = roll(meeting)
    assert [(each.agency, each.why) for each in now.missing] == [
        ("Kent Police", "sent apologies, and no substitute")
    ]  # fmt: skip
    fire = agency("Kent Fire", "fire")
    Partner.objects.create(
        partnership=world.partnership, agency=fire, statutory=True, starts_on=clock.today()
    )
    assert ("Kent Fire", "nobody sits for it") in [
        (each.agency, each.why) for each in roll(meeting).missing
    ]


def test_all_represented_is_said(world, meeting):
    for who in (world.officer, world.vice, world.kent):
        attendance.say(meeting, presence="coming", by=who)
    assert roll(meeting).represented == "All 3 statutory partners are represented."


def test_a_quorum_is_counted_only_where_it_is_set(world, meeting):
    assert roll(meeting).quorate == ""
    world.board.quorum = 2
    world.board.save()
    attendance.say(meeting, presence="coming", by=world.vice)
    assert roll(meeting).quorate == "1 member short of the quorum of 2."
    attendance.say(meeting, presence="substituted", substitute_name="Fern", by=world.kent)
    assert roll(meeting).quorate == "The quorum of 2 is met."


def test_the_tally_counts_what_was_said(world, meeting):
    attendance.say(meeting, presence="coming", by=world.vice)
    attendance.say(meeting, presence="apologies", by=world.chair)
    attendance.say(meeting, presence="substituted", substitute_name="Fern", by=world.kent)
    assert dict(roll(meeting).tally) == {
        "Coming": 1, "Substitute": 1, "Apologies": 2, "Have not said": 2
    }  # fmt: skip


@pytest.mark.parametrize("number", [1, 30])
def test_the_roll_is_read_in_one_query(world, meeting, django_assert_num_queries, number):
    for name in range(number):
        seat(person(f"Member {name}"), world.board, world.county)
    with django_assert_num_queries(1):
        assert len(roll(meeting).people) == 5 + number


# ---- the pages ----------------------------------------------------------------------------------


def test_a_member_answers_on_a_page(world, sign_in, meeting):
    client = sign_in(world.kent)
    page = words(client.get(address("say", meeting)))
    assert "Are you coming?" in page
    response = client.post(address("say", meeting), {"presence": "apologies"}, follow=True)
    assert "You: apologies." in words(response)


def test_a_wrong_answer_keeps_what_was_typed(world, sign_in, meeting):
    client = sign_in(world.kent)
    page = words(client.post(address("say", meeting), {"presence": "substituted"}))
    assert 'href="#id_substitute_name"' in page
    page = words(client.post(address("say", meeting), {"substitute_name": ""}))
    assert 'href="#id_presence_0"' in page
    response = client.post(
        address("say", meeting), {"presence": "substituted", "substitute_name": "x" * 121}
    )
    assert "x" * 121 in words(response)


def test_substitutes_to_choose_are_of_ones_own_agency(world, sign_in, meeting):
    page = words(sign_in(world.vice).get(address("say", meeting)))
    assert "Reed Samuels" in page
    assert "Iris Munro" not in page
    assert "Clover Bains" not in page


def test_a_person_of_elsewhere_is_no_substitute(world, sign_in, meeting):
    response = sign_in(world.kent).post(
        address("say", meeting), {"presence": "substituted", "substitute": world.stranger.pk}
    )
    assert 'href="#id_substitute"' in words(response)


def test_who_is_not_expected_is_told_so(world, sign_in, meeting):
    Seat.objects.filter(pk=world.officer_board_seat.pk).delete()
    response = sign_in(world.officer).get(address("say", meeting), follow=True)
    assert "You hold no seat on Board" in words(response)


def test_the_officer_records_on_one_page(world, sign_in, meeting, the_day):
    client = sign_in(world.officer)
    page = words(client.get(address("attendance", meeting)))
    assert page.count("<select") == 5 + 3
    with the_day():
        response = sign_in(world.officer).post(
            address("attendance", meeting),
            {key(world.kent_seat): "present", key(world.chair_seat): "apologies"},
            follow=True,
        )
    assert "Who is here has been kept." in words(response)
    assert stands(meeting)["Bryony Clarke"] == "present"
    assert "The vice-chair, Linden Shah, takes the meeting" in words(response)


def test_recording_leads_back_to_the_minutes(world, sign_in, meeting):
    response = sign_in(world.officer).post(
        address("attendance", meeting), {key(world.kent_seat): "coming", "item": "5"}
    )
    assert response.url == address("minutes", meeting, 5)
    response = sign_in(world.officer).post(
        address("attendance", meeting), {"item": "//evil.example"}
    )
    assert response.url == address("attendance", meeting)


def test_a_choice_that_is_none_is_refused_beside_the_name(world, sign_in, meeting):
    name = key(world.kent_seat)
    page = words(sign_in(world.officer).post(address("attendance", meeting), {name: "present"}))
    assert f'href="#id_{name}"' in page
    assert "govuk-error-message" in page


def test_substitutes_and_others_are_added_and_removed(world, sign_in, meeting):
    client = sign_in(world.officer)
    add = address("attendance_add", meeting)
    client.post(add, {
        "substitute-instead_of": key(world.kent_seat), "substitute-substitute_name": "Fern Doyle"
    })  # fmt: skip
    client.post(add, {
        "attending-name": "Basil Hurst", "attending-agency": world.county.pk,
        "attending-post": "Analyst",
    })  # fmt: skip
    page = words(client.get(address("attendance", meeting)))
    assert "Substitute: Fern Doyle" in page
    assert "Basil Hurst" in page
    sent = Attendance.objects.get(presence=Presence.SUBSTITUTE)
    client.post(address("attendance_remove", meeting, sent.pk))
    assert not Attendance.objects.filter(pk=sent.pk).exists()


def test_a_mistake_in_adding_keeps_what_was_typed(world, sign_in, meeting):
    client = sign_in(world.officer)
    page = words(client.post(address("attendance_add", meeting), {
        "attending-name": "Basil Hurst", "attending-agency": world.gravesham_council.pk
    }))  # fmt: skip
    assert 'value="Basil Hurst"' in page
    assert 'href="#id_attending-agency"' in page
    page = words(client.post(address("attendance_add", meeting), {
        "substitute-instead_of": "seat-nonsense", "substitute-substitute_name": "Fern"
    }))  # fmt: skip
    assert 'href="#id_substitute-instead_of"' in page


def test_after_the_minutes_have_gone_the_list_is_closed(world, sign_in, meeting):
    Meeting.objects.update(status=Status.WITH_CHAIR)
    response = sign_in(world.officer).get(address("attendance", meeting), follow=True)
    assert "its minutes are with the chair" in words(response)


def test_members_do_not_record(world, sign_in, meeting):
    assert sign_in(world.kent).get(address("attendance", meeting)).status_code == 403
    assert sign_in(world.kent).post(address("attendance_add", meeting)).status_code == 403
    assert sign_in(world.kent).post(address("attendance_remove", meeting, 1)).status_code == 403


def test_a_subgroup_need_not_have_every_statutory_partner(world):
    meeting = schedule.schedule(world.dvacs_group, on=DECEMBER, **PLACE, by=world.officer)
    assert roll(meeting).missing == []
    assert roll(meeting).represented == ""
