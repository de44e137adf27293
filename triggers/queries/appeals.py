"""Appeals in a case: what each is about, and what is to be done with it next."""

from dataclasses import dataclass
from typing import Any

from core import clock
from core.permissions import can
from triggers.models import (
    Appeal,
    AppealKind,
    AppealOutcome,
    Application,
    Clock,
    ClockStage,
    Procedure,
    Review,
    Stage,
)

UPHELD = (AppealOutcome.UPHELD, AppealOutcome.PARTLY)
TONES = {AppealOutcome.WAITING: "waiting", AppealOutcome.TOO_LATE: "idle"}
OFFICE = "The office of the police and crime commissioner"


@dataclass(frozen=True, slots=True)
class Shown:
    """One appeal: what it is about, how far it is, and which step comes next."""

    appeal: Appeal
    about: str
    state: tuple[str, str]
    next: str


def about(appeal: Appeal) -> str:
    """What somebody is not satisfied with: the review, once there was one that was finished."""
    review = Review.objects.filter(application=appeal.application, finished_at__isnull=False)
    found = review.first()
    finished = found.finished_at if found else None
    if finished and finished.astimezone(clock.LONDON).date() <= appeal.made_on:
        return "the review"
    return "the threshold decision"


def hearer(appeal: Appeal) -> str:
    """Who hears such a one, as the procedure says."""
    if appeal.kind == AppealKind.COMMISSIONER:
        return OFFICE
    procedure = Procedure.objects.filter(partnership=appeal.partnership).first()
    said = procedure.appeal_to if procedure else ""
    return said[:1].upper() + said[1:]


def undecided_late(appeal: Appeal) -> bool:
    """Whether it came after the last day and nobody has said whether it is taken."""
    waiting = appeal.outcome == AppealOutcome.WAITING
    return waiting and appeal.late and not appeal.late_because


def state(appeal: Appeal) -> tuple[str, str]:
    """The words and the tone of how far it is."""
    if undecided_late(appeal):
        return "Late: take it or not", "waiting"
    if appeal.outcome == AppealOutcome.WAITING and appeal.sent_on is None:
        return "To be sent on", "waiting"
    if appeal.outcome == AppealOutcome.WAITING and appeal.kind == AppealKind.COMMISSIONER:
        return "With the commissioner’s office", "busy"
    label = str(AppealOutcome(appeal.outcome).label)
    return label, TONES.get(AppealOutcome(appeal.outcome), "")


def _next(appeal: Appeal) -> str:
    """The name of the page of the next step; nothing where it is decided."""
    if appeal.outcome != AppealOutcome.WAITING:
        return ""
    if undecided_late(appeal):
        return "appeal_late"
    return "appeal_send_on" if appeal.sent_on is None else "appeal_decide"


def upheld(case: Application) -> Appeal | None:
    """The newest appeal that was upheld, while nothing has followed from it yet."""
    found = Appeal.objects.filter(application=case, outcome__in=UPHELD).first()
    if found is None:
        return None
    if about(found) == "the review":
        return found if case.stage in (Stage.OUTCOME, Stage.MONITORING) else None
    return found if case.stage == Stage.NO_REVIEW else None


def shown(case: Application, user: Any) -> dict[str, Any]:
    """The context of the page."""
    rows = Appeal.objects.filter(application=case).select_related("taken_by", "application")
    clocks = Clock.objects.filter(application=case, stopped_on=None)
    last = clocks.filter(stage=ClockStage.APPEAL).order_by("-occurrence").first()
    standing = upheld(case)
    return {
        "appeals": [Shown(each, about(each), state(each), _next(each)) for each in rows],
        "last_day": last.due_on if last else None,
        "today": clock.today(),
        "may_add": bool(can(user, "work on", case)) and case.stage != Stage.WITHDRAWN,
        "upheld": standing,
        "upheld_about": about(standing) if standing else "",
    }
