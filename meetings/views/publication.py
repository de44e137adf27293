"""From the chair's clearance to published minutes, and what a meeting decides about offices."""

import uuid
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from audit.workflow import record_read
from core.forms import say_wrong
from core.pdf import PDFUnavailable
from core.permissions import can, load, policy, require
from meetings import exports, renditions, workflow
from meetings.forms.publication import AdmitForm, AgreeForm, ClearForm, ReturnForm, ReviewForm
from meetings.models import AFTER, DRAFT_MINUTES, CorrectionState, Item, Meeting, Office
from meetings.queries import minutes as reading
from meetings.queries import reviews as reviews_reading
from meetings.queries.corrections import corrections_of, open_corrections
from meetings.recusal import withdrew_at
from meetings.renditions.shapes import Minutes
from meetings.views.minutes import item_url, where_it_is
from meetings.views.panel import to
from meetings.views.reviewing import with_links, with_review
from meetings.workflow import minutes as verbs
from meetings.workflow import publication, reviews
from meetings.workflow import reviewing as reviewing_verbs


def _held(request: HttpRequest, slug: str) -> Meeting:
    """A meeting whose minutes this person may read now: drafts are the officers' and chairs'."""
    meeting = load(request, Meeting, "view", slug=slug)
    if meeting.status not in AFTER:
        raise Http404
    if meeting.status in DRAFT_MINUTES:
        require(can(request.user, "read draft minutes", meeting))
    return meeting


def _read(request: HttpRequest, meeting: Meeting, rendition: str) -> Minutes:
    """The minutes as far as the person may read them, once it is on record that they do."""
    minutes = renditions.build(meeting, rendition, request.user)
    if minutes.shows_restricted:
        record_read(meeting, by=request.user, partnership=meeting.partnership, group=meeting.group)
    return minutes


# ---- reading ------------------------------------------------------------------------------------


@policy(Meeting, "view")
def draft_minutes(request: HttpRequest, slug: str) -> HttpResponse:
    """The minutes from the draft on: first for officers and chair, then for the whole group."""
    meeting = _held(request, slug)
    user = request.user
    minutes = _read(request, meeting, renditions.RESTRICTED)
    reviewing = workflow.may(user, "review", meeting)
    if reviewing:
        reviewing_verbs.look(meeting, by=user)
        minutes = with_review(minutes, meeting, user)
    context = {
        "meeting": meeting,
        "minutes": minutes,
        "reviewing": reviewing,
        "own": reviews_reading.own_review(meeting, user) if reviewing else None,
        "corrections": sum(len(each.review.corrections) for each in minutes.items if each.review),
        "may_follow": workflow.may(user, "follow reviews", meeting),
        "may_clear": workflow.may(user, "clear", meeting),
        "may_return": workflow.may(user, "return", meeting),
        "may_write": workflow.may(user, "take minutes", meeting),
        "may_publish": workflow.may(user, "publish", meeting),
        "may_note": workflow.may(user, "note a mistake", meeting),
        "may_see_redactions": can(user, "read redactions", meeting),
    }
    return render(request, "meetings/draft_minutes.html", context)


