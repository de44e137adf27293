"""What street-level figures of a whole area allow to be said, and of each type."""

from collections.abc import Iterator
from typing import Any

from assessments.content import KINDS
from assessments.drafting.rules import (
    Facts,
    Figures,
    Rule,
    always,
    listed,
    month_words,
    months_held,
    number,
    ordinal,
    percent,
    share,
    spans,
)
from figures.queries.comparing.periods import is_beyond

SECTION = {name: kind.key for kind in KINDS for name in kind.types}
ENOUGH = 3  # months, for a highest and a lowest to mean anything


# ---- what is held -------------------------------------------------------------------------------


def _held(figures: Figures) -> Iterator[Facts]:
    period = figures["period"]
    yield {"months": period["months"], "held": period["held"], "missing": period["missing"]}


def _held_words(facts: Facts) -> str:
    period = spans(facts["months"])[0]
    if not facts["missing"]:
        return f"Street-level crime files are held for all twelve months, {period}."
    missing = listed(spans(facts["missing"]))
    if not facts["held"]:
        return (
            f"No street-level crime file is held for any month from {period}, so nothing is said "
            "about crime in this time."
        )
    verb = "is" if len(facts["missing"]) == 1 else "are"
    return (
        f"Of the twelve months {period}, {number(len(facts['held']))} are held: "
        f"{listed(spans(facts['held']))}. {missing} {verb} not held, and nothing in these figures "
        "is claimed about that time."
    )


def _partly(figures: Figures) -> Iterator[Facts]:
    for force in figures["period"]["partly"]:
        yield {"force": force}


def _partly_words(facts: Facts) -> str:
    return (
        f"{facts['force']} is held for some of these months only, so its records are left out of "
        "every figure here."
    )


def _unusual(figures: Figures) -> Iterator[Facts]:
    for month, why in figures["period"]["unusual"]:
        yield {"month": month, "why": why}


def _unusual_words(facts: Facts) -> str:
    return f"{month_words(facts['month'])} is unusual: {facts['why'].rstrip('.')}."


# ---- all crime ----------------------------------------------------------------------------------


def _total(figures: Figures) -> Iterator[Facts]:
    period = figures["period"]
    if period["held"]:
        yield {
            "n": figures["total"], "area": period["area"], "held": len(period["held"]),
            "forces": period["forces"],
        }  # fmt: skip


def _total_words(facts: Facts) -> str:
    whose = listed(facts["forces"])
    return (
        f"{whose} published {facts['n']:,} street-level records in {facts['area']} "
        f"{months_held(facts['held'])}."
    )


def _types(figures: Figures) -> Iterator[Facts]:
    total, by_type = figures["total"], figures["by_type"]
    largest = sorted(by_type.items(), key=lambda each: (-each[1], each[0]))[:3]
    if total and len(largest) == 3:
        yield {"types": [[name, n, share(n, total)] for name, n in largest]}


def _types_words(facts: Facts) -> str:
    words = [f"{_lower(name)} ({n:,}, {percent(part)})" for name, n, part in facts["types"]]
    return f"The types with most records were {listed(words)}."


def _months(figures: Figures) -> Iterator[Facts]:
    unusual = {month for month, _ in figures["period"]["unusual"]}
    counted = {month: n for month, n in figures["by_month"].items() if month not in unusual}
    if len(counted) < ENOUGH:
        return
    most = max(counted, key=lambda month: (counted[month], month))
    fewest = min(counted, key=lambda month: (counted[month], month))
    if counted[most] > counted[fewest]:
        yield {"most": [most, counted[most]], "fewest": [fewest, counted[fewest]]}


def _months_words(facts: Facts) -> str:
    (most, high), (fewest, low) = facts["most"], facts["fewest"]
    return (
        f"Of the months held, {month_words(most)} had most records ({high:,}) and "
        f"{month_words(fewest)} fewest ({low:,})."
    )


def _before(figures: Figures) -> Iterator[Facts]:
    before = figures["before"]
    if not figures["period"]["held"]:
        return
    if before["total"] is None:
        yield {"why_not": before["why_not"]}
    else:
        yield {"now": before["now"], "before": before["total"], "verdict": before["verdict"]}


def _before_words(facts: Facts) -> str:
    if "why_not" in facts:
        return f"No comparison with the year before is made: {facts['why_not']}."
    return f"{_change(facts, 'records')} That is {facts['verdict']}."


