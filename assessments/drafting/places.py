"""What figures allow to be said of wards and places."""

from collections.abc import Iterator

from assessments.drafting.rules import Facts, Figures, Rule, always, listed, months_held, share

NEAR = "On or near "


def _wards(figures: Figures) -> Iterator[Facts]:
    total = figures["total"]
    wards = sorted(figures["by_ward"], key=lambda ward: (-ward["n"], ward["name"]))[:3]
    if total and len(wards) == 3:
        yield {
            "wards": [[ward["name"], ward["n"]] for ward in wards],
            "share": share(sum(ward["n"] for ward in wards), total),
            "of": len(figures["by_ward"]), "held": len(figures["period"]["held"]),
        }  # fmt: skip


def _wards_words(facts: Facts) -> str:
    wards = listed([f"{name} ({n:,})" for name, n in facts["wards"]])
    return (
        f"Of {facts['of']} wards, {wards} had most records {months_held(facts['held'])}: "
        f"{facts['share']}% of all between the three."
    )


def _without(figures: Figures) -> Iterator[Facts]:
    if figures["without_ward"]:
        yield {"n": figures["without_ward"]}


def _without_words(facts: Facts) -> str:
    return f"{facts['n']:,} of the records lie in no single ward and are in the total alone."


def _places(figures: Figures) -> Iterator[Facts]:
    if figures["places"]:
        yield {"places": [list(place) for place in figures["places"][:3]]}


def _places_words(facts: Facts) -> str:
    places = listed([_place(*each) for each in facts["places"]])
    return (
        f"Most records are placed on or near: {places}. The police round each to a nearby point, "
        "so these are areas and not addresses."
    )


def _place(name: str, ward: str, n: int) -> str:
    where = f" in {ward}" if ward else ""
    return f"{name.removeprefix(NEAR)}{where} ({n:,})"


RULES = (
    Rule("wards", _wards, _wards_words, always("places")),
    Rule("without-ward", _without, _without_words, always("places")),
    Rule("places", _places, _places_words, always("places")),
)
