"""The progress report on the agenda of the board, or of the scrutiny committee."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import transaction

import audit.workflow
from core import clock
from core.markings import Marking
from core.permissions import can, require
from core.workflow import Wrong
from dhr import renditions
from dhr.models import Review
from dhr.names import found_in_all, holds
from dhr.queries.oversight import REPORT, oversight
from dhr.workflow.steps import text_of
from meetings.models import BEFORE, Item, Paper
from meetings.workflow import agenda
from membership.models import GroupKind, Partnership

BOARDS = (GroupKind.BOARD, GroupKind.SCRUTINY)
MOST = 2000
NAMES = (
    "This holds a name that is in the key of a death review. People who sit on no review read it, "
    "so name nobody"
)
KNOWN_BY = "This says which review it is about. Take its reference out"


@transaction.atomic
def put_on_agenda(partnership: Partnership, *, item: Item, says: str = "", by: Any) -> Paper:
    """Put the progress report, as it is today, on an item of a coming agenda, as a paper.

    ``says`` is what the officer adds in their own words; it is looked through for the names of
    every key. Raises ``Wrong``, ``ValidationError`` and ``PDFUnavailable``.
    """
    require(can(by, "report on death reviews", partnership))
    wrong: dict[str, str] = {}
    says = text_of(wrong, "says", says, most=MOST)
    if refused := identifies(says):
        raise ValidationError({"says": refused})
    group = item.meeting.group
    if group.partnership_id != partnership.pk or group.kind not in BOARDS:
        wrong["item"] = "Choose an item of a meeting of the board or of the scrutiny committee"
    elif item.meeting.status not in BEFORE:
        wrong["item"] = "Choose an item of a meeting that is to come"
    if wrong:
        raise ValidationError(wrong)
    if Paper.objects.filter(item__meeting=item.meeting, document__title=REPORT).exists():
        raise Wrong("The report is on that agenda already. Take it off there first.")
    today = clock.today()
    made = renditions.progress(partnership, oversight(partnership, today), says)
    paper = agenda.add_paper(
        item, title=REPORT, marking=Marking.SENSITIVE if item.restricted else Marking.OFFICIAL,
        file=ContentFile(made, f"death-reviews-progress-{today.isoformat()}.pdf"), by=by,
    )  # fmt: skip
    audit.workflow.record(
        "put the progress of death reviews on the agenda of", item.meeting, by=by,
        partnership=partnership, group=group,
    )  # fmt: skip
    return paper


def identifies(says: str) -> str:
    """Why a text may not be read by those who sit on no review; nothing where it may."""
    if not says:
        return ""
    everywhere = list(Review.objects.all())
    if found_in_all(everywhere, says):
        return NAMES
    known = {word for each in everywhere for word in (each.reference, each.led_reference)}
    return KNOWN_BY if any(each and holds(says, each) for each in known) else ""
