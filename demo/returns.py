"""Agencies' figures in the story: asked each quarter, given, one missing, one provisional.

Every one of these figures is invented and says so in its note; no street crime is.
"""

import datetime
import random
from decimal import Decimal

from actions.models import Request
from actions.workflow import requests
from assessments.workflow import counting
from core import working_days
from core.dates import london_date
from demo.partnership import Cast
from demo.telling import on
from figures.models import FiguresReturn, Indicator
from figures.queries import periods
from figures.queries import returns as queries
from figures.queries.periods import Period
from figures.workflow import indicators, returns

DAY = datetime.timedelta(days=1)
QUARTERS = 4
NOTE = "Invented for the demonstration"

# About how many in a quarter, and each part's share of them.
LEVELS: dict[str, tuple[int, tuple[float, ...]]] = {
    "domestic-abuse-incidents": (610, ()),
    "domestic-abuse-repeat": (96, ()),
    "marac-cases": (38, (0.7, 0.3)),
    "hate-crime": (52, (0.7, 0.12, 0.1, 0.06, 0.04)),
    "modern-slavery-referrals": (9, (0.7, 0.3)),
    "prevent-referrals": (7, ()),
    "police-asb-incidents": (480, (0.2, 0.65, 0.15)),
    "serious-violence": (41, ()),
    "deliberate-fires": (34, (0.3, 0.7)),
    "violence-to-fire-staff": (3, ()),
    "power-community-protection-notice": (17, ()),
    "power-dispersal": (8, ()),
    "community-tension": (14, (0.4, 0.2, 0.4)),
    "feel-safe-after-dark": (61, ()),
    "power-civil-injunction-district": (6, (0.3,)),
    "power-civil-injunction-police": (7, (0.3,)),
    "power-criminal-behaviour-order-police": (9, (0.2,)),
    "power-dispersal-police": (14, (0.6, 0.1)),
    "power-community-protection-notice-police": (8, (0.6, 0.1)),
    "power-public-spaces-protection-order-district": (12, (0.5, 0.3, 0.1)),
    "power-closure-notice-police": (3, ()),
    "power-closure-order-police": (3, (0.3, 0.3)),
}
GIVES = {"police": "linden", "council": "clover", "fire": "juniper"}


def tell(cast: Cast, today: datetime.date) -> None:
    """A year of quarters: whose figures came, whose are late, and what fire still owes."""
    quarters = _quarters(today)
    hazel = cast.people["hazel"]
    with on(quarters[0].ends_on + 20 * DAY, 9):
        indicators.set_up_default_indicators(cast.partnership, by=hazel)
        counting.count_use(cast.partnership, by=hazel)
    for number, quarter in enumerate(quarters):
        asked_on = working_days.next_working_day(quarter.ends_on + DAY * (1 if number else 21))
        if asked_on < today:
            with on(asked_on, 9):
                returns.ask(cast.partnership, on=asked_on, by=hazel)
    _survey(cast, today)
    waiting = FiguresReturn.objects.of(cast.partnership).filter(sent_at=None)
    for own in waiting.order_by("starts_on", "agency__name"):
        _answered(cast, own, today)
    _draft(cast, quarters[-1], today)
    _chase(cast, today)


def _quarters(today: datetime.date) -> list[Period]:
    found = [periods.before(today, "quarter")]
    while len(found) < QUARTERS:
        found.insert(0, periods.before(found[0].starts_on, "quarter"))
    return found


def _answered(cast: Cast, own: FiguresReturn, today: datetime.date) -> None:
    """The health board has not answered; fire has, but not for all of it."""
    giver = next((who for key, who in GIVES.items() if cast.bodies[key] == own.agency), None)
    newest = periods.before(today, "quarter")
    last = own.starts_on == newest.starts_on
    asked_on = london_date(own.request.asked_at)
    day = asked_on + (16 if giver == "linden" else 30) * DAY
    if giver is None or day >= today or (last and giver == "juniper"):
        return
    draft = _figures(own, provisional=last)
    if giver == "juniper" and own.ends_on == newest.starts_on:
        draft = _missing(
            draft, "deliberate-fires", "Incidents are being moved to a new recording system",
            max(today, day) + 12 * DAY,
        )  # fmt: skip
    if giver == "linden" and own.ends_on == newest.starts_on:
        draft = _missing(
            draft, "power-dispersal-police", "Authorisations are kept on paper at each station",
            max(today, day) + 30 * DAY,
        )  # fmt: skip
    with on(day, 14):
        own = returns.save_draft(own, draft=draft, by=cast.people[giver])
        returns.send(own, by=cast.people[giver])
    if not last and day + 3 * DAY < today:
        with on(day + 3 * DAY, 11):
            requests.accept(own.request, by=cast.people["hazel"])


