"""Who may see, open, send in and publish files."""

from typing import Any
from uuid import UUID

from core import clock, remember
from core.permissions import ALLOWED, Verdict, all_of, anyone, denied, register, rule
from documents.models import Document, Opening, Publication, SharingRecord
from membership import standing
from membership.models import Group, GroupKind, Partnership, Role
from membership.permissions import officer, officer_of_group, on_group, sits


@rule("Restricted papers: those whose agency passed the sharing gate, or for whom it was opened")
def gate(user: Any, obj: Any) -> Verdict:
    """The gate stands before restricted papers only; an officer's exception opens one of them."""
    if not obj.restricted:
        return ALLOWED
    verdict = standing.clearance(user, obj.group)
    if verdict or not isinstance(obj, Document):
        return verdict
    opened = _opened_to(user)
    for seat in standing.seats(user):
        reaches = any(each["id"] == str(obj.group_id) for each in seat.reach)
        if reaches and (obj.pk, seat.agency_id) in opened:
            return ALLOWED
    return verdict


def _opened_to(user: Any) -> set[tuple[UUID, UUID]]:
    """Papers that are open to this person's agencies by an officer's exception, with the agency."""
    agencies = {seat.agency_id for seat in standing.seats(user)}
    return remember.once(
        ("opened", user.pk),
        lambda: set(
            Opening.objects.open_at(clock.now())
            .filter(agency__in=agencies)
            .values_list("document_id", "agency_id")
        ),
    )


standing.exceptions.append(lambda user: bool(_opened_to(user)))

officer_of_any_group = sits(
    "Officers of the secretariat, or of a group that has its own",
    "Only officers can do this. Ask the community safety team.",
    GroupKind.SECRETARIAT, GroupKind.BOARD, GroupKind.SUBGROUP, GroupKind.PANEL,
    roles=(Role.OFFICER,),
)  # fmt: skip


@rule("Officers of the group that the sharing was for; where it names none, of the secretariat")
def keeps_line(user: Any, obj: Any) -> Verdict:
    """A line of a group is for the officers who serve that group, and for no others."""
    if obj.group_id is None:
        return officer(user, obj)
    if standing.holds(user, Role.OFFICER, group_id=obj.group_id, through=True):
        return ALLOWED
    return denied("Only the group’s officers can do this. Ask the community safety team.")


register(
    "Documents",
    {
        Document: {
            "view": on_group,
            "open": all_of(on_group, gate),
            "change": all_of(officer_of_group, gate),
            "open to an agency": officer_of_group,
        },
        Opening: {"close": officer_of_group},
        Group: {"send in papers": all_of(on_group, officer_of_group)},
        Publication: {"read": anyone},
        Partnership: {
            "read publications": anyone,
            "publish": officer_of_any_group,
            "read record of sharing": officer_of_any_group,
            "keep record of sharing": officer_of_any_group,
        },
        SharingRecord: {"view": keeps_line, "change": keeps_line},
    },
)
