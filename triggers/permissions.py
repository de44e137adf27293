"""Who may know of a case, work on it, and read what is counted of all cases."""

from typing import Any

from core.permissions import ALLOWED, Verdict, any_of, anyone, denied, register, rule
from membership import standing
from membership.models import GroupKind, Partnership, Role
from membership.permissions import officer, sits
from triggers.models import (
    Application,
    CaseLink,
    Clock,
    ClockSetting,
    InformationRequest,
    LocalAddition,
    Procedure,
    RelevantBody,
)
from triggers.models.parts import answers_for


@rule("Everybody with a seat on the case, past the sharing gate")
def on_case(user: Any, obj: Any) -> Verdict:
    """Need to know: the seats of the case's own group, whose agency signed the agreement."""
    if obj.group_id not in standing.groups(user):
        return denied("Only people who sit on this case can do this.")
    return standing.clearance(user, obj.group)


@rule("The case’s officers, past the sharing gate")
def officer_of_case(user: Any, obj: Any) -> Verdict:
    """Officers who were put on this case: not every officer of the secretariat."""
    sent = obj.group_id is not None
    if not sent or not standing.holds(user, Role.OFFICER, group_id=obj.group_id):
        return denied("Only the officers of this case can do this.")
    return standing.clearance(user, obj.group)


# Counts of cases, never a case: for those who watch over the partnership.
reads_overview = sits(
    "Officers, the board, and the scrutiny committee: numbers only",
    "The overview of case reviews is for the board, its officers and the scrutiny committee.",
    GroupKind.BOARD, GroupKind.SECRETARIAT, GroupKind.SCRUTINY,
)  # fmt: skip

# ---- cases --------------------------------------------------------------------------------------


@rule("Who sits on a panel, a case or the secretariat: their own cases only")
def reads_cases(user: Any, obj: Any) -> Verdict:
    """The list holds the cases on which the person sits; it may be empty."""
    for seat in standing.seats(user):
        if seat.group.partnership_id != obj.pk:
            continue
        if seat.group.kind == GroupKind.PANEL:
            return ALLOWED
        if seat.group.kind == GroupKind.SECRETARIAT and seat.role == Role.OFFICER:
            return ALLOWED
    return denied("Cases are for the people who sit on them.")


@rule("Officers of the secretariat, and of the standing panel")
def takes_on(user: Any, obj: Any) -> Verdict:
    """A case that nobody works on is never left so; its reference is all that is shown of it."""
    held = [
        seat.group
        for seat in standing.seats(user)
        if seat.role == Role.OFFICER and seat.group.partnership_id == obj.pk
    ]
    if any(group.kind == GroupKind.SECRETARIAT for group in held):
        return ALLOWED
    if held and Procedure.objects.filter(partnership=obj, group__in=held).exists():
        return ALLOWED
    return denied("Only officers who take new cases can do this.")


@rule("Officers of both cases")
def officer_of_both(user: Any, obj: Any) -> Verdict:
    """Neither applicant learns of the other, nor does who sits on one case only."""
    return officer_of_case(user, obj.first) and officer_of_case(user, obj.second)


@rule("People of the body that is asked: those on the standing panel, or else on the board")
def answers_information(user: Any, obj: Any) -> Verdict:
    """Each body answers for itself and sees its own only, once it has signed the agreement."""
    if not InformationRequest.objects.filter(answers_for(user), pk=obj.pk).exists():
        return denied("Only people of the body that is asked can do this.")
    if any(seat.signed for seat in standing.seats(user) if seat.agency_id == obj.agency_id):
        return ALLOWED
    return denied(f"{obj.agency} has no current signature of the information sharing agreement.")


@rule("The case’s officers, for an answer that came another way")
def writes_down(user: Any, obj: Any) -> Verdict:
    """What a body has begun to write is its own until it is sent."""
    if obj.begun_by_body:
        return denied(f"{obj.agency} is writing its own answer. You see it when it is sent.")
    return officer_of_case(user, obj)


register(
    "Case reviews",
    {
        Partnership: {
            "read case reviews": any_of(reads_cases, reads_overview),
            "read cases": reads_cases,
            "take on cases": takes_on,
        },
        Application: {
            "view": on_case,
            "work on": officer_of_case,
            "read person": officer_of_case,
            "read chronologies": officer_of_case,
        },
        CaseLink: {"view": officer_of_both, "end": officer_of_both},
        InformationRequest: {
            "view": any_of(officer_of_case, answers_information),
            "answer": any_of(answers_information, writes_down),
            "take further": officer_of_case,
        },
    },
)

# ---- the procedure, the threshold and the clocks ------------------------------------------------

works_here = sits(
    "Everybody with a seat on the board, a subgroup or the secretariat",
    "This is for the people who work on the partnership’s board, subgroups and secretariat.",
    GroupKind.BOARD, GroupKind.SUBGROUP, GroupKind.SECRETARIAT,
)  # fmt: skip

register(
    "Case reviews: procedure and threshold",
    {
        Partnership: {
            "read case review procedure": works_here,
            "set up case reviews": officer,
            "keep case reviews": officer,
        },
        Procedure: {"view": works_here, "change": officer},
        LocalAddition: {"view": works_here, "change": officer},
        ClockSetting: {"view": works_here, "change": officer},
        RelevantBody: {"view": works_here, "change": officer},
        Application: {"decide threshold": officer_of_case},
        Clock: {"view": on_case, "keep": officer_of_case},
    },
)

# ---- applying, and the private link -------------------------------------------------------------


class PrivateLink:
    """What a private link opens: one application, if the link is a true one of today."""

    def __init__(self, application: Application | None) -> None:
        self.application = application


@rule("Whoever holds the private link, signed in or not")
def holds_the_link(user: Any, obj: Any) -> Verdict:
    """The link is the key: neither a reference, a name nor an address opens anything."""
    return ALLOWED if obj.application else denied("This link is not one of ours.")


register(
    "Case reviews: applying",
    {
        Partnership: {"apply for a review": anyone, "take an application": officer},
        PrivateLink: {"use": holds_the_link},
    },
)
