"""The orders of business that a group keeps, and the lines that an agenda takes from one."""

from dataclasses import replace

from django.db.models import Count, QuerySet

from core.markings import Marking
from meetings import standing_items
from meetings.models import AgendaTemplate, Item, ItemKind, Meeting, TemplateLine
from meetings.standing_items import StandingItem
from membership.models import Group
from membership.queries import known_groups

OFFICES = {
    standing_items.CHAIR: "The chair",
    standing_items.OFFICER: "The group’s officer",
    standing_items.POLICE: "The police",
}
SUBGROUP = "group:"  # before the slug of the subgroup whose chair leads a line


def kept(group: Group) -> QuerySet[AgendaTemplate]:
    """A group's templates, the standing one first, each with the number of its lines."""
    return group.agenda_templates.select_related("created_by").annotate(length=Count("lines"))


def in_order(template: AgendaTemplate) -> list[TemplateLine]:
    """The lines as an agenda will have them: the open part, then the restricted one."""
    return sorted(template.lines.all(), key=lambda line: (line.restricted, line.position))


def leads_of(group: Group) -> list[tuple[str, str]]:
    """Whose seat may lead a line, as choices."""
    subgroups = known_groups(group.partnership).filter(reports_to=group).order_by("name")
    chairs = [(f"{SUBGROUP}{each.slug}", f"The chair of {each.short_name}") for each in subgroups]
    return [*OFFICES.items(), *chairs]


def led_by(code: str) -> tuple[str, str]:
    """The office or subgroup of a line's lead, and the words where it is neither."""
    if code.startswith(SUBGROUP):
        return code.removeprefix(SUBGROUP), ""
    return (code, "") if code in OFFICES else ("", code)


def lines_of(
    template: AgendaTemplate, *, first_of_year: bool, last: Meeting | None
) -> list[StandingItem]:
    """What an agenda takes from a template: its minutes item names the meeting before.

    Where there is no meeting before, that item is left out; so is the review of the chair, and
    what else is only for the first meeting of the year, at any other.
    """
    found = []
    for line in in_order(template):
        yearly = line.only_first or line.kind == ItemKind.CHAIR_REVIEW
        if (yearly and not first_of_year) or (line.kind == ItemKind.MINUTES and last is None):
            continue
        title = line.title
        if line.kind == ItemKind.MINUTES and last is not None:
            title = standing_items.minutes_title(last)
        lead, words = led_by(line.led_by)
        found.append(StandingItem(
            ItemKind(line.kind), title, "Template", line.minutes_allowed, lead, words,
            line.marking, line.paper_expected, line.note,
        ))  # fmt: skip
    return found


# ---- where the lines of a new template come from ------------------------------------------------


def from_terms(group: Group) -> list[TemplateLine]:
    """The terms of reference as lines of a template: all of it, with the minutes in their place."""
    reporting = known_groups(group.partnership).filter(reports_to=group)
    items = standing_items.items_for(group, first_of_year=True, last=None, reporting=reporting)
    before = next(
        (place for place, each in enumerate(items) if each.kind == ItemKind.MATTERS_ARISING),
        len(items),
    )
    items.insert(before, replace(standing_items.MINUTES, marking=items[0].marking))
    slugs = {each.slug for each in reporting}
    return numbered([_line(each, slugs) for each in items])


def from_meeting(items: list[Item], group: Group) -> list[TemplateLine]:
    """The items of an agenda as lines: persons do not stay, whose office leads a line does."""
    terms = {line.kind: line for line in from_terms(group)}
    return numbered([
        TemplateLine(
            kind=item.kind, title=_timeless(item), marking=item.marking,
            minutes_allowed=item.minutes_allowed, paper_expected=item.paper_expected,
            note=item.note, led_by=item.lead_words[:60] or _usual(terms.get(item.kind)),
            only_first=item.kind == ItemKind.CHAIR_REVIEW,
        )
        for item in items
    ])  # fmt: skip


def _usual(line: TemplateLine | None) -> str:
    return line.led_by if line and line.kind != ItemKind.OTHER else ""


def _timeless(item: Item) -> str:
    """Without the date of one meeting's minutes."""
    return standing_items.MINUTES.title if item.kind == ItemKind.MINUTES else item.title


def numbered(lines: list[TemplateLine]) -> list[TemplateLine]:
    """The lines with their places, the open part first."""
    ordered = sorted(lines, key=lambda line: line.marking == Marking.SENSITIVE)
    for position, line in enumerate(ordered, start=1):
        line.position = position
    return ordered


def _line(item: StandingItem, slugs: set[str]) -> TemplateLine:
    lead = f"{SUBGROUP}{item.lead}" if item.lead in slugs else item.lead or item.lead_words
    return TemplateLine(
        kind=item.kind, title=item.title, marking=item.marking, minutes_allowed=item.minutes,
        led_by=lead, paper_expected=item.paper_expected, note=item.note,
        only_first=item.kind == ItemKind.CHAIR_REVIEW,
    )  # fmt: skip
