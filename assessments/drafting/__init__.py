"""Sentences that a machine may honestly write: each says what figures say, and no more.

A rule finds facts in figures and puts them into words. A sentence stays only as long as its facts
are those that the figures give: ``Rule.holds`` asks them again, and any other fact is refused.
"""

from collections.abc import Mapping
from typing import Any

from assessments.content import KINDS
from assessments.drafting import agencies, crime, places
from assessments.drafting.rules import Facts, Figures, Rule

RULES: tuple[Rule, ...] = (*crime.RULES, *places.RULES, *agencies.RULES)
BY_KEY: Mapping[str, Rule] = {rule.key: rule for rule in RULES}

__all__ = ["BY_KEY", "RULES", "Facts", "Figures", "Rule", "draft", "holds"]


def draft(figures: Figures) -> dict[str, list[dict[str, Any]]]:
    """What figures allow to be said, by section: ``{"rule", "facts", "text"}`` in order."""
    drafted: dict[str, list[dict[str, Any]]] = {kind.key: [] for kind in KINDS}
    for rule in RULES:
        for facts in rule.find(figures):
            sentence = {"rule": rule.key, "facts": facts, "text": rule.words(facts)}
            drafted[rule.place(facts)].append(sentence)
    return drafted


def holds(sentence: Mapping[str, Any], figures: Figures) -> bool:
    """Whether a drafted sentence still says what the figures say, word for word."""
    rule = BY_KEY.get(sentence["rule"])
    if rule is None or not rule.holds(sentence["facts"], figures):
        return False
    return rule.words(sentence["facts"]) == sentence["text"]
