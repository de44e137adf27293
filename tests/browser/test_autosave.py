"""The script of the minute page when answers are lost on their way."""

import pytest
from playwright.sync_api import expect

from meetings.models import ItemKind
from tests.browser.hands import Hands
from tests.meetings.held import held


@pytest.mark.parametrize("lost", ["no answer", "an answer of 502"])
def test_what_was_saved_unheard_is_not_somebody_elses(page, live_server, transactional_world, lost):
    meeting = held(transactional_world)
    item = meeting.items.get(kind=ItemKind.PERFORMANCE)
    hands = Hands(page, live_server.url).sign_in(transactional_world.officer)
    hands.visit(f"/dartford/meetings/{meeting.slug}/minutes/{item.number}/")

    def lose(route):
        route.fetch()
        if lost == "no answer":
            route.abort()
        else:
            route.fulfill(status=502, content_type="text/html", body="Bad gateway")

    page.route("**/saved/", lose, times=1)
    hands.type("Minutes", "The board noted 588 reports.")
    expect(page.locator("[data-saved]")).to_contain_text("The server cannot be reached")
    page.get_by_label("Minutes", exact=True).first.press_sequentially(" It asked why.")

    expect(page.locator("[data-saved]")).to_contain_text("Saved at")
    expect(page.get_by_text("Put both together")).to_have_count(0)
    item.refresh_from_db()
    assert item.minute == "The board noted 588 reports. It asked why."
    assert not item.drafts.exists()
