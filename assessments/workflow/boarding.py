"""Putting the restricted edition before the board, as a paper of an item of its agenda."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import transaction

import documents.workflow
from assessments import renditions
from assessments.figures_of import RESTRICTED
from assessments.models import Assessment
from assessments.renditions.shapes import Report
from assessments.workflow.assessing import DRAFTING, READY, note, require_finished, take
from core import history
from core.markings import Marking
from core.workflow import Wrong
from meetings.models import BEFORE, Item, Paper
from meetings.workflow import agenda


@transaction.atomic
def put_before_board(assessment: Assessment, *, item: Item, by: Any) -> Assessment:
    """Put the restricted edition, as it reads now, on an item of a coming meeting's agenda.

    It is marked as what it holds. Where it is there already, this is a newer version of the same
    paper. Raises ``Wrong`` while a section is not done, ``ValidationError`` for another group's
    item, and ``PDFUnavailable``.
    """
    current = take(assessment, "put before the board", DRAFTING, by=by)
    require_finished(current)
    meeting = item.meeting
    if meeting.group_id != current.group_id or meeting.status not in BEFORE:
        raise ValidationError({"item": "Choose an item of a meeting of the board that is to come"})
    current.status = READY
    report = renditions.build(current, RESTRICTED)
    file = ContentFile(renditions.document(report), renditions.file_name(current, report))
    current.paper = _on_agenda(current, item, report, file, by)
    history.save(current, by=by, fields=["status", "paper"])
    note("put before the board", current, by=by, meeting=meeting.slug)
    return current


def _on_agenda(
    assessment: Assessment, item: Item, report: Report, file: ContentFile, by: Any
) -> Any:
    there = Paper.objects.filter(item__meeting=item.meeting, document=assessment.paper).first()
    if there is None or assessment.paper is None:
        marking = Marking.SENSITIVE if item.restricted else report.marking
        paper = agenda.add_paper(item, title=assessment.title, marking=marking, file=file, by=by)
        return paper.document
    if there.item_id != item.pk:
        raise Wrong(f"It is on the agenda already, at item {there.item.number}.")
    document = assessment.paper
    if report.restricted:
        document = documents.workflow.restrict(document, by=by)
    try:
        documents.workflow.add_version(document, file=file, by=by)
    except ValidationError as same:
        if "file" not in getattr(same, "error_dict", {}):
            raise
    return document
