"""Forms in the look and the words of the GOV.UK Design System.

Settings that this module and its template pack need::

    INSTALLED_APPS += ["django.forms", "crispy_forms"]
    FORM_RENDERER = "core.forms.Renderer"
    CRISPY_ALLOWED_TEMPLATE_PACKS = CRISPY_TEMPLATE_PACK = "govuk"

A room's form inherits from ``Form`` or ``ModelForm`` (or mixes ``Plain`` into somebody else's form)
and a page shows it with ``{% crispy form %}``. Dates, times and long texts get the fields and
widgets below by themselves; labels, hints and what is wrong come from the field.
"""

import calendar
import copy
import datetime
from collections.abc import Iterator, Mapping
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import BaseInput, Layout
from django import forms
from django.core.exceptions import ValidationError
from django.forms import boundfield, renderers
from django.forms.utils import pretty_name

from core import dates

# ---- fields as a page shows them ----------------------------------------------------------------

CLASSES: dict[type[forms.Widget], str] = {
    forms.Textarea: "govuk-textarea",
    forms.Select: "govuk-select",
    forms.FileInput: "govuk-file-upload",
    forms.CheckboxInput: "govuk-checkboxes__input",
    forms.PasswordInput: "govuk-input govuk-password-input__input govuk-js-password-input-input",
    forms.widgets.Input: "govuk-input",
}
PARTS = ("day", "month", "year")


class BoundField(boundfield.BoundField):
    """A field on a page: which classes it wears, and where a link to its mistake must lead."""

    @property
    def kind(self) -> str:
        """What the template has to draw: fieldset, checkbox, password or plain."""
        widget = self.field.widget
        if self.use_fieldset:
            return "fieldset"
        if isinstance(widget, forms.CheckboxInput):
            return "checkbox"
        return "password" if isinstance(widget, forms.PasswordInput) else "plain"

    @property
    def target(self) -> str:
        """The id of the input to mend: of a group, its first, or of a date, the wrong part's."""
        if self.is_hidden:
            return ""
        own = self.field.widget.attrs.get("id") or self.auto_id
        if isinstance(self.field.widget, DateInput):
            wrong = self.wrong
            return f"{own}_{PARTS.index(wrong[0])}" if wrong else f"{own}_0"
        return f"{own}_0" if self.use_fieldset else own

    @property
    def wrong(self) -> list[str]:
        """The parts of a date that are wrong; all of it, where the mistake names none."""
        errors = self.form.errors.get(self.name)
        if not errors:
            return []
        codes = {part for error in errors.as_data() for part in str(error.code).split()}
        return [part for part in PARTS if part in codes] or list(PARTS)

    @property
    def limit(self) -> int | None:
        """How many characters a long text may have, to be counted beside it."""
        most = getattr(self.field, "max_length", None)
        return most if isinstance(self.field.widget, forms.Textarea) else None

    @property
    def is_heading(self) -> bool:
        """Whether the label is the page's heading, as on a page that asks one question."""
        return getattr(self.form, "heading", "") == self.name

    @property
    def is_optional(self) -> bool:
        """Whether the label says that it may be left empty."""
        return getattr(self.form, "mark_optional", True) and not self.field.required

    @property
    def aria_describedby(self) -> str | None:
        """The hint, the mistake and the count of characters, in that order."""
        described = super().aria_describedby
        if self.limit and described is not None:
            described = f"{described} {self.auto_id}-info".strip()
        return described

    def build_widget_attrs(self, attrs: Any, widget: forms.Widget | None = None) -> Any:
        """Add the design system's classes, and the red border where something is wrong."""
        widget = widget or self.field.widget
        attrs = super().build_widget_attrs(attrs, widget)
        if widget.is_hidden:
            return attrs
        if self.use_fieldset:
            attrs.pop("aria-invalid", None)
            if isinstance(widget, DateInput):
                attrs["wrong"] = self.wrong
            return attrs
        base = next((CLASSES[each] for each in type(widget).__mro__ if each in CLASSES), "")
        if base:
            wrong = f"{base.split()[0]}--error" if self.errors else ""
            if self.limit:
                base += " govuk-js-character-count"
            names = (base, wrong, widget.attrs.get("class", ""))
            attrs["class"] = " ".join(name for name in names if name)
        return attrs


