"""The four statutory figures: counted, published, corrected, and what was never published."""

import csv
import datetime
import io
import random
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from audit.models import Entry
from core import clock
from core.permissions import Refused
from core.workflow import Wrong
from tests.triggers.conftest import add_report, body_of, fill_in
from triggers.models import (
    Application,
    Channel,
    Procedure,
    PublishedYear,
    Recommendation,
    Review,
    Stage,
)
from triggers.queries import statistics as queries
from triggers.queries.statistics import Figures
from triggers.workflow import applying, statistics, threshold

FACTS = Path("triggers/facts/dartford_published.csv")
DARTFORD = """year,applications,threshold_not_met,reviews,reviews_with_recommendations
2014-15,0,,,
2015-16,0,,,
2016-17,0,,,
2017-18,2,,1,0
2018-19,0,,,
2019-20,5,,2,0
2020-21,7,,4,3
2021-22,6,,2,1
2022-23,3,,0,0
"""
APRIL = datetime.date(2025, 4, 1)
MARCH = datetime.date(2026, 3, 31)


def at(day):
    return clock.told_at(clock.london(day, datetime.time(10)))


def output(*words):
    out = io.StringIO()
    call_command("case_review_statistics", *words, stdout=out)
    return out.getvalue()


@pytest.fixture
def history(world, procedure):
    """What Dartford has published."""
    with FACTS.open("rb") as file:
        statistics.import_published(world.partnership, file, by=world.officer)
    return {str(each.starts_on.year): each for each in PublishedYear.objects.all()}


# ---- earlier years ------------------------------------------------------------------------------


def test_dartfords_three_figures_are_reproduced_and_what_it_left_out_is_empty(history):
    assert output("dartford", "--format", "csv") == DARTFORD


def test_the_shipped_file_says_what_the_source_says():
    with FACTS.open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert [row["threshold_not_met"] for row in rows] == [""] * 9
    assert {row["source"].split("/")[2] for row in rows} == {"dartford.gov.uk"}
    assert rows[0]["period_start"] == "2014-10-20"


def test_taken_over_twice_nothing_is_new(history, world):
    assert "0 years taken over" in output("dartford", "--import", str(FACTS))
    assert PublishedYear.objects.count() == 9


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("2017-04-01,2018-03-31,3,,1,0,", "Correct it on its own page"),
        ("2013-04-01,2014-13-31,3,,1,0,", "give dates like"),
        ("2013-04-01,2014-03-31,many,,1,0,", "whole numbers"),
        ("2013-04-01,2014-03-31,-1,,1,0,", "from 0 to"),
        ("2013-04-01,2014-03-31,3,,1,2,", "more reviews with recommendations"),
        ("2014-03-31,2013-04-01,3,,1,0,", "end after it begins"),
        ("2098-04-01,2099-03-31,3,,1,0,", "must be over"),
        ("2017-10-01,2018-09-30,3,,1,0,", "published already"),
    ],
)
def test_a_wrong_line_is_named_and_changes_nothing(history, world, line, says):
    head = FACTS.read_text().splitlines()[0]
    good = "2012-04-01,2013-03-31,1,,0,0,"
    with pytest.raises(ValidationError) as refused:
        statistics.import_published(
            world.partnership, f"{head}\n{good}\n{line}\n", by=world.officer
        )
    assert says in refused.value.message_dict["file"][0]
    assert "Line 3" in refused.value.message_dict["file"][0]
    assert PublishedYear.objects.count() == 9


@pytest.mark.parametrize("text", ["", "year,applications\n", "\x00", "period_start"])
def test_a_file_that_is_no_table_of_years_is_refused(world, procedure, text):
    with pytest.raises(ValidationError):
        statistics.import_published(world.partnership, text, by=world.officer)


def test_a_partnership_that_is_not_there(world):
    with pytest.raises(CommandError):
        output("nowhere")


# ---- counted ------------------------------------------------------------------------------------


@given(st.dates(datetime.date(1990, 1, 1), datetime.date(2090, 1, 1)), st.integers(1, 12))
def test_every_day_is_in_one_year(day, starts_in):
    first, last = queries.year_of(day, starts_in)
    assert first <= day <= last
    assert (first.day, first.month) == (1, starts_in)
    assert queries.year_of(last + queries.DAY, starts_in)[0] == last + queries.DAY


def a_case(world, day, *, reports=0):
    with at(day):
        draft = applying.begin(world.partnership, channel=Channel.ONLINE)
        fill_in(draft, world, reports=0)
        add_report(draft, body_of(world.police), happened=200, reported=1)
        for number in range(reports):
            add_report(draft, body_of(world.police), happened=10 + number, reported=9 + number)
        return applying.submit(draft)


