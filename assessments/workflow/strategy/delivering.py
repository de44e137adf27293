"""Delivery: actions of the one register, with what each takes and who helps."""

import datetime
from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.db.models import Max

import actions.workflow
from actions.models import Action
from assessments.models import DeliveryAction, Objective
from assessments.workflow.strategy.keeping import line, note, refuse, too_long, touched
from assessments.workflow.strategy.objectives import held_objective
from core import clock
from core.markings import Marking
from core.permissions import can, require
from core.workflow import Wrong
from membership.models import Agency, GroupKind, Partner, Post

RESOURCES = 200


@transaction.atomic
def deliver(
    objective: Objective, *, action: Action | None = None, text: str = "",
    owner: Agency | None = None, post: Post | None = None, due_on: datetime.date | None = None,
    resources: str = "", partners: Iterable[Agency] = (), by: Any,
) -> DeliveryAction:  # fmt: skip
    """Deliver an objective by an action that is registered, or by a new one of the board's.

    A restricted action is refused, because the strategy is published. Raises ``ValidationError``
    by field and ``Wrong``.
    """
    edition, fresh = held_objective(objective, by=by)
    resources, helping = line(resources), list(partners)
    wrong = {
        **too_long("resources", resources, RESOURCES),
        **_wrong_partners(edition.strategy.partnership, helping),
    }
    if action is None:
        wrong |= _wrong_new(owner, due_on)
    refuse(wrong)
    if action is None:
        assert owner is not None  # noqa: S101 - refused above
        assert due_on is not None  # noqa: S101 - refused above
        made = f"Priority {fresh.priority.number} of the {edition.strategy.title}"
        action = actions.workflow.make(
            edition.strategy.group, text=text, owner=owner, post=post, due_on=due_on,
            made_on=clock.today(), marking=Marking.OFFICIAL, raised_in=made[:250],
            raised_url=edition.get_absolute_url(), by=by,
        )  # fmt: skip
    else:
        _fitting(fresh, action, by)
    last = fresh.delivery.aggregate(last=Max("position"))["last"] or 0
    link = DeliveryAction.objects.create(
        objective=fresh, action=action, resources=resources, position=last + 1
    )
    link.partners.set(helping)
    touched(edition)
    note("put an action into", edition, edition, by=by, action=action.reference)
    return link


def _wrong_new(owner: Agency | None, due_on: datetime.date | None) -> dict[str, str]:
    wrong = {}
    if owner is None:
        wrong["owner"] = "Choose who is to do it"
    if due_on is None:
        wrong["due_on"] = "Enter the day by which it is to be done"
    return wrong


def _wrong_partners(partnership: Any, helping: list[Agency]) -> dict[str, str]:
    today = Partner.objects.of(partnership).on(clock.today()).values_list("agency", flat=True)
    others = [each for each in helping if each.pk not in set(today)]
    return {"partners": f"{others[0]} is not a partner today"} if others else {}


def _fitting(objective: Objective, action: Action, by: Any) -> None:
    """Raise where the action may not stand in a published plan, or stands there already."""
    require(can(by, "view", action))
    partnership = objective.priority.edition.strategy.partnership_id
    if action.partnership_id != partnership:
        refuse({"action": "Choose an action of this partnership"})
    if action.group.kind == GroupKind.PANEL:
        refuse({"action": "This action is a panel’s, and the strategy is published"})
    if action.restricted:
        refuse({"action": "This action is restricted, and the strategy is published"})
    if objective.delivery.filter(action=action).exists():
        raise Wrong(f"{action.reference} stands under this objective already.")


@transaction.atomic
def change_delivery(
    link: DeliveryAction, *, resources: str = "", partners: Iterable[Agency] = (), by: Any
) -> DeliveryAction:
    """Say otherwise what an action takes and who helps with it."""
    edition, fresh = held_objective(link.objective, by=by)
    current = fresh.delivery.filter(pk=link.pk).first()
    if current is None:
        raise Wrong("This action has been taken out meanwhile.")
    resources, helping = line(resources), list(partners)
    refuse({
        **too_long("resources", resources, RESOURCES),
        **_wrong_partners(edition.strategy.partnership, helping),
    })  # fmt: skip
    current.resources = resources
    current.save(update_fields=["resources"])
    current.partners.set(helping)
    touched(edition)
    note("changed what an action takes in", edition, edition, by=by)
    return current


@transaction.atomic
def stop_delivering(link: DeliveryAction, *, by: Any) -> None:
    """Take an action out of the plan. It stays in the register."""
    edition, fresh = held_objective(link.objective, by=by)
    fresh.delivery.filter(pk=link.pk).delete()
    touched(edition)
    note("took an action out of", edition, edition, by=by, action=link.action.reference)
