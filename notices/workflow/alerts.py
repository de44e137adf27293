"""Alerts of an emergency reading: at once, to those on the list, the board's chair and officers."""

from typing import Any

from django.urls import reverse

from core import clock
from core.dates import clock as clock_words
from membership import standing
from membership.models import EmergencyReading, GroupKind, Role, Seat
from membership.workflow import emergencies
from notices.workflow.telling import tell


def asked(reading: EmergencyReading) -> None:
    """Ask those who may agree, each by their own seat."""
    tell(
        _who_may_agree(reading), kind="emergency-asked", about=reading, urgent=True,
        text="Emergency reading is asked for. Agree to it or refuse it within 24 hours.",
        url=_page(reading), partnership=reading.partnership, but=reading.asked_by,
    )  # fmt: skip


def opened(reading: EmergencyReading) -> None:
    """Tell the list of the record by its reference; the board's chair and officers without it,
    and these, as who asked, in the same words where there is no such record."""
    until = clock_words(reading.until) if reading.until else ""
    on_list: set[Any] = set()
    group = emergencies.group_of(reading)
    if reading.seat is not None and group is not None:
        seats = Seat.objects.on(clock.today()).filter(group=group, person__is_active=True)
        seats = seats.select_related("person")
        people = [seat.person for seat in seats.exclude(emergency_until__isnull=False)]
        on_list = {person.pk for person in people}
        tell(
            people, kind="emergency-opened", about=reading.seat, urgent=True,
            text=f"Emergency reading of {group.short_name} is open to {reading.asked_by} until "
            f"{until}.", url=reverse("dashboards:home"), partnership=reading.partnership,
        )  # fmt: skip
    others = [person for person in _who_may_agree(reading) if person.pk not in on_list]
    tell(
        others, kind="emergency-opened", about=reading, urgent=True,
        text=f"Emergency reading by {reading.asked_by} was agreed by {reading.agreed_by}. It ends "
        f"at {until}.", url=_page(reading), partnership=reading.partnership,
    )  # fmt: skip


def _who_may_agree(reading: EmergencyReading) -> list[Any]:
    seats = Seat.objects.of(reading.partnership).on(clock.today()).filter(person__is_active=True)
    officers = seats.filter(group__kind=GroupKind.SECRETARIAT, role=Role.OFFICER)
    chairs = seats.filter(group__kind=GroupKind.BOARD, role__in=(Role.CHAIR, Role.VICE_CHAIR))
    people = {seat.person_id: seat.person for seat in (officers | chairs).select_related("person")}
    return [
        person
        for person in people.values()
        if reading.partnership_id in standing.in_emergencies(person)
    ]


def _page(reading: EmergencyReading) -> str:
    return reverse("membership:emergencies", args=[reading.partnership.slug])


emergencies.when_asked.append(asked)
emergencies.when_opened.append(opened)