def decide(case, world, day, *, review, met=False, why=""):
    with at(day):
        threshold.work_out(case, by=world.officer)
        threshold.decide(
            case, met=met, review=review, reason="So", persistence="Some", harm="Some",
            response="Some", reversed_because=why, by=world.officer,
        )  # fmt: skip


def hold(case, world, day, *, advice=0):
    """The panel sat on that day and has finished."""
    Review.objects.update_or_create(
        application=case,
        defaults={
            "held_on": day, "finished_at": clock.london(day, datetime.time(12)),
            "finished_by": world.officer,
        },
    )  # fmt: skip
    for number in range(advice):
        Recommendation.objects.create(
            application=case, number=number + 1, text="Do more", agency=world.council
        )


def test_each_thing_is_counted_in_the_year_in_which_it_happened(world, early):
    case = a_case(world, MARCH)
    decide(case, world, datetime.date(2026, 4, 20), review=True)
    hold(case, world, datetime.date(2027, 4, 2), advice=1)

    of = {
        year: queries.figures(world.partnership, *queries.year_of(datetime.date(year, 6, 1)))
        for year in (2024, 2025, 2026, 2027)
    }
    assert of[2024] == Figures(0, 0, 0, 0)
    assert of[2025] == Figures(1, 0, 0, 0)
    assert of[2026] == Figures(0, 1, 0, 0)
    assert of[2027] == Figures(0, 0, 1, 1)


def test_both_first_and_last_day_belong_to_the_year(world, early):
    a_case(world, APRIL)
    a_case(world, MARCH)
    assert queries.figures(world.partnership, APRIL, MARCH).applications == 2


def test_a_review_below_the_threshold_is_both_a_review_and_not_met(world, early):
    case = a_case(world, APRIL)
    decide(case, world, APRIL, review=True)
    hold(case, world, datetime.date(2025, 5, 1))
    assert queries.figures(world.partnership, APRIL, MARCH) == Figures(1, 1, 1, 0)


def test_drafts_are_no_applications_and_withdrawn_ones_were(world, early):
    with at(APRIL):
        fill_in(applying.begin(world.partnership, channel=Channel.ONLINE), world)
    case = a_case(world, APRIL)
    applying.withdraw(case, reason="", by=world.officer)
    assert queries.figures(world.partnership, APRIL, MARCH) == Figures(1, 0, 0, 0)


def test_of_a_decision_that_was_changed_the_last_one_counts(world, early):
    case = a_case(world, APRIL)
    decide(case, world, datetime.date(2025, 5, 1), review=False)
    assert queries.figures(world.partnership, APRIL, MARCH).threshold_not_met == 1
    decide(case, world, datetime.date(2025, 6, 3), met=True, review=True, why="Appeal upheld")
    assert queries.figures(world.partnership, APRIL, MARCH).threshold_not_met == 0


def test_other_partnerships_are_not_counted(world, early):
    a_case(world, APRIL)
    assert queries.figures(world.gravesham, APRIL, MARCH) == Figures(0, 0, 0, 0)


def test_a_year_may_begin_in_another_month(world, early):
    a_case(world, APRIL)
    Procedure.objects.update(year_starts_in=10)
    with at(datetime.date(2025, 12, 1)):
        found = {each.label: each.counted.applications for each in queries.years(world.partnership)}
    assert found == {"2023-24": 0, "2024-25": 1, "2025-26": 0}


# The tally below is kept in plain Python as things are done, and again by SQL that knows nothing
# of the queries that are tested.
SQL = """
SELECT (SELECT count(*) FROM triggers_application
         WHERE stage <> 'draft' AND received_on BETWEEN %(a)s AND %(b)s),
       (SELECT count(*) FROM triggers_thresholddecision d WHERE NOT met
           AND decided_on BETWEEN %(a)s AND %(b)s
           AND number = (SELECT max(number) FROM triggers_thresholddecision e
                          WHERE e.application_id = d.application_id)),
       (SELECT count(*) FROM triggers_review WHERE held_on BETWEEN %(a)s AND %(b)s),
       (SELECT count(DISTINCT r.application_id) FROM triggers_review r
          JOIN triggers_recommendation c ON c.application_id = r.application_id
         WHERE r.held_on BETWEEN %(a)s AND %(b)s AND r.finished_at IS NOT NULL)
"""


