"""My work, the public front, the policy and the record: pages that only read."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed

from core import clock, permissions
from core.exports import csv_response
from core.markup import plain
from core.permissions import can, policy, require
from dashboards import queries
from dashboards.permissions import FrontDoor
from membership.models import Partnership

FOUND = 50  # pages that a search shows at most
OUTLINES = {path.stem for path in (Path(settings.BASE_DIR) / "static" / "outlines").glob("*.svg")}


@login_not_required
@policy(FrontDoor, "open")
def home(request: HttpRequest) -> HttpResponse:
    """My work, or for those not signed in the front of the partnership, or a choice of them."""
    require(can(request.user, "open", FrontDoor()))
    if request.user.is_authenticated:
        today = clock.today()
        parts = queries.my_work(request.user, today)
        count = sum(len(part.needs_me) for part in parts)
        return render(
            request, "dashboards/home.html", {"parts": parts, "today": today, "count": count}
        )
    partnerships = list(Partnership.objects.visible_to(request.user)[:400])
    if len(partnerships) == 1:
        request.partnership = partnerships[0]
        return public(request)
    return render(request, "dashboards/partnerships.html", {"partnerships": partnerships})


@login_not_required
@policy(Partnership, "read public pages")
def public(request: HttpRequest) -> HttpResponse:
    """The partnership in public."""
    require(can(request.user, "read public pages", request.partnership))
    today = clock.today()
    front = queries.front(request.partnership, today)
    area = request.partnership.areas.on(today).first()
    outline = f"outlines/{area.gss_code}.svg" if area and area.gss_code in OUTLINES else ""
    return render(request, "dashboards/public.html", {"front": front, "outline": outline})


@login_not_required
@policy(Partnership, "read public pages")
def public_search(request: HttpRequest) -> HttpResponse:
    """Search what is published."""
    require(can(request.user, "read public pages", request.partnership))
    words = request.GET.get("q", "").replace("\x00", "").strip()[:200]
    found = queries.search(request.partnership, words, FOUND + 1) if words else []
    context = {"words": words, "found": found[:FOUND], "more": len(found) > FOUND}
    return render(request, "dashboards/search.html", context)


@login_not_required
@policy(Partnership, "read public pages")
def feed(request: HttpRequest) -> HttpResponse:
    """An Atom feed of what is published."""
    require(can(request.user, "read public pages", request.partnership))
    slug = request.partnership.slug
    atom = Atom1Feed(
        title=plain(f"{request.partnership}: publications"),
        link=settings.SITE_ADDRESS + reverse("dashboards:public", args=[slug]),
        description="",
        feed_url=settings.SITE_ADDRESS + reverse("dashboards:feed", args=[slug]),
        language="en-gb",
    )
    for each in queries.latest(request.partnership):
        address = settings.SITE_ADDRESS + each.url
        atom.add_item(
            title=plain(each.title), link=address, description=plain(each.summary),
            unique_id=address, pubdate=each.at, updateddate=each.at,
        )  # fmt: skip
    return HttpResponse(atom.writeString("utf-8"), content_type=atom.content_type)


@policy(Partnership, "see what is owed")
def owed(request: HttpRequest) -> HttpResponse:
    """What the law and the terms of reference ask, and how each stands."""
    require(can(request.user, "see what is owed", request.partnership))
    found = queries.owed(request.partnership, clock.today())
    return render(request, "dashboards/owed.html", {"owed": found, "today": clock.today()})


@policy(Partnership, "read policy")
def policy_table(request: HttpRequest) -> HttpResponse:
    """The whole permission table, as the application asks it."""
    require(can(request.user, "read policy", request.partnership))
    rooms: dict[str, list[permissions.Row]] = {}
    for row in permissions.rows():
        rooms.setdefault(row.room, []).append(row)
    return render(request, "dashboards/policy.html", {"rooms": rooms})


@policy(Partnership, "read audit")
def audit(request: HttpRequest) -> HttpResponse:
    """Who did what, and who opened restricted papers."""
    require(can(request.user, "read audit", request.partnership))
    reads = request.GET.get("show") == "reads"
    words = request.GET.get("q", "").replace("\x00", "").strip()[:100]
    ask: Any = queries.reads if reads else queries.deeds
    entries = ask(request.user, request.partnership)
    if words:
        entries = entries.containing(words)
    if request.GET.get("format") == "csv":
        lines = (
            [each.at.isoformat(), each.actor_name, "read" if reads else each.verb,
             each.kind, each.subject]
            for each in entries[:50_000]
        )  # fmt: skip
        return csv_response("record", ["when", "who", "did", "kind", "what"], lines)
    page = Paginator(entries, 50).get_page(request.GET.get("page"))
    context = {"page": page, "reads": reads, "words": words, "total": page.paginator.count}
    return render(request, "dashboards/audit.html", context)


@login_not_required
@policy(FrontDoor, "open")
def accessibility(request: HttpRequest) -> HttpResponse:
    """The accessibility statement."""
    require(can(request.user, "open", FrontDoor()))
    return render(request, "dashboards/accessibility.html")


@login_not_required
@policy(FrontDoor, "open")
def privacy(request: HttpRequest) -> HttpResponse:
    """What is kept about people, and why."""
    require(can(request.user, "open", FrontDoor()))
    return render(request, "dashboards/privacy.html")


@login_not_required
@policy(FrontDoor, "open")
def contact(request: HttpRequest) -> HttpResponse:
    """How to reach each partnership's community safety team."""
    require(can(request.user, "open", FrontDoor()))
    partnerships = Partnership.objects.visible_to(request.user)[:400]
    return render(request, "dashboards/contact.html", {"partnerships": partnerships})
