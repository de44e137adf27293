"""Who may write, adopt and publish assessments and strategies, and keep what they rest on."""

from typing import Any

from assessments.models import (
    Assessment,
    Edition,
    Evidence,
    Order,
    OrderState,
    PoliceCrimePlan,
    PolicyChange,
    Section,
    Strategy,
    TensionReport,
)
from core.permissions import ALLOWED, Verdict, all_of, any_of, anyone, denied, register, rule
from documents.permissions import gate
from membership import standing
from membership.models import Group, GroupKind, Partnership, Theme
from membership.permissions import (
    chairing,
    officer,
    officer_of_group,
    on_group,
    reads_directory,
    sits,
)

works = sits(
    "Everybody with a seat on the board, a subgroup or the secretariat",
    "This is for the people who work on the partnership’s board, subgroups and secretariat.",
    GroupKind.BOARD, GroupKind.SUBGROUP, GroupKind.SECRETARIAT,
)  # fmt: skip

# ---- the Strategic Assessment -------------------------------------------------------------------


@rule("Its restricted parts: those whose agency passed the board’s sharing gate")
def behind_gate(user: Any, obj: Any) -> Verdict:
    """Restricted passages and figures open as the board's restricted papers do."""
    return standing.clearance(user, _whole(obj).group)


@rule("Restricted evidence: those who passed the board’s sharing gate, and whoever sent it in")
def evidence_gate(user: Any, obj: Any) -> Verdict:
    """What a partner marks as restricted is read by the cleared, and by its sender."""
    if not obj.restricted or (user.is_authenticated and obj.offered_by_id == user.pk):
        return ALLOWED
    return behind_gate(user, obj)


def _whole(obj: Any) -> Any:
    return obj if isinstance(obj, Assessment) else obj.assessment


writes = all_of(works, officer_of_group, behind_gate)

register(
    "Assessments",
    {
        Partnership: {"read assessments": works, "begin assessments": officer},
        Assessment: {
            "view": works,
            "open": all_of(works, behind_gate),
            "write": writes,
            "offer evidence": works,
            "put before the board": writes,
            "adopt": writes,
            "publish": writes,
            "approve publication": all_of(any_of(officer_of_group, chairing), behind_gate),
        },
        Section: {"view": works, "write": writes},
        Evidence: {
            "view": works,
            "open": all_of(works, evidence_gate),
            "answer": all_of(writes, evidence_gate),
        },
    },
)

# ---- the strategy -------------------------------------------------------------------------------

keeps_strategy = all_of(works, officer_of_group)

register(
    "Strategy",
    {
        Partnership: {
            "read strategies": works,
            "begin strategies": officer,
            "keep police plans": officer,
        },
        Strategy: {"view": works, "refresh": keeps_strategy},
        Edition: {
            "view": works,
            "edit": keeps_strategy,
            "adopt": keeps_strategy,
            "publish": keeps_strategy,
            "make files": keeps_strategy,
        },
        PoliceCrimePlan: {"view": works, "change": all_of(works, officer)},
    },
)

# ---- powers, orders, horizon, themes, tensions --------------------------------------------------


@rule("Anyone, once it is made and shown to the public")
def order_is_public(user: Any, obj: Any) -> Verdict:
    """An order about a place is public once the law has it published."""
    if obj.state == OrderState.MADE and obj.shown_to_public:
        return ALLOWED
    return denied("This order is not public.")


@rule("Whoever reported it, while they work in the partnership")
def reported_it(user: Any, obj: Any) -> Verdict:
    """An agency reads its own report, whether or not it has passed the sharing gate."""
    if user.is_authenticated and obj.reported_by_id == user.pk:
        return works(user, obj)
    return denied("Only people who sit on the group can read this.")


@rule("To the board from everybody who works in the partnership; to a subgroup from its seats")
def reports_there(user: Any, obj: Any) -> Verdict:
    """Tensions are reported by all agencies, to the board or to a group on which they sit."""
    if obj.kind == GroupKind.BOARD:
        return works(user, obj)
    if obj.kind == GroupKind.SUBGROUP and obj.pk in standing.groups(user):
        return ALLOWED
    return denied("You can report to the board, or to a subgroup on which you sit.")


reads_tension = any_of(all_of(on_group, gate), reported_it)

register(
    "Powers, horizon, themes and tensions",
    {
        Partnership: {
            "read public orders": anyone,
            "read powers": reads_directory,
            "read use of powers": reads_directory,
            "count use of powers": officer,
            "read orders": works,
            "keep orders": officer,
            "read horizon": works,
            "keep horizon": officer,
            "read themes": works,
            "keep themes": officer,
            "read tensions": works,
            "report tensions": works,
            "download tensions": officer,
        },
        Group: {"report tensions": reports_there},
        Order: {"view": any_of(order_is_public, works), "change": officer},
        PolicyChange: {"view": works, "change": officer},
        Theme: {"view": works, "change": officer},
        TensionReport: {
            "view": reads_tension,
            "change": all_of(reads_tension, any_of(reported_it, officer_of_group)),
            "respond": all_of(reads_tension, any_of(officer_of_group, chairing)),
            "show to the board": all_of(reads_tension, officer),
            "close": all_of(reads_tension, officer_of_group),
        },
    },
)