def _rate(figures: Figures) -> Iterator[Facts]:
    if figures["rate"] and not figures["period"]["missing"]:
        yield dict(figures["rate"])


def _rate_words(facts: Facts) -> str:
    return (
        f"That is {facts['per_1000']} records for each 1,000 residents over the twelve months "
        f"({facts['residents']:,} residents, {facts['source']})."
    )


def _rank(figures: Figures) -> Iterator[Facts]:
    rank = figures["rank"]
    if rank:
        yield {
            "place": rank["place"], "of": rank["of"], "among": rank["among"],
            "area": figures["period"]["area"], "held": len(figures["period"]["held"]),
        }  # fmt: skip


def _rank_words(facts: Facts) -> str:
    return (
        f"Among the {facts['of']} districts of {facts['among']}, {facts['area']} had "
        f"{ordinal(facts['place'])} number of records for each resident "
        f"{months_held(facts['held'])}."
    )


# ---- each type ----------------------------------------------------------------------------------


def _of_type(figures: Figures) -> Iterator[Facts]:
    for name in _known(figures):
        n, total = figures["by_type"][name], figures["total"]
        facts: Facts = {
            "type": name, "n": n, "share": share(n, total), "held": len(figures["period"]["held"])
        }  # fmt: skip
        yield facts


def _of_type_words(facts: Facts) -> str:
    return (
        f"{facts['type']}: {facts['n']:,} {_records(facts['n'])} {months_held(facts['held'])}, "
        f"{percent(facts['share'])} of all."
    )


def _type_ward(figures: Figures) -> Iterator[Facts]:
    names = {ward["code"]: ward["name"] for ward in figures["by_ward"]}
    for name in _known(figures):
        wards = figures["type_ward"].get(name, {})
        n = figures["by_type"][name]
        if not wards:
            continue
        (most, code), *others = sorted(((n, code) for code, n in wards.items()), reverse=True)
        if is_beyond(most, others[0][0] if others else 0):
            yield {"type": name, "ward": names[code], "n": most, "share": share(most, n)}


def _type_ward_words(facts: Facts) -> str:
    return (
        f"{facts['ward']} ward had the most records of {_lower(facts['type'])}: {facts['n']:,}, "
        f"{percent(facts['share'])} of them, and more beyond the next ward than chance would give."
    )


def _type_before(figures: Figures) -> Iterator[Facts]:
    before = figures["before"]
    for name in _known(figures):
        if name in before["by_type"]:
            now, then, verdict = before["by_type"][name]
            yield {"type": name, "now": now, "before": then, "verdict": verdict}


def _type_before_words(facts: Facts) -> str:
    said = _change(facts, f"records of {_lower(facts['type'])}")
    return f"{said} That is {facts['verdict']}."


# ---- shared -------------------------------------------------------------------------------------


def _known(figures: Figures) -> list[str]:
    return [name for name in SECTION if figures["by_type"].get(name)]


def _records(n: int) -> str:
    return "record" if n == 1 else "records"


def _lower(name: str) -> str:
    return name[:1].lower() + name[1:]


def _change(facts: Facts, what: str) -> str:
    change = facts["now"] - facts["before"]
    if not change:
        return f"There were as many {what} as in the same months a year before ({facts['now']:,})."
    more = "more" if change > 0 else "fewer"
    return (
        f"There were {abs(change):,} {more} {what} than in the same months a year before "
        f"({facts['now']:,} against {facts['before']:,})."
    )


def _by_type(facts: Any) -> str:
    return SECTION[facts["type"]]


RULES = (
    Rule("held", _held, _held_words, always("introduction")),
    Rule("partly", _partly, _partly_words, always("introduction")),
    Rule("unusual", _unusual, _unusual_words, always("introduction")),
    Rule("total", _total, _total_words, always("total")),
    Rule("types", _types, _types_words, always("total")),
    Rule("months", _months, _months_words, always("total")),
    Rule("before", _before, _before_words, always("total")),
    Rule("rate", _rate, _rate_words, always("total")),
    Rule("rank", _rank, _rank_words, always("total")),
    Rule("type", _of_type, _of_type_words, _by_type),
    Rule("type-ward", _type_ward, _type_ward_words, _by_type),
    Rule("type-before", _type_before, _type_before_words, _by_type),
)
