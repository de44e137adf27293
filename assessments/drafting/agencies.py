"""What figures that agencies supply allow to be said: sums of whole periods, and what is missing.

A figure that is hidden from the reader is no fact of theirs: nothing is said of its sum.
"""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from assessments.content import KINDS
from assessments.drafting.rules import Facts, Figures, Rule, always, listed, number, share

SECTION = {theme: kind.key for kind in KINDS for theme in kind.themes}


def _whole(indicator: dict[str, Any]) -> list[dict[str, Any]]:
    """The figures of the indicator as a whole, period by period."""
    return [cell for cell in indicator["cells"] if not cell["breakdown"] and not cell["ward"]]


def _sums(figures: Figures) -> Iterator[Facts]:
    for slug, indicator in figures["indicators"].items():
        cells = _whole(indicator)
        given = [cell["value"] for cell in cells]
        if not indicator["counted"] or len(given) < 2 or None in given or indicator["breaks"]:
            continue
        yield {
            "indicator": slug, "name": indicator["name"], "theme": indicator["theme"],
            "sum": str(sum(Decimal(value) for value in given)), "periods": len(given),
            "each": indicator["each"], "agency": indicator["agency"],
            "provisional": any(cell["standing"] == "provisional" for cell in cells),
        }  # fmt: skip


def _sums_words(facts: Facts) -> str:
    firm = ", some of it provisional" if facts["provisional"] else ""
    return (
        f"{facts['name']}: {figure(facts['sum'])} in the {number(facts['periods'])} "
        f"{facts['each']}s ({facts['agency']}{firm})."
    )


def _missing(figures: Figures) -> Iterator[Facts]:
    for slug, indicator in figures["indicators"].items():
        if indicator["missing"]:
            yield {
                "indicator": slug, "name": indicator["name"], "theme": indicator["theme"],
                "agency": indicator["agency"], "missing": list(indicator["missing"]),
            }  # fmt: skip


def _missing_words(facts: Facts) -> str:
    return (
        f"{facts['name']}: no figure is held for {listed(facts['missing'])} "
        f"(owed by {facts['agency']})."
    )


def _hidden(figures: Figures) -> Iterator[Facts]:
    for slug, indicator in figures["indicators"].items():
        if any(cell["suppressed"] for cell in indicator["cells"]):
            yield {
                "indicator": slug, "name": indicator["name"], "theme": indicator["theme"],
                "below": indicator["below"],
            }  # fmt: skip


def _hidden_words(facts: Facts) -> str:
    return (
        f"{facts['name']}: counts below {facts['below']}, and others from which they could be "
        "worked out, are not shown."
    )


def figure(text: str) -> str:
    """1,208.5 of ``1208.5``."""
    value = Decimal(text)
    return f"{int(value):,}" if value == value.to_integral_value() else f"{value:,f}"


def section_of_theme(theme: str) -> str:
    """In which section the figures of a theme stand; those of none, among the themes."""
    return SECTION.get(theme, "themes")


def _by_theme(facts: Facts) -> str:
    return section_of_theme(facts["theme"])


# ---- the plan, and what is coming ---------------------------------------------------------------


def _progress(figures: Figures) -> Iterator[Facts]:
    if figures["progress"] and figures["progress"]["of"]:
        yield dict(figures["progress"])


def _progress_words(facts: Facts) -> str:
    said = (
        f"Of the {facts['of']:,} actions of the {facts['plan']}, {facts['done']:,} were done "
        f"when this was written ({share(facts['done'], facts['of'])}%)."
    )
    if not facts["dropped"]:
        return said
    verb = "was" if facts["dropped"] == 1 else "were"
    return f"{said} {number(facts['dropped']).capitalize()} more {verb} dropped."


def _horizon(figures: Figures) -> Iterator[Facts]:
    if figures["horizon"]:
        unread = sum(not change["verified"] for change in figures["horizon"])
        yield {"n": len(figures["horizon"]), "unread": unread}


def _horizon_words(facts: Facts) -> str:
    followed = f"{number(facts['n']).capitalize()} {_changes(facts['n'])} of law and policy "
    said = f"{followed}{_is(facts['n'])} followed."
    if not facts["unread"]:
        return said
    unread = number(facts["unread"]).capitalize()
    return f"{said} {unread} of them {_is(facts['unread'])} not yet read at the source."


def _changes(n: int) -> str:
    return "change" if n == 1 else "changes"


def _is(n: int) -> str:
    return "is" if n == 1 else "are"


RULES = (
    Rule("progress", _progress, _progress_words, always("last-plan")),
    Rule("horizon", _horizon, _horizon_words, always("horizon")),
    Rule("sum", _sums, _sums_words, _by_theme),
    Rule("missing", _missing, _missing_words, _by_theme),
    Rule("hidden", _hidden, _hidden_words, _by_theme),
)
