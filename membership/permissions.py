"""Who may do what in membership, and the predicates that every room above builds on.

Every rule asks for a current seat, in a group, in a role: no rule reads a role without its group
and dates (terms of reference, Governance and Scrutiny).
"""

from typing import Any

from core.permissions import ALLOWED, Rule, Verdict, all_of, any_of, anyone, denied, register, rule
from membership import standing
from membership.models import (
    Agency,
    EmergencyReading,
    Group,
    GroupKind,
    Interest,
    Partner,
    Partnership,
    Place,
    Representation,
    Role,
    Seat,
    SharingAgreement,
    SharingProtocol,
    Signature,
)

CHAIRS = (Role.CHAIR, Role.VICE_CHAIR)


def partnership_of(obj: Any) -> Any:
    """The key of the one partnership that a record belongs to."""
    if hasattr(obj, "partnership_id"):
        return obj.partnership_id
    return obj.group.partnership_id if hasattr(obj, "group") else obj.partnership.pk


def sits(says: str, refusal: str, *kinds: str, roles: tuple[str, ...] = ()) -> Rule:
    """A rule that asks for a current seat, in these roles, on a group of these kinds."""

    def test(user: Any, obj: Any) -> Verdict:
        partnership_id = partnership_of(obj)
        for kind in kinds:
            if standing.holds(user, *roles, kind=kind, partnership_id=partnership_id):
                return ALLOWED
        return denied(refusal)

    return Rule(says, test)


officer = sits(
    "Officers of the secretariat",
    "Only officers of the partnership can do this. Ask the community safety team.",
    GroupKind.SECRETARIAT, roles=(Role.OFFICER,),
)  # fmt: skip

administrator = sits(
    "System administrators",
    "Only a system administrator can do this.",
    GroupKind.ADMINISTRATION,
)

board_member = sits(
    "Everybody with a seat on the board", "Only members of the board can do this.", GroupKind.BOARD
)


@rule("Everybody with a seat in the partnership, but grant scrutineers")
def reads_directory(user: Any, obj: Any) -> Verdict:
    """The directory, agencies and groups: not for the commissioner's office (design §2)."""
    if partnership_of(obj) in standing.directories(user):
        return ALLOWED
    return denied("This is for people who sit on the partnership.")


@rule("Everybody with a seat on the group or on the group that runs its business")
def on_group(user: Any, obj: Any) -> Verdict:
    """Need to know: the seats of the group itself."""
    if obj.group_id in standing.groups(user):
        return ALLOWED
    return denied("Only people who sit on the group can do this.")


@rule("Officers of the group or of the group that runs its business")
def officer_of_group(user: Any, obj: Any) -> Verdict:
    """The secretariat for the board and its subgroups; a group's own officer for the others."""
    if standing.holds(user, Role.OFFICER, group_id=obj.group_id, through=True):
        return ALLOWED
    return denied("Only the group’s officers can do this. Ask the community safety team.")


@rule("The group’s chair or vice-chair")
def chairing(user: Any, obj: Any) -> Verdict:
    """The chair, or the vice-chair who takes the chair's part when the chair is not available."""
    if standing.holds(user, *CHAIRS, group_id=obj.group_id):
        return ALLOWED
    return denied("Only the chair or the vice-chair can do this.")


@rule("Those whose agency signed the sharing agreement, where the group’s protocol is in force")
def cleared(user: Any, obj: Any) -> Verdict:
    """The sharing gate (terms of reference, Information Sharing)."""
    return standing.clearance(user, obj.group)


@rule("The group may be known to the person")
def knows_group(user: Any, obj: Any) -> Verdict:
    """A panel is known to its own seats only; other groups to readers of the directory."""
    group = obj.group
    if group.pk in standing.groups(user):
        return ALLOWED
    if group.kind != GroupKind.PANEL and group.partnership_id in standing.directories(user):
        return ALLOWED
    return denied("You do not sit on this group.")


@rule("Officers of a partnership in which the agency is or was; any officer while it is in none")
def keeps_agency(user: Any, obj: Any) -> Verdict:
    """Bodies are shared by partnerships: whoever works with one keeps its posts."""
    theirs, its = _served(user, GroupKind.SECRETARIAT, Role.OFFICER), _partnerships_of(obj)
    if not theirs:
        return denied("Only officers of a partnership can do this.")
    if theirs & its or not its:
        return ALLOWED
    return denied("Only officers of a partnership that this agency belongs to can do this.")


@rule("Officers while no other partnership has or had the agency; system administrators where one")
def keeps_name(user: Any, obj: Any) -> Verdict:
    """A body has one entry for all: who corrects or ends it does so for every partnership."""
    its = _partnerships_of(obj)
    if its & _served(user, GroupKind.ADMINISTRATION):
        return ALLOWED
    verdict = keeps_agency(user, obj)
    if verdict and its - _served(user, GroupKind.SECRETARIAT, Role.OFFICER):
        return denied(
            "This agency is in another partnership too. Only a system administrator can correct "
            "its entry or record what took its place."
        )
    return verdict


