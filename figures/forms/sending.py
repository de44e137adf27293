"""Sending in street-crime files."""

import django.forms
from django.conf import settings
from django.utils.functional import lazy

from core import forms
from documents.checks import in_megabytes, scanner
from documents.forms import UNSCANNED


def taken() -> str:
    """What is taken, and whether anybody looks for viruses, asked page by page."""
    most = in_megabytes(settings.UPLOAD_LIMIT)
    said = (
        f"A CSV file, or the zip archive as it was downloaded, up to {most}. About two years of "
        "one force fit into that."
    )
    return said if scanner.in_use() else f"{said} {UNSCANNED}"


class UseAgainForm(forms.Form):
    """Why the earlier file of a month is right; everybody who reads figures can read it."""

    submit = "Use the earlier file again"
    look = "govuk-button--warning"

    reason = django.forms.CharField(
        label="Why is the earlier file right?", max_length=300, widget=forms.Textarea({"rows": 3}),
        help_text="It is shown beside both files, to everybody who may read figures.",
        error_messages={"required": "Say why the earlier file is right"},
    )  # fmt: skip


class SendInForm(forms.Form):
    """One file. What is in it is looked at by the worker, and said on the page of the run."""

    submit = "Send it in"

    file = django.forms.FileField(
        label="File from data.police.uk", help_text=lazy(taken, str)(), allow_empty_file=True,
        widget=django.forms.FileInput({"accept": ".csv,.zip"}),
        error_messages={"required": "Choose the file"},
    )  # fmt: skip
