"""The items that a group keeps for later, and how each comes onto an agenda."""

import uuid
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from audit.workflow import record, record_read, record_reads
from core import clock, history
from core.components import View
from core.dates import count, longdate
from core.exports import csv_response
from core.forms import say_wrong
from core.permissions import can, load, policy
from core.workflow import Wrong
from meetings import exports
from meetings.forms.agenda import TakeUpForm
from meetings.forms.beforehand import BacklogFilter, BacklogForm, DeclineForm
from meetings.models import Answer, BacklogItem, Meeting, Origin
from meetings.queries import beforehand as reading
from meetings.queries import to_come
from meetings.views.asking import attempt, question
from meetings.views.loading import the_item
from meetings.views.panel import to
from meetings.workflow import backlog as verbs
from meetings.workflow import fits, offers
from membership import standing
from membership.models import Group

VERB = "keep items for later"
PAGE = 50


def _group(request: HttpRequest, slug: str) -> Group:
    group: Group = load(request, Group, VERB, slug=slug)
    group.partnership = request.partnership
    return group


def at(group: Group, name: str, *more: Any) -> str:
    """The address of a page about a group's items for later."""
    return reverse(f"meetings:{name}", args=[group.partnership.slug, group.slug, *more])


def of(waiting: BacklogItem, name: str = "backlog_item", *more: Any) -> str:
    """The address of a page about one thing that waits."""
    return reverse(f"meetings:{name}", args=[waiting.partnership.slug, waiting.pk, *more])


def _crumbs(group: Group) -> list[tuple[str, str]]:
    return [(f"Items for later, {group.short_name}", at(group, "backlog"))]


# ---- the list -----------------------------------------------------------------------------------


@policy(Group, VERB)
def backlog(request: HttpRequest, group: str) -> HttpResponse:
    """What waits for an agenda of a group, what went on one, and what was declined."""
    the_group = _group(request, group)
    view, form, rows = _chosen(request, the_group)
    page = Paginator(reading.listed(rows), PAGE).get_page(request.GET.get("page"))
    here = at(the_group, "backlog")
    counts = reading.counted(reading.backlog_of(the_group, request.user))
    context = {
        "group": the_group, "filter": form, "page": page, "rows": reading.as_waiting(page),
        "view": view, "here": here, "says": count(page.paginator.count, "item"),
        "views": [
            View(label, counts[name], f"{here}?view={name}", name == view)
            for name, label in reading.VIEWS.items()
        ],
        "chosen": any(request.GET.get(name) for name in ("origin", "words")),
        "csv_url": f"{at(the_group, 'backlog_csv')}?{_query(request)}",
    }  # fmt: skip
    return render(request, "meetings/backlog.html", context)


@policy(Group, VERB)
def backlog_csv(request: HttpRequest, group: str) -> HttpResponse:
    """The same rows as a file, with their words; who reads restricted ones is on record."""
    the_group = _group(request, group)
    _, _, rows = _chosen(request, the_group)
    found = list(reading.listed(rows))
    record_reads([each for each in found if each.restricted], by=request.user,
                 partnership=request.partnership)  # fmt: skip
    record("downloaded the items for later of", the_group, by=request.user,
           partnership=request.partnership, group=the_group, detail={"rows": len(found)},
    )  # fmt: skip
    name = f"items-for-later-{the_group.slug}-{clock.today().isoformat()}"
    return csv_response(name, exports.BACKLOG, exports.backlog_lines(found))


def _query(request: HttpRequest) -> str:
    query = request.GET.copy()
    query.pop("page", None)
    return query.urlencode()


def _chosen(request: HttpRequest, group: Group) -> tuple[str, BacklogFilter, Any]:
    view = request.GET.get("view", "waiting")
    view = view if view in reading.VIEWS else "waiting"
    form = BacklogFilter({**request.GET.dict(), "view": view})
    rows = reading.backlog_of(group, request.user).filter(state__in=reading.STATES[view])
    if form.is_valid():
        if form.cleaned_data["origin"]:
            rows = rows.filter(origin=form.cleaned_data["origin"])
        if form.cleaned_data["words"]:
            rows = rows.filter(title__icontains=form.cleaned_data["words"])
    return view, form, rows.order_by("created_at" if view == "waiting" else "-answered_at")


# ---- one ----------------------------------------------------------------------------------------


