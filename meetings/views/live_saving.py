"""Saving the live minute-taking page without script: all of it, whichever button was pressed."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from core import clock
from core.dates import clock as clock_words
from core.forms import say_wrong
from meetings.forms import live as sending
from meetings.forms.attendance import SubstituteForm
from meetings.models import Meeting
from meetings.queries import live as reading
from meetings.views.live_page import Sheet, open_form, sheet_of, show
from meetings.views.making import ask, decide
from meetings.views.minutes import remember_keys
from meetings.views.panel import to
from meetings.workflow import attendance, presence
from meetings.workflow import minutes as verbs


def save(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """Save all that was typed on the page, whichever button was pressed, and go on."""
    sent = sheet_of(request, meeting)
    _record(request, sent)
    kept: dict[int, reading.Section] = {}
    for section in sent.sections:
        if not section.why:
            _write(request, sent, section, kept)
    mistaken = [] if sent.failed else _make_all(request, sent)
    _substitute(request, sent)
    remember_keys(request)
    if not sent.problems:
        return _go_on(request, sent)
    fresh = sheet_of(request, meeting)
    fresh.problems, fresh.saved, fresh.typed = sent.problems, sent.saved, sent.typed
    fresh.substitute = sent.substitute
    for number, section in kept.items():
        _keep(fresh.section(number), section)
    for shape, number, form in mistaken:
        open_form(fresh, shape, number, form)
    conflicts = sent.failed or any(each.conflict for each in fresh.sections)
    return show(request, fresh, 409 if conflicts else 200)


def _keep(now: reading.Section | None, section: reading.Section) -> None:
    """What was typed stands on the page again where it could not be saved."""
    if now is not None:
        now.text, now.base, now.problem = section.text, section.base, section.problem


def _write(
    request: HttpRequest, sheet: Sheet, section: reading.Section,
    kept: dict[int, reading.Section],
) -> None:  # fmt: skip
    """Save the text of one item, if it was touched on this page."""
    sent = sending.text_of(request.POST, section.number)
    if sent is None or not _touched(sent, section):
        return
    where = f"#text-{section.number}"
    try:
        verbs.write(
            section.item, text=sent.text, version=sent.version, last=sent.last,
            page=request.POST.get("page", ""), by=request.user,
        )  # fmt: skip
    except verbs.Conflict as conflict:
        by_name = conflict.current.minuted_by
        said = f"Item {section.number}: {by_name} saved it while you were writing"
        sheet.problems.append((where, f"{said}. Both texts are kept below"))
        return
    except ValidationError as problem:
        section.problem, section.text = problem.messages[0], sent.text
        section.base = request.POST[f"base-{section.number}"]
        kept[section.number], sheet.failed = section, True
        sheet.problems.append((where, f"Item {section.number}: {section.problem}"))
        return
    sheet.saved.append(section.number)


def _touched(sent: sending.Sent, section: reading.Section) -> bool:
    """Whether a text is other than the page began with; one put together is, whatever it says."""
    if section.conflict and sent.version == section.item.version:
        return True
    return reading.digest(sent.text) not in (sent.digest, reading.digest(section.shown))


def _make_all(request: HttpRequest, sheet: Sheet) -> list[tuple[str, int, Any]]:
    """Make the decisions and actions that were typed; those to be mended come back."""
    wanted = sending.asked_for(request.POST, "make")
    mistaken = []
    for shape, number in dict.fromkeys([*sending.asked_for(request.POST, "form"), *wanted]):
        section = sheet.section(number)
        if section is None:
            continue
        form = sheet.form(shape, section, request.POST)
        if not form.filled and (shape, number) not in wanted:
            continue
        verb: Any = decide if shape == "decision" else ask
        if not verb(form, section.item, by=request.user):
            sheet.problems += sending.errors_of(form, f"#item-{number}")
            mistaken.append((shape, number, form))
    return mistaken


def _record(request: HttpRequest, sheet: Sheet) -> None:
    """Record who is here and when they came and went, where it was changed on this page."""
    data, now = request.POST, sheet.roll
    chosen = sending.presences(data, now)
    meant, wrong = sending.times(data, now)
    try:
        if chosen:
            attendance.record(sheet.meeting, presences=chosen, by=request.user)
        if meant:
            presence.set_times(sheet.meeting, times=meant, by=request.user)
        sheet.recorded = bool(chosen or meant)
    except ValidationError as problem:
        by_key = getattr(problem, "message_dict", {"": problem.messages})
        wrong |= {key: said[0] for key, said in by_key.items()}
    if wrong:
        # What was typed stands there again.
        sheet.typed = {name: data[name] for name in data if name.startswith(("arrived-", "left-"))}
    sheet.problems += [("#who", said) for said in wrong.values()]


def _substitute(request: HttpRequest, sheet: Sheet) -> None:
    """Record who comes instead of somebody, where that was filled in."""
    if "substitute" not in request.POST.getlist("make"):
        return
    form = SubstituteForm(request.POST, meeting=sheet.meeting, roll=sheet.roll, user=request.user)
    if form.is_valid():
        try:
            attendance.add_substitute(sheet.meeting, **form.words, by=request.user)
            sheet.recorded = True
        except ValidationError as problem:
            say_wrong(form, problem)
    if form.errors:
        sheet.substitute = form
        sheet.problems += sending.errors_of(form, "#substitute")


def _go_on(request: HttpRequest, sheet: Sheet) -> HttpResponse:
    """To what the button was for; the page says what was saved."""
    if "finish" in request.POST:
        return redirect(to(sheet.meeting, "finish"))
    address = to(sheet.meeting, "live")
    opened = sending.asked_for(request.POST, "open")
    if opened:
        shape, number = opened[0]
        return redirect(f"{address}?{urlencode({shape: number})}#{shape}-{number}")
    made = sending.asked_for(request.POST, "make")
    messages.success(request, _says(sheet, made))
    if made:
        return redirect(f"{address}#item-{made[0][1]}")
    number = request.POST.get("save", "")
    whole = number.isdecimal() and len(number) < 10
    return redirect(f"{address}#item-{int(number)}" if whole else address)


def _says(sheet: Sheet, made: list[tuple[str, int]]) -> str:
    """Saved at 10.42am: items 3 and 5, and who is here."""
    parts = []
    if sheet.saved:
        noun = "item" if len(sheet.saved) == 1 else "items"
        *most, last = map(str, sheet.saved)
        parts.append(f"{noun} {', '.join(most)} and {last}" if most else f"{noun} {last}")
    parts += [f"the {shape} in item {number}" for shape, number in made]
    if sheet.recorded:
        parts.append("who is here")
    if not parts:
        return "Everything was saved already."
    return f"Saved at {clock_words(clock.now())}: {', and '.join(parts)}."
