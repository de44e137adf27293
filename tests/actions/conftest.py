"""Actions for this room's tests, made as an officer makes them."""

import datetime
import itertools

import pytest

from actions import workflow
from core import clock
from core.markings import Marking

CANARY = "CANARY-restricted-text"


@pytest.fixture
def make(world):
    """An action of the board: ``make(text="…", due_in=-5, …)``; ``due_in`` counts days from now."""
    numbers = itertools.count(1)

    def make(*, group=None, due_in=14, made_ago=60, **more):
        today = clock.today()
        fields = {
            "text": f"Agree patrol times {next(numbers)}",
            "owner": world.police,
            "post": world.commander_post,
            "made_on": today - datetime.timedelta(days=made_ago),
            "due_on": today + datetime.timedelta(days=due_in),
            "marking": Marking.OFFICIAL,
            "raised_in": "Board, item 5",
            "by": world.officer,
        }
        return workflow.make(group or world.board, **{**fields, **more})

    return make


@pytest.fixture
def restricted(make):
    """A restricted action of the board, its words a canary."""
    return make(text=CANARY, detail=CANARY, marking=Marking.SENSITIVE)
