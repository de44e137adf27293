"""What is published: lists, the search through it, and whether it is as it was."""

import hashlib
from collections.abc import Iterator

from django.contrib.postgres.search import SearchHeadline, SearchQuery, SearchRank
from django.db.models import F, QuerySet
from django.utils.html import format_html, format_html_join

from documents.models import Content, Publication, Withdrawal
from membership.models import Partnership

# Around what was found in a text; private characters, which publish() takes out of texts.
FOUND_FROM, FOUND_TO = "\ue000", "\ue001"


def publications(partnership: Partnership) -> QuerySet[Publication]:
    """What has been published, not replaced and not withdrawn, newest first, without long texts."""
    return (
        Publication.objects.of(partnership)
        .current()
        .briefly()
        .select_related("partnership", "replaces")
        .annotate(size=F("content__size"))
    )


def published(partnership: Partnership, words: str = "") -> QuerySet[Publication]:
    """Publications with these words, best first, each with a ``headline``; all without words.

    Looks in titles and texts of what is published, and nowhere else.
    """
    found = publications(partnership)
    if not words.strip():
        return found
    query = SearchQuery(words, search_type="websearch", config="english")
    headline = SearchHeadline(
        "text", query, config="english", start_sel=FOUND_FROM, stop_sel=FOUND_TO,
        max_words=30, min_words=15, max_fragments=2, fragment_delimiter=" … ",
    )  # fmt: skip
    found = found.filter(search=query).annotate(
        rank=SearchRank(F("search"), query), headline=headline
    )
    return found.order_by("-rank", "-published_at")


def withdrawal_of(publication: Publication) -> Withdrawal | None:
    """That it was taken off the site, if it was."""
    return Withdrawal.objects.filter(publication=publication).first()


def size_of(publication: Publication) -> int:
    """How large its PDF is, in bytes, without reading it."""
    return Content.objects.values_list("size", flat=True).get(pk=publication.content_id)


def newest(publication: Publication) -> Publication | None:
    """The last of those that correct a publication, each correcting the one before; or nothing."""
    found, after = None, publication
    while True:
        later = Publication.objects.briefly().select_related("partnership").filter(replaces=after)
        step = later.first()
        if step is None:
            return found
        found = after = step


def marked(headline: str) -> str:
    """A piece of a text with what was found in it marked, and everything in it escaped."""
    before, *rest = headline.split(FOUND_FROM)
    found = (each.partition(FOUND_TO)[::2] for each in rest)
    return format_html("{}{}", before, format_html_join("", "<mark>{}</mark>{}", found))


def changed_publications() -> Iterator[Publication]:
    """Publications whose PDF is no longer what its SHA-256 says it was."""
    for publication in Publication.objects.briefly().order_by("pk").iterator(chunk_size=100):
        content = Content.objects.get(pk=publication.content_id)
        if hashlib.sha256(content.data).hexdigest() != publication.content_id:
            yield publication
