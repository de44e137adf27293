"""The overview: numbers of all cases for who knows none of them, and nothing that tells more."""

import datetime
import itertools

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core import clock, registries
from core.registries import duties
from notices.models import Turn
from notices.workflow import ticking
from notices.workflow.carriers import Kept
from tests.triggers.test_statistics import a_case, at
from triggers.models import (
    Application,
    EqualityAnswers,
    PublishedYear,
    Recommendation,
)
from triggers.queries import overview, statistics
from triggers.workflow import equality
from triggers.workflow import statistics as workflow

APRIL = datetime.date(2025, 4, 1)
LATER = datetime.date(2026, 5, 6)


def body(response):
    return response.content.decode()


@pytest.fixture
def page(client, world):
    def opened(person, name="overview", *args, **query):
        client.force_login(person)
        return client.get(reverse(f"triggers:{name}", args=["dartford", *args]), query)

    return opened


# ---- numbers, and no case -----------------------------------------------------------------------


def test_it_counts_what_is_open_how_old_and_how_late(world, case):
    with at(clock.today() + datetime.timedelta(days=60)):
        found = overview.overview(world.partnership, clock.today())
    assert (found.open, found.late) == (1, 1)
    assert [row.number for row in found.stages.rows] == [1, 0, 0, 0, 0]
    assert sum(row.number for row in found.ages.rows) == 1
    assert {row.label for row in found.late_clocks.rows} >= {"Acknowledged", "Panel held"}


@pytest.mark.parametrize("who", ["chair", "scrutiny", "kent"])
def test_who_watches_sees_numbers_and_nothing_that_leads_to_a_case(page, world, case, who):
    response = page(getattr(world, who))
    assert response.status_code == 200
    for word in (case.reference, str(case.pk), "Fern", "Invented Row", case.group.slug):
        assert word not in body(response)
    assert "1 case is open" in body(response)


@pytest.mark.parametrize("who", ["stranger", "guest", "administrator", "commissioner", "leaver"])
def test_others_do_not_see_it(page, world, case, who):
    assert page(getattr(world, who)).status_code in (302, 403, 404)


def test_board_and_scrutiny_come_here_from_the_menu(page, world, case):
    response = page(world.scrutiny, "index")
    assert response.url == reverse("triggers:overview", args=["dartford"])


def test_an_officer_finds_it_from_the_caseload(page, world, case):
    assert reverse("triggers:overview", args=["dartford"]) in body(page(world.officer, "cases"))


def test_recommendations_outstanding_show_their_text_and_body(page, world, case):
    Recommendation.objects.create(
        application=case, number=1, text="Visit at night", agency=world.police,
        sent_on=clock.today(),
    )  # fmt: skip
    shown = body(page(world.scrutiny))
    assert "Visit at night" in shown
    assert "Kent Police" in shown
    assert case.reference not in shown


def test_the_csv_has_the_same_numbers(page, world, case):
    lines = body(page(world.scrutiny, "overview_csv")).splitlines()
    assert "Open cases,All,1," in lines
    assert case.reference not in "".join(lines)


# ---- small numbers ------------------------------------------------------------------------------


def many(world, number, *, day=APRIL):
    """Cases of one day, made at once: their rows are all that is counted here."""
    first = a_case(world, day)
    made = [first]
    for _ in range(number - 1):
        made.append(a_case(world, day))
    return made


def test_nothing_is_broken_down_until_enough_have_applied_in_years_that_are_over(
    world,
    early,
    wards,
):
    many(world, 3)
    found = overview.overview(world.partnership, LATER)
    assert (found.blocks, found.gathering) == ([], 3)


def test_small_numbers_are_hidden_and_with_them_what_would_give_them_away(
    world,
    early,
    wards,
    page,
):
    cases = many(world, 20)
    for number, case in enumerate(cases):
        ward = wards[0] if number < 12 else wards[1] if number < 17 else None
        Application.objects.filter(pk=case.pk).update(
            ward=ward,
            topics=["noise"] if number < 9 else ["noise", "drugs"] * (number < 18),
        )
    with at(LATER):
        found = overview.overview(world.partnership, LATER)
        shown = body(page(world.scrutiny))
    (block,) = found.blocks
    tables = {table.title: {row.label: row.number for row in table.rows} for table in block.tables}

    assert block.total == 20
    # Three came from elsewhere; five from Town are hidden too, or the three could be worked out.
    assert tables["Where it was"] == {"Temple Hill": 12, "Town": None, overview.ELSEWHERE: None}
    # All but two were about noise: who was not could be worked out.
    assert tables["What it was about"]["Noise"] is None
    assert tables["What it was about"]["Drugs or alcohol"] == 9
    assert tables["What it was about"]["Fire setting"] is None
    assert tables["Who applied"] == {"For the first time": None, "Had applied before": None}
    assert "hidden" in shown


@settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(st.integers(0, 14), min_size=2, max_size=4))
def test_no_hidden_number_can_be_worked_out_from_a_line_and_its_total(numbers):
    """Every way of filling in the hidden ones that fits is tried: none is the only one."""
    total = sum(numbers)
    labels = [f"Ward {each}" for each in range(len(numbers))]
    rows = overview.in_line(
        overview.Counter(dict(zip(labels, numbers, strict=True))), labels, total
    )
    hidden = [row for row in rows if row.number is None]
    assert all(row.number is None or row.number >= overview.SMALL for row in rows)
    if not hidden:
        return
    left = total - sum(row.number or 0 for row in rows)
    fits = [
        each for each in itertools.product(range(left + 1), repeat=len(hidden))
        if sum(each) == left
    ]  # fmt: skip
    for place in range(len(hidden)):
        assert len({each[place] for each in fits}) > 1 or total < overview.SMALL


def test_each_year_is_in_one_block_only(world, early):
    years = [
        statistics.Year(
            datetime.date(2000 + n, 4, 1), datetime.date(2001 + n, 3, 31), None,
            statistics.Figures(applied, 0, 0, 0), over=n < 6,
        )
        for n, applied in enumerate([8, 7, 6, 25, 3, 2, 40])
    ]  # fmt: skip
    blocks, gathering = overview._blocks(world.partnership, years)
    assert [(block.label, block.total) for block in blocks] == [
        ("2003-04", 25),
        ("2000-01 to 2002-03", 21),
    ]
    assert gathering == 5


def test_an_officer_sees_the_cases_that_they_sit_on_whole_and_nobody_else_does(page, world, case):
    assert "Of the cases that you sit on" in body(page(world.officer))
    assert "Of the cases that you sit on" not in body(page(world.scrutiny))
    assert "Of the cases that you sit on" not in body(page(world.chair))


# ---- equality -----------------------------------------------------------------------------------


def answer(world, day, **answers):
    with at(day):
        equality.keep(world.partnership, answers=answers)


def test_equality_answers_are_shown_by_year_and_small_numbers_are_hidden(page, world, early):
    for number in range(14):
        answer(world, APRIL, sex="female" if number < 8 else "male" if number < 12 else "not_say",
               disability="yes")  # fmt: skip
    answer(world, datetime.date(2024, 6, 1), sex="male")
    with at(LATER):
        shown = body(page(world.officer, "equality_answers"))
        lines = body(page(world.officer, "equality_answers", format="csv")).splitlines()
    assert "2025-26: 14 people answered" in shown
    assert "Fewer than 5 people answered" in shown
    assert "2025-26,What is your sex?,Female,8" in lines
    assert "2025-26,What is your sex?,Male,hidden" in lines
    assert "2025-26,What is your sex?,I would rather not say,hidden" in lines
    assert not any(line.startswith("2024-25") for line in lines)


def test_equality_answers_of_the_year_that_runs_are_not_shown(page, world, early):
    for _ in range(9):
        equality.keep(world.partnership, answers={"sex": "female"})
    assert EqualityAnswers.objects.count() == 9
    assert "no answers of a year that is over" in body(page(world.officer, "equality_answers"))
    assert page(world.chair, "equality_answers").status_code == 403


# ---- publishing on its page ---------------------------------------------------------------------


@pytest.fixture
def posted(client, world):
    def send(name, **changes):
        client.force_login(world.officer)
        url = reverse("triggers:figures_year", args=["dartford", name])
        numbers = {"applications": 1, "threshold_not_met": 0, "reviews": 0,
                   "reviews_with_recommendations": 0, "checked": "on"}  # fmt: skip
        return client.post(url, numbers | changes, follow=True)

    return send


def test_an_officer_checks_and_publishes_a_year(page, posted, world, early, client):
    a_case(world, APRIL)
    with at(LATER):
        check = body(page(world.officer, "figures_year", "2025-26"))
        assert "The cases give" in check
        unchecked = posted("2025-26", checked="")
        assert "Say that you have checked" in body(unchecked)
        wrong = posted("2025-26", applications=2)
        assert "Enter why these are not the numbers" in body(wrong)
        done = body(posted("2025-26"))
        client.logout()
        public = body(page_of(client))
    assert "2025-26" in done
    assert "2025-26" in public
    assert PublishedYear.objects.get().applications == 1


def page_of(client, name="public"):
    return client.get(reverse(f"triggers:{name}", args=["dartford"]))


