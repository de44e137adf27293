"""What somebody meets whose agency has not signed the sharing agreement."""

import datetime

import pytest
from django.urls import reverse

from core.markings import Marking
from meetings.models import Item, Meeting
from notices.models import Notice

CANARY = "CANARY-0815"


@pytest.fixture
def item(world):
    meeting = Meeting.objects.create(
        group=world.board, slug="board-2026-12-09", on=datetime.date(2026, 12, 9),
        starts_at=datetime.time(10), ends_at=datetime.time(12), venue="Civic Centre", year=2026,
        number=1, created_by=world.officer,
    )  # fmt: skip
    return Item.objects.create(
        meeting=meeting, title="Police update", position=1, number=1, minute=CANARY,
        marking=Marking.SENSITIVE,
    )  # fmt: skip


def address(item):
    return reverse("meetings:item", args=["dartford", item.meeting.slug, item.pk])


def test_the_meeting_links_to_why_an_item_is_withheld(world, item, sign_in):
    page = sign_in(world.watch).get(item.meeting.get_absolute_url()).content.decode()

    assert address(item) in page
    assert CANARY not in page


def test_the_refusal_says_who_has_not_signed_and_tells_the_officers(world, item, sign_in):
    page = sign_in(world.watch).get(address(item))

    assert page.status_code == 403
    assert "Neighbourhood Watch has no current signature" in page.content.decode()
    assert CANARY not in page.content.decode()
    told = Notice.objects.get(recipient=world.officer)
    assert "Neighbourhood Watch" in told.text
    assert "Police update" not in told.text


def test_it_opens_for_an_agency_that_has_signed(world, item, sign_in):
    answer = sign_in(world.kent).get(address(item))

    assert answer.status_code == 200
    assert "Police update" in answer.content.decode()


def test_strangers_do_not_learn_that_it_exists(world, item, sign_in):
    assert sign_in(world.ocg).get(address(item)).status_code == 404
