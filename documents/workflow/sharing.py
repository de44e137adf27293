"""The record of sharing (K-MISA): what went to whom, under which protocol and gateway."""

import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from audit.workflow import record
from core import clock, history
from core.permissions import can, require
from documents.models import Document, SharingRecord
from membership.models import Agency, Group, Partnership, SharingProtocol
from membership.workflow.keeping import unchanged


@transaction.atomic
def record_sharing(
    partnership: Partnership, *, on: datetime.date, what: str, shared_by: Agency,
    shared_with: Agency, lawful_gateway: str, reason: str, by: Any, recipient: str = "",
    group: Group | None = None, protocol: SharingProtocol | None = None, repeats: str = "",
    document: Document | None = None,
) -> SharingRecord:  # fmt: skip
    """Add a line to the record of sharing (K-MISA: the one-off and the repeat form).

    Raises ``ValidationError`` by field and ``Refused``.
    """
    require(can(by, "keep record of sharing", partnership))
    line = SharingRecord(
        partnership=partnership, on=on, what=what, shared_by=shared_by, shared_with=shared_with,
        recipient=recipient, group=group or (protocol.group if protocol else None),
        protocol=protocol, lawful_gateway=lawful_gateway, reason=reason, repeats=repeats,
        document=document,
    )  # fmt: skip
    line.created_by = by
    require(can(by, "change", line))
    return keep_line(line, by=by)


@transaction.atomic
def correct_sharing(
    line: SharingRecord, *, by: Any, version: int | None = None, **fields: Any
) -> SharingRecord:
    """Correct a line; what it said before stays in its history.

    ``version`` is that of ``membership.workflow.keeping.version`` when it was read. Raises
    ``Changed`` where somebody else has corrected it since.
    """
    current = SharingRecord.objects.select_for_update(of=("self",)).get(pk=line.pk)
    require(can(by, "change", current))
    unchanged(current, version)
    for name, value in fields.items():
        setattr(current, name, value)
    require(can(by, "change", current))
    return keep_line(current, by=by, verb="corrected the record of sharing:")


def keep_line(line: SharingRecord, *, by: Any, verb: str = "") -> SharingRecord:
    """Check a line, save it and write down who did. Raises ``ValidationError`` by field."""
    if line._state.adding:
        line.created_at, line.created_by = clock.now(), by
    line.clean_fields(exclude={field.name for field in line._meta.fields if field.is_relation})
    errors = {}
    if line.on > clock.today():
        errors["on"] = "The date must be today or in the past"
    if line.shared_by_id == line.shared_with_id:
        errors["shared_with"] = "An agency does not share with itself: choose another"
    if line.protocol and line.group_id != line.protocol.group_id:
        errors["protocol"] = f"This protocol is for {line.protocol.group}"
    if errors:
        raise ValidationError(errors)
    history.save(line, by=by)
    record(
        verb or "added to the record of sharing:", line, by=by, partnership=line.partnership,
        group=line.group, sensitive=line.group_id is not None,
    )  # fmt: skip
    return line
