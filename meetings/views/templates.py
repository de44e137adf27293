"""The orders of business that a group keeps: listed, made, changed, and used on a draft agenda."""

import uuid
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from core.forms import say_wrong
from core.permissions import can, load, policy
from meetings import queries
from meetings.forms.templates import EMPTY, TERMS, LineForm, NameForm, TemplateForm
from meetings.models import AgendaTemplate, Meeting, TemplateLine
from meetings.queries import templates as reading
from meetings.views.asking import attempt, question
from meetings.views.panel import to
from meetings.workflow import drafting
from meetings.workflow import templates as verbs
from membership.models import Group

VERB = verbs.VERB
AGENDAS = 12  # of the latest meetings, to start a template from


def _group(request: HttpRequest, slug: str) -> Group:
    group: Group = load(request, Group, VERB, slug=slug)
    group.partnership = request.partnership
    return group


def _template(request: HttpRequest, slug: str, pk: uuid.UUID) -> AgendaTemplate:
    group = _group(request, slug)
    template = group.agenda_templates.filter(pk=pk).first()
    if template is None:
        raise Http404
    template.group = group
    return template


def _line(request: HttpRequest, slug: str, pk: uuid.UUID, line: int) -> TemplateLine:
    template = _template(request, slug, pk)
    found = template.lines.filter(pk=line).first()
    if found is None:
        raise Http404
    found.template = template
    return found


def at(group: Group, name: str, *more: Any) -> str:
    """The address of a page about a group's templates."""
    return reverse(f"meetings:{name}", args=[group.partnership.slug, group.slug, *more])


def _crumbs(group: Group, template: AgendaTemplate | None = None) -> list[tuple[str, str]]:
    found = [(f"Agenda templates of {group.short_name}", at(group, "templates"))]
    if template is not None:
        found.append((template.name, at(group, "template", template.pk)))
    return found


# ---- templates ----------------------------------------------------------------------------------


@policy(Group, VERB)
def templates(request: HttpRequest, group: str) -> HttpResponse:
    """Every template of a group, the standing one first."""
    the_group = _group(request, group)
    context = {"group": the_group, "templates": reading.kept(the_group)}
    return render(request, "meetings/templates.html", context)


@policy(Group, VERB)
def template(request: HttpRequest, group: str, pk: uuid.UUID) -> HttpResponse:
    """The lines of a template with what can be done to each."""
    found = _template(request, group, pk)
    offices = dict(reading.leads_of(found.group))
    lines = [(line, offices.get(line.led_by, line.led_by)) for line in reading.in_order(found)]
    first = sum(1 for line, _ in lines if not line.restricted)
    parts = [("Open part", "official", lines[:first]), ("Restricted part", "sensitive",
             lines[first:])]  # fmt: skip
    context = {
        "template": found, "group": found.group, "parts": [part for part in parts if part[2]],
        "minutes": sum(line.minutes_allowed for line, _ in lines), "length": len(lines),
        "moved": request.GET.get("moved", ""), "way": request.GET.get("way", ""),
    }  # fmt: skip
    return render(request, "meetings/template.html", context)


@policy(Group, GET=VERB, POST=VERB)
def template_add(request: HttpRequest, group: str) -> HttpResponse:
    """A new template, from the terms of reference, from an agenda, or from nothing."""
    the_group = _group(request, group)
    latest = list(queries.meetings_of(the_group).reverse()[:AGENDAS])
    form = TemplateForm(request.POST or None, meetings=latest, cancel=at(the_group, "templates"))
    if form.is_valid():
        lines = _lines(request, the_group, latest, form.cleaned_data["source"])
        try:
            made = verbs.add(
                the_group, name=form.cleaned_data["name"], lines=lines, by=request.user
            )
        except ValidationError as wrong:
            say_wrong(form, wrong)
        else:
            return redirect(at(the_group, "template", made.pk))
    return question(request, form, f"New agenda template for {the_group.name}", _crumbs(the_group))


def _lines(
    request: HttpRequest, group: Group, meetings: list[Meeting], source: str
) -> list[TemplateLine]:
    """The first lines of a template. Of an agenda, those that this officer may open."""
    if source == TERMS:
        return reading.from_terms(group)
    if source == EMPTY:
        return []
    meeting = next(each for each in meetings if str(each.pk) == source)
    meeting.group = group
    items = list(meeting.items.select_related("lead").order_by("number", "position"))
    for item in items:
        item.meeting = meeting
    return reading.from_meeting([each for each in items if can(request.user, "open", each)], group)


