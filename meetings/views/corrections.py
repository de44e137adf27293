"""Suggested corrections: made in place, discussed, withdrawn, and answered by an officer."""

import uuid
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from audit.workflow import record_read
from core.components import View
from core.dates import longdate
from core.exports import csv_response
from core.forms import say_wrong
from core.markings import holds_passage
from core.permissions import can, load, policy, require
from meetings import workflow
from meetings.anchors import place_of, then
from meetings.forms.reviews import AddForm, AnswerForm, CorrectHereForm, RemarkForm, SuggestForm
from meetings.models import Correction, CorrectionState, Item, Meeting
from meetings.paragraphs import paragraphs_of
from meetings.queries import corrections as reading
from meetings.queries import minutes as minutes_reading
from meetings.queries.passages import cleared, minute_for
from meetings.views.panel import to
from meetings.views.reviewing import item_of, not_now
from meetings.workflow import corrections as verbs

PAGE = "meetings/correct.html"


# ---- suggesting ---------------------------------------------------------------------------------


@policy(Meeting, GET="review minutes", POST="review minutes")
def correct(request: HttpRequest, slug: str, number: int, paragraph: int) -> HttpResponse:
    """Put one paragraph into other words."""
    item = item_of(request, slug, number, "review minutes")
    back = not_now(request, item.meeting, "review")
    return back or _correct(request, item, paragraph, SuggestForm, verbs.suggest, "suggestion")


@policy(Meeting, GET="agree minutes", POST="agree minutes")
def correct_here(request: HttpRequest, slug: str, number: int, paragraph: int) -> HttpResponse:
    """Change one paragraph as the meeting that agrees the minutes wants it."""
    item = item_of(request, slug, number, "agree minutes")
    if minutes_reading.agreeing(item.meeting) is None or not workflow.fits("agree", item.meeting):
        messages.error(request, "Minutes are corrected in the meeting that agrees them.")
        return redirect(to(item.meeting, "draft_minutes"))
    return _correct(request, item, paragraph, CorrectHereForm, verbs.correct_here, "text")


def _correct(
    request: HttpRequest, item: Item, paragraph: int, kind: Any, verb: Any, called: str
) -> HttpResponse:
    """One paragraph in a form: what stands there, and what should."""
    now = paragraphs_of(item.minute)
    here = verb is verbs.correct_here
    back = to(item.meeting, "agree" if here else "draft_minutes")
    text = now[paragraph - 1] if 1 <= paragraph <= len(now) else ""
    if not text and request.method != "POST":
        messages.error(request, f"Item {item.number} has no paragraph {paragraph}.")
        return redirect(back)
    if holds_passage(text):
        require(cleared(request.user, item.meeting))
    _record(request, item, text)
    form = kind(
        request.POST or None, version=item.version, initial={"suggestion": text}, cancel=back
    )
    form.cancel = back
    status, moved = 200, False
    if form.is_valid():
        try:
            words = _as_read(item, paragraph, form.cleaned_data, called)
            verb(item, **words, by=request.user)
        except verbs.Moved:
            form.data = {**form.data.dict(), "version": item.version}
            status, moved = 409, True
        except ValidationError as problem:
            say_wrong(form, problem, called={called: "suggestion", "adopted": "suggestion"})
        else:
            done = "The minutes are corrected." if here else "Your correction is with the officers."
            messages.success(request, done)
            return redirect(f"{back}#item-{item.number}")
    context = {
        "item": item, "meeting": item.meeting, "form": form, "paragraph": paragraph, "here": here,
        "moved": moved, "now": text, "typed": form.data.get("suggestion", ""),
    }  # fmt: skip
    return render(request, PAGE, context, status=status)


def _as_read(item: Item, paragraph: int, sent: dict[str, Any], called: str) -> dict[str, Any]:
    """What was sent, with the paragraph as it was in the version that was read."""
    before = then(item, sent["version"])
    if before is None or not 1 <= paragraph <= len(before):
        raise verbs.Moved(item)
    return {
        "paragraph": paragraph, "original": before[paragraph - 1], called: sent["suggestion"],
        "version": sent["version"], "reason": sent["reason"],
    }  # fmt: skip


