"""What a Strategic Assessment asks of a person: evidence to read, a publication to approve."""

import datetime
from collections.abc import Iterator
from typing import Any

from django.db.models import Count, Q
from django.urls import reverse

from assessments.models import Assessment, AssessmentStatus, EvidenceState
from core.dates import count, london_date
from core.permissions import can
from core.registries import Work, work
from membership import standing
from membership.models import Role

ANSWERING = (Role.OFFICER, Role.CHAIR, Role.VICE_CHAIR)


@work
def of_assessments(user: Any, on: datetime.date) -> Iterator[Work]:
    """For officers, chair and vice-chair, in one query for all that is under way."""
    if not any(seat.role in ANSWERING for seat in standing.seats(user)):
        return
    waits = Q(evidence__state=EvidenceState.OFFERED)
    drafting = Q(status=AssessmentStatus.DRAFTING, unread__gt=0)
    asked = Q(status=AssessmentStatus.ADOPTED)
    found = Assessment.objects.visible_to(user).annotate(unread=Count("evidence", filter=waits))
    found = found.filter(drafting | asked).defer("figures", "sources")
    for each in found.select_related("partnership", "group", "asked_by"):
        if each.status == AssessmentStatus.DRAFTING:
            yield from _evidence(user, each)
        else:
            yield from _publication(user, each)


def _evidence(user: Any, each: Any) -> Iterator[Work]:
    if can(user, "write", each):
        yield Work(
            each.partnership, f"{each}: {count(each.unread, 'piece')} of evidence to read",
            reverse("assessments:evidence", args=[each.partnership.slug, each.slug]),
            "Say to each whether it is used.",
        )  # fmt: skip


def _publication(user: Any, each: Assessment) -> Iterator[Work]:
    url = reverse("assessments:assessment_publish", args=[each.partnership.slug, each.slug])
    if each.asked_at is None:
        if can(user, "publish", each):
            yield Work(
                each.partnership, f"{each}: check and publish it", url, "The board adopted it."
            )
    elif each.asked_by == user:
        yield Work(
            each.partnership, f"{each}: its publication is to be approved", url,
            needs="others", asked=london_date(each.asked_at), of_whom="A second person",
        )  # fmt: skip
    elif can(user, "approve publication", each):
        yield Work(
            each.partnership, f"{each}: approve that it is published", url,
            f"{each.asked_by} asked.", asked=london_date(each.asked_at),
        )  # fmt: skip
