"""Fixtures that every room's tests share."""

from pathlib import Path

import pytest
from django.test import Client

from core import working_days
from notices.models import CalendarDay
from notices.workflow import calendar_days
from tests import migrated, remembered
from tests import world as worlds

# Files that take longest come first: else a worker begins one when the others are done. The second
# needs no test database, so its worker has work while the first one's has it migrated.
LONGEST = (
    "matrix/test_matrix.py", "embedded/test_supervisor.py", "demo/test_story.py",
    "crash/test_ledger_survives.py", "crash/test_minutes_survive.py",
    "crash/test_import_survives.py", "test_check.py", "core/test_backup.py",
)  # fmt: skip


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items):
    """Begin with the longest files; workers take files in the order in which they were found."""
    here = Path(__file__).parent
    places = {here / name: place for place, name in enumerate(LONGEST)}
    items.sort(key=lambda item: places.get(item.path, len(places)))


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
