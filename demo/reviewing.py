"""After a meeting: members review the draft, two people publish, and a mistake is noted later."""

import datetime

from core import pdf
from demo.partnership import Cast
from demo.telling import on
from meetings.checking import check
from meetings.models import Correction, Item, ItemKind, Meeting, PublicationRequest, Status
from meetings.paragraphs import paragraphs_of
from meetings.workflow import approval, corrections, noting, redacting, reviewing

DAY = datetime.timedelta(days=1)
REASON = "It would tell who was helped, and where, to people who must not know."


def publish(cast: Cast, meeting: Meeting) -> None:
    """The officer gives the reasons and asks; the chair approves."""
    request = _ask(cast, meeting)
    try:
        approval.approve(request, by=cast.people["sage"])
    except pdf.PDFUnavailable:
        return  # Without Pango it waits for approval; the operator is told what to install.


def _ask(cast: Cast, meeting: Meeting, correction_note: str = "") -> PublicationRequest:
    hazel = cast.people["hazel"]
    redacting.give_reasons(meeting, reasons={}, for_all=REASON, by=hazel)
    seen = [each.key for each in check(meeting).findings]
    return approval.ask(
        meeting, acknowledged=seen, correction_note=correction_note, by=hazel
    )  # fmt: skip


def review(cast: Cast, meeting: Meeting) -> None:
    """Some members have read the draft of the third meeting, and have things to say."""
    meeting = Meeting.objects.get(pk=meeting.pk)
    people, cleared = cast.people, meeting.on + 9 * DAY
    with on(cleared + 3 * DAY, 11):
        reviewing.finish(meeting, by=people["bryony"])
        for item in meeting.items.filter(kind__in=(ItemKind.PERFORMANCE, ItemKind.STRATEGY)):
            reviewing.agree_item(item, version=item.version, by=people["bryony"])
    with on(cleared + 4 * DAY, 9):
        accepted = _suggest(
            cast, meeting, ItemKind.POWERS, "linden", "before Christmas", "by 10 December",
            "The notice must be out a month before the order ends",
        )  # fmt: skip
        declined = _suggest(
            cast, meeting, ItemKind.PERFORMANCE, "juniper", "521 records, 84 fewer (605)",
            "521 records, a fall of a seventh", "It reads better",
        )  # fmt: skip
    with on(cleared + 5 * DAY, 10):
        corrections.accept(accepted, by=people["hazel"])
        corrections.decline(
            declined, by=people["hazel"],
            answer="The board asked for counts and not for shares in June.",
        )  # fmt: skip
    with on(cleared + 6 * DAY, 14):
        waiting = _suggest(
            cast, meeting, ItemKind.STRATEGY, "reed", "Three were late; each",
            "Three were late, all of them with the council; each",
            "So that it is clear whose they are",
        )  # fmt: skip
        corrections.remark(
            waiting, text="Two were the council’s. The third is the county’s.", by=people["bryony"]
        )


def _suggest(
    cast: Cast, meeting: Meeting, kind: str, who: str, old: str, new: str, reason: str
) -> Correction:  # fmt: skip
    """Somebody would put a few words of an item otherwise."""
    item: Item = meeting.items.get(kind=kind)
    item.meeting = meeting
    parts = paragraphs_of(item.minute)
    place, text = next((n, each) for n, each in enumerate(parts, start=1) if old in each)
    return corrections.suggest(
        item, paragraph=place, original=text, suggestion=text.replace(old, new),
        version=item.version, reason=reason, by=cast.people[who],
    )  # fmt: skip


def note(cast: Cast, meeting: Meeting, today: datetime.date) -> None:
    """A mistake in the first minutes is found a year on, and the correction waits for approval."""
    current = Meeting.objects.get(pk=meeting.pk)
    if current.status != Status.PUBLISHED:
        return
    with on(today - 3 * DAY, 15):
        noting.add(
            current, item=current.items.get(kind=ItemKind.STRATEGY), by=cast.people["rowan"],
            text="The minutes say that 17 of 22 delivery actions were complete. It was 16 of 22: "
            "one was counted twice.",
        )  # fmt: skip
    with on(today - 2 * DAY, 10):
        _ask(cast, current, "The number of delivery actions that were complete: 16, not 17")
