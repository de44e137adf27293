"""One record of a meeting and its two renditions: for the public, and for those who sit on it.

The public one is made of queries that never load anything restricted, so that nothing restricted
can slip out of it. Page, PDF and searched text are all made of the same ``Minutes``.
"""

import datetime
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from django.db.models import Q
from django.template.loader import render_to_string
from django.utils.text import slugify

from actions.models import OPEN, Action
from actions.models import Status as ActionStatus
from actions.queries import owner_words
from core import clock, pdf
from core.dates import clock as clock_words
from core.dates import count, daydate, longdate
from core.markings import Marking, spans
from core.permissions import can
from meetings.models import (
    DRAFT_MINUTES,
    Decision,
    Item,
    ItemKind,
    Meeting,
    MinutedAction,
    Status,
)
from meetings.paragraphs import paragraphs_of
from meetings.queries.votes import vote_words
from meetings.recusal import WITHDREW, recused
from meetings.renditions.declared import Declared, declared
from meetings.renditions.notes import later_notes
from meetings.renditions.people import agencies, attendance, in_attendance
from meetings.renditions.shapes import (
    ActionLine,
    DecisionLine,
    ItemMinutes,
    Minutes,
    Paragraph,
)
from membership import standing

PUBLIC, RESTRICTED = "public", "restricted"
TITLES = {PUBLIC: "Public minutes", RESTRICTED: "Full minutes"}


def build(meeting: Meeting, rendition: str, user: Any = None) -> Minutes:
    """A meeting's minutes for the public, or in full as far as ``user`` may read them.

    Either is without the items from which ``user`` withdrew. Without a user the restricted one
    holds everything: it is then the file that is kept behind the sharing gate.
    """
    people = attendance(meeting)
    said = _declared(meeting, people, rendition, user)
    items = sorted(_items(meeting, rendition, user, said), key=lambda item: item.number)
    notes = later_notes(meeting, open_only=_open_only(meeting, rendition, user))
    held = [*(each.holds_restricted for each in items), *(each.restricted for each in notes[None])]
    return Minutes(
        rendition=rendition,
        partnership=meeting.partnership.name,
        group=meeting.group.name,
        title=f"{meeting.group.short_name} minutes, {longdate(meeting.on)}",
        on=meeting.on,
        when=_when(meeting),
        where=meeting.venue + (", and online" if meeting.online else ""),
        chair=_chair(meeting),
        state=_state(meeting),
        agreed=_agreed(meeting),
        marking=Marking.SENSITIVE if any(held) else Marking.OFFICIAL,
        agencies=tuple(agencies(meeting, people, said)),
        in_attendance=tuple(in_attendance(people, said)),
        items=tuple(items),
        notes=notes[None],
    )


# ---- the head -----------------------------------------------------------------------------------


def _when(meeting: Meeting) -> str:
    start, end = clock_words(meeting.starts_at), clock_words(meeting.ends_at)
    return f"{daydate(meeting.on)}, {start} to {end}"


def _chair(meeting: Meeting) -> str:
    if meeting.chair_note:
        return meeting.chair_note
    return f"{meeting.chaired_by} was in the chair." if meeting.chaired_by else ""


def _state(meeting: Meeting) -> str:
    if meeting.status in DRAFT_MINUTES:
        return "Draft, not yet cleared by the chair"
    waits = meeting.status == Status.WITH_PARTNERS
    return "Draft, to be agreed at the next meeting" if waits else ""


def _agreed(meeting: Meeting) -> str:
    if meeting.agreed_in is None:
        return ""
    return f"Agreed as a correct record at the meeting on {longdate(meeting.agreed_in.on)}."


# ---- the items ----------------------------------------------------------------------------------


def _declared(meeting: Meeting, people: list[Any], rendition: str, user: Any) -> Declared:
    return declared(meeting, people, open_only=_open_only(meeting, rendition, user))


def _open_only(meeting: Meeting, rendition: str, user: Any) -> bool:
    return rendition == PUBLIC or bool(_why_withheld(meeting, rendition, user))


