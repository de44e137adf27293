"""Attendance over time: agencies by meetings, in words and counts."""

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

import audit.workflow
from core import clock, municipal
from core.components import Link
from core.exports import csv_response
from core.permissions import load, policy
from meetings import queries, registers
from meetings.forms.attending import RecordFilter
from meetings.queries import attending as reading
from membership.models import Group


@policy(Group, "read meetings")
def attendance_record(request: HttpRequest, group: str) -> HttpResponse:
    """Which agency was represented at which meeting of a group."""
    found, form = _chosen(request, group)
    record = _record(found, form)
    here = reverse("meetings:attendance_record", args=[request.partnership.slug, group])
    files = reverse("meetings:attendance_csv", args=[request.partnership.slug, group])
    year = form.cleaned_data.get("year", "")
    context = {
        "group": found, "filter": form, "record": record, "headings": reading.COUNTED,
        "groups": [
            Link(each.short_name, here.replace(f"/{group}/", f"/{each.slug}/"), each == found)
            for each in queries.groups_that_meet(request.partnership, request.user)
        ],
        "by_agency": f"{files}?year={year}", "by_person": f"{files}?by=person&year={year}",
        "is_board": found.kind == "board",
    }  # fmt: skip
    return render(request, "meetings/attendance_record.html", context)


@policy(Group, "read meetings")
def attendance_csv(request: HttpRequest, group: str) -> HttpResponse:
    """The same as a CSV file: a line for each agency, or for each person at each meeting."""
    found, form = _chosen(request, group)
    if form.errors:
        raise BadRequest("There is no such year.")
    record = _record(found, form)
    by = "person" if request.GET.get("by") == "person" else "agency"
    audit.workflow.record(
        "downloaded the attendance of", found, by=request.user, partnership=request.partnership,
        group=found, detail={"meetings": len(record.meetings), "by": by},
    )  # fmt: skip
    name = f"attendance-by-{by}-{clock.today().isoformat()}"
    if by == "person":
        lines = registers.people_lines(reading.people(record.meetings, clock.today()))
        return csv_response(name, registers.PEOPLE, lines)
    return csv_response(name, registers.agency_headings(record), registers.agency_lines(record))


def _chosen(request: HttpRequest, slug: str) -> tuple[Group, RecordFilter]:
    group = load(request, Group, "read meetings", slug=slug)
    group.partnership = request.partnership
    years = [(str(each), municipal.year_name(each)) for each in reading.held_years(group)]
    form = RecordFilter(request.GET.dict(), years=years)
    form.is_valid()
    return group, form


def _record(group: Group, form: RecordFilter) -> reading.Record:
    """The meetings that were chosen; none where the choice makes no sense, which the form says."""
    if form.errors:
        return reading.Record()
    year = form.cleaned_data["year"]
    return reading.record(group, clock.today(), year=int(year) if year else None)
