"""From which items a person has withdrawn: they neither see nor decide them.

What belongs to such an item is closed with it, in the rooms below too: its papers, its actions and
their evidence, and the full minutes as a file. Those rooms ask ``membership.standing``.
"""

import uuid
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, OuterRef, Q, QuerySet, Value

from actions.models import Update
from core import remember
from core.permissions import ALLOWED, Verdict, denied, rule
from meetings.models import Decision, Declaration, Meeting, MinutedAction, Paper
from membership import standing

WITHDREW = (
    "You withdrew from this item because of an interest, so it does not open for you. "
    "If that is a mistake, ask the community safety team."
)

# Comes with the seats, so that no page asks for it by itself.
standing.beside["recused"] = lambda: ArraySubquery(
    Declaration.objects.standing()
    .filter(person=OuterRef("person"), recused=True)
    .order_by()
    .values("item")
)


def recused(user: Any) -> set[uuid.UUID]:
    """Keys of the items from which a person has withdrawn."""
    return {item for seat in standing.seats(user) for item in seat.recused}


@rule("Not those who withdrew from the item because of an interest")
def takes_part(user: Any, obj: Any) -> Verdict:
    """Who has withdrawn sees of the item its line on the agenda, and nothing more."""
    item = getattr(obj, "item_id", None) or obj.pk
    return denied(WITHDREW) if item in recused(user) else ALLOWED


# ---- what is closed with an item ----------------------------------------------------------------
#
# It is asked for apart from the seats, and only for the few who have withdrawn from anything: with
# the seats, its joins would cost everybody a third of the time that each page begins with.


def _barred(user: Any) -> dict[str, set[uuid.UUID]]:
    """Papers and actions that are closed to a person: asked only of those who withdrew."""
    items = recused(user)
    if not items:
        return {}
    return remember.once(("barred", user.pk), lambda: _belonging(items))


def _belonging(items: set[uuid.UUID]) -> dict[str, set[uuid.UUID]]:
    """The papers, evidence, full minutes, actions and decisions of these items, in one query."""
    minutes = Meeting.objects.filter(items__in=items, restricted_minutes__isnull=False)
    later = _telling_later(items).filter(restricted_minutes__isnull=False)
    evidence = Update.objects.filter(action__minuted__item__in=items, evidence__isnull=False)
    decisions = Decision.objects.filter(item__in=items)
    found = _keys(Paper.objects.filter(item__in=items), "documents", "document").union(
        _keys(minutes, "documents", "restricted_minutes"),
        _keys(later, "documents", "restricted_minutes"),
        _keys(evidence, "documents", "evidence"),
        _keys(MinutedAction.objects.filter(item__in=items), "actions", "action"),
        _keys(decisions, "decisions", "pk"),
    )
    barred: dict[str, set[uuid.UUID]] = {"items": items}
    for kind, key in found:
        barred.setdefault(kind, set()).add(key)
    return barred


def _telling_later(items: set[uuid.UUID]) -> QuerySet[Meeting]:
    """Later meetings of the groups, whose minutes list what these items asked for as open."""
    open_then = Q(group__actions__closed_at__isnull=True) | Q(
        group__actions__closed_at__date__gte=F("on")
    )
    return Meeting.objects.filter(
        open_then, group__actions__minuted__item__in=items, group__actions__made_on__lt=F("on")
    )


def _keys(records: QuerySet[Any], kind: str, key: str) -> QuerySet[Any]:
    return records.order_by().annotate(kind=Value(kind)).values_list("kind", key)


standing.bars.append(_barred)


def withdrawn_from(item: Any) -> set[uuid.UUID]:
    """Keys of the people who have withdrawn from an item."""
    found = Declaration.objects.standing().filter(item=item, recused=True)
    return set(found.values_list("person", flat=True))


def withdrew_at(user: Any, meeting: Meeting) -> bool:
    """Whether the minutes of a meeting tell more than a person may read who withdrew.

    That is from an item of it, or from an earlier one of which it lists the actions.
    """
    own = recused(user)
    if not own:
        return False
    return (
        meeting.items.filter(pk__in=own).exists()
        or _telling_later(own).filter(pk=meeting.pk).exists()
    )
