"""The panel sits: its meeting and pack, that it was held, what it concluded, and once again.

Meetings and papers are those of the meetings room, on the case's own group: nobody else learns of
them.
"""

import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import transaction

import documents.workflow
import meetings.workflow.agenda as agendas
import meetings.workflow.schedule as schedules
import meetings.workflow.templates as templates
from core import clock, history
from core.markings import Marking
from core.markup import plain
from core.workflow import Wrong
from meetings.models import Item, ItemKind, Meeting, Paper, TemplateLine
from membership.models import Group
from triggers import packs
from triggers.models import (
    Application,
    CaseNote,
    ClockStage,
    CountedFrom,
    NoteKind,
    Recommendation,
    Review,
    Stage,
    VoiceRecord,
)
from triggers.queries import cases
from triggers.queries import panels as queries
from triggers.workflow import clocks
from triggers.workflow.panels.responses import send
from triggers.workflow.panels.voice import begun
from triggers.workflow.steps import keep, note, take, tell_officers, wrong_text

LONG = 8000
REASON = 300
TIMELINE = "The list of incidents and the timeline"
# What a panel's agenda starts with: title, minutes, what it is for.
ORDER = [
    (ItemKind.APOLOGIES, "Welcome and apologies", 5, ""),
    (ItemKind.INTERESTS, "Has anybody a part in this case?", 5, "Say so again, and leave if so"),
    (ItemKind.OTHER, "The victim’s voice", 20, "Hear the victim, or what they have written"),
    (ItemKind.OTHER, TIMELINE, 15, "Agree what happened, and what is not known"),
    (ItemKind.OTHER, "What each body did", 30, "Each body in turn, with questions"),
    (ItemKind.OTHER, "Findings", 15, "Say what was done well, and what was missed"),
    (ItemKind.OTHER, "Recommendations", 20, "To whom, by when; name nobody in them"),
    (ItemKind.OTHER, "What the victim is told, and by whom", 10, "Agree the words of the letter"),
]  # fmt: skip


@transaction.atomic
def set_meeting(
    application: Application, *, on: datetime.date, starts_at: datetime.time,
    ends_at: datetime.time, venue: str, online: bool = False, meant: bool = False, by: Any,
) -> Review:  # fmt: skip
    """Set the panel's meeting, with an agenda that fits. Moved or cancelled, it is as any other.

    ``meant`` takes a day that something speaks against. Raises ``ValidationError`` by field.
    """
    application = _open(application, by)
    review = begun(application, by=by)
    if queries.meeting_of(review):
        raise Wrong("The panel has a meeting already. Move or cancel it on its own page.")
    group: Any = application.group
    _order_of_business(group, by)
    review.meeting = schedules.schedule(
        group, on=on, starts_at=starts_at, ends_at=ends_at, venue=venue, online=online,
        meant=meant, by=by,
    )  # fmt: skip
    return _kept(review, application, "set the panel’s meeting of", by=by)


def _order_of_business(group: Group, by: Any) -> None:
    if group.agenda_templates.filter(standing=True).exists():
        return
    lines = [
        TemplateLine(
            position=position, kind=kind, title=title, minutes_allowed=minutes, note=says,
            marking=Marking.SENSITIVE, paper_expected=False,
        )
        for position, (kind, title, minutes, says) in enumerate(ORDER, 1)
    ]  # fmt: skip
    made = templates.add(group, name="Panel of a case review", lines=lines, by=by)
    templates.make_standing(made, by=by)


@transaction.atomic
def make_pack(application: Application, *, by: Any) -> Paper:
    """Put all accounts of the case into one paper of the panel's meeting.

    From then on everybody on the case reads what every body sent. Made again, it is a newer
    version of the same paper. Raises ``core.pdf.PDFUnavailable`` where no PDF can be made.
    """
    application = _open(application, by)
    review = begun(application, by=by)
    meeting = queries.meeting_of(review)
    if meeting is None:
        raise Wrong("Set the panel’s meeting first: the pack is a paper of it.")
    file = ContentFile(packs.build(application, by=by), f"{application.reference}-panel-pack.pdf")
    paper = queries.paper_of(meeting)
    if paper is None:
        paper = agendas.add_paper(
            _item(meeting, by), title=queries.PACK, marking=Marking.SENSITIVE, file=file,
            handling_note="For the panel of this case only. Do not copy or pass on.", by=by,
        )  # fmt: skip
    else:
        documents.workflow.add_version(paper.document, file=file, by=by)
    review.pack_made_on = clock.today()
    _kept(review, application, "made the pack of", by=by)
    return paper


