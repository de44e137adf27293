"""What the pages of this room share."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

import audit.workflow
from actions import queries
from actions.models import Action


def page(
    request: HttpRequest, template: str, action: Action, context: dict[str, Any], status: int = 200
) -> HttpResponse:
    """Show a page about an action; of a restricted one, first put on record who reads it."""
    if action.restricted:
        audit.workflow.record_read(
            action, by=request.user, partnership=action.partnership, group=action.group
        )
    context = {"action": action, "owner_words": queries.owner_words(action), **context}
    return render(request, template, context, status=status)


def said_and_done(action: Action) -> list[queries.Happening]:
    return queries.happenings(queries.updates(action), queries.due_dates(action))


def address(request: HttpRequest, name: str, *args: str) -> str:
    return reverse(f"actions:{name}", args=[request.partnership.slug, *args])
