"""The list of incidents of a case: what is on it, what was taken off, what was corrected."""

from typing import Any

from django.db.models import QuerySet

from core.dates import longdate
from core.permissions import can
from triggers.models import (
    Application,
    Complaint,
    CorrectionAnswer,
    ListCorrection,
    Review,
    Stage,
)


def all_of(case: Application) -> QuerySet[Complaint]:
    """Every complaint, also what was taken off the list."""
    found = Complaint.objects.filter(application=case)
    return found.select_related("body__agency", "added_by", "application").order_by("number")


def can_change(case: Application) -> bool:
    """Whether the list is still open: until the panel has sat."""
    held = Review.objects.filter(application=case, held_on__isnull=False)
    return case.stage in (Stage.RECEIVED, Stage.REVIEW) and not held.exists()


def words(case: Application) -> str:
    """How the list stands with the applicant."""
    if case.list_agreed_on:
        return f"The applicant agreed to the list on {longdate(case.list_agreed_on)}."
    if case.list_sent_on:
        sent = longdate(case.list_sent_on)
        return f"The list went to the applicant on {sent}. They have not said that it is right."
    return "The list has not been sent to the applicant yet."


def shown(case: Application, user: Any) -> dict[str, Any]:
    """The context of the page."""
    complaints = list(all_of(case))
    works = bool(can(user, "work on", case))
    corrections = list(
        ListCorrection.objects.filter(application=case)
        .select_related("complaint", "answered_by")
        .order_by("at", "id")
    )
    return {
        "complaints": [each for each in complaints if not each.removed_because],
        "removed": [each for each in complaints if each.removed_because],
        "waiting": [each for each in corrections if each.answer == CorrectionAnswer.WAITING],
        "answered": [each for each in corrections if each.answer != CorrectionAnswer.WAITING],
        "may_change": works and can_change(case),
        "list_words": words(case),
    }
