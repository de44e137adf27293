"""What people fill in about priorities, objectives, measures and the actions that deliver them."""

import datetime
from typing import Any

from crispy_forms.layout import Fieldset, Layout
from django import forms as django_forms

from actions.forms import OwnerField
from actions.models import Action
from assessments.forms.strategy import text_area
from assessments.models import Edition, Measure, PlanPriority, Priority, Section
from assessments.queries.strategy import editions, plans
from core import clock, forms
from core.markings import Marking
from figures.models import Better, CrimeType, Indicator
from figures.queries import months
from membership.models import Agency, Partner, Theme

MONTHS_BACK = 48


class PriorityForm(forms.Form):
    """A priority: what it is, whose, and where it comes from."""

    submit = "Save the priority"

    title = django_forms.CharField(label="Priority", max_length=160)
    aim = text_area("What will be different?", rows=3, required=False)
    why = text_area("Why is it a priority?", rows=5, required=False)
    theme = django_forms.ModelChoiceField(
        Theme.objects.none(), label="Theme", required=False, empty_label="None"
    )
    descends_from = django_forms.ModelChoiceField(
        Priority.objects.none(), label="Which earlier priority does it carry on?", required=False,
        empty_label="None: it is new",
    )  # fmt: skip
    lineage = django_forms.CharField(
        label="What became of the earlier one?", max_length=300, required=False,
        help_text="For example, two earlier priorities were brought together",
    )  # fmt: skip
    plan_priorities = django_forms.ModelMultipleChoiceField(
        PlanPriority.objects.none(), label="Priorities of the Police and Crime Plan that it serves",
        required=False, widget=forms.Checkboxes,
    )  # fmt: skip

    field_order = (
        "title", "aim", "why", "owner", "theme", "plan_priorities", "descends_from", "lineage",
    )  # fmt: skip

    def __init__(
        self, *args: Any, edition: Edition, priority: Priority | None = None, **kwargs: Any
    ) -> None:
        if priority:
            kwargs["initial"] = {
                name: getattr(priority, name) for name in ("title", "aim", "why", "lineage")
            } | {
                "theme": priority.theme_id, "descends_from": priority.descends_from_id,
                "owner": owner_key(priority),
                "plan_priorities": [each.pk for each in priority.plan_priorities.all()],
            }  # fmt: skip
        super().__init__(*args, **kwargs)
        partnership, today = edition.partnership, clock.today()
        label = "Which agency, and which post, answers for it?"
        owner = OwnerField(partnership, today, label=label, required=False)
        self.fields["owner"] = forms.dressed(owner, label)
        self._fill(edition, max(today, datetime.date(edition.year, 4, 1)))
        self.order_fields(self.field_order)

    def _fill(self, edition: Edition, on: datetime.date) -> None:
        fields: Any = self.fields
        fields["theme"].queryset = Theme.objects.filter(partnership=edition.partnership)
        earlier = editions.earlier_priorities(edition)
        fields["descends_from"].queryset = Priority.objects.filter(
            pk__in=[each.pk for each in earlier]
        ).select_related("edition__strategy")  # fmt: skip
        fields["descends_from"].label_from_instance = earlier_words
        chosen = plans.choices(edition.partnership, on)
        fields["plan_priorities"].queryset = PlanPriority.objects.filter(
            pk__in=[each.pk for each in chosen]
        ).select_related("plan")  # fmt: skip
        fields["plan_priorities"].label_from_instance = lambda each: f"{each.title} ({each.plan})"
        if not chosen:
            del fields["plan_priorities"]
        if not earlier:
            del fields["descends_from"]

    def clean(self) -> dict[str, Any]:
        """The agency and its post are two things to the verb."""
        cleaned: dict[str, Any] = super().clean() or {}
        cleaned["owner"], cleaned["post"] = cleaned.get("owner") or (None, None)
        return cleaned


def owner_key(priority: Priority) -> str:
    """The key under which the form knows the agency and post that answer for a priority."""
    if priority.owner is None:
        return ""
    return f"{priority.owner.slug}/{priority.post_id}" if priority.post_id else priority.owner.slug


def earlier_words(priority: Priority) -> str:
    """An earlier priority with its edition."""
    edition = priority.edition
    return f"{edition.strategy.title}, {edition}: {priority.number}. {priority.title}"


