"""Records that hold from a day to a day; ``ends_on`` is the first day without them."""

from typing import Any, Self

from django.db import models
from django.db.models import Q


def in_force(on: Any, prefix: str = "") -> Q:
    """Held on this day: started, and not yet ended (``ends_on`` is the first day without it)."""
    return Q(**{f"{prefix}starts_on__lte": on}) & (
        Q(**{f"{prefix}ends_on__isnull": True}) | Q(**{f"{prefix}ends_on__gt": on})
    )


class DatedQuerySet(models.QuerySet):
    """Records that hold from a day to a day."""

    def on(self, day: Any) -> Self:
        """Those that hold on this day."""
        return self.filter(in_force(day))

    def not_over(self, day: Any) -> Self:
        """Those that hold on this day or on a later one."""
        return self.filter(Q(ends_on__isnull=True) | Q(ends_on__gt=day))
