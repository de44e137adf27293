"""What every page's frame shows: the partnership, its sections and the person's notices."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from core.permissions import can
from membership import standing
from notices.queries import unread_count

SECTIONS = [
    ("Meetings", "meetings:list", "read meetings"),
    ("Actions", "actions:list", "read actions"),
    ("Figures", "figures:crime", "read figures"),
    ("Assessment", "assessments:index", "read assessments"),
    ("Case reviews", "triggers:index", "read case reviews"),
    ("Death reviews", "dhr:index", "read death reviews"),
    ("People", "membership:people", "read directory"),
    ("Sharing", "membership:sharing", "read sharing"),
]


def page(request: HttpRequest) -> dict[str, Any]:
    """Only sections that the person may open, and only counts of what they may read."""
    partnership = getattr(request, "partnership", None)
    user = getattr(request, "user", None)
    context: dict[str, Any] = {
        "partnership": partnership,
        "site_name": partnership.name if partnership else settings.SITE_NAME,
        "demonstration": settings.DEMONSTRATION,
        "navigation": [],
        "unread_notices": 0,
    }
    if user is None or not user.is_authenticated:
        return context
    context["unread_notices"] = unread_count(user)
    if partnership is None:
        partnership = _only_partnership(user)
        context["partnership"] = partnership
        context["site_name"] = partnership.name if partnership else settings.SITE_NAME
    context["navigation"] = _navigation(request, partnership)
    return context


def _only_partnership(user: Any) -> Any:
    """On pages of no partnership, the person's own when they sit in just one."""
    theirs = {seat.group.partnership_id: seat.group.partnership for seat in standing.seats(user)}
    return next(iter(theirs.values())) if len(theirs) == 1 else None


def _navigation(request: HttpRequest, partnership: Any) -> list[dict[str, Any]]:
    home = reverse("dashboards:home")
    links = [{"label": "My work", "url": home, "current": request.path == home}]
    if partnership is None:
        return links
    for label, name, verb in SECTIONS:
        if can(request.user, verb, partnership):
            url = reverse(name, args=[partnership.slug])
            links.append({"label": label, "url": url, "current": request.path.startswith(url)})
    return links