def _items(meeting: Meeting, rendition: str, user: Any, said: Declared) -> Iterator[ItemMinutes]:
    reason = _why_withheld(meeting, rendition, user)
    open_only = rendition == PUBLIC or bool(reason)
    marked = Q(marking=Marking.OFFICIAL) if open_only else Q()
    kept_back = "minute" if open_only else "open_minute"
    closed = recused(user) if user is not None else set()
    open_to_reader = meeting.items.filter(marked).exclude(pk__in=closed)
    items = list(open_to_reader.defer(kept_back).order_by("number", "position"))
    decisions, actions = _decisions(items, marked), _actions(items, open_only)
    arising = _arising(meeting, items, open_only, user if closed else None)
    unseen = _unseen(items) if reason else {}
    notes = later_notes(meeting, open_only=open_only)
    for item in items:
        yield ItemMinutes(
            item.number, item.title, item.restricted, tuple(_paragraphs(item, open_only)),
            tuple(decisions[item.pk]), tuple(actions[item.pk]),
            arising if item.kind == ItemKind.MATTERS_ARISING else (),
            unseen=unseen.get(item.pk, ""), declared=said.at(item), left=said.leaving(item),
            notes=notes[item.pk],
        )  # fmt: skip
    named = marked if rendition == PUBLIC else Q()
    for item in meeting.items.filter(named, pk__in=closed).only("number", "title", "marking"):
        yield ItemMinutes(item.number, item.title, item.restricted, withheld=WITHDREW)
    if reason:
        titles = meeting.items.filter(marking=Marking.SENSITIVE).exclude(pk__in=closed)
        for number, title in titles.values_list("number", "title"):
            yield ItemMinutes(number, title, restricted=True, withheld=reason)


def _why_withheld(meeting: Meeting, rendition: str, user: Any) -> str:
    """Why this reader sees nothing restricted. One gate stands before all of a group's text."""
    if rendition == PUBLIC or user is None:
        return ""
    behind = Item(meeting=meeting, marking=Marking.SENSITIVE)
    return can(user, "open", behind).reason


def _paragraphs(item: Item, open_only: bool) -> Iterator[Paragraph]:
    """The words of an item; for the public, what the database says is the open part of them."""
    words = item.open_minute if open_only else item.minute
    for number, text in enumerate(paragraphs_of(words), start=1):
        yield Paragraph(f"{item.number}.{number}", text)


def _decisions(items: list[Item], marked: Q) -> dict[Any, list[DecisionLine]]:
    made: dict[Any, list[DecisionLine]] = defaultdict(list)
    rows = Decision.objects.filter(marked, item__in=items).select_related("item__meeting")
    rows = rows.defer("item__minute", "item__open_minute")
    for row in rows.order_by("number"):
        made[row.item_id].append(_decision_line(row))
    return made


def _decision_line(row: Decision) -> DecisionLine:
    return DecisionLine(
        row.reference, row.text, row.restricted, row.strategic, tuple(vote_words(row))
    )


def _actions(items: list[Item], open_only: bool) -> dict[Any, list[ActionLine]]:
    made: dict[Any, list[ActionLine]] = defaultdict(list)
    rows = MinutedAction.objects.filter(item__in=items)
    if open_only:
        rows = rows.filter(action__marking=Marking.OFFICIAL)
    for row in rows.select_related("action__owner", "action__post").order_by("action__reference"):
        made[row.item_id].append(_line(row.action, row.action.first_due_on))
    return made


def _line(action: Action, due_on: datetime.date, state: str = "") -> ActionLine:
    return ActionLine(
        action.reference, action.text, owner_words(action), due_on, action.restricted, state
    )


def _arising(
    meeting: Meeting, items: list[Item], open_only: bool, withdrew: Any = None
) -> tuple[ActionLine, ...]:
    """The actions that were open from before, as they stood when the day of the meeting ended.

    None that is closed to somebody who ``withdrew`` from the item that made it.
    """
    if not any(item.kind == ItemKind.MATTERS_ARISING for item in items):
        return ()
    end = clock.london(meeting.on + datetime.timedelta(days=1), datetime.time())
    past = Action.history.as_of(min(end, clock.now()))
    then = {
        each.pk: each
        for each in past.filter(group=meeting.group_id, status__in=OPEN, made_on__lt=meeting.on)
    }
    barred = standing.barred(withdrew, "actions") if withdrew else set()
    actions = Action.objects.filter(pk__in=then.keys() - barred).select_related("owner", "post")
    if open_only:
        actions = actions.filter(marking=Marking.OFFICIAL)
    return tuple(
        _line(action, then[action.pk].due_on, ActionStatus(then[action.pk].status).label)
        for action in actions.order_by("first_due_on", "reference")
    )


