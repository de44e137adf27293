"""Fixtures that every room's tests share."""

import pytest
from django.test import Client

from tests import migrated
from tests import world as worlds


@pytest.fixture(scope="session")
def django_db_modify_db_settings():
    """Copy the test database from one that has been migrated already, if nothing changed since."""
    migrated.use()


@pytest.fixture
def world(db):
    """The small partnership of ``tests/world.py``, made anew for each test."""
    return worlds.build()


@pytest.fixture
def sign_in():
    """A client signed in as a person: ``sign_in(world.officer).get(url)``."""

    def sign_in(person) -> Client:
        client = Client()
        client.force_login(person)
        return client

    return sign_in
