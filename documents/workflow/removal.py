"""Papers removed for good, when the time for keeping what they are about is over."""

from collections import Counter
from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from core.removal import blank, remove
from documents.models import Content, Document, SharingRecord
from membership.models import Group

REMOVED = "Removed: the time for keeping it is over"


@transaction.atomic
def remove_papers_of(group: Group) -> Counter[str]:
    """Remove a group's papers with all versions and notes; how many of each.

    That something was shared, when and with whom stays in the record of sharing, in no words.
    """
    papers = Document.objects.filter(group=group).values("pk")
    records = SharingRecord.objects.filter(Q(group=group) | Q(document__in=papers))
    return _silenced(records) + remove(Document, group=group)


@transaction.atomic
def remove_paper(document: Document) -> Counter[str]:
    """Remove one paper that should not be there, in the same way; how many of each."""
    records = SharingRecord.objects.filter(document=document)
    return _silenced(records) + remove(Document, id=document.pk)


def _silenced(records: QuerySet[SharingRecord]) -> Counter[str]:
    return blank(
        records,
        what=REMOVED,
        reason=REMOVED,
        lawful_gateway=REMOVED,
        recipient="",
        repeats="",
        document=None,
    )


@transaction.atomic
def forget_contents(keys: Iterable[Any] | None = None) -> Counter[str]:
    """Delete the bytes, of these keys or of all, that no file of any room uses any more."""
    left = Content.objects.all()
    if keys is not None:
        left = left.filter(pk__in=[key for key in keys if key])
    for relation in Content._meta.get_fields(include_hidden=True):
        if relation.auto_created and not relation.concrete:
            users: Any = relation.related_model
            name = relation.field.name  # type: ignore[union-attr]
            left = left.exclude(Exists(users._base_manager.filter(**{name: OuterRef("pk")})))
    count, _ = left.delete()
    return +Counter({Content._meta.label: count})
