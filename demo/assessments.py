"""The Strategic Assessment in the story: written, put before the first told meeting, published.

Its twelve months are those of the street-crime files that the product ships, so it names the
months that it does not hold. A second one is begun where the next twelve months are over, with
nothing held yet.
"""

import datetime

from assessments import scoring
from assessments.models import Assessment, EvidenceState
from assessments.workflow import assessing, boarding, contributing, publishing
from core.markings import Marking
from demo import assessment_words as words
from demo.partnership import Cast
from demo.telling import on
from meetings.models import Decision, ItemKind, Meeting
from membership.models import Theme
from notices.models import Turn
from notices.workflow import turns

DAY = datetime.timedelta(days=1)
STARTS = datetime.date(2024, 10, 1)
NEXT = datetime.date(2025, 10, 1)
ADOPTED = "adopted the Strategic Assessment"


def answers(turn: Turn) -> bool:
    """Whether this turn of the duty asks for the assessment of the story."""
    over = STARTS.replace(year=STARTS.year + 1)
    year = datetime.timedelta(days=365)
    own = turn.cycle.key == "strategic-assessment"
    return own and turn.first_due_on - year < over <= turn.first_due_on


def write(cast: Cast, meeting: Meeting) -> Assessment:
    """In the weeks before the first told meeting: begun, sent evidence for, scored and finished."""
    hazel = cast.people["hazel"]
    _wait_for_the_board(cast, meeting)
    with on(meeting.on - 50 * DAY, 10):
        assessment = assessing.begin(cast.partnership, starts_on=STARTS, by=hazel)
    _evidence(cast, assessment, meeting.on - 40 * DAY)
    with on(meeting.on - 30 * DAY, 14):
        _consultation(cast, assessment)
        _scores(cast, assessment)
    with on(meeting.on - 12 * DAY, 16):
        for section in assessment.sections.order_by("position"):
            text = words.SECTIONS[section.key]
            saved = assessing.write_section(
                section, text=text, version=section.version, by=cast.people["rowan"]
            )
            assessing.mark_done(saved, by=hazel)
    return assessment


def _wait_for_the_board(cast: Cast, meeting: Meeting) -> None:
    """The board meets after the day on which the assessment is due, so that day is moved."""
    for turn in Turn.objects.of(cast.partnership).filter(done_on=None):
        if answers(turn) and turn.due_on < meeting.on + 14 * DAY:
            with on(meeting.on - 56 * DAY, 10):
                turns.move(
                    turn, due_on=meeting.on + 14 * DAY, by=cast.people["hazel"],
                    reason="The board takes it at its next meeting",
                )  # fmt: skip


def _evidence(cast: Cast, assessment: Assessment, day: datetime.date) -> None:
    for who, body, key, text, source, restricted, state, answer in words.EVIDENCE:
        with on(day, 11):
            sent = contributing.offer_evidence(
                assessment, agency=cast.bodies[body], text=text, source=source,
                marking=Marking.SENSITIVE if restricted else Marking.OFFICIAL,
                section=assessment.sections.get(key=key), by=cast.people[who],
            )  # fmt: skip
        with on(day + 6 * DAY, 15):
            contributing.answer_evidence(
                sent, state=EvidenceState(state), answer=answer, by=cast.people["rowan"]
            )


def _consultation(cast: Cast, assessment: Assessment) -> None:
    for title, method, respondents, finding in words.CONSULTATION:
        contributing.add_finding(
            assessment, title=title, method=method, starts_on=datetime.date(2025, 6, 2),
            ends_on=datetime.date(2025, 7, 11), respondents=respondents, finding=finding,
            by=cast.people["hazel"],
        )  # fmt: skip


def _scores(cast: Cast, assessment: Assessment) -> None:
    themes = {each.slug: each for each in Theme.objects.filter(partnership=cast.partnership)}
    for name, theme, scores, why in words.SCORES:
        contributing.score(
            assessment, name=name, scores=dict(zip(scoring.KEYS, scores, strict=True)), why=why,
            theme=themes.get(theme), by=cast.people["hazel"],
        )  # fmt: skip


def put_before(cast: Cast, meeting: Meeting) -> None:
    """Its restricted edition goes on the agenda, at the strategy item."""
    assessment = Assessment.objects.get(partnership=cast.partnership, starts_on=STARTS)
    item = meeting.items.get(kind=ItemKind.STRATEGY)
    boarding.put_before_board(assessment, item=item, by=cast.people["hazel"])


def adopt(cast: Cast, assessment: Assessment, meeting: Meeting) -> None:
    """The meeting has adopted it: figures are fixed, and the public edition goes out by two."""
    decision = Decision.objects.get(item__meeting=meeting, text__contains=ADOPTED)
    with on(meeting.on + DAY, 10):
        assessing.adopt(assessment, decision=decision, by=cast.people["hazel"])
    with on(meeting.on + 6 * DAY, 11):
        publishing.ask_to_publish(assessment, by=cast.people["hazel"])
    with on(meeting.on + 7 * DAY, 9):
        publishing.approve(assessment, by=cast.people["sage"])


def begin_next(cast: Cast, today: datetime.date) -> None:
    """The next one is begun some weeks ago; no month of it is held yet."""
    if today - 21 * DAY < NEXT:
        return
    with on(today - 21 * DAY, 10):
        assessing.begin(cast.partnership, starts_on=NEXT, by=cast.people["hazel"])
