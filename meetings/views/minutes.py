"""Taking minutes, one item at a time, with what it decides and asks for made in place."""

import uuid
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render

from audit.workflow import record_reads
from core import clock
from core.dates import clock as clock_words
from core.forms import say_wrong
from core.markings import holds_passage, open_part
from core.permissions import policy
from meetings import workflow
from meetings.forms.minutes import ActionForm, DecisionForm, MinuteForm
from meetings.models import BEFORE, Draft, Item, Meeting
from meetings.queries import completion
from meetings.queries import minutes as reading
from meetings.queries.agenda import titled
from meetings.queries.attendance import roll
from meetings.queries.interests import at_the_item, restricted_of
from meetings.queries.live import base_of
from meetings.queries.passages import minute_for, shows_restricted, why_closed
from meetings.recusal import recused
from meetings.views.loading import the_item
from meetings.views.making import ask, decide
from meetings.views.panel import to
from meetings.workflow import attendance
from meetings.workflow import minutes as verbs

KEYS = "minute_keys"  # in the session: whether the keys of the minute page work


# ---- the page of one item -----------------------------------------------------------------------


@dataclass
class Sheet:
    """The forms of one item's page, which are sent together so that nothing typed is lost.

    ``problem`` says why the text could not be saved, ``closed`` why part of it is withheld.
    """

    item: Item
    minute: MinuteForm
    decision: DecisionForm
    action: ActionForm
    conflict: reading.Conflict | None = None
    problem: str = ""
    closed: str = ""


