"""A file that is to be for everybody, looked through: for names of the key, for what it hides."""

from typing import Any

from django.core.exceptions import ValidationError

from dhr.models import KeyEntry, Review
from dhr.queries.progress import named
from documents.checks import Checked
from documents.checks.hidden import hidden
from documents.checks.words import words
from documents.workflow.papers import checked_file

PDF = "application/pdf"
TITLE = "Names its title"  # which a readable PDF must have
EMPTY_KEY = (
    "The key of this review is empty, so nothing can be looked through for names. Write down who "
    "is who first."
)
UNREAD = "Its words cannot be read, as in a scan, so it cannot be looked through for names"


def looked_through(review: Review, name: str, file: Any, wrong: dict[str, str]) -> Checked | None:
    """The file as it may be published. What is wrong with it goes into ``wrong``."""
    if not file:
        return None
    try:
        checked = checked_file(file)
    except ValidationError as unread:
        wrong[name] = " ".join(unread.messages)
        return None
    if refused := _refused(review, checked):
        wrong[name] = refused
        return None
    return checked


def _refused(review: Review, file: Checked) -> str:
    """Why it may not be published; nothing where it may."""
    if file.content_type.partition(";")[0] != PDF:
        return "Choose a PDF"
    if not KeyEntry.objects.filter(review=review).exists():
        return EMPTY_KEY
    text = words(file.data, PDF)
    if text is None:
        return UNREAD
    found = hidden(file.data, PDF)
    if says := named(review, text, *found):
        return says
    left = [each for each in found if not each.startswith(TITLE)]
    return f"Take out first what is not seen on its pages. {'. '.join(left)}" if left else ""
