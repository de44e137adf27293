"""A partnership's own words for its letters, and the way back to the shipped ones."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from audit import workflow as audit
from core import history
from core.markup import plain
from core.permissions import can, require
from core.workflow import Wrong
from membership.models import Partnership
from triggers import letter_words
from triggers.models import LetterKind, LetterTemplate
from triggers.workflow.letters import HEADING, LONGEST
from triggers.workflow.steps import wrong_text

MOST_SHOWN = 5


class Changed(Wrong):
    """Somebody else changed these words after the form was read."""

    def __init__(self, now: LetterTemplate | None) -> None:
        super().__init__("Somebody changed these words while your page was open.")
        self.now = now


@transaction.atomic
def save(
    partnership: Partnership, kind: str, *, heading: str, body: str, version: int = 0, by: Any
) -> LetterTemplate:
    """Keep the partnership's own words for a kind of letter. ``version`` is 0 for shipped words.

    Raises ``ValidationError`` for a place between curly brackets that is none of ours.
    """
    require(can(by, "keep case reviews", partnership))
    found = _locked(partnership, kind)
    if version != (found.version if found else 0):
        raise Changed(found)
    heading, body = " ".join(heading.split()), plain(body)
    _check(heading, body)
    template = found or LetterTemplate(partnership=partnership, kind=LetterKind(kind), version=0)
    template.heading, template.body = heading, body
    template.version += 1
    history.save(template, by=by)
    _note("changed the words of a letter:", template, by)
    return template


def _check(heading: str, body: str) -> None:
    wrong = wrong_text("heading", heading, "Enter a heading", HEADING)
    wrong |= wrong_text("body", body, "Enter the letter", LONGEST)
    for field, text in (("heading", heading), ("body", body)):
        unknown = letter_words.misplaced(text)
        if unknown and field not in wrong:
            shown = ", ".join(unknown[:MOST_SHOWN])
            wrong[field] = f"There is no such place: {shown}. The places are listed below the form"
    if letter_words.APPEAL_BY in heading and "heading" not in wrong:
        wrong["heading"] = "The last day to appeal can stand in the letter, not in its heading"
    if wrong:
        raise ValidationError(wrong)


@transaction.atomic
def back_to_shipped(partnership: Partnership, kind: str, *, by: Any) -> None:
    """Use the shipped words again. What the partnership had written stays in the history."""
    require(can(by, "keep case reviews", partnership))
    found = _locked(partnership, kind)
    if found is None:
        raise Wrong("These are the shipped words already.")
    _note("went back to the shipped words of a letter:", found, by)
    history.remove(found, by=by)


def _locked(partnership: Partnership, kind: str) -> LetterTemplate | None:
    rows = LetterTemplate.objects.select_for_update(of=("self",))
    return rows.filter(partnership=partnership, kind=kind).first()


def _note(verb: str, template: LetterTemplate, by: Any) -> None:
    audit.record(verb, template, by=by, partnership=template.partnership)
