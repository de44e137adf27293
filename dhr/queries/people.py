"""Who works on a review, and whose agency has a part in it."""

import uuid
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from accounts.models import User
from actions.models import RequestStatus
from core import clock
from dhr.models import OPEN, Arrangement, Chair, ConflictCheck, InformationRequest, Review
from membership import succession
from membership.models import Agency, Partnership, Role, Seat
from membership.queries import panels
from membership.queries.sharing import signed


def arrangement_of(partnership: Partnership) -> Arrangement | None:
    """How the partnership holds its reviews, where that was set up."""
    rows = Arrangement.objects.of(partnership)
    return rows.select_related("group__partnership", "partnership").first()


def officers_of(record: Any) -> list[User]:
    """The officers of a review or of a part, today."""
    return panels.officers_of(record.group_id)


def keepers_of(review: Review) -> list[User]:
    """The officers of a review and its chair, today: who publishes what one of them made ready."""
    seats = panels.seats_of(review.group_id)
    return [seat.person for seat in seats if seat.role in (Role.OFFICER, Role.CHAIR)]


def seated(review: Review) -> list[User]:
    """Everybody who sits on a review today."""
    return [seat.person for seat in panels.seats_of(review.group_id)]


def without_officer(partnership: Partnership) -> Any:
    """Open reviews on which no officer sits any more."""
    officers = Seat.objects.on(clock.today()).filter(
        group=OuterRef("group"), role=Role.OFFICER, person__is_active=True
    )
    rows = Review.objects.of(partnership).filter(~Exists(officers), stage__in=OPEN)
    return rows.select_related("group", "partnership").order_by("reference")


def parts(review: Review) -> dict[uuid.UUID, Agency]:
    """The agencies that are asked in the review, each in its successor."""
    today = clock.today()
    asked = InformationRequest.objects.filter(review=review).select_related("agency")
    found = {}
    for each in asked.exclude(request__status=RequestStatus.WITHDRAWN):
        now = succession.standing_for(each.agency, today)
        found[now.pk] = now
    return found


def not_independent(review: Review, agency: Agency) -> str:
    """Why nobody of an agency may chair the review; nothing where they may."""
    now = succession.standing_for(agency, clock.today())
    if now.pk in parts(review):
        return f"Nobody of {now} can chair: it is asked for information in this review"
    return ""


def signatories(review: Review) -> QuerySet[Agency]:
    """The agencies for whose people the review would open."""
    keys = signed(review.partnership, clock.today()).values("agency")
    return Agency.objects.filter(pk__in=keys).order_by("name")


def chair_of(review: Review) -> Chair | None:
    """Who chairs the review today."""
    rows = Chair.objects.filter(review=review, starts_on__lte=clock.today())
    rows = rows.exclude(ends_on__lte=clock.today())
    return rows.select_related("person").first()


def pool(review: Review) -> Any:
    """The seats of the standing panel whose holders do not sit on the review."""
    rows = Seat.objects.on(clock.today()).filter(
        group=review.group.reports_to_id, person__is_active=True
    )
    rows = rows.exclude(role=Role.OFFICER)
    rows = rows.exclude(person__in=panels.seats_of(review.group_id).values("person"))
    return rows.select_related("person", "agency", "post").order_by("agency__name", "person__name")


def checks(review: Review) -> dict[Any, ConflictCheck]:
    """What each person said last when asked whether they are free."""
    found: dict[Any, ConflictCheck] = {}
    for each in ConflictCheck.objects.filter(review=review).select_related("person", "by"):
        found.setdefault(each.person_id, each)
    return found
