"""A page of 50 rows, and one that only looks who it is."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from bench.bare.models import Row


@login_required
def rows(request: HttpRequest) -> HttpResponse:
    """The baseline: session, user and one table."""
    return render(request, "rows.html", {"rows": Row.objects.all()})


@login_required
def session(request: HttpRequest) -> HttpResponse:
    """Session and user, and nothing else."""
    return HttpResponse(f"Signed in as {request.user}")
