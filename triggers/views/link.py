"""What every page of a private link shares: the key, the headers, and the way out.

Such a page is never kept by a browser, and its address goes to nobody: ``strict-origin`` sends no
more than the site's name, even to this site. (With ``no-referrer`` a browser says ``Origin: null``
of a form, and the form would be refused.)
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

import audit.workflow
from core.permissions import can, policy, require
from triggers import links
from triggers.models import Application, Channel, Procedure, Stage
from triggers.permissions import PrivateLink
from triggers.queries import drafts

HEADERS = {
    "Referrer-Policy": "strict-origin",
    "Cache-Control": "no-store",
    "X-Robots-Tag": "noindex, nofollow",
}
EXIT = Procedure._meta.get_field("exit_url").default

View = Callable[..., HttpResponse]


def private(*methods: str) -> Callable[[View], View]:
    """A page of a private link: it is given the application that the link opens.

    A token that opens nothing is a page that is not there, whatever is wrong with it.
    """

    def wrap(view: View) -> View:
        @wraps(view)
        def opened(request: HttpRequest, token: str, *args: Any, **kwargs: Any) -> HttpResponse:
            application = links.opened(token, request.partnership)
            if application is None:
                raise Http404
            require(can(request.user, "use", PrivateLink(application)))
            return sealed(view(request, application, *args, **kwargs))

        declare = policy(PrivateLink, **dict.fromkeys(methods or ("GET",), "use"))
        return declare(login_not_required(opened))

    return wrap


def sealed(response: HttpResponse) -> HttpResponse:
    """The response with the headers of a private page."""
    for name, value in HEADERS.items():
        response[name] = value
    return response


def address(application: Application, name: str, *args: Any) -> str:
    """The address of a page of the private link."""
    slug = application.partnership.slug
    return reverse(f"triggers:{name}", args=[slug, links.token(application), *args])


def show(
    request: HttpRequest, template: str, application: Application, context: dict[str, Any],
    status: int = 200,
) -> HttpResponse:  # fmt: skip
    """Show a page of the private link. Whoever is signed in is on record as its reader."""
    recorded(request, application)
    shared = {
        **around(request),
        "application": application,
        "token": links.token(application),
        "written_by_officer": _writes_down(request, application),
    }
    return render(request, template, shared | context, status=status)


def recorded(request: HttpRequest, application: Application) -> None:
    """Put on record who reads, if they are signed in."""
    if request.user.is_authenticated and application.stage != Stage.DRAFT:
        audit.workflow.record_read(
            application, by=request.user, partnership=application.partnership,
            group=application.group,
        )  # fmt: skip


def posted(request: HttpRequest) -> Any:
    """What was sent, though it be nothing; of a page that is only opened, none."""
    return request.POST if request.method == "POST" else None


def around(request: HttpRequest) -> dict[str, Any]:
    """What all pages for the public have: the way out, and whom to call."""
    procedure = drafts.procedure_of(request.partnership)
    return {
        "procedure": procedure,
        "exit_url": procedure.exit_url if procedure and procedure.exit_url else EXIT,
        "telephone": (procedure.contact_telephone if procedure else "")
        or request.partnership.contact_telephone,
        "front_url": reverse("dashboards:public", args=[request.partnership.slug]),
    }


def _writes_down(request: HttpRequest, application: Application) -> bool:
    """Whether an officer fills it in for somebody who calls, writes or has come."""
    by_hand = application.channel != Channel.ONLINE and application.stage == Stage.DRAFT
    return by_hand and request.user.is_authenticated
