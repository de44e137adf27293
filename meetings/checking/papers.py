"""What hides in the papers that the public can download with an agenda."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from core import remember
from core.markings import Marking
from documents.checks.hidden import hidden
from documents.models import Version
from meetings.models import Meeting, PackPart, Paper


@dataclass(frozen=True, slots=True)
class HiddenThing:
    """What hides in one file."""

    key: str
    says: str
    where: str
    url: str


def hidden_things(meeting: Meeting) -> Iterator[HiddenThing]:
    """Metadata and hidden text of each public paper, in the version that people get."""
    for paper, version in _public(meeting):
        url = paper.document.get_absolute_url()
        where = f"Paper {paper.letter}, {version.file_name}"
        things = _hidden(version)
        if things:
            says = "; ".join(things)
            digest = hashlib.sha256(f"{version.content_id}{says}".encode()).hexdigest()[:16]
            yield HiddenThing(f"paper:{paper.pk}:{digest}", says, where, url)


def _hidden(version: Version) -> list[str]:
    """A file is looked into once for a request, however often it is asked."""
    found: list[str] = remember.once(
        ("hidden", version.content_id),
        lambda: hidden(bytes(version.content.data), version.content_type),
    )
    return found


def _public(meeting: Meeting) -> Iterator[tuple[Paper, Version]]:
    papers = Paper.objects.filter(
        item__meeting=meeting, public=True, item__marking=Marking.OFFICIAL,
        document__marking=Marking.OFFICIAL,
    ).select_related("document__group__partnership")  # fmt: skip
    sent = PackPart.objects.filter(pack__meeting=meeting, paper__in=papers)
    by_paper: dict[Any, Any] = dict(sent.order_by("pack__number").values_list("paper", "version"))
    for paper in papers.order_by("letter"):
        versions = paper.document.versions.select_related("content")
        chosen = versions.filter(pk=by_paper.get(paper.pk, 0)).first() or versions.first()
        if chosen is not None:
            yield paper, chosen
