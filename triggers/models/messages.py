"""What comes by the private link, besides the application itself, and how often it may come."""

import uuid

from django.conf import settings
from django.db import models

from core import clock
from core.constraints import both_or_neither
from membership.models import Partnership
from triggers.models.applications import Application
from triggers.models.parts import CaseQuerySet, OfCase


class MessageKind(models.TextChoices):
    """What the applicant writes about."""

    CONTACT = "contact", "How to reach them has changed"
    QUESTION = "question", "A question or something to add"
    WITHDRAWAL = "withdrawal", "Why they withdrew"


class ApplicantMessage(OfCase):
    """What the applicant wrote by the private link after the application was sent.

    A change of how to reach them changes nothing by itself: whoever took the link could otherwise
    turn the letters elsewhere. An officer asks them first, in the way that was safe until now.
    """

    application = models.ForeignKey(Application, models.CASCADE, related_name="messages")
    kind = models.CharField(max_length=12, choices=MessageKind)
    text = models.TextField("what they wrote")
    at = models.DateTimeField(default=clock.now, editable=False)
    remark = models.CharField("what was done", max_length=300, blank=True)
    dealt_at = models.DateTimeField(null=True, blank=True)
    dealt_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = CaseQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-id"]
        constraints = [both_or_neither("dealt_at", "dealt_by", name="triggers_message_dealt")]

    def __str__(self) -> str:
        return "Message of the applicant"


class LinkWish(models.Model):
    """That somebody asks for a private link by email; gone once it was answered.

    By somebody who holds the link: ``application`` and the address they gave. By somebody who lost
    it: a reference and an address, which may be false. Either way the page answers the same at
    once, and what fits is looked up afterwards, so that the answer's time tells nothing.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    partnership = models.ForeignKey(Partnership, models.CASCADE, related_name="+")
    application = models.ForeignKey(
        Application, models.CASCADE, null=True, blank=True, related_name="+"
    )
    reference = models.CharField(max_length=20, blank=True)
    email = models.EmailField()
    at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["at"]
        verbose_name_plural = "link wishes"

    def __str__(self) -> str:
        return "Wish for a private link"


class Knock(models.Model):
    """How often something public was done within an hour, by a key that tells no address."""

    key = models.CharField(max_length=64)
    hour = models.DateTimeField()
    count = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["key", "hour"], name="triggers_knock_once")]

    def __str__(self) -> str:
        return f"{self.count} in an hour"
