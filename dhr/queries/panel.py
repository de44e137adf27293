"""The panel of a review: who chairs, who sits, what each said, and what is missing."""

from dataclasses import dataclass
from typing import Any

from core import clock
from dhr.models import Chair, ConflictCheck, Part, Review
from dhr.queries import people
from membership.models import Partnership, Role, Seat
from membership.queries import panels

ROLES = (Role.CHAIR, Role.MEMBER, Role.ADVISER)


@dataclass(frozen=True, slots=True)
class Sits:
    """Somebody on the panel: whether the review opens to them, and what they said last."""

    seat: Seat
    opens: bool
    asked: bool
    check: ConflictCheck | None

    @property
    def chairs(self) -> bool:
        """Whether they chair."""
        return self.seat.role == Role.CHAIR


def sitting(review: Review) -> list[Sits]:
    """Who sits on the panel today, the chair first; officers work for it and are not on it."""
    said, parts = people.checks(review), people.parts(review)
    found = [
        Sits(each.seat, each.opens, each.seat.agency_id in parts, said.get(each.seat.person_id))
        for each in panels.people_of(review.group)
        if each.seat.role in ROLES
    ]
    return sorted(found, key=lambda each: (not each.chairs, each.seat.person.name))


def not_free(review: Review) -> list[ConflictCheck]:
    """What those said who are not on the panel."""
    on_it = set(panels.seats_of(review.group_id).values_list("person", flat=True))
    return [each for each in people.checks(review).values() if each.person_id not in on_it]


def warnings(review: Review, sits: list[Sits]) -> list[str]:
    """What is wrong with the panel as it is."""
    found = []
    chairs = [each for each in sits if each.chairs]
    if review.led_here and review.is_open and not chairs and review.decisions.exists():
        found.append("Nobody chairs this review.")
    found += [
        f"The chair sits for {each.seat.agency}, which is asked for information here. Somebody "
        "independent must chair."
        for each in chairs
        if each.asked
    ]
    found += [
        f"The review does not open to {each.seat.person}: {each.seat.agency} has not signed the "
        "sharing agreement."
        for each in sits
        if not each.opens
    ]
    return found


def shown(review: Review) -> dict[str, Any]:
    """The context of the page."""
    sits = sitting(review)
    return {
        "sits": sits,
        "not_free": not_free(review),
        "warnings": warnings(review, sits),
        "chairs": list(chairs(review)),
        "chair": people.chair_of(review),
        "terms": list(review.terms.select_related("by")),
        "proceedings": list(review.proceedings.all()),
        "parts": list(Part.objects.filter(review=review).select_related("partnership")),
        "pool": people.pool(review).exists(),
        "today": clock.today(),
    }


def chairs(review: Review) -> Any:
    """Every term of a chair, the newest first."""
    return Chair.objects.filter(review=review).select_related("person")


def may_have_part(review: Review) -> Any:
    """Partnerships on this system that hold death reviews and have no part in this one yet."""
    there = review.parts.values("partnership")
    rows = Partnership.objects.filter(death_review_arrangement__isnull=False)
    return rows.exclude(pk=review.partnership_id).exclude(pk__in=there).order_by("name")
