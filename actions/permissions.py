"""Who may see, update and close actions."""

from typing import Any

from actions.models import Action, Request
from actions.models.requests import answers, may_answer
from core import clock
from core.permissions import ALLOWED, Verdict, all_of, any_of, denied, register, rule
from documents.permissions import gate, officer_of_any_group
from membership import standing, succession
from membership.models import Group, GroupKind, Partnership, Role
from membership.permissions import CHAIRS, officer_of_group, on_group, sits

WORKING = (Role.CHAIR, Role.VICE_CHAIR, Role.MEMBER, Role.OFFICER)


@rule("People of the agency that owns the action, or of the body in its place")
def owns(user: Any, obj: Any) -> Verdict:
    """A partner updates its own agency's actions, whoever holds the post today."""
    current = succession.standing_for(obj.owner, clock.today())
    for seat in standing.seats(user):
        reaches = any(each["id"] == str(obj.group_id) for each in seat.reach)
        if reaches and seat.agency_id in {obj.owner_id, current.pk} and seat.role in WORKING:
            return ALLOWED
    return denied(f"Only people of {current} can do this, or the group’s officers.")


@rule("Not those who withdrew from the item at which it was made because of an interest")
def takes_part(user: Any, obj: Any) -> Verdict:
    """What came of the item is closed with it."""
    if obj.pk in standing.barred(user, "actions"):
        return denied("It was made at an item from which you withdrew because of an interest.")
    return ALLOWED


sees = all_of(on_group, takes_part, gate)

register(
    "Actions",
    {
        Partnership: {
            "read actions": sits(
                "Everybody with a seat on the board, a subgroup, a panel or the secretariat",
                "Actions are for the people who sit on the partnership’s groups.",
                GroupKind.BOARD, GroupKind.SUBGROUP, GroupKind.PANEL, GroupKind.SECRETARIAT,
            ),
            "remind owners": officer_of_any_group,
        },
        Group: {"make actions": officer_of_group},
        Action: {
            "view": sees,
            "update": all_of(sees, any_of(owns, officer_of_group)),
            "move due date": all_of(sees, any_of(owns, officer_of_group)),
            "confirm done": all_of(sees, officer_of_group),
            "reopen": all_of(sees, officer_of_group),
            "drop": all_of(sees, officer_of_group),
            "hand over": all_of(sees, officer_of_group),
            "remind": all_of(sees, officer_of_group),
        },
    },
)  # fmt: skip

# ---- requests for information -------------------------------------------------------------------


def _reached(seat: Any, request: Any) -> bool:
    if request.through_id is None:
        return answers(seat)
    return seat.group_id == request.through_id and may_answer(seat)


@rule("People of the agency that is asked; for a restricted one, if it signed the agreement")
def is_asked(user: Any, obj: Any) -> Verdict:
    """An agency answers for itself, whoever of it sits where in the partnership, or on the group
    that was named. A body that has ended is answered for by the one in its place."""
    current = succession.standing_for(obj.agency, clock.today())
    for seat in standing.seats(user):
        theirs = seat.agency_id in {obj.agency_id, current.pk} and _reached(seat, obj)
        here = seat.group.partnership_id == obj.partnership_id
        if theirs and here and (seat.signed or not obj.restricted):
            return ALLOWED
    return denied(f"Only people of {obj.agency} can do this.")


@rule("Officers and the chair of the group that asks; for a restricted one, past the sharing gate")
def asks(user: Any, obj: Any) -> Verdict:
    """What an agency returns is its own and the asker’s business, nobody else’s."""
    officers = standing.holds(user, Role.OFFICER, group_id=obj.group_id, through=True)
    if officers or standing.holds(user, *CHAIRS, group_id=obj.group_id):
        return gate(user, obj)
    return denied("Only the agency that is asked and the officers who ask can see this.")


@rule("Not those who withdrew from the item that it belongs to because of an interest")
def not_withdrawn(user: Any, obj: Any) -> Verdict:
    """What came of the item is closed with it."""
    if obj.pk in standing.barred(user, "requests"):
        return denied("It belongs to an item from which you withdrew because of an interest.")
    return ALLOWED


party = all_of(not_withdrawn, any_of(asks, is_asked))
run_by_officer = all_of(party, officer_of_group)

register(
    "Requests",
    {
        Partnership: {
            "read requests": sits(
                "Everybody with a seat on the board, a subgroup, a panel or the secretariat",
                "Requests are for the people who sit on the partnership’s groups.",
                GroupKind.BOARD, GroupKind.SUBGROUP, GroupKind.PANEL, GroupKind.SECRETARIAT,
            ),
        },
        Group: {"ask for information": officer_of_group},
        Request: {
            "view": party,
            "answer": all_of(party, any_of(is_asked, officer_of_group)),
            "check": run_by_officer,
            "take back": all_of(party, any_of(is_asked, officer_of_group)),
            "withdraw": run_by_officer,
            "move due date": run_by_officer,
            "chase": run_by_officer,
            "escalate": run_by_officer,
        },
    },
)  # fmt: skip
