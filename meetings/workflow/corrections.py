"""Corrections to draft minutes: suggested, discussed, withdrawn, accepted or declined.

An accepted one is written into the minute of its item. Where the words that it would change have
been changed meanwhile, nothing is overwritten: the officer says where it goes and what it says.
"""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse

from core import clock, history
from core.markings import Marking, holds_passage
from core.markup import plain
from core.permissions import can, denied, require
from core.workflow import Wrong
from meetings.anchors import place_of, put_in
from meetings.models import Correction, CorrectionState, Item, Meeting, Remark
from meetings.paragraphs import joined, paragraphs_of
from meetings.queries.minutes import agreeing
from meetings.workflow import note, take, tell_people
from meetings.workflow.minutes import officers_of
from meetings.workflow.reviewing import look
from membership.models import Agency, Seat

PARAGRAPH = 20_000  # characters
SHORT = 500
IN_THE_MEETING = "Corrected in the meeting"

UNREADABLE = (
    "This paragraph holds a restricted passage that you cannot read, so you cannot change it. "
    "Suggest a new paragraph instead, or ask the community safety team."
)


class Moved(Wrong):
    """The words that a correction would change have been changed: ``current`` as it stands now."""

    def __init__(self, current: Item) -> None:
        super().__init__(
            "The text was changed since this was suggested. Choose where the correction goes and "
            "check its words.", code="moved",
        )  # fmt: skip
        self.current = current


# ---- suggested, discussed, withdrawn ------------------------------------------------------------


@transaction.atomic
def suggest(
    item: Item, *, paragraph: int, original: str, suggestion: str, version: int, reason: str = "",
    by: Any,
) -> Correction:  # fmt: skip
    """Suggest other words for a paragraph, or a new one after it (``original`` is then empty).

    ``original`` is the paragraph as it was read in ``version``: if it stands otherwise by now,
    ``Moved`` is raised and nothing is saved.
    """
    made = _suggest(
        item, paragraph=paragraph, original=original, suggestion=suggestion, version=version,
        reason=reason, by=by,
    )  # fmt: skip
    meeting = made.item.meeting
    tell_people(
        officers_of(meeting), meeting, kind="corrections", but=by,
        occurrence=clock.today().isoformat(),
        text=f"{meeting}: corrections to the draft minutes have been suggested",
    )  # fmt: skip
    return made


def _suggest(
    item: Item, *, paragraph: int, original: str, suggestion: str, version: int, reason: str,
    by: Any,
) -> Correction:  # fmt: skip
    meeting, current = _open_item("review", item, by)
    old, new = plain(original), checked(suggestion)
    place = _place_of_words(current, paragraph, old, version)
    if not old and not new:
        raise ValidationError({"suggestion": "Enter the new paragraph"})
    if old == new:
        raise ValidationError({"suggestion": "Change something in the paragraph"})
    _may_touch(current, old, by)
    look(meeting, by=by)
    correction = Correction(
        item=current, person=by, agency=_agency(meeting, by), version=current.version,
        paragraph=place, original=old, suggestion=new, reason=_short(reason, "reason"),
        made_at=clock.now(),
    )  # fmt: skip
    history.save(correction, by=by)
    note("suggested", correction, meeting, by=by, sensitive=_sensitive(current, old, new))
    return correction


def _place_of_words(item: Item, paragraph: int, old: str, version: int) -> int:
    """Which paragraph is meant, counted from 1; 0 is the very beginning."""
    now = paragraphs_of(item.minute)
    if old:
        if 1 <= paragraph <= len(now) and now[paragraph - 1] == old:
            return paragraph
        raise Moved(item)
    if item.version != version or not 0 <= paragraph <= len(now):
        raise Moved(item)
    return paragraph


@transaction.atomic
def remark(correction: Correction, *, text: str, by: Any) -> Remark:
    """Say something about a suggested correction; those who take part in the talk are told."""
    meeting, current = _locked("review", correction, by)
    words = plain(text)
    if not words:
        raise ValidationError({"text": "Enter what you want to say"})
    if len(words) > 2000:
        raise ValidationError(
            {"text": f"This must be 2,000 characters or fewer. It has {len(words):,}"}
        )
    said = Remark.objects.create(correction=current, person=by, text=words, made_at=clock.now())
    others = {each.person for each in current.remarks.select_related("person")}
    tell_people(
        {current.person, *others}, meeting, kind="correction-remark", but=by,
        occurrence=f"{said.pk}", url=url_of(current),
        text=f"{meeting}: there is a new remark on a correction to item {current.item.number}",
    )  # fmt: skip
    return said


