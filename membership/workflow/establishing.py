"""A partnership begins, with its first officer; and its settings."""

import datetime
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from audit import workflow as audit
from core.permissions import can, denied, require
from membership import standing
from membership.models import (
    Agency,
    Group,
    GroupKind,
    Partner,
    Partnership,
    PartnershipArea,
    Post,
    Role,
    Seat,
)
from membership.workflow.groups import make_group
from membership.workflow.keeping import keep, locked, unchanged
from membership.workflow.seats import seat


@dataclass(frozen=True, slots=True)
class Established:
    """What a partnership has on its first day."""

    partnership: Partnership
    agency: Agency
    secretariat: Group
    officer_seat: Seat


@transaction.atomic
def establish_partnership(
    *, name: str, place: str, slug: str, by: Any = None, **settings: Any
) -> Partnership:
    """Make a partnership (Crime and Disorder Act 1998 s.5). ``by`` nobody: the command line."""
    if by is not None and not any(
        can(by, "manage people", held.group.partnership) for held in standing.seats(by)
    ):
        require(denied("Only officers and administrators can establish a partnership."))
    partnership = keep(Partnership(name=name, place=place, slug=slug, **settings), by=by)
    audit.record("established", partnership, by=by, partnership=partnership)
    return partnership


@transaction.atomic
def establish(
    *, name: str, place: str, slug: str, agency: Agency, officer: Any, post: str,
    starts_on: datetime.date, area: str = "", **settings: Any,
) -> Established:  # fmt: skip
    """Make a partnership, its secretariat and its first officer, who does all the rest.

    ``agency`` is the council that coordinates it (a new one is saved), ``post`` the title of the
    officer's post there, ``area`` the GSS code of the district.
    """
    partnership = establish_partnership(name=name, place=place, slug=slug, **settings)
    if agency._state.adding:
        keep(agency, by=officer)
    titled = Post.objects.filter(agency=agency, title=post).first() or keep(
        Post(agency=agency, title=post, starts_on=max(starts_on, agency.starts_on)), by=officer
    )
    partner = Partner(
        partnership=partnership, agency=agency, statutory=bool(agency.statutory_basis),
        starts_on=starts_on, joined_because="Coordinates the partnership",
    )  # fmt: skip
    keep(partner, by=officer)
    if area:
        PartnershipArea.objects.create(
            partnership=partnership, gss_code=area, name=place, starts_on=starts_on
        )
    secretariat = make_group(
        partnership, by=officer, name="Secretariat", short_name="Secretariat", slug="secretariat",
        kind=GroupKind.SECRETARIAT, starts_on=starts_on,
    )  # fmt: skip
    held = seat(
        secretariat, person=officer, agency=agency, role=Role.OFFICER, post=titled,
        starts_on=starts_on, by=None,
    )  # fmt: skip
    return Established(partnership, agency, secretariat, held)


@transaction.atomic
def change_settings(
    partnership: Partnership, *, read: int | None = None, by: Any, **fields: Any
) -> Partnership:
    """Change the partnership's contact, introduction and working-day limits."""
    partnership = locked(partnership)
    require(can(by, "change settings", partnership))
    unchanged(partnership, read)
    for name, value in fields.items():
        setattr(partnership, name, value)
    keep(partnership, by=by)
    audit.record("changed the settings of", partnership, by=by, partnership=partnership)
    return partnership
