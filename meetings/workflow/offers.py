"""What members and leads offer for an agenda: items, with a paper or without, and papers.

Between its sender and the officers until an officer answers. Late is allowed, and said. Notices
never name what was offered: it may be restricted.
"""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse

from audit.workflow import record
from core import clock, history
from core.dates import longdate
from core.markings import Marking, highest
from core.markup import plain
from core.permissions import can, require
from core.workflow import Wrong
from documents.checks import Checked
from documents.queries import officers_of_group
from documents.workflow.papers import checked_file, keep
from meetings.models import Answer, BacklogItem, Item, Meeting, OfferedPaper, Origin, Paper
from meetings.workflow import backlog, fits, locked, take
from meetings.workflow.agenda import add_paper, leads
from meetings.workflow.waiting import answered
from notices.workflow import tell

REASON = 300  # characters


# ---- items --------------------------------------------------------------------------------------


@transaction.atomic
def offer(
    meeting: Meeting, *, title: str, marking: str, minutes_allowed: int, note: str = "",
    text: str = "", file: Any = None, paper_title: str = "", by: Any,
) -> BacklogItem:  # fmt: skip
    """Offer an item for a meeting, with a paper or without. The officers are told.

    Raises ``ValidationError`` by field, and ``Wrong`` where the meeting is past or cancelled.
    """
    current = take("offer", meeting, by=by)
    _not_past(current)
    lead = by if leads(current).filter(person=by).exists() else None
    waiting = BacklogItem(
        group=current.group, origin=Origin.OFFERED, meeting=current, title=title.strip(),
        marking=marking, minutes_allowed=minutes_allowed, note=note.strip(), text=plain(text),
        lead=lead, lead_words="" if lead else by.name[:120], created_at=clock.now(), created_by=by,
    )  # fmt: skip
    backlog.check(waiting)
    history.save(waiting, by=by)
    if file is not None:
        _keep_paper(paper_title or waiting.title, marking, file, "", by=by, backlog=waiting)
    backlog.record_of("offered an item", waiting, by=by)
    _tell_officers(waiting, f"{by.name} offered an item for the {called(current)}.", by=by)
    return waiting


@transaction.atomic
def withdraw(waiting: BacklogItem, *, by: Any) -> BacklogItem:
    """Take back what one offered, while it waits for an answer."""
    current = backlog.locked(waiting, by=by, verb="withdraw")
    if current.origin != Origin.OFFERED:
        raise Wrong("Only what was offered can be taken back.")
    backlog.record_of("took back an item", current, by=by)
    _close_papers(current, Answer.WITHDRAWN, "", by=by)
    return answered(current, Answer.WITHDRAWN, by=by)


@transaction.atomic
def accept(waiting: BacklogItem, meeting: Meeting, *, by: Any, **changes: Any) -> Item:
    """Put something that waits on an agenda, with its papers; who offered it is told.

    Papers are marked at least as the item is. Raises ``ValidationError`` by field and ``Wrong``.
    """
    item = backlog.take_up(waiting, meeting, by=by, **changes)
    for paper in waiting.papers.waiting().order_by("created_at"):
        accept_paper(paper, by=by, tells=False)
    if waiting.origin == Origin.OFFERED:
        said = f"The item you offered is on the agenda of the {called(item.meeting)}."
        _tell_sender(waiting, said, "accepted", by=by)
    return item


@transaction.atomic
def keep_for_later(waiting: BacklogItem, *, by: Any) -> BacklogItem:
    """Keep an offered item for another meeting than the one that it was meant for."""
    current = backlog.locked(waiting, by=by)
    if current.meeting is None:
        raise Wrong("This is kept for later already.")
    current.meeting = None
    history.save(current, by=by, fields=["meeting"])
    backlog.record_of("kept an offered item for later", current, by=by)
    if current.origin == Origin.OFFERED:
        _tell_sender(current, "The item you offered is kept for a later meeting.", "later", by=by)
    return current


@transaction.atomic
def decline(waiting: BacklogItem, *, answer: str, by: Any) -> BacklogItem:
    """Decline an offered item, or a steer, with a reason; whoever it came from is told."""
    current = backlog.locked(waiting, by=by)
    if current.origin not in (Origin.OFFERED, Origin.STEER):
        raise Wrong("Nobody offered this. Remove it instead.")
    reason = _reason(answer)
    _close_papers(current, Answer.DECLINED, reason, by=by)
    answered(current, Answer.DECLINED, by=by, answer=reason)
    backlog.record_of("declined an offered item", current, by=by)
    said = "The item you offered was not taken. Read why."
    if current.origin == Origin.STEER:
        said = f"A steer to {current.group.short_name} was not taken up. Read why."
    _tell_sender(current, said, "declined", by=by)
    return current


# ---- papers -------------------------------------------------------------------------------------


@transaction.atomic
def offer_paper(
    item: Item, *, title: str, marking: str, file: Any, handling_note: str = "", by: Any
) -> OfferedPaper:
    """Offer a paper for an item on an agenda that one leads. The officers are told.

    Raises ``ValidationError`` by field, and ``Wrong`` where the meeting is past or cancelled.
    """
    require(can(by, "offer papers", item))
    meeting = locked(item.meeting)
    verdict = fits("offer", meeting)
    if not verdict:
        raise Wrong(verdict.reason)
    _not_past(meeting)
    current = meeting.items.filter(pk=item.pk).first()
    if current is None:
        raise Wrong("This item is no longer on the agenda.")
    current.meeting = meeting
    if current.restricted and marking != Marking.SENSITIVE:
        wrong = {"marking": "A paper of a restricted item must be OFFICIAL-SENSITIVE"}
        raise ValidationError(wrong)
    offered = _keep_paper(title, marking, file, handling_note, by=by, item=current)
    _record("offered a paper", offered, by=by)
    _tell_officers(
        offered, f"{by.name} offered a paper for item {current.number} of the {called(meeting)}.",
        by=by,
    )  # fmt: skip
    return offered


