import datetime
import re

import pytest
from django import forms as django_forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.template import Context, Template

from core import forms


class Everything(forms.Form):
    submit = "Save and continue"
    title = django_forms.CharField(label="Title", max_length=10, help_text="In a few words")
    purpose = django_forms.CharField(widget=django_forms.Textarea, max_length=20)
    due = django_forms.DateField(label="Due date", help_text="For example, 27 3 2027")
    starts = django_forms.TimeField(label="Start time")
    risk = django_forms.ChoiceField(
        choices=[("l", "Low"), ("h", "High")], widget=forms.Radios(hints={"l": "Seldom"})
    )
    areas = django_forms.MultipleChoiceField(
        choices=[("a", "Adults"), ("c", "Children")], widget=forms.Checkboxes
    )
    agree = django_forms.BooleanField(label="This is right", help_text="It can be changed")
    lead = django_forms.ChoiceField(choices=[("", "Choose"), ("f", "Finance")])
    number = django_forms.IntegerField(label="How many came?", min_value=1)
    paper = django_forms.FileField()
    password = django_forms.CharField(widget=django_forms.PasswordInput)
    email = django_forms.EmailField(label="Email address")


class Due(forms.Form):
    due = forms.DateField(label="Due date")


def shown(form):
    summary = "{% include 'components/error_summary.html' with form=form only %}"
    return Template(summary + "{% crispy form %}").render(Context({"form": form}))


def dated(day, month, year):
    return Due({"due_day": day, "due_month": month, "due_year": year})


# ---- pages --------------------------------------------------------------------------------------


def test_every_link_of_the_error_summary_reaches_an_input():
    html = shown(Everything({}))
    targets = re.findall(r'<li><a href="#([^"]+)">', html)
    inputs = set(re.findall(r'<(?:input|select|textarea)\b[^>]*\bid="([^"]+)"', html))
    assert len(targets) == len(Everything.base_fields)
    assert set(targets) <= inputs


def test_every_description_that_is_named_is_there_once():
    for form in (Everything(), Everything({})):
        html = shown(form)
        ids = re.findall(r'\bid="([^"]+)"', html)
        named = {
            each
            for group in re.findall(r'aria-describedby="([^"]+)"', html)
            for each in group.split()
        }
        assert named <= set(ids)
        assert len(ids) == len(set(ids))


def test_every_label_names_an_input():
    html = shown(Everything())
    named = re.findall(r'<label[^>]*\bfor="([^"]+)"', html)
    assert set(named) <= set(re.findall(r'<(?:input|select|textarea)\b[^>]*\bid="([^"]+)"', html))


def test_a_form_carries_its_verb_its_way_out_and_its_token():
    html = Template("{% crispy form %}").render(
        Context({"form": Due(cancel="/back/"), "csrf_token": "token"})
    )
    assert 'method="post"' in html
    assert "novalidate" in html
    assert 'value="token"' in html
    assert re.search(r"<button[^>]*>Save</button>", html)
    assert '<a class="govuk-link govuk-link--no-visited-state" href="/back/">Cancel</a>' in html


def test_a_form_with_a_file_is_sent_in_parts():
    assert 'enctype="multipart/form-data"' in shown(Everything())
    assert "enctype" not in shown(Due())


def test_a_second_button_has_a_name():
    class Two(forms.Form):
        also = ("again", "Save and add another")

    assert 'name="again" value="Save and add another"' in shown(Two())


def test_the_one_question_of_a_page_is_its_heading():
    class Asked(forms.Form):
        heading = "due"
        due = django_forms.DateField(label="When is it due?")

    class Named(forms.Form):
        heading = "name"
        name = django_forms.CharField(label="What is it called?")

    assert '<h1 class="govuk-fieldset__heading">When is it due?</h1>' in shown(Asked())
    assert re.search(r"<h1[^>]*><label[^>]*>What is it called\?</label></h1>", shown(Named()))


def test_an_optional_field_says_so_and_a_filter_does_not():
    class Optional(forms.Form):
        note = django_forms.CharField(required=False)

    class Filter(forms.FilterForm):
        words = django_forms.CharField()

    assert "Note (optional)" in shown(Optional())
    html = shown(Filter({}))
    assert "(optional)" not in html
    assert 'method="get"' in html
    assert "csrf" not in html
    assert Filter({}).is_valid()


def test_what_is_typed_is_never_html():
    form = Everything({"title": '"><script>', "risk": "<b>", "due_day": '"><i>'})
    html = shown(form)
    assert "<script>" not in html
    assert "<i>" not in html
    assert "<b>" not in html