@policy(BacklogItem, "view")
def backlog_item(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """What it is and where it came from; for officers, what can be done with it."""
    waiting: BacklogItem = load(request, BacklogItem, "view", pk=pk)
    if waiting.restricted:
        record_read(waiting, by=request.user, partnership=waiting.partnership, group=waiting.group)
    answers = can(request.user, "answer", waiting)
    context = {
        "waiting": waiting, "group": waiting.group, "late": reading.is_late(waiting),
        "papers": waiting.papers.select_related("paper__document").order_by("created_at"),
        "answers": answers,
        "waits": waiting.state == Answer.WAITING,
        "own": waiting.created_by_id == request.user.pk and waiting.origin == Origin.OFFERED,
        "declines": waiting.origin in (Origin.OFFERED, Origin.STEER),
        "meetings": [(each, f"Put it on {longdate(each.on)}") for each in _coming(waiting)]
        if answers else [],
        "history": _history(waiting, request.user) if answers else [],
    }  # fmt: skip
    return render(request, "meetings/backlog_item.html", context)


def _history(waiting: BacklogItem, user: Any) -> list[history.Change]:
    """How its words came about: they may once have been restricted, so only for the cleared."""
    if waiting.group_id not in standing.cleared(user):
        return []
    return history.timeline(waiting, leave_out=("answered_at", "answered_by"))


def _coming(waiting: BacklogItem) -> Any:
    """The meetings whose agendas it could go on."""
    meetings = to_come(waiting.group).select_related("group__partnership")
    return meetings.filter(on__gte=clock.today())


@policy(Group, GET=VERB, POST=VERB)
def backlog_add(request: HttpRequest, group: str) -> HttpResponse:
    """Keep an item for later."""
    the_group = _group(request, group)
    form = BacklogForm(request.POST or None, group=the_group, cancel=at(the_group, "backlog"))
    if form.is_valid():
        try:
            made = verbs.keep(the_group, by=request.user, **form.words)
        except ValidationError as wrong:
            say_wrong(form, wrong)
        else:
            messages.success(request, f"The item is kept for {the_group.short_name}.")
            return redirect(of(made))
    return question(request, form, f"Keep an item for {the_group.name}", _crumbs(the_group))


@policy(BacklogItem, GET="answer", POST="answer")
def backlog_change(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Change an item that waits."""
    waiting: BacklogItem = load(request, BacklogItem, "answer", pk=pk)
    form = BacklogForm(
        request.POST or None, group=waiting.group, waiting=waiting, cancel=of(waiting)
    )
    if form.is_valid():
        try:
            verbs.change(waiting, stamp=form.cleaned_data["stamp"], by=request.user, **form.words)
        except ValidationError as wrong:
            say_wrong(form, wrong)
        else:
            return redirect(of(waiting))
    return question(request, form, "Change the item", _crumbs(waiting.group))


@policy(BacklogItem, POST="answer")
def backlog_remove(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Take out an item that an officer kept."""
    waiting: BacklogItem = load(request, BacklogItem, "answer", pk=pk)
    if attempt(request, verbs.remove, waiting):
        messages.success(request, "The item is removed.")
    return redirect(at(waiting.group, "backlog"))


@policy(BacklogItem, GET="answer", POST="answer")
def backlog_decline(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Decline what was offered, and say why."""
    waiting: BacklogItem = load(request, BacklogItem, "answer", pk=pk)
    form = DeclineForm(request.POST or None, cancel=of(waiting))
    if form.is_valid():
        try:
            offers.decline(waiting, by=request.user, **form.cleaned_data)
        except ValidationError as wrong:
            say_wrong(form, wrong)
        else:
            messages.success(request, "It is declined, and whoever offered it has been told.")
            return redirect(at(waiting.group, "backlog"))
    return question(request, form, "Decline the item", _crumbs(waiting.group))


@policy(BacklogItem, POST="answer")
def backlog_later(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Keep what was offered for one meeting until another."""
    waiting: BacklogItem = load(request, BacklogItem, "answer", pk=pk)
    if attempt(request, offers.keep_for_later, waiting):
        messages.success(request, "It is kept for a later meeting.")
    return redirect(of(waiting))


@policy(BacklogItem, POST="answer")
def backlog_reopen(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Let something that was declined wait again."""
    waiting: BacklogItem = load(request, BacklogItem, "answer", pk=pk)
    if attempt(request, verbs.reopen, waiting):
        messages.success(request, "It waits for an agenda again.")
    return redirect(of(waiting))


@policy(BacklogItem, POST="withdraw")
def backlog_withdraw(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Take back what one offered."""
    waiting: BacklogItem = load(request, BacklogItem, "withdraw", pk=pk)
    if attempt(request, offers.withdraw, waiting):
        messages.success(request, "You have taken it back.")
    return redirect(of(waiting))


# ---- onto an agenda, and off it -----------------------------------------------------------------


def _waiting(request: HttpRequest, meeting: Meeting, pk: uuid.UUID) -> BacklogItem:
    waiting: BacklogItem = load(request, BacklogItem, "answer", pk=pk, group=meeting.group)
    return waiting


@policy(Meeting, POST="edit agenda")
def take_up(request: HttpRequest, slug: str, pk: uuid.UUID) -> HttpResponse:
    """Put something that waits on this agenda, as it is."""
    meeting: Meeting = load(request, Meeting, "edit agenda", slug=slug)
    made = attempt(request, offers.accept, _waiting(request, meeting, pk), meeting)
    if not made:
        return redirect(to(meeting, "agenda"))
    messages.success(request, f"It is item {made.number} of the agenda.")
    return redirect(f"{to(meeting, 'agenda')}#item-{made.pk}")


@policy(Meeting, GET="edit agenda", POST="edit agenda")
def take_up_changed(request: HttpRequest, slug: str, pk: uuid.UUID) -> HttpResponse:
    """Look at its line first, and put it on this agenda with changes."""
    meeting: Meeting = load(request, Meeting, "edit agenda", slug=slug)
    waiting = _waiting(request, meeting, pk)
    stopped = fits("edit agenda", meeting)
    if not stopped or waiting.state != Answer.WAITING:
        messages.error(request, stopped.reason or verbs.GONE[Answer(waiting.state)])
        return redirect(meeting)
    form = TakeUpForm(
        request.POST or None, meeting=meeting, waiting=waiting, cancel=to(meeting, "agenda")
    )
    if form.is_valid():
        try:
            made = offers.accept(waiting, meeting, by=request.user, **form.fields_of_item)
        except Wrong as wrong:
            messages.error(request, wrong.messages[0])
            return redirect(to(meeting, "agenda"))
        except ValidationError as wrong:
            say_wrong(form, wrong)
        else:
            return redirect(f"{to(meeting, 'agenda')}#item-{made.pk}")
    intro = "The papers that came with it go on the agenda too." if waiting.papers.exists() else ""
    crumbs = [(str(meeting), meeting.get_absolute_url()), ("Agenda", to(meeting, "agenda"))]
    return question(request, form, "Put it on the agenda", crumbs, intro=intro)


@policy(Meeting, POST="edit agenda")
def put_back(request: HttpRequest, slug: str, pk: uuid.UUID) -> HttpResponse:
    """Take what came from the items for later off a draft agenda."""
    item = the_item(request, slug, "edit agenda", pk=pk)
    if attempt(request, verbs.put_back, item):
        messages.success(request, "It is off the agenda, and waits for another.")
    return redirect(to(item.meeting, "agenda"))


@policy(Meeting, POST="edit agenda")
def item_keep(request: HttpRequest, slug: str, pk: uuid.UUID) -> HttpResponse:
    """Take an item off a draft agenda and keep it for later."""
    item = the_item(request, slug, "edit agenda", pk=pk)
    if attempt(request, verbs.remove_and_keep, item):
        messages.success(request, "It is off the agenda, and kept for later.")
    return redirect(to(item.meeting, "agenda"))


@policy(Meeting, POST="edit agenda")
def item_carry(request: HttpRequest, slug: str, pk: uuid.UUID) -> HttpResponse:
    """Carry an item of a meeting that was held to the group's next."""
    item = the_item(request, slug, "edit agenda", pk=pk)
    carried = attempt(request, verbs.carry, item)
    if carried:
        _, made = carried
        where = f"on the agenda of {made.meeting}" if made else "kept for the next agenda"
        messages.success(request, f"Item {item.number} is carried: it is {where}.")
    address = request.POST.get("back", "")
    if address == "minutes" and fits("take minutes", item.meeting):
        return redirect(to(item.meeting, "minutes", item.number))
    return redirect(to(item.meeting, "item", item.pk))
