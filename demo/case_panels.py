"""Two panels of the demonstration: one that has finished, and one that meets in a few days."""

import datetime

from actions import workflow as actions
from actions.models import Status
from core import working_days
from demo import case_steps as steps
from demo import case_words as words
from demo.partnership import Cast
from demo.telling import on
from meetings.models import Meeting, Presence
from meetings.queries.attendance import roll
from meetings.workflow import agenda, attendance, minutes, writing
from membership.models import Role
from triggers.models import (
    Application,
    Clock,
    ClockStage,
    LetterKind,
    MisfitKind,
    Recommendation,
    Voice,
)
from triggers.queries import merged
from triggers.workflow import clocks, fitting, listing, panels, threshold

DAY = datetime.timedelta(days=1)
TEN, NOON = datetime.time(10), datetime.time(12)
VENUE = "Room 2, Civic Centre, Home Gardens"


def _met(case: Application, *, by: object) -> None:
    threshold.work_out(case, by=by)
    threshold.decide(case, met=True, review=True, reason=words.MET_BECAUSE, by=by)


def _panel(cast: Cast, case: Application, chair: str, members: tuple[str, ...]) -> None:
    """Each is asked whether they have a part in it; the chair's body has none."""
    for key in (chair, *members):
        panels.ask_onto_panel(
            case, held=cast.seats[key, "reviews"], role=Role.CHAIR if key == chair else Role.MEMBER,
            free=True, said="Has never dealt with anybody in it.", by=cast.people["hazel"],
        )  # fmt: skip


# ---- one that has finished ----------------------------------------------------------------------


def finish(cast: Cast, today: datetime.date) -> None:
    """Three recommendations: one done, one being done, one declined with its reason."""
    hazel, day = cast.people["hazel"], today - 140 * DAY
    sat = working_days.next_working_day(day + 36 * DAY)
    with on(day, 18):
        case = steps.sent_in(cast, words.FINISHED)
    steps.bodies_answer(cast, case, words.FINISHED, day)
    with on(day + 22 * DAY, 11):
        _met(case, by=hazel)
        _panel(cast, case, "juniper", ("fern", "clover", "heather"))
        review = panels.set_meeting(
            case, on=sat, starts_at=TEN, ends_at=NOON, venue=VENUE, meant=True, by=hazel
        )
    _minute(cast, review.meeting)
    with on(sat, 15):
        panels.record_voice(case, how=Voice.IN_WRITING, words=words.SHOP_VOICE, by=hazel)
        panels.hold(review, on=sat, by=hazel)
        for body, text in words.FINDINGS:
            panels.add_finding(case, text=text, agency=cast.bodies.get(body), by=hazel)
        for each in words.RECOMMENDED:
            panels.recommend(
                case, agency=cast.bodies[each.body], text=each.text,
                due_on=sat + each.days * DAY, by=hazel,
            )  # fmt: skip
    with on(working_days.add_working_days(sat, 4), 10):
        panels.finish(review, summary=words.CONCLUDED, by=hazel)
        steps.letter(case, LetterKind.OUTCOME, by=hazel)
    _bodies_respond(cast, case, sat)


def _minute(cast: Cast, meeting: Meeting) -> None:
    """The panel's meeting, as any other: minuted, and cleared by its chair."""
    hazel = cast.people["hazel"]
    with on(meeting.on - 6 * DAY):
        agenda.publish(meeting, by=hazel)
    with on(meeting.on, 10):
        there = {each.key: Presence.PRESENT for each in roll(meeting).people}
        attendance.record(meeting, presences=there, by=hazel)
        minutes.open(meeting, chaired_by=cast.people["juniper"], by=hazel)
        item = meeting.items.get(title="Findings")
        writing.write(item, text="Agreed as written down.", version=item.version, by=hazel)
    with on(meeting.on + 2 * DAY, 9):
        minutes.send_to_chair(meeting, acknowledged=True, by=hazel)
    with on(meeting.on + 3 * DAY, 9):
        minutes.clear(meeting, by=cast.people["juniper"])


def _bodies_respond(cast: Cast, case: Application, sat: datetime.date) -> None:
    for number, said in enumerate(words.RECOMMENDED, 1):
        asked = Recommendation.objects.get(application=case, number=number)
        by = cast.people[steps.ANSWERS[said.body]]
        with on(sat + (14 + number) * DAY, 14):
            panels.respond(
                asked, accepted=not said.declined, reason=said.declined,
                due_on=None if said.declined else asked.due_on, by=by,
            )  # fmt: skip
    first = Recommendation.objects.get(application=case, number=1)
    with on(sat + 50 * DAY, 11):
        done = actions.update(
            first.action, text="Grading was changed, and callers are told.",
            status=Status.SAYS_DONE, by=cast.people["linden"],
        )  # fmt: skip
    with on(sat + 55 * DAY, 11):
        actions.confirm_done(done, by=cast.people["hazel"])


# ---- one that meets in a few days ---------------------------------------------------------------


def gather(cast: Cast, today: datetime.date) -> Application:
    """All bodies have answered, and their accounts do not fit; the pack is made."""
    hazel, day = cast.people["hazel"], steps.working(today, 26)
    with on(day, 20):
        case = steps.sent_in(cast, words.MERGED)
    steps.bodies_answer(cast, case, words.MERGED, day)
    with on(steps.working(today, 11), 10):
        listing.send_list(case, by=hazel)
    _correct(cast, case, today)
    sits = working_days.add_working_days(today, 6)
    with on(steps.working(today, 6), 10):
        _met(case, by=hazel)
        steps.letter(case, LetterKind.MET, by=hazel)
        _panel(cast, case, "bryony", ("fern", "heather"))
        panels.ask_onto_panel(
            case, held=cast.seats["clover", "reviews"], free=False, by=hazel,
            said="Lives in the next street, and knows one of the people.",
        )  # fmt: skip
        panels.set_meeting(
            case, on=sits, starts_at=TEN, ends_at=NOON, venue=VENUE, meant=True, by=hazel
        )
        late = Clock.objects.get(application=case, stage=ClockStage.PANEL)
        clocks.put_off(late, due_on=sits, reason=words.LATER, by=hazel)
        steps.letter(case, LetterKind.INVITATION, by=hazel)
    with on(steps.working(today, 2), 18):
        panels.write_in(case, words=words.VOICE)
    with on(steps.working(today, 1), 15):
        panels.make_pack(case, by=hazel)
    return case


def _correct(cast: Cast, case: Application, today: datetime.date) -> None:
    """The applicant is sure of a day; the officer says what was found out of another misfit."""
    hazel = cast.people["hazel"]
    with on(steps.working(today, 9), 19):
        said = listing.correct(case, text=words.CORRECTION, complaint=case.complaints.get(number=1))
    with on(steps.working(today, 8), 11):
        listing.answer_correction(
            said, taken=False, by=hazel,
            remark="The panel will see both days, and read what you wrote.",
        )  # fmt: skip
        silent = next(
            each for each in merged.timeline(case, hazel).misfits if each.kind == MisfitKind.UNKNOWN
        )
        fitting.settle(
            case, kind=silent.kind, key=silent.key, settled=words.FILED_WRONGLY, by=hazel
        )
    with on(steps.working(today, 7), 19):
        listing.agree_list(case)
