"""A drafted sentence says what the figures say, and stays only while they say it."""

import copy
import re

import pytest

from assessments import content, drafting
from assessments.drafting import BY_KEY, RULES, draft, holds
from assessments.drafting.rules import months_held, ordinal, percent, share, spans
from tests.assessments.figures import cell, indicator, whole_year, year

SAID = {
    "held": "Of the twelve months October 2024 to September 2025, eleven are held: November 2024 "
    "to September 2025. October 2024 is not held, and nothing in these figures is claimed about "
    "that time.",
    "partly": "British Transport Police is held for some of these months only, so its records are "
    "left out of every figure here.",
    "unusual": "March 2025 is unusual: far fewer rows than its neighbours.",
    "total": "Kent Police published 310 street-level records in Dartford in the eleven months "
    "held.",
    "types": "The types with most records were drugs (150, 48%), shoplifting (100, 32%) and "
    "burglary (60, 19%).",
    "months": "Of the months held, September 2025 had most records (30) and November 2024 fewest "
    "(20).",
    "before": "No comparison with the year before is made: October 2024 is not held.",
    "rank": "Among the 13 districts of the Kent police force area, Dartford had the second "
    "highest number of records for each resident in the eleven months held.",
    "type": "Shoplifting: 100 records in the eleven months held, 32% of all.",
    "type-ward": "Town ward had the most records of burglary: 40, 67% of them, and more beyond "
    "the next ward than chance would give.",
    "wards": "Of 3 wards, Town (170), Brent (90) and Heath (48) had most records in the eleven "
    "months held: 99% of all between the three.",
    "without-ward": "2 of the records lie in no single ward and are in the total alone.",
    "places": "Most records are placed on or near: High Street in Town (31) and Park (9). The "
    "police round each to a nearby point, so these are areas and not addresses.",
    "sum": "Racist hate crime: 20 in the two quarters (Kent Police).",
    "missing": "Deliberate fires: no figure is held for July to September 2025 (owed by Kent Fire "
    "and Rescue).",
    "hidden": "Prevent referrals: counts below 5, and others from which they could be worked "
    "out, are not shown.",
    "progress": "Of the 8 actions of the Strategy, 2025/26, 3 were done when this was written "
    "(38%). One more was dropped.",
    "horizon": "Two changes of law and policy are followed. One of them is not yet read at the "
    "source.",
}
OF_A_WHOLE_YEAR = {
    "held": "Street-level crime files are held for all twelve months, October 2024 to September "
    "2025.",
    "total": "Kent Police published 310 street-level records in Dartford in the twelve months.",
    "before": "There were 60 more records than in the same months a year before (310 against "
    "250). That is more than chance alone would give.",
    "rate": "That is 25.8 records for each 1,000 residents over the twelve months (12,000 "
    "residents, Census 2021).",
    "type-before": "There were as many records of burglary as in the same months a year before "
    "(60). That is within what chance alone would give.",
}


def sentences(figures):
    return [each for section in draft(figures).values() for each in section]


@pytest.mark.parametrize(("key", "text"), SAID.items())
def test_a_rule_says_what_the_figures_say(key, text):
    assert text in [each["text"] for each in sentences(year()) if each["rule"] == key]


@pytest.mark.parametrize(("key", "text"), OF_A_WHOLE_YEAR.items())
def test_a_rule_says_it_of_a_whole_year(key, text):
    assert text in [each["text"] for each in sentences(whole_year()) if each["rule"] == key]


def test_every_rule_is_tested_and_has_a_section():
    assert {rule.key for rule in RULES} == set(SAID) | set(OF_A_WHOLE_YEAR)
    for figures in (year(), whole_year()):
        assert set(draft(figures)) == {kind.key for kind in content.KINDS}


@pytest.mark.parametrize("figures", [year(), whole_year()], ids=["in part", "whole"])
def test_every_sentence_holds_of_its_own_figures(figures):
    for each in sentences(figures):
        assert holds(each, figures)
        assert BY_KEY[each["rule"]].holds(each["facts"], figures)


