"""What was asked and what is to be done, removed when the time for keeping it is over."""

from collections import Counter
from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.db.models import Q

from actions.models import Action, DueDate, Request, Update
from core.removal import blank, remove
from documents.models import Document
from membership.models import Group

NEUTRAL = "An action of a case whose records have been removed"


@transaction.atomic
def remove_requests_of(group: Group) -> Counter[str]:
    """Remove what a group has asked of agencies and what they returned; how many of each."""
    return remove(Request, group=group)


@transaction.atomic
def silence_actions_of(group: Group, also: Iterable[Any] = ()) -> Counter[str]:
    """Leave of a group's actions, and of ``also``, who had to do them, by when and how they ended.

    Their words, what was told of them and its evidence are removed; how many of each.
    """
    actions = Action.objects.filter(Q(group=group) | Q(pk__in=list(also)))
    told = Update.objects.filter(action__in=actions, evidence__isnull=False)
    evidence = list(told.values_list("evidence", flat=True))
    removed = Counter[str]()
    for key in actions.values_list("pk", flat=True):
        removed += remove(Update, action=key)
        removed += blank(DueDate.objects.filter(action=key), reason="")
    removed += remove(Document, id__in=evidence)
    return removed + blank(actions, text=NEUTRAL, detail="")
