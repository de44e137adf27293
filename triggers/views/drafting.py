"""Filling in an application by its private link: one question a page, each saved at once."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from core import clock
from core.forms import say_wrong
from core.workflow import Wrong
from triggers import links
from triggers.forms import applying as questions
from triggers.forms.applying import ending
from triggers.forms.applying.asking import PARTS
from triggers.forms.applying.effect import Danger
from triggers.forms.applying.summaries import summary
from triggers.models import Application, Complaint, Party, Stage, Way
from triggers.queries import drafts, live
from triggers.queries.drafts import Draft
from triggers.views.applying import address_of
from triggers.views.link import address, posted, private, show
from triggers.workflow import answering, applying, limits, wishes

PER_PAGE = 50
CHECKING = "check"  # the answer to ``back`` of who came from the last page


def tasks(request: HttpRequest, application: Application) -> HttpResponse:
    """The parts of an application, and how far each is."""
    found = drafts.draft(application)
    done = [drafts.about_is_done(found), bool(found.told), drafts.effect_is_done(found)]
    first = found.application.on_behalf and not done[0]
    context = {
        "draft": found, "parts": _parts(found, done), "done": sum(done), "first": first,
        "may_send": not drafts.missing(found), "link": links.link(application),
    }  # fmt: skip
    return show(request, "triggers/apply/tasks.html", application, context)


def _parts(found: Draft, done: list[bool]) -> list[dict[str, Any]]:
    application = found.application
    told = len(found.told)
    begun = [
        drafts.about_is_begun(found),
        bool(application.topics or found.complaints),
        drafts.effect_is_begun(found),
    ]
    whose = "them" if found.for_another else "you"
    what = _question(application, "trouble")
    if application.topics or found.complaints:
        what = address(application, "mine_reports")
    named = [
        ("About you", "How to reach you safely", _question(application, "who")),
        (
            "What happened",
            f"{told} report{'s' * (told != 1)} so far" if told else "What it was, and who you told",
            what,
        ),
        (
            f"How it affects {whose}", "Harm, health, anything that makes it worse",
            _question(application, "feelings"),
        ),
    ]  # fmt: skip
    return [
        {"label": label, "hint": hint, "url": url, "done": done[place], "begun": begun[place]}
        for place, (label, hint, url) in enumerate(named)
    ]


def _question(application: Application, slug: str, back: str = "") -> str:
    url = address(application, "mine_question", slug)
    return f"{url}?back={back}" if back else url


def _no_draft(application: Application) -> HttpResponse | None:
    """The way to the case, where the application has been sent meanwhile."""
    return None if application.stage == Stage.DRAFT else redirect(address(application, "mine"))


# ---- one question -------------------------------------------------------------------------------


@private("GET", "POST")
def question(request: HttpRequest, application: Application, slug: str) -> HttpResponse:
    """One question. What is right of the answer is kept, even where something else is wrong."""
    if sent := _no_draft(application):
        return sent
    kind = questions.BY_SLUG.get(slug)
    found = drafts.draft(application)
    if kind is None:
        raise Http404
    form = kind(posted(request), draft=found)
    if not form.fields:  # the question before has not been answered, so there is nothing to ask
        return redirect(_back(request, found, kind))
    if form.is_bound:
        right = form.is_valid()
        try:
            answering.keep(application, answers=form.answers())
            if right:
                return redirect(_next(request, application, form))
        except Wrong:
            return redirect(address(application, "mine"))
    context = {
        "form": form, "progress": _progress(form, found), "back_url": _back(request, found, kind),
    }  # fmt: skip
    return show(request, "triggers/apply/question.html", application, context)


def _progress(form: questions.Question, found: Draft) -> str:
    words = PARTS[form.part].replace(
        "affects you", "affects them" * found.for_another or "affects you"
    )
    return f"Part {form.part} of 4: {words}"


def _next(request: HttpRequest, application: Application, form: questions.Question) -> str:
    """The question after this one, or what comes after the part."""
    back = request.GET.get("back", "")
    if isinstance(form, Danger) and form.cleaned_data["unsafe_now"]:
        return address(application, "mine_danger") + (f"?back={CHECKING}" * (back == CHECKING))
    application.refresh_from_db()
    found = drafts.draft(application)
    after = questions.beside(type(form), found, 1)
    needed = form.slug in {"who", "way", "their-way"}  # another answer asks for another question
    if back == CHECKING and not (needed and after):
        return address(application, "mine_check")
    if after is not None:
        return _question(application, after.slug, CHECKING if back == CHECKING else "")
    return address(application, "mine_reports" if form.part == 2 else "mine")


def _back(request: HttpRequest, found: Draft, kind: type[questions.Question]) -> str:
    if request.GET.get("back") == CHECKING:
        return address(found.application, "mine_check")
    before = questions.beside(kind, found, -1)
    if before is None:
        return address(found.application, "mine")
    return _question(found.application, before.slug)


@private("GET")
def danger(request: HttpRequest, application: Application) -> HttpResponse:
    """What to do now, for those who are in danger now."""
    if sent := _no_draft(application):
        return sent
    found = drafts.draft(application)
    after = questions.beside(Danger, found, 1)
    url = address(application, "mine_check")
    if request.GET.get("back") != CHECKING and after is not None:
        url = _question(application, after.slug)
    context = {
        "next_url": url, "progress": _progress(Danger(draft=found), found), "draft": found,
        "back_url": _question(application, Danger.slug),
    }  # fmt: skip
    return show(request, "triggers/apply/danger.html", application, context)


# ---- reports ------------------------------------------------------------------------------------


@private("GET", "POST")
def reports(request: HttpRequest, application: Application) -> HttpResponse:
    """The reports told so far, and what the threshold says of them."""
    if sent := _no_draft(application):
        return sent
    told = drafts.listed(application)
    rule = drafts.rule_on(clock.today())
    rows = live.rows(told, on=clock.today(), rule=rule)
    form = ending.Another(posted(request), told=len(rows))
    if form.is_bound and form.is_valid():
        if form.cleaned_data["another"] == "no":
            return redirect(_after_reports(request, application))
        try:
            return redirect(_report(application, answering.add_complaint(application), "what"))
        except Wrong as wrong:
            form.add_error(None, wrong)
    procedure = drafts.procedure_of(application.partnership)
    context = {
        "form": form, "rows": rows, "progress": f"Part 2 of 4: {PARTS[2]}",
        "page": Paginator(rows, PER_PAGE).get_page(request.GET.get("page")),
        "outlook": live.outlook(rows, procedure, rule) if procedure else None,
        "back_url": _question(application, "trouble"),
    }  # fmt: skip
    return show(request, "triggers/apply/reports.html", application, context)


def _after_reports(request: HttpRequest, application: Application) -> str:
    name = "mine_check" if request.GET.get("back") == CHECKING else "mine"
    return address(application, name)


def _report(application: Application, complaint: Complaint, slug: str) -> str:
    return address(application, "mine_report", complaint.number, slug)


def _complaint(application: Application, number: int) -> Complaint:
    complaint = drafts.listed(application).filter(number=number).first()
    if complaint is None:
        raise Http404
    return complaint


@private("GET", "POST")
def report(request: HttpRequest, application: Application, number: int, slug: str) -> HttpResponse:
    """One question about one report."""
    if sent := _no_draft(application):
        return sent
    kind = questions.REPORT_BY_SLUG.get(slug)
    if kind is None:
        raise Http404
    complaint, found = _complaint(application, number), drafts.draft(application)
    form = kind(posted(request), draft=found, complaint=complaint)
    if form.is_bound:
        right = form.is_valid()
        try:
            complaint = answering.keep_complaint(
                application, number=number, values=form.answers().get("complaint", {})
            )
            if right:
                return redirect(_next_of_report(application, found, form, complaint))
        except Wrong:
            return redirect(address(application, "mine"))
        except ValidationError as wrong:
            say_wrong(form, wrong)
    context = {
        "form": form, "progress": _report_progress(found, number),
        "back_url": _back_of_report(found, kind, complaint),
        "list_url": address(application, "mine_reports"),
    }  # fmt: skip
    return show(request, "triggers/apply/question.html", application, context)


def _report_progress(found: Draft, number: int) -> str:
    numbers = [each.number for each in found.complaints]
    place = numbers.index(number) + 1
    return f"Part 2 of 4: {PARTS[2]}. Report {place} of {len(numbers)}"


def _next_of_report(
    application: Application, found: Draft, form: questions.Question, complaint: Complaint
) -> str:
    after = questions.beside(type(form), found, 1, complaint)
    if after is None:
        return address(application, "mine_reports")
    return _report(application, complaint, after.slug)


def _back_of_report(found: Draft, kind: type[questions.Question], complaint: Complaint) -> str:
    before = questions.beside(kind, found, -1, complaint)
    if before is None:
        return address(found.application, "mine_reports")
    return _report(found.application, complaint, before.slug)


@private("GET", "POST")
def report_remove(request: HttpRequest, application: Application, number: int) -> HttpResponse:
    """Take a report off, once one is sure."""
    if sent := _no_draft(application):
        return sent
    complaint = _complaint(application, number)
    form = ending.Sure(posted(request), submit="Remove this report")
    if request.method == "POST":
        answering.remove_complaint(application, number=number)
        return redirect(address(application, "mine_reports"))
    row = live.rows([complaint], on=clock.today(), rule=None)[0]
    context = {"form": form, "row": row, "back_url": address(application, "mine_reports")}
    return show(request, "triggers/apply/report_remove.html", application, context)


# ---- the link, and the end of a draft -----------------------------------------------------------


@private("GET", "POST")
def keep_link(request: HttpRequest, application: Application) -> HttpResponse:
    """Save and come back later: the link, to be written down or sent to a safe address."""
    if sent := _no_draft(application):
        return sent
    speaker = drafts.draft(application).speaker
    form = ending.SendLink(posted(request), initial={"email": _safe_email(speaker)})
    asked = False
    if form.is_bound and form.is_valid():
        if limits.may("link", address_of(request)):
            wishes.wish(application, email=form.cleaned_data["email"])
            asked = True
        else:
            form.add_error(
                "email", "Too many links were sent. Write the link down, or wait an hour"
            )
    context = {
        "form": form, "asked": asked, "link": links.link(application),
        "back_url": address(application, "mine"),
    }  # fmt: skip
    return show(request, "triggers/apply/keep_link.html", application, context)


def _safe_email(speaker: Party) -> str:
    return speaker.email if speaker.way == Way.EMAIL else ""


@private("GET", "POST")
def delete(request: HttpRequest, application: Application) -> HttpResponse:
    """Delete everything that was told, once one is sure."""
    if sent := _no_draft(application):
        return sent
    form = ending.Sure(posted(request), submit="Delete everything")
    if request.method == "POST":
        try:
            applying.delete_draft(application)
        except Wrong:
            return redirect(address(application, "mine"))
        slug = application.partnership.slug
        return redirect(reverse("triggers:deleted", args=[slug]))
    context = {"form": form, "back_url": address(application, "mine")}
    return show(request, "triggers/apply/delete.html", application, context)


@private("GET", "POST")
def check(request: HttpRequest, application: Application) -> HttpResponse:
    """All answers, to be read and changed before they are sent."""
    if sent := _no_draft(application):
        return sent
    found = drafts.draft(application)
    lacking = drafts.missing(found)
    form = ending.Send(posted(request))
    if form.is_bound and form.is_valid() and not lacking:
        by = request.user if request.user.is_authenticated else None
        try:
            applying.submit(application, by=by)
        except Wrong:  # sent already, as by a button that was pressed twice
            return redirect(address(application, "mine"))
        return redirect(address(application, "mine_done"))
    return show(request, "triggers/apply/check.html", application, _to_check(found, lacking, form))


def _to_check(found: Draft, lacking: list[tuple[str, str]], form: ending.Send) -> dict[str, Any]:
    application = found.application

    def change(slug: str) -> str:
        return _question(application, slug, CHECKING)

    rows = live.rows(found.complaints, on=clock.today(), rule=None)
    return {
        "form": form, "draft": found,
        "about": summary(questions.ABOUT, found, change),
        "topics": summary(questions.TOPICS, found, change),
        "effect": summary(questions.EFFECT, found, change),
        "rows": rows[:20], "more": max(0, len(rows) - 20),
        "reports_url": address(application, "mine_reports") + f"?back={CHECKING}",
        "lacking": [
            (words, address(application, "mine_reports") if slug == "reports" else change(slug))
            for words, slug in lacking
        ],
        "back_url": address(application, "mine"),
    }  # fmt: skip
