"""All of a case in one file, made in the background for an officer and kept for a short time."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from core import clock
from documents.models import Content
from meetings.models import Making
from triggers.models.applications import Application
from triggers.models.parts import CaseQuerySet, OfCase


class Dossier(OfCase):
    """A whole case as a PDF and as an archive: full, or ``redacted`` for somebody outside it.

    ``names`` are people whom the officer wants left out besides those that the case knows by
    itself; they are forgotten as soon as the dossier is made. After ``ends_at`` it is deleted.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    application = models.ForeignKey(Application, models.CASCADE, related_name="dossiers")
    redacted = models.BooleanField(default=False)
    names = models.TextField("other people to leave out, one on each line", blank=True)
    state = models.CharField(max_length=12, choices=Making, default=Making.WAITING)
    done = models.PositiveSmallIntegerField("steps done", default=0)
    total = models.PositiveSmallIntegerField("steps", default=0)
    document = models.ForeignKey(Content, models.PROTECT, null=True, blank=True, related_name="+")
    archive = models.ForeignKey(Content, models.PROTECT, null=True, blank=True, related_name="+")
    problem = models.CharField("what went wrong", max_length=300, blank=True)
    asked_at = models.DateTimeField(default=clock.now, editable=False)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    started_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    ends_at = models.DateTimeField(null=True, blank=True)

    objects = CaseQuerySet.as_manager()

    class Meta:
        ordering = ["-asked_at"]
        constraints = [
            models.CheckConstraint(
                name="triggers_dossier_ready",
                condition=~Q(state="ready") | Q(document__isnull=False, archive__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return "Redacted dossier" if self.redacted else "Full dossier"
