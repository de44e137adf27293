"""A subgroup reports to the group above it, and that group's steer comes back (purpose 9).

A report that is sent is the agenda's item on that subgroup, marked at least as the report is. A
steer goes onto the subgroup's next draft agenda by itself, now or when that agenda is drafted.
"""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse

from audit.workflow import record
from core import clock, history
from core.dates import longdate
from core.markings import Marking
from core.markup import plain
from core.permissions import can, require
from core.workflow import Wrong
from documents.queries import officers_of_group
from meetings.models import (
    BEFORE,
    Answer,
    BacklogItem,
    Item,
    ItemKind,
    Meeting,
    Origin,
    Status,
    SubgroupReport,
)
from meetings.queries.reports import report_for, subgroup_of
from meetings.standing_items import update_of
from meetings.threads import thread_of
from meetings.workflow import locked, note, tell_members
from meetings.workflow.ordering import number, place
from meetings.workflow.waiting import MOST_ITEMS, put_on_next
from meetings.workflow.writing import locked_item
from membership.models import Group, Role, Seat
from notices.workflow import tell

LONGEST = 10_000  # characters, of each part
STEER = 2000
PARTS = ("highlights", "decisions_needed", "risks")


class Stale(Wrong):
    """Somebody else has saved the report since it was read; ``current`` is as it stands."""

    def __init__(self, current: SubgroupReport) -> None:
        super().__init__("Somebody else has saved this report while you were writing.")
        self.current = current


# ---- the report ---------------------------------------------------------------------------------


@transaction.atomic
def write(
    group: Group, meeting: Meeting, *, marking: str, highlights: str = "",
    decisions_needed: str = "", risks: str = "", version: int = 0, by: Any,
) -> SubgroupReport:  # fmt: skip
    """Write a subgroup's report to a meeting of the group above it, or go on writing it.

    ``version`` is the one that was read, 0 where there was none. Raises ``ValidationError`` by
    field, ``Stale`` where somebody else has saved meanwhile, and ``Wrong`` where it has been sent.
    """
    require(can(by, "report to another group", group))
    above = locked(meeting)
    if above.group_id != group.reports_to_id:
        raise Wrong(f"{group.short_name} does not report to {above.group.short_name}.")
    _open_to_reports(above)
    report = report_for(group, above) or SubgroupReport(
        group=group, reports_to=above.group, meeting=above, version=0, created_at=clock.now(),
        created_by=by,
    )  # fmt: skip
    require(can(by, "write", report))
    if report.sent_at and report.item_id:
        raise Wrong("This report has been sent. Take it back before you change it.")
    if report.version != version:
        raise Stale(report)
    given = {"highlights": highlights, "decisions_needed": decisions_needed, "risks": risks}
    for name, words in given.items():
        setattr(report, name, plain(words))
    report.marking, report.version = marking, report.version + 1
    _check(report)
    require(can(by, "write", report))
    history.save(report, by=by)
    _record("wrote", report, by=by)
    return report


@transaction.atomic
def send(report: SubgroupReport, *, by: Any) -> Item:
    """Send a report: it becomes the agenda's item on that subgroup. The officers are told.

    Once the agenda is out it is an addition, of which everybody on that group is told. Raises
    ``Wrong`` where the meeting is held, past or cancelled, or the report is on its agenda already.
    """
    meeting = locked(report.meeting)
    current = _row(report, by=by)
    _open_to_reports(meeting)
    if current.sent_at and current.item_id:
        raise Wrong("This report has been sent already.")
    item = _item_for(current, meeting, by=by)
    current.item, current.sent_at, current.sent_by = item, clock.now(), by
    history.save(current, by=by, fields=["item", "sent_at", "sent_by"])
    _record("sent", current, by=by)
    _tell_of(current, meeting, by=by)
    return item