def _item(meeting: Meeting, by: Any) -> Item:
    """The item of the timeline; a new one, where an officer took it off the agenda."""
    found = meeting.items.filter(title=TIMELINE).first()
    return found or agendas.add_item(
        meeting, title=TIMELINE, marking=Marking.SENSITIVE, minutes_allowed=15, by=by
    )


@transaction.atomic
def hold(review: Review, *, on: datetime.date, not_heard: str = "", by: Any) -> Review:
    """Say that the panel sat. The clock of the outcome begins.

    Without anything written down of the victim's voice it needs the reason. Raises ``Wrong``
    without a meeting, or while the chair is missing or of a body under review.
    """
    application = _open(review.application, by)
    review = begun(application, by=by)
    stops = queries.stops(application, review)
    if stops:
        raise Wrong(stops[0])
    not_heard = " ".join(plain(not_heard).split())
    wrong = {}
    if application.received_on and not application.received_on <= on <= clock.today():
        wrong["on"] = "The day must be between the application and today"
    if not VoiceRecord.objects.filter(application=application).exists():
        missing = "Write down what the victim said first, or enter why they were not heard"
        wrong |= wrong_text("not_heard", not_heard, missing, REASON)
    elif len(not_heard) > REASON:
        wrong["not_heard"] = f"This must be {REASON} characters or fewer"
    if wrong:
        raise ValidationError(wrong)
    review.held_on, review.not_heard = on, not_heard
    clocks.finish(application, ClockStage.PANEL, on, by=by)
    clocks.begin(application, CountedFrom.PANEL, on, by=by)
    return _kept(review, application, "held the panel of", by=by)


@transaction.atomic
def finish(review: Review, *, summary: str, by: Any) -> Review:
    """Finish the review: its recommendations go to the bodies, and the outcome to the applicant."""
    application = take(review.application, by=by, stages=(Stage.REVIEW,))
    review = begun(application, by=by)
    if review.held_on is None:
        raise Wrong("Say first that the panel was held.")
    summary = plain(summary)
    wrong = wrong_text("summary", summary, "Enter what the panel concluded", LONG)
    if wrong:
        raise ValidationError(wrong)
    review.summary, review.finished_at, review.finished_by = summary, clock.now(), by
    review.version += 1
    history.save(review, by=by)
    application = keep(application, "finished the review of", by=by, stage=Stage.OUTCOME)
    for each in Recommendation.objects.filter(application=application, sent_on=None):
        send(each, by=by)
    tell_officers(
        application, "case-review-finished", "A review is finished: write the outcome letter",
        by=by,
    )  # fmt: skip
    return review


@transaction.atomic
def sit_again(review: Review, *, reason: str, by: Any) -> Review:
    """Let the panel look at the case once more, as after an appeal that was upheld.

    What was recommended and answered stands; what is new is sent when this turn is finished.
    """
    stages = (Stage.OUTCOME, Stage.MONITORING, Stage.CLOSED)
    application = take(review.application, by=by, stages=stages)
    review = begun(application, by=by)
    if review.finished_at is None:
        raise Wrong("The panel has not finished, so it sits as it is.")
    reason = " ".join(plain(reason).split())
    wrong = wrong_text("reason", reason, "Enter why the panel sits again")
    if wrong:
        raise ValidationError(wrong)
    review.meeting = review.pack_made_on = review.held_on = None
    review.finished_at = review.finished_by = None
    review.not_heard, review.version = "", review.version + 1
    history.save(review, by=by)
    CaseNote.objects.create(application=application, kind=NoteKind.STATE, text=reason, by=by)
    application = keep(
        application, "let the panel sit again in", by=by, stage=Stage.REVIEW, closed_on=None
    )
    clocks.begin_again(
        application, ClockStage.PANEL, clock.today(), from_what="the panel’s second turn", by=by
    )
    return review


def _open(application: Application, by: Any) -> Application:
    """The case, locked, while its panel has still to sit."""
    application = take(application, by=by, stages=(Stage.REVIEW,))
    if cases.stands_still(application):
        raise Wrong("The victim has refused consent. Decide first how to go on.")
    if Review.objects.filter(application=application, held_on__isnull=False).exists():
        raise Wrong("The panel has sat already.")
    return application


def _kept(review: Review, application: Application, verb: str, *, by: Any) -> Review:
    review.version += 1
    history.save(review, by=by)
    note(verb, application, by=by)
    return review
