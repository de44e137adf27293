"""What every step of a strategy does: take the edition, keep the change, write it down."""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models

from assessments.models import Edition, EditionStatus
from audit.workflow import record
from core import clock, history
from core.markup import plain
from core.permissions import ALLOWED, Verdict, can, denied, require
from core.workflow import Wrong

DRAFT, CONSULTED = EditionStatus.DRAFT, EditionStatus.CONSULTED
ADOPTED, PUBLISHED = EditionStatus.ADOPTED, EditionStatus.PUBLISHED

# step → the row of the policy that it stands under, and the states that allow it
STEPS: dict[str, tuple[str, tuple[str, ...]]] = {
    "edit": ("edit", (DRAFT, CONSULTED)),
    "withdraw": ("edit", (DRAFT, CONSULTED)),
    "adopt": ("adopt", (CONSULTED,)),
    "take over": ("adopt", (DRAFT, CONSULTED)),
    "publish": ("publish", (ADOPTED,)),
    "send": ("publish", (ADOPTED, PUBLISHED)),
}

WHY_NOT = {
    DRAFT: "how communities were consulted has not been recorded yet",
    CONSULTED: "it has not been adopted",
    ADOPTED: "it has been adopted, and what was adopted never changes",
    PUBLISHED: "it has been published, and what was adopted never changes",
}

LINE, LONG = 300, 6000


class Changed(Wrong):
    """Somebody else changed the edition after this person opened the page."""

    def __init__(self, edition: Edition) -> None:
        super().__init__("Somebody else changed this while you were writing. Nothing is lost.")
        self.edition = edition


def fits(step: str, edition: Edition) -> Verdict:
    """Whether the state of an edition allows a step, and if not, what stands in the way."""
    if edition.status in STEPS[step][1]:
        return ALLOWED
    return denied(f"This cannot be done now: {WHY_NOT[EditionStatus(edition.status)]}.")


def may(user: Any, step: str, edition: Edition) -> Verdict:
    """Whether this person may take this step now: the permission first, then the state."""
    return can(user, STEPS[step][0], edition) and fits(step, edition)


def take(edition: Edition, step: str, *, by: Any, version: int | None = None) -> Edition:
    """The edition, locked. Raises ``Refused``, ``Wrong`` or, where it was changed, ``Changed``."""
    rows = Edition.objects.select_for_update(of=("self",))
    current = rows.select_related("strategy__partnership", "strategy__group").get(pk=edition.pk)
    require(can(by, STEPS[step][0], current))
    verdict = fits(step, current)
    if not verdict:
        raise Wrong(verdict.reason)
    if version is not None and version != current.version:
        raise Changed(current)
    return current


def keep(edition: Edition, *, by: Any, says: str, **fields: Any) -> Edition:
    """Save these fields of an edition that was taken, and write the record."""
    fields["version"] = edition.version + 1
    for name, value in fields.items():
        setattr(edition, name, value)
    history.save(edition, by=by, fields=fields)
    note(says, edition, edition, by=by)
    return edition


def note(says: str, subject: models.Model, edition: Edition, *, by: Any, **detail: str) -> None:
    """Write the record of a deed on something of an edition."""
    record(
        says, subject, by=by, partnership=edition.partnership, group=edition.strategy.group,
        detail={"edition": str(edition), **detail},
    )  # fmt: skip


def touched(edition: Edition) -> None:
    """Count a change of what belongs to an edition, so that its files are known to be older."""
    Edition.objects.filter(pk=edition.pk).update(version=models.F("version") + 1)


def renumber(things: Iterable[Any], *, by: Any) -> None:
    """Number them from 1 in their order, after one of them was removed."""
    for number, each in enumerate(things, start=1):
        if each.number != number:
            each.number = number
            history.save(each, by=by, fields=["number"])


def line(text: str) -> str:
    """What was typed, on one line."""
    return " ".join(plain(text).split())


def wrong_text(name: str, text: str, what: str, most: int) -> dict[str, str]:
    """What is wrong with a text that must be given: missing, or too long."""
    if not text:
        return {name: f"Enter {what}"}
    return too_long(name, text, most)


def too_long(name: str, text: str, most: int) -> dict[str, str]:
    """What is wrong with a text that may be left out: only that it is too long."""
    if len(text) > most:
        return {name: f"This must be {most} characters or fewer. It has {len(text)}"}
    return {}


def refuse(wrong: dict[str, str]) -> None:
    """Raise ``ValidationError`` by field if anything is wrong."""
    if wrong:
        raise ValidationError(wrong)


def today_or_before(name: str, day: Any) -> dict[str, str]:
    """What is wrong with a day that is not to lie in the future."""
    return {name: "The day cannot be in the future"} if day > clock.today() else {}
