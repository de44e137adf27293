"""The orders of business that a group keeps for its agendas."""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from audit.workflow import record
from core import clock, history
from core.markings import Marking
from core.permissions import can, require
from core.workflow import Wrong
from meetings.models import AgendaTemplate, ItemKind, TemplateLine
from meetings.queries.templates import numbered
from meetings.standing_items import CLOSING
from meetings.workflow.agenda import LONGEST
from meetings.workflow.waiting import MOST_ITEMS
from membership.models import Group

VERB = "keep agenda templates"


@transaction.atomic
def add(group: Group, *, name: str, lines: Iterable[TemplateLine] = (), by: Any) -> AgendaTemplate:
    """Keep a new template of a group, with these lines. Raises ``ValidationError`` by field."""
    require(can(by, VERB, group))
    _hold(group)
    template = AgendaTemplate(group=group, created_at=clock.now(), created_by=by)
    _name(template, name)
    history.save(template, by=by)
    for line in lines:
        line.template = template
        history.save(line, by=by)
    _record("added an agenda template of", template, by=by)
    return template


@transaction.atomic
def rename(template: AgendaTemplate, *, name: str, by: Any) -> AgendaTemplate:
    """Give a template another name. Raises ``ValidationError``."""
    current = _locked(template, by=by)
    _hold(current.group)
    _name(current, name)
    history.save(current, by=by, fields=["name"])
    return current


@transaction.atomic
def make_standing(template: AgendaTemplate, *, standing: bool = True, by: Any) -> AgendaTemplate:
    """Let each new agenda of the group start from this template; or from the terms once more.

    Of several officers at once the last one's choice stands. Drafts that are there do not change.
    """
    current = _locked(template, by=by)
    _hold(current.group)
    others = AgendaTemplate.objects.select_for_update().filter(group=current.group, standing=True)
    for other in others.exclude(pk=current.pk):
        other.standing = False
        history.save(other, by=by, fields=["standing"])
    current.standing = standing
    history.save(current, by=by, fields=["standing"])
    says = "made standing an agenda template of" if standing else "set aside the standing order of"
    _record(says, current, by=by)
    return current


@transaction.atomic
def remove(template: AgendaTemplate, *, by: Any) -> None:
    """Delete a template. Agendas that started from it stay as they are."""
    current = _locked(template, by=by)
    _record("removed an agenda template of", current, by=by)
    for line in current.lines.all():
        history.remove(line, by=by)
    history.remove(current, by=by)


# ---- lines --------------------------------------------------------------------------------------


@transaction.atomic
def add_line(template: AgendaTemplate, *, by: Any, **fields: Any) -> TemplateLine:
    """Add a line at the end of its part. Raises ``ValidationError`` by field."""
    current = _locked(template, by=by)
    lines = list(current.lines.all())
    if len(lines) >= MOST_ITEMS:
        raise ValidationError(f"An agenda holds at most {MOST_ITEMS} items")
    line = TemplateLine(template=current, position=len(lines) + 1)
    _fill(line, lines, fields)
    history.save(line, by=by)
    closing = [each for each in lines if each.kind in CLOSING and line.kind not in CLOSING]
    _settle([*(each for each in lines if each not in closing), line, *closing], by=by)
    return line


@transaction.atomic
def change_line(line: TemplateLine, *, by: Any, **fields: Any) -> TemplateLine:
    """Change a line; a new marking takes it to the other part. Raises ``ValidationError``."""
    lines, current = _line(line, by=by)
    _fill(current, [each for each in lines if each.pk != current.pk], fields)
    history.save(current, by=by)
    _settle(lines, by=by)
    return current


@transaction.atomic
def remove_line(line: TemplateLine, *, by: Any) -> None:
    """Take a line out; the others close up."""
    lines, current = _line(line, by=by)
    rest = [each for each in lines if each.pk != current.pk]
    history.remove(current, by=by)
    _settle(rest, by=by)


@transaction.atomic
def move_line(line: TemplateLine, *, up: bool = False, to: int | None = None, by: Any) -> None:
    """Move a line one place up or down, or ``to`` a place, within its part."""
    lines, current = _line(line, by=by)
    part = [each for each in lines if each.marking == current.marking]
    first, here = lines.index(part[0]) + 1, part.index(current)
    place = (here - 1 if up else here + 1) if to is None else to - first
    part.insert(min(max(place, 0), len(part) - 1), part.pop(here))
    _settle([*part, *(each for each in lines if each.marking != current.marking)], by=by)


def _line(line: TemplateLine, *, by: Any) -> tuple[list[TemplateLine], TemplateLine]:
    template = _locked(line.template, by=by)
    lines = numbered(list(template.lines.all()))
    current = next((each for each in lines if each.pk == line.pk), None)
    if current is None:
        raise Wrong("Somebody else has removed this line.")
    return lines, current


def _fill(line: TemplateLine, others: list[TemplateLine], fields: dict[str, Any]) -> None:
    for name, value in fields.items():
        setattr(line, name, value.strip() if isinstance(value, str) else value)
    wrong = {}
    if not line.title:
        wrong["title"] = "Enter the title"
    elif len(line.title) > 200:
        wrong["title"] = "The title must be 200 characters or fewer"
    if not 1 <= line.minutes_allowed <= LONGEST:
        wrong["minutes_allowed"] = f"Minutes must be from 1 to {LONGEST}"
    if line.marking not in Marking.values:
        wrong["marking"] = "Choose from the list"
    if line.kind not in ItemKind.values:
        wrong["kind"] = "Choose from the list"
    elif line.kind != ItemKind.OTHER and any(each.kind == line.kind for each in others):
        wrong["kind"] = "The template has this standing item already"
    if wrong:
        raise ValidationError(wrong)


def _settle(lines: list[TemplateLine], *, by: Any) -> None:
    """Let lines stand in the order given, the open part first."""
    was = {line.pk: line.position for line in lines}
    for line in numbered(lines):
        if line.position != was[line.pk]:
            history.save(line, by=by, fields=["position"])


# ---- shared -------------------------------------------------------------------------------------


def _locked(template: AgendaTemplate, *, by: Any) -> AgendaTemplate:
    rows = AgendaTemplate.objects.select_for_update(of=("self",))
    current = rows.select_related("group__partnership").filter(pk=template.pk).first()
    if current is None:
        raise Wrong("Somebody else has deleted this template.")
    require(can(by, VERB, current.group))
    return current


def _hold(group: Group) -> None:
    """Two officers who choose names, or the standing template, do so one after the other."""
    Group.objects.select_for_update(of=("self",)).get(pk=group.pk)


def _name(template: AgendaTemplate, name: str) -> None:
    template.name = name.strip()
    if not template.name:
        raise ValidationError({"name": "Enter the name"})
    if len(template.name) > 80:
        raise ValidationError({"name": "The name must be 80 characters or fewer"})
    same: Any = AgendaTemplate.objects.filter(group=template.group, name__iexact=template.name)
    if same.exclude(pk=template.pk).exists():
        raise ValidationError({"name": "The group already has a template of that name"})


def _record(says: str, template: AgendaTemplate, *, by: Any) -> None:
    group = template.group
    record(says, group, by=by, partnership=group.partnership, group=group,
           detail={"template": str(template.pk)})  # fmt: skip
