"""The duties of the governance calendar at a second address of a person's own feed."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag

from core import clock
from core.permissions import can, policy, require
from meetings.models import CalendarFeed
from meetings.queries.calendar import feed_at
from meetings.workflow.feeds import note_reading
from notices import calendars
from notices.models import Turn

NAME = "Community safety duties"


@login_not_required
@policy(CalendarFeed, "read")
def duty_feed(request: HttpRequest, secret: str) -> HttpResponse:
    """What is due of the partnerships whose calendar the person may read; empty for others."""
    found = feed_at(secret)
    if found is None:
        raise Http404
    require(can(request.user, "read", found))
    turns = calendars.turns_to_show(Turn.objects.visible_to(found.person), clock.today())
    etag = quote_etag(calendars.tag(turns))
    response = get_conditional_response(request, etag=etag)
    if response is None or response.status_code != 304:
        body = calendars.feed(turns, name=NAME)
        response = HttpResponse(body, content_type="text/calendar; charset=utf-8")
    response["ETag"] = etag
    response["Cache-Control"] = "private, no-cache"
    note_reading(found)
    return response
