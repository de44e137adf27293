"""Orders about places: the list, each one, its steps, and what the public reads."""

import datetime
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from assessments import exports
from assessments.forms import orders as forms
from assessments.models import Order, OrderState
from assessments.queries import maps
from assessments.queries import orders as queries
from assessments.queries import powers as limits
from assessments.views.answering import address, ask, do
from assessments.workflow import orders as workflow
from core import clock
from core.components import Fact, Link, Stage, View
from core.dates import longdate
from core.exports import csv_response
from core.history import timeline
from core.permissions import can, load, policy, require
from membership.models import Partnership

DAY = datetime.timedelta(days=1)


@policy(Partnership, "read orders")
def orders(request: HttpRequest) -> HttpResponse:
    """Orders in force, being prepared and ended."""
    require(can(request.user, "read orders", request.partnership))
    today = clock.today()
    rows = _rows(request, today)
    by_view = queries.in_view(rows, today)
    chosen = request.GET.get("view", "in-force")
    chosen = chosen if chosen in queries.VIEWS else "in-force"
    url = address(request, "orders")
    context = {
        "rows": by_view[chosen], "view": chosen,
        "views": [
            View(label, len(by_view[key]), f"{url}?view={key}", current=key == chosen)
            for key, label in queries.VIEWS.items()
        ],
        "running_out": sum(bool(each.warns) for each in rows),
        "links": _links(request), "csv_url": address(request, "orders_csv") if rows else "",
        "may_add": can(request.user, "keep orders", request.partnership),
    }  # fmt: skip
    return render(request, "assessments/orders.html", context)


def _rows(request: HttpRequest, today: datetime.date) -> list[queries.Row]:
    listed = queries.listed(request.user, request.partnership)
    return [queries.row(each, today) for each in listed]


def _links(request: HttpRequest) -> list[Link]:
    links = [Link("Powers", address(request, "powers"))]
    if can(request.user, "keep orders", request.partnership):
        links.append(Link("Note an order", address(request, "order_add")))
    return links


@policy(Partnership, "read orders")
def orders_csv(request: HttpRequest) -> HttpResponse:
    """Every order as a CSV file."""
    require(can(request.user, "read orders", request.partnership))
    today = clock.today()
    name = f"orders-{request.partnership.slug}-{today.isoformat()}"
    return csv_response(name, exports.ORDERS, exports.order_lines(_rows(request, today)))


@policy(Order, "view")
def order(request: HttpRequest, slug: str) -> HttpResponse:
    """One order: where it holds, its terms, its days, the consultation and what comes next."""
    require(can(request.user, "read orders", request.partnership))
    found = load(request, Order, "view", slug=slug)
    today = clock.today()
    context = _shown(found, today) | {
        "may": can(request.user, "change", found),
        "steps": [step for step, states in workflow.MOVES.items() if found.state in states],
        "extension": queries.extension_of(found),
        "stages": _stages(found, today),
        "history": timeline(found, leave_out=("partnership", "created_by", "outline")),
        "list_url": address(request, "orders"),
        "public_url": address(request, "public_order", slug) if _public(found) else "",
    }
    return render(request, "assessments/order.html", context)


def _public(found: Order) -> bool:
    return found.state == OrderState.MADE and found.shown_to_public


def _shown(found: Order, today: datetime.date) -> dict[str, Any]:
    row = queries.row(found, today)
    longest = limits.limit(found.power, limits.LONGEST, found.starts_on or today)
    facts = [
        Fact("Power", found.power.name),
        Fact("Made by", found.made_by),
        Fact("Where", found.place),
    ]
    if found.starts_on and row.last_day:
        facts += [
            Fact("First day", longdate(found.starts_on)), Fact("Last day", longdate(row.last_day)),
        ]  # fmt: skip
    if longest:
        facts.append(Fact("Longest it may last", f"{longest.words} ({longest.source})"))
    if found.penalty:
        facts.append(Fact("Penalty", found.penalty))
    if found.source_url:
        facts.append(Fact("Published at", "The council’s page", found.source_url))
    return {"order": found, "row": row, "facts": facts, "map": maps.of_order(found)}


def _stages(found: Order, today: datetime.date) -> list[Stage]:
    asked = found.consulted_until
    done = bool(asked and asked < today)
    state = "done" if done or found.state == OrderState.MADE else "now"
    stages = [Stage("Consulted on", longdate(asked) if asked else "", state)]
    made = found.state == OrderState.MADE
    starts = longdate(found.starts_on) if found.starts_on else ""
    began = bool(made and found.starts_on and found.starts_on <= today)
    stages.append(Stage("Made", "", "done" if made else "now" if done else ""))
    over = bool(found.ends_on and found.ends_on <= today)
    stages.append(Stage("In force", starts, ("done" if over else "now") if began else ""))
    last = longdate(found.ends_on - DAY) if found.ends_on else ""
    stages.append(Stage("Runs out", last, "now" if over else ""))
    return stages


# ---- steps --------------------------------------------------------------------------------------


