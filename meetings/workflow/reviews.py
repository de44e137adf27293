"""The yearly review of chair and vice-chair, and partners that join as agreed by the board.

Both rest on a decision of the group (terms of reference, Governance and Membership).
"""

import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse

import membership.workflow
from core import clock, history
from core.municipal import year_name
from core.permissions import can, require
from core.workflow import Wrong
from meetings.models import Admission, ChairReview, Decision, Item, Office
from meetings.workflow import note, take
from meetings.workflow.minutes import decide
from membership.models import Agency, Group, GroupKind, Role, Seat


@transaction.atomic
def review(item: Item, *, office: str, seat: Seat, by: Any) -> ChairReview:
    """Confirm who holds an office, or give it to another, and minute it as a decision."""
    meeting = take("review chair", item.meeting, by=by)
    once_a_year(meeting.group, meeting.year, office)
    called = Office(office).label.lower()
    year = year_name(meeting.year)
    if seat.role == office:
        words = f"{seat.person} was confirmed as {called} for {year}."
    else:
        words = f"{seat.person}, {seat.agency}, was chosen as {called} for {year}."
    decision = decide(item, text=words, marking=item.marking, by=by)
    return review_office(meeting.group, office=office, decision=decision, seat=seat, by=by)


@transaction.atomic
def review_office(
    group: Group, *, office: str, decision: Decision, seat: Seat, by: Any
) -> ChairReview:
    """Record that a decision reviewed an office, and who holds it from that day.

    The holder before becomes a member of the group. Raises ``Wrong`` for a second review in the
    same municipal year.
    """
    meeting = take("review chair", decision.item.meeting, by=by)
    if meeting.group_id != group.pk or seat.group_id != group.pk:
        raise Wrong("An office is reviewed by a decision of its own group.")
    once_a_year(group, meeting.year, office)
    if seat.role != office:
        seat = _hand_over(group, office, seat, meeting.on, by)
    reviewed = ChairReview(
        group=group, year=meeting.year, office=office, decision=decision, seat=seat,
        reviewed_at=clock.now(), reviewed_by=by,
    )  # fmt: skip
    history.save(reviewed, by=by)
    note("reviewed an office by", decision, meeting, by=by, detail={"office": office})
    return reviewed


def once_a_year(group: Group, year: int, office: str) -> None:
    """Raises ``Wrong`` when the office has been reviewed in this municipal year."""
    if ChairReview.objects.filter(group=group, year=year, office=office).exists():
        called = Office(office).label.lower()
        raise Wrong(f"The {called} has already been reviewed in {year_name(year)}.")


def _hand_over(group: Group, office: str, seat: Seat, on: datetime.date, by: Any) -> Seat:
    """End the old holder's role and begin the new one's, both on the day of the meeting."""
    for before in Seat.objects.on(on).filter(group=group, role=office):
        membership.workflow.move_seat(before, role=Role.MEMBER, on=on, by=by)
    return membership.workflow.move_seat(seat, role=office, on=on, by=by)


@transaction.atomic
def admit(
    decision: Decision, *, agency: Agency, statutory: bool = False, starts_on: datetime.date,
    by: Any,
) -> Admission:  # fmt: skip
    """Let an organisation join the partnership, as agreed by the board in this decision."""
    meeting = decision.item.meeting
    require(can(by, "admit a partner", meeting))
    if meeting.group.kind != GroupKind.BOARD:
        raise Wrong("Only the board agrees who joins the partnership.")
    if decision.restricted:
        raise Wrong("The place of a partner is public, so the decision behind it must be open.")
    if starts_on < meeting.on:
        raise ValidationError({"starts_on": "It cannot join before the board agreed to it"})
    minutes = reverse("meetings:draft_minutes", args=[meeting.partnership.slug, meeting.slug])
    partner = membership.workflow.add_partner(
        meeting.partnership, agency=agency, statutory=statutory, starts_on=starts_on,
        because=f"Agreed by the board, decision {decision.reference}",
        url=f"{minutes}#item-{decision.item.number}", by=by,
    )  # fmt: skip
    admission = Admission.objects.create(partner=partner, decision=decision)
    note("admitted a partner by", decision, meeting, by=by, detail={"agency": agency.slug})
    return admission
