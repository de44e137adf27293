"""What a person has been told."""

from dataclasses import dataclass
from typing import Any

from django.db import models
from django.db.models import Count as CountOf
from django.db.models import F, OuterRef, Q, QuerySet, Subquery

from membership import standing
from notices.models import Notice


def _unread() -> Subquery:
    unread = Notice.objects.filter(recipient=OuterRef("person")).unread().order_by()
    return Subquery(unread.values("recipient").values(number=CountOf("pk")))


standing.beside["unread"] = _unread


def unread_count(user: Any) -> int:
    """How many notices this person has not opened; it came with their seats, if they have any."""
    seats = standing.seats(user)
    if seats:
        return seats[0].unread or 0
    return Notice.objects.visible_to(user).unread().count()


def notices(user: Any, partnership: str = "") -> QuerySet[Notice]:
    """A person's notices, those not yet opened first, else newest first; of one slug, or all."""
    found = Notice.objects.visible_to(user).select_related("partnership")
    if partnership:
        found = found.filter(partnership__slug=partnership)
    opened = models.ExpressionWrapper(Q(read_at__isnull=False), models.BooleanField())
    return found.order_by(opened, "-created_at", "-id")


@dataclass(frozen=True, slots=True)
class Count:
    """How many notices a person has of one partnership."""

    slug: str
    place: str
    all: int
    unread: int


def counts(user: Any) -> list[Count]:
    """The partnerships that have told this person anything, by name, with how much."""
    found = (
        Notice.objects.visible_to(user)
        .order_by("partnership__place")
        .values(slug=F("partnership__slug"), place=F("partnership__place"))
        .annotate(all=CountOf("pk"), unread=CountOf("pk", filter=Q(read_at=None)))
    )
    return [Count(**each) for each in found]
