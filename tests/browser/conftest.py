"""A real Chromium against a live server: the machine's own, as nothing is downloaded."""

import os

import pytest

from embedded import system
from tests import world as worlds

# Playwright keeps an event loop in this thread, in which Django would refuse to query.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"

QUIET = ("--disable-background-networking", "--disable-component-update", "--disable-sync")


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    return {
        **browser_type_launch_args,
        "executable_path": system.browser(),
        "args": [*browser_type_launch_args.get("args", []), *QUIET],
    }


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args):
    return {**browser_context_args, "locale": "en-GB", "timezone_id": "Europe/London"}


@pytest.fixture
def transactional_world(transactional_db):
    """The small partnership, seen by the live server too."""
    return worlds.build()
