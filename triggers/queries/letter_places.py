"""What fills the places of a case's letters: as far as it is known today."""

import datetime

from django.db.models import QuerySet

from core.dates import count, longdate
from core.working_days import add_working_days
from triggers.models import (
    AppealKind,
    AppealOutcome,
    Application,
    ClockSetting,
    ClockStage,
    Delay,
    Procedure,
    Recommendation,
    Response,
    Review,
)
from triggers.queries import drafts
from triggers.queries.threshold import standing_decision

MOST_INCIDENTS = 40
LATE = {
    ClockStage.ACKNOWLEDGE: "write to you",
    ClockStage.INFORMATION: "have what the police, the council and others know",
    ClockStage.THRESHOLD: "decide if there must be a review",
    ClockStage.PANEL: "hold the panel",
    ClockStage.OUTCOME: "tell you what the panel decided",
    ClockStage.RESPONSES: "have the answers to what the panel asked for",
    ClockStage.HEARING: "have someone else look at it again",
}
RESULTS = {
    AppealOutcome.UPHELD: "You were right.",
    AppealOutcome.PARTLY: "You were right in part.",
    AppealOutcome.NOT_UPHELD: "The decision stands.",
    AppealOutcome.ANSWERED: "They have answered.",
    AppealOutcome.TOO_LATE: "It came too late for us to take it.",
    AppealOutcome.WITHDRAWN: "You took it back.",
}
ANSWERS = {
    Response.WAITING: "They have not answered yet",
    Response.ACCEPTED: "They will do it",
    Response.DECLINED: "They will not do it",
}


def known(application: Application) -> dict[str, str]:
    """What fills the places of a letter today. What is not known is not there."""
    procedure = drafts.procedure_of(application.partnership)
    found = {
        "reference": application.reference,
        "applied_on": _day(application.received_on),
        "incidents": _incidents(application),
        **_of_procedure(procedure),
        **_of_clocks(application),
        **_of_decision(application),
        **_of_review(application),
        **_of_appeal(application),
    }
    return {name: value for name, value in found.items() if value}


def _day(day: datetime.date | None) -> str:
    return longdate(day) if day else ""


def _of_procedure(procedure: Procedure | None) -> dict[str, str]:
    if procedure is None:
        return {}
    name = procedure.get_shown_name_display()
    address = procedure.commissioner_contact.strip().rstrip(".")
    return {
        "review_name": f"{'an' if name[:1] == 'A' else 'a'} {name}",
        "team": team(procedure),
        "contact": contact(procedure),
        "appeal_to": procedure.appeal_to,
        "keep_years": count(procedure.keep_years, "year"),
        "commissioner": "You can also ask the police and crime commissioner to look at how we "
        f"dealt with this.{f' This is how to reach them: {address}.' if address else ''}",
    }


def team(procedure: Procedure | None) -> str:
    """The team as it stands within a sentence."""
    name = procedure.contact_name if procedure else "The community safety team"
    return f"the {name[4:]}" if name.startswith("The ") else name


def contact(procedure: Procedure) -> str:
    """How to reach the team, in a sentence."""
    ways = []
    if procedure.contact_telephone:
        ways.append(f"call {procedure.contact_telephone}")
    if procedure.contact_email:
        ways.append(f"write to {procedure.contact_email}")
    if not ways:
        return f"To ask us something, ask for {team(procedure)}."
    return f"To ask us something, {' or '.join(ways)}."


def _of_clocks(application: Application) -> dict[str, str]:
    running = {each.stage: each for each in application.clocks.order_by("occurrence")}
    found = {
        name: _day(running[stage].due_on)
        for name, stage in (
            ("threshold_by", ClockStage.THRESHOLD), ("panel_by", ClockStage.PANEL),
            ("outcome_by", ClockStage.OUTCOME), ("hearing_by", ClockStage.HEARING),
        )
        if stage in running
    }  # fmt: skip
    delay = last_delay(application)
    if delay:
        late = delay.clock
        found |= {
            "late_step": LATE.get(ClockStage(late.stage), ""),
            "first_due_on": _day(late.first_due_on), "due_on": _day(delay.due_on),
            "delay_reason": delay.reason,
        }  # fmt: skip
    return found