@transaction.atomic
def take_back(report: SubgroupReport, *, by: Any) -> SubgroupReport:
    """Take a report back from a draft agenda. Its item stays there and waits for a report."""
    meeting = locked(report.meeting)
    current = _row(report, by=by)
    if not current.sent_at:
        raise Wrong("This report has not been sent.")
    if meeting.status != Status.SCHEDULED:
        raise Wrong("The agenda is out, so its report stays as it was sent.")
    if current.item:
        current.item.paper_expected = True
        history.save(current.item, by=by, fields=["paper_expected"])
    current.item = current.sent_at = current.sent_by = None
    history.save(current, by=by, fields=["item", "sent_at", "sent_by"])
    _record("took back", current, by=by)
    return current


def _row(report: SubgroupReport, *, by: Any) -> SubgroupReport:
    rows = SubgroupReport.objects.select_for_update(of=("self",))
    current = rows.select_related("group__partnership", "reports_to", "meeting", "item").get(
        pk=report.pk
    )
    require(can(by, "write", current))
    return current


def _open_to_reports(meeting: Meeting) -> None:
    if meeting.status == Status.CANCELLED:
        raise Wrong(f"The meeting of {longdate(meeting.on)} was cancelled. Report to the next one.")
    if meeting.status not in BEFORE or meeting.on < clock.today():
        raise Wrong(f"The meeting of {longdate(meeting.on)} is past. Report to the next one.")


def _check(report: SubgroupReport) -> None:
    wrong = {}
    for name in PARTS:
        if len(getattr(report, name)) > LONGEST:
            wrong[name] = f"This must be {LONGEST:,} characters or fewer"
    if not any(getattr(report, name) for name in PARTS):
        wrong["highlights"] = "Enter highlights, decisions needed or risks"
    if report.marking not in Marking.values:
        wrong["marking"] = "Choose from the list"
    if wrong:
        raise ValidationError(wrong)


# ---- its item -----------------------------------------------------------------------------------


def _item_for(report: SubgroupReport, meeting: Meeting, *, by: Any) -> Item:
    """The item that waits for this report, marked as it needs to be; else a new one at the end.

    Once the agenda is out no item of it changes its part, so a restricted report of an open item
    is an addition to the restricted part.
    """
    line = update_of(report.group)
    items = meeting.items.filter(report__isnull=True, kind=line.kind)
    if line.kind == ItemKind.OTHER:
        items = items.filter(title__iexact=line.title)
    item = items.order_by("position").first()
    rises = item is not None and report.restricted and not item.restricted
    if item is None or (rises and meeting.status != Status.SCHEDULED):
        return _new_item(report, meeting, by=by)
    item.meeting, item.paper_expected = meeting, False
    if rises:
        item.marking = Marking.SENSITIVE
        place(item, by=by)
        _restrict_papers(item, by=by)
    else:
        history.save(item, by=by, fields=["paper_expected"])
    return item


def _new_item(report: SubgroupReport, meeting: Meeting, *, by: Any) -> Item:
    if meeting.items.count() >= MOST_ITEMS:
        raise Wrong(f"The agenda holds {MOST_ITEMS} items already. Ask its officers to remove one.")
    line = update_of(report.group)
    there = meeting.items.filter(kind=line.kind).exists()
    item = Item(
        meeting=meeting, kind=ItemKind.OTHER if there else line.kind, title=line.title,
        marking=report.marking, minutes_allowed=line.minutes, lead_words=report.group.short_name,
        note=line.note, thread=thread_of(meeting.group, line.kind),
    )  # fmt: skip
    place(item, by=by)
    number(meeting)
    return item


def _restrict_papers(item: Item, *, by: Any) -> None:
    """Papers of an item that became restricted are so too, whoever sent the report."""
    for paper in item.papers.select_related("document"):
        if not paper.document.restricted:
            paper.document.marking = Marking.SENSITIVE
            history.save(paper.document, by=by, fields=["marking"])


def _record(did: str, report: SubgroupReport, *, by: Any) -> None:
    record(
        did, report, by=by, partnership=report.partnership, group=report.group,
        sensitive=report.restricted,
    )  # fmt: skip


