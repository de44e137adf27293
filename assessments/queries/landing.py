"""What the page shows where assessment and strategy begin."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from assessments.models import Assessment
from assessments.queries import assessing
from core.permissions import can
from membership.models import Partnership

MOST = 2


@dataclass(frozen=True, slots=True)
class Door:
    """A part of the room: what it is called, where it is, and what is in it."""

    label: str
    url: str
    says: str


# Label, address, the verb of the partnership that opens it, and what is behind it.
DOORS = (
    ("Community Safety Strategy", "strategies", "read strategies",
     "Priorities, objectives and actions of three years, refreshed each year."),
    ("Themes", "themes", "read themes",
     "Each with its lead, plan, figures, actions and papers in one place."),
    ("Powers and orders", "powers", "read powers",
     "What the law allows, orders in force and when they end, and how powers were used."),
    ("On the horizon", "horizon", "read horizon",
     "Changes of law and policy that are coming, and who follows them."),
    ("Community tensions", "tensions", "read tensions",
     "Weekly reports of what was experienced and evidenced, and what may come."),
)  # fmt: skip


def doors(user: Any, partnership: Partnership) -> list[Door]:
    """Those that a person may open."""
    return [
        Door(label, reverse(f"assessments:{name}", args=[partnership.slug]), says)
        for label, name, verb, says in DOORS
        if can(user, verb, partnership)
    ]


def assessments(user: Any, partnership: Partnership) -> list[tuple[Assessment, str, str]]:
    """The newest assessments, each with its state as a tag."""
    found = assessing.assessments(user, partnership)[:MOST]
    return [(each, *assessing.state_of(each)) for each in found]