def _served(user: Any, kind: str, *roles: str) -> set[Any]:
    """The partnerships in which a person sits on a group of this kind, in one of these roles."""
    return {
        seat.group.partnership_id
        for seat in standing.seats(user)
        if seat.group.kind == kind and (not roles or seat.role in roles)
    }


def _partnerships_of(agency: Agency) -> set[Any]:
    """The partnerships in which an agency is or was, as a partner or on a group."""
    partners = Partner.objects.filter(agency=agency).order_by().values_list("partnership")
    seats = Seat.objects.filter(agency=agency).order_by().values_list("group__partnership")
    return {key for (key,) in partners.union(seats)}


@rule("Whoever represents the partnership there")
def represents(user: Any, obj: Any) -> Verdict:
    """A named person, while they sit on the partnership."""
    if user.is_authenticated and obj.person_id == user.pk:
        return reads_directory(user, obj)
    return denied("Only who represents the partnership there, or an officer, can do this.")


@rule("Whose interest it is")
def own_interest(user: Any, obj: Any) -> Verdict:
    """Everybody keeps their own entries."""
    if user.is_authenticated and obj.person_id == user.pk:
        return ALLOWED
    return denied("Only whose interest it is, or an officer, can do this.")


@rule("Entries that could put somebody at risk: their person, and officers of the secretariat")
def reads_interest(user: Any, obj: Any) -> Verdict:
    """The register is open to all who read the directory; a sensitive entry is not."""
    if not obj.sensitive:
        return ALLOWED
    return any_of(own_interest, officer)(user, obj)


invites = any_of(officer, administrator)


@rule("A panel’s own officers")
def officer_of_panel(user: Any, obj: Any) -> Verdict:
    """Who runs a panel seats people on it, in the secretariat or not."""
    group = obj.group
    if group.kind == GroupKind.PANEL and standing.holds(user, Role.OFFICER, group_id=group.pk):
        return ALLOWED
    return denied("Only the panel’s officers can do this.")


@rule("Officers of the secretariat and who chairs the board, unless they administer the system")
def in_emergencies(user: Any, obj: Any) -> Verdict:
    """Who may ask to read a record on which they do not sit, and agree to another's asking."""
    if partnership_of(obj) in standing.in_emergencies(user):
        return ALLOWED
    return denied(
        "Only officers of the partnership and who chairs its board can do this, and nobody who "
        "administers the system."
    )


@rule("Nobody for themselves")
def for_another(user: Any, obj: Any) -> Verdict:
    """Two people are needed."""
    if user.is_authenticated and obj.asked_by_id == user.pk:
        return denied("Somebody else must agree: an officer, or who chairs the board.")
    return ALLOWED


@rule("Who asked")
def asked_it(user: Any, obj: Any) -> Verdict:
    """What was asked is taken back, and ended early, by who asked."""
    if user.is_authenticated and obj.asked_by_id == user.pk:
        return ALLOWED
    return denied("Only who asked can do this.")


seats_people = all_of(any_of(invites, officer_of_panel), knows_group)

register(
    "Membership",
    {
        Partnership: {
            "read public pages": anyone,
            "read directory": reads_directory,
            "read sharing": reads_directory,
            "declare interests": reads_directory,
            "declare interests of others": officer,
            "manage people": invites,
            "manage agencies": officer,
            "manage sharing": officer,
            "manage countywide": officer,
            "change settings": any_of(officer, administrator),
            "read policy": officer,
            "ask emergency reading": in_emergencies,
        },
        Group: {
            "view": knows_group,
            "manage seats": seats_people,
            "change": all_of(officer, knows_group),
        },
        Seat: {
            "view": knows_group,
            "end": seats_people,
            "change": seats_people,
        },
        EmergencyReading: {
            "view": in_emergencies,
            "agree": all_of(in_emergencies, for_another),
            "end": all_of(in_emergencies, asked_it),
        },
        Partner: {"view": reads_directory, "change": officer},
        Interest: {
            "view": all_of(reads_directory, reads_interest),
            "change": all_of(reads_directory, any_of(own_interest, officer)),
        },
        Agency: {"change": keeps_agency, "correct or end": keeps_name},
        Place: {"view": knows_group},
        SharingAgreement: {"view": reads_directory, "change": officer},
        Signature: {"view": reads_directory, "change": officer},
        SharingProtocol: {"view": knows_group, "change": all_of(officer, knows_group)},
        Representation: {
            "view": reads_directory,
            "change": officer,
            "report": any_of(represents, officer),
        },
    },
)
