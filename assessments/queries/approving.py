"""Who may approve that an assessment is published."""

from accounts.models import User
from assessments.models import Assessment
from core import clock
from core.permissions import can
from membership.models import Role, Seat


def approvers(assessment: Assessment) -> list[User]:
    """Officers, chair and vice-chair who may approve today."""
    roles = (Role.OFFICER, Role.CHAIR, Role.VICE_CHAIR)
    groups = [assessment.group_id, assessment.group.administered_by_id]
    seats = Seat.objects.on(clock.today()).filter(group__in=groups, role__in=roles)
    people = {seat.person for seat in seats.select_related("person").order_by("person__name")}
    allowed = [person for person in people if can(person, "approve publication", assessment)]
    return sorted(allowed, key=lambda person: person.name)
