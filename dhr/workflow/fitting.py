"""What the panel finds out about contradictions and gaps between chronologies."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from core import clock
from core.workflow import Wrong
from dhr.models import Misfit, Review
from dhr.queries.combined import misfit_of
from dhr.workflow.steps import REASON, note, take, text_of


@transaction.atomic
def settle(review: Review, *, kind: str, key: str, settled: str, by: Any) -> Misfit:
    """Say what was found out about one, or say it otherwise."""
    review = take(review, by=by, verb="settle")
    if misfit_of(review, kind, key) is None:
        raise Wrong("The chronologies no longer differ there.")
    wrong: dict[str, str] = {}
    settled = text_of(wrong, "settled", settled, "Enter what was found out", REASON)
    if wrong:
        raise ValidationError(wrong)
    found, _ = Misfit.objects.update_or_create(
        review=review, kind=kind, key=key,
        defaults={"settled": settled, "by": by, "at": clock.now()},
    )  # fmt: skip
    note("settled a difference between chronologies of", review, by=by, kind=kind)
    return found


@transaction.atomic
def unsettle(review: Review, *, kind: str, key: str, by: Any) -> None:
    """Take back what was said about one: it is open again."""
    review = take(review, by=by, verb="settle")
    found = Misfit.objects.filter(review=review, kind=kind, key=key)
    if not found.exists():
        raise Wrong("Nothing was said about it.")
    found.delete()
    note("opened a difference between chronologies again in", review, by=by, kind=kind)
