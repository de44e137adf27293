"""Where a group's agendas are prepared: its templates, its items for later, its reports."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from core.components import Link
from core.permissions import can
from membership.models import Group


@dataclass(frozen=True, slots=True)
class Preparing:
    """A group and the pages on which its agendas are prepared, for one person."""

    group: Group
    links: list[Link]


def preparing(user: Any, groups: Iterable[Group]) -> list[Preparing]:
    """The groups whose agendas this person prepares or reports to, with where to do it."""
    found = [Preparing(group, list(_links(user, group))) for group in groups]
    return [each for each in found if each.links]


def _links(user: Any, group: Group) -> Iterable[Link]:
    pages = [
        ("keep items for later", "Items for later", "backlog"),
        ("keep agenda templates", "Agenda templates", "templates"),
    ]
    if group.reports_to_id:
        pages.append(("read reports", "Reports and steers", "reports"))
    for verb, label, name in pages:
        if can(user, verb, group):
            address = reverse(f"meetings:{name}", args=[group.partnership.slug, group.slug])
            yield Link(label, address)
