"""What the attacks need: people whose seats do not reach what they try, and things worth taking."""

import datetime

import pytest
from django.core.files.base import ContentFile

from actions import workflow as actions
from core import clock
from core.markings import Marking
from documents import workflow as documents
from membership.models import GroupKind, Role, Signature
from tests import world as worlds
from tests.documents import files

CANARY = "CANARY-Zephyr"


@pytest.fixture
def unsigned(world):
    """The officers' own agency, without a signature: they see to papers that they cannot open."""
    Signature.objects.filter(agency=world.council).delete()
    return world


@pytest.fixture
def panel(world):
    """A panel that reports to the board, and its officer, whom nobody else may know to sit on it.

    Its name is a canary, and so is the name of the person.
    """
    group = worlds.group(
        world.partnership, CANARY, GroupKind.PANEL, reports_to=world.board, chair_reviewed=True
    )
    member = worlds.person(f"{CANARY} Fern Abbot")
    worlds.seat(member, group, world.police, Role.OFFICER)
    worlds.protocol(group)
    return group, member


@pytest.fixture
def paper():
    """A paper of a group: ``paper(group, by, title="Figures")``."""

    def paper(group, by, *, title="Figures", marking=Marking.OFFICIAL):
        file = ContentFile(files.pdf(), "figures.pdf")
        return documents.add_document(group, title=title, marking=marking, file=file, by=by)

    return paper


@pytest.fixture
def action(world):
    """An action of a group for Kent Police: ``action(group, by, text="Agree patrol times")``."""

    def action(group, by, *, text="Agree patrol times", marking=Marking.OFFICIAL):
        today = clock.today()
        return actions.make(
            group, text=text, owner=world.police, due_on=today + datetime.timedelta(days=14),
            made_on=today, marking=marking, raised_in="A call", by=by,
        )  # fmt: skip

    return action
