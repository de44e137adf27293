"""Who may do which step of a meeting's life."""

from typing import Any

from accounts.models import User
from accounts.permissions import own
from core.permissions import ALLOWED, Verdict, all_of, any_of, denied, register, rule
from documents.permissions import gate
from meetings.models import (
    SHOWN_MINUTES,
    BacklogItem,
    CalendarFeed,
    Correction,
    Decision,
    Declaration,
    Item,
    Meeting,
    OfferedPaper,
    Origin,
    Pack,
    SubgroupReport,
)
from meetings.recusal import recused, takes_part
from membership import standing
from membership.models import Group, GroupKind, Partnership
from membership.permissions import chairing, cleared, officer_of_group, on_group, sits

officer_step = all_of(on_group, officer_of_group)
opens_item = all_of(takes_part, gate)


@rule("Those for whom the item opens that it is about")
def reads_item(user: Any, obj: Any) -> Verdict:
    """A correction is read by the readers of the minutes that it would change."""
    return opens_item(user, obj.item)


@rule("Whoever suggested it")
def suggested_it(user: Any, obj: Any) -> Verdict:
    """A suggestion is its writer's to take back."""
    if obj.person_id == user.pk:
        return ALLOWED
    return denied("Only who suggested this correction can withdraw it.")


# ---- before the meeting -------------------------------------------------------------------------


def _seated(user: Any, partnership: Any) -> bool:
    return any(seat.group.partnership_id == partnership.pk for seat in standing.seats(user))


@rule("Whoever leads one of the meeting’s items, with a seat in the partnership")
def leads_there(user: Any, obj: Any) -> Verdict:
    """Somebody of a subgroup, say, who speaks to an item without a seat on the group."""
    if _seated(user, obj.partnership) and obj.items.filter(lead=user.pk).exists():
        return ALLOWED
    return denied("Only people who sit on the group, or lead one of its items, can do this.")


@rule("Whoever leads the item, with a seat in the partnership")
def leads_it(user: Any, obj: Any) -> Verdict:
    """The lead sends the papers in; the officers decide which go on the agenda."""
    if obj.lead_id == user.pk and _seated(user, obj.meeting.partnership):
        return ALLOWED
    return denied("Only who leads the item can offer a paper for it. Send it to the officers.")


@rule("Whoever offered it, while they have a seat in the partnership")
def offered_it(user: Any, obj: Any) -> Verdict:
    """What was offered is between its sender and the officers; what an officer kept is theirs."""
    offered = getattr(obj, "origin", Origin.OFFERED) == Origin.OFFERED
    if offered and obj.created_by_id == user.pk and _seated(user, obj.partnership):
        return ALLOWED
    return denied("Only who offered this, and the group’s officers, can do this.")


@rule("Not those who withdrew from the item that it was carried from, or that it became")
def took_part(user: Any, obj: Any) -> Verdict:
    """What waits for an agenda, and its papers, are closed as its items are."""
    waiting = obj if isinstance(obj, BacklogItem) else obj.backlog
    items = {waiting.carried_from_id, waiting.item_id} if waiting else set()
    closed = items & recused(user)
    return denied("You withdrew from the item that this belongs to.") if closed else ALLOWED


@rule("Everybody on the subgroup; once it is sent, everybody on the group that it reports to")
def reads_report(user: Any, obj: Any) -> Verdict:
    """A report is the subgroup’s own until it is sent."""
    sits_on = standing.groups(user)
    if obj.group_id in sits_on or (obj.sent_at and obj.reports_to_id in sits_on):
        return ALLOWED
    return denied("Only the subgroup, and the group that it reports to, can read this.")


@rule("Everybody with a seat on the group that it reports to")
def receives(user: Any, obj: Any) -> Verdict:
    """The board reads what its subgroups report."""
    if obj.reports_to_id in standing.groups(user):
        return ALLOWED
    return denied("Only the subgroup, and the group that it reports to, can read its reports.")


@rule("Restricted reports: those whose agency passed the sharing gate of either group")
def report_gate(user: Any, obj: Any) -> Verdict:
    """The subgroup’s gate for its own people, the other group’s for those who receive it."""
    cleared_for = standing.cleared(user)
    if not obj.restricted or obj.group_id in cleared_for:
        return ALLOWED
    return standing.clearance(user, obj.reports_to)


reports = all_of(on_group, any_of(officer_of_group, chairing))


