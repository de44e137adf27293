"""A new action, under the next reference of the year."""

import datetime
from collections.abc import Container
from typing import Any

from django.db import transaction

from actions.models import Action, DueDate
from actions.workflow import references
from actions.workflow.keeping import (
    line,
    record,
    refuse,
    tell_owner,
    too_long,
    wrong_line,
    wrong_link,
    wrong_owner,
)
from core import clock, history
from core.dates import longdate
from core.markings import Marking
from core.markup import plain
from core.permissions import Verdict, can, require
from membership import standing
from membership.models import Agency, Group, Post

TEXT = 300

ORIGIN = 250


@transaction.atomic
def make(
    group: Group, *, text: str, owner: Agency, post: Post | None = None, due_on: datetime.date,
    made_on: datetime.date, marking: str, raised_in: str, raised_url: str = "", detail: str = "",
    shut_out: Container[Any] = (), allowed: Verdict | None = None, by: Any,
) -> Action:  # fmt: skip
    """Give an agency's post something to do by a date, in the register of the group.

    ``shut_out`` are keys of people to whom it will be closed, so that they are not told of it.
    ``allowed`` is the verdict of a room above whose record it comes of; without one, actions are
    the officers' to make. Raises ``ValidationError`` by field where the date lies before the
    making, the agency was no partner and had no seat on the group on that day, or the post is not
    the agency's.
    """
    if allowed is not None:
        require(allowed)
    else:
        require(can(by, "make actions", group))
        if marking == Marking.SENSITIVE:
            require(standing.clearance(by, group))
    text, raised_in, detail = line(text), line(raised_in), plain(detail)
    wrong = {
        **wrong_line("text", text, "what is to be done", TEXT),
        **wrong_line("raised_in", raised_in, "where it came from", ORIGIN),
        **wrong_owner(group.partnership, owner, post, made_on, group=group),
        **too_long("detail", detail),
        **wrong_link("raised_url", raised_url),
    }
    if due_on < made_on:
        wrong["due_on"] = f"It cannot be due before it was made, on {longdate(made_on)}"
    if made_on > clock.today():
        wrong["made_on"] = "The day it was made cannot be in the future"
    refuse(wrong)
    action = Action(
        group=group, partnership=group.partnership, text=text, detail=detail,
        marking=marking, owner=owner, post=post, made_on=made_on, first_due_on=due_on,
        due_on=due_on, raised_in=raised_in, raised_url=raised_url, created_by=by,
        reference=references.take_next(Action, group.partnership, f"A-{made_on.year}-"),
    )  # fmt: skip
    history.save(action, by=by)
    DueDate.objects.create(action=action, due_on=due_on, set_by=by)
    record("made", action, by, due_on=due_on.isoformat())
    tell_owner(
        action, "action-made", f"New for {owner}, due {longdate(due_on)}", by=by,
        shut_out=shut_out,
    )  # fmt: skip
    return action