class Renderer(renderers.TemplatesSetting):
    """Every form of the site, also of the libraries, is drawn with our templates."""

    bound_field_class = BoundField
    form_template_name = "govuk/uni_form.html"
    field_template_name = "govuk/field.html"


def error_links(form: Any) -> Iterator[tuple[str, str]]:
    """Each mistake of a form or a formset, with the id of the input to mend ("" for the whole)."""
    if isinstance(form, forms.BaseFormSet):
        yield from (("", str(message)) for message in form.non_form_errors())
        for each in form.forms:
            yield from error_links(each)
        return
    yield from (("", str(message)) for message in form.non_field_errors())
    for field in form:
        yield from ((getattr(field, "target", field.auto_id), str(error)) for error in field.errors)


def say_wrong(form: Any, wrong: ValidationError, *, called: Mapping[str, str] = {}) -> None:
    """Put what a verb found wrong beside the fields, or above the form where it has no such field.

    ``called`` maps the verb's names to the form's, where they differ.
    """
    for name, errors in wrong.update_error_dict({}).items():
        field = called.get(name, name)
        form.add_error(field if field in form.fields else None, errors)


# ---- widgets ------------------------------------------------------------------------------------


class Textarea(forms.Textarea):
    """A long text. Its lines end in one way, so that it is counted and compared as typed."""

    def value_from_datadict(self, data: Any, files: Any, name: str) -> str | None:
        """What was typed, with plain line ends."""
        text = super().value_from_datadict(data, files, name)
        return text.replace("\r\n", "\n") if text else text


class _Choices(forms.RadioSelect):
    """Radios or checkboxes: ``hints`` says more about a value; ``small`` and ``inline`` look so."""

    def __init__(
        self,
        attrs: Any = None,
        choices: Any = (),
        *,
        hints: Mapping[Any, str] | None = None,
        small: bool = False,
        inline: bool = False,
    ) -> None:
        super().__init__(attrs, choices)
        self.hints, self.small, self.inline = hints or {}, small, inline

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> Any:
        """Put the hint beside its choice."""
        option = super().create_option(name, value, *args, **kwargs)
        option["hint"] = self.hints.get(getattr(value, "value", value), "")
        return option

    def get_context(self, name: str, value: Any, attrs: Any) -> Any:
        """Say how the group looks."""
        context = super().get_context(name, value, attrs)
        context["widget"]["small"], context["widget"]["inline"] = self.small, self.inline
        return context


class Radios(_Choices):
    """One of a few: ``Radios(hints={"sensitive": "Only those who have signed"})``."""


class Checkboxes(_Choices, forms.CheckboxSelectMultiple):
    """Any of a few, with the same hints and looks as ``Radios``."""


class DateInput(forms.MultiWidget):
    """Day, month and year in boxes of their own."""

    template_name = "widgets/date.html"

    def __init__(self, attrs: Any = None) -> None:
        super().__init__(dict.fromkeys(PARTS, forms.TextInput), attrs)

    def decompress(self, value: Any) -> list[Any]:
        """The three parts of a date."""
        return [value.day, value.month, value.year] if value else ["", "", ""]

    def get_context(self, name: str, value: Any, attrs: Any) -> Any:
        """Say of each box which part it is and whether it is wrong."""
        context = super().get_context(name, value, attrs)
        wrong = context["widget"]["attrs"].get("wrong", ())
        for part, box in zip(PARTS, context["widget"]["subwidgets"], strict=True):
            box["part"], box["wrong"] = part, part in wrong
        return context


class DateText(forms.TextInput):
    """A date in one box, for small forms inside a page: 10 March 2027."""

    def format_value(self, value: Any) -> str | None:
        """A date in words; what was typed, as it was typed."""
        if isinstance(value, datetime.date):
            return dates.longdate(value)
        return super().format_value(value)


# ---- fields -------------------------------------------------------------------------------------


