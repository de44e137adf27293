"""Questions about equality, apart from any case: nobody need answer any of them."""

from django import forms as django

from core import forms

YES_OR_NO = {"yes": "Yes", "no": "No"}


def asked(question: str, answers: dict[str, str]) -> django.ChoiceField:
    """One question, which may be left out or answered with that one would rather not say."""
    return django.ChoiceField(
        label=question,
        required=False,
        widget=forms.Radios(small=True),
        choices=[*answers.items(), ("not_say", "I would rather not say")],
    )


class Equality(forms.Form):
    """All of them on one page."""

    submit = "Send these answers"
    mark_optional = False
    age_band = asked(
        "How old are you?",
        {
            "under_18": "Under 18", "18_24": "18 to 24", "25_34": "25 to 34", "35_44": "35 to 44",
            "45_54": "45 to 54", "55_64": "55 to 64", "65_over": "65 or over",
        },
    )  # fmt: skip
    sex = asked("What is your sex?", {"female": "Female", "male": "Male"})
    gender_same = asked("Is your gender the same as the sex you were given at birth?", YES_OR_NO)
    ethnicity = asked(
        "What is your ethnic group?",
        {
            "asian": "Asian or Asian British", "black": "Black or Black British",
            "mixed": "Mixed, or more than one", "white": "White", "other": "Another group",
        },
    )  # fmt: skip
    disability = asked("Do you have a disability or a long illness?", YES_OR_NO)
    religion = asked(
        "What is your religion?",
        {
            "none": "No religion", "buddhist": "Buddhist", "christian": "Christian",
            "hindu": "Hindu", "jewish": "Jewish", "muslim": "Muslim", "sikh": "Sikh",
            "other": "Another religion",
        },
    )  # fmt: skip
    orientation = asked(
        "How do you describe yourself?",
        {
            "straight": "Straight", "gay": "Gay or lesbian", "bisexual": "Bisexual",
            "other": "In another way",
        },
    )  # fmt: skip
