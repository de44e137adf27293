"""What every step of a case does: take the row, keep the change, write it down, tell people.

Nothing that a case holds is ever written down here or told: its reference is all that is said.
"""

from collections.abc import Iterable
from typing import Any

from django.utils.text import Truncator

import audit.workflow
import notices.workflow
from core import history
from core.permissions import can, require
from core.workflow import Wrong
from triggers.models import OPEN, Application
from triggers.queries import people

REASON = 300


def take(
    application: Application, *, by: Any, verb: str = "work on", stages: Iterable[str] = OPEN
) -> Application:
    """The case, locked, if this person may do this with it and it is at one of these stages."""
    rows = Application.objects.select_for_update(of=("self",))
    found = rows.select_related("group", "partnership", "ward").get(pk=application.pk)
    require(can(by, verb, found))
    if found.stage not in tuple(stages):
        raise Wrong(f"This cannot be done now: {found.get_stage_display().lower()}.")
    if found.erased_on:
        raise Wrong("What this case held has been removed.")
    return found


def keep(application: Application, verb: str, *, by: Any, **changes: Any) -> Application:
    """Save the changes as its next version, and record the deed."""
    changes["version"] = application.version + 1
    for name, value in changes.items():
        setattr(application, name, value)
    history.save(application, by=by, fields=changes)
    note(verb, application, by=by)
    return application


def note(verb: str, application: Application, *, by: Any, **detail: Any) -> None:
    """Write the deed into the audit, for those on the case; ``detail`` holds no word of it."""
    audit.workflow.record(
        verb, application, by=by, partnership=application.partnership, group=application.group,
        sensitive=True, detail=detail,
    )  # fmt: skip


def tell_officers(
    application: Application, kind: str, says: str, *, by: Any = None, occurrence: str = ""
) -> None:
    """Tell those who work on the case, once of each occurrence."""
    notices.workflow.tell(
        people.officers_of(application), kind=kind, about=application,
        text=Truncator(f"{says}. {application}").chars(300), url=application.get_absolute_url(),
        partnership=application.partnership, occurrence=occurrence or str(application.version),
        but=by,
    )  # fmt: skip


def wrong_text(name: str, text: str, missing: str, most: int = REASON) -> dict[str, str]:
    """What is wrong with a text that must be given: missing, or longer than is kept."""
    if not text:
        return {name: missing}
    if len(text) > most:
        return {name: f"This must be {most} characters or fewer. It has {len(text)}"}
    return {}
