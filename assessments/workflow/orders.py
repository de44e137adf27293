"""The life of an order about a place: noted, consulted on, made, extended, discharged."""

import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.text import slugify

from assessments.models import Order, OrderState, Power
from assessments.queries import orders as queries
from assessments.queries import powers
from assessments.workflow.taking import hold, keep, needed, one_line, take
from audit.workflow import record
from core import clock
from core.dates import longdate
from core.permissions import can, require
from core.workflow import Wrong
from membership.models import Agency, Partner, Partnership

DAY = datetime.timedelta(days=1)

# Words that stand in addresses where an order's own word stands.
ADDRESSES = ("add", "csv", "public")

# verb → the states in which it may be taken
MOVES: dict[str, tuple[str, ...]] = {
    "change": (OrderState.CONSULTING, OrderState.MADE),
    "consult": (OrderState.CONSULTING,),
    "make": (OrderState.CONSULTING,),
    "extend": (OrderState.MADE,),
    "discharge": (OrderState.MADE, OrderState.CONSULTING),
    "reinstate": (OrderState.DISCHARGED,),
}
STANDS = {
    OrderState.CONSULTING: "It has not been made yet.",
    OrderState.MADE: "It has been made already.",
    OrderState.DISCHARGED: "It has been discharged.",
}


@transaction.atomic
def add(
    partnership: Partnership, *, power: Power, title: str, place: str, terms: str,
    made_by: Agency, penalty: str = "", area_codes: list[str] | None = None,
    outline: list[Any] | None = None, source_url: str = "", shown_to_public: bool = True,
    extends: Order | None = None, by: Any,
) -> Order:  # fmt: skip
    """Note an order that is being prepared. Raises ``ValidationError`` by field."""
    require(can(by, "keep orders", partnership))
    hold(partnership)
    title = one_line(title)
    needed(
        title=(title, "the title"), place=(place, "where it holds"),
        terms=(terms, "what it forbids or requires"),
    )  # fmt: skip
    _wrong_agency(partnership, made_by)
    order = Order(
        partnership=partnership, power=power, slug=_free_slug(partnership, title), extends=extends,
        created_at=clock.now(), created_by=by,
    )  # fmt: skip
    keep(
        order, by,
        {
            "title": title, "place": place, "terms": terms, "made_by": made_by,
            "penalty": penalty, "area_codes": area_codes or [], "outline": outline or [],
            "source_url": source_url, "shown_to_public": shown_to_public,
        },
    )  # fmt: skip
    _record("noted", order, by)
    return order


@transaction.atomic
def change(order: Order, *, by: Any, **fields: Any) -> Order:
    """Mend what is said of an order: its words, place, map and who made it. Not its days."""
    order = _take("change", order, by)
    if "title" in fields:
        fields["title"] = one_line(fields["title"])
    if "made_by" in fields:
        _wrong_agency(order.partnership, fields["made_by"])
    keep(order, by, fields)
    _record("changed", order, by)
    return order


@transaction.atomic
def consult(
    order: Order, *, consulted_from: datetime.date, consulted_until: datetime.date,
    consulted_whom: str, consulted_found: str = "", by: Any,
) -> Order:  # fmt: skip
    """Say from when to when who was asked, and what they said (2014 Act s.72)."""
    order = _take("consult", order, by)
    needed(consulted_whom=(consulted_whom, "who was consulted"))
    if consulted_until < consulted_from:
        raise ValidationError({"consulted_until": "It cannot end before it begins"})
    fields = {
        "consulted_from": consulted_from, "consulted_until": consulted_until,
        "consulted_whom": consulted_whom, "consulted_found": consulted_found,
    }  # fmt: skip
    keep(order, by, fields)
    _record("noted the consultation on", order, by)
    return order


