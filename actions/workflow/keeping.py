"""What every step does: take the row, keep the change, write it down, tell people."""

import datetime
from collections.abc import Container
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.text import Truncator

import audit.workflow
import notices.workflow
from actions import queries
from actions.models import Action, Update
from actions.workflow.moves import Changed, fits
from core import clock, history
from core.dates import longdate
from core.markup import plain
from core.permissions import can, require
from core.workflow import Wrong
from documents.models import Document
from membership.models import Agency, Partner, Partnership, Post

REASON = 300

LONG = 4000


def take(action: Action, verb: str, by: Any, version: int | None) -> Action:
    """The action, locked, if this person may do this with it as it now stands."""
    rows = Action.objects.select_for_update(of=("self",))
    action = rows.select_related("group", "owner", "post", "partnership").get(pk=action.pk)
    require(can(by, "view", action))
    if version is not None and version != action.version:
        raise Changed(action)
    require(can(by, verb, action))
    verdict = fits(verb, action)
    if not verdict:
        raise Wrong(verdict.reason)
    return action


def keep(
    action: Action, verb: str, by: Any, *, say: bool = True, summary: str = "", text: str = "",
    evidence: Document | None = None, **changes: Any,
) -> Action:  # fmt: skip
    """Save the changes, with what is said of them, and record the deed."""
    changes["version"] = action.version + 1
    for name, value in changes.items():
        setattr(action, name, value)
    history.save(action, by=by, fields=changes)
    if say:
        Update.objects.create(
            action=action, by=by, agency=queries.speaks_for(by, action), summary=summary,
            text=text, status=action.status, evidence=evidence,
        )  # fmt: skip
    record(verb, action, by, status=action.status, due_on=action.due_on.isoformat())
    return action


def record(verb: str, action: Action, by: Any, **detail: str) -> None:
    audit.workflow.record(
        verb, action, by=by, partnership=action.partnership, group=action.group,
        sensitive=action.restricted, detail=detail,
    )  # fmt: skip


def tell_owner(
    action: Action, kind: str, says: str, *, by: Any, shut_out: Container[Any] = ()
) -> None:
    people = queries.owners_people(action, clock.today())
    tell([each for each in people if each.pk not in shut_out], action, kind, says, by=by)


def tell_officers(action: Action, kind: str, says: str, *, by: Any) -> None:
    tell(queries.officers(action, clock.today()), action, kind, says, by=by)


def tell(people: list[Any], action: Action, kind: str, says: str, *, by: Any) -> None:
    """Tell each once of this change. Of a restricted action the reference is all that is said."""
    notices.workflow.tell(
        people, kind=kind, about=action, text=Truncator(f"{says}. {action}").chars(300),
        url=action.get_absolute_url(), partnership=action.partnership,
        occurrence=str(action.version), but=by,
    )  # fmt: skip


def line(text: str) -> str:
    """What was typed, on one line."""
    return " ".join(plain(text).split())


def wrong_line(name: str, text: str, what: str, most: int) -> dict[str, str]:
    if not text:
        return {name: f"Enter {what}"}
    if len(text) > most:
        return {name: f"This must be {most} characters or fewer. It has {len(text)}"}
    return {}


def reasoned(text: str) -> str:
    text = line(text)
    wrong = wrong_line("reason", text, "the reason", REASON)
    if wrong:
        raise ValidationError(wrong)
    return text


def written(text: str, name: str, what: str) -> str:
    text = plain(text)
    wrong = wrong_line(name, text, what, LONG)
    if wrong:
        raise ValidationError(wrong)
    return text


def wrong_owner(
    partnership: Partnership, owner: Agency, post: Post | None, on: datetime.date
) -> dict[str, str]:
    """What is wrong with giving an action to this agency and post on this day."""
    if not Partner.objects.of(partnership).on(on).filter(agency=owner).exists():
        return {"owner": f"{owner} was not a partner on {longdate(on)}"}
    if post and post.agency_id != owner.pk:
        return {"post": f"{post} is not a post of {owner}"}
    if post and not Post.objects.on(on).filter(pk=post.pk).exists():
        return {"post": f"There was no {post} on {longdate(on)}"}
    return {}
