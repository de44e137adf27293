"""Contact with countywide services, and what comes back (terms of reference, purpose 5)."""

import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from audit import workflow as audit
from core import clock
from core.dates import longdate
from core.permissions import can, require
from core.workflow import Wrong
from membership.models import Partnership, Representation, RepresentationReport
from membership.workflow.keeping import keep, locked, stop, unchanged


@transaction.atomic
def add_representation(
    partnership: Partnership, *, body: str, purpose: str = "", person: Any = None,
    contact_name: str = "", contact_email: str = "", contact_telephone: str = "",
    starts_on: datetime.date, by: Any,
) -> Representation:  # fmt: skip
    """Record a countywide service or group, and who represents the partnership there."""
    require(can(by, "manage countywide", partnership))
    representation = Representation(
        partnership=partnership, body=body, purpose=purpose, person=person,
        contact_name=contact_name, contact_email=contact_email,
        contact_telephone=contact_telephone, starts_on=starts_on,
    )  # fmt: skip
    keep(representation, by=by)
    audit.record("recorded contact with", representation, by=by, partnership=partnership)
    return representation


@transaction.atomic
def change_representation(
    representation: Representation, *, read: int | None = None, by: Any, **fields: Any
) -> Representation:
    """Change who goes there, whom to ask, or what the body does. Who went before stays known."""
    representation = locked(representation)
    require(can(by, "change", representation))
    unchanged(representation, read)
    for name, value in fields.items():
        setattr(representation, name, value)
    keep(representation, by=by)
    where = representation.partnership
    audit.record("changed the contact with", representation, by=by, partnership=where)
    return representation


@transaction.atomic
def end_representation(representation: Representation, *, on: datetime.date, by: Any) -> None:
    """Keep contact no longer, from that day."""
    representation = locked(representation)
    require(can(by, "change", representation))
    if representation.ends_on and representation.ends_on <= on:
        raise Wrong(f"This contact ended on {longdate(representation.ends_on)}.")
    if on < representation.starts_on:
        raise ValidationError({"on": f"It began on {longdate(representation.starts_on)}."})
    stop(representation, on=on, by=by)
    where = representation.partnership
    audit.record("ended the contact with", representation, by=by, partnership=where)


@transaction.atomic
def report_back(
    representation: Representation, *, on: datetime.date, text: str, by: Any
) -> RepresentationReport:
    """Record what came back to the board from a countywide body."""
    require(can(by, "report", representation))
    if on > clock.today():
        raise ValidationError({"on": "The date cannot be in the future."})
    report = RepresentationReport(representation=representation, on=on, text=text, by=by)
    report.save()
    where = representation.partnership
    audit.record("reported back from", representation, by=by, partnership=where)
    return report
