"""Looking for a person, written down before anything is shown."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import transaction

import audit.workflow
from core.permissions import can, require
from triggers.models import Application
from triggers.queries import finding
from triggers.queries.finding import Hit
from triggers.workflow.steps import note

MOST = 500


@dataclass(frozen=True, slots=True)
class Looked:
    """What was found, in how many cases, and how many files were not looked into."""

    hits: list[Hit]
    cases: int
    unread: int
    within_one: bool


@transaction.atomic
def look(cases: Iterable[Application], name: str, *, by: Any) -> Looked:
    """Where the name stands in these cases; in one case alone also in the words of its papers.

    Each case is on record as searched, and as read where something of it is shown; the name is not.
    """
    searched = list(cases)
    for case in searched:
        require(can(by, "work on", case))
        note("looked for a person in", case, by=by)
    found, unread = finding.hits(searched, name), finding.files_of(searched)
    if len(searched) == 1:
        more, unread = finding.in_files(searched[0], name)
        found = sorted([*found, *more], key=lambda hit: not hit.sure)
    found = found[:MOST]
    shown = {hit.case.pk: hit.case for hit in found}
    for case in shown.values():
        audit.workflow.record_read(case, by=by, partnership=case.partnership, group=case.group)
    return Looked(found, len(shown), unread, within_one=len(searched) == 1)