@transaction.atomic
def make(order: Order, *, starts_on: datetime.date, last_day: datetime.date, by: Any) -> Order:
    """Say from which day to which last day it holds.

    Refused where it would hold longer than the limit in force on its first day, where the Act asks
    for consultation first and none is noted, and where an extension leaves a gap.
    """
    order = _take("make", order, by)
    ends_on = last_day + DAY
    if last_day < starts_on:
        raise ValidationError({"last_day": "The last day cannot be before the first"})
    too_long = powers.too_long(order.power, starts_on, ends_on, since=_began(order, starts_on))
    if too_long:
        raise ValidationError({"last_day": too_long})
    _consulted(order, starts_on)
    before = order.extends
    if before and before.ends_on and starts_on > before.ends_on:
        message = f"An extension begins by {longdate(before.ends_on)}, when the order runs out"
        raise ValidationError({"starts_on": message})
    keep(order, by, {"starts_on": starts_on, "ends_on": ends_on, "state": OrderState.MADE})
    _record("made", order, by)
    return order


def _began(order: Order, starts_on: datetime.date) -> datetime.date:
    """The first day of the first of the orders that this one carries on."""
    first = order
    while first.extends:
        first = first.extends
    return first.starts_on or starts_on


def _consulted(order: Order, starts_on: datetime.date) -> None:
    asked = powers.limit(order.power, powers.CONSULTED, starts_on)
    if asked and not (order.consulted_until and order.consulted_whom):
        message = f"Say first who was consulted, and when ({asked.source})."
        raise Wrong(message)
    if asked and order.consulted_until and order.consulted_until > clock.today():
        raise Wrong(f"The consultation runs until {longdate(order.consulted_until)}.")


@transaction.atomic
def extend(order: Order, *, by: Any) -> Order:
    """Prepare an order that follows on this one; it is consulted on and made like any other."""
    order = _take("extend", order, by)
    if order.ends_on and order.ends_on <= clock.today():
        raise Wrong("It has run out, so it can no longer be extended. Note a new order instead.")
    if queries.extension_of(order):
        raise Wrong("An extension of it is being prepared already.")
    return add(
        order.partnership, power=order.power, title=_next_title(order), place=order.place,
        terms=order.terms, made_by=order.made_by, penalty=order.penalty,
        area_codes=order.area_codes, outline=order.outline, source_url=order.source_url,
        shown_to_public=order.shown_to_public, extends=order, by=by,
    )  # fmt: skip


def _next_title(order: Order) -> str:
    base = order.title.partition(", extended")[0]
    return f"{base[:120]}, extended from {longdate(order.ends_on or clock.today())}"


@transaction.atomic
def discharge(order: Order, *, reason: str, by: Any) -> Order:
    """End an order before its day, or give up one that is being prepared, and say why."""
    order = _take("discharge", order, by)
    reason = one_line(reason)
    needed(reason=(reason, "the reason"))
    if len(reason) > 300:
        raise ValidationError({"reason": "The reason must be 300 characters or fewer"})
    keep(order, by, {"state": OrderState.DISCHARGED, "ended_because": reason})
    _record("discharged", order, by)
    return order


@transaction.atomic
def reinstate(order: Order, *, by: Any) -> Order:
    """Undo a discharge noted by mistake: the order stands as it did before."""
    order = _take("reinstate", order, by)
    before = queries.before_discharge(order)
    keep(order, by, {"state": before.state, "ended_because": ""})
    _record("took back the discharge of", order, by)
    return order


def _take(step: str, order: Order, by: Any) -> Order:
    order = take(order, "change", by)
    if order.state not in MOVES[step]:
        raise Wrong(STANDS[OrderState(order.state)])
    return order


def _wrong_agency(partnership: Partnership, agency: Agency) -> None:
    if not Partner.objects.of(partnership).filter(agency=agency).exists():
        raise ValidationError({"made_by": f"{agency} is not a partner"})


def _free_slug(partnership: Partnership, title: str) -> str:
    base = slugify(title)[:70] or "order"
    base = f"{base}-order" if base in ADDRESSES else base
    taken = set(
        Order.objects.of(partnership).filter(slug__startswith=base).values_list("slug", flat=True)
    )
    number = 1
    while (f"{base}-{number}" if number > 1 else base) in taken:
        number += 1
    return f"{base}-{number}" if number > 1 else base


def _record(verb: str, order: Order, by: Any) -> None:
    record(
        f"{verb} the order", order, by=by, partnership=order.partnership,
        detail={"state": order.state},
    )  # fmt: skip
