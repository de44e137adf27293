"""The page of somebody before whom the sharing gate is shut: what is missing, and whom to ask."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from core import clock
from core.components import Link
from core.permissions import Refused, Verdict, can
from documents import queries, workflow
from documents.models import Document
from membership.models import Group


def refused(
    request: HttpRequest, verdict: Verdict, *, group: Group, about: Any = None, url: str = "",
    thing: str = "paper", back: Link | None = None,
) -> HttpResponse:  # fmt: skip
    """Answer 403 for a restricted paper (or another ``thing``) of a group; its officers are told.

    ``about`` is the record that was asked for and ``url`` where officers see to it. Call it with
    the verdict of ``Refused``; one that the gate did not give is raised again.
    """
    if isinstance(about, Document) and queries.withdrew_from(request.user, about):
        raise Refused(verdict)
    missing = queries.missing(request.user, group)
    if not (missing.protocol or missing.agencies):
        raise Refused(verdict)
    workflow.report_refusal(group, request.user, verdict, about=about, url=url)
    today = clock.today()
    context = {
        "thing": thing,
        "group": group,
        "missing": missing,
        "agreement": group.partnership.agreements.on(today).first(),
        "officer": queries.officers_of_group(group, today).first(),
        "reads_sharing": can(request.user, "read sharing", group.partnership),
        "back": back,
    }
    return render(request, "documents/refused.html", context, status=403)
