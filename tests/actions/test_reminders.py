"""The register by person, and reminders sent to several owners at once."""

import datetime

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from actions import queries, workflow
from actions.models import Status
from audit.models import Entry
from core import clock
from core.permissions import Refused
from membership.models import Seat
from notices.models import Notice
from tests import world as worlds
from tests.actions.conftest import CANARY

DAY = datetime.timedelta(days=1)


@pytest.fixture
def url(world):
    return reverse("actions:list", args=[world.partnership.slug])


@pytest.fixture
def remind_url(world):
    return reverse("actions:remind", args=[world.partnership.slug])


def references(response):
    return [row.action.reference for row in response.context["rows"]]


def reminded():
    found = Notice.objects.filter(kind=queries.REMINDER).select_related("recipient")
    return sorted((each.recipient.name, each.text.split(". ")[0]) for each in found)


# ---- by person ----------------------------------------------------------------------------------


def test_actions_fall_to_who_holds_the_post_or_sits_for_the_agency(sign_in, world, url, make):
    post = make(owner=world.police, post=world.commander_post)
    agency = make(owner=world.county, post=None)
    client = sign_in(world.officer)
    assert references(client.get(url, {"person": world.vice.pk})) == [post.reference]
    assert references(client.get(url, {"person": world.kent.pk})) == [agency.reference]
    assert references(client.get(url, {"person": world.watch.pk})) == []
    page = client.get(url).content.decode()
    assert "Bryony Clarke, Kent County Council (1)" in page
    assert "Linden Shah, Kent Police (1)" in page
    assert "Ash Pemberton, Neighbourhood Watch (0)" in page


def test_an_action_follows_its_post_to_whoever_holds_it_now(sign_in, world, url, make):
    action = make(owner=world.police, post=world.commander_post)
    Seat.objects.filter(pk=world.vice_seat.pk).update(ends_on=clock.today())
    newcomer = worlds.person("Fern Alder")
    worlds.seat(newcomer, world.board, world.police, post=world.commander_post)
    client = sign_in(world.officer)
    assert references(client.get(url, {"person": newcomer.pk})) == [action.reference]
    assert "There is a problem" in client.get(url, {"person": world.vice.pk}).content.decode()


def test_an_action_of_a_body_that_is_gone_falls_to_its_successor(sign_in, world, url, make):
    action = make(owner=world.county, post=None)
    unitary = worlds.agency("West Kent Council", "county", succeeds=world.county)
    newcomer = worlds.person("Fern Alder")
    worlds.seat(newcomer, world.board, unitary)
    client = sign_in(world.officer)
    assert references(client.get(url, {"person": newcomer.pk})) == [action.reference]


def test_a_person_that_makes_no_sense_is_said_to_be_wrong(sign_in, world, url, make):
    make()
    for person in ("nobody", "1", world.stranger.pk):
        page = sign_in(world.officer).get(url, {"person": person})
        assert references(page) == []
        assert "There is a problem" in page.content.decode()


def test_the_file_follows_the_person_too(sign_in, world, make):
    make(owner=world.police, post=world.commander_post, text="Agree patrol times")
    make(owner=world.county, post=None, text="Open the library late")
    address = reverse("actions:csv", args=["dartford"])
    lines = sign_in(world.officer).get(address, {"person": world.kent.pk}).content.decode()
    assert "Open the library late" in lines
    assert "Agree patrol times" not in lines


# ---- reminding ----------------------------------------------------------------------------------


def test_an_officer_sees_who_is_told_of_what_and_then_sends_it(
    sign_in, world, url, remind_url, make
):
    late = make(due_in=-5)
    near = make(due_in=5, owner=world.county, post=None)
    client = sign_in(world.officer)
    assert f"Remind of {late.reference}" in client.get(url).content.decode()
    page = client.get(remind_url, {"action": [late.reference, near.reference]})
    words = page.content.decode()
    assert "2 people will be told of 2 actions" in words
    assert "Linden Shah" in words
    assert "Bryony Clarke" in words
    assert reminded() == []
    page = client.post(remind_url, {"action": [late.reference, near.reference]}, follow=True)
    assert "A reminder of 2 actions was sent to 2 people." in page.content.decode()
    assert [name for name, _ in reminded()] == ["Bryony Clarke", "Linden Shah"]
    assert [says.split(",")[0] for _, says in reminded()] == ["Reminder", "Late"]
    assert Entry.objects.filter(verb="sent a reminder of").count() == 2


