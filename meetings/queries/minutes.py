"""What the pages of minute-taking read: where the meeting is, what it made, who may be asked."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse

from accounts.models import User
from actions.models import Action
from actions.queries import open_actions
from core import clock
from core.dates import clock as clock_words
from core.markings import Marking
from core.permissions import can
from meetings.models import (
    HERE,
    ChairReview,
    Decision,
    Draft,
    Item,
    ItemKind,
    Meeting,
    MinutedAction,
    Presence,
    Status,
)
from meetings.queries.attendance import Person, Roll
from meetings.queries.passages import minute_for, why_closed
from meetings.recusal import recused
from membership.models import Agency, Partner, Partnership, Post, Role, Seat

WRITING = datetime.timedelta(minutes=2)


@dataclass(frozen=True, slots=True)
class Stop:
    """An item as the rail beside the minutes shows it: done, the time it is planned for, or who
    is writing in it."""

    number: int
    title: str
    restricted: bool
    note: str
    done: bool
    withdrew: bool = False


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two texts of one minute, and both put together."""

    theirs: str
    by_name: str
    at: datetime.datetime | None
    yours: str
    both: str


def rail(meeting: Meeting, user: Any) -> list[Stop]:
    """Every item of the meeting in order."""
    items = meeting.items.select_related("minuted_by").annotate(
        made=Exists(Decision.objects.filter(item=OuterRef("pk")))
        | Exists(MinutedAction.objects.filter(item=OuterRef("pk")))
    )
    closed = recused(user)
    stops, at = [], datetime.datetime.combine(meeting.on, meeting.starts_at)
    for item in items.order_by("number", "position"):
        done = bool(item.minute.strip()) or item.made
        withdrew = item.pk in closed
        note = "you withdrew" if withdrew else _writer(item, user)
        note = note or ("done" if done else clock_words(at.time()))
        stops.append(Stop(item.number, item.title, item.restricted, note, done, withdrew))
        at += datetime.timedelta(minutes=item.minutes_allowed)
    return stops


def _writer(item: Item, user: Any) -> str:
    """Who else saved this item in the last two minutes."""
    writer = item.minuted_by
    if writer is None or item.minuted_at is None or writer == user:
        return ""
    return str(writer) if clock.now() - item.minuted_at < WRITING else ""


@dataclass(frozen=True, slots=True)
class Place:
    """A member of the group and what may be recorded of them."""

    person: Person
    choices: list[tuple[str, str]]


def places(now: Roll, recordable: Iterable[Presence]) -> list[Place]:
    """Everybody on the roll with their choices; who comes instead is said on a page of its own."""
    allowed = [each for each in recordable if each != Presence.SUBSTITUTED]
    return [
        Place(
            person,
            [(each.value, each.label) for each in Presence
             if each in allowed or each == person.presence],
        )
        for person in now.people
    ]  # fmt: skip


def decisions_of(item: Item, user: Any) -> list[Decision]:
    """What was decided in an item, as far as the reader may see it."""
    behind = Item(meeting=item.meeting, marking=Marking.SENSITIVE)
    decisions = item.decisions.order_by("number")
    if not can(user, "open", behind):
        decisions = decisions.filter(marking=Marking.OFFICIAL)
    for decision in decisions:
        decision.item = item
    return list(decisions)


def decision(meeting: Meeting, pk: Any) -> Decision | None:
    """One decision of a meeting."""
    found = Decision.objects.filter(item__meeting=meeting, pk=pk).select_related("item").first()
    if found is not None:
        found.item.meeting = meeting
    return found


def names_here(meeting: Meeting) -> list[str]:
    """Members who are recorded as there, and substitutes: whose dissent may be recorded."""
    there = meeting.attendance.filter(presence__in=(Presence.PRESENT, Presence.SUBSTITUTE))
    return list(dict.fromkeys(there.order_by("name").values_list("name", flat=True)))


