"""The live minute-taking page: what it is made of, and how it is shown."""

import uuid
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from audit.workflow import record_reads
from core.dates import clock as clock_words
from meetings.forms.attendance import SubstituteForm
from meetings.forms.minutes import ActionForm, DecisionForm
from meetings.models import Meeting
from meetings.queries import completion
from meetings.queries import live as reading
from meetings.queries import minutes as minuted
from meetings.queries.attendance import Person, Roll, roll
from meetings.queries.interests import at_the_item, restricted_of
from meetings.views.minutes import KEYS
from meetings.workflow import attendance
from meetings.workflow import minutes as verbs


@dataclass
class Sheet:
    """The page: every item, who is here, and what is wrong with what was sent.

    ``problems`` are sentences with the place that each leads to.
    """

    meeting: Meeting
    sections: list[reading.Section]
    roll: Roll
    owners: list[minuted.Owner]
    due_on: Any = None
    here: list[str] = field(default_factory=list)
    substitute: Any = None
    problems: list[tuple[str, str]] = field(default_factory=list)
    saved: list[int] = field(default_factory=list)
    typed: dict[str, str] = field(default_factory=dict)
    recorded: bool = False
    failed: bool = False

    def section(self, number: int) -> reading.Section | None:
        """The item of that number, if it opens for the reader."""
        found = (each for each in self.sections if each.number == number and not each.why)
        return next(found, None)

    def form(self, shape: str, section: reading.Section, data: Any = None) -> Any:
        """The form of a decision or an action in an item."""
        prefix = f"{shape}-{section.number}"
        if shape == "decision":
            return DecisionForm(data, prefix=prefix, item=section.item, here=self.here)
        return ActionForm(
            data, prefix=prefix, item=section.item, owners=self.owners,
            initial={"due_on": self.due_on} if self.due_on else {},
        )  # fmt: skip


def sheet_of(request: HttpRequest, meeting: Meeting) -> Sheet:
    """The page of a meeting as it stands now."""
    later = minuted.next_meeting(meeting)
    now = roll(meeting)
    return Sheet(
        meeting, reading.sections(meeting, request.user, verbs.put_together), now,
        minuted.owners(meeting.partnership, meeting.on), later.on if later else None,
        minuted.names_here(meeting),
        SubstituteForm(meeting=meeting, roll=now, user=request.user),
    )  # fmt: skip


def open_form(sheet: Sheet, shape: str, number: int, form: Any = None) -> None:
    """Show the form of a decision or an action in an item."""
    section = sheet.section(number)
    if section is not None:
        setattr(section, f"{shape}_form", form or sheet.form(shape, section))


def show(request: HttpRequest, sheet: Sheet, status: int = 200) -> HttpResponse:
    """The page, after it is on record that restricted text was read."""
    meeting, user = sheet.meeting, request.user
    read = [each.item for each in sheet.sections if each.shows_restricted]
    at_items = (at_the_item(each.item, user) for each in sheet.sections if not each.why)
    interests = next(filter(None, at_items), None)
    record_reads([*read, *restricted_of(interests)], by=user, partnership=meeting.partnership)
    blank = reading.Section(minuted.Item(meeting=meeting, number=0), line=None)
    agreeing = minuted.agreeing_item(meeting)
    context = {
        "meeting": meeting, "sheet": sheet, "page": uuid.uuid4().hex,
        "roll": sheet.roll, "places": minuted.places(sheet.roll, attendance.recordable(meeting)),
        "others": [each for each in sheet.roll.everybody if each.seat is None],
        "times": [_times(person, sheet.typed) for person in sheet.roll.everybody],
        "keys": request.session.get(KEYS, True),
        "names": completion.names(meeting, sheet.roll, user, sheet.owners),
        "interests": interests, "agreeing": agreeing,
        "to_agree": minuted.to_agree(agreeing) if agreeing else [],
        "agreed": minuted.agreed_here(agreeing) if agreeing else [],
        "blank": blank, "blank_decision": sheet.form("decision", blank),
        "blank_action": sheet.form("action", blank),
        "last_saved": max((e.item.minuted_at for e in sheet.sections if e.item.minuted_at),
                          default=None),
    }  # fmt: skip
    return render(request, "meetings/live.html", context, status=status)


def _times(person: Person, typed: dict[str, str]) -> tuple[str, list[dict[str, str]]]:
    """The two boxes for when a person came and went, with what was typed where it was wrong."""
    boxes = []
    for deed, label, time in (
        ("arrived", "Arrived", person.arrived_at), ("left", "Left", person.left_at)
    ):  # fmt: skip
        name, was = f"{deed}-{person.key}", clock_words(time) if time else ""
        boxes.append({"name": name, "label": label, "was": was, "value": typed.get(name, was)})
    return person.name, boxes
