"""Who is to do an action, who may be asked to, and who is told of it."""

import datetime
import uuid
from dataclasses import dataclass
from typing import Any

from django.db.models import OuterRef, QuerySet

from accounts.models import User
from actions.models import Action, Status
from actions.permissions import WORKING
from actions.queries.words import is_late, owner_words
from core import clock
from core.permissions import can
from membership import standing, succession
from membership.models import Agency, Partner, Partnership, Post, Role, Seat


def owners_people(action: Action, on: datetime.date) -> list[User]:
    """Those of its agency, or of the body in its place, who may see the action."""
    agencies = {action.owner_id, succession.standing_for(action.owner, on).pk}
    return _who_see(action, on, agency__in=agencies, role__in=WORKING)


def officers(action: Action, on: datetime.date) -> list[User]:
    """The officers of its group, or of the group that runs its business, who may see it."""
    return _who_see(action, on, role=Role.OFFICER)


def _who_see(action: Action, on: datetime.date, **seats: Any) -> list[User]:
    held = Seat.objects.on(on).filter(group__in=_groups(action), **seats)
    people = User.objects.filter(pk__in=held.values("person"), is_active=True).order_by("name")
    return [person for person in people if can(person, "view", action)]


def _groups(action: Action) -> set[uuid.UUID | None]:
    return {action.group_id, action.group.administered_by_id}


@dataclass(frozen=True, slots=True)
class Owner:
    """Who is to do an action: as it was given, and who that is today.

    ``current`` is the agency or the body in its place; ``people`` hold the post today (or, where no
    post was named, sit on the group for the agency); ``seated`` says whether anybody of the agency
    sits where the action can be seen.
    """

    words: str
    current: Agency
    people: list[User]
    seated: bool


def owner_today(action: Action, user: Any, on: datetime.date) -> Owner:
    """The post outlives whoever holds it: find who does today, as far as the reader may know."""
    current = succession.standing_for(action.owner, on)
    seats = (
        Seat.objects.visible_to(user)
        .of(action.partnership)
        .on(on)
        .filter(agency__in={action.owner_id, current.pk})
        .select_related("person", "post")
        .order_by("person__name")
    )
    near = [seat for seat in seats if seat.group_id in _groups(action)]
    if action.post:
        title = action.post.title.casefold()
        holding = [seat for seat in seats if seat.post and seat.post.title.casefold() == title]
    else:
        holding = [seat for seat in near if seat.group_id == action.group_id]
    people = {seat.person_id: seat.person for seat in holding}
    return Owner(owner_words(action), current, list(people.values()), bool(near))


def next_words(action: Action, owner: Owner, on: datetime.date) -> list[str]:
    """What happens next with it, each in a sentence."""
    if not action.is_open:
        return ["Nothing. An officer can open it again, with a reason."]
    if action.status == Status.SAYS_DONE:
        words = ["An officer confirms that it is done, or sends it back with a reason."]
    else:
        words = [f"{owner.current} says how far it is. An officer confirms when it is done."]
    if not owner.seated:
        words.append(f"Nobody of {owner.current} sits on {action.group}, so its officers ask them.")
    if is_late(action, on):
        words.append("It counts as late until then, whatever date has been agreed since.")
    words.append(f"Until it is closed it comes back at each meeting of {action.group}.")
    return words


@dataclass(frozen=True, slots=True)
class Possible:
    """An agency, or one of its posts, to which an action may be given."""

    agency: Agency
    post: Post | None

    @property
    def words(self) -> str:
        """As in a list of choices: Kent Police, District Commander."""
        return f"{self.agency}, {self.post}" if self.post else str(self.agency)


def possible_owners(partnership: Partnership, on: datetime.date) -> dict[str, Possible]:
    """The partners of the day and their posts, each under a key that a form can send."""
    partners = Partner.objects.of(partnership).on(on).select_related("agency")
    agencies = {each.agency_id: each.agency for each in partners}
    owners = {agency.slug: Possible(agency, None) for agency in agencies.values()}
    for post in Post.objects.on(on).filter(agency__in=agencies):
        agency = agencies[post.agency_id]
        owners[f"{agency.slug}/{post.pk}"] = Possible(agency, post)
    return dict(sorted(owners.items(), key=lambda each: each[1].words))


def speaks_for(user: Any, action: Action) -> Agency | None:
    """The agency for which this person says something about the action: its owner, if they can."""
    current = succession.standing_for(action.owner, clock.today())
    seats = [
        seat
        for seat in standing.seats(user)
        if any(each["id"] == str(action.group_id) for each in seat.reach)
    ]
    agencies = [seat.agency for seat in seats]
    owning = [each for each in agencies if each.pk in {current.pk, action.owner_id}]
    return next(iter(owning + agencies), None)


def post_held(on: datetime.date) -> QuerySet[Seat]:
    """Seats of the post that an action names: for ``Exists``, whether anybody holds it."""
    return Seat.objects.on(on).filter(
        group__partnership=OuterRef("partnership"), post=OuterRef("post")
    )
