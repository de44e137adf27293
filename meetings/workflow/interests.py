"""Declarations of interest: made before a meeting or in it, with or without withdrawing.

Who withdraws from an item neither sees nor decides it from that moment on (``meetings.recusal``).
"""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

import membership.workflow
from core import clock, history, remember
from core.markup import plain
from core.permissions import can, require
from core.workflow import Wrong
from meetings.models import BEFORE, Declaration, Item, ItemKind, Meeting, Status
from meetings.queries.attendance import AWAY, roll
from meetings.workflow import note, take, tell_people
from membership import standing
from membership.models import Interest
from membership.queries import officers_of
from notices.models import Notice

LONGEST = 300  # characters

# What every meeting begins and ends with: the group's own order of business.
ORDER_OF_BUSINESS = (
    ItemKind.APOLOGIES, ItemKind.INTERESTS, ItemKind.MINUTES, ItemKind.MATTERS_ARISING,
    ItemKind.ANY_OTHER_BUSINESS, ItemKind.NEXT_DATE,
)  # fmt: skip


@transaction.atomic
def declare(
    meeting: Meeting, *, text: str = "", item: Item | None = None, person: Any = None,
    recused: bool = False, interest: Interest | None = None,
    register: dict[str, Any] | None = None, by: Any,
) -> Declaration:  # fmt: skip
    """Declare an interest at a meeting, for oneself or, as an officer, for somebody at it.

    ``interest`` is an entry of the register that it is about; ``register`` are the words of a new
    one (``kind``, ``about``, ``sensitive``) that is entered at once. Raises ``ValidationError`` by
    field, and ``Wrong`` once the minutes have gone to the chair.
    """
    current = take("declare an interest", meeting, by=by)
    person = person or by
    if person != by:
        require(can(by, "declare for others", current))
    words = " ".join(plain(text).split()) or (interest.text if interest else "")
    _check(current, person, item, words, recused, interest, by)
    if register is not None and interest is None:
        interest = _entered(current, person, words, register, by)
    declaration = Declaration(
        meeting=current, item=item, person=person, interest=interest, text=words, recused=recused,
        declared_at=clock.now(), declared_by=by,
    )  # fmt: skip
    history.save(declaration, by=by)
    remember.forget()
    if recused:
        _put_away(person)
    _record("declared an interest at", declaration, by)
    _tell(declaration, by)
    return declaration


@transaction.atomic
def take_back(declaration: Declaration, *, by: Any) -> Declaration:
    """Take a declaration back, as if it had not been made; the item opens again.

    By its person before the meeting; afterwards by somebody else who may.
    """
    meeting = take("declare an interest", declaration.meeting, by=by)
    rows = Declaration.objects.select_for_update(of=("self",)).select_related("item", "interest")
    current = rows.select_related("person").get(pk=declaration.pk)
    current.meeting = meeting
    require(can(by, "take back", current))
    if current.withdrawn_at:
        raise Wrong("This declaration has already been taken back.")
    if current.person == by and meeting.status not in BEFORE:
        raise Wrong(
            "The meeting has begun. Ask another officer or the chair to take back your declaration."
        )
    current.withdrawn_at, current.withdrawn_by = clock.now(), by
    history.save(current, by=by, fields=["withdrawn_at", "withdrawn_by"])
    remember.forget()
    _record("took back a declaration at", current, by)
    return current


# ---- what can be wrong --------------------------------------------------------------------------


def _check(
    meeting: Meeting, person: Any, item: Item | None, words: str, recused: bool,
    interest: Interest | None, by: Any,
) -> None:  # fmt: skip
    wrong = {
        **_wrong_person(meeting, person, by),
        **_wrong_item(meeting, item, recused),
        **_wrong_words(words),
    }
    if interest and (
        interest.person_id != person.pk or interest.partnership_id != meeting.group.partnership_id
    ):
        wrong["interest"] = f"Choose an interest that {person} has in the register"
    if not wrong:
        wrong = _wrong_twice(meeting, person, item, words, by)
    if wrong:
        raise ValidationError(wrong)


def _wrong_person(meeting: Meeting, person: Any, by: Any) -> dict[str, str]:
    now = roll(meeting)
    everybody = [*now.people, *now.in_attendance, *now.substitutes]
    places = [each for each in everybody if each.person == person.pk]
    if not places and not can(person, "take minutes", meeting):
        you = "You are" if person == by else f"{person} is"
        return {"person": f"{you} not expected at this meeting, so there is nothing to declare"}
    away = [each for each in places if each.presence in AWAY]
    if meeting.status == Status.HELD and places and away == places:
        who = "You are" if person == by else f"{person} is"
        return {"person": f"{who} recorded as not there. Put the attendance right first"}
    return {}


def _wrong_item(meeting: Meeting, item: Item | None, recused: bool) -> dict[str, str]:
    if item is None:
        return {"item": "Choose the item from which to withdraw"} if recused else {}
    if item.meeting_id != meeting.pk:
        return {"item": "Choose an item of this meeting"}
    if recused and item.kind in ORDER_OF_BUSINESS:
        return {
            "recused": f"Nobody withdraws from item {item.number}: it is part of every meeting’s "
            "order of business. Choose the item that the interest is about, or take part"
        }
    return {}


def _wrong_words(words: str) -> dict[str, str]:
    if not words:
        return {"text": "Enter what the interest is, or choose one from the register"}
    if len(words) > LONGEST:
        return {"text": f"This must be {LONGEST} characters or fewer. It has {len(words)}"}
    return {}


def _wrong_twice(
    meeting: Meeting, person: Any, item: Item | None, words: str, by: Any
) -> dict[str, str]:
    before = meeting.declarations.standing().filter(person=person, item=item)
    who = "You have" if person == by else f"{person} has"
    if item is not None and before.exists():
        return {
            "item": f"{who} already declared an interest in item {item.number}. To change it, "
            "take it back first"
        }
    if item is None and before.filter(text__iexact=words).exists():
        return {"text": f"{who} already declared this"}
    return {}


# ---- what is written and told -------------------------------------------------------------------


def _entered(
    meeting: Meeting, person: Any, words: str, register: dict[str, Any], by: Any
) -> Interest:
    return membership.workflow.declare_interest(
        meeting.group.partnership, person=person, text=words, starts_on=clock.today(), by=by,
        **register,
    )  # fmt: skip


def _put_away(person: Any) -> None:
    """Notices of what is closed now are shown no longer, so they do not count as unread either."""
    closed = [str(key) for key in standing.barred(person, "actions", "documents")]
    told = Notice.objects.filter(recipient=person, subject_id__in=closed).unread()
    told.update(read_at=clock.now())


def _record(says: str, declaration: Declaration, by: Any) -> None:
    """The entry says who and whether they withdrew, never from what or why."""
    item = str(declaration.item_id) if declaration.item_id else ""
    note(
        says, declaration, declaration.meeting, by=by, sensitive=declaration.restricted,
        detail={"item": item, "recused": declaration.recused},
    )  # fmt: skip


def _tell(declaration: Declaration, by: Any) -> None:
    """The officers hear of what a member declares, and a member of what is declared for them."""
    meeting, person = declaration.meeting, declaration.person
    if person != by:
        people: Any = [person]
        text = f"{by} recorded a declaration of interest of yours for the {meeting}"
    else:
        people = officers_of(meeting.group.partnership, clock.today())
        people = [each for each in people if can(each, "declare for others", meeting)]
        text = f"{person} declared an interest for the {meeting}"
    tell_people(
        people, meeting, kind="interest-declared", text=text, occurrence=str(declaration.pk), but=by
    )
