"""Orders that run out, themes without a lead, and the horizon: what is asked and how it stands."""

import datetime
from collections.abc import Iterator

from django.urls import reverse

from assessments.queries import horizon, orders, themes
from core.dates import count, longdate
from core.registries import Owed, duties
from membership.models import Partnership

ORDERS = "Anti-social Behaviour, Crime and Policing Act 2014 s.60"
TERMS = "Terms of reference, Purpose"
DAY = datetime.timedelta(days=1)
URGENT = 3  # months


@duties
def orders_running_out(partnership: Partnership, on: datetime.date) -> Iterator[Owed]:
    """No order about a place runs out unnoticed."""
    found = orders.running_out(partnership, on)
    for each in found:
        if each.ends_on:
            why = f"It runs out at the end of {longdate(each.ends_on - DAY)}."
            yield Owed(
                f"{each.title}: extend it, change it or let it end", "due", ORDERS,
                url=each.get_absolute_url(), why=why, due=each.ends_on - DAY,
            )  # fmt: skip
    if not found:
        url = reverse("assessments:orders", args=[partnership.slug])
        why = "None runs out within a year."
        yield Owed("Orders about places do not run out unnoticed", "met", ORDERS, url, why)


@duties
def themes_led(partnership: Partnership, on: datetime.date) -> Iterator[Owed]:
    """Each theme has a lead."""
    url = reverse("assessments:themes", args=[partnership.slug])
    what = "Each theme has an agency that leads it"
    found = themes.with_lead(partnership, on)
    without = [theme.name for theme in found if not theme.has_lead]
    if not found:
        yield Owed(what, "gap", TERMS, url, "No themes are set up.")
    elif without:
        names = ", ".join(without)
        yield Owed(what, "gap", TERMS, url, f"Nobody leads {names}.")
    else:
        yield Owed(what, "met", TERMS, url)


@duties
def horizon_watched(partnership: Partnership, on: datetime.date) -> Iterator[Owed]:
    """Changes of law and policy are looked at when somebody said they would be."""
    asked = [each.look_again_on for each in horizon.to_look_at(partnership, on)]
    days = [day for day in asked if day and day < on]
    url = reverse("assessments:horizon", args=[partnership.slug])
    what = "Changes of law and policy are looked at again in time"
    if days:
        why = f"{count(len(days), 'change')} not looked at since."
        yield Owed(what, "overdue", TERMS, f"{url}?view=again", why, days[0])
    else:
        yield Owed(what, "met", TERMS, url)
