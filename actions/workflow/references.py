"""The next reference of a year: A-2026-014, R-2026-003."""

from typing import Any

from django.db.models import IntegerField, Max
from django.db.models.functions import Cast, Substr

from membership.models import Partnership


def take_next(model: Any, partnership: Partnership, prefix: str, *, digits: int = 3) -> str:
    """The next number. The partnership's row is held, so that no two are the same."""
    Partnership.objects.select_for_update(no_key=True).get(pk=partnership.pk)
    number = Cast(Substr("reference", len(prefix) + 1), IntegerField())
    taken = model.objects.filter(partnership=partnership, reference__startswith=prefix)
    last = taken.aggregate(last=Max(number))["last"] or 0
    return f"{prefix}{last + 1:0{digits}}"