@transaction.atomic
def withdraw(correction: Correction, *, by: Any) -> Correction:
    """Take back one's own suggestion before it is answered."""
    meeting, current = _locked("review", correction, by)
    require(can(by, "withdraw", current))
    _still_open(current)
    return _answered(current, meeting, CorrectionState.WITHDRAWN, "", by, says="withdrew")


# ---- answered by an officer ---------------------------------------------------------------------


@transaction.atomic
def accept(
    correction: Correction, *, adopted: str | None = None, answer: str = "",
    place: int | None = None, version: int | None = None, by: Any,
) -> Correction:  # fmt: skip
    """Write a correction into the minute of its item, as suggested or in the words ``adopted``.

    Where the text was changed since, raises ``Moved``, unless the officer gives the ``place`` (the
    number of the paragraph to replace or to follow, 0 for the end or the beginning) as it is in
    the ``version`` that they have seen.
    """
    meeting, current = _locked("answer corrections", correction, by)
    _still_open(current)
    item = current.item
    words = _adopted(current, adopted)
    _may_touch(item, current.original, by)
    parts = paragraphs_of(item.minute)
    at = place_of(current, item) if place is None else _given(current, parts, place, version)
    if at is None:
        raise Moved(item)
    instead = bool(current.original) and at < len(parts)
    if instead:
        _may_touch(item, parts[at], by)
    rewrite(item, put_in(parts, at, words, instead=instead), by=by, why=_why(current))
    current.adopted = words
    return _answered(current, meeting, CorrectionState.ACCEPTED, answer, by, says="accepted")


def _given(correction: Correction, parts: list[str], place: int, version: int | None) -> int:
    """The index that an officer's choice stands for."""
    if version != correction.item.version:
        raise Moved(correction.item)
    if not 0 <= place <= len(parts):
        raise ValidationError({"place": "Choose where the correction goes"})
    if not correction.original:
        return place
    return len(parts) if place == 0 else place - 1


def _adopted(correction: Correction, adopted: str | None) -> str:
    if adopted is None:
        return correction.suggestion
    words = checked(adopted, "adopted")
    if not words and correction.suggestion:
        message = "Enter what should stand there, or decline the correction"
        raise ValidationError({"adopted": message})
    return words


def _why(correction: Correction) -> str:
    """The reason in the item's history. It names the person, never the words."""
    return f"Correction suggested by {correction.person}"[:100]


@transaction.atomic
def decline(correction: Correction, *, answer: str, by: Any) -> Correction:
    """Leave the minute as it is, and say why."""
    meeting, current = _locked("answer corrections", correction, by)
    _still_open(current)
    if not plain(answer):
        raise ValidationError({"answer": "Say why it is declined"})
    return _answered(current, meeting, CorrectionState.DECLINED, answer, by, says="declined")


@transaction.atomic
def reopen(correction: Correction, *, by: Any) -> Correction:
    """Take back that a correction was declined, while the partners still have the draft."""
    meeting, current = _locked("answer corrections", correction, by)
    if current.state != CorrectionState.DECLINED:
        raise Wrong("Only a correction that was declined can be opened again.")
    current.state, current.answer = CorrectionState.OPEN, ""
    current.answered_at = current.answered_by = None
    history.save(current, by=by)
    note("opened again", current, meeting, by=by, sensitive=sensitive(current))
    return current


@transaction.atomic
def correct_here(
    item: Item, *, paragraph: int, original: str, text: str, version: int, reason: str = "",
    by: Any,
) -> Correction:  # fmt: skip
    """Change a paragraph as the meeting that agrees the minutes wants it, and keep what it was.

    It is a correction like the others, made and accepted at once.
    """
    if agreeing(item.meeting) is None:
        raise Wrong("Minutes are corrected in the meeting that agrees them, while it is held.")
    made = _suggest(
        item, paragraph=paragraph, original=original, suggestion=text, version=version,
        reason=reason, by=by,
    )  # fmt: skip
    return accept(made, answer=IN_THE_MEETING, by=by)


