"""Contradictions and gaps between accounts: settled with a word, or taken onto the list."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from core import history
from core.markup import plain
from core.workflow import Wrong
from triggers.models import Application, ChronologyEntry, Complaint, Misfit, MisfitKind
from triggers.queries import merged
from triggers.queries.information import bodies
from triggers.workflow.holding import refuse_while_held
from triggers.workflow.listing import add_complaint
from triggers.workflow.steps import note, take, wrong_text


@transaction.atomic
def settle(application: Application, *, kind: str, key: str, settled: str, by: Any) -> Misfit:
    """Say what was found out about a contradiction or a gap; said again, the last word stands."""
    application = take(application, by=by)
    found = merged.timeline(application, by).misfits
    if (kind, key) not in {(each.kind, each.key) for each in found}:
        raise Wrong("The accounts have changed since: this is no longer there.")
    settled = plain(settled)
    wrong = wrong_text("settled", settled, "Enter what was found out")
    if wrong:
        raise ValidationError(wrong)
    misfit, _ = Misfit.objects.update_or_create(
        application=application, kind=kind, key=key, defaults={"settled": settled, "by": by}
    )
    note("settled a difference between accounts in", application, by=by, kind=kind)
    return misfit


@transaction.atomic
def unsettle(application: Application, *, kind: str, key: str, by: Any) -> None:
    """Take back what was said about one."""
    application = take(application, by=by)
    refuse_while_held(application)
    Misfit.objects.filter(application=application, kind=kind, key=key).delete()
    note("opened again a difference between accounts in", application, by=by, kind=kind)


@transaction.atomic
def add_from_entry(application: Application, *, entry: ChronologyEntry, by: Any) -> Complaint:
    """Put a report that a body holds on the list of incidents, and tie the two together."""
    found = merged.timeline(application, by).misfits
    keys = {each.key for each in found if each.kind == MisfitKind.UNLISTED}
    if str(entry.pk) not in keys:
        raise Wrong("This is on the list already.")
    agency = entry.information.agency
    body = next((each for each in bodies(application.partnership) if each.agency == agency), None)
    complaint = add_complaint(
        application, what=entry.what, happened_on=min(entry.on, entry.reported_on or entry.on),
        reported_on=entry.reported_on, body=body, other_body="" if body else agency.name,
        report_reference=entry.source_reference, response=entry.done, by=by,
    )  # fmt: skip
    entry.complaint = complaint
    history.save(entry, by=by, fields=["complaint"])
    return complaint