@policy(Meeting, "view")
def minutes_pdf(request: HttpRequest, slug: str, rendition: str) -> HttpResponse:
    """The PDF: of a draft as it stands now, of published minutes as they were frozen.

    For somebody who withdrew from an item the full one is made without it, also when frozen.
    """
    meeting = _held(request, slug)
    if rendition not in renditions.TITLES:
        raise Http404
    own = rendition == renditions.RESTRICTED and withdrew_at(request.user, meeting)
    frozen = "" if own else reading.frozen(meeting, rendition)
    if frozen:
        return redirect(frozen)
    if rendition == renditions.PUBLIC and not publication.is_public(meeting):
        raise Http404
    _read(request, meeting, rendition)
    try:
        made, name = exports.minutes_pdf(meeting, rendition, request.user)
    except PDFUnavailable as missing:
        messages.error(request, str(missing))
        return redirect(to(meeting, "draft_minutes"))
    response = HttpResponse(made, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


# ---- the chair's steps --------------------------------------------------------------------------


@policy(Meeting, GET="clear minutes", POST="clear minutes")
def clear(request: HttpRequest, slug: str) -> HttpResponse:
    """The chair clears the minutes, or sends them back."""
    meeting = load(request, Meeting, "clear minutes", slug=slug)
    verdict = workflow.fits("clear", meeting)
    if not verdict:
        messages.error(request, verdict.reason)
        return where_it_is(meeting)
    falls_to = verbs.clears(meeting, request.user)
    form = ClearForm(
        request.POST if request.method == "POST" else None, falls_to=falls_to,
        cancel=to(meeting, "draft_minutes"),
    )  # fmt: skip
    if form.is_valid():
        away = form.cleaned_data.get("chair_away", False)
        if _taken(request, form, verbs.clear, meeting, chair_away=away):
            messages.success(request, "The minutes are cleared. The partners can read the draft.")
            return redirect(meeting)
    return render(request, "meetings/clear.html", _for_chair(request, meeting, form))


@policy(Meeting, GET="return minutes", POST="return minutes")
def return_minutes(request: HttpRequest, slug: str) -> HttpResponse:
    """Send the minutes back to the officers, with what is to be changed."""
    meeting = load(request, Meeting, "return minutes", slug=slug)
    verdict = workflow.fits("return", meeting)
    if not verdict:
        messages.error(request, verdict.reason)
        return where_it_is(meeting)
    form = ReturnForm(request.POST or None, cancel=to(meeting, "draft_minutes"))
    if form.is_valid() and _taken(
        request, form, verbs.return_to_officers, meeting, note=form.cleaned_data["note"]
    ):
        messages.success(request, "The officers have been told what is to be changed.")
        return redirect(meeting)
    return render(request, "meetings/return.html", {"meeting": meeting, "form": form})


def _for_chair(request: HttpRequest, meeting: Meeting, form: ClearForm) -> dict[str, Any]:
    minutes = _read(request, meeting, renditions.RESTRICTED)
    return {"meeting": meeting, "form": form, "minutes": minutes}


def _taken(request: HttpRequest, form: Any, verb: Any, *args: Any, **words: Any) -> bool:
    """Take a step; what stands in the way is said in the form."""
    try:
        verb(*args, **words, by=request.user)
    except ValidationError as problem:
        say_wrong(form, problem)
    return not form.errors


# ---- agreed -----------------------------------------------------------------------


@policy(Meeting, GET="agree minutes", POST="agree minutes")
def agree(request: HttpRequest, slug: str) -> HttpResponse:
    """Record that a later meeting agreed these minutes. It is reached from that meeting's item."""
    meeting = load(request, Meeting, "agree minutes", slug=slug)
    verdict = workflow.fits("agree", meeting)
    later = reading.agreeing(meeting)
    if not verdict or later is None:
        none = "Minutes are agreed at the next meeting, while its minutes are being taken."
        messages.error(request, verdict.reason or none)
        return redirect(to(meeting, "draft_minutes"))
    item = reading.agreeing_item(later)
    back = item_url(item) if item else later.get_absolute_url()
    form = AgreeForm(request.POST if request.method == "POST" else None, cancel=back)
    if form.is_valid() and _taken(
        request, form, verbs.agree, meeting, agreed_in=later,
        corrections=form.cleaned_data["corrections"],
    ):  # fmt: skip
        return redirect(f"{back}#decisions")
    minutes = _read(request, meeting, renditions.RESTRICTED)
    context = {
        "meeting": meeting, "later": later, "form": form, "back": back,
        "minutes": with_links(minutes, meeting, request.user, "correct_here"),
        "waiting": corrections_of(meeting, request.user, state=CorrectionState.OPEN),
        "number": open_corrections(meeting),
        "corrected": corrections_of(
            meeting, request.user, state=CorrectionState.ACCEPTED, answered_at__gte=later.opened_at
        ),
    }  # fmt: skip
    return render(request, "meetings/agree.html", context)


# ---- offices and partners -----------------------------------------------------------------------


@policy(Meeting, GET="review chair", POST="review chair")
def chair_review(request: HttpRequest, slug: str) -> HttpResponse:
    """Confirm the chair and the vice-chair for the year, or record who takes their place."""
    meeting = load(request, Meeting, "review chair", slug=slug)
    verdict = workflow.fits("review chair", meeting)
    item = reading.review_item(meeting)
    if not verdict or item is None:
        messages.error(request, verdict.reason or "The agenda has no item for this review.")
        return where_it_is(meeting)
    done = reading.reviewed(meeting)
    forms = {
        office: ReviewForm(_sent(request, office), meeting=meeting, office=office)
        for office in Office.values
        if office not in done
    }
    for office, form in forms.items():
        if form.is_bound and form.is_valid() and _reviewed(request, item, office, form):
            return redirect(to(meeting, "chair_review"))
    context = {
        "meeting": meeting, "item": item, "done": done.values(), "forms": forms.values(),
        "back": item_url(item), "form": next((f for f in forms.values() if f.is_bound), None),
    }  # fmt: skip
    return render(request, "meetings/chair_review.html", context)


def _sent(request: HttpRequest, office: str) -> Any:
    return request.POST if f"{office}-seat" in request.POST else None


def _reviewed(request: HttpRequest, item: Item, office: str, form: ReviewForm) -> bool:
    seat = form.seats[form.cleaned_data["seat"]]
    if not _taken(request, form, reviews.review, item, office=office, seat=seat):
        return False
    messages.success(request, f"{Office(office).label}: {seat.person}. The decision is recorded.")
    return True


@policy(Meeting, GET="admit a partner", POST="admit a partner")
def admit(request: HttpRequest, slug: str, pk: uuid.UUID) -> HttpResponse:
    """Let an organisation join by a decision of the board."""
    meeting = load(request, Meeting, "admit a partner", slug=slug)
    decision = reading.decision(meeting, pk)
    if decision is None or decision.restricted:
        raise Http404
    require(can(request.user, "open", decision.item))
    back = item_url(decision.item)
    form = AdmitForm(request.POST or None, meeting=meeting, cancel=back)
    if form.is_valid() and _taken(
        request, form, reviews.admit, decision, agency=form.cleaned_data["agency"],
        statutory=form.cleaned_data["statutory"], starts_on=form.cleaned_data["starts_on"],
    ):  # fmt: skip
        messages.success(request, f"{form.cleaned_data['agency']} joins the partnership.")
        return redirect(back)
    context = {"meeting": meeting, "decision": decision, "form": form}
    return render(request, "meetings/admit.html", context)
