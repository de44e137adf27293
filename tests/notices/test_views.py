"""What I have been told: mine alone, unread first, read by going where it leads."""

import datetime

import pytest
from django.test import Client
from django.urls import reverse

from core import clock
from core.permissions import Refused, can
from notices import workflow
from notices.models import Notice

LIST, READ_ALL = "/notices/", "/notices/read/"


def notice(recipient, text="The agenda is out", **more):
    partnership = more.pop("partnership")
    return Notice.objects.create(
        recipient=recipient, partnership=partnership, kind="test",
        subject_id=more.pop("subject_id", text), text=text,
        url=more.pop("url", "/dartford/public/"), **more,
    )  # fmt: skip


@pytest.fixture
def mine(world):
    return notice(world.kent, partnership=world.partnership)


def test_my_notices_are_listed_unread_first(world, sign_in, mine):
    day = datetime.timedelta(days=1)
    notice(
        world.kent, "Newer, and read", partnership=world.partnership,
        created_at=clock.now() + day, read_at=clock.now(),
    )  # fmt: skip

    words = sign_in(world.kent).get(LIST).content.decode()

    assert words.index("The agenda is out") < words.index("Newer, and read")
    assert "1 notice you have not read" in words
    assert "1 new notice" in words


def test_nobody_else_sees_or_opens_them(world, sign_in, mine):
    for who in (world.officer, world.chair, world.stranger, world.guest):
        client = sign_in(who)
        assert b"The agenda is out" not in client.get(LIST).content
        assert client.get(reverse("notices:open", args=[mine.pk])).status_code == 404
        client.post(READ_ALL)
    mine.refresh_from_db()
    assert mine.read_at is None
    assert Client().get(LIST).status_code == 302


def test_opening_one_reads_it_and_leads_on(world, sign_in, mine):
    answer = sign_in(world.kent).get(reverse("notices:open", args=[mine.pk]))

    assert answer["Location"] == "/dartford/public/"
    mine.refresh_from_db()
    assert mine.read_at is not None


def test_asking_for_the_head_reads_nothing(world, sign_in, mine):
    sign_in(world.kent).head(reverse("notices:open", args=[mine.pk]))

    mine.refresh_from_db()
    assert mine.read_at is None


def test_when_it_was_first_read_stays(world, sign_in, mine, time_machine):
    time_machine.move_to(clock.now())
    client = sign_in(world.kent)
    client.get(reverse("notices:open", args=[mine.pk]))
    mine.refresh_from_db()
    first = mine.read_at

    time_machine.shift(datetime.timedelta(minutes=5))
    client.get(reverse("notices:open", args=[mine.pk]))
    mine.refresh_from_db()
    assert mine.read_at == first


@pytest.mark.parametrize("address", ["https://evil.test/", "//evil.test", "javascript:alert(1)"])
def test_it_leads_nowhere_else(world, sign_in, address):
    made = notice(world.kent, partnership=world.partnership, url=address)

    answer = sign_in(world.kent).get(reverse("notices:open", args=[made.pk]))

    assert answer["Location"] == LIST


def test_all_are_read_at_once_by_post_only(world, sign_in, mine):
    client = sign_in(world.kent)
    assert client.get(READ_ALL).status_code == 405

    assert client.post(READ_ALL).status_code == 302

    assert not Notice.objects.visible_to(world.kent).unread().exists()
    assert b"You have read everything" in client.get(LIST).content


def test_an_empty_list_says_so(world, sign_in):
    assert b"You have no notices" in sign_in(world.kent).get(LIST).content


def test_several_partnerships_are_told_apart(world, sign_in, mine):
    notice(world.kent, "From Gravesham", partnership=world.gravesham)
    client = sign_in(world.kent)

    everything = client.get(LIST).content.decode()
    one = client.get(LIST, {"partnership": "gravesham"}).content.decode()

    assert "From Gravesham" in everything
    assert "The agenda is out" in everything
    assert "From Gravesham" in one
    assert "The agenda is out" not in one
    assert client.get(LIST, {"partnership": "nowhere\x00"}).status_code == 200


@pytest.mark.parametrize("count", [1, 30, 3000])
def test_the_list_asks_as_many_queries_for_many(world, sign_in, count, django_assert_num_queries):
    Notice.objects.bulk_create(
        Notice(
            recipient=world.kent, partnership=world.partnership, kind="test", subject_id=number,
            text="A notice", url="/",
        )
        for number in range(count)
    )  # fmt: skip
    client = sign_in(world.kent)
    client.get(LIST)

    with django_assert_num_queries(5):
        assert client.get(LIST).status_code == 200


def test_telling_is_exactly_once(world):
    told = {
        "kind": "agenda", "about": world.board, "text": "The agenda is out", "url": "/",
        "partnership": world.partnership,
    }  # fmt: skip
    workflow.tell([world.kent, world.kent, world.chair], but=world.chair, **told)
    workflow.tell([world.kent], **told)
    workflow.tell([world.kent], occurrence="again", **told)

    assert Notice.objects.filter(recipient=world.kent).count() == 2
    assert not Notice.objects.filter(recipient=world.chair).exists()


def test_the_rule_is_the_recipients_alone(world, mine):
    assert can(world.kent, "read", mine)
    assert not can(world.officer, "read", mine)
    with pytest.raises(Refused):
        workflow.read(mine, by=world.officer)
