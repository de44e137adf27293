"""Building an agenda: its items, their order, their papers, and its publication."""

import uuid
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from core import clock
from core.forms import say_wrong
from core.markings import Marking
from core.permissions import can, load, policy, require
from core.workflow import Wrong
from documents.queries import title_for
from meetings import workflow
from meetings.forms.agenda import FIELDS, ItemForm, PaperForm
from meetings.models import Item, Meeting, Paper
from meetings.queries import beforehand
from meetings.queries.agenda import agenda_of, checks, titled
from meetings.queries.templates import kept
from meetings.views.loading import the_item
from meetings.views.panel import to
from meetings.workflow import agenda as verbs
from membership.queries import without_protocol


def _meeting(request: HttpRequest, slug: str, verb: str = "edit agenda") -> Meeting:
    return load(request, Meeting, verb, slug=slug)


def _back(item: Item) -> HttpResponse:
    return redirect(f"{to(item.meeting, 'agenda')}#item-{item.pk}")


def _stopped(request: HttpRequest, meeting: Meeting, step: str) -> HttpResponse | None:
    """Back to the agenda with the reason, where the state does not allow a step."""
    verdict = workflow.fits(step, meeting)
    if verdict:
        return None
    messages.error(request, verdict.reason)
    return redirect(meeting)


# ---- items --------------------------------------------------------------------------------------


@policy(Meeting, "edit agenda")
def agenda(request: HttpRequest, slug: str) -> HttpResponse:
    """Every item with what can be done to it: change, move up and down, papers, remove."""
    meeting = _meeting(request, slug)
    stopped = _stopped(request, meeting, "edit agenda")
    if stopped:
        return stopped
    found = agenda_of(meeting, user=request.user)
    context = {
        "meeting": meeting, "agenda": found, "draft": workflow.fits("reorder agenda", meeting),
        "stamp": verbs.order_stamp(found.lines), "moved": request.GET.get("moved", ""),
        "way": request.GET.get("way", ""), "taken": beforehand.taken_items(meeting),
        "waiting": beforehand.waiting_for(meeting, request.user),
        "offered": beforehand.papers_offered(meeting, request.user),
        "templates": kept(meeting.group), "submit_by": beforehand.submit_by(meeting),
    }  # fmt: skip
    return render(request, "meetings/agenda.html", context)


@policy(Meeting, GET="edit agenda", POST="edit agenda")
def item_add(request: HttpRequest, slug: str) -> HttpResponse:
    """A new item."""
    meeting = _meeting(request, slug)
    stopped = _stopped(request, meeting, "edit agenda")
    if stopped:
        return stopped
    form = ItemForm(
        request.POST or None, meeting=meeting, user=request.user, cancel=to(meeting, "agenda")
    )
    if form.is_valid():
        try:
            return _back(verbs.add_item(meeting, **form.fields_of_item, by=request.user))
        except ValidationError as wrong:
            say_wrong(form, wrong)
    context = {"form": form, "meeting": meeting, "title": "Add an item"}
    return render(request, "meetings/item.html", context)


@policy(Meeting, GET="edit agenda", POST="edit agenda")
def item_change(request: HttpRequest, slug: str, pk: uuid.UUID) -> HttpResponse:
    """Change an item. Where somebody else has done so meanwhile, both versions are shown."""
    item = the_item(request, slug, "edit agenda", pk=pk)
    meeting = item.meeting
    stopped = _stopped(request, meeting, "edit agenda")
    if stopped:
        return stopped
    form = ItemForm(
        request.POST or None, meeting=meeting, item=item, user=request.user,
        cancel=to(meeting, "agenda"),
    )  # fmt: skip
    current = None
    if form.is_valid():
        try:
            stamp = form.cleaned_data["stamp"]
            fields = form.fields_of_item
            return _back(verbs.change_item(item, **fields, stamp=stamp, by=request.user))
        except verbs.Changed as changed:
            current = changed.current
            form.data = form.data.copy()
            form.data["stamp"] = current.stamp
        except ValidationError as wrong:
            say_wrong(form, wrong)
    context = {"form": form, "meeting": meeting, "title": f"Change item {item.number}",
               "item": item, "differences": _differences(current, form)}  # fmt: skip
    return render(request, "meetings/item.html", context, status=409 if current else 200)


def _differences(current: Item | None, form: ItemForm) -> list[tuple[str, str, str]]:
    """Label, what is saved now, what was typed: for the fields that are not the same."""
    if current is None:
        return []
    found = []
    for name in FIELDS:
        saved, typed = getattr(current, name), form.cleaned_data[name]
        if saved != typed:
            label = str(form.fields[name].label)
            found.append((label, _words(name, saved), _words(name, typed)))
    return found


