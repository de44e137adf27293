"""The meetings of a year, their dates set, moved and cancelled, and a meeting's own page."""

import datetime
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from core import clock, history, municipal
from core.components import Link
from core.dates import daydate
from core.forms import say_wrong
from core.markings import Marking
from core.permissions import can, load, policy, require
from core.workflow import Wrong
from meetings import queries, workflow
from meetings.forms.schedule import CancelForm, ListFilter, MoveForm, YearForm
from meetings.models import Item, Meeting
from meetings.public import with_public_agenda
from meetings.queries import packs
from meetings.queries.agenda import agenda_of
from meetings.queries.detail import page_of
from meetings.views.panel import answer_link, more_links, next_step
from meetings.views.preparing import preparing
from meetings.views.stages import stages
from meetings.workflow import schedule as verbs
from membership.models import Group, Partnership

PAGE = 50

# ---- the list -----------------------------------------------------------------------------------


@policy(Partnership, "read meetings")
def meeting_list(request: HttpRequest) -> HttpResponse:
    """The meetings of a municipal year, the next one first, then those past."""
    partnership = request.partnership
    require(can(request.user, "read meetings", partnership))
    groups = list(queries.groups_that_meet(partnership, request.user))
    this = municipal.municipal_year(clock.today(), partnership.municipal_year_starts)
    year = _asked_year(request, this)
    slug = request.GET.get("group", "")
    slug = slug if slug in {group.slug for group in groups} else ""
    found = queries.year_of_meetings(
        request.user, partnership, year=year, group=slug, on=clock.today()
    )
    years = sorted({*(each for each, _ in found.years), this, year, this + 1}, reverse=True)
    choices = ListFilter(
        {"group": slug, "year": year},
        groups=[(group.slug, group.name) for group in groups],
        years=[(each, municipal.year_name(each)) for each in years],
    )
    page = Paginator([*found.coming, *found.past], PAGE).get_page(request.GET.get("page"))
    still = max(len(found.coming) - (page.number - 1) * PAGE, 0)
    context = {
        "page": page, "coming": page.object_list[:still], "past": page.object_list[still:],
        "ways": _ways(request, groups, slug), "preparing": preparing(request.user, groups),
        "year": found, "year_name": municipal.year_name(year), "filter": choices,
        "to_set": [each for each in groups if can(request.user, "schedule meetings", each)],
        "chosen": next((each for each in groups if each.slug == slug), None),
    }  # fmt: skip
    return render(request, "meetings/list.html", context)


def _ways(request: HttpRequest, groups: list[Group], slug: str) -> list[Link]:
    """The registers of meetings: decisions, then those of one group, and one's own calendar."""
    of = slug or next((each.slug for each in groups), "")
    here = request.partnership.slug
    named = next((each.short_name for each in groups if each.slug == of), "")
    links = [Link("Decisions", reverse("meetings:decisions", args=[here]))]
    if of:
        links += [
            Link(f"{named}: every meeting", reverse("meetings:series", args=[here, of])),
            Link(f"{named}: attendance", reverse("meetings:attendance_record", args=[here, of])),
        ]
    offers = Link("Offer an item", reverse("meetings:offers", args=[here]))
    return [*links, offers, Link("Your calendar", reverse("calendar:page"))]


def _asked_year(request: HttpRequest, this: int) -> int:
    """The year of the address; this one where it is no year near ours."""
    asked = request.GET.get("year", "")
    near = asked.isascii() and asked.isdigit() and len(asked) == 4
    return int(asked) if near and 1998 <= int(asked) <= this + 5 else this


# ---- dates --------------------------------------------------------------------------------------


def _group(request: HttpRequest, slug: str) -> Group:
    """A group whose meetings this person may set; one may know of a group and not set its dates."""
    group = load(request, Group, "schedule meetings", slug=slug)
    group.partnership = request.partnership
    return group


@policy(Group, GET="schedule meetings", POST="schedule meetings")
def schedule(request: HttpRequest, group: str) -> HttpResponse:
    """Propose a date in each quarter of a municipal year; set those that are confirmed."""
    the_group = _group(request, group)
    this = queries.year_of(the_group, clock.today())
    year = _asked_year(request, this)
    form = YearForm(
        request.POST or None, group=the_group, year=year, by=request.user,
        proposals=verbs.propose_year(the_group, year, by=request.user),
        initial=_as_last_time(the_group), cancel=_list_url(request, year),
    )  # fmt: skip
    if form.is_valid() and _set(request, the_group, form):
        return redirect(_list_url(request, year))
    context = {
        "form": form, "group": the_group, "year": year, "year_name": municipal.year_name(year),
        "years": [(each, municipal.year_name(each)) for each in (this, this + 1)],
    }  # fmt: skip
    return render(request, "meetings/schedule.html", context)


def _as_last_time(group: Group) -> dict[str, Any]:
    """Times and place of the group's latest meeting, which the next are likely to have too."""
    last = queries.meetings_of(group).last()
    if last is None:
        return {"starts_at": datetime.time(10), "ends_at": datetime.time(12)}
    return {name: getattr(last, name) for name in ("starts_at", "ends_at", "venue", "online")}


