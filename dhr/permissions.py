"""Who may know of a death review, and who works on it."""

from typing import Any

from core import clock
from core.permissions import ALLOWED, Verdict, all_of, any_of, anyone, denied, register, rule
from dhr.models import (
    Arrangement,
    InformationRequest,
    Learning,
    Part,
    PlanItem,
    Review,
    answers_for,
)
from membership import standing, succession
from membership.models import GroupKind, Partnership, Role
from membership.permissions import officer, sits


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
    own = succession.lineage(
        {seat.agency_id for seat in standing.seats(user) if seat.signed}, clock.today()
    )
    if obj.agency_id in own:
        return ALLOWED
    return denied(f"{obj.agency} has no current signature of the information sharing agreement.")


# ---- reviews ------------------------------------------------------------------------------------


@rule("Who sits on a panel, a review or the secretariat: their own reviews only")
def reads_reviews(user: Any, obj: Any) -> Verdict:
    """The list holds the reviews on which the person sits; it may be empty."""
    for seat in standing.seats(user):
        if seat.group.partnership_id != obj.pk:
            continue
        if seat.group.kind == GroupKind.PANEL:
            return ALLOWED
        if seat.group.kind == GroupKind.SECRETARIAT and seat.role == Role.OFFICER:
            return ALLOWED
    return denied("Death reviews are for the people who sit on them.")


@rule("Whoever sits on the review’s panel, its chair too")
def sits_on_panel(user: Any, obj: Any) -> Verdict:
    """A member may say that they have a part in the case after all, and leave."""
    if standing.holds(user, Role.CHAIR, Role.MEMBER, Role.ADVISER, group_id=obj.group_id):
        return ALLOWED
    return denied("Only people who sit on the panel can leave it.")


@rule("Everybody with a seat on the part, or on the review, past the sharing gate")
def on_part(user: Any, obj: Any) -> Verdict:
    """The part's own list; and those on the review, who handed it over."""
    if obj.group_id in standing.groups(user):
        return standing.clearance(user, obj.group)
    return on_review(user, obj.review)


@rule("The officers of the review that it belongs to")
def officer_of_whole(user: Any, obj: Any) -> Verdict:
    """Who handed a part over keeps it, and the plan with it."""
    return officer_of_review(user, obj.review)


# Never a review: for those who watch over the partnership, and lead to the overview.
watches = sits(
    "Officers, the board, and the scrutiny committee: the overview only",
    "The overview of death reviews is for the board, its officers and the scrutiny committee.",
    GroupKind.BOARD, GroupKind.SECRETARIAT, GroupKind.SCRUTINY,
)  # fmt: skip

works_here = sits(
    "Everybody with a seat on the board, a subgroup or the secretariat",
    "This is for the people who work on the partnership’s board, subgroups and secretariat.",
    GroupKind.BOARD, GroupKind.SUBGROUP, GroupKind.SECRETARIAT,
)  # fmt: skip

register(
    "Death reviews",
    {
        Partnership: {
            "read death reviews": any_of(reads_reviews, watches),
            "read own death reviews": reads_reviews,
            "take death notifications": takes_on,
            "read death review arrangement": works_here,
            "set up death reviews": officer,
        },
        Arrangement: {"view": works_here, "change": officer},
        Review: {
            "view": on_review,
            "work on": officer_of_review,
            "settle": keeps_review,
            "leave": sits_on_panel,
        },
        Part: {"view": on_part, "keep": officer_of_whole},
    },
)

# ---- information and key ------------------------------------------------------------------------


@rule("The review’s officers, for an answer that came another way")
def writes_down(user: Any, obj: Any) -> Verdict:
    """What an agency has begun to write is its own until it is sent."""
    if obj.begun_by_agency:
        return denied(f"{obj.agency} is writing its own answer. You see it when it is sent.")
    return officer_of_review(user, obj)


register(
    "Death reviews: information and key",
    {
        Partnership: {
            "read what is asked for death reviews": sits(
                "Everybody with a seat on the board, a subgroup or a panel: their agency’s own",
                "This is for people whose agency may be asked for information.",
                GroupKind.BOARD, GroupKind.SUBGROUP, GroupKind.PANEL,
            ),
            "read death review compliance": sits(
                "Officers and the board: numbers only",
                "How agencies answer is for the board and its officers.",
                GroupKind.BOARD, GroupKind.SECRETARIAT,
            ),
        },
        Review: {
            "open key": keeps_review,
            "ask for information": officer_of_review,
        },
        InformationRequest: {
            "view": any_of(on_review, answers_information),
            "answer": any_of(answers_information, writes_down),
            "check": officer_of_review,
            "take further": officer_of_review,
            "take off": any_of(officer_of_review, answers_information),
        },
    },
)  # fmt: skip

# ---- plans --------------------------------------------------------------------------------------


@rule("Everybody with a seat on the review, or on the part that the item belongs to")
def on_item(user: Any, obj: Any) -> Verdict:
    """Who sits on a part sees the items that are delivered there."""
    if obj.part and obj.part.group_id in standing.groups(user):
        return standing.clearance(user, obj.part.group)
    return on_review(user, obj.review)


@rule("The officers of the review, or of the part that the item belongs to")
def officer_of_item(user: Any, obj: Any) -> Verdict:
    """Who writes down what a body has said."""
    if obj.part and standing.holds(user, Role.OFFICER, group_id=obj.part.group_id):
        return standing.clearance(user, obj.part.group)
    return officer_of_review(user, obj.review)


@rule("The officers and the chair of the review, and the officers of the part")
def signs_off(user: Any, obj: Any) -> Verdict:
    """The partnership signs off, by those who know the review or the part."""
    if obj.part and standing.holds(user, Role.OFFICER, group_id=obj.part.group_id):
        return standing.clearance(user, obj.part.group)
    return keeps_review(user, obj.review)


@rule("Never somebody of the agency that leads the item")
def not_of_owner(user: Any, obj: Any) -> Verdict:
    """Nobody signs off what their own agency has done, whatever it was called."""
    if obj.agency_id is None:
        return ALLOWED
    now = succession.standing_for(obj.agency, clock.today())
    own = succession.lineage({now.pk}, clock.today())
    if any(seat.agency_id in own for seat in standing.seats(user)):
        return denied(f"{now} leads this, so somebody of another agency must sign it off.")
    return ALLOWED


register(
    "Death reviews: plans",
    {
        PlanItem: {
            "view": on_item,
            "change": officer_of_whole,
            "record": officer_of_item,
            "open evidence": signs_off,
            "sign off": all_of(signs_off, not_of_owner),
        },
    },
)  # fmt: skip

# ---- how long it is kept ------------------------------------------------------------------------

register(
    "Death reviews: how long they are kept",
    {Partnership: {"remove old death reviews": takes_on}},
)

# ---- learning and oversight ---------------------------------------------------------------------


@rule("Everybody with a seat on the standing panel, or on the group that runs its business")
def writes_learning(user: Any, obj: Any) -> Verdict:
    """Lessons hold no word of a review; who writes and reads them sits on the standing panel."""
    partnership = obj.partnership_id if isinstance(obj, Learning) else obj.pk
    panel = Arrangement.objects.filter(partnership=partnership, group__in=standing.groups(user))
    if panel.exists():
        return ALLOWED
    return denied("The learning library is written by the people of the standing panel.")


register(
    "Death reviews: learning and oversight",
    {
        Partnership: {
            "read learning library": anyone,
            "write learning": writes_learning,
            "oversee death reviews": watches,
            "report on death reviews": takes_on,
        },
        Learning: {"view": writes_learning, "change": writes_learning},
    },
)
