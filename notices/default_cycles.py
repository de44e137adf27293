"""The duties that the law and the terms of reference give every partnership, year by year.

An officer may change, end or add to them. The months are those in which a district's year runs:
figures to the end of September, the assessment in January, scrutiny in February, the strategy in
force on 1 April, chairs after the council's annual meeting.
"""

from collections.abc import Callable
from dataclasses import dataclass

from core.reminders import CHAIR, OWNER, Rung
from notices.models import Audience, Every

REFERENCE = "Terms of reference, Governance and Scrutiny"
SHARING = "Terms of reference, Information Sharing"
REGULATIONS = "SI 2007/1830 (formulation and implementation of strategy)"

STRATEGY, REFRESH = "three-year-strategy", "strategy-refresh"
AGREEMENT, PROTOCOLS = "agreement-review", "protocol-reviews"

# Months of work come before it: first in time to begin, then in time to finish.
LONG = (Rung(-60, OWNER), Rung(-15, OWNER), Rung(1, OWNER), Rung(5, CHAIR))
# A day's work.
SHORT = (Rung(-15, OWNER), Rung(1, OWNER), Rung(10, CHAIR))
# The room that it is about reminds people itself, of what it knows better.
ELSEWHERE: tuple[Rung, ...] = ()

Date = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Default:
    """A duty that every partnership begins with. ``due`` gives month and day, told the month in
    which the municipal year starts.
    """

    key: str
    title: str
    source: str
    every: Every
    due: Callable[[int], Date]
    ladder: tuple[Rung, ...]
    owner: Audience = Audience.OFFICERS


def _always(month: int, day: int) -> Callable[[int], Date]:
    return lambda starts_in: (month, day)


def _before_the_year(starts_in: int) -> Date:
    """The last day before the municipal year."""
    return ((starts_in - 2) % 12 + 1, 31)


def _first_quarter(starts_in: int) -> Date:
    """The end of the quarter in which the municipal year’s first meeting is held."""
    return (starts_in // 3 * 3 + 2) % 12 + 1, 31


DEFAULTS = (
    Default(
        "quarterly-meeting", "Hold the quarter’s board meeting",
        f"{REFERENCE}: the CSP will meet quarterly", Every.QUARTER, _always(3, 31), ELSEWHERE,
    ),
    Default(
        "meeting-dates", "Set the dates of the coming municipal year’s meetings",
        f"{REFERENCE}: the CSP will meet quarterly", Every.YEAR, _before_the_year, ELSEWHERE,
    ),
    Default(
        "chair-review", "Review the chair and the vice-chair",
        f"{REFERENCE}: reviewed on an annual basis, at the first meeting of the municipal year",
        Every.YEAR, _first_quarter, ELSEWHERE,
    ),
    Default(
        "strategic-assessment", "Publish the Strategic Assessment",
        f"{REFERENCE}: an annual Strategic Assessment; {REGULATIONS}, regulations 5 to 7",
        Every.YEAR, _always(1, 31), LONG,
    ),
    Default(
        REFRESH, "Refresh the Community Safety Strategy",
        f"{REFERENCE}: refreshed annually; {REGULATIONS}, regulations 10 and 11",
        Every.YEAR, _always(3, 31), LONG,
    ),
    Default(
        STRATEGY, "Publish the next three-year Community Safety Strategy",
        f"Crime and Disorder Act 1998, section 6; {REFERENCE}: a 3 year strategy",
        Every.THREE_YEARS, _always(3, 31), LONG,
    ),
    Default(
        "strategy-to-pcc", "Send the strategy to the Police and Crime Commissioner",
        "SI 2007/1830, regulation 13A, inserted by SI 2012/2660: a copy to the commissioner",
        Every.YEAR, _always(4, 30), SHORT,
    ),
    Default(
        "public-summary", "Publish a summary of the strategy",
        f"{REGULATIONS}, regulations 10 and 11: a summary is published",
        Every.YEAR, _always(4, 30), SHORT,
    ),
    Default(
        "scrutiny", "Be scrutinised by the crime and disorder committee",
        f"Police and Justice Act 2006, section 19: at least once in 12 months; {REFERENCE}",
        Every.YEAR, _always(2, 29), LONG,
    ),
    Default(
        "case-review-figures", "Publish the year’s figures of ASB case reviews",
        "Anti-social Behaviour, Crime and Policing Act 2014, section 104: at least every 12 months",
        Every.YEAR, _always(6, 30), SHORT,
    ),
    Default(
        "performance-report", "Report performance to the scrutiny committee",
        f"{REFERENCE}: the CSP will receive scrutiny from the committee",
        Every.YEAR, _always(7, 31), SHORT,
    ),
    Default(
        AGREEMENT, "Review the information sharing agreement",
        f"{SHARING}: K-MISA, which is reviewed each year", Every.YEAR, _always(3, 31), ELSEWHERE,
    ),
    Default(
        PROTOCOLS, "Review each Frequent Sharing Protocol",
        f"{SHARING}: a protocol for the CSP and each of its subgroups", Every.YEAR,
        _always(3, 31), ELSEWHERE,
    ),
)  # fmt: skip

BY_KEY = {each.key: each for each in DEFAULTS}

# Duties of which a room speaks better: it says itself how they stand and whose work they are.
SAID_ELSEWHERE = [each.key for each in DEFAULTS if not each.ladder]
