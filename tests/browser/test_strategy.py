"""From a partner's figures to the public strategy, each by their own hands at the keyboard."""

import datetime

import pytest
import time_machine
from axe_playwright_python.sync_playwright import Axe

from assessments.models import Assessment, Edition, EditionStatus
from assessments.workflow import strategy
from core.clock import london
from documents.models import Publication
from figures.models import Observation
from figures.workflow import indicators, returns
from meetings.models import ItemKind
from meetings.workflow import schedule
from tests.assessments import planning, writing
from tests.browser.hands import Hands

pytestmark = pytest.mark.pdf

AUTUMN = datetime.date(2026, 10, 5)
WRITING = datetime.date(2027, 2, 8)  # the figures were due at the end of December
MEETING = datetime.date(2027, 2, 24)
QUARTER = "July to September 2026"
ASSESSMENT = "/dartford/assessments/strategic/2025-10-to-2026-09/"


def at(day):
    return time_machine.travel(london(day, datetime.time(10)), tick=True)


@pytest.fixture
def board(transactional_world):
    """The county owes a figure, crime is held, a strategy is in force, and the board will meet."""
    world = transactional_world
    with at(AUTUMN):
        indicators.add(
            world.partnership, name="Hate crime", definition="As the council is told of it.",
            source_agency=world.county, starts_on=datetime.date(2026, 7, 1), by=world.officer,
        )  # fmt: skip
        returns.ask(world.partnership, on=AUTUMN, by=world.officer)
        writing.crime(
            world, first=datetime.date(2026, 1, 1), last=datetime.date(2026, 9, 1)
        )  # fmt: skip
        edition = planning.complete(world, planning.begun(world, 2026))
        strategy.take_over(
            edition, on=datetime.date(2026, 3, 1), where="Minutes", by=world.officer
        )  # fmt: skip
        world.meeting = schedule.schedule(
            world.board, on=MEETING, starts_at=datetime.time(10), ends_at=datetime.time(12),
            venue="Civic Centre", meant=True, by=world.officer,
        )  # fmt: skip
    return world


@pytest.fixture
def hands(page, live_server):
    """Somebody who has signed in; whoever sat there before has gone."""
    return lambda person: Hands(page, live_server.url).sign_in(person)


def test_from_a_partners_figures_to_the_public_strategy(board, hands, page):
    world = board
    with at(WRITING):
        the_gap_is_closed(world, hands)
        the_assessment_is_written(world, hands(world.officer))
    with at(MEETING):
        hazel = hands(world.officer)
        the_board_decides(world, hazel)
        the_assessment_goes_out(hazel, page)
        draft = the_strategy_is_refreshed(hazel, page)
        everybody_reads_them(Hands(page, hazel.address), page, draft)


def the_gap_is_closed(world, hands):
    """The officer sees who owes a figure; the partner gives it; nothing is missing any more."""
    gaps = "/dartford/figures/missing/"
    hands(world.officer).visit(gaps).sees("Hate crime").sees(QUARTER).sees("Kent County Council")
    bryony = hands(world.kent).visit("/dartford/figures/returns/")
    bryony.follow(f"Kent County Council: Figures for {QUARTER}")
    bryony.type("Whole area", "27").press("Send the figures").sees("Sent by Bryony Clarke")
    assert Observation.objects.get().value == 27
    hands(world.officer).visit(gaps).sees("No figure is missing.")


def the_assessment_is_written(world, hazel):
    """Begun, each section finished, and put on the agenda."""
    hazel.visit("/dartford/assessments/").follow("Begin an assessment")
    hazel.choose("Which twelve months?", "October 2025 to September 2026")
    hazel.press("Begin the assessment").sees("October to December 2025 are not held")
    for section in Assessment.objects.get().sections.order_by("position"):
        hazel.visit(f"{ASSESSMENT}section/{section.key}/")
        hazel.type("What you say (optional)", f"On {section.heading.lower()}: so it is.")
        hazel.press("Save and mark as done")
    item = world.meeting.items.get(kind=ItemKind.STRATEGY)
    hazel.visit(ASSESSMENT).follow("Put it before the board")
    hazel.choose("Which item of a coming meeting?", f"{item.number}. {item.title}")
    hazel.press("Put it on the agenda").sees("It is on the agenda")
    hazel.visit(f"/dartford/meetings/{world.meeting.slug}/agenda/publish/")
    hazel.press("Publish the agenda")


