"""Orders about places on the public site."""

import datetime
from collections.abc import Iterator

from django.urls import reverse

from assessments.queries import orders
from core import clock
from core.registries import Found, public
from membership.models import Partnership

MIDNIGHT = datetime.time()


@public
def orders_in_force(
    partnership: Partnership, words: str, most: int | None = None
) -> Iterator[Found]:
    """Public orders that hold or will; with words, those whose title, place or terms have them."""
    wanted = words.casefold().split()
    rows = orders.public_orders(partnership, clock.today())
    fitting = [
        row.order
        for row in rows
        if all(
            word in f"{row.order.title} {row.order.place} {row.order.terms}".casefold()
            for word in wanted
        )
    ]
    for order in fitting[:most]:
        if order.starts_on:
            yield Found(
                title=order.title,
                url=reverse("assessments:public_order", args=[partnership.slug, order.slug]),
                kind="order", at=clock.london(order.starts_on, MIDNIGHT), summary=order.place,
            )  # fmt: skip
