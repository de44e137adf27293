"""What the pages of this room have in common."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from core.components import Link


def at(request: Any, name: str, *args: Any) -> str:
    """The address of a page of this room, in the partnership of the request."""
    return reverse(f"membership:{name}", args=[request.partnership.slug, *args])


def people_crumb(request: HttpRequest) -> Link:
    """Every page but those about sharing and countywide services lies below the directory."""
    return Link("People", at(request, "people"))


def form_page(
    request: HttpRequest, form: Any, title: str, crumbs: list[Link], *, intro: str = "",
    template: str = "membership/form.html", **more: Any,
) -> HttpResponse:  # fmt: skip
    """A page that asks for one thing; 409 where the record was changed meanwhile."""
    form.cancel = form.cancel or crumbs[-1].url
    context = {"form": form, "title": title, "crumbs": crumbs, "intro": intro, **more}
    return render(request, template, context, status=409 if getattr(form, "stale", 0) else 200)
