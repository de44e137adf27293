"""Who sees what is being worked on: those who work in the partnership."""

from typing import Any, Self

from django.db import models

from membership import standing
from membership.models import DatedQuerySet, Partnership


class WorkingQuerySet(DatedQuerySet):
    """Records of a partnership that its board, subgroups and secretariat work with."""

    def of(self, partnership: Partnership | None) -> Self:
        """Those of this partnership."""
        return self.filter(partnership=partnership)

    def visible_to(self, user: Any) -> Self:
        """Those of the partnerships in which a person works."""
        return self.filter(partnership__in=standing.working(user))


class PartQuerySet(models.QuerySet):
    """Parts of a record; ``WHOLE`` leads to the partnership from each of them."""

    def of(self, partnership: Partnership | None) -> Self:
        """Those of this partnership."""
        return self.filter(**{f"{self.model.WHOLE}__partnership": partnership})

    def visible_to(self, user: Any) -> Self:
        """Those of the partnerships in which a person works."""
        return self.filter(**{f"{self.model.WHOLE}__partnership__in": standing.working(user)})
