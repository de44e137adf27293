"""What all records of a case share: who may know of them."""

from typing import Any, Self

from django.db import models
from django.db.models import Q

from core import clock
from membership import standing, succession
from membership.models import GroupKind, Partnership
from membership.models.partnerships import OfPartnershipQuerySet


class CaseQuerySet(models.QuerySet):
    """Records of cases: known to those who sit on the case's own group, and to nobody else.

    ``path`` leads to the application.
    """

    path = "application__"

    def of(self, partnership: Partnership | None) -> Self:
        """Those of this partnership."""
        return self.filter(**{f"{self.path}partnership": partnership})

    def visible_to(self, user: Any) -> Self:
        """Those of the cases on which this person sits today."""
        return self.filter(**{f"{self.path}group__in": standing.groups(user)})


class OfCase(models.Model):
    """A record that belongs to one case and shares its audience."""

    application: Any

    class Meta:
        abstract = True

    @property
    def partnership(self) -> Partnership:
        """The partnership of its case."""
        return self.application.partnership

    @property
    def group(self) -> Any:
        """The case's own group, its need-to-know list."""
        return self.application.group

    @property
    def group_id(self) -> Any:
        """The key of that group."""
        return self.application.group_id


class ProcedureQuerySet(models.QuerySet):
    """What a partnership has laid down: kept by officers."""

    def of(self, partnership: Partnership | None) -> Self:
        """Those of this partnership."""
        return self.filter(partnership=partnership)

    def visible_to(self, user: Any) -> Self:
        """To everybody who works in the partnership."""
        return self.filter(partnership__in=standing.working(user))


class DatedProcedureQuerySet(OfPartnershipQuerySet):
    """What a partnership has laid down from a day to a day."""

    def visible_to(self, user: Any) -> Self:
        """To everybody who works in the partnership."""
        return self.filter(partnership__in=standing.working(user))


def answers_for(user: Any) -> Q:
    """What is asked of a body whose people this person is among, wherever it stands in a case.

    Its people on the standing panel; where it has none there (``anybody``), whoever sits for it on
    the board or a subgroup. What was asked of a body that has ended since is its successor's.
    """
    found, today = Q(pk__in=[]), clock.today()
    for seat in standing.seats(user):
        if seat.agency_id is None or seat.role == "adviser":
            continue
        own = succession.lineage({seat.agency_id}, today)
        theirs = Q(agency__in=own, application__partnership=seat.group.partnership_id)
        if seat.group.kind == GroupKind.PANEL:
            procedure = "application__partnership__case_review_procedure__group"
            found |= theirs & Q(**{procedure: seat.group_id})
        elif seat.group.kind in (GroupKind.BOARD, GroupKind.SUBGROUP):
            found |= theirs & Q(anybody=True)
    return found
