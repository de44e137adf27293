"""What no form of ours sends is answered, never a fault."""

import pytest
from django.urls import reverse

from meetings.models import Meeting
from meetings.workflow import agenda, schedule
from tests.meetings import held, reviewed


def test_a_version_that_is_no_number_of_ours_is_refused(world, action, sign_in):
    made = action(world.board, world.officer)
    address = reverse("actions:update", args=["dartford", made.reference])

    answer = sign_in(world.officer).post(
        address, {"version": "9" * 5000, "text": "Done", "status": "in_progress"}
    )

    assert answer.status_code in {200, 409}


@pytest.mark.parametrize("character", ["\x0b", "\x07", "\u202e"])
def test_the_feed_stands_a_place_pasted_from_anywhere(world, client, character):
    with held.at(held.JUNE):
        meeting = schedule.schedule(
            world.board, on=held.SEPTEMBER, by=world.officer,
            **held.PLACE | {"venue": f"Council{character} Chamber"},
        )  # fmt: skip
        agenda.publish(meeting, by=world.officer)

    feed = client.get(reverse("dashboards:feed", args=["dartford"]))

    assert feed.status_code == 200
    assert character not in feed.content.decode()
    assert Meeting.objects.get().venue


def test_agreeing_with_a_version_that_is_no_number_of_ours_is_no_fault(world, sign_in):
    meeting = reviewed.drafted(world)
    with held.at(held.SEPTEMBER, 16):
        url = reverse("meetings:item_agree", args=["dartford", meeting.slug, 1])
        assert sign_in(world.kent).post(url, {"version": "9" * 5000}).status_code == 302


@pytest.mark.parametrize("typed", ["9" * 5000, "9" * 10, "\u00b2", "-1"])
def test_live_minutes_stand_a_version_or_an_item_that_is_no_number_of_ours(world, sign_in, typed):
    meeting = held.held(world)
    with held.at(held.SEPTEMBER, 11):
        url = reverse("meetings:live", args=["dartford", meeting.slug])
        sent = {"text-1": "Words", "base-1": f"{typed}.x", "save": typed}
        answer = sign_in(world.officer).post(url, sent)
    assert answer.status_code < 500
    assert meeting.items.get(number=1).minute == ""
