"""What all records of a death review share: who may know of them."""

from typing import Any, Self

from django.db import models

from membership import standing
from membership.models import Group, Partnership


class ReviewQuerySet(models.QuerySet):
    """Records of reviews: known to those who sit on the review's own group, and to nobody else.

    ``path`` leads to the review.
    """

    path = "review__"

    def of(self, partnership: Partnership | None) -> Self:
        """Those of this partnership."""
        return self.filter(**{f"{self.path}partnership": partnership})

    def visible_to(self, user: Any) -> Self:
        """Those of the reviews on which this person sits today."""
        return self.filter(**{f"{self.path}group__in": standing.groups(user)})


class OfReview(models.Model):
    """A record that belongs to one review and shares its audience."""

    review: Any

    class Meta:
        abstract = True

    @property
    def partnership(self) -> Partnership:
        """The partnership that holds its review."""
        return self.review.partnership

    @property
    def group(self) -> Group:
        """The review's own group, its need-to-know list."""
        return self.review.group

    @property
    def group_id(self) -> Any:
        """The key of that group."""
        return self.review.group_id
