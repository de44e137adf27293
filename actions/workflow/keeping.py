"""What every step does: take the row, keep the change, write it down, tell people.

Requests share what does not speak of actions alone.
"""

import datetime
from collections.abc import Container, Iterable
from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.utils.text import Truncator

import audit.workflow
import notices.workflow
from actions import queries
from actions.models import Action, Request, Update
from actions.workflow.moves import Changed, fits
from core import clock, history
from core.dates import longdate
from core.markup import plain
from core.permissions import Verdict, can, require
from core.workflow import Wrong
from documents.models import Document
from membership.models import Agency, Group, Partner, Partnership, Post, Seat

REASON = 300

LONG = 4000

Kept = TypeVar("Kept", Action, Request)


def take(
    action: Action, verb: str, by: Any, version: int | None, allowed: Verdict | None = None
) -> Action:
    """The action, locked, if this person may do this with it as it now stands.

    ``allowed`` is the verdict of a room above whose record the action comes of.
    """
    rows = Action.objects.select_for_update(of=("self",))
    action = rows.select_related("group", "owner", "post", "partnership").get(pk=action.pk)
    if allowed is None:
        require(can(by, "view", action))
    if version is not None and version != action.version:
        raise Changed(action)
    require(can(by, verb, action) if allowed is None else allowed)
    verdict = fits(verb, action)
    if not verdict:
        raise Wrong(verdict.reason)
    return action


def keep(
    action: Action, verb: str, by: Any, *, summary: str = "", text: str = "",
    evidence: Document | None = None, **changes: Any,
) -> Action:  # fmt: skip
    """Save the changes, with what is said of them, and record the deed."""
    change(action, verb, by, **changes)
    Update.objects.create(
        action=action, by=by, agency=queries.speaks_for(by, action), summary=summary, text=text,
        status=action.status, evidence=evidence,
    )  # fmt: skip
    return action


def change(it: Kept, verb: str, by: Any, **changes: Any) -> Kept:
    """Save the changes as its next version, and record the deed."""
    changes["version"] = it.version + 1
    for name, value in changes.items():
        setattr(it, name, value)
    history.save(it, by=by, fields=changes)
    record(verb, it, by, status=it.status, due_on=it.due_on.isoformat())
    return it


def record(verb: str, it: Action | Request, by: Any, **detail: str) -> None:
    """Write the deed into the audit."""
    audit.workflow.record(
        verb, it, by=by, partnership=it.partnership, group=it.group, sensitive=it.restricted,
        detail=detail,
    )  # fmt: skip


def tell_owner(
    action: Action, kind: str, says: str, *, by: Any, shut_out: Container[Any] = ()
) -> None:
    people = queries.owners_people(action, clock.today())
    tell([each for each in people if each.pk not in shut_out], action, kind, says, by=by)


def tell_officers(action: Action, kind: str, says: str, *, by: Any) -> None:
    tell(queries.officers(action, clock.today()), action, kind, says, by=by)


def tell(
    people: Iterable[Any], it: Action | Request, kind: str, says: str, *, by: Any,
    occurrence: str = "",
) -> None:  # fmt: skip
    """Tell each once of this change. Where it is restricted, its reference is all that is said."""
    notices.workflow.tell(
        people, kind=kind, about=it, text=Truncator(f"{says}. {it}").chars(300),
        url=it.get_absolute_url(), partnership=it.partnership,
        occurrence=occurrence or str(it.version), but=by,
    )  # fmt: skip


def line(text: str) -> str:
    """What was typed, on one line."""
    return " ".join(plain(text).split())


def wrong_line(name: str, text: str, what: str, most: int) -> dict[str, str]:
    if not text:
        return {name: f"Enter {what}"}
    return too_long(name, text, most)


def too_long(name: str, text: str, most: int = LONG) -> dict[str, str]:
    if len(text) > most:
        return {name: f"This must be {most} characters or fewer. It has {len(text)}"}
    return {}


def wrong_link(name: str, url: str) -> dict[str, str]:
    """What is wrong with an address that is to lead to a page of this site; empty is right."""
    if url and (not url.startswith("/") or url.startswith(("//", "/\\"))):
        return {name: "The link must lead to a page of this site"}
    return {}


def reasoned(text: str) -> str:
    """A reason, on one line. Raises ``ValidationError`` where there is none."""
    text = line(text)
    refuse(wrong_line("reason", text, "the reason", REASON))
    return text


def written(text: str, name: str, what: str) -> str:
    """A text that must be given. Raises ``ValidationError`` where it is not."""
    text = plain(text)
    refuse(wrong_line(name, text, what, LONG))
    return text


def within(text: str, name: str, most: int = LONG) -> str:
    """A text that may be empty. Raises ``ValidationError`` where it is too long."""
    text = plain(text)
    refuse(too_long(name, text, most))
    return text


def refuse(wrong: dict[str, str]) -> None:
    """Raise ``ValidationError`` where anything is wrong."""
    if wrong:
        raise ValidationError(wrong)


def wrong_owner(
    partnership: Partnership, owner: Agency, post: Post | None, on: datetime.date,
    group: Group | None = None,
) -> dict[str, str]:  # fmt: skip
    """What is wrong with giving an action to this agency and post on this day.

    Partners own actions; of a ``group``, whoever has a seat on it does too.
    """
    partner = Partner.objects.of(partnership).on(on).filter(agency=owner).exists()
    if not partner and not Seat.objects.on(on).filter(group=group, agency=owner).exists():
        return {"owner": f"{owner} was not a partner on {longdate(on)}"}
    if post and post.agency_id != owner.pk:
        return {"post": f"{post} is not a post of {owner}"}
    if post and not Post.objects.on(on).filter(pk=post.pk).exists():
        return {"post": f"There was no {post} on {longdate(on)}"}
    return {}
