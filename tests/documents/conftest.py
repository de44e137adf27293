"""Papers, openings and publications, made by the workflow as people make them."""

import datetime

import pytest
from django.core.files.base import ContentFile

from core import clock
from core.markings import Marking
from documents import workflow
from tests.documents import files

CANARY = "Zinfandel-4711"


@pytest.fixture
def paper(world):
    """Send in a paper of the board: ``paper(marking=Marking.SENSITIVE)``."""

    def send_in(
        group=None, *, title="Highlights and risks", marking=Marking.OFFICIAL, by=None, **more
    ):
        more.setdefault("file", ContentFile(files.pdf(2), "highlights.pdf"))
        return workflow.add_document(
            group or world.board, title=title, marking=marking, by=by or world.officer, **more
        )

    return send_in


@pytest.fixture
def restricted(paper):
    """A restricted paper of the board whose title nobody else may learn."""
    return paper(title=f"Paper about {CANARY}", marking=Marking.SENSITIVE)


@pytest.fixture
def opening(world, restricted):
    """The restricted paper, open to the Neighbourhood Watch for a day."""
    return workflow.open_to_agency(
        restricted, agency=world.watch_body, reason="A child is at risk tonight",
        lawful_gateway="Children Act 2004 section 11",
        closes_at=clock.now() + datetime.timedelta(days=1), by=world.officer,
    )  # fmt: skip


@pytest.fixture
def publish(world):
    """Publish something: ``publish(title="Minutes", text="Words")``."""

    def publish(slug="minutes-june", **more):
        more.setdefault("partnership", world.partnership)
        made = {
            "kind": "minutes", "slug": slug, "title": "Minutes of 17 June 2026",
            "summary": "What the board decided", "html": "<h2>Apologies</h2><p>None.</p>",
            "text": "Apologies. None.", "pdf": files.pdf(), "file_name": "minutes-june.pdf",
            "by": world.officer,
        } | more  # fmt: skip
        return workflow.publish(made.pop("partnership"), **made)

    return publish
