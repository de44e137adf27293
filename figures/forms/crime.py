"""The row of choices above every page of street crime."""

from typing import Any

from django import forms as fields

from core import forms
from figures.queries import chosen, months


class CrimeForm(forms.FilterForm):
    """Period, what to set it against, type and ward; what is left out has its usual value."""

    period = fields.ChoiceField()
    against = fields.ChoiceField(label="Set against", choices=chosen.AGAINST)
    type = fields.ChoiceField()
    ward = fields.ChoiceField()

    def __init__(self, asked: Any, *, area: chosen.Area, types: list[str], but: str = "") -> None:
        """``but`` names choices that this page does not have."""
        groups = chosen.periods(area.known)
        usual = {"period": chosen.default(area.known), "against": chosen.BEFORE}
        given = {
            name: asked[name] for name in ("period", "against", "type", "ward") if asked.get(name)
        }
        super().__init__({**usual, **given})
        self.fields["period"].choices = with_period(groups, self.data["period"])
        self.fields["type"].choices = [("", "All types"), *((name, name) for name in types)]
        self.fields["ward"].choices = [
            ("", f"All {len(area.wards)} wards"), *area.wards.items(),
        ]  # fmt: skip
        for name in but.split():
            del self.fields[name]

    def chosen(self, area: chosen.Area, **more: Any) -> chosen.Chosen:
        """What is asked for; a choice that makes no sense has its usual value."""
        self.is_valid()
        cleaned = {name: each for name, each in self.cleaned_data.items() if each}
        first, last = chosen.parsed(cleaned.get("period") or chosen.default(area.known))
        types = (cleaned["type"],) if "type" in cleaned else ()
        wards = (cleaned["ward"],) if "ward" in cleaned else ()
        selection = chosen.Selection(area.districts, first, last, types, wards).but(**more)
        return chosen.Chosen(area, selection, cleaned.get("against", chosen.BEFORE))


def with_period(groups: list[Any], asked: str) -> list[Any]:
    """The periods to choose from, with the one that an address names, if it is any period."""
    if any(asked == each for _, group in groups for each, _ in group):
        return groups
    try:
        words = months.period(*chosen.parsed(asked))
    except ValueError:
        return groups
    return [("Asked for", [(asked, words)]), *groups]