@policy(Meeting, GET="take minutes", POST="take minutes")
def minutes(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """The item's minute, decisions and actions, beside the whole agenda."""
    item = item_of(request, slug, number)
    if request.method == "POST":
        return _save(request, item)
    verdict = workflow.fits("take minutes", item.meeting)
    if not verdict:
        messages.info(request, verdict.reason)
        return where_it_is(item.meeting)
    return _page(request, _sheet(request, item))


@policy(Meeting, POST="take minutes")
def decision_add(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Save the page, with a decision."""
    return _save(request, item_of(request, slug, number), wanted="decision")


@policy(Meeting, POST="take minutes")
def action_add(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Save the page, with an action."""
    return _save(request, item_of(request, slug, number), wanted="action")


@policy(Meeting, POST="take minutes")
def autosave(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Save the minute alone, and say in JSON what is in the database now."""
    item = item_of(request, slug, number)
    form = MinuteForm(request.POST)
    if not form.is_valid():
        return JsonResponse({"problem": _first(form)}, status=400)
    try:
        saved = verbs.write(item, by=request.user, **_written(form))
    except verbs.Conflict as conflict:
        return JsonResponse(_both(request, conflict), status=409)
    except ValidationError as problem:
        return JsonResponse({"problem": problem.messages[0]}, status=400)
    remember_keys(request)
    told: dict[str, Any] = {
        "saved": clock_words(clock.now()), "version": saved.version, "base": base_of(saved),
    }  # fmt: skip
    if saved.minute != form.cleaned_data["text"]:
        told["text"] = saved.minute
    return JsonResponse(told)


def item_of(request: HttpRequest, slug: str, number: int) -> Item:
    """An item for which this person may take minutes; restricted ones open through the gate."""
    return the_item(request, slug, "take minutes", number=number)


def where_it_is(meeting: Meeting) -> HttpResponse:
    """The page that shows what there is of the minutes now."""
    if meeting.status in BEFORE or meeting.cancelled_at:
        return redirect(meeting)
    return redirect(to(meeting, "draft_minutes"))


def _written(form: MinuteForm) -> dict[str, Any]:
    last = form.cleaned_data["last"] if "last" in form.data else None
    return {**form.cleaned_data, "last": last}


def _first(form: Any) -> str:
    return next(iter(form.errors.values()))[0]


def _both(request: HttpRequest, conflict: verbs.Conflict) -> dict[str, Any]:
    """A conflict for the script: both texts, both in the database, and how to join them."""
    item, user = conflict.current, request.user
    draft = Draft(item=item, text=conflict.yours, based_on=conflict.based_on)
    found = reading.conflict_with(item, user, [draft], verbs.put_together)
    closed = why_closed(item, user)
    if holds_passage(found.theirs):
        record_reads([item], by=user, partnership=item.meeting.partnership)
    return {
        "theirs": found.theirs, "yours": found.yours, "both": found.both,
        "version": item.version, "base": base_of(item, found.theirs),
        "kept": clock_words(clock.now()),
        "says": f"{found.by_name} saved this item at {clock_words(item.minuted_at)}, while you "
        f"were writing. Both texts are kept. {closed}".strip(),
        "closed": closed,
    }  # fmt: skip


def item_url(item: Item) -> str:
    """The page of an item's minutes."""
    return to(item.meeting, "minutes", item.number)


def remember_keys(request: HttpRequest) -> None:
    """Whether the keys are on, as the box on the page says; only pages with script send it."""
    if "keys_known" in request.POST and request.session.get(KEYS, True) != ("keys" in request.POST):
        request.session[KEYS] = "keys" in request.POST


# ---- saving a page ------------------------------------------------------------------------------


def _sheet(request: HttpRequest, item: Item, data: Any = None) -> Sheet:
    """The forms of a page: fresh, or with what was sent."""
    meeting = item.meeting
    later = reading.next_meeting(meeting)
    initial = {"due_on": later.on} if later else {}
    owners = reading.owners(meeting.partnership, meeting.on)
    conflict = reading.conflict_of(item, request.user, verbs.put_together)
    return Sheet(
        item,
        _minute_form(item, conflict, request.user) if data is None else MinuteForm(data),
        DecisionForm(data, prefix="decision", item=item, here=reading.names_here(meeting)),
        ActionForm(data, prefix="action", item=item, owners=owners, initial=initial),
        conflict,
        closed=why_closed(item, request.user),
    )


def _minute_form(item: Item, conflict: reading.Conflict | None, user: Any) -> MinuteForm:
    text = conflict.both if conflict else minute_for(item, user)
    page = uuid.uuid4().hex
    form = MinuteForm(initial={"text": text, "version": item.version, "page": page})
    if why_closed(item, user):
        form.fields["text"].widget.attrs["readonly"] = True
    return form


def _save(request: HttpRequest, item: Item, wanted: str = "") -> HttpResponse:
    """Save all that was typed on the page, whichever button was pressed, and go on."""
    sent = _sheet(request, item, request.POST)
    _record(request, item.meeting)
    conflicting = _save_minute(request, sent)
    mistaken = ["minute"] if sent.minute.errors else []
    if not sent.problem:
        mistaken += _make(request, sent, wanted)
    if conflicting or mistaken:
        fresh = _sheet(request, item_of(request, item.meeting.slug, item.number))
        for name in mistaken:
            setattr(fresh, name, getattr(sent, name))
        status = 409 if conflicting or sent.problem else 200
        return _page(request, fresh, [getattr(sent, name) for name in mistaken], status)
    remember_keys(request)
    if "next" in request.POST:
        return redirect(_url_after(item, request.user))
    return redirect(item_url(item) + (f"#{wanted}s" if wanted else ""))


def _save_minute(request: HttpRequest, sent: Sheet) -> bool:
    """Save the text; true when somebody else had saved theirs meanwhile."""
    if not sent.minute.is_valid() or _only_read(sent):
        return False
    try:
        verbs.write(sent.item, by=request.user, **_written(sent.minute))
    except verbs.Conflict:
        return True
    except ValidationError as problem:
        sent.problem = problem.messages[0]
        say_wrong(sent.minute, problem)
    return False


def _only_read(sent: Sheet) -> bool:
    """Whether all that came back is the open part of a minute that its reader may not write."""
    return bool(sent.closed) and sent.minute.cleaned_data["text"] == open_part(sent.item.minute)


def _record(request: HttpRequest, meeting: Meeting) -> None:
    """Record who is here, for those only whose choice was changed on this page."""
    chosen = {
        name.removeprefix("was-"): request.POST.get(name.removeprefix("was-"), was)
        for name, was in request.POST.items()
        if name.startswith("was-")
    }
    changed = {key: value for key, value in chosen.items() if value != request.POST[f"was-{key}"]}
    if changed:
        try:
            attendance.record(meeting, presences=changed, by=request.user)
        except ValidationError as problem:
            messages.error(request, problem.messages[0])


def _make(request: HttpRequest, sent: Sheet, wanted: str) -> list[str]:
    """Make the decision and the action that were typed; the names of the forms to be mended."""
    empty = not sent.decision.filled and not sent.action.filled
    mistaken = []
    if sent.decision.filled or (empty and wanted == "decision"):
        mistaken += [] if decide(sent.decision, sent.item, by=request.user) else ["decision"]
    if sent.action.filled or (empty and wanted == "action"):
        mistaken += [] if ask(sent.action, sent.item, by=request.user) else ["action"]
    return mistaken


def _url_after(item: Item, user: Any) -> str:
    """The next item in which the person takes part; after the last, the end."""
    rest = item.meeting.items.filter(number__gt=item.number).exclude(pk__in=recused(user))
    later = rest.order_by("number").first()
    if later is None:
        return to(item.meeting, "finish")
    later.meeting = item.meeting
    return item_url(later)


# ---- showing it ---------------------------------------------------------------------------------


def _page(
    request: HttpRequest, sheet: Sheet, mistaken: Any = (), status: int = 200
) -> HttpResponse:
    """The page of an item, after it is on record that restricted text was read."""
    item, meeting = sheet.item, sheet.item.meeting
    actions = list(reading.actions_of(item, request.user))
    arising = list(reading.arising(item, request.user))
    decisions = reading.decisions_of(item, request.user)
    interests = at_the_item(item, request.user)
    restricted = [each for each in (*actions, *arising) if each.restricted]
    restricted += restricted_of(interests)
    if shows_restricted(item, decisions, request.user):
        restricted.append(item)
    record_reads(restricted, by=request.user, partnership=meeting.partnership)
    stops, now = reading.rail(meeting, request.user), roll(meeting)
    later = [stop for stop in stops if stop.number > item.number and not stop.withdrew]
    context = {
        "meeting": meeting, "item": item, "sheet": sheet, "conflict": sheet.conflict,
        "stops": stops, "next_stop": later[0] if later else None, "last": stops[-1].number,
        "actions": actions, "arising": arising,
        "decisions": decisions, "names": completion.names(meeting, now, request.user),
        "papers": titled(item, request.user),
        "roll": now, "places": reading.places(now, attendance.recordable(meeting)),
        "keys": request.session.get(KEYS, True),
        "interests": interests, "to_agree": reading.to_agree(item),
        "agreed": reading.agreed_here(item),
        "form": mistaken[0] if mistaken else None,
    }  # fmt: skip
    return render(request, "meetings/minutes.html", context, status=status)