def actions_of(item: Item, user: Any) -> QuerySet[Action]:
    """What was asked for in an item, as far as the reader may see it."""
    actions = Action.objects.visible_to(user).filter(minuted__item=item)
    return actions.select_related("owner", "post", "partnership").order_by("reference")


def arising(item: Item, user: Any) -> QuerySet[Action]:
    """Under matters arising, the group's actions open from before that the reader may see."""
    if item.kind != ItemKind.MATTERS_ARISING:
        return Action.objects.none()
    return open_actions(item.group, user).filter(made_on__lt=item.meeting.on)


def next_meeting(meeting: Meeting) -> Meeting | None:
    """The group's next meeting after this one, if there is a date for it."""
    later = Meeting.objects.filter(group=meeting.group_id, on__gt=meeting.on)
    return later.exclude(status=Status.CANCELLED).order_by("on").first()


def to_agree(item: Item) -> list[Meeting]:
    """In the item for it, the earlier minutes of the group that wait to be agreed."""
    if item != agreeing_item(item.meeting):
        return []
    earlier = Meeting.objects.filter(
        group=item.group_id, on__lt=item.meeting.on, status=Status.WITH_PARTNERS
    )
    return list(earlier.select_related("group__partnership").order_by("on"))


def agreed_here(item: Item) -> list[Meeting]:
    """In the item for it, the minutes that this meeting has agreed."""
    if item != agreeing_item(item.meeting):
        return []
    agreed = item.meeting.agreed_minutes.select_related("group__partnership")
    return list(agreed.order_by("on"))


def conflict_of(item: Item, user: Any, join: Any) -> Conflict | None:
    """Words of this person that are kept apart from the minute, if there are any.

    ``join`` puts two texts together that began from a third. From whoever may not read all of the
    minute, its restricted passages are withheld: then there is nothing to put together.
    """
    drafts = list(Draft.objects.filter(item=item, person=user).order_by("saved_at"))
    return conflict_with(item, user, drafts, join) if drafts else None


def conflict_with(item: Item, user: Any, drafts: list[Draft], join: Any) -> Conflict:
    """The minute of an item beside these drafts of one person."""
    yours = "\n\n".join(draft.text for draft in drafts)
    by_name = str(item.minuted_by) if item.minuted_by else ""
    theirs = both = minute_for(item, user)
    if why_closed(item, user):
        return Conflict(theirs, by_name, item.minuted_at, yours, yours)
    for draft in drafts:
        both = join(both, draft.text, _text_of(item, draft.based_on))
    return Conflict(theirs, by_name, item.minuted_at, yours, both)


def _text_of(item: Item, version: int) -> str | None:
    """An item's minute as it was in a version, if the history still holds it."""
    rows = item.history.filter(version=version).order_by("-history_id")
    return rows.values_list("minute", flat=True).first()


def may_chair(meeting: Meeting) -> dict[str, tuple[User, str]]:
    """Those who may take the meeting, the chair and the vice-chair first, each with a label."""
    roles = {Role.CHAIR: " (chair)", Role.VICE_CHAIR: " (vice-chair)"}
    seats = Seat.objects.on(meeting.on).filter(group=meeting.group_id).select_related("person")
    people = {
        str(seat.person_id): (seat.person, f"{seat.person}{roles.get(Role(seat.role), '')}")
        for seat in sorted(seats, key=lambda seat: (seat.role not in roles, seat.role))
    }
    there = meeting.attendance.filter(person__isnull=False, presence__in=HERE)
    for row in there.select_related("person"):
        people.setdefault(str(row.person_id), (row.person, row.name))
    return people


@dataclass(frozen=True, slots=True)
class Owner:
    """An agency, or one of its posts, that may be asked to do something."""

    key: str
    label: str
    agency: Agency
    post: Post | None


