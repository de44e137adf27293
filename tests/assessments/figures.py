"""Plain figures of a made-up year, of which one month is not held, for the tests of drafting."""

MONTHS = [f"2024-{n}" for n in (10, 11, 12)] + [f"2025-0{n}" for n in range(1, 10)]
BURGLARY = {"W1": 40, "W2": 10, "W3": 10}


def cell(period, value, **more):
    return {
        "period": period, "ward": "", "breakdown": "", "value": value, "suppressed": False,
        "standing": "audited", **more,
    }  # fmt: skip


def indicator(**more):
    return {
        "name": "Racist hate crime", "unit": "incidents", "definition": "As recorded.",
        "agency": "Kent Police", "theme": "hate-crime", "each": "quarter", "restricted": False,
        "below": 5, "counted": True, "breaks": [], "missing": [],
        "cells": [cell("October to December 2024", "12"), cell("January to March 2025", "8")],
        **more,
    }  # fmt: skip


def year(**more):
    """Every rule that can say something has something to say of these, or of ``whole_year``."""
    return {
        "period": {
            "first": "2024-10", "last": "2025-09", "months": MONTHS, "held": MONTHS[1:],
            "missing": MONTHS[:1], "unusual": [["2025-03", "far fewer rows than its neighbours"]],
            "forces": ["Kent Police"], "partly": ["British Transport Police"], "area": "Dartford",
        },
        "total": 310,
        "by_month": {month: 20 + at for at, month in enumerate(MONTHS[1:])},
        "by_type": {"Burglary": 60, "Drugs": 150, "Shoplifting": 100},
        "type_month": {"Burglary": {}, "Drugs": {}, "Shoplifting": {}},
        "type_ward": {"Burglary": BURGLARY, "Drugs": {"W1": 80, "W2": 70}},
        "by_ward": [
            {"code": "W1", "name": "Town", "n": 170, "residents": 5000, "source": "Census 2021"},
            {"code": "W2", "name": "Brent", "n": 90, "residents": 4000, "source": "Census 2021"},
            {"code": "W3", "name": "Heath", "n": 48, "residents": 3000, "source": "Census 2021"},
        ],
        "without_ward": 2,
        "before": {"total": None, "why_not": "October 2024 is not held", "by_type": {}},
        "rate": None,
        "rank": {"place": 2, "of": 13, "among": "the Kent police force area",
                 "source": "Census 2021", "rows": []},
        "places": [["On or near High Street", "Town", 31], ["On or near Park", "", 9]],
        "indicators": {
            "hate-race": indicator(),
            "fires": indicator(
                name="Deliberate fires", agency="Kent Fire and Rescue", theme="",
                missing=["July to September 2025"], cells=[],
            ),
            "prevent": indicator(
                name="Prevent referrals", theme="prevent",
                cells=[cell("October to December 2024", None, suppressed=True)],
            ),
        },
        "horizon": [{"verified": True}, {"verified": False}],
        "progress": {"plan": "Strategy, 2025/26", "done": 3, "of": 8, "dropped": 1},
        **more,
    }  # fmt: skip


def whole_year(**more):
    """The same with every month held, of this year and of the one before."""
    figures = year()
    figures["period"] |= {"held": MONTHS, "missing": [], "unusual": []}
    figures["rate"] = {
        "n": 310, "residents": 12000, "per_1000": "25.8", "source": "Census 2021"
    }  # fmt: skip
    figures["before"] = {
        "total": 250, "now": 310, "verdict": "more than chance alone would give", "why_not": "",
        "by_type": {"Burglary": [60, 60, "within what chance alone would give"]},
    }  # fmt: skip
    return {**figures, **more}