def _tell_of(report: SubgroupReport, meeting: Meeting, *, by: Any) -> None:
    name, when = report.group.short_name, longdate(meeting.on)
    moment = str(clock.now().timestamp())
    if meeting.status != Status.SCHEDULED:
        tell_members(
            meeting, kind="report-late", occurrence=f"{report.pk} {moment}"[:60], but=by,
            text=f"The report of {name}, a late one, was added to the "
            f"{meeting.group.short_name} meeting of {when}.",
        )  # fmt: skip
        return
    tell(
        [seat.person for seat in officers_of_group(meeting.group, clock.today())],
        kind="report-sent", about=report, occurrence=moment, but=by, partnership=report.partnership,
        text=f"{name} sent its report for the {meeting.group.short_name} meeting of {when}.",
        url=reverse("meetings:report", args=[report.partnership.slug, report.pk]),
    )  # fmt: skip


# ---- the steer that comes back ------------------------------------------------------------------


@transaction.atomic
def steer(
    item: Item, *, text: str, marking: str = Marking.OFFICIAL, by: Any
) -> tuple[BacklogItem, Item | None]:
    """Record, while an item on a subgroup is minuted, what that subgroup is to do.

    It is marked at least as the item is. Gives what waits and, where the subgroup has a draft
    agenda, the item that it became. Raises ``ValidationError`` by field and ``Wrong``.
    """
    meeting, current = locked_item(item, by=by)
    subgroup = subgroup_of(current)
    if subgroup is None:
        raise Wrong("This item is not about a subgroup, so there is nobody to steer.")
    words = plain(text)
    if not words:
        raise ValidationError({"text": f"Enter what {subgroup.short_name} is to do"})
    if len(words) > STEER:
        raise ValidationError({"text": f"A steer must be {STEER:,} characters or fewer"})
    waiting = BacklogItem(
        group=subgroup, origin=Origin.STEER, text=words, note=_shortened(words),
        title=f"Steer of the {meeting.group.short_name}, {longdate(meeting.on)}",
        marking=Marking.SENSITIVE if current.restricted else Marking(marking),
        lead_words="", carried_from=current, created_at=clock.now(), created_by=by,
    )  # fmt: skip
    history.save(waiting, by=by)
    note(f"steered {subgroup.short_name} at item {current.number} of", meeting, meeting, by=by)
    _tell_subgroup(waiting, meeting, by=by)
    return waiting, put_on_next(waiting, by=by)


@transaction.atomic
def remove_steer(waiting: BacklogItem, *, by: Any) -> None:
    """Take back a steer while the minutes are taken and the subgroup's agenda is not out."""
    meeting, item = locked_item(waiting.carried_from, by=by)  # type: ignore[arg-type]
    rows = BacklogItem.objects.select_for_update(of=("self",)).select_related("item")
    current = rows.filter(pk=waiting.pk, carried_from=item, origin=Origin.STEER).first()
    if current is None:
        raise Wrong("Somebody else has removed this steer.")
    if current.item is not None:
        theirs = locked(current.item.meeting)
        if theirs.status != Status.SCHEDULED:
            name = theirs.group.short_name
            raise Wrong(f"The agenda of {name} is out with this steer on it, so it stays.")
        history.remove(current.item, by=by)
        number(theirs)
    elif current.state != Answer.WAITING:
        raise Wrong("This steer has been answered, so it stays.")
    note(f"took back a steer at item {item.number} of", meeting, meeting, by=by)
    history.remove(current, by=by)


def _shortened(words: str) -> str:
    """The beginning of a steer, as what the subgroup is asked to do."""
    line = " ".join(words.split())
    return line if len(line) <= 300 else f"{line[:299]}…"


def _tell_subgroup(waiting: BacklogItem, meeting: Meeting, *, by: Any) -> None:
    seats = Seat.objects.on(clock.today()).filter(
        group__in=[waiting.group_id, waiting.group.administered_by_id],
        role__in=(Role.CHAIR, Role.OFFICER),
    )
    tell(
        [seat.person for seat in seats.select_related("person")], kind="steer", about=waiting,
        text=f"The {meeting.group.short_name} meeting of {longdate(meeting.on)} gave "
        f"{waiting.group.short_name} a steer.",
        url=reverse("meetings:reports", args=[waiting.partnership.slug, waiting.group.slug]),
        partnership=waiting.partnership, but=by,
    )  # fmt: skip
