"""Orders about places: which hold, which run out, what stands in the way of their next step."""

import datetime
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from assessments.models import Order, OrderState
from assessments.queries.powers import later
from core import remember
from core.dates import in_days, longdate
from membership.models import Partnership

MONTHS = (12, 6, 3)  # before an order runs out, when people are warned
DAY = datetime.timedelta(days=1)
VIEWS = {
    "in-force": "In force", "coming": "Being prepared", "ended": "Ended", "all": "All",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Row:
    """An order as a list shows it."""

    order: Order
    state: str
    tone: str
    last_day: datetime.date | None
    warns: str


def row(order: Order, on: datetime.date) -> Row:
    """How an order stands on a day: its state follows from its dates."""
    state, tone = _state(order, on)
    last = order.ends_on - DAY if order.ends_on else None
    return Row(order, state, tone, last, warning(order, on))


def _state(order: Order, on: datetime.date) -> tuple[str, str]:
    if order.state == OrderState.CONSULTING:
        asked = order.consulted_from and order.consulted_from <= on
        return ("Being consulted on", "busy") if asked else ("Being prepared", "idle")
    if order.state == OrderState.DISCHARGED:
        return ("Discharged" if order.starts_on else "Given up"), ""
    if order.starts_on and order.starts_on > on:
        return "Made, not yet in force", "waiting"
    if order.ends_on and order.ends_on <= on:
        return "Ran out", ""
    return ("In force", "due") if warning(order, on) else ("In force", "good")


def warning(order: Order, on: datetime.date) -> str:
    """That it runs out within a year and nothing follows, in words; nothing otherwise."""
    if order.state != OrderState.MADE or order.ends_on is None or order.ends_on <= on:
        return ""
    if order.ends_on > later(on, MONTHS[0]) or followed(order):
        return ""
    last = order.ends_on - DAY
    return f"Runs out at the end of {longdate(last)}, {in_days(last, on)}"


def followed(order: Order) -> bool:
    """Whether an extension of it has been made."""
    made = getattr(order, "has_extension", None)
    if made is not None:
        return bool(made)
    return order.extended_by.filter(state=OrderState.MADE).exists()


def extension_of(order: Order) -> Order | None:
    """The order that extends this one, made or being prepared."""
    going_on = order.extended_by.exclude(state=OrderState.DISCHARGED)
    return going_on.select_related("partnership").first()


def listed(user: Any, partnership: Partnership | None) -> QuerySet[Order]:
    """Those that the person may see, each with what follows it."""
    made = Order.objects.filter(extends=OuterRef("pk"), state=OrderState.MADE)
    orders = Order.objects.visible_to(user).of(partnership)
    return orders.select_related("power", "made_by", "partnership").annotate(
        has_extension=Exists(made)
    )


def in_view(rows: list[Row], on: datetime.date) -> dict[str, list[Row]]:
    """The rows of each quick view."""
    return {
        "in-force": [each for each in rows if _holds(each.order, on)],
        "coming": [each for each in rows if _comes(each.order, on)],
        "ended": [each for each in rows if _over(each.order, on)],
        "all": rows,
    }


def _holds(order: Order, on: datetime.date) -> bool:
    return not _comes(order, on) and not _over(order, on)


def _comes(order: Order, on: datetime.date) -> bool:
    future = order.state == OrderState.MADE and order.starts_on and order.starts_on > on
    return order.state == OrderState.CONSULTING or bool(future)


def _over(order: Order, on: datetime.date) -> bool:
    ran_out = order.state == OrderState.MADE and order.ends_on and order.ends_on <= on
    return order.state == OrderState.DISCHARGED or bool(ran_out)


def running_out(partnership: Partnership, on: datetime.date) -> list[Order]:
    """Orders in force that run out within a year with no extension made, soonest first.

    Remembered in a request.
    """
    made = Order.objects.filter(extends=OuterRef("pk"), state=OrderState.MADE)
    orders = Order.objects.of(partnership).filter(
        state=OrderState.MADE, ends_on__gt=on, ends_on__lte=later(on, MONTHS[0])
    )
    found = orders.filter(~Exists(made)).select_related("partnership").order_by("ends_on")
    return remember.once(("running out", partnership.pk, on), lambda: list(found))


def before_discharge(order: Order) -> Any:
    """The order's history as it stood before it was discharged."""
    earlier = order.history.exclude(state=OrderState.DISCHARGED).order_by("-history_id")
    return earlier[0]


def public_orders(partnership: Partnership | None, on: datetime.date) -> list[Row]:
    """What the public reads: orders that hold or will hold, about places."""
    made = Order.objects.filter(extends=OuterRef("pk"), state=OrderState.MADE)
    orders = Order.objects.of(partnership).public().filter(ends_on__gt=on)
    orders = orders.select_related("power", "made_by", "partnership")
    return [row(each, on) for each in orders.annotate(has_extension=Exists(made))]
