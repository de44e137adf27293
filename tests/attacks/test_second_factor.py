"""Where a second factor is required, nobody sees restricted text or hands out seats without one."""

import datetime

import pytest
from django.urls import reverse

from core import clock
from core.markings import Marking
from documents import workflow as documents
from membership.models import Signature

ASKED = reverse("accounts:second_factor_needed")


@pytest.fixture(autouse=True)
def required(settings):
    settings.SECOND_FACTOR_REQUIRED = True


def test_an_exception_opens_no_restricted_paper_without_one(world, paper, sign_in):
    restricted = paper(world.board, world.officer, marking=Marking.SENSITIVE)
    address = reverse("documents:file", args=["dartford", restricted.pk, 1])
    assert sign_in(world.watch).get(address).status_code == 403

    documents.open_to_agency(
        restricted, agency=world.watch_body, reason="A child is at risk tonight",
        lawful_gateway="Children Act 2004 section 11",
        closes_at=clock.now() + datetime.timedelta(days=1), by=world.officer,
    )  # fmt: skip

    answer = sign_in(world.watch).get(address)
    assert (answer.status_code, answer.headers.get("Location")) == (302, ASKED)


def test_an_administrator_invites_nobody_without_one(world, sign_in):
    Signature.objects.filter(agency=world.council).delete()

    answer = sign_in(world.administrator).get(reverse("membership:invite", args=["dartford"]))

    assert (answer.status_code, answer.headers.get("Location")) == (302, ASKED)


def test_who_sees_nothing_restricted_needs_none(world, sign_in):
    assert sign_in(world.watch).get(reverse("meetings:list", args=["dartford"])).status_code == 200
