"""What this room puts on the public site: what is published, and nothing else."""

from collections.abc import Iterator

from django.utils.html import format_html

from core import registries
from core.registries import Found
from documents import queries
from membership.models import Partnership


@registries.public
def publications(partnership: Partnership, words: str, most: int | None = None) -> Iterator[Found]:
    """Publications with these words in title or text; all of them where no words are given."""
    for each in queries.published(partnership, words)[:most]:
        headline = getattr(each, "headline", "")
        yield Found(
            title=each.title,
            url=each.get_absolute_url(),
            kind=each.kind,
            at=each.published_at,
            summary=format_html("{} …", queries.marked(headline)) if headline else each.summary,
        )
