"""Resolve the partnership of an address once, and ask officers for their second factor."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from core.markings import Marking
from membership import standing
from membership.models import GroupKind, Partnership, Role

Respond = Callable[[HttpRequest], HttpResponse]


class ThePartnership:
    """Turn the ``partnership`` in an address into ``request.partnership``; views never see it."""

    def __init__(self, get_response: Respond) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.partnership = None  # type: ignore[attr-defined]
        return self.get_response(request)

    def process_view(self, request: Any, view: Any, args: Any, kwargs: Any) -> None:
        """404 for an unknown partnership, before anything else is asked."""
        slug = kwargs.pop("partnership", None)
        if slug is None:
            return
        # Whoever sits in it has it at hand with the seats, which every page of theirs asks for.
        theirs = (seat.group.partnership for seat in standing.seats(request.user))
        request.partnership = next((each for each in theirs if each.slug == slug), None)
        if request.partnership is None:
            request.partnership = _named(slug)


def _named(slug: str) -> Partnership:
    try:
        return Partnership.objects.get(slug=slug)
    except Partnership.DoesNotExist as missing:
        raise Http404 from missing


def lacks_second_factor(user: Any) -> bool:
    """Whoever runs something or may see restricted text, and has none."""
    without = [seat for seat in standing.seats(user) if not seat.second_factor]
    if any(_runs(seat) or _sees_restricted(seat) for seat in without):
        return True
    return bool(without) and any(opens(user) for opens in standing.exceptions)


def _runs(seat: Any) -> bool:
    return seat.role == Role.OFFICER or seat.group.kind == GroupKind.ADMINISTRATION


def _sees_restricted(seat: Any) -> bool:
    return seat.signed or seat.group.default_marking == Marking.SENSITIVE


class SecondFactor:
    """Where the installation requires it, nobody who can see restricted text goes without."""

    def __init__(self, get_response: Respond) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: Any, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        """Send the person to set one up; pages about the account itself stay open."""
        if not settings.SECOND_FACTOR_REQUIRED or not request.user.is_authenticated:
            return None
        if getattr(view, "before_second_factor", False):
            return None
        if lacks_second_factor(request.user):
            return redirect("accounts:second_factor_needed")
        return None