def _words(name: str, value: Any) -> str:
    if name == "marking":
        return Marking(value).label
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value or "nothing")


@policy(Meeting, GET="edit agenda", POST="edit agenda")
def item_remove(request: HttpRequest, slug: str, pk: uuid.UUID) -> HttpResponse:
    """Ask, then take an item off a draft agenda."""
    item = the_item(request, slug, "edit agenda", pk=pk)
    stopped = _stopped(request, item.meeting, "reorder agenda")
    if stopped:
        return stopped
    if request.method == "POST":
        _try(request, verbs.remove_item, item)
        return redirect(to(item.meeting, "agenda"))
    papers = titled(item, request.user)
    context = {"item": item, "meeting": item.meeting, "papers": papers,
               "waited": item.pk in beforehand.taken_items(item.meeting)}  # fmt: skip
    return render(request, "meetings/item_remove.html", context)


def _try(request: HttpRequest, verb: Any, *args: Any, **words: Any) -> None:
    """Do it, or say why it cannot be done now."""
    try:
        verb(*args, **words, by=request.user)
    except Wrong as wrong:
        messages.error(request, wrong.messages[0])


# ---- papers -------------------------------------------------------------------------------------


@policy(Meeting, GET="edit agenda", POST="edit agenda")
def paper_add(request: HttpRequest, slug: str, pk: uuid.UUID) -> HttpResponse:
    """A file for an item."""
    item = the_item(request, slug, "edit agenda", pk=pk)
    meeting = item.meeting
    stopped = _stopped(request, meeting, "add papers")
    if stopped:
        return stopped
    back = to(meeting, "agenda") if workflow.fits("edit agenda", meeting) else (
        meeting.get_absolute_url()
    )  # fmt: skip
    form = PaperForm(request.POST or None, request.FILES or None, item=item, cancel=back)
    if form.is_valid():
        try:
            paper = verbs.add_paper(item, **form.cleaned_data, by=request.user)
        except ValidationError as wrong:
            say_wrong(form, wrong)
        else:
            late = " It waits for the next supplement." if paper.late else ""
            messages.success(request, f"Paper {paper.letter} is on the agenda.{late}")
            return redirect(f"{back}#item-{item.pk}")
    context = {"form": form, "item": item, "meeting": meeting,
               "late": meeting.agenda_published_at is not None}  # fmt: skip
    return render(request, "meetings/paper.html", context)


@policy(Meeting, GET="edit agenda", POST="edit agenda")
def paper_remove(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Ask, then take a paper off a draft agenda."""
    meeting = _meeting(request, slug)
    paper = _paper(meeting, pk)
    require(can(request.user, "open", paper.item))
    stopped = _stopped(request, meeting, "reorder agenda")
    if stopped:
        return stopped
    if request.method == "POST":
        _try(request, verbs.remove_paper, paper)
        return _back(paper.item)
    title = title_for(request.user, paper.document)
    context = {"paper": paper, "title": title, "meeting": meeting, "item": paper.item}
    return render(request, "meetings/paper_remove.html", context)


def _paper(meeting: Meeting, pk: int) -> Paper:
    for item in meeting.items.filter(papers__pk=pk):
        item.meeting = meeting
        paper = item.papers.select_related("document__group").get(pk=pk)
        paper.item = item
        return paper
    raise Http404


# ---- publishing ---------------------------------------------------------------------------------


@policy(Meeting, GET="publish agenda", POST="publish agenda")
def publish_agenda(request: HttpRequest, slug: str) -> HttpResponse:
    """What was looked at, what is missing, and the button."""
    meeting = _meeting(request, slug, "publish agenda")
    if request.method == "POST":
        try:
            verbs.publish(meeting, by=request.user)
        except Wrong as wrong:
            messages.error(request, wrong.messages[0])
        else:
            told = "Everybody on the group has been told."
            messages.success(request, f"The agenda is published. {told}")
        return redirect(meeting)
    stopped = _stopped(request, meeting, "publish agenda")
    if stopped:
        return stopped
    found = agenda_of(meeting, user=request.user)
    lacking = without_protocol(meeting.partnership, clock.today())
    protocol = meeting.group not in lacking
    context = {
        "meeting": meeting, "agenda": found, "checks": checks(meeting, found, protocol=protocol)
    }  # fmt: skip
    return render(request, "meetings/publish_agenda.html", context)
