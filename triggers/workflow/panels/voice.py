"""The victim's voice: how they were heard, and what they said, kept as it was said."""

import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from core import clock, history
from core.markup import plain
from core.workflow import Wrong
from triggers.models import Application, Review, Stage, Voice, VoiceRecord
from triggers.queries import drafts, following
from triggers.workflow.steps import note, take, tell_officers, wrong_text

LONG = 20_000
BY_LETTER = "Who applied for them, through the private link"
HEARD = (Stage.REVIEW, Stage.OUTCOME)


@transaction.atomic
def record_voice(
    application: Application, *, how: str, on: datetime.date | None = None, words: str = "",
    spoken_by: str = "", by: Any,
) -> VoiceRecord:  # fmt: skip
    """Write down how the victim was heard and what they said, in their own words.

    Who chose not to take part is written down as such; ``words`` are then why, if they said.
    """
    application = take(application, by=by, stages=HEARD)
    record = VoiceRecord(application=application, by=by)
    _write(record, how=how, on=on or clock.today(), words=words, spoken_by=spoken_by)
    history.save(record, by=by)
    note("wrote down the victim’s voice in", application, by=by, how=how)
    return record


@transaction.atomic
def change_voice(
    record: VoiceRecord, *, how: str, on: datetime.date, words: str = "", spoken_by: str = "",
    by: Any,
) -> VoiceRecord:  # fmt: skip
    """Correct what an officer wrote down; what the victim wrote themselves stays as it came."""
    application = take(record.application, by=by, stages=HEARD)
    record = VoiceRecord.objects.select_for_update(of=("self",)).get(pk=record.pk)
    if record.by_id is None:
        raise Wrong("This came from the victim, so it stays as they wrote it.")
    _write(record, how=how, on=on, words=words, spoken_by=spoken_by)
    history.save(record, by=by)
    note("corrected the victim’s voice in", application, by=by)
    return record


@transaction.atomic
def write_in(application: Application, *, words: str) -> VoiceRecord:
    """Who holds the private link writes to the panel. It is kept as it was written.

    Where somebody else applied for the victim, it is they who speak for them.
    """
    rows = Application.objects.select_for_update(of=("self",)).select_related("partnership")
    application = rows.select_related("group").get(pk=application.pk)
    if not following.may_write_to_panel(application):
        raise Wrong("The panel can no longer be written to here. Please call us.")
    words = words.strip()
    wrong = wrong_text("words", words, "Write what you want the panel to know", LONG)
    if wrong:
        raise ValidationError(wrong)
    another = drafts.for_another(application)
    record = VoiceRecord(
        application=application, how=Voice.ADVOCATE if another else Voice.IN_WRITING,
        on=clock.today(), words=words, spoken_by=BY_LETTER if another else "",
    )  # fmt: skip
    history.save(record, by=None)
    note("wrote to the panel of", application, by=None)
    tell_officers(
        application, "case-review-voice", "The victim has written to the panel",
        occurrence=str(record.pk),
    )  # fmt: skip
    return record


def _write(record: VoiceRecord, *, how: str, on: datetime.date, words: str, spoken_by: str) -> None:
    """Fill in a record. What was said may be asked for by the panel in any way but one."""
    words, spoken_by = plain(words), " ".join(spoken_by.split())
    wrong = {}
    if how not in Voice.values:
        wrong["how"] = "Choose how they were heard"
    elif how != Voice.NO and not words:
        wrong["words"] = "Enter what they said, in their words"
    if how == Voice.ADVOCATE and not spoken_by:
        wrong["spoken_by"] = "Enter who spoke for them"
    if len(words) > LONG:
        wrong["words"] = f"This must be {LONG} characters or fewer. It has {len(words)}"
    if len(spoken_by) > 200:
        wrong["spoken_by"] = "This must be 200 characters or fewer"
    if on > clock.today():
        wrong["on"] = "The day must be today or in the past"
    if wrong:
        raise ValidationError(wrong)
    record.how, record.on, record.words = how, on, words
    record.spoken_by = spoken_by if how == Voice.ADVOCATE else ""


def begun(application: Application, *, by: Any) -> Review:
    """The review of a case, locked; begun now where it was not."""
    rows = Review.objects.select_for_update(of=("self",)).select_related("meeting__group")
    review = rows.filter(application=application).first()
    if review is None:
        review = Review(application=application)
        history.save(review, by=by)
    return review