def test_a_simulated_year_of_sixty_cases_gives_figures_equal_to_an_independent_count(world, early):
    dice = random.Random(60)
    tally = {2024: [0, 0, 0, 0], 2025: [0, 0, 0, 0], 2026: [0, 0, 0, 0], 2027: [0, 0, 0, 0]}

    def count(day, column):
        tally[day.year if day.month >= 4 else day.year - 1][column] += 1

    for _ in range(60):
        received = APRIL + dice.randrange(365) * queries.DAY
        case = a_case(world, received)
        count(received, 0)
        if dice.random() < 0.1:
            applying.withdraw(case, reason="", by=world.officer)
            continue
        decided = received + dice.randrange(5, 60) * queries.DAY
        review = dice.random() < 0.6
        decide(case, world, decided, review=review)
        last_said = decided
        met = False
        if not review and dice.random() < 0.3:
            last_said = decided + dice.randrange(5, 200) * queries.DAY
            met = dice.random() < 0.7
            decide(case, world, last_said, met=met, review=True, why="Appeal upheld")
            review = True
        if not met:
            count(last_said, 1)
        if review and dice.random() < 0.9:
            held = last_said + dice.randrange(5, 60) * queries.DAY
            advice = dice.randrange(3)
            hold(case, world, held, advice=advice)
            count(held, 2)
            if advice:
                count(held, 3)

    assert sum(row[0] for row in tally.values()) == 60
    for year, expected in tally.items():
        span = queries.year_of(datetime.date(year, 4, 1))
        found = [value for _, value in queries.figures(world.partnership, *span).items()]
        with connection.cursor() as cursor:
            cursor.execute(SQL, {"a": span[0], "b": span[1]})
            assert list(cursor.fetchone()) == found
        assert found == expected, year
    assert all(tally[2025])


# ---- published ----------------------------------------------------------------------------------


@pytest.fixture
def over(world, early):
    """A year that is over, with one application in it; today is in the next one."""
    a_case(world, APRIL)
    with at(datetime.date(2026, 5, 6)):
        yield


def test_a_year_is_published_with_what_its_cases_give(world, over):
    row = statistics.publish_year(world.partnership, starts_on=APRIL, by=world.officer)

    assert queries.as_published(row) == Figures(1, 0, 0, 0)
    assert row.ends_on == MARCH
    assert "2025-26,1,0,0,0" in output("dartford", "--format", "csv")
    assert Entry.objects.filter(verb="published the figures of", subject="2025/26").exists()
    assert [each.label for each in queries.unpublished(world.partnership, clock.today())] == [
        "2024-25"
    ]


def test_a_year_that_runs_is_not_published(world, over):
    with pytest.raises(Wrong, match="not over"):
        statistics.publish_year(
            world.partnership, starts_on=datetime.date(2026, 4, 1), by=world.officer
        )


def test_only_officers_publish(world, over):
    for person in (world.chair, world.scrutiny, world.administrator):
        with pytest.raises(Refused):
            statistics.publish_year(world.partnership, starts_on=APRIL, by=person)


def test_other_numbers_than_the_cases_need_a_reason(world, over):
    others = Figures(3, None, 1, 0)
    with pytest.raises(ValidationError) as refused:
        statistics.publish_year(
            world.partnership, starts_on=APRIL, figures=others, by=world.officer
        )
    assert "differs_because" in refused.value.message_dict

    statistics.publish_year(
        world.partnership, starts_on=APRIL, figures=others,
        differs_because="Two were kept on paper", by=world.officer,
    )  # fmt: skip
    year = queries.year_called(world.partnership, "2025-26")
    assert [(each.name, each.published, each.counted) for each in year.differences] == [
        ("applications", 3, 1),
        ("reviews", 1, 0),
    ]
    assert year.missing == ["Threshold not met"]


def test_a_published_year_is_corrected_by_publishing_again_with_a_reason(world, over):
    statistics.publish_year(world.partnership, starts_on=APRIL, by=world.officer)
    a_case(world, datetime.date(2025, 7, 1))
    with pytest.raises(ValidationError) as refused:
        statistics.publish_year(world.partnership, starts_on=APRIL, by=world.officer)
    assert "corrected_because" in refused.value.message_dict

    row = statistics.publish_year(
        world.partnership, starts_on=APRIL, corrected_because="One came by post",
        by=world.officer,
    )  # fmt: skip
    assert row.applications == 2
    before = queries.earlier(row)
    assert [(each.figures.applications, each.corrected_because) for each in before] == [
        (1, "One came by post")
    ]
    with pytest.raises(Wrong, match="Nothing has changed"):
        statistics.publish_year(
            world.partnership, starts_on=APRIL, corrected_because="Again", by=world.officer
        )


def test_years_before_cases_are_kept_here_are_not_compared(history, world):
    assert all(each.counted is None for each in queries.years(world.partnership) if each.published)


def test_a_case_that_is_closed_and_removed_leaves_the_figures(world, over):
    Application.objects.update(stage=Stage.CLOSED, closed_on=APRIL, erased_on=APRIL)
    assert queries.figures(world.partnership, APRIL, MARCH).applications == 1