def test_a_long_text_is_counted_and_not_cut_off():
    html = shown(Everything())
    assert 'data-maxlength="20"' in html
    assert "You can enter up to 20 characters" in html
    assert not re.search(r"<textarea[^>]*maxlength", html)


def test_a_hint_stands_beside_its_choice():
    html = shown(Everything())
    assert '<div class="govuk-hint govuk-radios__hint" id="id_risk_0_hint">Seldom</div>' in html
    assert 'id="id_risk_1_hint"' not in html


def test_chosen_things_stay_chosen():
    html = shown(Everything({"risk": "h", "areas": ["a", "c"], "lead": "f"}))
    assert html.count(" checked") == 3
    assert re.search(r'value="f" selected', html)


def test_forms_of_libraries_get_the_same_look():
    class Theirs(django_forms.Form):
        code = django_forms.CharField()

    html = Template("{{ form|crispy }}").render(Context({"form": Theirs({})}))
    assert 'class="govuk-input govuk-input--error"' in html


def test_a_formset_leads_to_the_input_of_its_row():
    formset = django_forms.formset_factory(Due, extra=2)(
        {
            "form-TOTAL_FORMS": "2",
            "form-INITIAL_FORMS": "2",
            "form-0-due_day": "1",
            "form-0-due_month": "2",
            "form-0-due_year": "2027",
            "form-1-due_day": "1",
            "form-1-due_month": "13",
            "form-1-due_year": "2027",
        }
    )
    assert list(forms.error_links(formset)) == [
        ("id_form-1-due_1", "Due date must have a month from 1 to 12")
    ]
    html = Template("{% crispy formset %}").render(Context({"formset": formset}))
    assert 'id="id_form-1-due_1"' in html
    assert 'name="form-TOTAL_FORMS"' in html


# ---- words --------------------------------------------------------------------------------------


def test_messages_name_what_is_missing():
    assert dict(Everything({}).errors) == {
        "title": ["Enter the title"],
        "purpose": ["Enter the purpose"],
        "due": ["Enter the due date"],
        "starts": ["Enter the start time"],
        "risk": ["Choose the risk"],
        "areas": ["Choose the areas"],
        "agree": ["Tick “This is right” to go on"],
        "lead": ["Choose the lead"],
        "number": ["Enter an answer to “How many came?”"],
        "paper": ["Choose a file"],
        "password": ["Enter the password"],
        "email": ["Enter the email address"],
    }


def test_messages_say_what_is_wrong():
    form = Everything(
        {"title": "x" * 12, "risk": "z", "email": "nobody", "number": "0", "starts": "2.30"},
        {"paper": SimpleUploadedFile("a.pdf", b"")},
    )
    assert form.errors["title"] == ["Title must be 10 characters or fewer. It has 12"]
    assert form.errors["risk"] == ["Choose from the list"]
    assert form.errors["email"] == ["Enter an email address like name@example.gov.uk"]
    assert form.errors["number"] == ["This must be 1 or more"]
    assert form.errors["starts"] == ["Start time must be a time like 10am, 2.30pm or 14:30"]
    assert form.errors["paper"] == ["The file is empty. Choose one with something in it"]


def test_a_form_may_say_it_in_its_own_words():
    class Own(forms.Form):
        name = django_forms.CharField(error_messages={"required": "Say who you are"})

    assert Own({}).errors["name"] == ["Say who you are"]


@pytest.mark.parametrize(
    ("label", "message"),
    [
        ("Your name", "Enter your name"),
        ("K-MISA reference", "Enter the K-MISA reference"),
        ("Police force", "Enter the police force"),
        ("What is to be done", "Enter an answer to “What is to be done”"),
    ],
)
def test_a_label_stands_inside_its_message(label, message):
    assert forms.required(django_forms.CharField(), label) == message


def test_a_label_with_a_percent_sign_does_no_harm():
    class Share(forms.Form):
        share = django_forms.CharField(label="Share in %", max_length=2)

    assert Share({"share": "100"}).errors["share"] == [
        "Share in % must be 2 characters or fewer. It has 3"
    ]


