"""One quarterly meeting by officer, chair, partner and public, by keyboard, with and without JS.

The canary stands in a restricted item; it must never reach anything public.
"""

import pytest
import time_machine

from core.clock import london
from documents.models import Publication
from meetings.models import ItemKind, Meeting, Status
from tests import pdf_text
from tests.browser.hands import Hands

CANARY = "CANARY-4711"
DECEMBER = "2026-11-23 09:00:00+00:00"


@pytest.fixture(params=[True, False], ids=["with script", "without script"])
def hands(request, browser, live_server, db):
    """Makes a browser for a person."""
    contexts = []

    def make(person=None) -> Hands:
        context = browser.new_context(
            java_script_enabled=request.param,
            locale="en-GB",
            viewport={"width": 1280, "height": 900},
        )
        contexts.append(context)
        one = Hands(context.new_page(), live_server.url)
        return one.sign_in(person) if person else one

    yield make
    for context in contexts:
        context.close()


def set_dates(officer):
    """The officer takes the proposed dates of the year."""
    officer.visit("/dartford/meetings/").follow("Set dates for Board")
    officer.type("Starts", "10am").type("Ends", "noon").type("Where", "Civic Centre")
    officer.press("Set these dates")
    return list(Meeting.objects.filter(status=Status.SCHEDULED).order_by("on"))


def build_agenda(officer, meeting):
    """A restricted item of this meeting alone goes on the agenda, and the agenda goes out."""
    officer.visit(f"/dartford/meetings/{meeting.slug}/").follow("Edit or reorder")
    officer.follow("Add an item", exact=False)
    officer.type("Title", f"Exploitation at one address {CANARY}").pick("OFFICIAL-SENSITIVE")
    officer.type("Minutes", "10").press("Save the item")
    officer.visit(f"/dartford/meetings/{meeting.slug}/").follow("Check and publish")
    officer.press("Publish the agenda").sees("Agenda published")


def minute(officer, meeting, number, words):
    """Write the minute of one item and save it."""
    officer.visit(f"/dartford/meetings/{meeting.slug}/minutes/{number}/")
    officer.type("Minutes", words).press("Save").sees(words)


def hold(officer, meeting, *, restricted):
    """Take the minutes, a decision and an action; send them to the chair."""
    officer.visit(f"/dartford/meetings/{meeting.slug}/").follow("Open the meeting", exact=False)
    officer.press("Open the meeting")
    performance = meeting.items.get(kind=ItemKind.PERFORMANCE).number
    minute(officer, meeting, performance, "The board noted 588 reports.")
    officer.type("What was decided", "The board asked for a comparison.").press("Add decision")
    officer.sees("The board asked for a comparison.")
    officer.type("What is to be done", "Bring the figures by ward")
    officer.choose("Agency and post", "Kent Police, District").type("Due", "10 March 2027")
    officer.press("Add action").sees("Bring the figures by ward")
    if restricted:
        minute(officer, meeting, restricted.number, f"Names were given. {CANARY}")
    send(officer, meeting)


def send(officer, meeting):
    officer.visit(f"/dartford/meetings/{meeting.slug}/finish/")
    officer.tick("The minutes may go to the chair as they are").press("Send to the chair")


def test_a_quarterly_meeting_from_its_date_to_its_published_minutes(hands, transactional_world):
    world = transactional_world
    with time_machine.travel(DECEMBER, tick=True):
        officer = hands(world.officer)
        first, second, *_ = set_dates(officer)
        build_agenda(officer, first)
        partner = hands(world.kent)
        partner.visit(f"/dartford/meetings/{first.slug}/").follow("Answer")
        partner.pick("Yes, I am coming").press("Send my answer")
    with time_machine.travel(london(first.on, first.starts_at), tick=True):
        officer.sign_in(world.officer)
        hold(officer, first, restricted=first.items.get(title__contains=CANARY))
        chair = hands(world.chair).visit(f"/dartford/meetings/{first.slug}/")
        chair.follow("Read and clear").press("Clear the minutes")
        draft = f"/dartford/meetings/{first.slug}/minutes/"
        partner.sign_in(world.kent).visit(draft).sees("588 reports").sees(CANARY)
        hands(world.watch).visit(draft).sees("588 reports").sees_not("Names were given")
        police = hands(world.vice).visit("/dartford/actions/")
        police.follow("Bring the figures by ward", exact=False).sees("10 March 2027")
        hands().visit(f"/dartford/public/meetings/{first.slug}/").sees_not(CANARY)
    with time_machine.travel(london(second.on, second.starts_at), tick=True):
        officer.sign_in(world.officer)
        officer.visit(f"/dartford/meetings/{second.slug}/").follow("Check and publish")
        officer.press("Publish the agenda")
        officer.visit(f"/dartford/meetings/{second.slug}/open/").press("Open the meeting")
        arising = second.items.get(kind=ItemKind.MATTERS_ARISING).number
        officer.visit(f"/dartford/meetings/{second.slug}/minutes/{arising}/")
        officer.sees("Bring the figures by ward")
        officer.visit(f"/dartford/meetings/{first.slug}/agree/")
        officer.press("Record that they were agreed")
        publish_by_two(officer, hands(world.chair), first)
    public_is_clean(hands(), first)


def publish_by_two(officer, chair, meeting):
    """The officer says why things stay out and asks; the chair approves."""
    officer.visit(f"/dartford/meetings/{meeting.slug}/publish-minutes/")
    for reason in officer.page.get_by_label("Why it stays out", exact=False).all():
        reason.fill("It names people who were promised confidence")
    for tick in officer.page.locator("main form input[type=checkbox]").all():
        tick.check()
    officer.press("Ask for approval")
    chair.visit(f"/dartford/meetings/{meeting.slug}/").follow("Read and approve")
    chair.tick("I have read the public minutes and what stays out of them")
    chair.press("Approve and publish")


def public_is_clean(visitor, meeting):
    """The page, PDF, search, feed and file names hold the open part and nothing restricted."""
    meeting.refresh_from_db()
    assert meeting.status == Status.PUBLISHED
    published = Publication.objects.get()
    visitor.visit("/dartford/public/").follow(published.title, exact=False)
    visitor.sees("588 reports").sees_not(CANARY).sees_not("Exploitation")
    words = " ".join(" ".join(pdf_text.pages(bytes(published.content.data))).split())
    assert "588 reports" in words
    assert CANARY not in words
    visitor.visit("/dartford/public/search/?q=588").sees(published.title)
    visitor.visit(f"/dartford/public/search/?q={CANARY}").sees("Nothing published has these words")
    for path in ("/dartford/public/feed/", f"{published.get_absolute_url()}pdf/"):
        answer = visitor.page.request.get(visitor.address + path)
        assert answer.ok
        assert CANARY not in f"{answer.headers}"
    assert CANARY not in f"{published.file_name} {published.slug} {published.summary}"
