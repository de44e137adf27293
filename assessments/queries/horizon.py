"""The horizon: what is coming, in order; what changed since a day; the annex of an assessment."""

import datetime
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import F, Q, QuerySet

from assessments.models import Level, PolicyChange, Stage
from core import clock, remember
from core.dates import longdate
from meetings.models import BEFORE, Meeting
from membership.models import GroupKind, Partnership

SOON = datetime.timedelta(days=183)
TONES = {
    Stage.PROPOSED: "idle", Stage.DECIDED: "waiting", Stage.PARTLY: "busy", Stage.IN_FORCE: "",
    Stage.DROPPED: "",
}  # fmt: skip
ORDERS = {
    "commences": [F("commences_on").asc(nulls_last=True), "title"],
    "-commences": [F("commences_on").desc(nulls_last=True), "title"],
    "title": ["title"], "-title": ["-title"],
    "again": [F("look_again_on").asc(nulls_last=True), "title"],
    "-again": [F("look_again_on").desc(nulls_last=True), "title"],
}  # fmt: skip


def begins(change: Any) -> str:
    """When it commences, as far as is known."""
    if change.commences_on:
        return longdate(change.commences_on)
    return str(change.commences_words) or "Not known"


def listed(user: Any, partnership: Partnership | None) -> QuerySet[PolicyChange]:
    """Changes that a person may see, with what a list shows of each."""
    changes = PolicyChange.objects.visible_to(user).of(partnership)
    return changes.select_related("partnership", "owner", "post", "action__group").prefetch_related(
        "themes"
    )


def filtered(
    changes: QuerySet[PolicyChange], *, level: str = "", stage: str = "", theme: str = "",
    words: str = "",
) -> QuerySet[PolicyChange]:  # fmt: skip
    """Those that fit what was chosen above the list."""
    if level:
        changes = changes.filter(level=level)
    if stage:
        changes = changes.filter(stage=stage)
    if theme:
        changes = changes.filter(themes__slug=theme)
    if words:
        text = Q(title__icontains=words) | Q(what__icontains=words) | Q(touches__icontains=words)
        changes = changes.filter(text | Q(source__icontains=words))
    return changes


def views(changes: QuerySet[PolicyChange], on: datetime.date) -> dict[str, QuerySet[PolicyChange]]:
    """The quick views by their key."""
    still = changes.filter(closed_at__isnull=True)
    return {
        "open": still,
        "soon": still.filter(commences_on__gt=on, commences_on__lte=on + SOON),
        "again": still.filter(look_again_on__lte=on),
        "closed": changes.filter(closed_at__isnull=False),
    }


# ---- what changed -------------------------------------------------------------------------------

SHOWN = {
    "title": "Title", "stage": "How far it is", "commences_on": "Commences on",
    "commences_words": "Commences", "what": "What changes", "touches": "What it touches here",
    "source": "Where it is written", "owner_id": "Followed by", "verified": "Read at its source",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Difference:
    """One field of a change, as it was and as it is."""

    label: str
    before: str
    now: str


@dataclass(frozen=True, slots=True)
class Moved:
    """What happened to a change since a day."""

    change: PolicyChange
    how: str
    differences: list[Difference]


def since(changes: Iterable[PolicyChange], day: datetime.date) -> list[Moved]:
    """What is new, different or closed since that day (its own hours included), by title."""
    from_moment = clock.london(day, datetime.time())
    rows = {each.pk: each for each in changes}
    past: dict[Any, list[Any]] = defaultdict(list)
    records = PolicyChange.history.filter(id__in=rows, history_date__lt=from_moment)
    for record in records.order_by("history_id"):
        past[record.id].append(record)
    moved = [_moved(each, past[each.pk]) for each in rows.values()]
    found = [each for each in moved if each]
    return sorted(found, key=lambda each: (each.how != "New", each.change.title))


def _moved(change: PolicyChange, past: list[Any]) -> Moved | None:
    if not past:
        return Moved(change, "New", [])
    before = past[-1]
    if change.closed_at and not before.closed_at:
        return Moved(change, "Closed", [Difference("What came of it", "", change.closed_because)])
    if before.closed_at and not change.closed_at:
        return Moved(change, "Taken up again", [])
    differences = [
        Difference(label, _words(before, name), _words(change, name))
        for name, label in SHOWN.items()
        if getattr(before, name) != getattr(change, name)
    ]
    return Moved(change, "Changed", differences) if differences else None


def _words(record: Any, name: str) -> str:
    value = getattr(record, name)
    if name == "stage":
        return Stage(value).label
    if name == "owner_id":
        return str(record.owner) if value else "Nobody"
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, datetime.date):
        return longdate(value)
    return str(value or "")


def last_meeting(partnership: Partnership | None, on: datetime.date) -> Meeting | None:
    """The board's last meeting before a day."""
    held = Meeting.objects.of(partnership).filter(group__kind=GroupKind.BOARD).held()
    return held.filter(on__lt=on).order_by("-on").first()


def next_meeting(user: Any, partnership: Partnership | None, on: datetime.date) -> Meeting | None:
    """The board's next meeting, among those that a person may see."""
    meetings = Meeting.objects.visible_to(user).of(partnership)
    coming = meetings.filter(group__kind=GroupKind.BOARD, status__in=BEFORE, on__gte=on)
    return coming.order_by("on").first()


def to_look_at(partnership: Partnership, on: datetime.date) -> list[PolicyChange]:
    """Changes whose day to look again has come, the longest ago first; remembered in a request."""
    due = PolicyChange.objects.of(partnership).filter(closed_at__isnull=True, look_again_on__lte=on)
    found = due.select_related("partnership").order_by("look_again_on")
    return remember.once(("to look at", partnership.pk, on), lambda: list(found))


# ---- the annex of an assessment -----------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Line:
    """A change as an annex or a paper prints it."""

    title: str
    level: str
    stage: str
    begins: str
    what: str
    touches: str
    source: str
    source_url: str
    verified: bool
    owner: str
    themes: list[str]


def line(change: PolicyChange) -> Line:
    """A change in words."""
    return Line(
        title=change.title, level=change.get_level_display(), stage=change.get_stage_display(),
        begins=begins(change), what=change.what, touches=change.touches, source=change.source,
        source_url=change.source_url, verified=change.verified,
        owner=str(change.owner or ""), themes=[theme.name for theme in change.themes.all()],
    )  # fmt: skip


def annex(partnership: Partnership, on: datetime.date) -> dict[str, list[Line]]:
    """What stands on the horizon on a day, by level in the order of ``Level``; none left out.

    What is closed since is there if it was open on that day.
    """
    noted = PolicyChange.objects.of(partnership).filter(
        created_at__lt=clock.london(on + datetime.timedelta(days=1), datetime.time())
    )
    still = Q(closed_at__isnull=True) | Q(closed_at__date__gt=on)
    rows = noted.filter(still).select_related("owner").prefetch_related("themes")
    rows = rows.order_by(F("commences_on").asc(nulls_last=True), "title")
    found: dict[str, list[Line]] = {level.label: [] for level in Level}
    for each in rows:
        found[each.get_level_display()].append(line(each))
    return {level: lines for level, lines in found.items() if lines}