def falsified(facts):
    """The facts, each time with another one of them altered."""
    for name, value in facts.items():
        yield facts | {name: altered(value)}


def altered(value):
    if isinstance(value, bool):
        return not value
    if isinstance(value, int):
        return value + 1
    if isinstance(value, str):
        return f"{value} altered"
    if isinstance(value, list):
        return [*map(altered, value)] if value else ["altered"]
    raise AssertionError(f"no way to alter {value!r}")


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.key)
def test_no_altered_fact_holds(rule):
    found = 0
    for figures in (year(), whole_year()):
        for facts in rule.find(figures):
            for wrong in falsified(facts):
                found += 1
                assert not rule.holds(wrong, figures), wrong
    assert found


# For each rule, figures that make what it said untrue.
CHANGED = {
    "held": lambda f: f["period"]["missing"].append("2024-11"),
    "partly": lambda f: f["period"].update(partly=[]),
    "unusual": lambda f: f["period"].update(unusual=[]),
    "total": lambda f: f.update(total=311),
    "types": lambda f: f["by_type"].update(Burglary=61),
    "months": lambda f: f["by_month"].update({"2025-09": 31}),
    "before": lambda f: f["before"].update(total=251, now=310, why_not="", verdict="x"),
    "rate": lambda f: f["rate"].update(residents=12001) if f["rate"] else None,
    "rank": lambda f: f["rank"].update(place=3),
    "type": lambda f: f["by_type"].update(Burglary=61, Drugs=151, Shoplifting=101),
    "type-ward": lambda f: f["type_ward"].update(Burglary={"W1": 20, "W2": 20, "W3": 20}),
    "type-before": lambda f: f["before"]["by_type"].update(Burglary=[60, 61, "x"]),
    "wards": lambda f: f["by_ward"][0].update(n=171),
    "without-ward": lambda f: f.update(without_ward=3),
    "places": lambda f: f["places"][0].__setitem__(2, 32),
    "sum": lambda f: f["indicators"]["hate-race"]["cells"][0].update(value="13"),
    "missing": lambda f: f["indicators"]["fires"].update(missing=[]),
    "hidden": lambda f: f["indicators"]["prevent"]["cells"][0].update(suppressed=False),
    "progress": lambda f: f["progress"].update(done=4),
    "horizon": lambda f: f["horizon"].append({"verified": True}),
}


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.key)
def test_changed_figures_falsify_what_was_said(rule):
    said = 0
    for figures in (year(), whole_year()):
        before = [each for each in sentences(figures) if each["rule"] == rule.key]
        changed = copy.deepcopy(figures)
        CHANGED[rule.key](changed)
        said += len(before)
        assert not any(holds(each, changed) for each in before)
    assert said


def test_words_that_were_altered_do_not_hold():
    figures = year()
    each = sentences(figures)[0]

    assert not holds(each | {"text": f"{each['text']} And more."}, figures)
    assert not holds(each | {"rule": "unknown"}, figures)


NUMBER = re.compile(r"\d+(?:,\d{3})*(?:\.\d+)?")


def numbers_in(value):
    if isinstance(value, dict):
        return {n for each in value.values() for n in numbers_in(each)}
    if isinstance(value, list):
        return {n for each in value for n in numbers_in(each)} | {str(len(value))}
    if isinstance(value, int):
        return {f"{value:,}"}
    return set(NUMBER.findall(str(value)))


@pytest.mark.parametrize("figures", [year(), whole_year()], ids=["in part", "whole"])
def test_every_number_of_a_sentence_is_among_its_facts(figures):
    """But for the difference of two counts and the thousand of a rate."""
    for each in sentences(figures):
        known = numbers_in(each["facts"]) | {"1,000"}
        known |= {month[:4] for month in numbers_in(each["facts"])}
        facts = each["facts"]
        if "now" in facts:
            known.add(str(abs(facts["now"] - facts["before"])))
        if each["rule"] == "progress":
            known.add(str(share(facts["done"], facts["of"])))
        assert set(NUMBER.findall(each["text"])) <= known, each["text"]


