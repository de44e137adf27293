"""What officers fill in about orders."""

import json
from typing import Any

from django import forms as django_forms
from django.core.exceptions import ValidationError

from assessments.models import Power
from core import clock, forms
from figures.models import Ward
from membership.models import Agency, Partnership

LONG = {"rows": 6}
UNREADABLE = (
    ValueError, TypeError, KeyError, IndexError, AttributeError, OverflowError, RecursionError
)  # fmt: skip


class OutlineField(django_forms.CharField):
    """The outline of a place as GeoJSON: a polygon, several, or a feature that holds one."""

    widget = django_forms.Textarea({"rows": 4})

    def prepare_value(self, value: Any) -> Any:
        """The polygons as they can be pasted again."""
        if isinstance(value, list):
            kept = {"type": "MultiPolygon", "coordinates": value}
            return json.dumps(kept) if value else ""
        return value

    def clean(self, value: Any) -> list[Any]:
        """Polygons of rings of [longitude, latitude]; none where nothing was pasted."""
        text = super().clean(value).strip()
        if not text:
            return []
        try:
            return _polygons(json.loads(text))
        except UNREADABLE as wrong:
            raise ValidationError(
                "The outline must be GeoJSON of a polygon, with longitude before latitude"
            ) from wrong


def _polygons(shape: Any) -> list[Any]:
    kind = shape["type"]
    if kind == "FeatureCollection":
        return [ring for each in shape["features"] for ring in _polygons(each)]
    if kind == "Feature":
        return _polygons(shape["geometry"])
    if kind not in ("Polygon", "MultiPolygon"):
        raise ValueError(kind)
    polygons = [shape["coordinates"]] if kind == "Polygon" else shape["coordinates"]
    kept = [[[_point(each) for each in ring] for ring in polygon] for polygon in polygons]
    if not all(kept) or not kept or not all(_encloses(ring) for each in kept for ring in each):
        raise ValueError("A ring has four points or more, and a place inside it")
    return kept


def _encloses(ring: list[list[float]]) -> bool:
    return len(ring) >= 4 and all(len(set(part)) > 1 for part in zip(*ring, strict=True))


def _point(point: Any) -> list[float]:
    longitude, latitude = float(point[0]), float(point[1])
    if not (-9 <= longitude <= 3 and 49 <= latitude <= 61):
        raise ValueError("Not in the United Kingdom")
    return [longitude, latitude]


class OrderForm(forms.Form):
    """What is said of an order: not its days, which are given as it is made."""

    submit = "Save the order"

    power = django_forms.ModelChoiceField(Power.objects.none(), empty_label="Choose")
    title = django_forms.CharField(
        max_length=160, help_text="For example, Dartford Town Centre public spaces protection order"
    )
    made_by = django_forms.ModelChoiceField(
        Agency.objects.none(), label="Who makes it", empty_label="Choose"
    )
    place = django_forms.CharField(label="Where it holds", max_length=300)
    terms = django_forms.CharField(
        label="What it forbids or requires", max_length=6000, widget=forms.Textarea(LONG),
        help_text="Begin each term on a line of its own with “- ”",
    )  # fmt: skip
    penalty = django_forms.CharField(
        label="Penalty for a breach", max_length=200, required=False,
        help_text="For example, a fixed penalty of £100, or £60 if it is paid in 10 days",
    )  # fmt: skip
    area_codes = django_forms.MultipleChoiceField(
        label="Wards that it touches", required=False, widget=forms.Checkboxes(small=True)
    )
    outline = OutlineField(
        label="Outline of the place", required=False, max_length=60_000,
        help_text="Paste GeoJSON from a mapping tool. Without it the map shows the wards",
    )  # fmt: skip
    source_url = django_forms.URLField(
        label="Address where it is published", required=False, assume_scheme="https"
    )
    shown_to_public = django_forms.BooleanField(
        label="Show it on the public site once it is made", required=False, initial=True
    )

    def __init__(self, *args: Any, partnership: Partnership, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices: Any = self.fields
        choices["power"].queryset = Power.objects.not_over(clock.today())
        choices["made_by"].queryset = Agency.objects.filter(
            partners__partnership=partnership
        ).distinct()
        districts = partnership.areas.on(clock.today()).values("gss_code")
        wards = Ward.objects.filter(district__in=districts).values_list("code", "name")
        choices["area_codes"].choices = list(wards)
        if not wards:
            del self.fields["area_codes"]


class ChangeOrderForm(OrderForm):
    """The same, of an order whose power stands."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["power"]


class ConsultForm(forms.Form):
    """From when to when who was asked, and what they said."""

    submit = "Save the consultation"

    consulted_from = forms.DateField(label="First day", called="The first day")
    consulted_until = forms.DateField(label="Last day", called="The last day")
    consulted_whom = django_forms.CharField(
        label="Who was consulted", max_length=4000, widget=forms.Textarea({"rows": 4}),
        help_text="One on each line",
    )  # fmt: skip
    consulted_found = django_forms.CharField(
        label="What they said", max_length=6000, required=False, widget=forms.Textarea(LONG),
        help_text="You can add this once the consultation is over",
    )  # fmt: skip


class MakeForm(forms.Form):
    """From which day to which it holds."""

    submit = "Say that it is made"

    starts_on = forms.DateField(label="First day", called="The first day")
    last_day = forms.DateField(
        label="Last day", called="The last day", help_text="The last day on which it holds"
    )


class ReasonForm(forms.Form):
    """Why an order ends before its day."""

    submit = "Discharge the order"
    look = "govuk-button--warning"

    reason = django_forms.CharField(
        label="Why does it end?", max_length=300, widget=forms.Textarea({"rows": 3})
    )
