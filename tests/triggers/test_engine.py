"""The threshold engine against a table of cases, and what must hold of every case there is.

``threshold_cases.csv``: the days and the thought of the first 98 were chosen and written by hand
(the column ``why``), and each outcome was read against its thought; the rest stand around every
month's end. Last days come from ``walking.py``, which walks day by day and knows no arithmetic of
months; the sentences were put together by a program of their own. The engine was not asked.
"""

import csv
import datetime
from pathlib import Path
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.triggers import walking
from triggers import engine
from triggers.models import AdditionKind, Basis

TABLE = Path(__file__).parent / "threshold_cases.csv"
KNOWN = {"yes": True, "no": False, "unknown": None}


def law(name="2014", report=1, apply=6, most=3):
    return SimpleNamespace(
        name=name, report_within=report, apply_within=apply, complaints_at_most=most,
        starts_on=datetime.date(2014, 10, 20),
    )  # fmt: skip


LAWS = {"2014": law(), "other": law("other", 2, 12)}


def day(text):
    return datetime.date.fromisoformat(text) if text else None


def cases():
    with TABLE.open(encoding="utf-8") as lines:
        return list(csv.DictReader(lines))


def outcome_of(case):
    relevant = KNOWN[case["told"]] if case["reported_on"] else None
    return engine.test(
        happened_on=day(case["happened_on"]), reported_on=day(case["reported_on"]),
        applied_on=day(case["applied_on"]), relevant=relevant, rule=LAWS[case["law"]],
    )  # fmt: skip


@pytest.mark.parametrize("case", cases(), ids=lambda case: f"{case['case']}: {case['why'][:40]}")
def test_each_case_of_the_table(case):
    found = outcome_of(case)
    assert found.report.last_day == day(case["last_to_report"])
    assert found.apply.last_day == day(case["last_to_apply"])
    assert found.report.passed is KNOWN[case["reported"]]
    assert found.apply.passed is KNOWN[case["applied"]]
    assert found.body.passed is KNOWN[case["to_body"]]
    assert found.counts is KNOWN[case["counts"]]
    assert found.reason == case["reason"]


def test_the_table_is_long_enough_and_says_each_thing():
    rows = cases()
    assert len(rows) >= 200
    assert len({tuple(list(each.values())[1:6]) for each in rows}) == len(rows)
    said = " ".join(each["reason"] for each in rows)
    for words in ("on the last day", "too late", "before it happened", "after the application",
                  "do not know when it happened", "not know when it was reported",
                  "to whom", "Not reported to a body"):  # fmt: skip
        assert words in said


days = st.dates(datetime.date(2014, 10, 20), datetime.date(2040, 12, 31))


@given(days, st.integers(1, 24))
def test_periods_agree_with_one_who_walks_day_by_day(first, months):
    assert engine.last_day(first, months) == walking.last_day(first, months)


@given(days, st.integers(0, 400))
def test_a_later_day_never_ends_earlier(first, more):
    later = first + datetime.timedelta(days=more)
    assert engine.last_day(first, 1) <= engine.last_day(later, 1)
    assert engine.last_day(first, 6) <= engine.last_day(later, 6)


def test_the_end_of_the_calendar_is_no_mistake():
    assert engine.last_day(datetime.date(9999, 12, 31), 6) == datetime.date.max


maybe = st.one_of(st.none(), days)
whether = st.sampled_from([True, False, None])
additions = st.lists(
    st.builds(
        lambda kind, number: SimpleNamespace(kind=kind, number=number, source="our procedure"),
        st.sampled_from(list(AdditionKind)), st.integers(0, 50),
    ),
    max_size=3,
)  # fmt: skip


@given(
    st.lists(st.tuples(maybe, maybe, whether), max_size=12), days, st.integers(1, 3),
    st.integers(0, 60), st.booleans(), st.booleans(), additions,
)  # fmt: skip
def test_whatever_comes_is_answered_and_three_that_qualify_are_never_refused(
    complaints, applied, needed, homes, hate, vulnerable, local
):
    found = [
        engine.test(happened_on=happened, reported_on=reported, applied_on=applied,
                    relevant=relevant, rule=law())
        for happened, reported, relevant in complaints
    ]  # fmt: skip
    said = engine.suggest(
        found, needed=needed, rule=law(), households=homes, hate=hate, vulnerable=vulnerable,
        additions=local,
    )  # fmt: skip
    qualify = sum(
        happened is not None and reported is not None and relevant is True
        and happened <= reported <= walking.last_day(happened, 1)
        and reported <= applied <= walking.last_day(reported, 6)
        for happened, reported, relevant in complaints
    )  # fmt: skip
    assert said.counted == qualify
    assert all(len(each.reason) <= 300 and len(each.rule) <= 300 for each in found)
    if qualify >= 3:
        assert said.met_by == Basis.COMPLAINTS
    assert (said.met_by == Basis.COMPLAINTS) == (qualify >= needed)