@rule("What touches a restricted item, or is sensitive: behind the sharing gate, or one’s own")
def reads_declaration(user: Any, obj: Any) -> Verdict:
    """The minutes say of a declaration what this opens."""
    return ALLOWED if obj.person_id == user.pk else gate(user, obj)


@rule("Whoever declared it")
def declared_it(user: Any, obj: Any) -> Verdict:
    """A declaration is its person's to take back."""
    if obj.person_id == user.pk:
        return ALLOWED
    return denied("Only who declared it, the chair or the group’s officers can take it back.")


register(
    "Meetings",
    {
        Partnership: {
            "read meetings": sits(
                "Everybody with a seat on the board, a subgroup, a panel or the secretariat",
                "Meetings are for the people who sit on the partnership’s groups.",
                GroupKind.BOARD, GroupKind.SUBGROUP, GroupKind.PANEL, GroupKind.SECRETARIAT,
            ),
        },
        Group: {
            "schedule meetings": officer_step,
            "keep agenda templates": officer_step,
            "keep items for later": officer_step,
            "report to another group": reports,
            "read reports": any_of(on_group, receives),
        },
        Meeting: {
            "view": on_group,
            "read draft minutes": any_of(officer_of_group, chairing),
            "edit agenda": officer_step,
            "offer items": any_of(on_group, leads_there),
            "publish agenda": officer_step,
            "send papers": officer_step,
            "see who has opened": all_of(on_group, any_of(officer_of_group, chairing)),
            "move or cancel": officer_step,
            "say who is coming": on_group,
            "declare an interest": on_group,
            "declare for others": officer_step,
            "open meeting": officer_step,
            "take minutes": officer_step,
            "send to chair": officer_step,
            "clear minutes": all_of(on_group, chairing),
            "return minutes": all_of(on_group, chairing),
            "review minutes": on_group,
            "follow reviews": all_of(on_group, any_of(officer_of_group, chairing)),
            "answer corrections": officer_step,
            "agree minutes": officer_step,
            "note mistakes": officer_step,
            "publish minutes": officer_step,
            "approve publication": all_of(
                on_group, any_of(officer_of_group, chairing), cleared
            ),
            "read redactions": all_of(officer_step, cleared),
            "review chair": officer_step,
            "admit a partner": officer_step,
        },
        Item: {
            "view": on_group,
            "open": all_of(on_group, takes_part, gate),
            "offer papers": all_of(leads_it, takes_part),
        },
        BacklogItem: {
            "view": all_of(took_part, any_of(offered_it, all_of(officer_step, gate))),
            "answer": all_of(took_part, officer_step, gate),
            "withdraw": all_of(took_part, offered_it),
        },
        OfferedPaper: {
            "view": all_of(
                took_part, takes_part, any_of(offered_it, all_of(officer_step, gate))
            ),
            "answer": all_of(took_part, takes_part, officer_step, gate),
            "withdraw": all_of(took_part, takes_part, offered_it),
        },
        SubgroupReport: {
            "view": reads_report,
            "open": all_of(reads_report, takes_part, report_gate),
            "write": all_of(reports, takes_part, gate),
        },
        Declaration: {
            "view": all_of(on_group, reads_declaration),
            "take back": all_of(on_group, any_of(declared_it, officer_of_group, chairing)),
        },
        Pack: {"view": on_group, "open restricted": all_of(on_group, cleared)},
        Correction: {
            "view": on_group,
            "open": all_of(on_group, reads_item),
            "withdraw": all_of(on_group, suggested_it),
        },
    },
)  # fmt: skip

# ---- registers and calendars --------------------------------------------------------------------


@rule("Once the chair has cleared its minutes")
def minutes_cleared(user: Any, obj: Any) -> Verdict:
    """Until then only officers and chairs read them."""
    if obj.item.meeting.status in SHOWN_MINUTES:
        return ALLOWED
    return denied("You can read this once the chair has cleared the minutes.")


@rule("Anyone who has its address, while the account it belongs to is open")
def has_address(user: Any, obj: Any) -> Verdict:
    """A calendar program does not sign in: the address is long, random and can be replaced."""
    return ALLOWED if obj.person.is_active else denied("This account is closed.")


reads_decision = all_of(
    on_group, takes_part, gate, any_of(minutes_cleared, officer_of_group, chairing)
)

register(
    "Meetings",
    {
        Group: {"read meetings": on_group},
        Decision: {"view": reads_decision, "follow": all_of(reads_decision, officer_of_group)},
        User: {"keep a calendar": own},
        CalendarFeed: {"read": has_address},
    },
)
