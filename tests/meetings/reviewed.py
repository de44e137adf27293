"""Draft minutes with the partners, and what tests do with them."""

import pytest

from meetings.models import Declaration, Item
from meetings.workflow import corrections, minutes
from tests.meetings import held as at_hand
from tests.meetings.held import SEPTEMBER, at

FIRST, SECOND = "Shop theft fell at Bluewater.", "Patrols go on until March."
CANARY = "Zwartkop"


def drafted(world):
    """Minutes that the chair has cleared, with words in an open and in a restricted item."""
    made = at_hand.held(world)
    with at(SEPTEMBER, 11):
        at_hand.write(at_hand.performance(made), f"{FIRST}\n\n{SECOND}", world.officer)
        at_hand.write(at_hand.reviews(made), f"{CANARY} one.\n\n{CANARY} two.", world.officer)
        sent = minutes.send_to_chair(made, acknowledged=True, by=world.officer)
        return minutes.clear(sent, by=world.chair)


@pytest.fixture
def meeting(world):
    """Draft minutes on the afternoon of the day."""
    made = drafted(world)
    with at(SEPTEMBER, 16):
        yield made


def fresh(item):
    """An item as it stands in the database."""
    return Item.objects.select_related("meeting__group__partnership").get(pk=item.pk)


def suggested(item, by, *, paragraph=1, original=FIRST, suggestion="Shop theft rose.", **more):
    item = fresh(item)
    return corrections.suggest(
        item, paragraph=paragraph, original=original, suggestion=suggestion, version=item.version,
        by=by, **more,
    )  # fmt: skip


def withdrew(person, item, by):
    """A person has declared an interest and withdrawn from an item."""
    return Declaration.objects.create(
        meeting=item.meeting, item=item, person=person, text="An interest",
        recused=True, declared_by=by,
    )  # fmt: skip


def text_of(answer):
    return answer.content.decode()
