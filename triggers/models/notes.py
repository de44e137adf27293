"""What officers write down about a case as they go, and why they did what they did."""

from django.conf import settings
from django.db import models

from core import clock
from triggers.models.applications import Application
from triggers.models.parts import CaseQuerySet, OfCase


class NoteKind(models.TextChoices):
    """What a note is about."""

    NOTE = "note", "Note"
    CONTACT = "contact", "Contact with the person"
    CONSENT = "consent", "Going on without consent"
    PEOPLE = "people", "Who is on the case"
    WHO = "who", "Who applies"
    INFORMATION = "information", "Information of bodies"
    STATE = "state", "Closed or opened again"


class CaseNote(OfCase):
    """A note by an officer, or the reason for a step. It is never changed; a later one corrects."""

    application = models.ForeignKey(Application, models.CASCADE, related_name="notes")
    kind = models.CharField("about", max_length=12, choices=NoteKind, default=NoteKind.NOTE)
    text = models.TextField("what is to be remembered")
    at = models.DateTimeField(default=clock.now, editable=False)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = CaseQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-id"]

    def __str__(self) -> str:
        return "Note"
