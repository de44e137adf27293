"""An edition as a PDF, as the two-page leaflet, as a public page and as words to be searched."""

import re
from html import unescape
from typing import Any

from django.template.loader import render_to_string
from django.urls import reverse

from assessments.editions import content
from assessments.editions.drawings import cover_map, drawings
from assessments.models import Edition, FileKind
from core import pdf as papers
from core.dates import longdate

TEMPLATES = {
    FileKind.STRATEGY: "pdf/strategy.html",
    FileKind.LEAFLET: "pdf/strategy_leaflet.html",
}
COVER = "cover-map.svg"
MOST_ACTIONS = 12  # as many as one side of the leaflet holds
_TAG = re.compile(r"<[^>]+>")
_SPACE = re.compile(r"\s+")


def title(edition: Edition) -> str:
    """The strategy and which of its years."""
    return f"{edition.strategy.title}: {content.called(edition).lower()}"


def summary(edition: Edition) -> str:
    """What lists and searches say of it."""
    return f"{content.adopted(edition)} The plan, its priorities, measures and actions."[:300]


def file_name(edition: Edition, kind: str) -> str:
    """Whose, which strategy, which year, and whether it is still a draft."""
    leaflet = "-leaflet" if kind == FileKind.LEAFLET else ""
    draft = "" if edition.frozen_at else "-draft"
    partnership = edition.partnership.slug
    return f"{partnership}-strategy-{edition.strategy.slug}-{edition.year}{leaflet}{draft}.pdf"


def context(edition: Edition, shown: dict[str, Any]) -> dict[str, Any]:
    """What every template of an edition is given."""
    sent = edition.commissioner_sent_on
    return {
        "partnership": edition.partnership,
        "title": title(edition),
        "shown": shown,
        "draft": not edition.frozen_at,
        "adopted": content.adopted(edition),
        "sent": f"Sent to the Police and Crime Commissioner on {longdate(sent)}." if sent else "",
        "drawn": drawings(shown),
    }


def pdf(edition: Edition, shown: dict[str, Any], kind: str = FileKind.STRATEGY) -> bytes:
    """The PDF; the same edition, shown the same, gives the same bytes.

    Raises ``core.pdf.PDFUnavailable`` where this machine cannot make PDFs.
    """
    pictures = {COVER: cover_map(shown["area"].get("outlines", []))}
    given = {**context(edition, shown), **_leaflet(shown)}
    return papers.render(TEMPLATES[FileKind(kind)], given, pictures=pictures)


def _leaflet(shown: dict[str, Any]) -> dict[str, Any]:
    """As many actions as one side of the leaflet holds, the same number of each priority."""
    by_priority = [
        [action for objective in each["objectives"] for action in objective["actions"]]
        for each in shown["priorities"]
    ]
    total = sum(map(len, by_priority))
    share = max(1, MOST_ACTIONS // max(1, len(by_priority)))
    some = [action for actions in by_priority for action in actions[:share]]
    return {
        "leaflet_actions": some[:MOST_ACTIONS],
        "leaflet_more": total - len(some[:MOST_ACTIONS]),
    }


def page(edition: Edition) -> str:
    """The public page of an adopted edition."""
    parts = [edition.partnership.slug, edition.strategy.slug, edition.year]
    shown = context(edition, edition.frozen)
    shown["leaflet_url"] = reverse("assessments:leaflet", args=parts)
    return render_to_string("assessments/strategy/published.html", shown)


def words(edition: Edition) -> str:
    """All its words, for the public search."""
    return _SPACE.sub(" ", unescape(_TAG.sub(" ", page(edition)))).strip()