def _set(request: HttpRequest, group: Group, form: YearForm) -> bool:
    try:
        made = verbs.schedule_year(group, **form.chosen, by=request.user)
    except ValidationError as wrong:
        say_wrong(form, wrong)
        return False
    told = "Its date is" if len(made) == 1 else f"{len(made)} dates are"
    messages.success(request, f"{told} set, and everybody on the group has been told.")
    return True


def _list_url(request: HttpRequest, year: int) -> str:
    return f"{reverse('meetings:list', args=[request.partnership.slug])}?year={year}"


@policy(Meeting, GET="move or cancel", POST="move or cancel")
def move_date(request: HttpRequest, slug: str) -> HttpResponse:
    """Another day, time or place."""
    meeting = load(request, Meeting, "move or cancel", slug=slug)
    if not workflow.fits("move date", meeting):
        return _cannot(request, meeting, "move date")
    form = MoveForm(request.POST or None, meeting=meeting, cancel=meeting.get_absolute_url())
    status = 200
    if form.is_valid():
        try:
            moved = verbs.move(meeting, **form.cleaned_data, by=request.user)
        except Wrong as stale:
            say_wrong(form, stale)
            form.data = {**form.data.dict(), "stamp": meeting.stamp}
            status = 409
        except ValidationError as wrong:
            say_wrong(form, wrong)
        else:
            where = f"It is now on {daydate(moved.on)}."
            messages.success(request, f"{where} Everybody on the group has been told.")
            return redirect(moved)
    return render(request, "meetings/move.html", {"form": form, "meeting": meeting}, status=status)


@policy(Meeting, GET="move or cancel", POST="move or cancel")
def cancel(request: HttpRequest, slug: str) -> HttpResponse:
    """Say why a meeting is not held; its papers stay."""
    meeting = load(request, Meeting, "move or cancel", slug=slug)
    if not workflow.fits("cancel", meeting):
        return _cannot(request, meeting, "cancel")
    form = CancelForm(request.POST or None, cancel=meeting.get_absolute_url())
    if form.is_valid():
        try:
            verbs.cancel(meeting, **form.cleaned_data, by=request.user)
        except ValidationError as wrong:
            say_wrong(form, wrong)
        else:
            told = "Everybody on the group has been told."
            messages.success(request, f"The meeting is cancelled. {told}")
            return redirect(meeting)
    return render(request, "meetings/cancel.html", {"form": form, "meeting": meeting})


def _cannot(request: HttpRequest, meeting: Meeting, step: str) -> HttpResponse:
    """The state does not allow a step: say why, on the meeting's own page."""
    messages.error(request, workflow.fits(step, meeting).reason)
    return redirect(meeting)


# ---- one meeting --------------------------------------------------------------------------------


@policy(Meeting, "view")
def detail(request: HttpRequest, slug: str) -> HttpResponse:
    """What the meeting is, how far it has got, what comes next, its agenda and who is coming."""
    meeting = load(request, Meeting, "view", slug=slug)
    page = page_of(meeting, request.user)
    state, tone = queries.state_of(meeting, clock.today())
    context = {
        "meeting": meeting, "page": page, "state": state, "tone": tone,
        "series_name": f"{meeting.group.short_name} {municipal.year_name(meeting.year)}",
        "series_url": f"{_list_url(request, meeting.year)}&group={meeting.group.slug}",
        "stages": stages(page),
        "next": next_step(request.user, page), "links": more_links(request.user, page),
        "answer": answer_link(request.user, page), "own": page.roll.of(request.user),
        "records": workflow.may(request.user, "record attendance", meeting),
        "edits": workflow.may(request.user, "edit agenda", meeting),
        "gate": can(request.user, "open", Item(meeting=meeting, marking=Marking.SENSITIVE)),
    }  # fmt: skip
    return render(request, "meetings/detail.html", context)


@policy(Meeting, "view")
def meeting_history(request: HttpRequest, slug: str) -> HttpResponse:
    """Who changed what of the meeting itself, and when."""
    meeting = load(request, Meeting, "view", slug=slug)
    left_out = ("return_note", "public_minutes", "restricted_minutes", "chair_note")
    changes = history.timeline(meeting, leave_out=left_out)
    return render(request, "meetings/history.html", {"meeting": meeting, "history": changes})


@login_not_required
@policy(Partnership, "read public pages")
def public_agenda(request: HttpRequest, slug: str) -> HttpResponse:
    """The open part of a published agenda, for everybody; the rest is not even loaded."""
    require(can(request.user, "read public pages", request.partnership))
    meeting = with_public_agenda(request.partnership).filter(slug=slug).first()
    if meeting is None:
        raise Http404
    context = {
        "meeting": meeting, "agenda": agenda_of(meeting, open_only=True),
        "papers": packs.public_papers(meeting), "files": packs.public_files(meeting),
        "has_files": meeting.packs.exists(),
    }  # fmt: skip
    return render(request, "meetings/public_agenda.html", context)
