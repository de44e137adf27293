"""The record that nobody can change: what was done, and what restricted text was read.

Partnership and subject are plain values: the record outlives what it speaks of. Append-only by
database trigger; each partnership's entries form a hash chain (migration 0002).
"""

from collections.abc import Iterable
from typing import Any, Self

from django.db import models
from django.db.models import Q

from core import clock


class EntryQuerySet(models.QuerySet["Entry"]):
    """What was done. Who may read the record is decided above: audit knows nothing of seats."""

    def for_partnership(self, slug: str, cleared: Iterable[Any]) -> Self:
        """A partnership's entries, without the sensitive ones of groups not cleared."""
        groups = [str(each) for each in cleared]
        return self.filter(Q(sensitive=False) | Q(group_id__in=groups), partnership=slug)

    def of_groups(self, own: Any, known: Any, kinds: Iterable[str]) -> Self:
        """Those of no group, those of one's own groups, and of known ones those of these kinds."""
        told = Q(group_id="") | Q(group_id__in=own) | Q(group_id__in=known, kind__in=kinds)
        return self.filter(told)

    def containing(self, words: str) -> Self:
        """Entries that name this person, verb or subject."""
        return self.filter(
            Q(actor_name__icontains=words) | Q(verb__icontains=words) | Q(subject__icontains=words)
        )


class ReadEntryQuerySet(models.QuerySet["ReadEntry"]):
    """What restricted text was opened: its subjects are for those who may open it themselves."""

    def for_partnership(self, slug: str, cleared: Iterable[Any]) -> Self:
        """A partnership's reads, those of groups not cleared left out."""
        return self.filter(partnership=slug, group_id__in=[str(each) for each in cleared])

    def containing(self, words: str) -> Self:
        """Reads that name this person or subject."""
        return self.filter(Q(actor_name__icontains=words) | Q(subject__icontains=words))


class Entry(models.Model):
    """Something that was done. ``digest`` covers the entry and the digest before it."""

    at = models.DateTimeField(default=clock.now, editable=False)
    actor_id = models.CharField(max_length=36, blank=True)
    actor_name = models.CharField(max_length=120, blank=True)
    partnership = models.CharField(max_length=60, blank=True)
    verb = models.CharField(max_length=80)
    kind = models.CharField(max_length=60, blank=True)
    subject_id = models.CharField(max_length=60, blank=True)
    subject = models.CharField(max_length=300, blank=True)
    sensitive = models.BooleanField(default=False)
    group_id = models.CharField(max_length=36, blank=True)
    detail = models.JSONField(default=dict, blank=True)
    request_id = models.CharField(max_length=36, blank=True)
    previous_digest = models.CharField(max_length=64, blank=True, editable=False)
    digest = models.CharField(max_length=64, blank=True, editable=False)

    objects = EntryQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["partnership", "-id"], name="audit_entry_partnership"),
            models.Index(fields=["kind", "subject_id"], name="audit_entry_subject"),
        ]
        verbose_name_plural = "entries"

    def __str__(self) -> str:
        return f"{self.actor_name or 'The system'}: {self.verb} {self.subject}".strip()


class ReadEntry(models.Model):
    """Restricted text that was opened, by whom and when, written before it was shown."""

    at = models.DateTimeField(default=clock.now, editable=False)
    actor_id = models.CharField(max_length=36)
    actor_name = models.CharField(max_length=120)
    partnership = models.CharField(max_length=60, blank=True)
    kind = models.CharField(max_length=60)
    subject_id = models.CharField(max_length=60)
    subject = models.CharField(max_length=300, blank=True)
    group_id = models.CharField(max_length=36, blank=True)
    request_id = models.CharField(max_length=36, blank=True)

    objects = ReadEntryQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["partnership", "-id"], name="audit_read_partnership"),
            models.Index(fields=["actor_id", "-at"], name="audit_read_actor"),
        ]
        verbose_name_plural = "read entries"

    def __str__(self) -> str:
        return f"{self.actor_name} read {self.subject}"
