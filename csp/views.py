"""Health, and the pages that say what went wrong."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from core.permissions import Refused, policy
from csp.health import Installation


@login_not_required
@policy(Installation, "read health")
def livez(request: HttpRequest) -> HttpResponse:
    """The process answers."""
    return JsonResponse({"status": "alive"})


@login_not_required
@policy(Installation, "read health")
def readyz(request: HttpRequest) -> HttpResponse:
    """The database answers and its migrations are applied; 503 while they are not."""
    try:
        executor = MigrationExecutor(connection)
        waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DatabaseError:
        return JsonResponse({"status": "database unreachable"}, status=503)
    if waiting:
        return JsonResponse({"status": "migrations waiting"}, status=503)
    return JsonResponse({"status": "ready"})


def refused(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403 with the reason, what the person can do, and whom to ask."""
    reason = exception.verdict.reason if isinstance(exception, Refused) else ""
    return render(request, "403.html", {"exception": reason}, status=403)


def missing(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404, the same for what is not there and for what one may not know of."""
    return render(request, "404.html", status=404)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400, for a request that no form of ours sends."""
    return render(request, "400.html", status=400)


def broken(request: HttpRequest) -> HttpResponse:
    """500, without the database: the page must come even when that is what broke."""
    return HttpResponse(render_to_string("500.html"), status=500)


def stale_page(request: HttpRequest, reason: str = "", **more: Any) -> HttpResponse:
    """403 for a form whose page is too old: what to do, nothing technical."""
    return render(request, "403_csrf.html", status=403)
