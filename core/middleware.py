"""What happens around every request: its memory, and the refusal of undeclared views."""

import logging
from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed

from core import remember
from core.permissions import Refused, denied

logger = logging.getLogger("csp.policy")

Respond = Callable[[HttpRequest], HttpResponse]


class RequestMemory:
    """Let questions asked often within one request (which seats do I hold?) be answered once."""

    def __init__(self, get_response: Respond) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with remember.during():
            return self.get_response(request)


class DeclaredPolicy:
    """Refuse any view that declares no row of the policy: a page ships guarded or not at all."""

    def __init__(self, get_response: Respond) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Any, args: Any, kwargs: Any
    ) -> HttpResponse | None:
        """Let HEAD and OPTIONS follow GET; answer 405 to a method that is not declared.

        An address with a NUL in it leads nowhere: the database takes no such text.
        """
        declared = getattr(view, "policy", None)
        if declared is None:
            logger.error("undeclared-view", extra={"view": getattr(view, "__name__", "?")})
            raise Refused(denied("This page has no rule that says who may open it."))
        method = "GET" if request.method == "HEAD" else request.method
        if method not in declared:
            return HttpResponseNotAllowed(sorted(declared))
        if "\0" in request.path:
            raise Http404
        return None


class ContentSecurityPolicy:
    """Send a policy that runs our own files and nothing else: no inline script or style."""

    policy = "; ".join(
        [
            "default-src 'none'",
            "script-src 'self'",
            "style-src 'self'",
            "img-src 'self' data:",
            "font-src 'self'",
            "connect-src 'self'",
            "form-action 'self'",
            "frame-ancestors 'none'",
            "base-uri 'none'",
            "manifest-src 'self'",
        ]
    )

    def __init__(self, get_response: Respond) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Content-Security-Policy", self.policy)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        response.headers.setdefault(
            "Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=()"
        )
        if getattr(request, "user", None) is not None and request.user.is_authenticated:
            response.headers.setdefault("Cache-Control", "no-store")
        return response
