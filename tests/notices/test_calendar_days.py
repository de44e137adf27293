"""Working days as a table, and the days that officers enter besides the list."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.db.models import F, IntegerField, Value

from core import working_days
from core.permissions import Refused
from membership.models import Partnership
from notices.models import CalendarDay, ProclaimedDay
from notices.queries.working import days_after, days_before
from notices.workflow import calendar_days
from tests.meetings.held import at

DATE = datetime.date
NOVEMBER = DATE(2026, 11, 23)
CORONATION = {"day": DATE(2027, 6, 14), "name": "Coronation"}
LOOK_UP = """
SELECT origin.day, target.day FROM notices_calendarday origin
JOIN notices_calendarday target ON target.working AND target.number = origin.number + %(days)s
  + CASE WHEN NOT origin.working AND %(days)s <= 0 THEN 1 ELSE 0 END
WHERE origin.day BETWEEN '2024-01-01' AND '2030-12-31'
"""


@pytest.fixture
def filled(world):
    with at(NOVEMBER):
        calendar_days.refresh()
        yield world


@pytest.mark.parametrize("days", [-20, -5, -1, 0, 1, 10])
def test_the_look_up_in_the_table_is_what_python_counts(filled, days):
    with connection.cursor() as cursor:
        cursor.execute(LOOK_UP, {"days": days})
        found = cursor.fetchall()

    assert len(found) == 2557
    wrong = [each for each in found if working_days.add_working_days(each[0], days) != each[1]]
    assert wrong == []


def test_expressions_count_as_python_does(filled):
    first = DATE(2026, 5, 1)
    Partnership.objects.filter(slug="dartford").update(agenda_days=7)
    days = CalendarDay.objects.filter(day__range=(first, DATE(2026, 6, 30)))
    days = days.annotate(
        length=Value(7, output_field=IntegerField()), before=days_before("day", "length"),
        after=days_after("day", 3),
    )  # fmt: skip
    for day, before, after in days.values_list(F("day"), "before", "after"):
        assert before == working_days.add_working_days(day, -7)
        assert after == working_days.add_working_days(day, 3)


def test_a_table_in_order_is_left_alone_and_one_in_disorder_mended(filled):
    assert calendar_days.refresh() is False

    CalendarDay.objects.filter(day=DATE(2027, 3, 1)).delete()
    CalendarDay.objects.filter(day=DATE(2027, 3, 2)).update(working=False)

    assert calendar_days.refresh() is True
    assert calendar_days.refresh() is False


def test_a_newer_list_is_taken_over_by_the_next_tick(filled, monkeypatch):
    listed = dict(working_days.listed_and_expected()) | {DATE(2026, 7, 6): "A new holiday"}
    monkeypatch.setattr(working_days, "listed_and_expected", lambda: listed)

    assert calendar_days.refresh() is True
    assert CalendarDay.objects.get(day=DATE(2026, 7, 6)).working is False


def test_a_proclaimed_day_counts_at_once_and_not_once_it_is_removed(filled):
    entered = calendar_days.proclaim(filled.partnership, **CORONATION, by=filled.officer)

    assert not working_days.is_working_day(DATE(2027, 6, 14))
    assert CalendarDay.objects.get(day=DATE(2027, 6, 14)).working is False

    calendar_days.withdraw(entered, partnership=filled.partnership, by=filled.administrator)

    assert working_days.is_working_day(DATE(2027, 6, 14))
    assert CalendarDay.objects.get(day=DATE(2027, 6, 14)).working is True


def test_a_bank_holiday_may_be_taken_back(filled):
    moved = DATE(2027, 5, 31)
    calendar_days.proclaim(
        filled.partnership, day=moved, name="Moved to June", holiday=False, by=filled.officer
    )

    assert working_days.is_working_day(moved)


@pytest.mark.parametrize(
    ("day", "holiday", "says"),
    [
        (DATE(2026, 12, 25), True, "is a bank holiday already: Christmas Day"),
        (DATE(2026, 11, 28), True, "is a Saturday"),
        (DATE(2026, 11, 24), False, "is no bank holiday"),
        (DATE(1999, 12, 31), True, "Enter a day from 1 January 2019"),
        (DATE(2099, 12, 31), True, "Enter a day from"),
    ],
)
def test_a_day_that_would_change_nothing_is_refused_at_the_field(filled, day, holiday, says):
    with pytest.raises(ValidationError) as refused:
        calendar_days.proclaim(
            filled.partnership, day=day, name="Day", holiday=holiday, by=filled.officer
        )

    assert says in refused.value.message_dict["day"][0]


def test_a_day_is_entered_once(filled):
    calendar_days.proclaim(filled.partnership, **CORONATION, by=filled.officer)
    with pytest.raises(ValidationError, match="entered already"):
        calendar_days.proclaim(filled.partnership, **CORONATION, by=filled.officer)


@pytest.mark.parametrize("who", ["chair", "kent", "scrutiny", "stranger", "guest"])
def test_only_officers_and_administrators_enter_days(filled, who):
    with pytest.raises(Refused):
        calendar_days.proclaim(filled.partnership, **CORONATION, by=getattr(filled, who))


def test_officers_enter_and_remove_days_on_the_page(filled, sign_in):
    client, address = sign_in(filled.officer), "/dartford/calendar/working-days/"
    wrong = {"day_day": 25, "day_month": 12, "day_year": 2026, "name": "X", "holiday": "yes"}
    refused = client.post(address, wrong)
    right = wrong | {"day_day": 14, "day_month": 6, "day_year": 2027, "name": "Coronation"}
    client.post(address, right)

    assert "is a bank holiday already" in refused.content.decode()
    assert "Coronation: a bank holiday" in client.get(address).content.decode()

    entered = ProclaimedDay.objects.get()
    client.post(f"{address}{entered.pk}/remove/")
    again = client.post(f"{address}{entered.pk}/remove/", follow=True)

    assert "removed already" in again.content.decode()
    assert not ProclaimedDay.objects.exists()


def test_a_page_asks_for_proclaimed_days_with_the_seats(
    filled, sign_in, django_assert_max_num_queries
):
    calendar_days.proclaim(filled.partnership, **CORONATION, by=filled.officer)
    client = sign_in(filled.officer)
    with django_assert_max_num_queries(12) as asked:
        client.get("/dartford/calendar/")
    proclaimed = [each["sql"] for each in asked if 'FROM "notices_proclaimedday"' in each["sql"]]

    assert [each for each in proclaimed if "membership_seat" not in each] == []
