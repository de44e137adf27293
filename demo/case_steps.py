"""What every case of the demonstration needs: sent in, acknowledged, asked about, answered."""

import datetime
from collections.abc import Collection
from typing import Any

from actions.workflow import requests
from core import clock, working_days
from demo.case_words import Report, Return, Told
from demo.partnership import Cast
from demo.telling import on
from figures.models import Ward
from notices.workflow.carriers import Kept
from triggers.models import Application, Channel, InformationRequest, Letter, RelevantBody
from triggers.workflow import answering, applying, casework, information, letters, postbox

DAY = datetime.timedelta(days=1)
ANSWERS = {"police": "fern", "council": "clover", "icb": "olive", "homes": "willow"}


def working(today: datetime.date, days: int) -> datetime.date:
    """So many working days ago."""
    return working_days.add_working_days(today, -days)


# ---- applying -----------------------------------------------------------------------------------


def sent_in(cast: Cast, told: Told, channel: str = Channel.ONLINE) -> Application:
    """Somebody fills in an application and sends it, now."""
    return applying.submit(filled_in(cast, told, channel))


def filled_in(cast: Cast, told: Told, channel: str = Channel.ONLINE) -> Application:
    """An application in which everything is answered, not sent yet."""
    draft = applying.begin(cast.partnership, channel=channel, by=cast.people["hazel"])
    answering.keep(draft, answers=_answers(told))
    bodies = {each.agency_id: each for each in RelevantBody.objects.of(cast.partnership)}
    for report in told.reports:
        made = answering.add_complaint(draft)
        body = bodies[cast.bodies[report.body].pk]
        answering.keep_complaint(draft, number=made.number, values=_values(report, body))
    return draft


def _answers(told: Told) -> dict[str, dict[str, Any]]:
    ward = Ward.objects.get(name=told.ward, district="E07000107")
    answers: dict[str, dict[str, Any]] = {
        "application": {"on_behalf": told.on_behalf, "topics": list(told.topics), "ward": ward},
        "victim": {"name": told.name, **told.contact},
        "impact": {"postcode": told.postcode, **told.impact},
    }
    if told.applicant:
        answers["speaker"] = told.applicant
        answers["consent"] = {"given": True, "how": told.consent}
    return answers


def _values(report: Report, body: RelevantBody) -> dict[str, Any]:
    today = clock.today()
    return {
        "what": report.what, "where": report.where, "response": report.response, "body": body,
        "report_reference": report.reference, "happened_on": today - report.happened * DAY,
        "reported_on": today - report.reported * DAY,
    }  # fmt: skip


# ---- what bodies are asked ----------------------------------------------------------------------


def bodies_answer(
    cast: Cast, case: Application, told: Told, day: datetime.date, *, late: Collection[str] = ()
) -> None:
    """Acknowledged and asked the day after; each body answers within two weeks, but those late."""
    hazel, next_day = cast.people["hazel"], working(day, -1)
    asked = {}
    with on(next_day, 10):
        casework.acknowledge(case, by=hazel)
        for key in (*(each.body for each in told.returns), *late):
            asked[key] = information.ask(case, agency=cast.bodies[key], by=hazel)
    for days, each in enumerate(told.returns):
        with on(working(next_day, -(5 + 2 * days)), 14):
            _answer(cast, asked[each.body], each, day)
        with on(working(next_day, -(6 + 2 * days)), 9):
            requests.accept(
                InformationRequest.objects.get(pk=asked[each.body].pk).request, by=hazel
            )


def _answer(cast: Cast, asked: InformationRequest, said: Return, day: datetime.date) -> None:
    by = cast.people[ANSWERS[said.body]]
    for held in said.held:
        information.say_report(
            asked, complaint=asked.application.complaints.get(number=held.number), held=True,
            reported_on=day - held.reported * DAY, done=held.done,
            source_reference=held.reference, by=by,
        )  # fmt: skip
    for line in said.lines:
        at = day - line.before * DAY
        information.add_entry(
            asked, on=at, what=line.what, done=line.done, by=by,
            reported_on=at if line.report else None,
        )  # fmt: skip
    information.save_answer(
        asked, known=True, summary=said.summary, risk=said.risk, offers=said.offers,
        withheld=said.withheld, by=by,
    )  # fmt: skip
    information.send_answer(asked, by=by)


# ---- letters ------------------------------------------------------------------------------------


def letter(case: Application, kind: str, *, by: Any) -> Letter:
    """A letter in the words that are shipped, which goes by email at once."""
    made = letters.ready(letters.draft(case, kind, by=by), by=by)
    postbox.send_waiting(clock.now(), Kept(), durable=False)
    return made
