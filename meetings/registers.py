"""The registers as files: a line for each decision, each agency, each person at a meeting."""

from collections.abc import Iterable, Iterator
from typing import Any

from core.municipal import year_name
from meetings.models import Attendance
from meetings.queries import attending, decisions

DECISIONS = (
    "Number", "Date", "Municipal year", "Group", "Item", "What was decided", "Marking",
    "Proposed by", "For", "Against", "Abstained", "Dissent", "Strategic", "What came of it",
    "Minutes",
)  # fmt: skip


def decision_lines(rows: Iterable[decisions.Row]) -> Iterator[list[Any]]:
    """One line a decision, dates as 2027-01-06 so that a spreadsheet sorts them."""
    for row in rows:
        decision = row.decision
        item, meeting = decision.item, decision.item.meeting
        yield [
            decision.reference, meeting.on, year_name(meeting.year), meeting.group.name,
            f"{item.number}. {item.title}", decision.text,
            "OFFICIAL-SENSITIVE" if decision.restricted else "OFFICIAL",
            decision.moved_by, decision.votes_for, decision.votes_against,
            decision.votes_abstained, decision.dissent, "yes" if decision.strategic else "no",
            row.outcome, meeting.get_status_display(),
        ]  # fmt: skip


PEOPLE = (
    "Date", "Group", "Name", "Post", "Agency then", "Agency today", "Attendance", "In place of",
    "Arrived", "Left",
)  # fmt: skip


def people_lines(rows: Iterable[tuple[Attendance, str]]) -> Iterator[list[Any]]:
    """One line for each person at each meeting, under the names of the day."""
    for row, today in rows:
        instead = row.substitute_for.name if row.substitute_for else ""
        yield [
            row.meeting.on, row.meeting.group.name, row.name, row.post, row.agency.name, today,
            row.get_presence_display(), instead, row.arrived_at, row.left_at,
        ]  # fmt: skip


def agency_headings(record: attending.Record) -> list[str]:
    """A column for each meeting between who and how often."""
    dates = [str(meeting.on) for meeting in record.meetings]
    return [
        "Agency", "Before", "Statutory partner", *dates, *attending.COUNTED, "Represented at",
        "Missing twice running",
    ]  # fmt: skip


def agency_lines(record: attending.Record) -> Iterator[list[Any]]:
    """One line an agency: a word for each meeting, then counts."""
    for line in record.lines:
        yield [
            line.agency.name, "; ".join(line.before), "yes" if line.statutory else "no",
            *(cell.word for cell in line.cells), *line.counts, line.represented, line.warning,
        ]  # fmt: skip