def _figures(own: FiguresReturn, *, provisional: bool) -> returns.Draft:
    """Figures that keep to a level, the same at every telling."""
    chance = random.Random(f"{own.agency.slug} {own.starts_on:%m %Y}")
    draft: returns.Draft = {}
    for section in queries.sections(own, own.ends_on):
        indicator = section.indicator
        level, shares = LEVELS.get(indicator.slug, (6, ()))
        whole = round(level * chance.uniform(0.88, 1.12))
        draft[f"{indicator.slug}||"] = {"value": str(whole)}
        left = whole
        for number, part in enumerate(indicator.breakdowns):
            rest = indicator.adds_up and number == len(indicator.breakdowns) - 1
            value = left if rest else min(left, round(whole * _share(shares, number, indicator)))
            left -= value
            draft[f"{indicator.slug}||{part}"] = {"value": str(value)}
        _wards(draft, section, whole, chance)
        draft[indicator.slug] = {
            "standing": "provisional" if provisional else "audited", "note": NOTE
        }  # fmt: skip
    return draft


def _share(shares: tuple[float, ...], number: int, indicator: Indicator) -> float:
    return shares[number] if number < len(shares) else 1 / len(indicator.breakdowns)


def _wards(
    draft: returns.Draft, section: queries.Section, whole: int, chance: random.Random
) -> None:
    """Each ward's part of the whole; a few have no known place."""
    rows = [row for row in section.rows if row.area]
    weights = [chance.uniform(0.4, 1.6) for _ in rows]
    for row, weight in zip(rows, weights, strict=True):
        value = int(whole * Decimal("0.97") * Decimal(weight / sum(weights)))
        draft[row.key] = {"value": str(value)}


def _missing(
    draft: returns.Draft, slug: str, reason: str, expected: datetime.date
) -> returns.Draft:
    """The same without one figure, which is owed."""
    kept = {key: said for key, said in draft.items() if key.partition("|")[0] != slug}
    kept[slug] = {"missing": "yes", "reason": reason, "expected": f"{expected:%-d %B %Y}"}
    return kept


def _survey(cast: Cast, today: datetime.date) -> None:
    """The residents’ survey, once a year."""
    clover = cast.people["clover"]
    yearly = FiguresReturn.objects.of(cast.partnership).filter(
        agency=cast.bodies["council"], sent_at=None
    )
    for own in yearly:
        day = london_date(own.request.asked_at) + 9 * DAY
        if queries.frequency_of(queries.period(own)) == "year" and day + DAY < today:
            with on(day, 15):
                own = returns.save_draft(own, draft=_figures(own, provisional=False), by=clover)
                returns.send(own, by=clover)
            with on(day + DAY, 9):
                requests.accept(own.request, by=cast.people["hazel"])


def _draft(cast: Cast, last: Period, today: datetime.date) -> None:
    """Fire has begun its newest return."""
    own = FiguresReturn.objects.of(cast.partnership).filter(
        agency=cast.bodies["fire"], starts_on=last.starts_on, ends_on=last.ends_on, sent_at=None
    )
    for each in own:
        draft = {"violence-to-fire-staff||": {"value": "2"}}
        with on(min(london_date(each.request.asked_at) + DAY, today), 8):
            returns.save_draft(each, draft=draft, by=cast.people["juniper"])


def _chase(cast: Cast, today: datetime.date) -> None:
    """The health board is late, and has been reminded by hand."""
    late = Request.objects.of(cast.partnership).late(today).filter(agency=cast.bodies["icb"])
    for each in late.order_by("-first_due_on")[:1]:
        with on(today - 2 * DAY, 10):
            requests.chase(each, text="Spoke to the safeguarding team.", by=cast.people["hazel"])