# ---- dates and times ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("parts", "message", "target"),
    [
        (("", "3", "2027"), "Due date must include a day", "id_due_0"),
        (("", "3", ""), "Due date must include a day and a year", "id_due_0"),
        (("9", "", "2027"), "Due date must include a month", "id_due_1"),
        (("9", "3", "27"), "Due date must have a year of 4 figures, like 2026", "id_due_2"),
        (("9", "3", "٢٠٢٧"), "Due date must have a year of 4 figures, like 2026", "id_due_2"),
        (("9", "13", "2027"), "Due date must have a month from 1 to 12", "id_due_1"),
        (
            ("31", "6", "2027"),
            "Due date must have a day from 1 to 30, as June 2027 has 30 days",
            "id_due_0",
        ),
        (
            ("29", "2", "2027"),
            "Due date must have a day from 1 to 28, as February 2027 has 28 days",
            "id_due_0",
        ),
    ],
)
def test_a_wrong_date_says_which_part_and_leads_there(parts, message, target):
    assert list(forms.error_links(dated(*parts))) == [(target, message)]


def test_only_the_wrong_part_is_red():
    html = shown(dated("9", "13", "2027"))
    red = re.findall(r'govuk-input--error" id="([^"]+)"', html)
    assert red == ["id_due_1"]
    assert len(re.findall("govuk-input--error", shown(dated("", "", "")))) == 3


@pytest.mark.parametrize(
    "parts", [("9", "12", "2026"), (" 09", "dec", "2026 "), ("9", "December", "2026")]
)
def test_a_date_is_three_parts(parts):
    form = dated(*parts)
    assert form.is_valid()
    assert form.cleaned_data["due"] == datetime.date(2026, 12, 9)


def test_a_date_that_is_known_fills_its_boxes():
    html = shown(Due(initial={"due": datetime.date(2026, 12, 9)}))
    assert re.findall(r'value="(\d+)"', html) == ["9", "12", "2026"]


def test_a_date_that_is_sent_again_has_not_changed():
    day = datetime.date(2026, 12, 9)
    form = Due({"due_day": "9", "due_month": "12", "due_year": "2026"}, initial={"due": day})
    assert not form.has_changed()


def test_a_date_may_be_one_box():
    class Quick(forms.Form):
        due = forms.DateField(widget=forms.DateText)

    assert Quick({"due": "10 March 2027"}).is_valid()
    assert Quick({"due": "soon"}).errors["due"] == [
        "The date must be a real date, like 10 March 2027"
    ]
    assert not Quick({"due": " "}).is_valid()
    assert 'value="10 March 2027"' in shown(Quick(initial={"due": datetime.date(2027, 3, 10)}))
    assert 'value="soon"' in shown(Quick({"due": "soon"}))


def test_a_time_is_read_and_written_as_people_say_it():
    class Starts(forms.Form):
        at = django_forms.TimeField()

    form = Starts({"at": "2.30pm"})
    assert form.is_valid()
    assert form.cleaned_data["at"] == datetime.time(14, 30)
    assert 'value="10.30am"' in shown(Starts(initial={"at": datetime.time(10, 30)}))
    assert not Starts({"at": "  "}).is_valid()


# ---- texts, versions ----------------------------------------------------------------------------


def test_the_ends_of_lines_are_counted_as_they_were_typed():
    class Text(forms.Form):
        text = django_forms.CharField(widget=django_forms.Textarea, max_length=5)

    form = Text({"text": "ab\r\ncd"})
    assert form.is_valid()
    assert form.cleaned_data["text"] == "ab\ncd"


def test_a_form_remembers_which_version_was_read():
    class Item(forms.Versioned, forms.Form):
        text = django_forms.CharField()

    assert '<input type="hidden" name="version" value="3" id="id_version">' in shown(
        Item(version=3)
    )
    form = Item({"text": "x", "version": "3"}, version=4)
    assert form.is_valid()
    assert form.cleaned_data["version"] == 3


# ---- what a verb found wrong --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ("It is closed", {"__all__": ["It is closed"]}),
        (["One", "Two"], {"__all__": ["One", "Two"]}),
        ({"due": "Too early", "x": ["No"]}, {"due": ["Too early"], "__all__": ["No"]}),
        ({"due_on": "Too early"}, {"due": ["Too early"]}),
        (ValidationError("At most %(most)s", params={"most": 3}), {"__all__": ["At most 3"]}),
        ({None: "It is closed"}, {"__all__": ["It is closed"]}),
    ],
)  # fmt: skip
def test_what_a_verb_refuses_stands_by_its_field_or_above_the_form(wrong, said):
    form = Due({"due_day": "1", "due_month": "2", "due_year": "2027"})

    forms.say_wrong(form, ValidationError(wrong), called={"due_on": "due"})

    assert form.errors == said
