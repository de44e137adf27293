"""A file of figures: read, compared, shown, and only then taken over into the draft."""

from dataclasses import asdict
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from core import clock, history
from core.permissions import can, require
from core.workflow import Wrong
from documents.checks import Checked, check_upload
from documents.models import Content
from figures import sheets
from figures.models import FiguresReturn, ReturnUpload
from figures.workflow.returns import opened


@transaction.atomic
def upload(figures_return: FiguresReturn, *, file: Any, by: Any) -> ReturnUpload:
    """Keep a file and what it says, for its sender to look at. The draft does not change yet."""
    own = opened(figures_return, by, None)
    try:
        checked = file if isinstance(file, Checked) else check_upload(file)
        found, problems = sheets.found_in(sheets.read(checked), own, clock.today())
    except ValidationError as wrong:
        raise ValidationError({"file": wrong.messages}) from wrong
    content, _ = Content.objects.get_or_create(
        sha256=checked.sha256, defaults={"data": checked.data, "size": len(checked.data)}
    )
    return ReturnUpload.objects.create(
        figures_return=own, content=content, file_name=checked.file_name,
        found=[asdict(each) for each in found], problems=[asdict(each) for each in problems],
        sent_by=by,
    )  # fmt: skip


@transaction.atomic
def take_over(
    sent: ReturnUpload, *, formulas: bool = False, version: int | None = None, by: Any
) -> FiguresReturn:
    """Put what the file says into the draft; what it does not name stays as it is.

    Figures that a formula worked out are taken only if ``formulas`` says that they are right.
    """
    require(can(by, "fill in", sent.figures_return))
    sent = ReturnUpload.objects.select_for_update(of=("self",)).get(pk=sent.pk)
    if sent.taken_at:
        raise Wrong("This file has been taken over already.")
    own = opened(sent.figures_return, by, version)
    found = [each for each in sent.found if formulas or not each["formula"]]
    if not found:
        raise Wrong("There is nothing in the file that can be taken over.")
    draft = {key: dict(said) for key, said in own.draft.items()}
    for each in found:
        draft[each["key"]] = {"value": each["value"]}
        said = draft.setdefault(each["key"].partition("|")[0], {})
        for name in ("standing", "note"):
            if each[name]:
                said[name] = each[name]
        for name in ("missing", "reason", "expected"):
            said.pop(name, None)
    own.draft = {key: said for key, said in draft.items() if said}
    own.saved_at, own.saved_by = clock.now(), by
    own.version += 1
    history.save(own, by=by, fields=["draft", "saved_at", "saved_by", "version"])
    sent.taken_at = clock.now()
    sent.save(update_fields=["taken_at"])
    return own