class EvidenceForm(forms.Form):
    """What shows that a priority is one."""

    submit = "Add the evidence"

    words = django_forms.CharField(label="What does it show?", max_length=300)
    section = django_forms.ModelChoiceField(
        Section.objects.none(), label="Section of the Strategic Assessment", required=False,
        empty_label="None",
    )  # fmt: skip
    indicator = django_forms.ModelChoiceField(
        Indicator.objects.none(), label="Indicator", required=False, empty_label="None",
        help_text="Restricted indicators are not offered, because the strategy is published.",
    )  # fmt: skip

    def __init__(self, *args: Any, edition: Edition, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        sections = Section.objects.of(edition.partnership).select_related("assessment")
        fields["section"].queryset = sections.order_by("-assessment__starts_on", "position")
        fields["section"].label_from_instance = lambda each: f"{each.assessment}: {each.heading}"
        fields["indicator"].queryset = open_indicators(edition)


def open_indicators(edition: Edition) -> Any:
    """Indicators that a published plan may name."""
    return Indicator.objects.of(edition.partnership).filter(marking=Marking.OFFICIAL)


class ObjectiveForm(forms.Form):
    """An objective."""

    submit = "Save the objective"

    text = django_forms.CharField(
        label="What is to be reached?", max_length=300,
        help_text="For example, fewer people are victims a second time",
    )  # fmt: skip


class MeasureForm(forms.Form):
    """How an objective is measured."""

    submit = "Save the measure"

    name = django_forms.CharField(label="What is measured?", max_length=200)
    better = django_forms.ChoiceField(
        label="Which way is better?", choices=Better.choices, initial=Better.LOWER,
        widget=forms.Radios(small=True),
    )  # fmt: skip
    crime_type = django_forms.ModelChoiceField(
        CrimeType.objects.all(), label="Type of street-level crime", required=False,
        empty_label="None",
    )  # fmt: skip
    indicator = django_forms.ModelChoiceField(
        Indicator.objects.none(), label="Or an indicator", required=False, empty_label="None"
    )
    baseline_from = django_forms.ChoiceField(label="First month of the baseline", required=False)
    baseline_until = django_forms.ChoiceField(label="Last month of the baseline", required=False)
    source = django_forms.CharField(label="Whose figures are they?", max_length=160, required=False)
    unit = django_forms.CharField(
        label="Unit", max_length=40, required=False, help_text="For example, of 100 asked"
    )
    baseline = django_forms.DecimalField(
        label="Baseline", required=False, max_digits=12, decimal_places=2
    )
    baseline_period = django_forms.CharField(
        label="Period of the baseline", max_length=80, required=False,
        help_text="For example, survey of autumn 2025",
    )  # fmt: skip
    target = django_forms.DecimalField(
        label="Target", required=False, max_digits=12, decimal_places=2
    )
    target_by = forms.DateField(label="To be reached by", required=False)
    why_no_target = django_forms.CharField(
        label="If there is no target, why not?", max_length=300, required=False
    )
    layout = Layout(
        "name",
        "better",
        Fieldset("Counted by the system", "crime_type", "indicator", "baseline_from",
                 "baseline_until"),
        Fieldset("Or typed, with its source", "baseline", "unit", "baseline_period", "source"),
        Fieldset("Target", "target", "target_by", "why_no_target"),
    )  # fmt: skip

    def __init__(
        self, *args: Any, edition: Edition, measure: Measure | None = None, **kwargs: Any
    ) -> None:
        if measure:
            kwargs["initial"] = {name: getattr(measure, name) for name in self.base_fields} | {
                name: _key(getattr(measure, name)) for name in ("baseline_from", "baseline_until")
            }
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["indicator"].queryset = open_indicators(edition)
        held = getattr(measure, "baseline_from", None)
        this = clock.today().replace(day=1)
        listed = [months.later(this, -back) for back in range(MONTHS_BACK)]
        listed += [held] if held and held not in listed else []
        choices = [("", "Choose"), *((months.key(each), months.name(each)) for each in listed)]
        fields["baseline_from"].choices = fields["baseline_until"].choices = choices

    def clean(self) -> dict[str, Any]:
        """Months as dates."""
        cleaned: dict[str, Any] = super().clean() or {}
        for name in ("baseline_from", "baseline_until"):
            key = cleaned.get(name)
            cleaned[name] = months.parse(key) if key else None
        return cleaned


def _key(month: datetime.date | None) -> str:
    return months.key(month) if month else ""


class _HelpingForm(forms.Form):
    """What an action takes and who helps with it."""

    resources = django_forms.CharField(
        label="What does it take?", max_length=200, required=False,
        help_text="Money and where it comes from, or people. For example, £4,200, Crime Reduction "
        "Grant",
    )  # fmt: skip
    partners = django_forms.ModelMultipleChoiceField(
        Agency.objects.none(), label="Who helps?", required=False,
        widget=forms.Checkboxes(small=True),
    )  # fmt: skip

    def __init__(self, *args: Any, edition: Edition, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        partners = Partner.objects.of(edition.partnership).on(clock.today()).values("agency")
        field: Any = self.fields["partners"]
        field.queryset = Agency.objects.filter(pk__in=partners).order_by("name")


class NewActionForm(_HelpingForm):
    """A new action of the register that delivers an objective."""

    submit = "Make the action"

    text = django_forms.CharField(label="What is to be done?", max_length=300)
    due_on = forms.DateField(label="By when?")

    field_order = ("text", "owner", "due_on", "partners", "resources")

    def __init__(self, *args: Any, edition: Edition, **kwargs: Any) -> None:
        super().__init__(*args, edition=edition, **kwargs)
        label = "Who is to do it?"
        owner = OwnerField(edition.partnership, clock.today(), label=label)
        self.fields["owner"] = forms.dressed(owner, label)
        self.order_fields(self.field_order)

    def clean(self) -> dict[str, Any]:
        """The agency and its post are two things to the verb."""
        cleaned: dict[str, Any] = super().clean() or {}
        cleaned["owner"], cleaned["post"] = cleaned.get("owner") or (None, None)
        return cleaned


class LinkActionForm(_HelpingForm):
    """An action that is in the register already."""

    submit = "Put it into the plan"

    action = django_forms.ModelChoiceField(
        Action.objects.none(), label="Which action?", empty_label="Choose",
        help_text="Open actions of the register. Restricted ones are not offered, because the "
        "strategy is published.",
    )  # fmt: skip

    field_order = ("action", "partners", "resources")

    def __init__(self, *args: Any, edition: Edition, offered: Any, **kwargs: Any) -> None:
        super().__init__(*args, edition=edition, **kwargs)
        self.fields["action"].queryset = offered  # type: ignore[attr-defined]
        self.order_fields(self.field_order)


class DeliveryForm(_HelpingForm):
    """What an action of the plan takes, and who helps."""

    submit = "Save"
