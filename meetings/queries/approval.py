"""Requests to publish minutes: the one that waits, and who may answer it."""

from typing import Any

from accounts.models import User
from core import clock
from core.permissions import can
from meetings.models import Meeting, PublicationRequest
from membership.models import Role, Seat


def open_request(meeting: Meeting) -> PublicationRequest | None:
    """The request that waits for an answer."""
    return _requests(meeting).filter(answered_at__isnull=True).first()


def last_request(meeting: Meeting) -> PublicationRequest | None:
    """The latest request, answered or not."""
    return _requests(meeting).first()


def approvals(meeting: Meeting) -> list[PublicationRequest]:
    """Those that were approved, the latest first."""
    return list(_requests(meeting).filter(approved=True))


def _requests(meeting: Meeting) -> Any:
    rows = PublicationRequest.objects.filter(meeting=meeting).order_by("-asked_at")
    return rows.select_related("asked_by", "answered_by")


def approvers(meeting: Meeting) -> list[User]:
    """Officers, chair and vice-chair who may approve today."""
    roles = (Role.OFFICER, Role.CHAIR, Role.VICE_CHAIR)
    groups = [meeting.group_id, meeting.group.administered_by_id]
    seats = Seat.objects.on(clock.today()).filter(group__in=groups, role__in=roles)
    people = {seat.person for seat in seats.select_related("person")}
    return [person for person in people if can(person, "approve publication", meeting)]
