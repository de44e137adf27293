"""The information sharing agreement, its signatures, and each group's protocol.

What these say decides which restricted papers open (terms of reference, Information Sharing).
"""

import datetime
from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from audit import workflow as audit
from core import clock
from core.dates import longdate
from core.permissions import can, require
from core.workflow import Wrong
from membership.models import (
    Agency,
    Group,
    Partnership,
    SharingAgreement,
    SharingProtocol,
    Signature,
)
from membership.workflow.keeping import keep, locked, stop, unchanged


@transaction.atomic
def add_agreement(
    partnership: Partnership, *, name: str, short_name: str, version: str = "",
    starts_on: datetime.date, ends_on: datetime.date | None = None,
    review_on: datetime.date | None = None, by: Any,
) -> SharingAgreement:  # fmt: skip
    """Record an agreement. Agencies sign it one by one; until they do, it opens nothing."""
    require(can(by, "manage sharing", partnership))
    agreement = SharingAgreement(
        partnership=partnership, name=name, short_name=short_name, version=version,
        starts_on=starts_on, ends_on=ends_on, review_on=review_on,
    )  # fmt: skip
    keep(agreement, by=by)
    audit.record("recorded the agreement", agreement, by=by, partnership=partnership)
    return agreement


@transaction.atomic
def change_agreement(
    agreement: SharingAgreement, *, version: str, review_on: datetime.date | None,
    ends_on: datetime.date | None, read: int | None = None, by: Any,
) -> SharingAgreement:  # fmt: skip
    """Set the next review, the version or the end. A review date that passes only warns."""
    agreement = locked(agreement)
    require(can(by, "change", agreement))
    unchanged(agreement, read)
    agreement.version, agreement.review_on, agreement.ends_on = version, review_on, ends_on
    keep(agreement, by=by)
    audit.record("changed the agreement", agreement, by=by, partnership=agreement.partnership)
    return agreement


@transaction.atomic
def sign(
    agreement: SharingAgreement, *, agency: Agency, signed_by_name: str, signed_by_post: str = "",
    on: datetime.date, ends_on: datetime.date | None = None, by: Any,
) -> Signature:  # fmt: skip
    """Record that an agency has signed, from that day until it expires or is withdrawn.

    Where an earlier signature still runs, this one renews it: that one ends as this one begins.
    """
    require(can(by, "manage sharing", agreement.partnership))
    problems = {
        "on": _signing_day(agreement, on),
        "agency": _there(agency, on),
        "ends_on": "It must expire after it is signed." if ends_on and ends_on <= on else "",
    }
    wrong = {field: message for field, message in problems.items() if message}
    if wrong:
        raise ValidationError(wrong)
    for earlier in agreement.signatures.on(on).filter(agency=agency, starts_on__lt=on):
        earlier.end_reason = "Renewed"
        stop(earlier, on=on, by=by)
    signature = Signature(
        agreement=agreement, agency=agency, signed_by_name=signed_by_name,
        signed_by_post=signed_by_post, starts_on=on, ends_on=ends_on,
    )  # fmt: skip
    keep(signature, by=by)
    audit.record("recorded that", signature, by=by, partnership=agreement.partnership)
    return signature


@transaction.atomic
def end_signature(signature: Signature, *, on: datetime.date, reason: str, by: Any) -> Signature:
    """Withdraw a signature, or say when it expires: from that day it opens nothing."""
    signature = locked(signature)
    require(can(by, "change", signature))
    if signature.ends_on and signature.ends_on <= on:
        raise Wrong(f"This signature ends on {longdate(signature.ends_on)} already.")
    if on < signature.starts_on:
        signed = longdate(signature.starts_on)
        raise ValidationError({"on": f"It was signed on {signed}, so it cannot end before then."})
    signature.end_reason = reason
    stop(signature, on=on, by=by)
    where = signature.agreement.partnership
    audit.record("ended the signature:", signature, by=by, partnership=where)
    return signature


@transaction.atomic
def set_protocol(
    group: Group, *, title: str, purpose: str, lawful_gateway: str, information: str = "",
    parties: Iterable[Agency] = (), starts_on: datetime.date, review_on: datetime.date, by: Any,
) -> SharingProtocol:  # fmt: skip
    """Put a Frequent Sharing Protocol in force for a group, in the place of the one before."""
    group = locked(group)
    require(can(by, "manage sharing", group.partnership))
    require(can(by, "view", group))
    if review_on <= starts_on:
        raise ValidationError({"review_on": "The review must come after the protocol starts."})
    for earlier in group.protocols.on(starts_on):
        stop(earlier, on=starts_on, by=by, why="Replaced")
    protocol = SharingProtocol(
        group=group, title=title, purpose=purpose, lawful_gateway=lawful_gateway,
        information=information, starts_on=starts_on, review_on=review_on,
    )  # fmt: skip
    keep(protocol, by=by)
    protocol.parties.set(parties)
    _note("put in force", protocol, by=by)
    return protocol


@transaction.atomic
def review_protocol(
    protocol: SharingProtocol, *, review_on: datetime.date, read: int | None = None, by: Any
) -> SharingProtocol:
    """Say that a protocol was reviewed and stands as it is, until the next review."""
    protocol = locked(protocol)
    require(can(by, "change", protocol))
    unchanged(protocol, read)
    if review_on <= clock.today():
        raise ValidationError({"review_on": "The next review must be in the future."})
    protocol.review_on = review_on
    keep(protocol, by=by, why="Reviewed")
    _note("reviewed", protocol, by=by)
    return protocol


@transaction.atomic
def end_protocol(protocol: SharingProtocol, *, on: datetime.date, by: Any) -> SharingProtocol:
    """Put a protocol out of force: the group's restricted papers close from that day."""
    protocol = locked(protocol)
    require(can(by, "change", protocol))
    if protocol.ends_on and protocol.ends_on <= on:
        raise Wrong(f"This protocol ended on {longdate(protocol.ends_on)}.")
    if on < protocol.starts_on:
        raise ValidationError({"on": f"It began on {longdate(protocol.starts_on)}."})
    stop(protocol, on=on, by=by)
    _note("put out of force", protocol, by=by)
    return protocol


def _signing_day(agreement: SharingAgreement, on: datetime.date) -> str:
    if on > clock.today():
        return "The day of signing cannot be in the future."
    if on < agreement.starts_on:
        began = longdate(agreement.starts_on)
        return f"{agreement.short_name} came into force on {began}. It cannot be signed before."
    if agreement.ends_on and agreement.ends_on <= on:
        return f"{agreement.short_name} ended on {longdate(agreement.ends_on)}."
    return ""


def _there(agency: Agency, on: datetime.date) -> str:
    if on < agency.starts_on:
        return f"{agency} did not exist before {longdate(agency.starts_on)}."
    if agency.ends_on and agency.ends_on <= on:
        return f"{agency} ended on {longdate(agency.ends_on)}."
    return ""


def _note(verb: str, protocol: SharingProtocol, *, by: Any) -> None:
    group = protocol.group
    audit.record(
        verb, protocol, by=by, partnership=group.partnership, group=group,
        sensitive=group.kind == "panel",
    )  # fmt: skip