def _unseen(items: list[Item]) -> dict[Any, str]:
    """How many restricted decisions and actions an open item has: their number and no more."""
    restricted = Decision.objects.filter(item__in=items, marking=Marking.SENSITIVE)
    counts: dict[Any, list[int]] = defaultdict(lambda: [0, 0])
    for key in restricted.values_list("item", flat=True):
        counts[key][0] += 1
    links = MinutedAction.objects.filter(item__in=items, action__marking=Marking.SENSITIVE)
    for key in links.values_list("item", flat=True):
        counts[key][1] += 1
    return {key: _counted(*each) for key, each in counts.items()}


def _counted(decisions: int, actions: int) -> str:
    parts = ((decisions, "restricted decision"), (actions, "restricted action"))
    return " and ".join(count(number, noun) for number, noun in parts if number)


# ---- as page, text and file ---------------------------------------------------------------------


def page(minutes: Minutes) -> str:
    """The body of the public page."""
    return render_to_string("meetings/public_minutes.html", {"minutes": minutes})


def document(minutes: Minutes) -> bytes:
    """The PDF."""
    return pdf.render("pdf/minutes.html", {"minutes": minutes})


def file_name(meeting: Meeting, minutes: Minutes) -> str:
    """The PDF's name: whose minutes, of which day, and the marking where it has one to heed."""
    parts = [meeting.partnership.slug, meeting.slug, "minutes"]
    if minutes.state:
        parts.append("draft")
    if minutes.restricted:
        parts.append(slugify(Marking(minutes.marking).label))
    return "-".join(parts) + ".pdf"


def text(minutes: Minutes) -> str:
    """Every word of it, for the search."""
    return "\n".join(_lines(minutes))


def _lines(minutes: Minutes) -> Iterator[str]:
    yield from (minutes.title, minutes.partnership, minutes.when, minutes.where, minutes.chair)
    for agency in minutes.agencies:
        people = (*agency.present, *agency.apologies, *agency.absent)
        yield f"{agency.name}: {'; '.join(str(person) for person in people)}"
    yield from (str(person) for person in minutes.in_attendance)
    yield from (each.text for each in minutes.notes)
    for item in minutes.items:
        yield f"{item.number}. {item.title}"
        yield from (each.text for each in item.notes)
        yield from (each.text for each in (*item.declared, *item.left))
        yield from (f"{each.number} {each.text}" for each in item.paragraphs)
        for each in item.decisions:
            yield " ".join((f"Decision {each.reference}: {each.text}", *each.vote))
        for action in (*item.actions, *item.arising):
            yield f"Action {action.reference}: {action.text} {action.owner}"


# ---- what the public does not get ---------------------------------------------------------------


def left_out(full: Minutes) -> list[str]:
    """What the public rendition leaves out of the full one, in words for the officer."""
    out = []
    for item in full.items:
        where = f"item {item.number}, {item.title}"
        if item.restricted:
            out.append(f"All of {where}")
            continue
        decisions = sum(each.restricted for each in item.decisions)
        actions = sum(each.restricted for each in item.actions)
        words = item.unseen or _counted(decisions, actions)
        if words:
            out.append(f"{words} in {where}")
        hidden = sum(len(spans(each.text)) for each in item.paragraphs)
        if hidden:
            out.append(f"{count(hidden, 'restricted passage')} in {where}")
        interests = sum(each.restricted for each in item.declared)
        if interests:
            out.append(f"{count(interests, 'declaration')} of interest in {where}")
        arising = sum(each.restricted for each in item.arising)
        if arising:
            out.append(f"{_counted(0, arising)} open from before, in {where}")
    return out


def side_by_side(full: Minutes, public: Minutes | None) -> list[tuple[ItemMinutes, str, str]]:
    """Each item of the full minutes, with what either rendition holds of it, in words."""
    shown = {item.number: item for item in public.items} if public else {}
    return [
        (item, _holds(shown[item.number]) if item.number in shown else "", _holds(item))
        for item in full.items
    ]


def _holds(item: ItemMinutes) -> str:
    if item.withheld:
        return "not shown to you"
    counts = (
        (len(item.declared), "declaration"), (len(item.paragraphs), "paragraph"),
        (len(item.decisions), "decision"),
        (len(item.actions), "action"), (len(item.arising), "open action"),
    )  # fmt: skip
    words = [count(number, noun) for number, noun in counts if number]
    return ", ".join(words) or "title only"
