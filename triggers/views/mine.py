"""The private link once an application was sent: how far it is, and what its holder can do."""

import uuid
from typing import Any

from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from core import clock
from core.forms import say_wrong
from core.workflow import Wrong
from triggers import links
from triggers.forms.applying import ending
from triggers.models import Application, Letter, Stage
from triggers.queries import drafts, following, live
from triggers.views import drafting
from triggers.views.applying import address_of
from triggers.views.link import address, posted, private, recorded, show
from triggers.workflow import appeals, applying, limits, listing, messages, panels

DONE = {
    "written": "We have your message. We will read it and answer in the way you chose.",
    "consent": "We have noted that they no longer agree. We will be in touch with you.",
    "corrected": "We have your correction. We will look at it before the panel meets.",
    "appealed": "We have what you sent. We will write to you about it.",
    "panel": "Thank you. The panel will read what you wrote.",
    "agreed": "Thank you. We have noted that the list is right.",
}


@private("GET")
def mine(request: HttpRequest, application: Application) -> HttpResponse:
    """What the private link opens: the parts of a draft, or how far the case is."""
    if application.stage == Stage.DRAFT:
        return drafting.tasks(request, application)
    speaker = drafts.draft(application).speaker
    context = {
        "stands": following.stands(application),
        "steps": [] if following.is_silent(application) else following.steps(application),
        "letters": [
            (each, address(application, "mine_letter", each.pk))
            for each in following.letters(application)
        ],
        "can": _choices(application), "done": DONE.get(request.GET.get("done", ""), ""),
        "way": speaker.get_way_display(),
    }  # fmt: skip
    return show(request, "triggers/apply/mine.html", application, context)


def _choices(application: Application) -> list[tuple[str, str, str]]:
    """What who applied can do now: words, what they mean, and where."""
    can = []
    if application.is_open:
        listed = application.list_sent_on and not following.is_silent(application)
        if listed and not application.list_agreed_on:
            can.append((
                "Check the list of what happened", "Tell us what is wrong or missing.",
                address(application, "mine_incidents"),
            ))  # fmt: skip
        if following.may_write_to_panel(application):
            can.append((
                "Write to the panel", "Say in your own words what they should know.",
                address(application, "mine_panel"),
            ))  # fmt: skip
        can.append((
            "Write to us", "A question, or that how to reach you has changed.",
            address(application, "mine_write"),
        ))  # fmt: skip
    if application.stage != Stage.WITHDRAWN and following.may_appeal(application):
        last = following.until(application)
        can.append((
            "Say that you are not satisfied",
            f"You can ask until {last}." if last else "Someone else looks at it again.",
            address(application, "mine_appeal"),
        ))  # fmt: skip
    if application.is_open:
        said = following.consent(application)
        if drafts.for_another(application) and not (said and said.given is False):
            can.append((
                "Say that they no longer agree", "The person you asked for may change their mind.",
                address(application, "mine_consent"),
            ))  # fmt: skip
        can.append((
            "Withdraw your application", "We then stop looking at it.",
            address(application, "mine_withdraw"),
        ))  # fmt: skip
    return can


def _sent(application: Application) -> HttpResponse | None:
    """The way back to the parts of a draft, which has no such page yet."""
    if application.stage == Stage.DRAFT:
        return redirect(address(application, "mine"))
    return None


@private("GET")
def done(request: HttpRequest, application: Application) -> HttpResponse:
    """We have your application: its reference, and what happens next."""
    if draft := _sent(application):
        return draft
    context = {
        "steps": following.what_comes(application), "link": links.link(application),
        "speaker": drafts.draft(application).speaker,
    }  # fmt: skip
    return show(request, "triggers/apply/done.html", application, context)


def _letter(application: Application, pk: uuid.UUID) -> Letter:
    letter = following.letters(application).filter(pk=pk).first()
    if letter is None:
        raise Http404
    return letter


@private("GET")
def letter(request: HttpRequest, application: Application, pk: uuid.UUID) -> HttpResponse:
    """A letter as it went out."""
    found = _letter(application, pk)
    context = {
        "letter": found, "back_url": address(application, "mine"),
        "file_url": address(application, "mine_letter_file", pk) if found.content_id else "",
    }  # fmt: skip
    return show(request, "triggers/apply/letter.html", application, context)


