"""The title of a restricted paper is for those who may open it, wherever papers are listed."""

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse

from core.markings import Marking
from meetings.models import Paper
from meetings.workflow import agenda, minutes, schedule
from tests.attacks.conftest import CANARY
from tests.documents import files
from tests.meetings import held


@pytest.fixture
def tabled(unsigned):
    """A restricted paper at an open item, put there by an officer who cannot open it."""
    world = unsigned
    with held.at(held.JUNE):
        meeting = schedule.schedule(world.board, on=held.SEPTEMBER, **held.PLACE, by=world.officer)
    return agenda.add_paper(
        held.performance(meeting), title=f"{CANARY} figures", marking=Marking.SENSITIVE,
        file=ContentFile(files.pdf(), "figures.pdf"), by=world.officer,
    )  # fmt: skip


def test_removing_an_item_names_no_paper_that_one_may_not_open(unsigned, tabled, sign_in):
    slug = tabled.item.meeting.slug
    page = sign_in(unsigned.officer).get(
        reverse("meetings:item_remove", args=["dartford", slug, tabled.item.pk])
    )

    assert page.status_code == 200
    assert CANARY not in page.content.decode()


def test_removing_a_paper_does_not_name_it_to_who_may_not_open_it(unsigned, tabled, sign_in):
    slug = tabled.item.meeting.slug
    page = sign_in(unsigned.officer).get(
        reverse("meetings:paper_remove", args=["dartford", slug, tabled.pk])
    )

    assert page.status_code == 200
    assert CANARY not in page.content.decode()


def test_minutes_name_no_paper_that_their_writer_may_not_open(unsigned, tabled, sign_in):
    world, meeting = unsigned, tabled.item.meeting
    with held.at(held.JUNE):
        agenda.publish(meeting, by=world.officer)
    with held.at(held.SEPTEMBER):
        minutes.open(meeting, chaired_by=world.chair, by=world.officer)
        number = Paper.objects.get(pk=tabled.pk).item.number
        page = sign_in(world.officer).get(
            reverse("meetings:minutes", args=["dartford", meeting.slug, number])
        )

    assert page.status_code == 200
    assert CANARY not in page.content.decode()