# Whatever the months: 27 days lie within one, 180 within six.
ages = st.lists(st.tuples(st.integers(0, 27), st.integers(0, 180)), min_size=3, max_size=6)


@given(days, ages)
def test_three_good_complaints_are_met_however_few_or_many_a_procedure_asks_for(applied, told):
    found = [
        engine.test(
            happened_on=applied - datetime.timedelta(days=before + since),
            reported_on=applied - datetime.timedelta(days=since),
            applied_on=applied, relevant=True, rule=law(),
        )
        for before, since in told
    ]  # fmt: skip
    for needed in (1, 2, 3, 4, 99):
        assert engine.suggest(found, needed=needed, rule=law()).met_by == Basis.COMPLAINTS


# ---- what the tests come to ---------------------------------------------------------------------


def good(number):
    on = datetime.date(2026, 10, 1)
    return [
        engine.test(happened_on=on, reported_on=on, applied_on=datetime.date(2026, 11, 2),
                    relevant=True, rule=law())
    ] * number  # fmt: skip


def bad(number):
    on = datetime.date(2026, 10, 1)
    return [
        engine.test(happened_on=None, reported_on=on, applied_on=datetime.date(2026, 11, 2),
                    relevant=True, rule=law())
    ] * number  # fmt: skip


def local(kind, number):
    return [SimpleNamespace(kind=kind, number=number, source="our procedure, page 4")]


@pytest.mark.parametrize(
    ("tests", "more", "met_by", "says"),
    [
        (good(3) + bad(2), {}, Basis.COMPLAINTS, "3 of 5 complaints count. The threshold is met"),
        (good(4), {}, Basis.COMPLAINTS, "4 of 4 complaints count. The threshold is met"),
        (good(2) + bad(1), {}, None,
         "2 of 3 complaints count, and 3 are needed. You weigh the rest"),
        (good(1) + bad(1), {}, None,
         "1 of 2 complaints counts, and 3 are needed. You weigh the rest"),
        (bad(1), {}, None, "None of 1 complaint counts, and 3 are needed. You weigh the rest"),
        ([], {}, None, "There is no complaint on the list, and 3 are needed. You weigh the rest"),
        (good(1), {"needed": 1}, Basis.COMPLAINTS, "1 of 1 complaint counts. The threshold is met"),
        (good(2), {"needed": 2}, Basis.COMPLAINTS, "2 of 2 complaints count. The threshold is met"),
        (bad(2), {"needed": 1}, None,
         "None of 2 complaints count, and 1 is needed. You weigh the rest"),
        (good(1), {"households": 5, "additions": local("households", 5)}, Basis.LOCAL,
         "1 of 1 complaint counts, and 3 are needed. A local rule lets the threshold be met"),
        (good(1), {"households": 4, "additions": local("households", 5)}, None,
         "1 of 1 complaint counts, and 3 are needed. You weigh the rest"),
        (good(1), {"hate": True, "additions": local("hate", 1)}, Basis.LOCAL,
         "1 of 1 complaint counts, and 3 are needed. A local rule lets the threshold be met"),
        (bad(1), {"hate": True, "additions": local("hate", 1)}, None,
         "None of 1 complaint counts, and 3 are needed. You weigh the rest"),
        (bad(1), {"hate": True, "additions": local("hate", 0)}, Basis.LOCAL,
         "None of 1 complaint counts, and 3 are needed. A local rule lets the threshold be met"),
        (good(1), {"vulnerable": True, "additions": local("vulnerable", 1)}, Basis.LOCAL,
         "1 of 1 complaint counts, and 3 are needed. A local rule lets the threshold be met"),
        (good(1), {"hate": True, "additions": local("vulnerable", 1)}, None,
         "1 of 1 complaint counts, and 3 are needed. You weigh the rest"),
        (good(3), {"vulnerable": True, "additions": local("vulnerable", 1)}, Basis.COMPLAINTS,
         "3 of 3 complaints count. The threshold is met"),
    ],
)  # fmt: skip
def test_what_the_tests_come_to(tests, more, met_by, says):
    found = engine.suggest(tests, **{"needed": 3, "rule": law(), **more})
    assert found.met_by == met_by
    assert found.says == says
    assert bool(found.local_reason) == (met_by == Basis.LOCAL)
    if found.local_reason:
        assert "our procedure, page 4" in found.local_reason


@pytest.mark.parametrize(
    ("start", "end", "says"),
    [
        ("2026-05-15", "2026-11-02", "5 months, 18 days"),
        ("2026-09-30", "2026-11-02", "1 month, 3 days"),
        ("2026-10-02", "2026-11-02", "1 month"),
        ("2026-11-01", "2026-11-02", "1 day"),
        ("2026-11-02", "2026-11-02", "on the same day"),
        ("2026-01-31", "2026-02-28", "1 month"),
        ("2026-08-31", "2027-02-27", "5 months, 27 days"),
    ],
)  # fmt: skip
def test_how_long_it_is(start, end, says):
    assert engine.elapsed(day(start), day(end)) == says
