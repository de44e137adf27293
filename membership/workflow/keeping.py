"""How every verb of this room saves: what the database would refuse is said at its field."""

import datetime
from typing import Any, TypeVar

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import IntegrityError, models, transaction

from core import clock, history, remember
from core.workflow import Wrong
from membership.models import Seat

Record = TypeVar("Record", bound=models.Model)

# The field beside which a form shows what a constraint refuses; elsewhere the whole is at fault.
AT_FIELD = {
    "membership_agency_dates": "ends_on",
    "membership_post_dates": "ends_on",
    "membership_post_once": "title",
    "membership_partner_dates": "ends_on",
    "membership_partner_once": "agency",
    "membership_group_slug": "name",
    "membership_group_dates": "ends_on",
    "membership_one_board": "kind",
    "membership_place_dates": "ends_on",
    "membership_seat_dates": "ends_on",
    "membership_one_chair": "role",
    "membership_one_vice_chair": "role",
    "membership_one_seat": "person",
    "membership_agreement_dates": "ends_on",
    "membership_one_agreement": "starts_on",
    "membership_signature_dates": "ends_on",
    "membership_signature_once": "agency",
    "membership_protocol_dates": "ends_on",
    "membership_one_protocol": "starts_on",
    "membership_representation_dates": "ends_on",
    "membership_interest_dates": "ends_on",
}


class Changed(Wrong):
    """The record was changed after the form was read: show both, save neither."""


def keep(record: Record, *, by: Any, why: str = "") -> Record:
    """Save a record in the name of a person, and forget what was answered from it before.

    Raises ``ValidationError``, its messages by field, for what fields or constraints refuse; also
    where another person's save, at the same moment, is what stands in the way.
    """
    record.clean_fields(exclude=_unchecked(record))
    errors: dict[str, list[str]] = {}
    constraints: Any = record._meta.constraints
    for constraint in constraints:
        try:
            constraint.validate(type(record), record)
        except ValidationError as refused:
            errors.setdefault(_field(str(constraint.name)), []).extend(refused.messages)
    if errors:
        raise ValidationError(errors)
    record.validate_unique()
    try:
        with transaction.atomic():
            history.save(record, by=by, why=why)
    except IntegrityError as clash:
        raise _said(record, clash) from clash
    remember.forget()
    return record


def stop(record: Record, *, on: datetime.date, by: Any, why: str = "") -> Record:
    """Let a dated record hold no longer from that day."""
    record.ends_on = on  # type: ignore[attr-defined]
    if isinstance(record, Seat):
        record.ended_at, record.ended_by = clock.now(), by
    return keep(record, by=by, why=why)


def locked(record: Record) -> Record:
    """The record as it stands now, kept from others until the end of the transaction."""
    return type(record)._default_manager.select_for_update(of=("self",)).get(pk=record.pk)


def version(record: models.Model) -> int:
    """The number of the newest entry in the record's history: what a form was read from."""
    newest = record.history.order_by("-history_id").first()  # type: ignore[attr-defined]
    return newest.history_id if newest else 0


def unchanged(record: models.Model, read: int | None) -> None:
    """Raise ``Changed`` unless the record is as it was when the form was read."""
    if read is not None and read != version(record):
        raise Changed("Somebody changed this while your page was open. Yours is not saved yet.")


def _field(constraint: str) -> str:
    return AT_FIELD.get(constraint, NON_FIELD_ERRORS)


def _unchecked(record: models.Model) -> set[str]:
    """Keys are checked by the database; asking for each once more would cost a query."""
    return {field.name for field in record._meta.fields if field.is_relation}


def _said(record: models.Model, clash: IntegrityError) -> ValidationError:
    diagnosis = getattr(clash.__cause__, "diag", None)
    name = getattr(diagnosis, "constraint_name", "") or ""
    for constraint in record._meta.constraints:
        if constraint.name == name:
            message = str(constraint.violation_error_message)
            return ValidationError({_field(name): [message]})
    raise clash
