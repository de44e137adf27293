"""Fixtures that every room's tests share."""

import pytest
from django.test import Client

from core import working_days
from notices.models import CalendarDay
from notices.workflow import calendar_days
from tests import migrated, remembered
from tests import world as worlds


@pytest.fixture(autouse=True)
def no_proclaimed_days(request, monkeypatch):
    """Without a database nobody can have proclaimed a bank holiday."""
    databases = {"db", "transactional_db", "live_server"} & set(request.fixturenames)
    if not databases and request.node.get_closest_marker("django_db") is None:
        monkeypatch.setattr(working_days, "proclaimed", [])


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix):
    """Copy the test database from one that has been migrated already, if nothing changed since."""
    migrated.use()


@pytest.fixture
def world(db):
    """The small partnership of ``tests/world.py``, for this test alone."""
    if not CalendarDay.objects.exists():  # a test that emptied the tables took what migrations laid
        calendar_days.refresh()
    return remembered.once("world", worlds.build)


@pytest.fixture
def sign_in():
    """A client signed in as a person: ``sign_in(world.officer).get(url)``."""

    def sign_in(person) -> Client:
        client = Client()
        client.force_login(person)
        return client

    return sign_in
