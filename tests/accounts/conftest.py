"""Somebody with an account, and the means to sign in as a person does."""

import time

import pytest
from allauth.mfa.totp.internal import auth as totp
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from tests.world import PASSWORD, hashed, person


@pytest.fixture(autouse=True)
def no_memory_of_other_tests(request):
    """Tests with real transactions leave rate limits behind: the cache is no model's table."""
    marker = request.node.get_closest_marker("django_db")
    lasting = marker is not None and marker.kwargs.get("transaction")
    if lasting:
        request.getfixturevalue("transactional_db")
    yield
    if lasting:
        cache.clear()


@pytest.fixture(autouse=True)
def quick_passwords(settings):
    """Hundreds of passwords are tried here; none of them is worth the time of a good hash."""
    hashed()  # kept for the whole run, so it must be one that all tests can check
    settings.PASSWORD_HASHERS = [
        "django.contrib.auth.hashers.MD5PasswordHasher",
        "django.contrib.auth.hashers.PBKDF2PasswordHasher",
    ]


@pytest.fixture
def somebody(db):
    def somebody(name):
        user = person(name)
        user.set_password(PASSWORD)
        user.save()
        return user

    return somebody


@pytest.fixture
def hazel(somebody):
    return somebody("Hazel Okafor")


@pytest.fixture
def ash(somebody):
    return somebody("Ash Pemberton")


@pytest.fixture
def password_client():
    """Sign in through the form, as a person does."""

    def sign_in(user, password=PASSWORD, client=None, **more):
        client = client or Client()
        data = {"login": user.email, "password": password}
        client.answer = client.post(reverse("account_login"), data, **more)
        return client

    return sign_in


@pytest.fixture
def app_of():
    """An authenticator app added to an account: call it for the code that it shows."""

    def add(user):
        secret = totp.generate_totp_secret()
        totp.TOTP.activate(user, secret)
        return lambda: code_of(secret)

    return add


def code_of(secret, steps=0):
    return totp.format_hotp_value(totp.hotp_value(secret, int(time.time()) // 30 + steps))
