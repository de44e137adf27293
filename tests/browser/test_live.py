"""The live minute-taking page by keyboard at 375 pixels, with and without script, and offline."""

import re
import time

import pytest
from playwright.sync_api import expect

from actions.models import Action
from meetings.models import Decision, Item, ItemKind, Presence
from meetings.workflow import minutes
from tests.browser.hands import Hands
from tests.meetings.held import held

NARROW = {"width": 375, "height": 700}
LOST = 60  # seconds


@pytest.fixture
def meeting(transactional_world):
    return held(transactional_world)


def item_of(meeting, kind=ItemKind.PERFORMANCE):
    item = meeting.items.get(kind=kind)
    item.meeting = meeting
    return item


@pytest.fixture
def narrow(browser, live_server, transactional_world, meeting):
    """The officer on the live page, with a screen of 375 pixels."""
    contexts = []

    def narrow(*, script=True):
        context = browser.new_context(
            java_script_enabled=script, locale="en-GB", timezone_id="Europe/London",
            viewport=NARROW,
        )  # fmt: skip
        contexts.append(context)
        hands = Hands(context.new_page(), live_server.url).sign_in(transactional_world.officer)
        return hands.visit(f"/dartford/meetings/{meeting.slug}/live/")

    yield narrow
    for context in contexts:
        context.close()


def text_of(hands, item):
    return hands.page.locator(f"#text-{item.number}")


def test_a_meeting_is_minuted_by_keyboard_alone(narrow, transactional_world, meeting):
    item = item_of(meeting)
    hands = narrow()
    page = hands.page
    # One key for each person.
    hands.reach(page.get_by_label(re.compile("Linden Shah")).first)
    page.keyboard.press("p")
    expect(page.locator("[data-now]")).to_have_text("1 member is here now.")
    page.keyboard.press("n")
    expect(page.locator("[data-now]")).to_have_text("0 members are here now.")
    assert meeting.attendance.get(seat=transactional_world.vice_seat).presence == Presence.ABSENT
    page.keyboard.press("s")
    expect(page.locator("#substitute")).to_have_attribute("open", "")
    # From item to item, and writing with the marks.
    hands.reach(page.locator("#text-1"))
    for _ in range(item.number - 1):
        page.keyboard.press("Alt+n")
    expect(text_of(hands, item)).to_be_focused()
    page.keyboard.type("Noted by @lind")
    offered = page.get_by_role("listbox", name="Names").get_by_role("option", name="Linden Shah")
    expect(offered).to_have_attribute("aria-selected", "true")
    page.keyboard.press("Enter")
    page.keyboard.press("Control+b")
    page.keyboard.type(" well")
    expect(text_of(hands, item)).to_have_value("Noted by Linden Shah** well**")
    expect(page.locator(f'[data-state="{item.number}"]')).to_contain_text("Saved at")
    expect(page.locator("[data-saved]")).to_contain_text("All saved at")
    # A decision and an action in place, each sent with Enter or its button.
    page.keyboard.press("Alt+d")
    page.keyboard.type("The board agreed.")
    hands.reach(page.get_by_role("button", name=f"Add decision to item {item.number}"))
    page.keyboard.press("Enter")
    expect(page.locator(f"#item-{item.number} [data-made]")).to_contain_text("The board agreed.")
    page.keyboard.press("Alt+a")
    page.keyboard.type("Bring figures")
    page.keyboard.press("Enter")
    wrong = page.locator(".govuk-error-message").filter(has_text="Choose the agency, and the post")
    expect(wrong).to_be_visible()
    hands.choose("Agency and post", "Kent Police").type("Due", "10 March 2099")
    page.keyboard.press("Enter")
    expect(page.locator(f"#item-{item.number} [data-made]")).to_contain_text("Bring figures")
    assert Item.objects.get(pk=item.pk).minute == "Noted by Linden Shah** well**"
    assert Decision.objects.get().text == "The board agreed."
    assert Action.objects.get().text == "Bring figures"
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_the_same_without_script(narrow, transactional_world, meeting):
    item = item_of(meeting)
    hands = narrow(script=False)
    page = hands.page
    hands.reach(page.get_by_label(re.compile("Linden Shah")).first)
    page.keyboard.type("Present")
    hands.press("Save who is here").sees("1 member is here now.")
    hands.reach(text_of(hands, item))
    page.keyboard.insert_text("Noted.")
    number = item.number
    hands.press(f"Add a decision to item {number}")
    hands.type("What was decided", "The board agreed.")
    hands.press(f"Add decision to item {number}").sees("The board agreed.")
    hands.reach(page.locator("#text-1"))
    page.keyboard.insert_text("Welcome.")
    hands.press("Save everything").sees("item 1")
    assert Item.objects.get(pk=item.pk).minute == "Noted."
    assert item_of(meeting, ItemKind.APOLOGIES).minute == "Welcome."


def test_two_typists_see_both_texts_and_put_them_together(narrow, transactional_world, meeting):
    item = item_of(meeting)
    hands = narrow()
    page = hands.page
    colleague = transactional_world.officer
    page.route("**/saved/", lambda route: route.abort())
    text_of(hands, item).press_sequentially("My words.")
    minutes.write(item, text="Their words.", version=0, by=colleague)
    page.unroute("**/saved/")
    section = page.locator(f"#item-{item.number}")
    expect(section.locator("[data-theirs]")).to_have_text("Their words.", timeout=15_000)
    expect(section.locator("[data-yours]")).to_have_text("My words.")
    hands.reach(section.get_by_role("button", name="Put both together"))
    page.keyboard.press("Enter")
    expect(text_of(hands, item)).to_have_value("Their words.\n\nMy words.")
    expect(page.locator(f'[data-state="{item.number}"]')).to_contain_text("Saved at")
    assert Item.objects.get(pk=item.pk).minute == "Their words.\n\nMy words."
    assert not item.drafts.exists()


def test_a_server_lost_for_a_minute_loses_no_word(narrow, meeting):
    one, two = item_of(meeting), item_of(meeting, ItemKind.STRATEGY)
    hands = narrow()
    page = hands.page
    text_of(hands, one).press_sequentially("Before.")
    expect(page.locator("[data-saved]")).to_contain_text("All saved at")
    page.context.set_offline(True)
    gone = time.monotonic()
    text_of(hands, one).press_sequentially(" While it was away")
    text_of(hands, two).press_sequentially("The other item too")
    expect(page.locator("[data-saved]")).to_contain_text(
        "The server cannot be reached; your words are kept", timeout=15_000
    )
    for number in range(5):
        page.wait_for_timeout(max(0, (number + 1) * 11 - (time.monotonic() - gone)) * 1000)
        text_of(hands, one).press_sequentially(f", word {number}")
    page.wait_for_timeout(max(0, LOST - (time.monotonic() - gone)) * 1000)
    stored = page.evaluate("localStorage.length + sessionStorage.length")
    assert stored == 0
    page.context.set_offline(False)
    expect(page.locator("[data-saved]")).to_contain_text("All saved at", timeout=20_000)
    assert time.monotonic() - gone >= LOST
    kept = "Before. While it was away, word 0, word 1, word 2, word 3, word 4"
    assert Item.objects.get(pk=one.pk).minute == kept
    assert Item.objects.get(pk=two.pk).minute == "The other item too"
    assert not one.drafts.exists()
