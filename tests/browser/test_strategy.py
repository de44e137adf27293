"""A refresh from its beginning to its public page, by keyboard, with the figures it rests on."""

import datetime

import pytest

from assessments.models import Edition, EditionStatus
from assessments.workflow import strategy
from core import clock
from tests.assessments import planning, writing
from tests.browser.hands import Hands

pytestmark = pytest.mark.pdf


def test_a_refresh_goes_from_the_last_edition_to_the_public_pdf(
    transactional_world, live_server, page
):
    """What the pages of an edition ask of an officer, each reached by its name."""
    world, today = transactional_world, clock.today()
    writing.crime(world)
    april = today.year - (today.month < 4)
    edition = planning.complete(world, planning.begun(world, april))
    strategy.take_over(edition, on=datetime.date(april, 3, 1), where="Minutes", by=world.officer)
    writing.decision(world, item=writing.meeting(world, on=today, status="held"))

    hazel = Hands(page, live_server.url).sign_in(world.officer)
    hazel.visit(edition.strategy.get_absolute_url()).press("Begin the next refresh")
    draft = Edition.objects.get(number=2)
    hazel.follow("Nothing says what this refresh changes, and why.")
    hazel.type("What this refresh changes, and why", "Lamps come first.").press("Save")
    hazel.follow("There is no equality note (Equality Act 2010, section 149).")
    hazel.type("Equality note", "We had due regard.").press("Save")
    hazel.follow("How communities were consulted has not been recorded.")
    hazel.type("How were communities asked?", "A survey.")
    hazel.type("What did they say, and what changed because of it?", "Lamps.")
    hazel.press("Save the consultation").follow("Adopt it")
    page.get_by_label("By which decision of the board?").select_option(index=1)
    hazel.press("Adopt it")
    assert strategy.make_waiting() == 2
    hazel.follow("Check and publish").press("Publish it")
    hazel.follow("Record that it was sent").type("How was it sent?", "By email").press("Save")

    draft.refresh_from_db()
    assert draft.status == EditionStatus.PUBLISHED
    assert draft.commissioner_sent_on == today
    page.context.clear_cookies()
    hazel.visit(draft.publication.get_absolute_url())
    assert "Lamps come first." in page.locator("main").inner_text()
    with page.expect_download() as download:
        page.get_by_role("link", name="Download as PDF").click()
    with open(download.value.path(), "rb") as made:
        assert made.read(5) == b"%PDF-"
