"""Guessing at passwords is slow; nobody can shut out a council, nor one of its people for long."""

import datetime
import threading

import pytest
import time_machine
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.urls import reverse

from core import clock
from tests.accounts.conftest import PASSWORD

COUNCIL, ELSEWHERE = "192.0.2.1", "198.51.100.9"


def attempt(email, password="wrong", address=COUNCIL):  # noqa: S107
    client = Client(REMOTE_ADDR=address)
    answer = client.post(reverse("account_login"), {"login": email, "password": password})
    text = answer.content.decode()
    if answer.status_code == 302:
        return "in"
    return "stopped" if "too many tries" in text.lower() else "wrong"


@pytest.mark.django_db
class TestLimits:
    def test_the_cache_is_the_database(self):
        cache.set("seen", [1, 2], 60)

        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM accounts_cache WHERE cache_key LIKE '%%seen'")
            assert cursor.fetchone() == (1,)
        assert cache.add("seen", 3, 60) is False

    def test_ten_bad_passwords_stop_the_account_from_that_address(self, hazel):
        answers = [attempt(hazel.email) for _ in range(12)]

        assert answers == ["wrong"] * 10 + ["stopped"] * 2
        assert attempt(hazel.email, PASSWORD) == "stopped"

    def test_the_case_of_the_address_does_not_matter(self, hazel):
        answers = [attempt(hazel.email.upper() if n % 2 else hazel.email) for n in range(11)]

        assert answers[-1] == "stopped"

    def test_colleagues_behind_the_same_address_go_on(self, hazel, ash):
        for _ in range(30):
            attempt(hazel.email)

        assert attempt(ash.email, PASSWORD) == "in"

    def test_somebody_elsewhere_does_not_lock_the_owner_out(self, hazel):
        for _ in range(30):
            attempt(hazel.email, address=ELSEWHERE)

        assert attempt(hazel.email, PASSWORD) == "in"

    def test_five_minutes_later_it_is_over(self, hazel):
        for _ in range(15):
            attempt(hazel.email)
        with time_machine.travel(clock.now() + datetime.timedelta(minutes=5, seconds=5)):
            assert attempt(hazel.email, PASSWORD) == "in"

    def test_a_whole_council_signs_in_at_nine(self, somebody):
        people = [somebody(f"Member Number {n}") for n in range(40)]

        assert {attempt(each.email, PASSWORD) for each in people} == {"in"}

    def test_forty_people_who_mistype_once_stop_nobody(self, hazel, db):
        for number in range(40):
            attempt(f"somebody{number}@example.test")

        assert attempt(hazel.email, PASSWORD) == "in"

    def test_a_good_password_does_not_count(self, hazel):
        assert [attempt(hazel.email, PASSWORD) for _ in range(15)] == ["in"] * 15

    def test_a_good_password_does_not_wipe_out_the_bad_ones(self, hazel):
        for _ in range(9):
            attempt(hazel.email)
        attempt(hazel.email, PASSWORD)

        assert [attempt(hazel.email), attempt(hazel.email)] == ["wrong", "stopped"]

    def test_guessing_from_many_addresses_is_stopped_as_well(self, hazel, settings):
        settings.ACCOUNT_RATE_LIMITS = {
            **settings.ACCOUNT_RATE_LIMITS, "login_failed_anywhere": "25/h/key",
        }  # fmt: skip
        answers = [attempt(hazel.email, address=f"203.0.113.{n // 5}") for n in range(30)]

        assert answers == ["wrong"] * 25 + ["stopped"] * 5

    def test_resetting_the_password_opens_the_account_at_once(self, hazel, mailoutbox, settings):
        for _ in range(12):
            attempt(hazel.email)
        client = Client(REMOTE_ADDR=COUNCIL)
        client.post(reverse("account_reset_password"), {"email": hazel.email})
        link = next(word for word in mailoutbox[0].body.split() if "/reset/" in word)
        form = client.get(link.removeprefix(settings.SITE_ADDRESS), follow=True)
        client.post(form.redirect_chain[-1][0], {"password1": "plum lantern harbour"})

        assert attempt(hazel.email, "plum lantern harbour") == "in"

    def test_the_password_cannot_be_guessed_while_confirming_either(self, hazel, password_client):
        client = password_client(hazel)
        url = reverse("account_reauthenticate")
        answers = [client.post(url, {"password": "wrong"}) for _ in range(12)]

        assert answers[-1].status_code == 429
        text = answers[-1].content.decode()
        assert "Too many tries" in text
        assert "<h1" in text

    def test_reset_mails_to_one_address_are_few(self, hazel, mailoutbox):
        for _ in range(8):
            answer = Client().post(reverse("account_reset_password"), {"email": hazel.email})

        assert len(mailoutbox) == 5
        assert answer.status_code == 429

    def test_the_proxy_says_who_asks(self, hazel, settings):
        settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
        for _ in range(12):
            self.through_proxy(hazel, "wrong", f"{ELSEWHERE}, {COUNCIL}")

        assert self.through_proxy(hazel, PASSWORD, COUNCIL) == 200
        # What a client puts into the header itself does not count, only what the proxy added.
        assert self.through_proxy(hazel, PASSWORD, f"{COUNCIL}, {ELSEWHERE}") == 302

    def through_proxy(self, user, password, chain):
        data = {"login": user.email, "password": password}
        client = Client(REMOTE_ADDR="10.0.0.1", headers={"x-forwarded-for": chain})
        return client.post(reverse("account_login"), data).status_code


@pytest.mark.django_db(transaction=True)
def test_bad_passwords_at_the_same_moment_are_all_counted(hazel, monkeypatch):
    """Sixty at once: no more than ten passwords are looked at."""
    looked_at, answers = [], []
    real = type(hazel).check_password
    monkeypatch.setattr(
        type(hazel), "check_password",
        lambda self, raw: looked_at.append(raw) or real(self, raw),
    )  # fmt: skip
    ready = threading.Barrier(12)

    def guess(number):
        ready.wait()
        for turn in range(5):
            answers.append(attempt(hazel.email, f"guess {number} {turn}"))
        connection.close()

    threads = [threading.Thread(target=guess, args=(number,)) for number in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(answers) == 60
    assert len(looked_at) <= 10
    assert answers.count("wrong") == len(looked_at)
    assert "in" not in answers
