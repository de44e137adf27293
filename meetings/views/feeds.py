"""Calendars: a person's private feed, the board's public one, and a file for each meeting."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.http import http_date, quote_etag

from accounts.models import User
from core import clock
from core.permissions import can, load, policy, require
from core.workflow import Wrong
from meetings import calendars
from meetings.models import CalendarFeed, Meeting
from meetings.queries import calendar as reading
from meetings.workflow import feeds as verbs
from membership.models import GroupKind, Partnership
from notices.models import calendars as calendars_of

NAME = "Community safety meetings"
TYPE = "text/calendar; charset=utf-8"

# ---- one's own feed -----------------------------------------------------------------------------


@policy(User, GET="keep a calendar")
def page(request: HttpRequest) -> HttpResponse:
    """Whether one has a feed, when it was last read, and how to make, replace or remove it."""
    require(can(request.user, "keep a calendar", User(pk=request.user.pk)))
    return _page(request)


def _page(request: HttpRequest, secret: str = "") -> HttpResponse:
    found = reading.feed_of(request.user)
    address = duties = ""
    if secret:
        address = settings.SITE_ADDRESS + reverse("calendar:feed", args=[secret])
        duties = settings.SITE_ADDRESS + reverse("calendar:duties", args=[secret])
    context = {
        "feed": found, "address": address, "duties": duties if calendars_of(request.user) else "",
        "stamp": verbs.stamp_of(found) if found else "",
    }  # fmt: skip
    return render(request, "meetings/calendar.html", context)


@policy(User, POST="keep a calendar")
def make(request: HttpRequest) -> HttpResponse:
    """Make an address, or replace the one there is, and show it this once."""
    require(can(request.user, "keep a calendar", User(pk=request.user.pk)))
    try:
        secret = verbs.make(by=request.user, stamp=request.POST.get("stamp", ""))
    except Wrong as wrong:
        messages.error(request, wrong.messages[0])
        return redirect("calendar:page")
    return _page(request, secret)


@policy(User, POST="keep a calendar")
def remove(request: HttpRequest) -> HttpResponse:
    """Take the feed away."""
    require(can(request.user, "keep a calendar", User(pk=request.user.pk)))
    try:
        verbs.remove(by=request.user, stamp=request.POST.get("stamp", ""))
    except Wrong as wrong:
        messages.error(request, wrong.messages[0])
    else:
        messages.success(request, "Your calendar address is removed. It leads nowhere any more.")
    return redirect("calendar:page")


@login_not_required
@policy(CalendarFeed, "read")
def feed(request: HttpRequest, secret: str) -> HttpResponse:
    """A person's meetings, for their calendar program: the address is all that it needs."""
    found = reading.feed_at(secret)
    if found is None:
        raise Http404
    require(can(request.user, "read", found))
    response = _feed(request, reading.entries_of(found.person, clock.today()), NAME)
    verbs.note_reading(found)
    return response


# ---- for everybody ------------------------------------------------------------------------------


@login_not_required
@policy(Partnership, "read public pages")
def public_feed(request: HttpRequest) -> HttpResponse:
    """The board's meetings, to subscribe to."""
    partnership = request.partnership
    require(can(request.user, "read public pages", partnership))
    entries = reading.public_entries(partnership, clock.today())
    return _feed(request, entries, f"{partnership.name}: meetings")


@login_not_required
@policy(Partnership, "read public pages")
def public_file(request: HttpRequest, slug: str) -> HttpResponse:
    """One meeting of the board, to add to a calendar."""
    require(can(request.user, "read public pages", request.partnership))
    found = reading.one(reading.board_meetings(request.partnership), slug, public=True)
    if found is None:
        raise Http404
    return _file(*found)


# ---- for those who sit on the group -------------------------------------------------------------


@policy(Meeting, "view")
def file(request: HttpRequest, slug: str) -> HttpResponse:
    """One meeting, to add to a calendar; a cancelled one takes itself out again."""
    meeting = load(request, Meeting, "view", slug=slug)
    found = reading.one(Meeting.objects.visible_to(request.user).of(request.partnership), slug)
    if found is None:
        raise Http404
    entry, _ = found
    return _file(entry, meeting)


# ---- what is sent -------------------------------------------------------------------------------


def _feed(request: HttpRequest, entries: list[calendars.Entry], name: str) -> HttpResponse:
    """The calendar, or word that nothing has changed since it was last read."""
    etag = quote_etag(calendars.tag(entries))
    changed = reading.changed(entries)
    unchanged = get_conditional_response(request, etag=etag, last_modified=changed)
    if unchanged is not None and unchanged.status_code == 304:
        response = unchanged
    else:
        response = HttpResponse(calendars.feed(entries, name=name), content_type=TYPE)
    response["ETag"] = etag
    response["Last-Modified"] = http_date(changed)
    response["Cache-Control"] = "private, no-cache"
    return response


def _file(entry: calendars.Entry, meeting: Meeting) -> HttpResponse:
    name = f"meeting-{meeting.on:%Y-%m-%d}"
    if meeting.group.kind != GroupKind.PANEL:
        name = meeting.slug
    response = HttpResponse(calendars.single(entry), content_type=TYPE)
    response["Content-Disposition"] = f'attachment; filename="{name}.ics"'
    return response
