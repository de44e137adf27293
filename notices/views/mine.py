"""What I have been told: the list, one notice, and all of them read."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from core.components import Link, View
from core.permissions import can, load, policy, require
from membership import standing
from notices import queries, workflow
from notices.models import Notice


@policy(Notice, "read")
def notices(request: HttpRequest) -> HttpResponse:
    """A person's notices, unread first; by partnership where there are several."""
    require(can(request.user, "read", Notice(recipient=request.user)))
    counts = queries.counts(request.user)
    wanted = request.GET.get("partnership", "")
    chosen = next((each for each in counts if each.slug == wanted), None)
    paginator = Paginator(queries.notices(request.user, chosen.slug if chosen else ""), 50)
    paginator.count = chosen.all if chosen else sum(each.all for each in counts)
    context = {
        "page": paginator.get_page(request.GET.get("page")),
        "views": _views(counts, chosen) if len(counts) > 1 else [],
        "unread": sum(each.unread for each in counts),
        "several": len(counts) > 1,
        "links": _overseen(request.user),
    }
    return render(request, "notices/list.html", context)


def _overseen(user: Any) -> list[Link]:
    """To what goes out, for officers; of each partnership by its name, where there are several."""
    theirs = {seat.group.partnership.pk: seat.group.partnership for seat in standing.seats(user)}
    overseen = [each for each in theirs.values() if can(user, "see reminders", each)]
    return [
        Link(
            "What goes out, and the mail log"
            if len(overseen) == 1
            else f"{each.place}: what goes out",
            reverse("notices:scheduled", args=[each.slug]),
        )
        for each in overseen
    ]


def _views(counts: list[queries.Count], chosen: queries.Count | None) -> list[View]:
    everything = View("All", sum(each.all for each in counts), "?", current=chosen is None)
    return [everything] + [
        View(each.place, each.all, f"?partnership={each.slug}", current=each is chosen)
        for each in counts
    ]


@policy(Notice, "read")
def notice(request: HttpRequest, pk: int) -> HttpResponse:
    """Go where a notice leads; from then on it is read. Asking for its head alone reads nothing."""
    found = load(request, Notice, "read", pk=pk)
    if request.method == "GET":
        workflow.read(found, by=request.user)
    here = {request.get_host()}
    if not url_has_allowed_host_and_scheme(found.url, here, request.is_secure()):
        return redirect("notices:list")
    return redirect(found.url)


@policy(Notice, POST="read")
def read_all(request: HttpRequest) -> HttpResponse:
    """Mark every notice of mine as read."""
    require(can(request.user, "read", Notice(recipient=request.user)))
    workflow.read_all(by=request.user)
    return redirect("notices:list")