# ---- what is not said ---------------------------------------------------------------------------


def test_nothing_is_said_of_months_that_are_not_held():
    figures = year()

    text = " ".join(each["text"] for each in sentences(figures) if each["rule"] != "held")
    assert "over the twelve months" not in text
    assert "a year before (" not in text
    rules = {each["rule"] for each in sentences(figures)}
    assert not rules & {"rate", "type-before"}


def test_a_year_of_which_nothing_is_held_says_only_that():
    figures = year(
        total=0, by_month={}, by_type={}, type_month={}, type_ward={}, by_ward=[], without_ward=0,
        rank=None, places=[], indicators={}, horizon=[], progress=None,
    )  # fmt: skip
    figures["period"] |= {"held": [], "missing": figures["period"]["months"], "unusual": [],
                          "partly": [], "forces": []}  # fmt: skip

    assert [each["text"] for each in sentences(figures)] == [
        "No street-level crime file is held for any month from October 2024 to September 2025, so "
        "nothing is said about crime in this time."
    ]


def test_an_unusual_month_is_neither_the_highest_nor_the_lowest():
    figures = year()
    figures["by_month"]["2025-03"] = 1

    assert "March 2025" not in next(
        each["text"] for each in sentences(figures) if each["rule"] == "months"
    )


def test_a_ward_is_not_named_first_where_it_may_be_chance():
    assert not [
        each
        for each in sentences(year())
        if each["rule"] == "type-ward" and each["facts"]["type"] == "Drugs"
    ]


@pytest.mark.parametrize(
    "wrong",
    [
        {"cells": [cell("a", "12"), cell("b", None, suppressed=True)]},
        {"cells": [cell("a", "12")]},
        {"counted": False},
        {"breaks": ["Not comparable since 1 January 2025: a new system."]},
        {"cells": [cell("a", "12", breakdown="online"), cell("b", "3", breakdown="online")]},
    ],
    ids=["one is hidden", "one alone", "a share", "a break", "only a part"],
)
def test_no_sum_where_it_would_tell_too_much_or_nothing(wrong):
    figures = year(indicators={"hate-race": indicator(**wrong)})

    assert not [each for each in sentences(figures) if each["rule"] == "sum"]


def test_a_provisional_figure_is_said_to_be_one():
    cells = [cell("a", "12"), cell("b", "1208.5", standing="provisional")]
    figures = year(indicators={"hate-race": indicator(cells=cells)})

    text = next(each["text"] for each in sentences(figures) if each["rule"] == "sum")
    assert text == (
        "Racist hate crime: 1,220.5 in the two quarters (Kent Police, some of it provisional)."
    )


# ---- words --------------------------------------------------------------------------------------


def test_months_are_told_in_runs():
    assert spans(["2025-02", "2024-12", "2025-01", "2025-05"]) == [
        "December 2024 to February 2025", "May 2025",
    ]  # fmt: skip


def test_shares_and_places_in_words():
    assert [share(1, 8), share(1, 3), share(0, 5), share(5, 5)] == [13, 33, 0, 100]
    assert [percent(13), percent(0)] == ["13%", "under 1%"]
    assert [ordinal(n) for n in (1, 2, 3, 4, 11, 13, 21, 22)] == [
        "the highest", "the second highest", "the third highest", "the 4th highest",
        "the 11th highest", "the 13th highest", "the 21st highest", "the 22nd highest",
    ]  # fmt: skip
    assert [months_held(n) for n in (1, 9, 12)] == [
        "in the one month held", "in the nine months held", "in the twelve months",
    ]  # fmt: skip
    assert drafting.BY_KEY["held"] is RULES[0]
