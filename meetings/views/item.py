"""An item of an agenda on a page of its own: what it is for, its papers, its report, its minute."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from audit.workflow import record_read, record_reads
from core import clock
from core.components import Link
from core.permissions import Refused, can, load, policy
from documents.refusal import refused
from meetings.models import AFTER, BEFORE, Item
from meetings.queries.agenda import titled
from meetings.queries.beforehand import submit_by
from meetings.queries.reports import report_at, steers_of, subgroup_of
from meetings.workflow import fits


@policy(Item, "open")
def item(request: HttpRequest, slug: str, pk: Any) -> HttpResponse:
    """An item, or what keeps it shut: the officers are told of that."""
    try:
        found: Item = load(request, Item, "open", pk=pk, meeting__slug=slug)
    except Refused as refusal:
        found = load(request, Item, "view", pk=pk, meeting__slug=slug)
        address = found.meeting.get_absolute_url()
        return refused(
            request, refusal.verdict, group=found.group, about=found, url=address, thing="item",
            back=Link("Back to the meeting", address),
        )  # fmt: skip
    return render(request, "meetings/item_page.html", _context(request, found))


def _context(request: HttpRequest, found: Item) -> dict[str, Any]:
    """What its page shows. That somebody reads restricted words is put on record first."""
    user, meeting = request.user, found.meeting
    report = report_at(found)
    if report is not None and not can(user, "open", report):
        report = None
    steers = steers_of(found, user)
    if report is not None and report.restricted:
        record_read(report, by=user, partnership=meeting.partnership, group=report.group)
    record_reads([each for each in steers if each.restricted], by=user,
                 partnership=meeting.partnership)  # fmt: skip
    officer = can(user, "edit agenda", meeting)
    minuting = officer and fits("take minutes", meeting)
    offers = can(user, "offer papers", found)
    return {
        "item": found, "meeting": meeting, "papers": titled(found, user), "report": report,
        "steers": steers,
        "parts": report and [
            ("Highlights", report.highlights), ("Decisions needed", report.decisions_needed),
            ("Risks", report.risks),
        ],
        "carries": officer and fits("carry an item", meeting) and found.carries_on,
        "edits": officer and fits("edit agenda", meeting),
        "minuting": minuting, "steered": subgroup_of(found) if minuting else None,
        "offers": offers and fits("offer", meeting) and meeting.on >= clock.today(),
        "submit_by": submit_by(meeting) if meeting.status in BEFORE else None,
        "held": meeting.status in AFTER,
        "earlier": Item.objects.visible_to(user).of(meeting.partnership).filter(
            thread=found.thread
        ).exclude(pk=found.pk).order_by("-meeting__on")[:5],
    }  # fmt: skip
