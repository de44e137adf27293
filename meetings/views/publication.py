"""From the chair's clearance to published minutes, and what a meeting decides about offices."""

import uuid
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from audit.workflow import record_read
from core.pdf import PDFUnavailable
from core.permissions import can, load, policy, require
from meetings import exports, renditions, workflow
from meetings.forms.minutes import say
from meetings.forms.publication import AdmitForm, AgreeForm, ClearForm, ReturnForm, ReviewForm
from meetings.models import AFTER, DRAFT_MINUTES, Item, Meeting, Office
from meetings.queries import minutes as reading
from meetings.renditions.shapes import Minutes
from meetings.views.minutes import item_url, where_it_is
from meetings.views.panel import to
from meetings.workflow import minutes as verbs
from meetings.workflow import publication, reviews


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
    context = {
        "meeting": meeting,
        "minutes": _read(request, meeting, renditions.RESTRICTED),
        "may_clear": workflow.may(request.user, "clear", meeting),
        "may_return": workflow.may(request.user, "return", meeting),
        "may_write": workflow.may(request.user, "take minutes", meeting),
        "may_publish": workflow.may(request.user, "publish", meeting),
    }
    return render(request, "meetings/draft_minutes.html", context)


@policy(Meeting, "view")
def minutes_pdf(request: HttpRequest, slug: str, rendition: str) -> HttpResponse:
    """The PDF: of a draft as it stands now, of published minutes as they were frozen."""
    meeting = _held(request, slug)
    if rendition not in renditions.TITLES:
        raise Http404
    frozen = reading.frozen(meeting, rendition)
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
        say(form, problem)
    return not form.errors


# ---- agreed and published -----------------------------------------------------------------------


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
    context = {"meeting": meeting, "later": later, "form": form, "back": back}
    return render(request, "meetings/agree.html", context)


@policy(Meeting, GET="publish minutes", POST="publish minutes")
def publish_minutes(request: HttpRequest, slug: str) -> HttpResponse:
    """What the public will read and what is left out; then the publication."""
    meeting = load(request, Meeting, "publish minutes", slug=slug)
    verdict = workflow.fits("publish", meeting)
    if not verdict:
        messages.error(request, verdict.reason)
        return where_it_is(meeting)
    if request.method == "POST" and _published(request, meeting):
        return redirect(meeting)
    full = _read(request, meeting, renditions.RESTRICTED)
    is_public = publication.is_public(meeting)
    open_part = renditions.build(meeting, renditions.PUBLIC) if is_public else None
    context = {
        "meeting": meeting, "full": full, "public": open_part,
        "rows": renditions.side_by_side(full, open_part),
        "left_out": renditions.left_out(full),
    }  # fmt: skip
    return render(request, "meetings/publish_minutes.html", context)


def _published(request: HttpRequest, meeting: Meeting) -> bool:
    try:
        publication.publish(meeting, by=request.user)
    except ValidationError as problem:
        messages.error(request, problem.messages[0])
        return False
    except PDFUnavailable as missing:
        messages.error(request, str(missing))
        return False
    messages.success(request, "The minutes are published.")
    return True


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
