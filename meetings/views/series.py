"""Every meeting of one group, with what it decided, asked for and published."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from core import clock
from core.components import Link
from core.permissions import can, load, policy
from meetings import queries
from meetings.queries import series as reading
from membership.models import Group

PAGE = 20


@policy(Group, "read meetings")
def series(request: HttpRequest, group: str) -> HttpResponse:
    """The meetings of a group, the newest first, and the next one."""
    found = load(request, Group, "read meetings", slug=group)
    found.partnership = request.partnership
    today = clock.today()
    page = Paginator(reading.series(found, request.user), PAGE).get_page(request.GET.get("page"))
    for meeting in page.object_list:
        meeting.group = found
    context = {
        "group": found, "page": page, "next": queries.to_come(found).filter(on__gte=today).first(),
        "rows": [_row(meeting, today) for meeting in page.object_list],
        "links": _links(request, found),
    }  # fmt: skip
    if context["next"]:
        context["next"].group = found
    return render(request, "meetings/series.html", context)


def _row(meeting: Any, today: Any) -> tuple[Any, str, str, str]:
    return meeting, *queries.state_of(meeting, today), reading.minutes_words(meeting)


def _links(request: HttpRequest, group: Group) -> list[Link]:
    slug = request.partnership.slug
    links = [
        Link("Attendance", reverse("meetings:attendance_record", args=[slug, group.slug])),
        Link("Decisions", f"{reverse('meetings:decisions', args=[slug])}?group={group.slug}"),
        Link("Actions", f"{reverse('actions:list', args=[slug])}?group={group.slug}"),
    ]
    if can(request.user, "schedule meetings", group):
        links.append(Link("Set dates", reverse("meetings:schedule", args=[slug, group.slug])))
    return links
