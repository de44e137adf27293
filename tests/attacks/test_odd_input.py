"""What no form of ours sends is answered, never a fault."""

import pytest
from django.urls import reverse

from meetings.models import Meeting
from meetings.workflow import agenda, schedule
from tests.meetings import held


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
