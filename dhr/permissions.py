"""Who may know of a death review, and who works on it."""

from typing import Any

from core.permissions import ALLOWED, Verdict, denied, rule
from dhr.models import Arrangement, InformationRequest, answers_for
from membership import standing
from membership.models import GroupKind, Role


@rule("Everybody with a seat on the review, past the sharing gate")
def on_review(user: Any, obj: Any) -> Verdict:
    """Need to know: the seats of the review's own group, whose agency signed the agreement."""
    if obj.group_id not in standing.groups(user):
        return denied("Only people who sit on this review can do this.")
    return standing.clearance(user, obj.group)


@rule("The review’s officers, past the sharing gate")
def officer_of_review(user: Any, obj: Any) -> Verdict:
    """Officers who were put on this review: not every officer of the secretariat."""
    if not standing.holds(user, Role.OFFICER, group_id=obj.group_id):
        return denied("Only the officers of this review can do this.")
    return standing.clearance(user, obj.group)


@rule("The review’s officers and its independent chair, past the sharing gate")
def keeps_review(user: Any, obj: Any) -> Verdict:
    """Who may open the key and settle what the panel decides."""
    if not standing.holds(user, Role.OFFICER, Role.CHAIR, group_id=obj.group_id):
        return denied("Only the officers and the chair of this review can do this.")
    return standing.clearance(user, obj.group)


@rule("Officers of the secretariat, and of the standing panel")
def takes_on(user: Any, obj: Any) -> Verdict:
    """Who takes a notification, where the partnership has laid down how it holds reviews."""
    held = [
        seat.group
        for seat in standing.seats(user)
        if seat.role == Role.OFFICER and seat.group.partnership_id == obj.pk
    ]
    if any(group.kind == GroupKind.SECRETARIAT for group in held):
        return ALLOWED
    if held and Arrangement.objects.filter(partnership=obj, group__in=held).exists():
        return ALLOWED
    return denied("Only officers who take notifications can do this.")


@rule("People of the agency that is asked: those on the standing panel, or else on the board")
def answers_information(user: Any, obj: Any) -> Verdict:
    """Each agency answers for itself and sees its own only, once it has signed the agreement."""
    if not InformationRequest.objects.filter(answers_for(user), pk=obj.pk).exists():
        return denied("Only people of the agency that is asked can do this.")
    if any(seat.signed for seat in standing.seats(user) if seat.agency_id == obj.agency_id):
        return ALLOWED
    return denied(f"{obj.agency} has no current signature of the information sharing agreement.")
