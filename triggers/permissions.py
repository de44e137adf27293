"""Who may know of a case, work on it, and read what is counted of all cases."""

from typing import Any

from core.permissions import Verdict, denied, rule
from membership import standing
from membership.models import GroupKind, Role
from membership.permissions import sits


@rule("Everybody with a seat on the case, past the sharing gate")
def on_case(user: Any, obj: Any) -> Verdict:
    """Need to know: the seats of the case's own group, whose agency signed the agreement."""
    if obj.group_id not in standing.groups(user):
        return denied("Only people who sit on this case can do this.")
    return standing.clearance(user, obj.group)


@rule("The case’s officers, past the sharing gate")
def officer_of_case(user: Any, obj: Any) -> Verdict:
    """Officers who were put on this case: not every officer of the secretariat."""
    if not standing.holds(user, Role.OFFICER, group_id=obj.group_id):
        return denied("Only the officers of this case can do this.")
    return standing.clearance(user, obj.group)


# Counts of cases, never a case: for those who watch over the partnership.
reads_overview = sits(
    "Officers, the board, and the scrutiny committee: numbers only",
    "The overview of case reviews is for the board, its officers and the scrutiny committee.",
    GroupKind.BOARD, GroupKind.SECRETARIAT, GroupKind.SCRUTINY,
)  # fmt: skip