@transaction.atomic
def accept_paper(
    offered: OfferedPaper, *, title: str = "", marking: str = "", tells: bool = True, by: Any
) -> Paper:
    """Put an offered paper on the agenda; only now is it a document of the group.

    Its marking is at least its item's. Raises ``ValidationError`` by field and ``Wrong``.
    """
    current = _waiting(offered, "answer", by=by)
    item = current.item or current.backlog.item  # type: ignore[union-attr]
    if item is None:
        raise Wrong("Put the item on an agenda first: its paper comes with it.")
    content = Checked(
        current.file_name, current.content_type, bytes(current.content.data), current.pages
    )
    paper = add_paper(
        item, title=title or current.title, handling_note=current.handling_note, file=content,
        marking=highest([marking or current.marking, item.marking]), by=by,
    )  # fmt: skip
    _answer(current, Answer.TAKEN, by=by, paper=paper)
    _record("took an offered paper", current, by=by)
    if tells:
        said = f"The paper you offered is on the agenda of the {called(item.meeting)}."
        _tell_sender(current, said, "accepted", by=by)
    return paper


@transaction.atomic
def decline_paper(offered: OfferedPaper, *, answer: str, by: Any) -> OfferedPaper:
    """Decline a paper with a reason. Its sender is told to read it."""
    current = _waiting(offered, "answer", by=by)
    _answer(current, Answer.DECLINED, by=by, answer=_reason(answer))
    _record("declined an offered paper", current, by=by)
    _tell_sender(current, "The paper you offered was not taken. Read why.", "declined", by=by)
    return current


@transaction.atomic
def withdraw_paper(offered: OfferedPaper, *, by: Any) -> OfferedPaper:
    """Take back a paper that waits for an answer."""
    current = _waiting(offered, "withdraw", by=by)
    _record("took back a paper", current, by=by)
    return _answer(current, Answer.WITHDRAWN, by=by)


# ---- shared -------------------------------------------------------------------------------------


def called(meeting: Meeting) -> str:
    """Board meeting of 9 December 2026."""
    return f"{meeting.group.short_name} meeting of {longdate(meeting.on)}"


def _not_past(meeting: Meeting) -> None:
    if meeting.on < clock.today():
        raise Wrong(f"This meeting was on {longdate(meeting.on)}. Offer it for the next one.")


def _keep_paper(
    title: str, marking: str, file: Any, handling_note: str, *, by: Any, **of: Any
) -> OfferedPaper:
    if not title.strip():
        raise ValidationError({"title": "Enter the title"})
    checked = checked_file(file)
    offered = OfferedPaper(
        title=title.strip(), marking=marking, handling_note=handling_note.strip(),
        content_id=keep(checked.data, checked.sha256), file_name=checked.file_name,
        content_type=checked.content_type, pages=checked.pages, created_at=clock.now(),
        created_by=by, **of,
    )  # fmt: skip
    offered.clean_fields(exclude={"content", "created_by", "item", "backlog", "paper"})
    offered.save()
    return offered


def _waiting(offered: OfferedPaper, verb: str, *, by: Any) -> OfferedPaper:
    rows = OfferedPaper.objects.select_for_update(of=("self",)).select_related(
        "content", "created_by", "item__meeting__group__partnership",
        "backlog__group__partnership", "backlog__item__meeting__group__partnership",
        "backlog__meeting",
    )  # fmt: skip
    current = rows.get(pk=offered.pk)
    require(can(by, verb, current))
    if current.state != Answer.WAITING:
        raise Wrong(backlog.GONE[Answer(current.state)])
    return current


def _answer(offered: OfferedPaper, state: Answer, *, by: Any, **fields: Any) -> OfferedPaper:
    for name, value in fields.items():
        setattr(offered, name, value)
    offered.state, offered.answered_at, offered.answered_by = state, clock.now(), by
    offered.save(update_fields=["state", "answered_at", "answered_by", *fields])
    return offered


def _close_papers(waiting: BacklogItem, state: Answer, reason: str, *, by: Any) -> None:
    for paper in waiting.papers.waiting():
        _answer(paper, state, by=by, answer=reason)


def _reason(words: str) -> str:
    reason = plain(words)
    if not reason:
        raise ValidationError({"answer": "Enter the reason, so that they know what to do"})
    if len(reason) > REASON:
        raise ValidationError({"answer": f"The reason must be {REASON} characters or fewer"})
    return reason


def _record(says: str, offered: OfferedPaper, *, by: Any) -> None:
    record(
        says, offered, by=by, partnership=offered.partnership, group=offered.group,
        sensitive=offered.restricted,
    )  # fmt: skip


def _address(of: BacklogItem | OfferedPaper) -> str:
    page = "backlog_item" if isinstance(of, BacklogItem) else "offered"
    return reverse(f"meetings:{page}", args=[of.partnership.slug, of.pk])


def _tell_officers(of: BacklogItem | OfferedPaper, text: str, *, by: Any) -> None:
    tell(
        [seat.person for seat in officers_of_group(of.group, clock.today())], kind="offered",
        about=of, text=text, url=_address(of), partnership=of.partnership, but=by,
    )  # fmt: skip


def _tell_sender(of: BacklogItem | OfferedPaper, text: str, occurrence: str, *, by: Any) -> None:
    tell(
        [of.created_by], kind="offer-answered", about=of, text=text, url=_address(of),
        partnership=of.partnership, occurrence=f"{occurrence} {clock.now().timestamp()}", but=by,
    )  # fmt: skip