@policy(Group, GET=VERB, POST=VERB)
def template_change(request: HttpRequest, group: str, pk: uuid.UUID) -> HttpResponse:
    """Another name for a template."""
    found = _template(request, group, pk)
    back = at(found.group, "template", pk)
    form = NameForm(request.POST or None, initial={"name": found.name}, cancel=back)
    if form.is_valid():
        try:
            verbs.rename(found, name=form.cleaned_data["name"], by=request.user)
        except ValidationError as wrong:
            say_wrong(form, wrong)
        else:
            return redirect(back)
    return question(request, form, "Rename the template", _crumbs(found.group, found))


@policy(Group, POST=VERB)
def template_standing(request: HttpRequest, group: str, pk: uuid.UUID) -> HttpResponse:
    """Let new agendas start from this template, or no longer."""
    found = _template(request, group, pk)
    standing = request.POST.get("standing") == "yes"
    if attempt(request, verbs.make_standing, found, standing=standing):
        start = found.name if standing else "the terms of reference"
        messages.success(request, f"New agendas of {found.group.name} start from {start}.")
    return redirect(at(found.group, "template", pk))


@policy(Group, GET=VERB, POST=VERB)
def template_remove(request: HttpRequest, group: str, pk: uuid.UUID) -> HttpResponse:
    """Ask, then delete a template."""
    found = _template(request, group, pk)
    if request.method == "POST":
        if attempt(request, verbs.remove, found):
            messages.success(request, f"The template {found.name} is deleted.")
        return redirect(at(found.group, "templates"))
    context = {"template": found, "group": found.group}
    return render(request, "meetings/template_remove.html", context)


# ---- lines --------------------------------------------------------------------------------------


@policy(Group, GET=VERB, POST=VERB)
def line_add(request: HttpRequest, group: str, pk: uuid.UUID) -> HttpResponse:
    """A new line."""
    found = _template(request, group, pk)
    back = at(found.group, "template", pk)
    form = LineForm(request.POST or None, group=found.group, cancel=back)
    if form.is_valid():
        try:
            line = verbs.add_line(found, by=request.user, **form.fields_of_line)
        except ValidationError as wrong:
            say_wrong(form, wrong)
        else:
            return redirect(f"{back}#line-{line.pk}")
    return question(request, form, "Add a line", _crumbs(found.group, found))


@policy(Group, GET=VERB, POST=VERB)
def line_change(request: HttpRequest, group: str, pk: uuid.UUID, line: int) -> HttpResponse:
    """Change a line."""
    found = _line(request, group, pk, line)
    the_group = found.template.group
    back = at(the_group, "template", pk)
    form = LineForm(request.POST or None, group=the_group, line=found, cancel=back)
    if form.is_valid():
        try:
            verbs.change_line(found, by=request.user, **form.fields_of_line)
        except ValidationError as wrong:
            say_wrong(form, wrong)
        else:
            return redirect(f"{back}#line-{line}")
    return question(request, form, "Change the line", _crumbs(the_group, found.template))


@policy(Group, POST=VERB)
def line_remove(request: HttpRequest, group: str, pk: uuid.UUID, line: int) -> HttpResponse:
    """Take a line out."""
    found = _line(request, group, pk, line)
    attempt(request, verbs.remove_line, found)
    return redirect(at(found.template.group, "template", pk))


@policy(Group, POST=VERB)
def line_move(request: HttpRequest, group: str, pk: uuid.UUID, line: int) -> HttpResponse:
    """One place up or down within its part."""
    found = _line(request, group, pk, line)
    up = request.POST.get("way") == "up"
    attempt(request, verbs.move_line, found, up=up)
    way = f"?moved={line}&way={'up' if up else 'down'}"
    return redirect(f"{at(found.template.group, 'template', pk)}{way}#line-{line}")


# ---- on a draft agenda --------------------------------------------------------------------------


@policy(Meeting, POST="edit agenda")
def agenda_fill(request: HttpRequest, slug: str) -> HttpResponse:
    """Add what a template has and the draft agenda has not."""
    meeting: Meeting = load(request, Meeting, "edit agenda", slug=slug)
    asked = request.POST.get("template", "")
    chosen = next((each for each in reading.kept(meeting.group) if str(each.pk) == asked), None)
    if chosen is None:
        messages.error(request, "Choose a template.")
        return redirect(to(meeting, "agenda"))
    made = attempt(request, drafting.fill_from, meeting, chosen)
    if made:
        count = "1 item was" if len(made) == 1 else f"{len(made)} items were"
        messages.success(request, f"{count} added from {chosen.name}.")
    elif made == []:
        messages.info(request, f"The agenda has everything that is in {chosen.name}.")
    return redirect(to(meeting, "agenda"))
