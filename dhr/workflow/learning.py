"""What is learned, for everybody: written by one, read by another, published, taken off.

A lesson says nothing of the review that it came from. Its words are looked through for the names of
every key, and for the references and pseudonyms by which reviews are known.
"""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.text import slugify

import audit.workflow
import documents.workflow
import notices.workflow
from core import clock, history
from core.permissions import can, require
from core.workflow import Wrong
from dhr import renditions
from dhr.models import Learning, LearningKind, LearningTheme, Recommendation, Review
from dhr.names import found_in_all, holds
from dhr.queries import people
from dhr.workflow.steps import REASON, text_of
from membership.models import Partnership

TEXTS = {
    "title": ("Enter a title", 160), "happened": ("Enter what was seen, in general words", 4000),
    "matters": ("", 4000), "practice": ("Enter what to do differently", 4000),
    "where_to_read": ("", 2000),
}  # fmt: skip
NAMES = (
    "This holds a name that is in the key of a death review. It is for everybody, so name nobody"
)
KNOWN_BY = "This says which review it comes from. Take its reference or pseudonym out"
GONE = "This was taken off the site. If you need to read it, ask the community safety team."


@transaction.atomic
def write(partnership: Partnership, *, by: Any, **told: Any) -> Learning:
    """Write a lesson or a briefing, for somebody else to read: see ``_filled``."""
    require(can(by, "write learning", partnership))
    learning = _filled(Learning(partnership=partnership), by, **told)
    _note("wrote", learning, by)
    return learning


@transaction.atomic
def change(learning: Learning, *, by: Any, **told: Any) -> Learning:
    """Change what is not published. Who changes it becomes its writer; another must read it."""
    learning = _taken(learning, by)
    _unpublished(learning)
    learning.version += 1
    learning = _filled(learning, by, **told)
    _note("changed", learning, by)
    return learning


def _filled(
    learning: Learning, by: Any, *, kind: str, themes: Iterable[LearningTheme] = (),
    comes_from: Iterable[Recommendation] | None = None, **texts: str,
) -> Learning:  # fmt: skip
    """Keep the words. ``comes_from`` are recommendations of reviews on which ``by`` sits; links to
    others stay as they are."""
    wrong: dict[str, str] = {}
    if kind not in LearningKind.values:
        wrong["kind"] = "Choose what it is"
    learning.kind = kind
    for name, (missing, most) in TEXTS.items():
        setattr(learning, name, text_of(wrong, name, texts.get(name, ""), missing, most))
    own = set(Recommendation.objects.visible_to(by).values_list("pk", flat=True))
    linked: set[Any] = {each.pk for each in comes_from or ()}
    if linked - own:
        wrong["comes_from"] = "Choose recommendations of reviews that you sit on"
    if not learning.title or slugify(learning.title):
        _nameless(learning, wrong, linked)
    else:
        wrong["title"] = "Enter a title with letters in it"
    if wrong:
        raise ValidationError(wrong)
    learning.made_by, learning.made_at = by, clock.now()
    learning.checked_by = learning.checked_at = None
    history.save(learning, by=by)
    learning.themes.set(themes)
    if comes_from is not None:
        others = set(learning.comes_from.exclude(pk__in=own).values_list("pk", flat=True))
        learning.comes_from.set({*others, *linked})
    return learning


def _nameless(learning: Learning, wrong: dict[str, str], linked: set[Any] | None = None) -> None:
    """Say beside each text that it names somebody, or the review that it comes from."""
    everywhere = list(Review.objects.all())
    keys: set[Any] = {*(linked or ())}
    if learning.pk:
        keys |= {*learning.comes_from.values_list("pk", flat=True)}
    from_here = Review.objects.filter(recommendations__in=keys).distinct()
    known = {review.reference for review in everywhere}
    for review in from_here:
        known |= {review.pseudonym, review.led_reference}
        known |= set(review.deaths.values_list("pseudonym", flat=True))
    for name in TEXTS:
        text = getattr(learning, name)
        if name in wrong or not text:
            continue
        if found_in_all(everywhere, text):
            wrong[name] = NAMES
        elif any(each and holds(text, each) for each in known):
            wrong[name] = KNOWN_BY


