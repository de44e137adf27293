"""From which items a person has withdrawn: they neither see nor decide them."""

import uuid
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef

from core.permissions import ALLOWED, Verdict, denied, rule
from meetings.models import Declaration
from membership import standing

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
    """Who has withdrawn sees nothing of the item but its number and its place."""
    if obj.pk in recused(user):
        return denied(
            "You withdrew from this item because of an interest, so it does not open for you. "
            "If that is a mistake, ask the community safety team."
        )
    return ALLOWED
