"""Themes: set up, led, with what belongs to them as far as each reader may know it."""

import datetime
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from actions import workflow as actions
from assessments.duties.powers import themes_led
from assessments.models import ThemeAction
from assessments.queries import themes as queries
from assessments.workflow import themes
from core.markings import Marking
from core.permissions import Refused
from core.workflow import Wrong
from documents import workflow as documents
from figures.models import Indicator, Observation
from membership.models import Theme
from tests.assessments import knowing
from tests.assessments.knowing import CANARY, TODAY

URL = "/dartford/assessments/themes/"


@pytest.fixture(autouse=True)
def on_the_day(world, time_machine):
    time_machine.move_to(knowing.NOON)


def action(world, **more):
    fields = {
        "text": "Agree patrols", "owner": world.police, "due_on": TODAY, "made_on": TODAY,
        "marking": Marking.OFFICIAL, "raised_in": "Board", "by": world.officer,
    }  # fmt: skip
    return actions.make(world.board, **fields | more)


def paper(world, **more):
    fields = {
        "title": CANARY, "marking": Marking.SENSITIVE, "content": b"A plan.",
        "file_name": "plan.txt", "by": world.officer,
    }  # fmt: skip
    return documents.add_document(world.board, **fields | more)


def test_eight_are_set_up_once(world, sign_in):
    client = sign_in(world.officer)

    client.post(f"{URL}set-up/")
    client.post(f"{URL}set-up/")

    slugs = list(Theme.objects.of(world.partnership).values_list("slug", flat=True))
    assert slugs == [
        "domestic-abuse", "modern-slavery", "prevent", "serious-violence", "hate-crime", "asb",
        "contextual-safeguarding", "organised-crime",
    ]  # fmt: skip
    assert sign_in(world.chair).post(f"{URL}set-up/").status_code == 403


def test_a_theme_without_a_lead_is_a_gap(world):
    assert next(themes_led(world.partnership, TODAY)).why == "No themes are set up."
    theme = knowing.theme(world)
    themes.change(theme, lead=world.police, lead_post=world.commander_post, by=world.officer)

    [owed] = themes_led(world.partnership, TODAY)

    assert owed.state == "gap"
    assert theme.name not in owed.why
    for each in Theme.objects.of(world.partnership):
        themes.change(each, lead=world.county, lead_post=None, by=world.officer)
    assert next(themes_led(world.partnership, TODAY)).state == "met"


@pytest.mark.parametrize("name", [" ", "Hate crime"])
def test_a_name_is_needed_and_new(world, name):
    knowing.theme(world)
    with pytest.raises(ValidationError) as wrong:
        themes.add(world.partnership, name=name, by=world.officer)
    assert "name" in wrong.value.message_dict


def test_the_lead_is_a_partner_and_the_post_is_its_own(world):
    theme = knowing.theme(world)

    for lead, post in ((world.gravesham_council, None), (world.county, world.commander_post)):
        with pytest.raises(ValidationError) as wrong:
            themes.change(theme, lead=lead, lead_post=post, by=world.officer)
        assert "lead" in wrong.value.message_dict
    with pytest.raises(Refused):
        themes.change(theme, lead=world.police, by=world.vice)


def test_an_end_is_undone(world):
    theme = knowing.theme(world)

    themes.end(theme, by=world.officer)
    assert theme.pk not in {
        row.theme.pk for row in queries.rows(world.kent, world.partnership, TODAY)
    }
    with pytest.raises(Wrong):
        themes.end(theme, by=world.officer)
    themes.resume(theme, by=world.officer)

    rows = queries.rows(world.kent, world.partnership, TODAY)
    assert theme.pk in {row.theme.pk for row in rows}


def test_actions_are_linked_once_and_unlinked(world, sign_in):
    theme = knowing.theme(world)
    made = action(world)
    client = sign_in(world.officer)

    for _ in range(2):
        themes.link_action(theme, action=made, by=world.officer)
    assert ThemeAction.objects.count() == 1
    assert "Agree patrols" in client.get(theme.get_absolute_url()).content.decode()
    client.post(f"{theme.get_absolute_url()}action/{made.reference}/unlink/")

    assert not ThemeAction.objects.exists()
    page = client.post(f"{theme.get_absolute_url()}action/", {"reference": "A-2026-999"})
    assert "Choose from the list" in page.content.decode()


def test_restricted_papers_and_actions_stay_behind_the_gate(world, sign_in):
    theme = knowing.theme(world)
    themes.link_paper(theme, document=paper(world), plan=True, by=world.officer)
    restricted = action(world, text=CANARY, marking=Marking.SENSITIVE)
    themes.link_action(theme, action=restricted, by=world.officer)
    url = theme.get_absolute_url()

    cleared = sign_in(world.kent).get(url).content.decode()
    assert CANARY in cleared
    for who in (world.watch, world.dvacs, world.ocg):
        page = sign_in(who).get(url).content.decode()
        assert CANARY not in page
        assert restricted.reference not in page
    assert "A restricted paper" in sign_in(world.watch).get(url).content.decode()
    assert "It has no plan" not in cleared


def test_one_plan_at_a_time_and_a_paper_that_opens_for_you(world):
    theme = knowing.theme(world)
    first, second = paper(world), paper(world, content=b"Another plan.")

    themes.link_paper(theme, document=first, plan=True, by=world.officer)
    themes.link_paper(theme, document=second, plan=True, by=world.officer)

    assert list(theme.paper_links.filter(plan=True).values_list("document", flat=True)) == [
        second.pk
    ]
    themes.unlink_paper(theme, document=second, by=world.officer)
    assert queries.NO_PLAN in queries.missing(theme, TODAY)


def test_figures_are_shown_with_their_newest_value(world, sign_in):
    theme = knowing.theme(world)
    indicator = Indicator.objects.create(
        partnership=world.partnership, slug="hate", name="Hate crimes", definition="Crimes",
        source_agency=world.police, theme=theme, starts_on=datetime.date(2025, 1, 1),
    )  # fmt: skip
    closed = Indicator.objects.create(
        partnership=world.partnership, slug="closed", name="Confidential", definition="Crimes",
        source_agency=world.police, theme=theme, starts_on=datetime.date(2025, 1, 1),
        marking=Marking.SENSITIVE,
    )  # fmt: skip
    for number, month in enumerate((1, 4, 7)):
        for each, value in ((indicator, 10 + number), (closed, 4711)):
            Observation.objects.create(
                indicator=each, starts_on=datetime.date(2026, month, 1), value=Decimal(value),
                ends_on=datetime.date(2026, month + 3, 1), recorded_by=world.vice,
            )  # fmt: skip

    page = sign_in(world.kent).get(theme.get_absolute_url()).content.decode()
    assert "July to September 2026" in page
    assert "<svg" in page
    assert "4,711" in page
    shut = sign_in(world.watch).get(theme.get_absolute_url()).content.decode()
    assert "Restricted: behind the sharing gate" in shut
    assert "4,711" not in shut


def test_the_list_asks_as_often_with_more_in_it(world, sign_in):
    theme = knowing.theme(world)
    client = sign_in(world.kent)
    client.get(URL)
    counted = []
    for more in (0, 8):
        for number in range(more):
            themes.link_action(theme, action=action(world), by=world.officer)
            themes.add(world.partnership, name=f"Theme {number}", by=world.officer)
            knowing.tension(world, theme=theme)
        with CaptureQueriesContext(connection) as asked:
            assert client.get(URL).status_code == 200
        counted.append(len(asked))
    assert counted[0] == counted[1]
