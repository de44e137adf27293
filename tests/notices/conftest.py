"""Fixtures for the ledger's tests."""

import pytest

from core import reminders
from notices.workflow import ticking
from tests.notices.sink import listening


@pytest.fixture
def duties(world, monkeypatch):
    """No reminder but the test's own, whatever the rooms have, and no duties but the test's."""
    monkeypatch.setattr(ticking, "chores", [])
    before = dict(reminders.reminders)
    reminders.reminders.clear()
    yield world
    reminders.reminders.clear()
    reminders.reminders.update(before)


@pytest.fixture
def sink(settings):
    """A mail server that the settings name."""
    with listening() as server:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
        settings.EMAIL_TIMEOUT = 1
        settings.DEMONSTRATION = False
        yield server
