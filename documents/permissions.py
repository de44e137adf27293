"""Who may see, open, send in and publish files."""

from typing import Any
from uuid import UUID

from core import clock, remember
from core.permissions import (
    ALLOWED,
    Verdict,
    all_of,
    anyone,
    denied,
    register,
    rule,
)
from documents.models import Document, Opening, PersonalNote, Publication, SharingRecord
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


@rule("Not those who withdrew from the item to which the paper belongs because of an interest")
def takes_part(user: Any, obj: Any) -> Verdict:
    """What an interest has closed no signature and no exception opens."""
    if obj.pk in standing.barred(user, "documents"):
        return denied(
            "This paper belongs to an item from which you withdrew because of an interest, so it "
            "does not open for you. If that is a mistake, ask the community safety team."
        )
    return ALLOWED


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
    if obj.document_id in standing.barred(user, "documents"):
        return denied("It is about a paper of an item from which you withdrew.")
    if obj.group_id is None:
        return officer(user, obj)
    if standing.holds(user, Role.OFFICER, group_id=obj.group_id, through=True):
        return ALLOWED
    return denied("Only the group’s officers can do this. Ask the community safety team.")


@rule("Anyone signed in, for what they wrote themselves")
def reads_own_notes(user: Any, obj: Any) -> Verdict:
    """Also somebody whose seat has ended: the words are theirs."""
    if user.is_authenticated and user.is_active:
        return ALLOWED
    return denied("Sign in first.")


@rule("Whoever wrote it, and nobody else")
def own_note(user: Any, obj: Any) -> Verdict:
    """No officer and no administrator reads what somebody wrote down for themselves."""
    if user.is_authenticated and obj.person_id == user.pk:
        return ALLOWED
    return denied("A personal note is for the person who wrote it.")


register(
    "Documents",
    {
        Document: {
            "view": on_group,
            "open": all_of(on_group, takes_part, gate),
            "change": all_of(officer_of_group, takes_part, gate),
            "write notes": all_of(on_group, takes_part, gate),
            "open to an agency": officer_of_group,
        },
        PersonalNote: {"view": own_note, "change": own_note},
        Opening: {"close": officer_of_group},
        Group: {"send in papers": all_of(on_group, officer_of_group)},
        Publication: {"read": anyone},
        Partnership: {
            "read publications": anyone,
            "read own notes": reads_own_notes,
            "publish": officer_of_any_group,
            "read record of sharing": officer_of_any_group,
            "keep record of sharing": officer_of_any_group,
        },
        SharingRecord: {"view": keeps_line, "change": keeps_line},
    },
)