def the_board_decides(world, hazel):
    """In the meeting, which the officer minutes."""
    meeting = f"/dartford/meetings/{world.meeting.slug}/"
    item = world.meeting.items.get(kind=ItemKind.STRATEGY)
    hazel.visit(f"{meeting}open/").press("Open the meeting")
    for words in ("The assessment is adopted.", "The refreshed strategy is adopted."):
        hazel.visit(f"{meeting}minutes/{item.number}/")
        hazel.type("What was decided", words).press("Add decision")


def the_assessment_goes_out(hazel, page):
    hazel.visit(ASSESSMENT).follow("Record that it is adopted")
    page.get_by_label("Which decision of the board adopted it?").select_option(index=1)
    hazel.press("Record that it is adopted").follow("Check and publish").sees("27")
    nothing_stands_in_anybodys_way(page)
    hazel.press("Publish the public edition").sees("Published")


def the_strategy_is_refreshed(hazel, page):
    """What the pages of an edition ask of an officer, each reached by its name."""
    first = Edition.objects.get()
    hazel.visit(first.strategy.get_absolute_url()).press("Begin the next refresh")
    draft = Edition.objects.get(number=2)
    hazel.follow("Nothing says what this refresh changes, and why.")
    hazel.type("What this refresh changes, and why", "Lamps come first.").press("Save")
    hazel.follow("There is no equality note (Equality Act 2010, section 149).")
    hazel.type("Equality note", "We had due regard.").press("Save")
    hazel.follow("How communities were consulted has not been recorded.")
    hazel.type("How were communities asked?", "A survey.")
    hazel.type("What did they say, and what changed because of it?", "Lamps.")
    hazel.press("Save the consultation").follow("Change the Strategic Assessment")
    hazel.choose("Strategic Assessment (optional)", "Strategic Assessment, October 2025")
    hazel.press("Save").follow("Adopt it")
    page.get_by_label("By which decision of the board?").select_option(index=2)
    hazel.press("Adopt it")
    assert strategy.make_waiting() == 2
    hazel.follow("Check and publish")
    nothing_stands_in_anybodys_way(page)
    hazel.press("Publish it")
    hazel.follow("Record that it was sent").type("How was it sent?", "By email").press("Save")
    draft.refresh_from_db()
    assert draft.status == EditionStatus.PUBLISHED
    assert draft.commissioner_sent_on == MEETING
    return draft


def everybody_reads_them(somebody, page, draft):
    """Signed out: both as pages with their charts, and as PDFs."""
    page.context.clear_cookies()
    assessment = Publication.objects.get(kind="strategic assessment")
    somebody.visit(assessment.get_absolute_url()).sees("Hate crime")
    somebody.sees("October to December 2025 are not held")
    assert page.get_by_role("img", name="Records month by month").is_visible()
    nothing_stands_in_anybodys_way(page)
    downloads_a_pdf(page)
    somebody.visit(draft.publication.get_absolute_url()).sees("Lamps come first.")
    assert page.get_by_role("img", name="Reports a month, all types").is_visible()
    nothing_stands_in_anybodys_way(page)
    downloads_a_pdf(page)


def nothing_stands_in_anybodys_way(page):
    found = Axe().run(page).response["violations"]
    assert not [(each["id"], each["nodes"][0]["target"]) for each in found]


def downloads_a_pdf(page):
    with page.expect_download() as download:
        page.get_by_role("link", name="Download as PDF").click()
    with open(download.value.path(), "rb") as made:
        assert made.read(5) == b"%PDF-"