def rewrite(item: Item, paragraphs: list[str], *, by: Any, why: str) -> None:
    """Save a minute anew, each time as a change of its own in the item's history."""
    item.minute, item.version = joined(paragraphs), item.version + 1
    item.minuted_at, item.minuted_by = clock.now(), by
    history.save(item, by=by, why=why, fields=("minute", "version", "minuted_at", "minuted_by"))


# ---- what they share ----------------------------------------------------------------------------


def _open_item(step: str, item: Item, by: Any) -> tuple[Meeting, Item]:
    """The meeting and the item, both locked, if the step fits and the item opens."""
    meeting = take(step, item.meeting, by=by)
    current = meeting.items.select_for_update(of=("self",)).filter(pk=item.pk).first()
    if current is None:
        raise Wrong("This item is no longer on the agenda.")
    current.meeting = meeting
    require(can(by, "open", current))
    return meeting, current


def _locked(step: str, correction: Correction, by: Any) -> tuple[Meeting, Correction]:
    meeting, item = _open_item(step, correction.item, by)
    rows = Correction.objects.select_for_update(of=("self",)).select_related("person")
    current = rows.filter(pk=correction.pk).first()
    if current is None:
        raise Wrong("This correction is no longer there.")
    current.item = item
    return meeting, current


def _still_open(correction: Correction) -> None:
    if correction.state != CorrectionState.OPEN:
        raise Wrong(answered_words(correction), code="answered")


def answered_words(correction: Correction) -> str:
    """What somebody is told who comes too late to answer a correction."""
    how = CorrectionState(correction.state).label.lower()
    return f"This correction was {how} by {correction.answered_by} already."


def _answered(
    correction: Correction, meeting: Meeting, state: str, answer: str, by: Any, *, says: str
) -> Correction:
    correction.state, correction.answer = state, _short(answer, "answer")
    correction.answered_at, correction.answered_by = clock.now(), by
    history.save(correction, by=by)
    note(says, correction, meeting, by=by, sensitive=sensitive(correction))
    if state != CorrectionState.WITHDRAWN:
        tell_people(
            [correction.person], meeting, kind="correction-answered", but=by,
            occurrence=f"{correction.pk}:{clock.now():%y%m%d%H%M%S%f}", url=url_of(correction),
            text=f"{meeting}: your correction to item {correction.item.number} was {says}",
        )  # fmt: skip
    return correction


def url_of(correction: Correction) -> str:
    """The page of a correction."""
    meeting = correction.item.meeting
    args = [meeting.partnership.slug, meeting.slug, correction.pk]
    return reverse("meetings:correction", args=args)


def sensitive(correction: Correction) -> bool:
    """Whether a correction is about anything restricted."""
    return _sensitive(
        correction.item, correction.original, correction.suggestion, correction.adopted
    )


def _sensitive(item: Item, *texts: str) -> bool:
    return item.restricted or any(holds_passage(text) for text in texts)


def _may_touch(item: Item, text: str, by: Any) -> None:
    """Who cannot read a restricted passage cannot change the paragraph around it."""
    behind = Item(meeting=item.meeting, marking=Marking.SENSITIVE)
    if holds_passage(text) and not can(by, "open", behind):
        require(denied(UNREADABLE))


def checked(text: str, field: str = "suggestion") -> str:
    """The words of a paragraph. Raises where a restricted passage in them is never closed."""
    words = plain(text)
    if len(words) > PARAGRAPH:
        message = f"This must be {PARAGRAPH:,} characters or fewer. It has {len(words):,}"
        raise ValidationError({field: message})
    if words.count("[[") != words.count("]]") or words.find("]]") < words.find("[["):
        message = "A restricted passage begins with [[ and ends with ]]. One of them is missing"
        raise ValidationError({field: message})
    return words


def _short(text: str, field: str) -> str:
    words = plain(text)
    if len(words) > SHORT:
        message = f"This must be {SHORT} characters or fewer. It has {len(words)}"
        raise ValidationError({field: message})
    return words


def _agency(meeting: Meeting, person: Any) -> Agency | None:
    """For which agency a person sits on the group today, or on the group that runs it."""
    groups = [meeting.group_id, meeting.group.administered_by_id]
    seats = Seat.objects.on(clock.today()).filter(person=person, group__in=groups)
    ordered = sorted(seats.select_related("agency"), key=lambda s: s.group_id != meeting.group_id)
    return ordered[0].agency if ordered else None