class DateField(forms.Field):
    """A date. What is wrong with it says which part, and the link leads there.

    ``called`` names it in messages; else the label does. With ``widget=DateText`` it is one box.
    """

    widget = DateInput

    def __init__(self, *, called: str = "", **kwargs: Any) -> None:
        super().__init__(**kwargs)
        label = str(self.label or "")
        self.called = called or ("The date" if not label or _asks(label) else label)

    def to_python(self, value: Any) -> datetime.date | None:
        """The date of three parts, or of a text. Raises ``ValidationError`` naming the part."""
        if not value or isinstance(value, datetime.date):
            return dates.london_date(value) if value else None
        if isinstance(value, str):
            return self._from_text(value)
        typed = {part: (text or "").strip() for part, text in zip(PARTS, value, strict=True)}
        if not any(typed.values()):
            return None
        missing = [part for part in PARTS if not typed[part]]
        if missing:
            must = " and ".join(f"a {part}" for part in missing)
            raise ValidationError(f"{self.called} must include {must}", " ".join(missing))
        return self._from_parts(**typed)

    def _from_parts(self, day: str, month: str, year: str) -> datetime.date:
        if not (_figures(year) and 1900 <= int(year) <= 2999):
            raise ValidationError(f"{self.called} must have a year of 4 figures, like 2026", "year")
        try:
            month_number = dates.month_number(month)
        except ValueError:
            message = f"{self.called} must have a month from 1 to 12"
            raise ValidationError(message, "month") from None
        last = calendar.monthrange(int(year), month_number)[1]
        if not (_figures(day) and 1 <= int(day) <= last):
            which = f"{dates.MONTHS[month_number]} {year}"
            message = f"{self.called} must have a day from 1 to {last}, as {which} has {last} days"
            raise ValidationError(message, "day")
        return datetime.date(int(year), month_number, int(day))

    def _from_text(self, text: str) -> datetime.date | None:
        if not text.strip():
            return None
        try:
            return dates.parse_date(text)
        except ValueError:
            message = f"{self.called} must be a real date, like 10 March 2027"
            raise ValidationError(message, "invalid") from None


class TimeField(forms.Field):
    """A time of day, typed as people write it: 10am, 10.30, 14:30, noon."""

    widget = forms.TextInput(attrs={"class": "govuk-input--width-5"})

    def prepare_value(self, value: Any) -> Any:
        """A time in words; what was typed, as it was typed."""
        return dates.clock(value) if isinstance(value, datetime.time) else value

    def to_python(self, value: Any) -> datetime.time | None:
        """The time, or ``ValidationError`` with an example."""
        if not value or isinstance(value, datetime.time):
            return value or None
        if not value.strip():
            return None
        try:
            return dates.parse_clock(value)
        except ValueError:
            called = self.label if self.label and not _asks(str(self.label)) else "The time"
            message = f"{called} must be a time like 10am, 2.30pm or 14:30"
            raise ValidationError(message, "invalid") from None


# ---- forms --------------------------------------------------------------------------------------


class Button(BaseInput):
    """A button that sends the form."""

    input_type = "submit"
    field_classes = "govuk-button"


