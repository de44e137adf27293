"""Who may know of a case, work on it, and read what is counted of all cases."""

from typing import Any

from core import clock
from core.permissions import ALLOWED, Verdict, any_of, anyone, denied, register, rule
from membership import standing, succession
from membership.models import GroupKind, Partnership, Role
from membership.permissions import officer, sits
from triggers.models import (
    Appeal,
    Application,
    CaseLink,
    Clock,
    ClockSetting,
    InformationRequest,
    LocalAddition,
    Procedure,
    Recommendation,
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
    return has_signed(user, obj.agency)


def has_signed(user: Any, agency: Any) -> Verdict:
    """Whether the body for which this person speaks, or that it succeeded, is past the gate."""
    signed = {seat.agency_id for seat in standing.seats(user) if seat.signed}
    if agency.pk in succession.lineage(signed, clock.today()):
        return ALLOWED
    return denied(f"{agency} has no current signature of the information sharing agreement.")


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

# ---- panels, recommendations and appeals --------------------------------------------------------


@rule("Whoever sits on the panel")
def sits_on_panel(user: Any, obj: Any) -> Verdict:
    """A member may say that they have a part in the case after all, and leave."""
    roles = (Role.CHAIR, Role.VICE_CHAIR, Role.MEMBER, Role.ADVISER)
    if obj.group_id and standing.holds(user, *roles, group_id=obj.group_id):
        return ALLOWED
    return denied("Only people who sit on the panel can leave it.")


@rule("People of the body that it is made to: those on the standing panel, or else on the board")
def answers_recommendation(user: Any, obj: Any) -> Verdict:
    """Once it was sent. A body that has ended is answered for by the one in its place."""
    known = Recommendation.objects.filter(answers_for(user), pk=obj.pk, sent_on__isnull=False)
    if not known.exists():
        return denied("Only people of the body that it is made to can do this.")
    return has_signed(user, obj.agency)


register(
    "Case reviews: panels, recommendations and appeals",
    {
        Application: {"leave the panel": sits_on_panel},
        Recommendation: {
            "view": any_of(on_case, answers_recommendation),
            "respond": any_of(answers_recommendation, officer_of_case),
        },
        Appeal: {"view": on_case, "deal with": officer_of_case},
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

# ---- keeping, removing, finding -----------------------------------------------------------------


@rule("Officers of at least one case, in their own cases only")
def finds_people(user: Any, obj: Any) -> Verdict:
    """A search looks into the cases on which the person works, and into no other."""
    for seat in standing.seats(user):
        of_case = seat.group.kind == GroupKind.PANEL and seat.group.reports_to_id is not None
        if of_case and seat.role == Role.OFFICER and seat.group.partnership_id == obj.pk:
            return ALLOWED
    return denied("Only officers who work on a case can look for a person.")


register(
    "Case reviews: keeping, removing, finding",
    {
        Partnership: {"remove old cases": officer, "find people in cases": finds_people},
        Application: {"hold": officer_of_case, "export": officer_of_case},
    },
)

# ---- letters, and what is counted ---------------------------------------------------------------

register(
    "Case reviews: letters and figures",
    {
        Application: {"write letters": officer_of_case},
        Partnership: {
            "read case review overview": reads_overview,
            "publish case review figures": officer,
            "read equality answers": officer,
            "read case review figures": anyone,
        },
    },
)
