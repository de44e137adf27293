"""The application's addresses, and one that asks who one is and what one may do, and no more."""

from django.http import HttpRequest, HttpResponse
from django.urls import include, path

from core.permissions import can, policy, require
from csp.urls import handler400, handler403, handler404, handler500
from membership.models import Partnership

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]


@policy(Partnership, "read meetings")
def entry(request: HttpRequest) -> HttpResponse:
    """Sign-in, partnership and permission, without a page."""
    require(can(request.user, "read meetings", request.partnership))  # type: ignore[attr-defined]
    return HttpResponse(f"{request.user} may")


urlpatterns = [
    path("", include("csp.urls")),
    path("<slug:partnership>/bench/entry/", entry, name="bench_entry"),
]
