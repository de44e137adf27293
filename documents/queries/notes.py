"""What a person has written down on papers for themselves. Nobody else is ever asked for."""

from typing import Any

from django.db.models import F, QuerySet

from documents.models import Document, PersonalNote, Version
from membership.models import Partnership


def notes_on(document: Document, user: Any) -> list[PersonalNote]:
    """A person's own notes on a paper: on the whole of it first, then page by page."""
    own = PersonalNote.objects.visible_to(user).filter(document=document)
    return list(own.order_by(F("page").asc(nulls_first=True), "written_at"))


def own_notes(user: Any, partnership: Partnership) -> QuerySet[PersonalNote]:
    """All notes of a person on papers of a partnership, the newest first."""
    own = PersonalNote.objects.visible_to(user).of(partnership)
    return own.select_related("document__group__partnership").order_by("-written_at", "pk")


def pages_of(document: Document) -> int | None:
    """How many pages the longest version of a paper has, if that is known of any."""
    pages = Version.objects.filter(document=document, pages__isnull=False)
    return pages.order_by("-pages").values_list("pages", flat=True).first()
