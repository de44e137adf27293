"""The standing items of the terms of reference, and when each is on an agenda.

A meeting of the board begins with all of them. Other groups have a short order of business.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from core import dates
from core.markings import Marking
from meetings.models import ItemKind, Meeting
from membership.models import Group, GroupKind

CHAIR, OFFICER, POLICE = "chair", "officer", "police"


@dataclass(frozen=True, slots=True)
class StandingItem:
    """A line that a new agenda starts with.

    ``clause`` names the part of the terms of reference it comes from. ``lead`` is the office that
    leads it (``chair``, ``officer``), a kind of agency (``police``), the slug of the subgroup
    whose chair does (``dvacs``), or nothing where the whole group does.
    """

    kind: ItemKind
    title: str
    clause: str
    minutes: int = 5
    lead: str = ""
    lead_words: str = ""
    marking: str = Marking.OFFICIAL
    paper_expected: bool = False
    note: str = ""


# What opens and closes every agenda, whatever the group.
APOLOGIES = StandingItem(
    ItemKind.APOLOGIES, "Welcome, apologies and substitutes", "Agencies represented", 3, CHAIR
)
MINUTES = StandingItem(
    ItemKind.MINUTES, "Minutes of the last meeting", "Governance: administered by officers", 5,
    CHAIR, note="Agree the minutes, with any corrections",
)  # fmt: skip
MATTERS_ARISING = StandingItem(
    ItemKind.MATTERS_ARISING, "Matters arising and open actions",
    "Governance: administered by officers", 10, OFFICER, note="Note progress; confirm what is done",
)  # fmt: skip
ANY_OTHER_BUSINESS = StandingItem(
    ItemKind.ANY_OTHER_BUSINESS, "Any other business", "Governance: administered by officers", 3,
    CHAIR,
)  # fmt: skip
NEXT_DATE = StandingItem(
    ItemKind.NEXT_DATE, "Date of the next meeting", "Governance: the CSP will meet quarterly", 2,
    OFFICER,
)  # fmt: skip

INTERESTS = StandingItem(
    ItemKind.INTERESTS, "Declarations of interest", "Good practice; not in the terms of reference",
    2, lead_words="Everyone",
)  # fmt: skip
CHAIR_REVIEW = StandingItem(
    ItemKind.CHAIR_REVIEW, "Review of the chair and vice-chair",
    "Governance: reviewed on an annual basis, first meeting of the municipal year", 5, OFFICER,
    note="Decide who chairs and who is vice-chair for the year",
)  # fmt: skip

BOARD = (
    StandingItem(
        ItemKind.PERFORMANCE, "Crime and performance", "Purpose 1", 15, POLICE,
        paper_expected=True, note="Consider the figures; give direction where it is needed",
    ),
    StandingItem(
        ItemKind.STRATEGY, "Community Safety Strategy: progress", "Purposes 2 and 3", 10, OFFICER,
        paper_expected=True, note="Oversee delivery, and how it serves the Police and Crime Plan",
    ),
    StandingItem(
        ItemKind.FUNDING, "Funding and grants", "Purpose 4", 5, OFFICER, paper_expected=True,
        note="Agree bids; note spending and returns",
    ),
    StandingItem(
        ItemKind.THEMES, "Domestic abuse, modern slavery, Prevent", "Purpose 13", 10, POLICE,
        note="Note the updates of each lead",
    ),
    StandingItem(
        ItemKind.TENSIONS, "Community tensions and hate crime", "Purpose 14", 5, POLICE,
        note="Note tensions and the prevalence of hate crime",
    ),
    StandingItem(
        ItemKind.POWERS, "Use of anti-social behaviour powers", "Purpose 8", 5, OFFICER,
        note="Oversee the use of powers under the 2014 Act",
    ),
    StandingItem(
        ItemKind.COUNTYWIDE, "Countywide services and groups", "Purpose 5", 5, OFFICER,
        note="Hear back from those who represent the partnership",
    ),
    StandingItem(
        ItemKind.HORIZON, "Horizon: changes in policy and law", "Purpose 7", 5, OFFICER,
        paper_expected=True, note="Note what changes and by when",
    ),
)  # fmt: skip

REVIEWS = (
    StandingItem(
        ItemKind.CASE_REVIEWS, "ASB case reviews (Community Trigger)", "Purpose 12", 5, OFFICER,
        marking=Marking.SENSITIVE, note="Note applications; oversee recommendations",
    ),
    StandingItem(
        ItemKind.DEATH_REVIEWS, "Domestic homicide and abuse-related death reviews",
        "Purposes 10 and 11", 5, OFFICER, marking=Marking.SENSITIVE,
        note="Oversee action plans; note requests for information",
    ),
)  # fmt: skip

# The subgroups that the terms of reference name (purpose 9), by their slugs.
SUBGROUP_KINDS = {"dvacs": ItemKind.DVACS, "ocg": ItemKind.OCG}

# Lines that stay at the end of the open part: a new item goes in before them.
CLOSING = (ItemKind.ANY_OTHER_BUSINESS, ItemKind.NEXT_DATE)


def minutes_title(last: Meeting) -> str:
    """Minutes of 16 September 2026."""
    return f"Minutes of {dates.longdate(last.on)}"


def items_for(
    group: Group, *, first_of_year: bool, last: Meeting | None, reporting: Iterable[Group]
) -> list[StandingItem]:
    """The lines that a new agenda starts with, in order within the open and restricted parts.

    ``last`` is the meeting whose minutes are to be agreed, if there is one; ``reporting`` are the
    subgroups that report to this group. The chair is reviewed at the first meeting of the
    municipal year, where the group's terms ask it.
    """
    review = [CHAIR_REVIEW] if first_of_year and group.chair_reviewed else []
    minutes = [replace(MINUTES, title=minutes_title(last))] if last else []
    if group.kind != GroupKind.BOARD:
        short = [APOLOGIES, *minutes, MATTERS_ARISING, *review, ANY_OTHER_BUSINESS, NEXT_DATE]
        return [replace(each, marking=group.default_marking) for each in short]
    updates = [update_of(each) for each in reporting]
    return [
        APOLOGIES, INTERESTS, *minutes, MATTERS_ARISING, *review, *BOARD, *updates, *REVIEWS,
        ANY_OTHER_BUSINESS, NEXT_DATE,
    ]  # fmt: skip


def update_of(subgroup: Group) -> StandingItem:
    """The update of a subgroup, led by its chair and marked as its business is."""
    return StandingItem(
        SUBGROUP_KINDS.get(subgroup.slug, ItemKind.OTHER), f"{subgroup.short_name} update",
        "Purpose 9", 10, subgroup.slug, marking=subgroup.default_marking, paper_expected=True,
        note="Receive the update; give a strategic overview",
    )  # fmt: skip
