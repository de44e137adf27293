"""The same lesson again: what was recommended, over all reviews on which a person sits.

Everything here starts from ``known``. Only ``counted`` looks at other reviews, in numbers.
"""

from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.search import SearchQuery, SearchVector
from django.db.models import Count, Func, Prefetch, Q, QuerySet, TextField

from core import clock
from core.dates import count
from dhr.models import LearningTheme, PlanItem, Recommendation, Review
from dhr.queries import plans
from membership import standing
from membership.models import Partnership

MOST = 5
SAME_WORDS = 0.5  # of the shorter text, which is enough by itself
SOME_WORDS = 0.25  # enough where a theme is shared too
FEWEST = 3


class Words(Func):
    """The words of a text as Postgres looks for them: without endings, without small words."""

    template = "tsvector_to_array(to_tsvector('english', %(expressions)s))"
    output_field = ArrayField(TextField())


def known(user: Any) -> QuerySet[Recommendation]:
    """Recommendations of the reviews on which this person sits, past the sharing gate."""
    rows = Recommendation.objects.visible_to(user).filter(removed_because="")
    rows = rows.filter(review__group__in=standing.cleared(user))
    return rows.select_related("review__partnership", "review__group")


# ---- alike --------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Alike:
    """A recommendation that may be the same lesson, and what the two share."""

    recommendation: Recommendation
    share: float
    says: str


def alike(recommendation: Recommendation, user: Any) -> list[Alike]:
    """Others that the person may read and that may be the same lesson, the likeliest first."""
    rows = Recommendation.objects.filter(pk=recommendation.pk).annotate(words=Words("text"))
    words = set(rows.values_list("words", flat=True).get())
    themes = {each.pk: each for each in recommendation.themes.all()}
    said = [each for each in (recommendation.pk, recommendation.repeats_id) if each]
    others = known(user).exclude(pk__in=said).exclude(repeats=recommendation)
    others = others.annotate(words=Words("text"))
    found = []
    for other in others.prefetch_related("themes"):
        both = words & set(other.words)
        shared = [str(themes[each.pk]) for each in other.themes.all() if each.pk in themes]
        share = len(both) / max(1, min(len(words), len(other.words)))
        enough = share >= SAME_WORDS or (shared and share >= SOME_WORDS)
        if enough and len(both) >= FEWEST:
            says = f"{count(len(both), 'word')} the same"
            says += f", and the theme “{'”, “'.join(shared)}”" if shared else ""
            found.append(Alike(other, share + bool(shared), says))
    found.sort(key=lambda each: (-each.share, each.recommendation.review.reference))
    return found[:MOST]


def repeated_by(recommendation: Recommendation, user: Any) -> list[Recommendation]:
    """Those that are said to repeat it, as far as the person may read them."""
    return list(known(user).filter(repeats=recommendation).order_by("review__reference", "number"))


# ---- searched -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Chosen:
    """What is looked for."""

    words: str = ""
    theme: str = ""
    body: str = ""
    view: str = ""


def searched(user: Any, chosen: Chosen) -> list[plans.Block]:
    """The recommendations that fit, each with the actions that fit, by review and number."""
    today = clock.today()
    found = known(user).annotate(
        repeated=Count("repeated_by", Q(repeated_by__removed_because=""), distinct=True)
    )
    if chosen.words:
        query = SearchQuery(chosen.words, search_type="websearch", config="english")
        found = found.annotate(search=SearchVector("text", config="english")).filter(search=query)
    if chosen.theme:
        found = found.filter(themes__slug=chosen.theme)
    own = plans.items(PlanItem.objects.filter(removed_because="")).order_by("number")
    found = found.prefetch_related("themes", Prefetch("items", own, to_attr="shown_items"))
    blocks = [
        plans.Block(each, [plans.row(item, today) for item in each.shown_items], each.repeated)
        for each in found.order_by("-review__reference", "number")
    ]
    return plans.chosen(blocks, view=chosen.view, body=chosen.body)


def reviews_of(blocks: list[plans.Block]) -> list[Review]:
    """The reviews that are read where these are shown."""
    return list({each.recommendation.review_id: each.recommendation.review for each in blocks}
                .values())  # fmt: skip


# ---- counted ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Counted:
    """How often a theme was a lesson, in numbers only."""

    theme: LearningTheme
    recommendations: int
    reviews: int
    repeats: int


def counted(partnership: Partnership) -> list[Counted]:
    """How often each theme came up in all reviews of a partnership, the most frequent first."""
    of = Q(recommendations__review__partnership=partnership, recommendations__removed_because="")
    again = of & Q(recommendations__repeats__isnull=False)
    rows = LearningTheme.objects.annotate(
        told=Count("recommendations", of, distinct=True),
        reviews=Count("recommendations__review", of, distinct=True),
        again=Count("recommendations", again, distinct=True),
    ).filter(told__gt=0)
    return [
        Counted(each, each.told, each.reviews, each.again)
        for each in rows.order_by("-reviews", "-told", "position")
    ]