@private("GET")
def letter_file(request: HttpRequest, application: Application, pk: uuid.UUID) -> HttpResponse:
    """The same letter as a PDF, under a name that says nothing."""
    found = _letter(application, pk)
    if found.content is None:
        raise Http404
    recorded(request, application)
    response = HttpResponse(bytes(found.content.data), content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="letter-{found.number}.pdf"'
    return response


# ---- what they can do ---------------------------------------------------------------------------


def _ask(
    request: HttpRequest, application: Application, form: Any, verb: Any, *, template: str,
    said: str, context: dict[str, Any] | None = None,
) -> HttpResponse:  # fmt: skip
    """Show a form; sent, ask the verb, and go back to the case with a word of what was done."""
    if draft := _sent(application):
        return draft
    home = address(application, "mine")
    status = 200
    if form.is_bound and form.is_valid():
        try:
            if not limits.may("link", f"{address_of(request)} {application.pk}"):
                raise ValidationError("That was tried too often. Wait an hour, or call us.")
            verb(**form.cleaned_data)
            return redirect(f"{home}?done={said}" if said else home)
        except Wrong as wrong:
            form.add_error(None, wrong)
        except ValidationError as wrong:
            say_wrong(form, wrong)
    shown = {"form": form, "back_url": home, **(context or {})}
    return show(request, f"triggers/apply/{template}.html", application, shown, status)


@private("GET", "POST")
def write(request: HttpRequest, application: Application) -> HttpResponse:
    """Write to the case's officers. A change of how to reach them is asked about first."""
    return _ask(
        request, application, ending.Write(posted(request)),
        lambda **typed: messages.write(application, **typed), template="write", said="written",
    )  # fmt: skip


@private("GET", "POST")
def panel(request: HttpRequest, application: Application) -> HttpResponse:
    """Write to the panel before it sits."""
    if application.stage != Stage.DRAFT and not following.may_write_to_panel(application):
        raise Http404
    return _ask(
        request, application, ending.WriteToPanel(posted(request)),
        lambda **typed: panels.write_in(application, **typed), template="panel", said="panel",
        context={
            "for_another": drafts.for_another(application),
            "written": following.written_to_panel(application),
        },
    )  # fmt: skip


@private("GET", "POST")
def withdraw(request: HttpRequest, application: Application) -> HttpResponse:
    """Withdraw, once one is sure."""
    return _ask(
        request, application, ending.Withdraw(posted(request)),
        lambda **typed: applying.withdraw(application, **typed), template="withdraw", said="",
    )  # fmt: skip


@private("GET", "POST")
def consent(request: HttpRequest, application: Application) -> HttpResponse:
    """Say that the victim no longer agrees."""
    if application.stage != Stage.DRAFT and not drafts.for_another(application):
        raise Http404
    return _ask(
        request, application, ending.NoLonger(posted(request)),
        lambda **typed: messages.take_back_consent(application, **typed),
        template="consent", said="consent",
    )  # fmt: skip


@private("GET", "POST")
def appeal(request: HttpRequest, application: Application) -> HttpResponse:
    """Say that one is not satisfied: somebody else looks at it again."""
    if application.stage != Stage.DRAFT and not following.may_appeal(application):
        raise Http404
    procedure = drafts.procedure_of(application.partnership)
    return _ask(
        request, application, ending.AskAgain(posted(request)),
        lambda **typed: appeals.appeal(application, **typed, made_on=clock.today()),
        template="appeal", said="appealed",
        context={"until": following.until(application), "laid_down": procedure},
    )  # fmt: skip


@private("GET", "POST")
def incidents(request: HttpRequest, application: Application) -> HttpResponse:
    """The list of what happened, as the panel will see it: to be corrected, or agreed."""
    if draft := _sent(application):
        return draft
    if application.list_sent_on is None or following.is_silent(application):
        raise Http404
    if request.POST.get("right"):
        return _agreed(application)
    rows = live.rows(listing.listed(application), on=clock.today(), rule=None)
    form = ending.Correct(posted(request), rows=rows)
    context = {
        "rows": rows, "corrections": application.corrections.select_related("complaint"),
        "may_correct": application.is_open and listing.may_be_corrected(application),
        "page": Paginator(rows, drafting.PER_PAGE).get_page(request.GET.get("page")),
    }  # fmt: skip
    return _ask(
        request, application, form,
        lambda **typed: listing.correct(application, **typed),
        template="incidents", said="corrected", context=context,
    )  # fmt: skip


def _agreed(application: Application) -> HttpResponse:
    home = address(application, "mine")
    try:
        listing.agree_list(application)
    except Wrong:
        return redirect(home)
    return redirect(f"{home}?done=agreed")
