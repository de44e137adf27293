"""Reports of subgroups to the group above them, and the steers that come back."""

import uuid
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from audit.workflow import record_read, record_reads
from core.dates import longdate
from core.forms import say_wrong
from core.permissions import Refused, can, load, policy, require
from documents.refusal import refused
from meetings.forms.reports import ReportForm, SteerForm
from meetings.models import Item, Meeting, Status, SubgroupReport
from meetings.queries import reports as reading
from meetings.views.asking import attempt, question
from meetings.views.minutes import item_of
from meetings.views.panel import to
from meetings.workflow import fits
from meetings.workflow import reporting as verbs
from membership.models import Group

PARTS = ("highlights", "decisions_needed", "risks")


def at(group: Group, name: str, *more: Any) -> str:
    """The address of a page about a subgroup's reports."""
    return reverse(f"meetings:{name}", args=[group.partnership.slug, group.slug, *more])


def of(report: SubgroupReport, name: str = "report") -> str:
    """The address of a page about one report."""
    return reverse(f"meetings:{name}", args=[report.partnership.slug, report.pk])


def _group(request: HttpRequest, slug: str, verb: str) -> Group:
    group: Group = load(request, Group, verb, slug=slug)
    group.partnership = request.partnership
    return group


def _crumbs(group: Group) -> list[tuple[str, str]]:
    return [(f"Reports of {group.short_name}", at(group, "reports"))]


@policy(Group, "read reports")
def reports(request: HttpRequest, group: str) -> HttpResponse:
    """What a subgroup has reported, the next report, and the steers that came back."""
    the_group = _group(request, group, "read reports")
    writes = can(request.user, "report to another group", the_group)
    meeting = reading.next_to_report_to(the_group)
    steers = list(reading.steers(request.user, the_group))
    record_reads([each for each in steers if each.restricted], by=request.user,
                 partnership=request.partnership)  # fmt: skip
    context = {
        "group": the_group, "meeting": meeting, "writes": writes, "steers": steers,
        "reports": reading.reports_of(the_group, request.user),
        "begun": reading.report_for(the_group, meeting) if meeting and writes else None,
    }  # fmt: skip
    return render(request, "meetings/reports.html", context)


@policy(Group, GET="report to another group", POST="report to another group")
def report_write(request: HttpRequest, group: str, slug: str) -> HttpResponse:
    """Write the report to one meeting. Where somebody else saved meanwhile, both are shown."""
    the_group = _group(request, group, "report to another group")
    meeting = _meeting(the_group, slug)
    report = reading.report_for(the_group, meeting)
    if report is not None:
        require(can(request.user, "write", report))
        if request.method == "GET" and report.sent_at and report.item_id:
            return redirect(of(report))
    start = None if report else reading.left_over(the_group)
    if start is not None and not can(request.user, "write", start):
        start = None
    form = ReportForm(
        request.POST or None, group=the_group, report=report, start=start,
        cancel=at(the_group, "reports"),
    )  # fmt: skip
    stale = None
    if form.is_valid():
        try:
            made = verbs.write(the_group, meeting, by=request.user, **form.cleaned_data)
        except verbs.Stale as problem:
            stale = problem.current
            form.data = form.data.copy()
            form.data["version"] = stale.version
        except ValidationError as wrong:
            say_wrong(form, wrong)
        else:
            return redirect(of(made))
    above = meeting.group
    return question(
        request, form, f"Report to the {above.short_name} meeting of {longdate(meeting.on)}",
        _crumbs(the_group), template="meetings/report_write.html", status=409 if stale else 200,
        theirs=_words(stale), yours=_typed(form) if stale else "", group=the_group,
        meeting=meeting, late=meeting.status != Status.SCHEDULED,
    )  # fmt: skip


def _meeting(group: Group, slug: str) -> Meeting:
    """A meeting of the group above: whoever reports to it need not sit on it."""
    found = None
    if group.reports_to is not None:
        meetings = group.reports_to.meetings.select_related("group__partnership")
        found = meetings.filter(slug=slug).first()
    if found is None:
        raise Http404
    return found


def _words(report: SubgroupReport | None) -> str:
    return "" if report is None else "\n\n".join(getattr(report, name) for name in PARTS)


def _typed(form: ReportForm) -> str:
    return "\n\n".join(form.cleaned_data[name] for name in PARTS)


