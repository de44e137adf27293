"""The learning library: what is written, and what everybody reads."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet

from dhr.models import Learning, LearningTheme, Recommendation
from membership.models import Partnership

PUBLIC = Q(publication__isnull=False, publication__withdrawal=None)


def written(user: Any, partnership: Partnership) -> QuerySet[Learning]:
    """What was written for the library, published or not, for those who write it."""
    rows = Learning.objects.visible_to(user).of(partnership)
    rows = rows.select_related("partnership", "made_by", "checked_by", "publication__withdrawal")
    return rows.prefetch_related("themes")


def public(partnership: Partnership, theme: str = "") -> QuerySet[Learning]:
    """What everybody reads, the newest first; of one theme, or of all."""
    rows = Learning.objects.of(partnership).filter(PUBLIC)
    if theme:
        rows = rows.filter(themes__slug=theme)
    rows = rows.select_related("publication__partnership").prefetch_related("themes")
    return rows.order_by("-publication__published_at", "pk")


def themes(partnership: Partnership) -> list[tuple[LearningTheme, int]]:
    """The themes of which there is something to read, with how many."""
    keys = public(partnership).order_by().values("pk")
    counts = dict(
        Learning.themes.through.objects.filter(learning__in=keys)
        .values_list("learningtheme")
        .annotate(number=Count("pk"))
    )
    return [(each, counts[each.pk]) for each in LearningTheme.objects.filter(pk__in=counts)]


@dataclass(frozen=True, slots=True)
class State:
    """How far a piece is, and the tone of it."""

    says: str
    tone: str


def state(learning: Learning) -> State:
    """Published, off the site, read, or waiting for a reader."""
    if learning.publication is None:
        return (
            State("Read", "mine") if learning.checked_at else State("Waits to be read", "waiting")
        )
    if hasattr(learning.publication, "withdrawal"):
        return State("Off the site", "idle")
    return State("Published", "")


def comes_from(learning: Learning, user: Any) -> list[Recommendation]:
    """The recommendations that it came from, of reviews on which this person sits."""
    own = Recommendation.objects.visible_to(user)
    rows = learning.comes_from.filter(pk__in=own.values("pk"))
    return list(rows.select_related("review__partnership"))
