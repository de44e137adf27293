"""One subject across meetings: for those who sit on the groups, and for the public."""

import datetime
import uuid

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

import actions.queries
import audit.workflow
from actions.models import Action
from core import clock
from core.permissions import can, policy, require
from meetings.queries import subjects
from meetings.queries import threads as reading
from membership.models import Partnership

PAGE = 50
WORDS = 100


@policy(Partnership, "read meetings")
def thread(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """A subject from its first mention to what is still open of it, as far as one may read."""
    require(can(request.user, "read meetings", request.partnership))
    found = reading.thread(key, request.user, request.partnership)
    if found is None:
        raise Http404
    restricted = [
        each
        for mention in found.mentions
        if mention.restricted
        for each in (mention.item, *(action for action in mention.actions if action.restricted))
    ]
    if restricted:
        audit.workflow.record_reads(restricted, by=request.user, partnership=request.partnership)
    today = clock.today()
    mentions = [
        (mention, [_action(action, today) for action in mention.actions])
        for mention in found.mentions
    ]
    public = bool(subjects.subject(request.partnership, key))
    context = {"thread": found, "mentions": mentions, "key": key, "public": public}
    return render(request, "meetings/thread.html", context)


def _action(action: Action, today: datetime.date) -> tuple[Action, str, list[tuple[str, str]]]:
    return action, actions.queries.owner_words(action), actions.queries.states(action, today)


@login_not_required
@policy(Partnership, "read public pages")
def public_subjects(request: HttpRequest) -> HttpResponse:
    """The subjects of published minutes, to be followed from meeting to meeting."""
    require(can(request.user, "read public pages", request.partnership))
    words = request.GET.get("q", "").replace("\x00", "").strip()[:WORDS]
    found = subjects.subjects(request.partnership, words)
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    most = subjects.MOST_WORDS if len(words.split()) > subjects.MOST_WORDS else 0
    context = {"page": page, "words": words, "most": most}
    return render(request, "meetings/public_subjects.html", context)


@login_not_required
@policy(Partnership, "read public pages")
def public_subject(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """A subject in the board's published minutes, and nothing that is not in them."""
    require(can(request.user, "read public pages", request.partnership))
    mentions = subjects.subject(request.partnership, key)
    if not mentions:
        raise Http404
    context = {"mentions": mentions, "title": mentions[-1].title}
    return render(request, "meetings/public_subject.html", context)
