"""Orders that run out, themes without a lead, and the horizon: what is asked and how it stands."""

import datetime
from collections.abc import Iterator

from django.urls import reverse

from assessments.models import PolicyChange
from assessments.queries import orders, themes
from core.dates import count, longdate
from core.registries import Owed, duties
from membership.models import Partnership, Theme

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
    if not Theme.objects.of(partnership).on(on).exists():
        yield Owed(what, "gap", TERMS, url, "No themes are set up.")
        return
    without = themes.without_lead(partnership, on)
    if without:
        names = ", ".join(theme.name for theme in without)
        yield Owed(what, "gap", TERMS, url, f"Nobody leads {names}.")
    else:
        yield Owed(what, "met", TERMS, url)


@duties
def horizon_watched(partnership: Partnership, on: datetime.date) -> Iterator[Owed]:
    """Changes of law and policy are looked at when somebody said they would be."""
    late = PolicyChange.objects.of(partnership).filter(closed_at__isnull=True, look_again_on__lt=on)
    number = late.count()
    url = reverse("assessments:horizon", args=[partnership.slug])
    what = "Changes of law and policy are looked at again in time"
    if number:
        first = late.order_by("look_again_on").values_list("look_again_on", flat=True)[0]
        why = f"{count(number, 'change')} not looked at since."
        yield Owed(what, "overdue", TERMS, f"{url}?view=again", why, first)
    else:
        yield Owed(what, "met", TERMS, url)