def last_delay(application: Application) -> Delay | None:
    """The delay that was recorded last."""
    delays = Delay.objects.filter(clock__application=application).select_related("clock")
    return delays.order_by("-at", "-pk").first()


def _of_decision(application: Application) -> dict[str, str]:
    decision = standing_decision(application)
    if decision is None:
        return {}
    return {"decided_on": _day(decision.decided_on), "reason": decision.reason}


def _incidents(application: Application) -> str:
    listed = list(drafts.listed(application))
    lines = [
        f"{number}. {_day(each.happened_on) or 'On a day we do not know'}: "
        f"{' '.join(each.what.split())}"
        for number, each in enumerate(listed[:MOST_INCIDENTS], 1)
    ]
    if len(listed) > MOST_INCIDENTS:
        more = len(listed) - MOST_INCIDENTS
        lines.append(f"\nThere are {more} more. Ask us for the whole list.")
    return "\n".join(lines)


def _of_review(application: Application) -> dict[str, str]:
    review = Review.objects.select_related("meeting").filter(application=application).first()
    if review is None:
        return {}
    planned = review.meeting.on if review.meeting else None
    advice = list(recommendations(application))
    finished = review.finished_at is not None
    return {
        "panel_on": _day(review.held_on or planned),
        "conclusion": review.summary,
        "recommendations": _lines(advice) or ("Nothing more than is done now." * finished),
        "responses": _answers(advice),
    }


def recommendations(application: Application) -> QuerySet[Recommendation]:
    """What the panel recommended, in its order, with the body and the action that came of it."""
    found = Recommendation.objects.filter(application=application)
    return found.select_related("agency", "action").order_by("number")


def _lines(advice: list[Recommendation]) -> str:
    return "\n".join(f"- {each.agency}: {each.text}" for each in advice)


def _answers(advice: list[Recommendation]) -> str:
    return "\n".join(f"- {each.agency}: {each.text}. {_answer(each)}" for each in advice)


def _answer(each: Recommendation) -> str:
    said = ANSWERS[Response(each.response)]
    by = each.action.due_on if each.action else each.due_on
    if each.response == Response.ACCEPTED and by:
        return f"{said} by {longdate(by)}"
    if each.response == Response.DECLINED and each.response_reason:
        return f"{said}: {' '.join(each.response_reason.split())}"
    return said


def _of_appeal(application: Application) -> dict[str, str]:
    appeal = application.appeals.order_by("-made_on", "-pk").first()
    if appeal is None:
        return {}
    found = {"appealed_on": _day(appeal.made_on)}
    if appeal.kind == AppealKind.COMMISSIONER:
        found["appeal_to"] = "the police and crime commissioner’s office"
    elif appeal.heard_by:
        found["appeal_to"] = appeal.heard_by
    if appeal.outcome != AppealOutcome.WAITING:
        result = RESULTS[AppealOutcome(appeal.outcome)]
        found |= {"appeal_result": result, "appeal_reason": appeal.found or appeal.late_because}
    return found


def appeal_by(application: Application, on: datetime.date) -> str:
    """The last day to appeal, if the letter that tells the decision goes on that day."""
    running = application.clocks.filter(stage=ClockStage.APPEAL, done_on=None, stopped_on=None)
    there = running.first()
    if there:
        return longdate(there.due_on)
    settings = ClockSetting.objects.of(application.partnership).on(on)
    setting = settings.filter(stage=ClockStage.APPEAL).first()
    if setting is None:
        return ""
    if setting.working:
        return longdate(add_working_days(on, setting.days))
    return longdate(on + datetime.timedelta(days=setting.days))