@policy(Partnership, GET="keep orders", POST="keep orders")
def order_add(request: HttpRequest) -> HttpResponse:
    """Note an order that is being prepared."""
    require(can(request.user, "keep orders", request.partnership))
    url = address(request, "orders")
    return ask(
        request,
        lambda posted: forms.OrderForm(posted, partnership=request.partnership, cancel=url),
        lambda **said: workflow.add(request.partnership, **said, by=request.user),
        title="Note an order", done="The order is noted. Say next who is consulted.", back=url,
        crumbs=[("Orders", url)],
        intro="Orders about a place only. Nothing that names a person belongs here.",
    )  # fmt: skip


@policy(Order, GET="change", POST="change")
def order_change(request: HttpRequest, slug: str) -> HttpResponse:
    """Mend what is said of an order."""
    found = _keeping(request, slug)
    initial = {
        name: getattr(found, name)
        for name in ("title", "made_by", "place", "terms", "penalty", "area_codes", "outline",
                     "source_url", "shown_to_public")
    }  # fmt: skip
    return _step(
        request, found,
        lambda posted: forms.ChangeOrderForm(
            posted, partnership=request.partnership, initial=initial,
            cancel=found.get_absolute_url(),
        ),
        workflow.change, title="Change what is said of it", done="The order is changed.",
    )  # fmt: skip


@policy(Order, GET="change", POST="change")
def order_consult(request: HttpRequest, slug: str) -> HttpResponse:
    """Say who was consulted."""
    found = _keeping(request, slug)
    initial = {
        name: getattr(found, name)
        for name in ("consulted_from", "consulted_until", "consulted_whom", "consulted_found")
    }
    asked = limits.limit(found.power, limits.CONSULTED, clock.today())
    return _step(
        request, found,
        lambda posted: forms.ConsultForm(posted, initial=initial, cancel=found.get_absolute_url()),
        workflow.consult, title="Consultation", done="The consultation is noted.",
        intro=f"The Act asks for: {asked.words} ({asked.source})." if asked else "",
    )  # fmt: skip


@policy(Order, GET="change", POST="change")
def order_make(request: HttpRequest, slug: str) -> HttpResponse:
    """Say from which day to which it holds."""
    found = _keeping(request, slug)
    starts_on = found.extends.ends_on if found.extends else None
    longest = limits.limit(found.power, limits.LONGEST, starts_on or clock.today())
    return _step(
        request, found,
        lambda posted: forms.MakeForm(
            posted, initial={"starts_on": starts_on}, cancel=found.get_absolute_url()
        ),
        workflow.make, title="Say that it is made", done="The order is made.",
        intro=f"The limit now: {longest.words.lower()} ({longest.source})." if longest else "",
    )  # fmt: skip


@policy(Order, GET="change", POST="change")
def order_discharge(request: HttpRequest, slug: str) -> HttpResponse:
    """End it before its day, with a reason."""
    found = _keeping(request, slug)
    return _step(
        request, found, lambda posted: forms.ReasonForm(posted, cancel=found.get_absolute_url()),
        workflow.discharge, title="Discharge this order", done="The order is discharged.",
        intro="It no longer holds, and leaves the public site. You can take this back.",
    )  # fmt: skip


@policy(Order, POST="change")
def order_extend(request: HttpRequest, slug: str) -> HttpResponse:
    """Prepare the order that follows on it."""
    found = _keeping(request, slug)
    url = found.get_absolute_url()
    return do(
        request, lambda: workflow.extend(found, by=request.user), to=url,
        done="An extension is being prepared. Say who is consulted before it is made.",
    )  # fmt: skip


@policy(Order, POST="change")
def order_reinstate(request: HttpRequest, slug: str) -> HttpResponse:
    """Undo a discharge."""
    found = _keeping(request, slug)
    return do(
        request, lambda: workflow.reinstate(found, by=request.user),
        done="The order stands as it did before.", to=found.get_absolute_url(),
    )  # fmt: skip


def _keeping(request: HttpRequest, slug: str) -> Order:
    return load(request, Order, "change", slug=slug)


def _step(
    request: HttpRequest, found: Order, build: Any, verb: Any, *, title: str, done: str,
    intro: str = "",
) -> HttpResponse:  # fmt: skip
    return ask(
        request, build, lambda **said: verb(found, **said, by=request.user), title=title,
        done=done, back=found.get_absolute_url(), intro=intro,
        crumbs=[("Orders", address(request, "orders")), (found.title, found.get_absolute_url())],
    )  # fmt: skip


# ---- for everybody ------------------------------------------------------------------------------


@login_not_required
@policy(Partnership, "read public orders")
def public_orders(request: HttpRequest) -> HttpResponse:
    """Orders about places that hold, for everybody."""
    require(can(request.user, "read public orders", request.partnership))
    rows = queries.public_orders(request.partnership, clock.today())
    return render(request, "assessments/public_orders.html", {"rows": rows})


@login_not_required
@policy(Order, "view")
def public_order(request: HttpRequest, slug: str) -> HttpResponse:
    """One public order, with its terms and its map."""
    found = load(request, Order, "view", slug=slug, state=OrderState.MADE, shown_to_public=True)
    context = _shown(found, clock.today()) | {"list_url": address(request, "public_orders")}
    return render(request, "assessments/public_order.html", context)
