"""A plan that was taken as a file and comes back: shown first, then taken over or put away.

The file itself is kept, so that nothing in it is lost.
"""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from core import clock
from core.permissions import can, require
from core.workflow import Wrong
from dhr.models import PlanFile, PlanItem, Recommendation, Review
from dhr.workflow import plans
from dhr.workflow.plan_rows import SCOPES, agency_called, differences
from dhr.workflow.plan_sheet import day
from dhr.workflow.plans.keeping import taken
from dhr.workflow.steps import note
from documents.checks import Checked, check_upload
from documents.workflow.papers import keep as keep_content
from figures.sheets.reading import XLSX
from membership import succession

BECAUSE = "Changed in the plan that came back"
CHANGED = (
    "The plan was changed since this was shown. What differs was read again: look through it once "
    "more."
)


class ShownAgain(Wrong):
    """The plan changed after the preview was made; what differs was read again."""


@transaction.atomic
def receive(review: Review, *, file: Any, by: Any) -> PlanFile:
    """Read a plan that comes back, and keep the file with what it would change. Nothing is
    changed yet. Raises ``ValidationError`` beside the file where it is no plan of this review."""
    review = taken(review, by=by)
    try:
        checked = file if isinstance(file, Checked) else check_upload(file)
        if checked.content_type != XLSX:
            raise ValidationError(
                "This is not an action plan as it was taken from here. Send it as Excel (XLSX)"
            )
        found = differences(review, checked)
    except ValidationError as wrong:
        raise ValidationError({"file": wrong.messages}) from wrong
    made = PlanFile.objects.create(
        review=review, content_id=keep_content(checked.data, checked.sha256), by=by,
        file_name=f"{review.reference}-plan.xlsx", differences=found,
    )  # fmt: skip
    note("read a plan that came back to", review, by=by)
    return made


def take_over(file: PlanFile, *, conflicts: bool = False, by: Any) -> int:
    """Take over what the preview showed; says how many rows. All of it, or none.

    Rows that were changed here too are taken over with ``conflicts`` only; problems and rows that
    are not in the file never. Raises ``ShownAgain`` where the plan changed since.
    """
    if _reread(file, by=by):
        raise ShownAgain(CHANGED)
    return _take_over(file, conflicts=conflicts, by=by)


@transaction.atomic
def _reread(file: PlanFile, *, by: Any) -> bool:
    """Whether the differences are others by now; if so they are kept anew."""
    file = _locked(file, by)
    now = differences(file.review, _checked(file))
    if now == file.differences:
        return False
    file.differences = now
    file.save(update_fields=["differences"])
    return True


@transaction.atomic
def _take_over(file: PlanFile, *, conflicts: bool, by: Any) -> int:
    file = _locked(file, by)
    kinds = ("changed", "added", "conflict") if conflicts else ("changed", "added")
    rows = [each for each in file.differences if each["kind"] in kinds]
    for row in rows:
        try:
            _apply(file.review, row, by)
        except Wrong:
            raise
        except ValidationError as wrong:
            where = row["where"] or row["number"]
            raise Wrong(f"{where}: {' '.join(wrong.messages)}") from wrong
    file.taken_over_at = clock.now()
    file.save(update_fields=["taken_over_at"])
    note("took over a plan that came back to", file.review, by=by, rows=len(rows))
    return len(rows)


@transaction.atomic
def put_away(file: PlanFile, *, by: Any) -> PlanFile:
    """Take nothing over. The file is kept."""
    file = _locked(file, by)
    file.put_away_at = clock.now()
    file.save(update_fields=["put_away_at"])
    note("put away a plan that came back to", file.review, by=by)
    return file


def _locked(file: PlanFile, by: Any) -> PlanFile:
    review = taken(file.review, by=by)
    require(can(by, "work on", review))
    found = PlanFile.objects.select_for_update(of=("self",)).get(pk=file.pk)
    if found.taken_over_at or found.put_away_at:
        raise Wrong("This file was taken over or put away already.")
    found.review = review
    return found


def _checked(file: PlanFile) -> Checked:
    return Checked(file.file_name, XLSX, bytes(file.content.data))


# ---- one row ------------------------------------------------------------------------------------


def _apply(review: Review, row: dict[str, Any], by: Any) -> None:
    told = {each["name"]: each["now"] for each in row["fields"]}
    if row["kind"] == "added":
        _add(review, row["number"], told, by)
    elif "." in row["number"]:
        one, two = map(int, row["number"].split("."))
        _change_item(PlanItem.objects.get(
            recommendation__review=review, recommendation__number=one, number=two
        ), told, by)  # fmt: skip
    else:
        own = Recommendation.objects.get(review=review, number=int(row["number"]))
        _change_recommendation(own, told, by)


def _change_recommendation(own: Recommendation, told: dict[str, str], by: Any) -> None:
    scope = SCOPES.get(told.get("scope", "").casefold(), told.get("scope") or own.scope)
    plans.change_recommendation(
        own, text=told.get("recommendation", own.text), scope=scope, themes=list(own.themes.all()),
        early=own.early, agency=own.agency, repeats=own.repeats, by=by,
    )  # fmt: skip


def _change_item(item: PlanItem, told: dict[str, str], by: Any) -> None:
    if {"text", "body", "milestones"} & set(told):
        now = succession.standing_for(item.agency, clock.today()) if item.agency else None
        agency, outside = (now, item.outside)
        if "body" in told:
            agency = agency_called(item.review, told["body"])
            outside = "" if agency else told["body"]
        item = plans.change_item(
            item, text=told.get("text", item.text), agency=agency, outside=outside,
            milestones=told.get("milestones", item.milestones), reason=BECAUSE, by=by,
        )  # fmt: skip
    if due_on := day(told.get("target_on", "")):
        item = plans.move_target(item, due_on=due_on, reason=BECAUSE, by=by)
    completed_on = day(told.get("completed_on", "")) or item.completed_on
    if {"completed_on", "outcome"} & set(told) and completed_on:
        plans.complete(
            item, completed_on=completed_on, outcome=told.get("outcome", item.outcome), by=by
        )


def _add(review: Review, number: str, told: dict[str, str], by: Any) -> None:
    text = told.get("recommendation", "")
    own = Recommendation.objects.filter(review=review, removed_because="")
    found = own.filter(number=number).first() if number else own.filter(text=text).first()
    if found is None:
        scope = SCOPES.get(told.get("scope", "").casefold(), "local")
        found = plans.recommend(review, text=text, scope=scope, by=by)
    target_on = day(told.get("target_on", ""))
    if not told.get("text") or target_on is None:
        return
    agency = agency_called(review, told["body"])
    plans.add_item(
        found, text=told["text"], agency=agency, outside="" if agency else told["body"],
        target_on=target_on, milestones=told.get("milestones", ""),
        completed_on=day(told.get("completed_on", "")), outcome=told.get("outcome", ""), by=by,
    )  # fmt: skip