def test_nobody_is_reminded_twice_a_day_but_again_the_next(sign_in, world, remind_url, make):
    action = make(due_in=-5)
    client = sign_in(world.officer)
    client.post(remind_url, {"action": action.reference})
    page = client.post(remind_url, {"action": action.reference}, follow=True)
    assert "everybody has been reminded today already" in page.content.decode()
    page = client.get(remind_url, {"action": action.reference}).content.decode()
    assert "Today already: Linden Shah" in page
    assert "Send the reminders" not in page
    assert len(reminded()) == 1
    with time_machine.travel(clock.now() + DAY, tick=False):
        workflow.remind([action], by=world.officer)
    assert len(reminded()) == 2


def test_all_that_is_listed_can_be_reminded_of_at_once(sign_in, world, url, remind_url, make):
    make(due_in=-5)
    make(due_in=-9, owner=world.county, post=None)
    make(due_in=9)
    client = sign_in(world.officer)
    listed = client.get(url, {"view": "late", "page": "1"})
    assert "Remind owners of all 2 actions listed" in listed.content.decode()
    page = client.get(listed.context["reminds"]["all"])
    assert len(page.context["reminders"]) == 2
    assert page.context["back"] == f"{url}?view=late"


def test_what_is_closed_or_said_to_be_done_is_not_chased(sign_in, world, url, remind_url, make):
    done = workflow.update(make(), text="Done", status=Status.SAYS_DONE, by=world.vice)
    dropped = workflow.drop(make(), reason="No longer needed", by=world.officer)
    client = sign_in(world.officer)
    assert f"Remind of {done.reference}" not in client.get(url).content.decode()
    both = {"action": [done.reference, dropped.reference]}
    for sent in (
        client.get(remind_url, both, follow=True),
        client.post(remind_url, both, follow=True),
    ):
        assert "Choose at least one open action" in sent.content.decode()
    sent = workflow.remind([done, dropped], by=world.officer)
    assert (sent.people, sent.actions) == (0, 0)
    assert reminded() == []


@pytest.mark.parametrize("sent", [{}, {"action": "A-1999-001"}, {"action": "\x00"}, {"action": ""}])
def test_nothing_chosen_is_said(sign_in, world, remind_url, sent):
    client = sign_in(world.officer)
    for answer in (
        client.get(remind_url, sent, follow=True),
        client.post(remind_url, sent, follow=True),
    ):
        assert answer.status_code == 200
        assert "Choose at least one open action" in answer.content.decode()


def test_only_officers_of_the_group_remind(sign_in, world, url, remind_url, make):
    action = make()
    assert "Remind of" not in sign_in(world.kent).get(url).content.decode()
    for person in (world.kent, world.scrutiny, world.stranger):
        client = sign_in(person)
        assert client.post(remind_url, {"action": action.reference}).status_code == 403
    client = sign_in(world.ocg)  # an officer, but of another group
    page = client.post(remind_url, {"action": action.reference}, follow=True)
    assert "Choose at least one open action" in page.content.decode()
    with pytest.raises(Refused):
        workflow.remind([action], by=world.kent)
    assert reminded() == []


def test_a_restricted_action_is_its_reference_alone(sign_in, world, remind_url, restricted):
    client = sign_in(world.officer)
    assert CANARY not in client.get(remind_url, {"action": restricted.reference}).content.decode()
    client.post(remind_url, {"action": restricted.reference})
    assert Notice.objects.filter(kind=queries.REMINDER).exists()
    assert not Notice.objects.filter(text__contains=CANARY).exists()
    assert not Entry.objects.filter(subject__contains=CANARY).exists()


def test_who_may_not_see_the_action_is_not_reminded_of_it(sign_in, world, remind_url, make):
    action = make(owner=world.watch_body, post=None, marking="sensitive", text=CANARY)
    page = sign_in(world.officer).get(remind_url, {"action": action.reference}).content.decode()
    assert "Nobody: no one of the owner’s but you can see it here" in page
    assert "Ash Pemberton" not in page


def test_the_action_says_when_its_owner_was_last_reminded(sign_in, world, make):
    action = make()
    client = sign_in(world.officer)
    assert "Last reminder" not in client.get(action.get_absolute_url()).content.decode()
    workflow.remind([action], by=world.officer)
    page = client.get(action.get_absolute_url()).content.decode()
    assert "Last reminder" in page
    assert "Remind the owner" in page


def test_reminding_of_many_asks_no_more_than_of_few(sign_in, world, remind_url, make):
    client = sign_in(world.officer)
    actions = [make() for _ in range(30)]
    client.get(remind_url, {"action": actions[0].reference})
    with CaptureQueriesContext(connection) as few:
        client.get(remind_url, {"action": actions[0].reference})
    with CaptureQueriesContext(connection) as many:
        client.get(remind_url, {"action": [each.reference for each in actions]})
    assert len(few) == len(many)
