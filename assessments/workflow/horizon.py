"""Changes of law and policy that are coming: noted, followed, closed, taken up again."""

import datetime
from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from actions import workflow as actions
from actions.models import Action
from assessments.models import PolicyChange
from assessments.workflow.taking import keep, needed, one_line, take
from audit.workflow import record
from core import clock
from core.permissions import can, require
from core.workflow import Wrong
from meetings.models import ItemKind, Meeting, Paper
from meetings.workflow import agenda
from membership.models import Agency, Group, Partner, Partnership, Post, Theme


@transaction.atomic
def add(
    partnership: Partnership, *, title: str, what: str, source: str,
    themes: Iterable[Theme] = (), by: Any, **fields: Any,
) -> PolicyChange:  # fmt: skip
    """Note a change that is coming, with where it is written. Raises ``ValidationError``."""
    require(can(by, "keep horizon", partnership))
    change = PolicyChange(partnership=partnership, created_at=clock.now(), created_by=by)
    _keep(change, by, themes, title=title, what=what, source=source, **fields)
    _record("noted", change, by)
    return change


@transaction.atomic
def update(
    change: PolicyChange, *, themes: Iterable[Theme] | None = None, version: int | None = None,
    by: Any, **fields: Any,
) -> PolicyChange:  # fmt: skip
    """Say what is known of it now. Raises ``Changed`` if somebody else has said so meanwhile."""
    change = take(change, "change", by, version)
    if change.closed_at:
        raise Wrong("It is closed. Take it up again first.")
    _keep(change, by, themes, **fields)
    _record("changed", change, by)
    return change


def _keep(change: PolicyChange, by: Any, themes: Iterable[Theme] | None, **fields: Any) -> None:
    if "title" in fields:
        fields["title"] = one_line(fields["title"])
    texts = {"title": "the title", "what": "what changes", "source": "where it is written"}
    needed(**{name: (fields[name], words) for name, words in texts.items() if name in fields})
    _wrong_owner(change.partnership, fields.get("owner"), fields.get("post"))
    keep(change, by, fields)
    if themes is not None:
        chosen = list(themes)
        if any(each.partnership_id != change.partnership_id for each in chosen):
            raise ValidationError({"themes": "Choose from the list"})
        change._history_user = by  # type: ignore[attr-defined]
        change.themes.set(chosen)


def _wrong_owner(partnership: Partnership, owner: Agency | None, post: Post | None) -> None:
    if owner and not Partner.objects.of(partnership).on(clock.today()).filter(agency=owner):
        raise ValidationError({"owner": f"{owner} is not a partner"})
    if post and (owner is None or post.agency_id != owner.pk):
        raise ValidationError({"owner": f"{post} is not a post of {owner or 'that agency'}"})


@transaction.atomic
def close(
    change: PolicyChange, *, because: str, version: int | None = None, by: Any
) -> PolicyChange:
    """Say what came of it; it no longer stands on the horizon."""
    change = take(change, "change", by, version)
    if change.closed_at:
        raise Wrong("It is closed already.")
    because = one_line(because)
    needed(because=(because, "what came of it"))
    if len(because) > 300:
        raise ValidationError({"because": "This must be 300 characters or fewer"})
    keep(change, by, {"closed_because": because, "closed_at": clock.now(), "closed_by": by})
    _record("closed", change, by)
    return change


@transaction.atomic
def reopen(change: PolicyChange, *, by: Any) -> PolicyChange:
    """Take up again what was closed."""
    change = take(change, "change", by)
    if not change.closed_at:
        raise Wrong("It is open already.")
    keep(change, by, {"closed_because": "", "closed_at": None, "closed_by": None})
    _record("took up again", change, by)
    return change


@transaction.atomic
def make_action(
    change: PolicyChange, board: Group, *, text: str, owner: Agency, post: Post | None,
    due_on: datetime.date, by: Any,
) -> Action:  # fmt: skip
    """Give an agency what has to be done before it commences, in the board's register."""
    change = take(change, "change", by)
    if change.action_id:
        raise Wrong("It has an action already.")
    action = actions.make(
        board, text=text, owner=owner, post=post, due_on=due_on, made_on=clock.today(),
        marking="official", raised_in=f"Horizon: {change.title}",
        raised_url=change.get_absolute_url(), by=by,
    )  # fmt: skip
    keep(change, by, {"action": action})
    return action


@transaction.atomic
def link_action(change: PolicyChange, *, action: Action | None, by: Any) -> PolicyChange:
    """Say which action of the register prepares for it; with none, take the link away."""
    change = take(change, "change", by)
    if action:
        if action.partnership_id != change.partnership_id:
            raise ValidationError({"reference": "There is no such action"})
        require(can(by, "view", action))
    keep(change, by, {"action": action})
    _record("linked an action to" if action else "took the action from", change, by)
    return change


@transaction.atomic
def put_on_agenda(meeting: Meeting, *, pdf: Any, by: Any) -> Paper:
    """Put what changed since the last meeting on the agenda, at its standing item, as a paper.

    Raises ``Wrong`` where the agenda has no such item.
    """
    item = meeting.items.filter(kind=ItemKind.HORIZON).first()
    if item is None:
        raise Wrong("The agenda has no item for changes in policy and law. Add it first.")
    return agenda.add_paper(
        item, title="Horizon: what changed since the last meeting", marking=item.marking, file=pdf,
        public=False, by=by,
    )  # fmt: skip


def _record(verb: str, change: PolicyChange, by: Any) -> None:
    record(f"{verb} the change", change, by=by, partnership=change.partnership)