class Plain:
    """Gives a form our widgets, plain messages and a button.

    ``submit`` is the button's verb, ``look`` a class for it; ``cancel`` an address to go back to;
    ``also`` is a second button, as name and words; ``heading`` names the field whose label is the
    page's heading; ``layout`` orders the fields in another way than one below the other.
    """

    submit = "Save"
    look = ""
    cancel = ""
    also: tuple[str, str] | None = None
    layout: Layout | None = None
    heading = ""
    method = "post"
    css_class = ""
    mark_optional = True
    use_required_attribute = False
    fields: dict[str, forms.Field]

    def __init__(self, *args: Any, cancel: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.cancel = cancel or self.cancel
        for name, field in self.fields.items():
            self.fields[name] = dressed(field, str(field.label or pretty_name(name)))

    @property
    def helper(self) -> FormHelper:
        """How crispy-forms draws the form."""
        helper = FormHelper()
        helper.form_method = self.method
        helper.disable_csrf = self.method == "get"
        helper.form_class = self.css_class
        helper.layout = copy.deepcopy(self.layout)
        helper.attrs = {"novalidate": True}
        if self.submit:
            helper.add_input(Button("", self.submit, css_class=self.look))
        if self.also:
            name, words = self.also
            helper.add_input(Button(name, words, css_class="govuk-button--secondary"))
        return helper


class Form(Plain, forms.Form):
    """A form of our own."""


class ModelForm(Plain, forms.ModelForm):
    """A form that truly makes and changes one record."""


class FilterForm(Form):
    """One row of choices above a list: GET, at most four fields, nothing required."""

    submit = "Show"
    look = "govuk-button--secondary"
    method = "get"
    css_class = "app-inline-form app-noprint"
    mark_optional = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.required = False


class Versioned(forms.Form):
    """Mix into a form whose record others may change meanwhile: it says which version was read.

    The view hands ``cleaned_data["version"]`` to the workflow, which refuses a stale one.
    """

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, version: int | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        record = getattr(self, "instance", None)
        current = getattr(record, "version", None) if version is None else version
        self.initial.setdefault("version", current)


def dressed(field: forms.Field, label: str) -> forms.Field:
    """The field with our widget and with messages that name it."""
    if type(field) is forms.DateField:
        field = DateField(**_as_made(field, label))
    elif type(field) is forms.TimeField:
        field = TimeField(**_as_made(field, label))
    elif isinstance(field, forms.IntegerField) and type(field.widget) is forms.NumberInput:
        field.widget = forms.TextInput({"inputmode": "numeric", **_without_range(field.widget)})
    if type(field.widget) is forms.Textarea:
        field.widget = Textarea(field.widget.attrs)
    if isinstance(field.widget, forms.Textarea):
        # What is over the limit is shown and counted, never cut off as it is pasted.
        field.widget.attrs.pop("maxlength", None)
    for code, message in messages(field, label).items():
        if field.error_messages.get(code) in (None, _standard(field, code)):
            field.error_messages[code] = message
    return field


def messages(field: forms.Field, label: str) -> dict[str, str]:
    """What to say of each mistake, naming the field as its label does."""
    safe = label.replace("%", "%%")
    name = "This" if _asks(label) else safe
    most = f"{name} must be %(limit_value)d characters or fewer. It has %(show_value)d"
    words = {"required": required(field, label), "max_length": most}
    if isinstance(field, forms.FileField):
        words["empty"] = "The file is empty. Choose one with something in it"
        words.pop("max_length")
    elif isinstance(field, forms.EmailField):
        words["invalid"] = "Enter an email address like name@example.gov.uk"
    elif isinstance(field, forms.IntegerField | forms.DecimalField):
        words["invalid"] = f"{name} must be a number"
        words["min_value"] = f"{name} must be %(limit_value)s or more"
        words["max_value"] = f"{name} must be %(limit_value)s or less"
    elif isinstance(field, forms.ChoiceField):
        words["invalid_choice"] = "Choose from the list"
    return words


def required(field: forms.Field, label: str) -> str:
    """What to say of an empty field: Enter the title, Choose an answer to “When was it?”."""
    if isinstance(field, forms.FileField):
        return "Choose a file"
    if isinstance(field, forms.BooleanField):
        return f"Tick “{label}” to go on"
    verb = "Choose" if isinstance(field, forms.ChoiceField) else "Enter"
    if _asks(label):
        return f"{verb} an answer to “{label}”"
    first, _, _ = label.partition(" ")
    small = label if first[1:] != first[1:].lower() or len(first) == 1 else _lower_first(label)
    own = first.lower() in {"the", "a", "an", "your", "their", "this", "each"}
    return f"{verb} {small}" if own else f"{verb} the {small}"


QUESTIONS = {"what", "when", "who", "whom", "whose", "where", "why", "how", "which"}


def _asks(label: str) -> bool:
    """Whether a label is a question or a clause, which cannot stand inside a sentence."""
    return label.endswith("?") or label.partition(" ")[0].lower() in QUESTIONS


def _lower_first(text: str) -> str:
    return text[:1].lower() + text[1:]


def _figures(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= 4


def _without_range(widget: forms.Widget) -> dict[str, Any]:
    return {name: each for name, each in widget.attrs.items() if name not in {"min", "max", "step"}}


def _as_made(field: forms.Field, label: str) -> dict[str, Any]:
    return {
        "label": label,
        "required": field.required,
        "initial": field.initial,
        "help_text": field.help_text,
        "disabled": field.disabled,
        "validators": field.validators,
    }


def _standard(field: forms.Field, code: str) -> Any:
    """Django's own message of a code; anything else is the form's own choice."""
    for kind in type(field).__mro__:
        own = vars(kind).get("default_error_messages", {})
        if code in own:
            return own[code]
    return None
