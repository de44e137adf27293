"""Taking minutes live: the whole agenda on one page, with who is here and what is made in place."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string

from audit.workflow import record_reads
from core.dates import clock as clock_words
from core.permissions import load, policy
from meetings import workflow
from meetings.forms import live as sending
from meetings.models import Meeting
from meetings.queries import live as reading
from meetings.queries.attendance import Person, Roll, roll
from meetings.views.live_page import open_form, sheet_of, show
from meetings.views.live_saving import save
from meetings.views.making import ask, decide
from meetings.views.minutes import item_of, where_it_is
from meetings.workflow import minutes as verbs
from meetings.workflow import presence


@policy(Meeting, GET="take minutes", POST="take minutes")
def live(request: HttpRequest, slug: str) -> HttpResponse:
    """Every item with its minute, decisions and actions, below who is here."""
    meeting = load(request, Meeting, "take minutes", slug=slug)
    if request.method == "POST":
        return save(request, meeting)
    verdict = workflow.fits("take minutes", meeting)
    if not verdict:
        messages.info(request, verdict.reason)
        return where_it_is(meeting)
    sheet = sheet_of(request, meeting)
    for shape in sending.SHAPES:
        for _, number in sending.asked_for(_named(request, shape), shape):
            open_form(sheet, shape, number)
    return show(request, sheet)


def _named(request: HttpRequest, shape: str) -> Any:
    """``?decision=5`` names a form as ``decision-5`` does."""
    data = request.GET.copy()
    data.setlist(shape, [f"{shape}-{number}" for number in request.GET.getlist(shape)])
    return data


@policy(Meeting, POST="take minutes")
def make(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """A decision or an action made in place: the item's list afterwards, or the form mended.

    Asked for a ``blank`` one, it answers with the form as it would be now.
    """
    item = item_of(request, slug, number)
    sheet = sheet_of(request, item.meeting)
    section = sheet.section(number)
    blank = sending.asked_for(request.POST, "blank")
    asked = sending.asked_for(request.POST, "make") or blank
    if section is None or not asked:
        return JsonResponse({"problem": "Choose a decision or an action."}, status=400)
    shape, _ = asked[0]
    if blank:
        html = _rendered(
            request, f"meetings/_{shape}_form.html", section, form=sheet.form(shape, section)
        )
        return JsonResponse({"form": html})
    form = sheet.form(shape, section, request.POST)
    verb: Any = decide if shape == "decision" else ask
    if not verb(form, item, by=request.user):
        html = _rendered(request, f"meetings/_{shape}_form.html", section, form=form)
        return JsonResponse({"form": html}, status=422)
    fresh = reading.one(item, request.user, verbs.put_together)
    if fresh.shows_restricted:
        record_reads([item], by=request.user, partnership=item.meeting.partnership)
    return JsonResponse({"made": _rendered(request, "meetings/_made.html", fresh)})


def _rendered(request: HttpRequest, template: str, section: reading.Section, **more: Any) -> str:
    context = {
        "section": section, "meeting": section.item.meeting,
        "partnership": section.item.meeting.partnership, **more,
    }  # fmt: skip
    return render_to_string(template, context, request)


@policy(Meeting, POST="take minutes")
def present(request: HttpRequest, slug: str) -> HttpResponse:
    """One person present, away, arrived or gone; answered in JSON with how many are here now."""
    meeting = load(request, Meeting, "take minutes", slug=slug)
    key, deed = request.POST.get("key", ""), request.POST.get("deed", "")
    try:
        person = presence.say(meeting, key=key, deed=deed, by=request.user)
    except ValidationError as problem:
        return JsonResponse({"problem": problem.messages[0]}, status=400)
    return JsonResponse(_told(person, roll(meeting)))


def _told(person: Person, now: Roll) -> dict[str, Any]:
    times = {"arrived": person.arrived_at, "left": person.left_at}
    return {
        "says": ", ".join(part for part in (person.name, person.says, person.times) if part),
        "presence": person.presence, "times": person.times, "now": now.quorate_now,
        "tally": ", ".join(f"{label.lower()} {number}" for label, number in now.tally),
        **{name: clock_words(time) if time else "" for name, time in times.items()},
    }  # fmt: skip