@policy(SubgroupReport, "open")
def report(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """A report, where it stands, and the steers given at its item."""
    try:
        found = load(request, SubgroupReport, "open", pk=pk)
    except Refused as refusal:
        found = load(request, SubgroupReport, "view", pk=pk)
        return refused(
            request, refusal.verdict, group=_gated(request, found), about=found, url=of(found),
            thing="report",
        )  # fmt: skip
    if found.restricted:
        record_read(found, by=request.user, partnership=found.partnership, group=found.group)
    steers = [
        each for each in reading.steers(request.user, found.group)
        if found.item_id and each.carried_from_id == found.item_id
    ]  # fmt: skip
    context = {
        "report": found, "group": found.group, "meeting": found.meeting, "steers": steers,
        "writes": can(request.user, "write", found),
        "draft": found.meeting.status == Status.SCHEDULED,
        "sendable": fits("offer", found.meeting),
        "sees_meeting": can(request.user, "view", found.meeting),
        "parts": [
            (label, getattr(found, name))
            for name, label in zip(PARTS, ("Highlights", "Decisions needed", "Risks"), strict=True)
        ],
    }  # fmt: skip
    return render(request, "meetings/report.html", context)


def _gated(request: HttpRequest, found: SubgroupReport) -> Group:
    """The group whose gate is shut before the reader."""
    own = can(request.user, "view", Meeting(group=found.group))
    return found.group if own else found.reports_to


@policy(SubgroupReport, POST="write")
def report_send(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Send the report to the agenda that it is for."""
    found: SubgroupReport = load(request, SubgroupReport, "write", pk=pk)
    made = attempt(request, verbs.send, found)
    if made:
        messages.success(request, f"The report is item {made.number} of the agenda.")
    return redirect(of(found))


@policy(SubgroupReport, POST="write")
def report_take_back(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Take the report back from a draft agenda."""
    found: SubgroupReport = load(request, SubgroupReport, "write", pk=pk)
    if attempt(request, verbs.take_back, found):
        messages.success(request, "The report is back with you. Change it, then send it again.")
    return redirect(of(found))


# ---- steers -------------------------------------------------------------------------------------


@policy(Meeting, GET="take minutes", POST="take minutes")
def steer_add(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Record what the subgroup is to do, while the item on it is minuted."""
    item = item_of(request, slug, number)
    back = to(item.meeting, "minutes", number)
    subgroup, verdict = reading.subgroup_of(item), fits("take minutes", item.meeting)
    if subgroup is None or not verdict:
        messages.error(request, verdict.reason or "This item is not about a subgroup.")
        return redirect(item.meeting)
    form = SteerForm(request.POST or None, item=item, cancel=back)
    if form.is_valid() and _steer(request, item, form):
        return redirect(to(item.meeting, "steer_add", number))
    given = reading.steers_of(item, request.user)
    record_reads([each for each in given if each.restricted], by=request.user,
                 partnership=request.partnership)  # fmt: skip
    crumbs = [(str(item.meeting), item.meeting.get_absolute_url()), (f"Item {number}", back)]
    return question(
        request, form, f"Steer to {subgroup.short_name}", crumbs, template="meetings/steer.html",
        item=item, meeting=item.meeting, group=subgroup, steers=given, back=back,
    )  # fmt: skip


def _steer(request: HttpRequest, item: Item, form: SteerForm) -> bool:
    try:
        waiting, made = verbs.steer(item, by=request.user, **form.cleaned_data)
    except ValidationError as wrong:
        say_wrong(form, wrong)
        return False
    where = (
        f"It is on the draft agenda of {longdate(made.meeting.on)}." if made
        else "It goes onto their next agenda when that is drafted."
    )  # fmt: skip
    messages.success(request, f"{waiting.group.short_name} has been told. {where}")
    return True


@policy(Meeting, POST="take minutes")
def steer_remove(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Take back a steer."""
    item = item_of(request, slug, number)
    asked = request.POST.get("steer", "")
    given = next(
        (each for each in reading.steers_of(item, request.user) if str(each.pk) == asked), None
    )
    if given is None:
        messages.error(request, "Somebody else has removed this steer.")
    elif attempt(request, verbs.remove_steer, given):
        messages.success(request, "The steer is taken back.")
    return redirect(to(item.meeting, "steer_add", number))