@transaction.atomic
def check(learning: Learning, *, version: int | None = None, by: Any) -> Learning:
    """Say, as somebody who did not write it, that it identifies nobody: in the version that was
    read."""
    learning = _taken(learning, by)
    _unpublished(learning)
    if version is not None and version != learning.version:
        raise Wrong("Somebody changed it while your page was open. Read it again.")
    if learning.made_by_id == by.pk:
        raise Wrong("Somebody else must read it: you wrote it.")
    if learning.checked_at:
        raise Wrong(f"{learning.checked_by} has read it already.")
    learning.checked_by, learning.checked_at = by, clock.now()
    history.save(learning, by=by, fields=["checked_by", "checked_at"])
    _note("checked", learning, by)
    notices.workflow.tell(
        [learning.made_by], kind="death-learning-checked", about=learning, but=by,
        text="Somebody else has read what you wrote for the learning library",
        url=learning.get_absolute_url(), partnership=learning.partnership,
        occurrence=str(learning.version),
    )  # fmt: skip
    return learning


@transaction.atomic
def publish(learning: Learning, *, by: Any) -> Learning:
    """Publish what a second person has read: a page and a PDF, for everybody.

    It is looked through for names once more: keys may hold more of them by now.
    """
    learning = _taken(learning, by)
    _unpublished(learning)
    if not learning.checked_at:
        raise Wrong("Somebody else than the writer must read it first.")
    wrong: dict[str, str] = {}
    _nameless(learning, wrong)
    if wrong:
        raise Wrong("It holds a name that is in a key by now. Change it, and have it read again.")
    slug = f"learning-{slugify(learning.title)[:80].strip('-')}"
    try:
        learning.publication = documents.workflow.publish(
            learning.partnership, kind=learning.get_kind_display().lower(), slug=slug,
            title=learning.title, summary=renditions.summary(learning),
            html=renditions.page(learning), text=renditions.text(learning),
            pdf=renditions.document(learning), file_name=f"{slug}.pdf",
            allowed=can(by, "change", learning), by=by,
        )  # fmt: skip
    except ValidationError as refused:
        if hasattr(refused, "error_dict"):
            raise Wrong("Something is published under this title already.") from refused
        raise
    history.save(learning, by=by, fields=["publication"])
    _note("published", learning, by)
    return learning


@transaction.atomic
def withdraw(learning: Learning, *, because: str, by: Any) -> Learning:
    """Take what was published off the site. It can be written anew, under another title."""
    learning = _taken(learning, by)
    if learning.publication is None:
        raise Wrong("This is not published.")
    wrong: dict[str, str] = {}
    because = text_of(wrong, "because", because, "Enter why it is taken off", REASON)
    if wrong:
        raise ValidationError(wrong)
    allowed = can(by, "change", learning)
    documents.workflow.withdraw(learning.publication, says=GONE, allowed=allowed, by=by)
    history.save(learning, by=by, why=because[:100])
    _note("withdrew", learning, by)
    return learning


@transaction.atomic
def put_away(learning: Learning, *, by: Any) -> None:
    """Throw away what was never published. It stays in the history."""
    learning = _taken(learning, by)
    _unpublished(learning)
    _note("threw away", learning, by)
    history.remove(learning, by=by)


def _taken(learning: Learning, by: Any) -> Learning:
    rows = Learning.objects.select_for_update(of=("self",))
    found = rows.select_related("partnership", "made_by").get(pk=learning.pk)
    require(can(by, "change", found))
    return found


def _unpublished(learning: Learning) -> None:
    if learning.publication_id:
        raise Wrong("This is published. Take it off the site, and write it anew.")


def _note(verb: str, learning: Learning, by: Any) -> None:
    """The record says that it was a piece of learning, and no word of what is not published."""
    arrangement = people.arrangement_of(learning.partnership)
    panel = arrangement.group if arrangement else None
    audit.workflow.record(
        verb, learning, by=by, partnership=learning.partnership, group=panel, sensitive=True
    )
