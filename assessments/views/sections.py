"""Writing an assessment, section by section."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from assessments import content, renditions
from assessments.figures_of import RESTRICTED, figures_of
from assessments.forms.assessing import SectionForm
from assessments.models import Section
from assessments.queries import assessing as reading
from assessments.renditions.figures import figures_in
from assessments.views.assessing import read_it, stays, to
from assessments.workflow import assessing
from core.components import Link
from core.forms import say_wrong
from core.history import timeline
from core.markings import holds_passage
from core.permissions import load, policy


def _load(request: HttpRequest, slug: str, key: str) -> Section:
    return load(request, Section, "write", assessment__slug=slug, key=key)


@policy(Section, GET="write", POST="write")
def section(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """What figures say of a section, and what the analyst makes of it."""
    found = _load(request, slug, key)
    figures = figures_of(found.assessment, RESTRICTED)
    kind = content.BY_KEY[found.key]
    sentences = renditions.sentences_in(figures, found.key)
    shown = figures_in(kind, figures)
    choices = [(each.key, each.text) for each in sentences]
    choices += [(each.key, f"Figure: {each.title}") for each in shown]
    form = SectionForm(
        request.POST or None, choices=choices, version=found.version,
        initial={"text": found.text, "left_out": found.left_out},
        cancel=found.assessment.get_absolute_url(),
    )  # fmt: skip
    conflict, status = None, 200
    if form.is_valid():
        try:
            return _saved(request, found, form)
        except assessing.Conflict as clash:
            conflict, status = _clash(form, clash), 409
        except ValidationError as wrong:
            say_wrong(form, wrong)
    if holds_passage(found.text) or any(each.restricted for each in shown):
        read_it(request, found.assessment)
    context = {
        "section": found, "assessment": found.assessment, "kind": kind, "form": form,
        "conflict": conflict, "sentences": sentences, "figures": shown,
        "out": set(found.left_out), "links": _links(found),
        "changed": reading.has_changed(found, figures["sentences"]),
        "writable": found.assessment.status == "drafting",
    }  # fmt: skip
    return render(request, "assessments/section.html", context, status=status)


def _saved(request: HttpRequest, found: Section, form: SectionForm) -> HttpResponse:
    words = form.cleaned_data
    saved = assessing.write_section(
        found, text=words["text"], version=words["version"], left_out=words.get("left_out"),
        by=request.user,
    )  # fmt: skip
    if "done" in request.POST and not saved.done_at:
        assessing.mark_done(saved, by=request.user)
        messages.success(request, f"{saved.heading}: saved, and marked as done.")
        return redirect(saved.assessment)
    messages.success(request, f"{saved.heading}: saved.")
    return redirect(saved)


def _clash(form: SectionForm, clash: assessing.Conflict) -> dict[str, Any]:
    """Both texts; the form goes on from the newer version with what was typed."""
    yours = form.cleaned_data["text"]
    form.data = form.data.copy()
    form.data["version"] = str(clash.current.version)
    return {"theirs": clash.current.text, "yours": yours}


def _links(found: Section) -> list[Link]:
    """The sections, to go from one to the next."""
    sections = found.assessment.sections.order_by("position").only("key", "heading", "position")
    return [
        Link(f"{each.position}. {each.heading}", to(found.assessment, "section", each.key),
             each.key == found.key)
        for each in sections
    ]  # fmt: skip


@policy(Section, POST="write")
def done(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """Mark a section as done as it stands."""
    found = _load(request, slug, key)
    if stays(request, assessing.mark_done, found):
        messages.success(request, f"{found.heading} is marked as done.")
    return redirect(found.assessment)


@policy(Section, POST="write")
def undone(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """Take that back."""
    found = _load(request, slug, key)
    if stays(request, assessing.mark_undone, found):
        messages.success(request, f"{found.heading} is open again.")
    return redirect(found)


@policy(Section, "write")
def history(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """Every version of a section: who changed what, when."""
    found = _load(request, slug, key)
    read_it(request, found.assessment)
    context = {
        "section": found,
        "assessment": found.assessment,
        "history": timeline(found, leave_out=("drafted", "assessment", "position", "key")),
    }
    return render(request, "assessments/section_history.html", context)
