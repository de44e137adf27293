"""End sessions that were left alone or have lasted too long."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.utils.http import url_has_allowed_host_and_scheme

from core import clock

Respond = Callable[[HttpRequest], HttpResponse]

LEFT_ALONE = "You were signed out because you did nothing for a while. Sign in to go on."
TOO_LONG = "You were signed out because you had been signed in for a long time. Sign in to go on."


class SessionLimits:
    """Sign out after a quarter of an hour idle, and after eight hours whatever happens.

    The time last seen is written once a minute at most, so that reading costs no write; the quarter
    of an hour may end that minute early.
    """

    def __init__(self, get_response: Respond) -> None:
        self.get_response = get_response

    def __call__(self, request: Any) -> HttpResponse:
        """A page goes on to be shown, or to ask for signing in; a form leads back to its page."""
        if request.user.is_authenticated and (why := over(request.session)):
            logout(request)
            messages.info(request, why)
            if request.method not in {"GET", "HEAD"}:
                return redirect_to_login(page_of(request))
        return self.get_response(request)


def over(session: Any) -> str:
    """Why the session has run out; notes that it was seen if it has not."""
    now = int(clock.now().timestamp())
    began = session.setdefault("began", now)
    seen = session.setdefault("seen", now)
    if now - began > settings.SESSION_COOKIE_AGE:
        return TOO_LONG
    if now - seen > settings.SESSION_IDLE_SECONDS:
        return LEFT_ALONE
    if now - seen >= 60:
        session["seen"] = now
    return ""


def page_of(request: HttpRequest) -> str:
    """The page from which a form was sent, if it is one of ours."""
    page = request.headers.get("Referer", "")
    if not url_has_allowed_host_and_scheme(page, {request.get_host()}):
        return settings.LOGIN_REDIRECT_URL
    parts = urlsplit(page)
    return f"{parts.path}?{parts.query}" if parts.query else parts.path