def test_a_year_that_runs_or_that_nobody_knows(page, world, early):
    with at(LATER):
        assert "is not over" in body(page(world.officer, "figures_year", "2026-27"))
        assert page(world.officer, "figures_year", "1999-00").status_code == 404
        assert page(world.chair, "figures_year", "2025-26").status_code == 403


def test_the_public_page_says_what_was_not_published_what_differs_and_what_was_corrected(
    client,
    world,
    early,
):
    with open("triggers/facts/dartford_published.csv", "rb") as file:
        workflow.import_published(world.partnership, file, by=world.officer)
    a_case(world, APRIL)
    with at(LATER):
        workflow.publish_year(
            world.partnership, starts_on=APRIL, figures=statistics.Figures(3, 0, 0, 0),
            differs_because="Two were kept on paper.", by=world.officer,
        )  # fmt: skip
        workflow.publish_year(
            world.partnership, starts_on=APRIL, figures=statistics.Figures(4, 0, 0, 0),
            differs_because="Three were kept on paper.",
            corrected_because="One more was found.", by=world.officer,
        )  # fmt: skip
        shown = body(page_of(client))
        table = body(page_of(client, "public_csv"))
    assert "dartford.gov.uk" in shown
    assert shown.count("not published") >= 9
    assert "published 4, the cases give 1. Three were kept on paper." in shown
    assert "2025-26 was corrected on 6 May 2026" in shown
    assert "applications 3" in shown
    assert "2017-18,2,,1,0" in table
    assert "2014-15,0,,," in table


def test_the_public_page_of_a_partnership_that_has_not_begun(client, world):
    shown = body(page_of(client))
    assert "No figures have been published yet" in shown
    assert page_of(client, "public_csv").status_code == 200


def test_search_and_feed_list_the_newest_figures(world, early):
    assert list(registries.public.gather(world.partnership, "")) == []
    a_case(world, APRIL)
    with at(LATER):
        workflow.publish_year(world.partnership, starts_on=APRIL, by=world.officer)
    (found,) = registries.public.gather(world.partnership, "")
    assert "2025-26" in found.title
    assert len(list(registries.public.gather(world.partnership, "community trigger"))) == 2
    assert list(registries.public.gather(world.partnership, "swimming")) == []
    assert list(registries.public.gather(world.gravesham, "trigger")) == []


def test_a_year_left_unpublished_for_twelve_months_is_owed(world, early):
    owed = [each for each in duties.gather(world.partnership, datetime.date(2026, 6, 1))
            if "case reviews of" in each.what]  # fmt: skip
    assert [each.what for each in owed] == ["Publish the figures of case reviews of 2024-25"]
    assert owed[0].state == "overdue"


def test_an_import_page_that_is_refused_says_the_line(client, world, procedure):
    client.force_login(world.officer)
    url = reverse("triggers:figures_import", args=["dartford"])
    from django.core.files.uploadedfile import SimpleUploadedFile

    bad = SimpleUploadedFile("old.csv", b"period_start,period_end,applications\n2012,2013,1\n")
    assert "Line 2: give dates like" in body(client.post(url, {"file": bad}))
    with open("triggers/facts/dartford_published.csv", "rb") as file:
        done = client.post(url, {"file": file}, follow=True)
    assert "9 years taken over" in body(done)


def test_it_asks_no_more_of_the_database_because_there_are_more_cases(
    page,
    world,
    case,
    another,
):
    def queries(person):
        page(person)
        with CaptureQueriesContext(connection) as captured:
            assert page(person).status_code == 200
        return len(captured)

    few = queries(world.scrutiny)
    for number in range(3):
        Recommendation.objects.create(
            application=another, number=number + 1, text="Visit at night", agency=world.police,
            sent_on=clock.today(),
        )  # fmt: skip
    a_case(world, clock.today())
    assert queries(world.scrutiny) - few <= 1  # whether the body has ended since, once


def test_a_published_year_proves_that_the_duty_was_done(world, early):
    a_case(world, APRIL)
    with at(LATER):
        ticking.tick(clock.now(), Kept(), durable=False)
        turn = Turn.objects.filter(
            cycle__partnership=world.partnership, cycle__key="case-review-figures"
        ).earliest("first_due_on")
        assert turn.done_on is None
        workflow.publish_year(world.partnership, starts_on=APRIL, by=world.officer)
        ticking.tick(clock.now(), Kept(), durable=False)
    turn.refresh_from_db()
    assert (turn.first_due_on, turn.done_on) == (datetime.date(2026, 6, 30), LATER)
    assert turn.evidence.endswith("/public/case-reviews/")