@policy(Meeting, GET="review minutes", POST="review minutes")
def correct_add(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Suggest a new paragraph."""
    item = item_of(request, slug, number, "review minutes")
    back = not_now(request, item.meeting, "review")
    if back:
        return back
    words = minute_for(item, request.user)
    _record(request, item, words)
    now = paragraphs_of(words)
    form = AddForm(
        request.POST or None, item=item, places=len(now),
        initial={"paragraph": len(now)}, cancel=to(item.meeting, "draft_minutes"),
    )  # fmt: skip
    status = 200
    if form.is_valid():
        try:
            verbs.suggest(item, original="", **form.cleaned_data, by=request.user)
        except verbs.Moved as moved:
            say_wrong(form, moved)
            form.data = {**form.data.dict(), "version": item.version}
            status = 409
        except ValidationError as problem:
            say_wrong(form, problem)
        else:
            messages.success(request, "Your correction is with the officers.")
            return redirect(f"{to(item.meeting, 'draft_minutes')}#item-{item.number}")
    context = {"item": item, "meeting": item.meeting, "form": form, "paragraphs": now}
    return render(request, "meetings/correct_add.html", context, status=status)


def _record(request: HttpRequest, item: Item, text: str) -> None:
    """Restricted words that are shown are on record."""
    if item.restricted or (holds_passage(text) and cleared(request.user, item.meeting)):
        record_read(
            item.meeting, by=request.user, partnership=item.meeting.partnership, group=item.group
        )


# ---- one correction -----------------------------------------------------------------------------


def _correction(request: HttpRequest, slug: str, pk: uuid.UUID, verb: str = "open") -> Correction:
    found: Correction = load(request, Correction, "open", pk=pk, item__meeting__slug=slug)
    if verb != "open":
        require(can(request.user, verb, found))
    _record(request, found.item, found.original + found.suggestion + found.adopted)
    return found


@policy(Correction, GET="open", POST="open")
def correction(request: HttpRequest, slug: str, pk: uuid.UUID) -> HttpResponse:
    """A correction with its discussion; whoever may read it may take part."""
    found = _correction(request, slug, pk)
    meeting = found.item.meeting
    form = RemarkForm(request.POST or None)
    if form.is_valid():
        try:
            verbs.remark(found, text=form.cleaned_data["text"], by=request.user)
        except ValidationError as problem:
            say_wrong(form, problem)
        else:
            return redirect(f"{to(meeting, 'correction', found.pk)}#remarks")
    line = reading.line_of(found, request.user, bool(cleared(request.user, meeting)))
    reviewing = workflow.may(request.user, "review", meeting)
    answering = workflow.may(request.user, "answer corrections", meeting)
    context = {
        "meeting": meeting, "line": line, "form": form, "may_remark": reviewing and not line.hidden,
        "may_withdraw": reviewing and line.own and line.is_open,
        "may_answer": answering and line.is_open and not line.hidden,
        "may_reopen": answering and line.state == CorrectionState.DECLINED,
    }  # fmt: skip
    return render(request, "meetings/correction.html", context)


@policy(Correction, POST="withdraw")
def correction_withdraw(request: HttpRequest, slug: str, pk: uuid.UUID) -> HttpResponse:
    """Take back one's own suggestion."""
    found = _correction(request, slug, pk, "withdraw")
    return _taken(request, found, verbs.withdraw, "Your correction is withdrawn.")


@policy(Meeting, POST="answer corrections")
def correction_reopen(request: HttpRequest, slug: str, pk: uuid.UUID) -> HttpResponse:
    """Open a correction again that was declined."""
    load(request, Meeting, "answer corrections", slug=slug)
    found = _correction(request, slug, pk)
    return _taken(request, found, verbs.reopen, "The correction is open again.")


def _taken(request: HttpRequest, found: Correction, verb: Any, done: str) -> HttpResponse:
    try:
        verb(found, by=request.user)
    except ValidationError as problem:
        messages.error(request, problem.messages[0])
    else:
        messages.success(request, done)
    return redirect(to(found.item.meeting, "correction", found.pk))


# ---- answering ----------------------------------------------------------------------------------


@policy(Meeting, GET="answer corrections", POST="answer corrections")
def correction_answer(request: HttpRequest, slug: str, pk: uuid.UUID) -> HttpResponse:
    """Accept a correction, as it is or in other words, or decline it with a reason."""
    meeting = load(request, Meeting, "answer corrections", slug=slug)
    found = _correction(request, slug, pk)
    back = not_now(request, meeting, "answer corrections")
    if back:
        return back
    if found.state != CorrectionState.OPEN:
        messages.error(request, verbs.answered_words(found))
        return redirect(to(meeting, "correction", found.pk))
    behind = cleared(request.user, meeting)
    line = reading.line_of(found, request.user, bool(behind))
    if line.hidden:
        require(behind)
    here = place_of(found, found.item)
    form = AnswerForm(
        request.POST or None, version=found.item.version,
        places=_places(found) if here is None else None,
        initial={"adopted": found.suggestion, "place": found.paragraph},
        cancel=to(meeting, "corrections"),
    )  # fmt: skip
    status = 200
    if form.is_valid():
        try:
            return _answered(request, found, form)
        except verbs.Moved as moved:
            say_wrong(form, moved)
            status = 409
        except ValidationError as problem:
            say_wrong(form, problem)
    if status == 409:
        form = _once_more(request, found)
        here = None
    now = paragraphs_of(minute_for(found.item, request.user))
    standing = now[found.paragraph - 1] if 1 <= found.paragraph <= len(now) else ""
    context = {
        "meeting": meeting, "line": line, "form": form, "moved": here is None, "now": standing,
        "paragraphs": now,
    }  # fmt: skip
    return render(request, "meetings/correction_answer.html", context, status=status)


def _answered(request: HttpRequest, found: Correction, form: AnswerForm) -> HttpResponse:
    sent = form.cleaned_data
    if "decline" in request.POST:
        verbs.decline(found, answer=sent["answer"], by=request.user)
        messages.success(request, "The correction is declined. Whoever suggested it is told.")
    else:
        verbs.accept(
            found, adopted=sent["adopted"], answer=sent["answer"], place=sent.get("place"),
            version=sent["version"], by=request.user,
        )  # fmt: skip
        messages.success(request, "The minutes are corrected. Whoever suggested it is told.")
    agreeing = minutes_reading.agreeing(found.item.meeting) is not None
    return redirect(to(found.item.meeting, "agree" if agreeing else "corrections"))


def _once_more(request: HttpRequest, found: Correction) -> AnswerForm:
    """The form again with what was typed, when the text moved on while it was filled in."""
    found.item.refresh_from_db(fields=["minute", "version"])
    form = AnswerForm(
        {**request.POST.dict(), "version": found.item.version, "place": found.paragraph},
        places=_places(found), cancel=to(found.item.meeting, "corrections"),
    )  # fmt: skip
    say_wrong(form, verbs.Moved(found.item))
    return form


def _places(found: Correction) -> list[tuple[int, str]]:
    """Where a correction may go that no longer finds its words."""
    number, last = found.item.number, len(paragraphs_of(found.item.minute))
    if found.original:
        instead = [(n, f"Instead of paragraph {number}.{n}") for n in range(1, last + 1)]
        return [*instead, (0, "As a new paragraph at the end")]
    after = [(n, f"After paragraph {number}.{n}") for n in range(1, last + 1)]
    return [(0, "At the beginning"), *after]


# ---- all of them --------------------------------------------------------------------------------


@policy(Meeting, "review minutes")
def corrections(request: HttpRequest, slug: str) -> HttpResponse:
    """All corrections to a meeting's minutes that the reader may read, open ones first."""
    meeting = load(request, Meeting, "review minutes", slug=slug)
    lines = reading.corrections_of(meeting, request.user)
    if any(line.item.restricted or holds_passage(line.before + line.after) for line in lines):
        record_read(meeting, by=request.user, partnership=meeting.partnership, group=meeting.group)
    chosen = request.GET.get("state", "")
    chosen = chosen if chosen in CorrectionState.values else ""
    shown = [line for line in lines if chosen in ("", line.state)]
    if request.GET.get("format") == "csv":
        return _csv(meeting, shown)
    numbers = reading.counts(lines)
    address = to(meeting, "corrections")
    context = {
        "meeting": meeting, "lines": shown, "chosen": chosen,
        "views": [
            View("All", len(lines), address, not chosen),
            *(View(each.label, numbers[each.value], f"{address}?state={each.value}",
                   chosen == each.value) for each in CorrectionState),
        ],
        "waiting": numbers[CorrectionState.OPEN],
        "may_answer": workflow.may(request.user, "answer corrections", meeting),
    }  # fmt: skip
    return render(request, "meetings/corrections.html", context)


def _csv(meeting: Meeting, lines: list[reading.Line]) -> HttpResponse:
    headings = ("Item", "Where", "Suggested by", "Agency", "On", "As it was", "As suggested", "Why",
                "State", "As adopted", "Reason of the answer", "Answered by")  # fmt: skip
    rows = (
        (line.item.number, line.where, line.by_name, line.agency, longdate(line.made_at),
         line.before, line.after, line.reason, line.label, line.adopted, line.answer,
         line.answered_by)
        for line in lines
    )  # fmt: skip
    return csv_response(f"{meeting.slug}-corrections", headings, rows)