def owners(partnership: Partnership, on: datetime.date) -> list[Owner]:
    """Every partner of this day and each of its posts: who may be asked to do something."""
    partners = Partner.objects.on(on).filter(partnership=partnership).select_related("agency")
    agencies = [partner.agency for partner in partners.order_by("agency__name")]
    posts = Post.objects.on(on).filter(agency__in=agencies).order_by("title")
    return list(_owners(agencies, posts))


def _owners(agencies: list[Agency], posts: Iterable[Post]) -> Iterable[Owner]:
    by_agency: dict[Any, list[Post]] = {}
    for post in posts:
        by_agency.setdefault(post.agency_id, []).append(post)
    for agency in agencies:
        yield Owner(str(agency.pk), agency.name, agency, None)
        for post in by_agency.get(agency.pk, []):
            yield Owner(f"{agency.pk}:{post.pk}", f"{agency.name}, {post.title}", agency, post)


def office_seats(meeting: Meeting) -> list[Seat]:
    """The seats on the group whose holder may be given an office, as they were on the day."""
    seats = Seat.objects.on(meeting.on).filter(group=meeting.group_id)
    working = seats.filter(role__in=(Role.CHAIR, Role.VICE_CHAIR, Role.MEMBER))
    return list(working.select_related("person", "agency").order_by("person__name"))


def not_partners(partnership: Partnership, on: datetime.date) -> QuerySet[Agency]:
    """Agencies that exist and are not yet in the partnership."""
    current = Partner.objects.on(on).filter(partnership=partnership).values("agency")
    return Agency.objects.on(on).exclude(pk__in=current).order_by("name")


def agreeing(meeting: Meeting) -> Meeting | None:
    """The later meeting of the group whose minutes are being taken, which may agree these."""
    later = Meeting.objects.filter(group=meeting.group_id, on__gt=meeting.on, status=Status.HELD)
    return later.select_related("group__partnership").order_by("on").first()


def agreeing_item(meeting: Meeting) -> Item | None:
    """The item in which a meeting agrees earlier minutes."""
    return _first(meeting, ItemKind.MINUTES, ItemKind.MATTERS_ARISING, ItemKind.ANY_OTHER_BUSINESS)


def review_item(meeting: Meeting) -> Item | None:
    """The item in which a meeting reviews its chair; a late review goes under other business."""
    return _first(meeting, ItemKind.CHAIR_REVIEW, ItemKind.ANY_OTHER_BUSINESS)


def _first(meeting: Meeting, *kinds: str) -> Item | None:
    """The item of the first of these kinds that is on the agenda."""
    items = {item.kind: item for item in meeting.items.filter(kind__in=kinds).order_by("-number")}
    found = next((items[kind] for kind in kinds if kind in items), None)
    if found is not None:
        found.meeting = meeting
    return found


def reviewed(meeting: Meeting) -> dict[str, ChairReview]:
    """The offices that have been reviewed in the meeting's municipal year, each with its review."""
    rows = ChairReview.objects.filter(group=meeting.group_id, year=meeting.year)
    rows = rows.select_related("seat__person", "decision__item__meeting")
    return {row.office: row for row in rows}


def frozen(meeting: Meeting, rendition: str) -> str:
    """The address of the file that was published, where it was."""
    slug = meeting.partnership.slug
    if rendition == "public" and meeting.public_minutes:
        return reverse("documents:publication_pdf", args=[slug, meeting.public_minutes.slug])
    if rendition == "restricted" and meeting.restricted_minutes:
        newest = meeting.restricted_minutes.versions.values_list("number", flat=True).first()
        return reverse("documents:file", args=[slug, meeting.restricted_minutes.pk, newest])
    return ""


def named(name: str) -> list[Meeting]:
    """The meetings of an address such as ``dartford/board-2026-09-16``, or of its last part."""
    partnership, _, slug = name.rpartition("/")
    found = Meeting.objects.filter(slug=slug).select_related("group__partnership")
    return list(found.filter(group__partnership__slug=partnership) if partnership else found)
