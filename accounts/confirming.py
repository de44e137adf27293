"""Asking people to say again that it is them, before what must not be taken from an open screen."""

from allauth.account.internal.flows.reauthentication import is_reauthentication_required
from allauth.core.exceptions import ReauthenticationRequired
from django.http import HttpRequest


def confirmed(request: HttpRequest) -> bool:
    """Whether they have signed in, or confirmed it, within the last few minutes."""
    return not is_reauthentication_required(request, app="account")


def confirm(request: HttpRequest) -> None:
    """Lead to the page that asks for it and back. Only for a GET: what was posted is not kept."""
    if request.method == "GET" and not confirmed(request):
        raise ReauthenticationRequired
