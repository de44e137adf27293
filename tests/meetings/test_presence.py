"""Who is in the room: one key for each person, arrivals and leaving, and how many that leaves."""

import datetime

import pytest
from django.core.exceptions import ValidationError

from core.permissions import Refused
from core.workflow import Wrong
from meetings import renditions
from meetings.models import Presence
from meetings.queries.attendance import roll
from meetings.workflow import attendance, minutes, presence
from tests.meetings import held as at_hand
from tests.meetings.held import SEPTEMBER, at

TEN_TWENTY, ELEVEN = datetime.time(10, 20), datetime.time(11)


@pytest.fixture
def meeting(world):
    made = at_hand.held(world)
    with at(SEPTEMBER, 9, 41):
        yield made


@pytest.fixture
def key(world):
    return f"seat-{world.vice_seat.pk}"


def say(world, meeting, key, deed):
    return presence.say(meeting, key=key, deed=deed, by=world.officer)


def row(meeting, world):
    return meeting.attendance.get(seat=world.vice_seat)


def test_a_member_is_present_away_or_absent_with_one_word(world, meeting, key):
    for deed in (Presence.PRESENT, Presence.APOLOGIES, Presence.ABSENT):
        assert say(world, meeting, key, deed).presence == deed
    assert row(meeting, world).history.count() == 4


def test_who_arrives_late_is_present_from_now_on(world, meeting, key):
    person = say(world, meeting, key, presence.ARRIVED)
    assert (person.presence, person.times) == ("present", "from 10.41am")
    assert roll(meeting).here_now == 1


def test_who_leaves_is_no_longer_counted_and_stays_in_the_minutes(world, meeting, key):
    say(world, meeting, key, Presence.PRESENT)
    assert roll(meeting).here_now == 1
    person = say(world, meeting, key, presence.LEFT)
    assert person.times == "until 10.41am"
    assert roll(meeting).here_now == 0
    assert roll(meeting).counted == 1
    for rendition in renditions.TITLES:
        shown = renditions.build(meeting, rendition)
        assert "Linden Shah, District Commander, until 10.41am" in [
            str(each) for agency in shown.agencies for each in agency.present
        ]


def test_present_takes_a_mistaken_time_back(world, meeting, key):
    say(world, meeting, key, presence.ARRIVED)
    assert say(world, meeting, key, Presence.PRESENT).times == ""


def test_who_is_not_here_has_no_times(world, meeting, key):
    say(world, meeting, key, presence.ARRIVED)
    assert say(world, meeting, key, Presence.ABSENT).times == ""
    with pytest.raises(Wrong, match="not recorded as here, so cannot leave"):
        say(world, meeting, key, presence.LEFT)


def test_now_is_said_on_the_day_alone(world, meeting, key):
    with (
        at(SEPTEMBER + datetime.timedelta(days=1)),
        pytest.raises(Wrong, match="The meeting is not today"),
    ):
        say(world, meeting, key, presence.ARRIVED)


@pytest.mark.parametrize("deed", ["", "nonsense", "in_attendance", "substitute"])
def test_what_cannot_be_said_is_refused(world, meeting, key, deed):
    with pytest.raises(ValidationError, match="Choose how Linden Shah stands"):
        say(world, meeting, key, deed)


@pytest.mark.parametrize("unknown", ["", "seat-x", "row-0"])
def test_nobody_unknown_is_recorded(world, meeting, unknown):
    with pytest.raises(Wrong, match="The list has changed"):
        say(world, meeting, unknown, Presence.PRESENT)


def test_substitutes_come_and_go_too(world, meeting, key):
    attendance.add_substitute(meeting, key=key, name="Moss Tierney", by=world.officer)
    sent = roll(meeting).substitutes[0]
    assert say(world, meeting, sent.key, presence.LEFT).times == "until 10.41am"
    with pytest.raises(Wrong, match="has no seat here"):
        say(world, meeting, sent.key, Presence.APOLOGIES)


def test_times_are_set_together_or_said_to_be_wrong(world, meeting, key):
    say(world, meeting, key, Presence.PRESENT)
    presence.set_times(meeting, times={key: (TEN_TWENTY, ELEVEN)}, by=world.officer)
    assert (row(meeting, world).arrived_at, row(meeting, world).left_at) == (TEN_TWENTY, ELEVEN)
    with pytest.raises(ValidationError, match="Linden Shah cannot leave before arriving"):
        presence.set_times(meeting, times={key: (ELEVEN, TEN_TWENTY)}, by=world.officer)
    presence.set_times(meeting, times={key: (None, None)}, by=world.officer)
    assert row(meeting, world).arrived_at is None
    other = f"seat-{world.kent_seat.pk}"
    with pytest.raises(ValidationError, match="Bryony Clarke is not recorded as here"):
        presence.set_times(meeting, times={other: (TEN_TWENTY, None)}, by=world.officer)


def test_the_quorum_is_counted_as_people_come_and_go(world, meeting, key):
    world.board.quorum = 1
    world.board.save()
    meeting.refresh_from_db()
    assert roll(meeting).quorate_now == "0 members are here now: 1 short of the quorum of 1."
    say(world, meeting, key, Presence.PRESENT)
    assert roll(meeting).quorate_now == "1 member is here now. The quorum of 1 is met."


def test_only_officers_record_it_and_only_until_the_minutes_are_sent(world, meeting, key):
    with pytest.raises(Refused):
        presence.say(meeting, key=key, deed=Presence.PRESENT, by=world.kent)
    minutes.send_to_chair(meeting, acknowledged=True, by=world.officer)
    with pytest.raises(Wrong, match="with the chair"):
        say(world, meeting, key, Presence.PRESENT)
