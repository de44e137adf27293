"""Five simulated years, day by day: what was sent to whom is what the law and the terms of
reference, read by hand, say; nothing is missing, nothing comes twice, and nobody is nagged.

One year as a rule, and its working days only, on which alone anything falls due; every day of all
five where ``CSP_TEST_ALL`` is set.
"""

import csv
import datetime
import os
import re
from collections import Counter
from pathlib import Path

import pytest
import time_machine

from core import clock
from notices.models import Delivery, Notice
from notices.workflow import ledger, ticking
from tests.notices.oracle import DAY, workday, works
from tests.notices.years import FIRST, LAST, Years, meetings_of

ALL = bool(os.environ.get("CSP_TEST_ALL"))
UNTIL = LAST if ALL else datetime.date(2024, 4, 30)
TABLE = Path(__file__).parent / "five_years.csv"
MEETINGS = [day for year in range(2023, 2029) for day in meetings_of(year)]
DUE = re.compile(r"(?P<what>.*?)(?: (?P<sign>[+-]) (?P<days>\d+))?")
MOST_IN_A_WEEK = 3


def expected():
    """The table's rows as (day, kind, who)."""
    with TABLE.open(encoding="utf-8") as file:
        rows = csv.DictReader(line for line in file if not line.startswith("#"))
        told = [
            (workday(due, int(rung)), row["kind"], row["who"])
            for row in rows
            for due in dues(row["due"])
            for rung in row["rungs"].split()
        ]
    return sorted(each for each in told if FIRST <= each[0] <= UNTIL)


def dues(words):
    """The dates that the table's words mean."""
    found = DUE.fullmatch(words)
    days = int(found["days"] or 0) * (-1 if found["sign"] == "-" else 1)
    if found["what"] == "meeting":
        dates = MEETINGS
    elif found["what"] == "first meeting":
        dates = MEETINGS[::4]
    elif found["what"][0:1].isdigit() and "-" not in found["what"]:
        dates = [on_day(found["what"], year) for year in range(2023, 2029)]
    else:
        dates = [datetime.date.fromisoformat(found["what"].removeprefix("meeting of "))]
    # A duty of before the first day is nobody's here.
    return [workday(date, days) if days else date for date in dates if date >= FIRST]


def on_day(words, year):
    return datetime.datetime.strptime(f"{words} {year}", "%d %B %Y").date()  # noqa: DTZ007


@pytest.fixture
def told(db, monkeypatch):
    """Every notice and every delivery of the simulated years, as (day, kind, who)."""
    monkeypatch.setattr(ticking.sending, "send", lambda *args, **more: 0)  # no mail server here
    years, day = None, FIRST
    while day <= UNTIL:
        moment = clock.london(day, datetime.time(8, 5))
        with time_machine.travel(moment, tick=False):
            years = years or Years()
            if ALL or works(day):
                ticking.tick(moment)
        with time_machine.travel(moment + datetime.timedelta(hours=8), tick=False):
            years.happens(day)
        day += DAY
    return years


def notices():
    found = Notice.objects.select_related("recipient").order_by("created_at")
    return sorted(
        (each.created_at.astimezone(clock.LONDON).date(), each.kind, each.recipient.name.lower())
        for each in found
    )


def differences(wanted, found):
    """What is missing and what is too much, in words."""
    wanted, found = Counter(wanted), Counter(found)
    news = [("missing", each) for each in (wanted - found).elements()]
    news += [("too much", each) for each in (found - wanted).elements()]
    return [f"{what}: {day} {kind} to {who}" for what, (day, kind, who) in sorted(news)]


def test_what_was_sent_is_what_the_law_and_the_terms_of_reference_say(told, capsys):
    assert differences(expected(), notices()) == []

    # Each by email too, on a working day from eight in the morning, and none twice.
    assert Delivery.objects.count() == Notice.objects.count()
    weeks = Counter()
    for each in Delivery.objects.select_related("notice__recipient"):
        day = each.send_after.astimezone(clock.LONDON)
        assert workday(day.date(), 0) == day.date()
        weeks[each.notice.recipient.name, *day.isocalendar()[:2]] += 1
    with capsys.disabled():
        say(weeks, (UNTIL - FIRST).days / 7)
    assert max(weeks.values()) <= MOST_IN_A_WEEK

    # The ledger is whole: asked again for the last day, it has nothing to add.
    with time_machine.travel(clock.london(UNTIL, datetime.time(20)), tick=False):
        assert ledger.materialise(clock.now()) == 0


def say(weeks, number):
    people = sorted({name for name, *_ in weeks})
    print("\nemails per person per week (mean, most):", end="")
    for name in people:
        theirs = [count for (who, *_), count in weeks.items() if who == name]
        print(f" {name} {sum(theirs) / number:.2f}, {max(theirs)};", end="")
    print()
