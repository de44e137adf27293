"""Publication: for everybody, corrected by a successor alone, or taken off the site as a whole."""

import re
from collections.abc import Callable
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction

from audit.workflow import record
from core import clock, markup
from core.permissions import Verdict, can, require
from core.workflow import Wrong
from documents import queries
from documents.checks import names
from documents.models import Publication, Withdrawal
from documents.workflow.papers import checked_file, keep
from membership.models import Partnership

# Addresses beside the publications' own, which no publication may take.
RESERVED = {"search", "feed", "publications", "meetings", "learning"}

SAYS = 300

# Rooms above that keep a file from being published: each is given its SHA-256 and says why not.
refusals: list[Callable[[str], str]] = []


@transaction.atomic
def publish(
    partnership: Partnership, *, kind: str, slug: str, title: str, summary: str, html: str,
    text: str, pdf: bytes, file_name: str, by: Any, replaces: Publication | None = None,
    correction_note: str = "", allowed: Verdict | None = None,
) -> Publication:  # fmt: skip
    """Publish for everybody and for good; what is wrong in it is corrected by a successor.

    All of it must have been made of the public rendition alone. The address of a correction is
    numbered on from the one that it replaces. ``allowed`` is the verdict of a room above whose
    record it belongs to. Raises ``ValidationError``, ``Wrong``, ``Refused``.
    """
    require(can(by, "publish", partnership) if allowed is None else allowed)
    checked = checked_file(ContentFile(pdf, file_name))
    for refusal in refusals:
        if reason := refusal(checked.sha256):
            raise Wrong(reason)
    if replaces:
        slug = _next_address(replaces, correction_note)
    if slug in RESERVED:
        raise ValidationError({"slug": "This address is taken by another page"})
    publication = Publication(
        partnership=partnership, kind=kind, slug=slug, title=title, summary=summary,
        html=str(markup.published_html(html)), text=_searchable(text),
        content_id=keep(checked.data, checked.sha256), file_name=names.cleaned(file_name),
        published_at=clock.now(), published_by=by, replaces=replaces,
        correction_note=correction_note,
    )  # fmt: skip
    publication.full_clean()
    try:
        with transaction.atomic():
            publication.save(force_insert=True)
    except IntegrityError as clash:
        raise Wrong("Somebody published this at the same moment.") from clash
    record("published", publication, by=by, partnership=partnership, detail={"kind": kind})
    return publication


def _next_address(replaced: Publication, correction_note: str) -> str:
    """The address after the one that is corrected: minutes, minutes-2, minutes-3."""
    if Publication.objects.select_for_update().filter(replaces=replaced).exists():
        raise Wrong("This has been corrected already. Correct the later one.")
    if Withdrawal.objects.filter(publication=replaced).exists():
        raise Wrong("This was taken off the site. Publish anew, at an address of its own.")
    if not correction_note.strip():
        raise ValidationError({"correction_note": "Say what was corrected"})
    if replaced.replaces_id is None:
        return f"{replaced.slug}-2"
    stem, _, number = replaced.slug.rpartition("-")
    return f"{stem}-{int(number) + 1}"


@transaction.atomic
def withdraw(
    publication: Publication, *, says: str, by: Any, allowed: Verdict | None = None
) -> Withdrawal:
    """Take a publication off the site, with all that it corrects or that corrects it.

    ``says`` stands on the page in its place, for everybody. The record of what was published
    stays. ``allowed`` is the verdict of a room above. Raises ``ValidationError``, ``Wrong``.
    """
    require(can(by, "publish", publication.partnership) if allowed is None else allowed)
    says = " ".join(says.split())
    if not says or len(says) > SAYS:
        raise ValidationError({"says": f"Say in up to {SAYS} characters why it is gone"})
    last = queries.newest(publication) or publication
    Publication.objects.select_for_update(of=("self",)).get(pk=last.pk)
    if Withdrawal.objects.filter(publication=last).exists():
        raise Wrong("This was taken off the site already.")
    each: Publication | None = last
    while each:
        made = Withdrawal.objects.create(publication=each, says=says, at=clock.now(), by=by)
        record("took off the site", each, by=by, partnership=each.partnership)
        each = each.replaces
    return made


def _searchable(text: str) -> str:
    """The text without the characters that mark what a search has found."""
    return re.sub(f"[\x00{queries.FOUND_FROM}{queries.FOUND_TO}]", "", text)
