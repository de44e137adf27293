"""Reminders of orders that run out, changes to look at again, and raised tensions unseen."""

import datetime
from typing import Any

from django.db.models import (
    DateField,
    Exists,
    ExpressionWrapper,
    F,
    Func,
    OuterRef,
    Q,
    QuerySet,
    Value,
)
from django.db.models.functions import Cast

from assessments.models import Order, OrderState, PolicyChange, TensionReport
from assessments.models.themes import RAISED
from assessments.queries.orders import MONTHS
from core.reminders import (
    CHAIR,
    OFFICERS,
    OWNER,
    Ask,
    Rung,
    address,
    as_text,
    day_in_words,
    reminder,
    words,
)

EXTENSION = "Anti-social Behaviour, Crime and Policing Act 2014 s.60"
HORIZON = "Terms of reference, Purpose: changes of policy and law"
TENSIONS = "Terms of reference, Purpose: community tensions"
AHEAD = {12: "a year", 6: "six months", 3: "three months"}
DAY = datetime.timedelta(days=1)


class Months(Func):
    """A date so many months earlier."""

    template = "(%(expressions)s - INTERVAL '%(months)s months')::date"
    output_field = DateField()


def _warns(months: int) -> Ask:
    """The reminder of orders that run out in so many months."""
    audiences = (Rung(0, OFFICERS), Rung(10, CHAIR)) if months > 3 else (
        Rung(0, OFFICERS), Rung(0, CHAIR), Rung(20, OFFICERS),
    )  # fmt: skip

    def running_out(on: datetime.date) -> QuerySet[Any]:
        """Orders in force after which none has been made that carries them on."""
        follows = Order.objects.filter(extends=OuterRef("pk"), state=OrderState.MADE).order_by()
        orders = Order.objects.filter(~Exists(follows), state=OrderState.MADE)
        last = ExpressionWrapper(F("ends_on") - Value(DAY), output_field=DateField())
        return orders.annotate(last=Cast(last, DateField())).values(
            "partnership", subject=as_text("pk"), due=Months("ends_on", months=months),
            since=Cast("created_at", DateField()), until=F("last"),
            text=words("An order about a place runs out at the end of ", day_in_words("last"),
                       ". Extend it, change it, or let it end."),
            url=address("assessments:order", partnership="partnership__slug", slug="slug"),
        )  # fmt: skip

    return reminder(
        f"order-ends-{months}", title=f"An order runs out in {AHEAD[months]}", ladder=audiences,
        source=EXTENSION,
    )(running_out)  # fmt: skip


orders_running_out = {months: _warns(months) for months in MONTHS}


@reminder(
    "horizon-look-again", title="A change of law or policy is to be looked at again",
    ladder=(Rung(0, OWNER), Rung(0, OFFICERS), Rung(10, OFFICERS)), source=HORIZON,
)  # fmt: skip
def look_again(on: datetime.date) -> QuerySet[Any]:
    """Changes still on the horizon, on the day that was set for looking at them again."""
    changes = PolicyChange.objects.filter(closed_at__isnull=True, look_again_on__isnull=False)
    return changes.values(
        "partnership", "post", subject=as_text("pk"), due=F("look_again_on"), agency=F("owner"),
        since=Cast("created_at", DateField()),
        text=Value("Look again at a change of law or policy that you follow, and say what is new."),
        url=address("assessments:policy_change", partnership="partnership__slug", pk="pk"),
    )  # fmt: skip


@reminder(
    "tension-unseen", title="A raised tension has not been shown to the board",
    ladder=(Rung(2, OFFICERS), Rung(5, CHAIR)), source=TENSIONS,
)  # fmt: skip
def tensions_unseen(on: datetime.date) -> QuerySet[Any]:
    """Open reports to the board from the level on at which it is shown them, until it is."""
    raised = TensionReport.objects.filter(
        Q(level__gte=RAISED), shown_at__isnull=True, closed_at__isnull=True,
        group__kind="board",
    )  # fmt: skip
    reported = Cast("reported_at", DateField())
    return raised.values(
        "partnership", "group", subject=as_text("pk"), due=reported, since=reported,
        text=Value("A tension report waits to be shown to the board."),
        url=address("assessments:tension", partnership="partnership__slug", pk="pk"),
    )  # fmt: skip
