"""Every one-month and six-month date against an oracle that counts on its own, over years.

The oracle knows the length of each month by heart and never asks the calendar of the program.
"""

import datetime
import random

import pytest
import time_machine

from core import clock
from core.dates import months_after
from dhr.models import Delay, Outcome, Rule, Step
from dhr.workflow import deciding, milestones, rules
from tests.dhr.conftest import DAY, decide, died, take_notification

DAYS_OF = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]


def length(year, month):
    leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    return 29 if month == 2 and leap else DAYS_OF[month - 1]


def oracle(day, months):
    """Month after month, one at a time; then as far into the last one as the first day was."""
    year, month = day.year, day.month
    for _ in range(months):
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
    return datetime.date(year, month, min(day.day, length(year, month)))


def test_every_day_of_sixteen_years_agrees_with_the_oracle():
    day = datetime.date(2020, 1, 1)
    while day < datetime.date(2036, 1, 1):
        for months in (1, 6):
            assert months_after(day, months) == oracle(day, months), (day, months)
        day += DAY


@pytest.mark.parametrize(
    ("day", "months", "due"),
    [
        ("2026-01-29", 1, "2026-02-28"), ("2026-01-30", 1, "2026-02-28"),
        ("2026-01-31", 1, "2026-02-28"), ("2028-01-29", 1, "2028-02-29"),
        ("2028-01-31", 1, "2028-02-29"), ("2026-12-31", 1, "2027-01-31"),
        ("2026-08-31", 6, "2027-02-28"), ("2027-08-31", 6, "2028-02-29"),
        ("2026-02-28", 6, "2026-08-28"), ("2026-10-31", 6, "2027-04-30"),
    ],
)  # fmt: skip
def test_the_ends_of_months(day, months, due):
    read = datetime.date.fromisoformat

    assert months_after(read(day), months) == read(due)


def at(day):
    """Noon in London's winter or summer, whichever: the day is what counts."""
    return datetime.datetime.combine(day, datetime.time(12), tzinfo=datetime.UTC)


def test_the_dates_of_reviews_over_simulated_years_agree_with_the_oracle(arrangement, world):
    """Forty reviews, notified and decided on days by chance and on the last days of January.

    Some decisions are reversed, some reports are put off: the first date stands in each.
    """
    chance = random.Random(20260123)
    today = clock.today()
    days = [today + chance.randrange(1, 1500) * DAY for _ in range(34)]
    days += [datetime.date(year, 1, each) for year in (2027, 2028) for each in (29, 30, 31)]
    for number, notified in enumerate(sorted(days)):
        decided = notified + chance.randrange(0, 45) * DAY
        with clock.told_at(at(decided)):
            review = take_notification(
                world, pseudonym=f"Review {number}", days=(decided - notified).days,
                deaths=[died(f"Person {number}", died_on=None)],
            )  # fmt: skip
            step = review.milestones.get(step=Step.DECIDE)
            assert step.first_due_on == oracle(notified, 1)
            assert step.late(decided) == (decided > oracle(notified, 1))
            first = Outcome.NO_REVIEW if number % 5 == 0 else Outcome.REVIEW
            decide(review, world, first, on=decided)
            step.refresh_from_db()
            assert step.done_on == decided
        if first == Outcome.NO_REVIEW:
            assert not review.milestones.filter(step=Step.REPORT).exists()
            decided += chance.randrange(1, 200) * DAY
            with clock.told_at(at(decided)):
                decide(review, world, on=decided, because="New evidence")
        report = review.milestones.get(step=Step.REPORT)
        assert report.starts_on == decided
        assert report.first_due_on == report.due_on == oracle(decided, 6)
        if number % 3 == 0:
            put_off(report, chance, world, decided)


def put_off(report, chance, world, decided):
    """Once or twice, each later than before; the first date never moves."""
    first, said = report.first_due_on, []
    for _ in range(chance.randrange(1, 3)):
        later = max(report.due_on, first) + chance.randrange(1, 120) * DAY
        with clock.told_at(at(decided + 30 * DAY)):
            milestones.put_off(report, due_on=later, reason="The trial", by=world.officer)
        said.append(later)
        report.refresh_from_db()
        assert (report.first_due_on, report.due_on) == (first, later)
        assert report.late(first + DAY)
        assert not report.late(first)
    with clock.told_at(at(decided + 31 * DAY)):
        deciding.tell(
            report.review, whom="home_office", about="delay", on=decided + 31 * DAY,
            by=world.officer,
        )  # fmt: skip
    delays = Delay.objects.filter(milestone=report).order_by("id")
    assert [each.due_on for each in delays] == said
    assert all(each.home_office_told_on == decided + 31 * DAY for each in delays)


# ---- the law ------------------------------------------------------------------------------------


def test_the_law_that_ships_has_its_versions_and_one_that_waits(db):
    assert rules.load() == 3
    assert rules.load() == 0

    now = rules.rule_on(datetime.date(2026, 11, 23))
    assert (now.called, now.decide_within, now.report_within) == ("dhr", 1, 6)
    assert now.copy_to_commissioner
    assert not now.copy_to_secretary
    assert not rules.rule_on(datetime.date(2015, 1, 1)).copy_to_commissioner
    assert Rule.objects.get(starts_on=None).copy_to_secretary


def test_the_name_changes_on_the_day_that_the_law_gets(arrangement):
    day = clock.today() + 10 * DAY
    assert arrangement.name_on(day) == "Domestic homicide review"
    Rule.objects.filter(starts_on__lt=day, ends_on=None).update(ends_on=day)
    Rule.objects.filter(called="dardr").update(starts_on=day)

    assert arrangement.name_on(day - DAY) == "Domestic homicide review"
    assert arrangement.name_on(day) == "Domestic abuse related death review"


@time_machine.travel(datetime.datetime(2028, 1, 31, 9, tzinfo=datetime.UTC), tick=False)
def test_a_month_from_the_last_of_january_in_a_leap_year(arrangement, world):
    review = take_notification(world, days=0)

    due = review.milestones.get(step=Step.DECIDE).first_due_on
    assert due == datetime.date(2028, 2, 29)
