"""What is published: for everybody, signed in or not."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.shortcuts import render

from core.permissions import can, load, policy, require
from documents import queries
from documents.files import download
from documents.models import Publication, Withdrawal
from membership.models import Partnership

DAY = 24 * 60 * 60


@login_not_required
@policy(Partnership, "read publications")
def publications(request: HttpRequest) -> HttpResponse:
    """Everything that the partnership has published and not replaced."""
    require(can(request.user, "read publications", request.partnership))
    found = queries.publications(request.partnership)
    page = Paginator(found, 50).get_page(request.GET.get("page"))
    return render(request, "documents/publications.html", {"page": page})


@login_not_required
@policy(Publication, "read")
def publication(request: HttpRequest, slug: str) -> HttpResponse:
    """One publication as a page, with its hash, its PDF and what corrects it."""
    found = load(request, Publication, "read", slug=slug)
    if gone := queries.withdrawal_of(found):
        return _gone(request, gone)
    context = {
        "publication": found,
        "size": queries.size_of(found),
        "successor": queries.newest(found),
    }
    return render(request, "documents/publication.html", context)


@login_not_required
@policy(Publication, "read")
def publication_pdf(request: HttpRequest, slug: str) -> HttpResponse:
    """The PDF. It never changes, so whoever has it need not fetch it again."""
    found = load(request, Publication, "read", slug=slug)
    if gone := queries.withdrawal_of(found):
        return _gone(request, gone)
    tag = f'"{found.content_id}"'
    response: Any = HttpResponseNotModified()
    if request.headers.get("If-None-Match") != tag:
        response = download(found.content.data, "application/pdf", found.file_name)
    response["ETag"] = tag
    response["Cache-Control"] = f"public, max-age={DAY}"
    return response


def _gone(request: HttpRequest, gone: Withdrawal) -> HttpResponse:
    """What stands in the place of a publication that was taken off the site."""
    return render(request, "documents/publication_gone.html", {"gone": gone}, status=410)
