"""Sessions end when they are left alone, and in the evening whatever happens."""

import datetime

import pytest
import time_machine
from django.contrib.messages import get_messages
from django.test import Client
from django.urls import reverse

from accounts.middleware import LEFT_ALONE, TOO_LONG
from core import clock

pytestmark = pytest.mark.django_db

START = datetime.datetime(2026, 11, 24, 8, 0, tzinfo=datetime.UTC)
MINUTE = datetime.timedelta(minutes=1)


@pytest.fixture
def traveller():
    with time_machine.travel(START, tick=False) as traveller:
        yield traveller


def page():
    return reverse("accounts:profile")


def is_in(client):
    return "_auth_user_id" in client.session


def said(answer):
    return [str(each) for each in get_messages(answer.wsgi_request)]


def test_a_quarter_of_an_hour_alone_ends_it(hazel, password_client, traveller):
    client = password_client(hazel)
    client.get(page())

    traveller.shift(15 * MINUTE)
    assert client.get(page()).status_code == 200

    traveller.shift(15 * MINUTE + datetime.timedelta(seconds=1))
    answer = client.get(page())
    assert answer.url == f"{reverse('account_login')}?next={page()}"
    assert not is_in(client)
    assert said(answer) == [LEFT_ALONE]


def test_the_sign_in_page_says_why(hazel, password_client, traveller):
    client = password_client(hazel)
    client.get(page())
    traveller.shift(16 * MINUTE)

    text = client.get(page(), follow=True).content.decode()

    assert "You were signed out because you did nothing for a while" in text


def test_signing_in_again_leads_back_to_the_page(hazel, password_client, traveller):
    client = password_client(hazel)
    client.get(page())
    traveller.shift(20 * MINUTE)
    asked = client.get(f"{reverse('usersessions_list')}?a=1&b=2")

    answer = client.post(asked.url, {"login": hazel.email, "password": "correct horse battery"})

    assert answer.url == f"{reverse('usersessions_list')}?a=1&b=2"


def test_a_form_leads_back_to_the_page_it_was_on(hazel, password_client, traveller):
    client = password_client(hazel)
    client.get(page())
    traveller.shift(20 * MINUTE)
    form, sender = reverse("accounts:details"), "http://testserver/accounts/details/?from=here"

    answer = client.post(form, {"name": "Other"}, headers={"referer": sender})

    assert answer.url == f"{reverse('account_login')}?next=/accounts/details/%3Ffrom%3Dhere"
    hazel.refresh_from_db()
    assert hazel.name == "Hazel Okafor"


@pytest.mark.parametrize("sender", ["https://evil.test/accounts/", "", "javascript:alert(1)"])
def test_a_form_from_nowhere_leads_to_my_work(hazel, password_client, traveller, sender):
    client = password_client(hazel)
    client.get(page())
    traveller.shift(20 * MINUTE)

    answer = client.post(reverse("accounts:details"), {"name": "x"}, headers={"referer": sender})

    assert answer.url == f"{reverse('account_login')}?next=/"


def test_a_page_for_everybody_is_shown_all_the_same(hazel, password_client, traveller):
    client = password_client(hazel)
    client.get(page())
    traveller.shift(20 * MINUTE)

    answer = client.get(reverse("accounts:signed_out"))

    assert answer.status_code == 200
    assert "did nothing for a while" in answer.content.decode()
    assert not is_in(client)


def test_eight_hours_end_it_however_busy(hazel, password_client, traveller):
    client = password_client(hazel)
    for _ in range(8 * 6):
        assert client.get(page()).status_code == 200
        traveller.shift(10 * MINUTE)
    assert client.get(page()).status_code == 200
    traveller.shift(10 * MINUTE)

    answer = client.get(page())

    assert answer.status_code == 302
    # The session of the database has run out as well, so nothing is left to say it in.
    assert said(answer) in ([TOO_LONG], [])
    assert not is_in(client)


def test_reading_writes_once_a_minute_at_most(
    hazel, password_client, traveller, django_assert_num_queries
):
    client = password_client(hazel)
    client.get(page())
    before = client.session["seen"]
    traveller.shift(30)
    client.get(page())
    assert client.session["seen"] == before
    traveller.shift(40)
    client.get(page())
    assert client.session["seen"] == int(clock.now().timestamp())


def test_nobody_else_is_touched(traveller):
    assert Client().get(reverse("account_login")).status_code == 200
    assert "began" not in Client().session


def test_a_new_sign_in_begins_anew(hazel, password_client, traveller):
    client = password_client(hazel)
    client.get(page())
    traveller.shift(7 * 60 * MINUTE)
    client.get(page())
    password_client(hazel, client=client)
    traveller.shift(10 * MINUTE)

    assert client.get(page()).status_code == 200
    traveller.shift(10 * MINUTE)
    assert client.get(page()).status_code == 200
