"""What case reviews put on the public site: how to ask for one, and the yearly figures."""

from collections.abc import Iterator

from django.urls import reverse

from core import registries
from core.registries import Found
from membership.models import Partnership
from triggers.models import Procedure, PublishedYear
from triggers.queries import statistics

ASKING = (
    "Trouble that was reported more than once and has not stopped: who can ask for a review, and "
    "how."
)


@registries.public
def case_reviews(partnership: Partnership, words: str, most: int | None = None) -> Iterator[Found]:
    """The newest year's figures; to who looks for it, also how to ask for a review."""
    procedure = Procedure.objects.of(partnership).first()
    if procedure is None or most == 0:
        return
    url = reverse("triggers:public", args=[partnership.slug])
    found = [*_figures(partnership, procedure, url)]
    if words:
        found.append(_asking(partnership, procedure))
    for each in found[:most]:
        text = f"{each.title} {each.summary} asb anti-social behaviour community trigger".lower()
        if all(word in text for word in words.lower().split()):
            yield each


def _figures(partnership: Partnership, procedure: Procedure, url: str) -> Iterator[Found]:
    newest = PublishedYear.objects.of(partnership).order_by("-starts_on").first()
    if newest is None:
        return
    name = statistics.label(newest.starts_on, newest.ends_on)
    yield Found(
        title=f"{procedure.get_shown_name_display()}: figures for {name}",
        url=f"{url}#year-{name}", kind="Figures", at=newest.published_at,
        summary="How many asked for a review, how many were held and what came of them.",
    )  # fmt: skip


def _asking(partnership: Partnership, procedure: Procedure) -> Found:
    set_up = Procedure.history.filter(partnership=partnership).order_by("-history_date").first()
    return Found(
        title=f"{procedure.get_shown_name_display()}: how to ask for one",
        url=reverse("triggers:public", args=[partnership.slug]), kind="Page",
        at=set_up.history_date, summary=ASKING,
    )  # fmt: skip
