"""What actions and requests ask of a person: their own, late or near, and others' to check."""

import datetime
import uuid
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from django.db.models import Exists, Q
from django.urls import reverse

from actions import queries
from actions.models import WAITING, Action, Request, RequestStatus, Status
from actions.models.requests import asked_of, may_answer
from core.dates import count, london_date, longdate
from core.registries import Work, work
from membership import standing, succession
from membership.models import Partnership, Role

NEAR = datetime.timedelta(days=14)
MOST = 5


@work
def mine(user: Any, on: datetime.date) -> Iterator[Work]:
    """What this person's agency is to do: what falls to their own post, late or due in two weeks.

    What is given to another post falls to that post, unless nobody holds it. What they said is
    done waits for an officer.
    """
    agencies = {seat.agency_id for seat in standing.seats(user) if queries.works(seat)}
    if not agencies:
        return
    titles = {seat.post.title for seat in standing.seats(user) if seat.post}
    actions = (
        Action.objects.visible_to(user)
        .open()
        .owned_by(succession.lineage(agencies, on))
        .annotate(held=Exists(queries.post_held(on)))
        .filter(Q(post=None) | Q(post__title__in=titles) | Q(held=False))
        .filter(Q(first_due_on__lt=on) | Q(due_on__lte=on + NEAR) | Q(status=Status.SAYS_DONE))
        .select_related("partnership", "group")
        .order_by("first_due_on", "reference")
    )
    runs = _run_by(user)
    shown: dict[uuid.UUID, int] = defaultdict(int)
    rest: dict[uuid.UUID, Partnership] = {}
    for action in actions:
        if action.status == Status.SAYS_DONE:
            if action.group_id not in runs:  # else it is this person who confirms
                yield _waiting(action)
        elif shown[action.partnership_id] < MOST:
            shown[action.partnership_id] += 1
            yield _own(action, on)
        else:
            shown[action.partnership_id] += 1
            rest[action.partnership_id] = action.partnership
    for key, partnership in rest.items():
        yield Work(
            partnership=partnership,
            what=f"{count(shown[key] - MOST, 'more action')} of your agency",
            url=_list(partnership, "mine"),
            why="Late, or due in the next two weeks.",
        )


def _own(action: Action, on: datetime.date) -> Work:
    moved = queries.moved_words(action)
    now_due = f"Now due {longdate(action.due_on)}, {moved}." if moved else ""
    return Work(
        partnership=action.partnership,
        what=_name(action),
        url=action.get_absolute_url(),
        why=f"{_origin(action)} {now_due}".strip(),
        due=action.first_due_on if queries.is_late(action, on) else action.due_on,
    )


def _waiting(action: Action) -> Work:
    return Work(
        partnership=action.partnership,
        what=f"{_name(action)}: an officer is to confirm that it is done",
        url=action.get_absolute_url(),
        needs="others",
        state="said to be done",
        of_whom=f"Officers of {action.group}",
    )


def _origin(action: Action) -> str:
    return "" if action.restricted else f"{action.reference}, {action.raised_in}."


def _name(action: Action) -> str:
    return f"Action {action.reference} (restricted)" if action.restricted else action.text


def _run_by(user: Any) -> set[uuid.UUID]:
    """The keys of the groups whose officer this person is."""
    return {
        uuid.UUID(each["id"])
        for seat in standing.seats(user)
        if seat.role == Role.OFFICER
        for each in seat.reach
    }


@work
def officers(user: Any, on: datetime.date) -> Iterator[Work]:
    """What an officer confirms, and what others are late with."""
    groups = _run_by(user)
    if not groups:
        return
    own = {seat.agency_id for seat in standing.seats(user) if queries.works(seat)}
    actions = (
        Action.objects.visible_to(user)
        .open()
        .filter(group__in=groups)
        .filter(Q(status=Status.SAYS_DONE) | Q(first_due_on__lt=on))
        .select_related("partnership", "owner")
    )
    confirm: dict[Partnership, list[Action]] = defaultdict(list)
    chase: dict[Partnership, list[Action]] = defaultdict(list)
    for action in actions:
        if action.status == Status.SAYS_DONE:
            confirm[action.partnership].append(action)
        elif action.owner_id not in succession.lineage(own, on):
            chase[action.partnership].append(action)
    for partnership, found in confirm.items():
        yield _to_confirm(partnership, found)
    for partnership, found in chase.items():
        yield _to_chase(partnership, found)


def _to_confirm(partnership: Partnership, actions: list[Action]) -> Work:
    return Work(
        partnership=partnership,
        what=f"Confirm {count(len(actions), 'action')} that partners say are done"
        if len(actions) > 1
        else f"Confirm that {actions[0].reference} is done",
        url=_list(partnership, "to-confirm"),
        why=f"Said by {_owners(actions)}.",
        state="to confirm",
    )


def _to_chase(partnership: Partnership, actions: list[Action]) -> Work:
    return Work(
        partnership=partnership,
        what=f"{count(len(actions), 'late action')} of others",
        url=_list(partnership, "late"),
        needs="others",
        due=min(action.first_due_on for action in actions),
        of_whom=_owners(actions),
    )


def _owners(actions: list[Action]) -> str:
    return ", ".join(sorted({str(action.owner.short_name) for action in actions}))


def _list(partnership: Partnership, view: str) -> str:
    return f"{reverse('actions:list', args=[partnership.slug])}?view={view}"


# ---- requests for information -------------------------------------------------------------------


@work
def asked_of_me(user: Any, on: datetime.date) -> Iterator[Work]:
    """What this person's agency is asked for, and what officers have to check or to chase."""
    mine = {seat.agency_id for seat in standing.seats(user) if may_answer(seat)}
    runs = _run_by(user)
    if not mine and not runs:
        return
    waiting = Q(status__in=WAITING)
    found = (
        Request.objects.visible_to(user)
        .filter(
            (waiting & asked_of(user))
            | (Q(status=RequestStatus.ANSWERED) | waiting & Q(first_due_on__lt=on))
            & Q(group__in=runs)
        )
        .select_related("partnership", "agency", "group")
    )
    for request in found:
        if request.status == RequestStatus.ANSWERED:
            yield _to_check(request)
        else:
            yield _to_answer(request, mine=request.agency_id in mine)


def _to_check(request: Request) -> Work:
    return Work(
        partnership=request.partnership,
        what=f"Check the answer to {_asked(request)}",
        url=request.get_absolute_url(),
        why=f"{request.agency} has answered.",
        state="to check",
    )


def _to_answer(request: Request, *, mine: bool) -> Work:
    return Work(
        partnership=request.partnership,
        what=f"Answer {_asked(request)}" if mine else f"Late: {_asked(request)}",
        url=request.get_absolute_url(),
        why=f"Asked of {request.agency} by {request.group}." if mine else "",
        due=request.first_due_on,
        needs="me" if mine else "others",
        of_whom="" if mine else str(request.agency.short_name),
        asked=london_date(request.asked_at),
    )


def _asked(request: Request) -> str:
    if request.restricted:
        return f"request {request.reference} (restricted)"
    return f"request {request.reference}, {request.subject}"
