"""An agency's return of figures for a period: drafted on a form or from a file, then sent."""

import uuid
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from actions.models import Request
from actions.models.requests import answers
from core import clock
from core.history import History
from documents.models import Content
from membership import standing
from membership.models import Agency, Partnership


class FiguresReturnQuerySet(models.QuerySet):
    """Returns of figures."""

    def of(self, partnership: Partnership | None) -> Self:
        """Those of this partnership."""
        return self.filter(partnership=partnership).select_related("agency", "request")

    def visible_to(self, user: Any) -> Self:
        """To the agency whose it is; once sent, to the officers too. Never another agency."""
        own = Q(pk__in=[])
        for seat in standing.seats(user):
            if answers(seat):
                own |= Q(agency=seat.agency_id, partnership=seat.group.partnership_id)
        sent = Q(sent_at__isnull=False, partnership__in=standing.secretariats(user))
        return self.filter(own | sent)


class FiguresReturn(models.Model):
    """What an agency sends for one period. Until it is sent its draft is that agency's alone.

    ``draft`` maps ``indicator|area|breakdown`` to ``{"value", "standing", "note"}`` as typed.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    partnership = models.ForeignKey(Partnership, models.CASCADE, related_name="figures_returns")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="figures_returns")
    starts_on = models.DateField()
    ends_on = models.DateField()
    request = models.OneToOneField(Request, models.PROTECT, related_name="figures_return")
    draft = models.JSONField(default=dict, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)
    saved_at = models.DateTimeField(null=True, blank=True)
    saved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    sent_at = models.DateTimeField(null=True, blank=True)
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    history = History(excluded_fields=["draft"])

    objects = FiguresReturnQuerySet.as_manager()

    class Meta:
        ordering = ["-starts_on", "agency__name"]
        constraints = [
            models.UniqueConstraint(
                fields=["partnership", "agency", "starts_on", "ends_on"],
                name="figures_return_once",
            ),
            models.CheckConstraint(
                name="figures_return_period", condition=Q(ends_on__gt=models.F("starts_on"))
            ),
        ]

    def __str__(self) -> str:
        return f"Figures of {self.agency} from {self.starts_on:%-d %B %Y}"


class ReturnUpload(models.Model):
    """A CSV or XLSX file sent in for a return: read, compared, and waiting to be taken over."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    figures_return = models.ForeignKey(FiguresReturn, models.CASCADE, related_name="uploads")
    content = models.ForeignKey(Content, models.PROTECT, related_name="+")
    file_name = models.CharField(max_length=120)
    found = models.JSONField("what was read from it", default=list, blank=True)
    problems = models.JSONField("what could not be read, and where", default=list, blank=True)
    sent_at = models.DateTimeField(default=clock.now, editable=False)
    sent_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    taken_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-sent_at"]

    def __str__(self) -> str:
        return self.file_name
