"""The register of decisions: its rows for one person, what one rests on and what came of it."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from actions.models import Action
from core import dates, municipal
from meetings.models import Decision, Outcome, OutcomeState, Status
from membership.models import GroupKind, Partnership

VIEWS = {
    "all": "All",
    "strategic": "Strategic",
    "to-follow": "Strategic, without outcome",
}

_COUNTED = {
    "all": "decision",
    "strategic": "strategic decision",
    "to-follow": "strategic decision",
}

ENDED = (OutcomeState.ACHIEVED, OutcomeState.NOT_ACHIEVED, OutcomeState.REPLACED)
TONES = {
    OutcomeState.UNDER_WAY: "busy",
    OutcomeState.ACHIEVED: "",
    OutcomeState.NOT_ACHIEVED: "idle",
    OutcomeState.REPLACED: "idle",
}
SILENT = datetime.timedelta(days=183)  # half a year without a word of a strategic decision

_NEWEST = (F("item__meeting__on").desc(), F("item__meeting__group__name").asc())

SORTS: dict[str, tuple[Any, ...]] = {
    "decision": (
        F("item__meeting__year"), F("item__meeting__number"), F("number"),
        F("item__meeting__group__name"),
    ),
    "date": (F("item__meeting__on"),),
    "group": (F("item__meeting__group__name"),),
}  # fmt: skip


def counted(number: int, view: str) -> str:
    """43 decisions; 1 strategic decision without outcome."""
    noun = dates.count(number, _COUNTED[view])
    return f"{noun} without outcome" if view == "to-follow" else noun


def _with_outcome(decisions: QuerySet[Decision]) -> QuerySet[Any]:
    """Decisions with the last word of what came of each, and when it was given."""
    last = Outcome.objects.filter(decision=OuterRef("pk")).order_by("-at", "-pk")
    return decisions.annotate(
        outcome=Coalesce(Subquery(last.values("state")[:1]), Value("")),
        outcome_at=Subquery(last.values("at")[:1]),
    )


def _chosen(decisions: QuerySet[Any], view: str) -> QuerySet[Any]:
    if view == "strategic":
        return decisions.filter(strategic=True)
    if view == "to-follow":
        return decisions.filter(strategic=True).exclude(outcome__in=ENDED)
    return decisions


# ---- the register -------------------------------------------------------------------------------


@dataclass(slots=True)
class Tally:
    """How many decisions a person may see: in each view, and in this one by group and by year."""

    views: dict[str, int] = field(default_factory=lambda: dict.fromkeys(VIEWS, 0))
    groups: dict[str, tuple[str, int]] = field(default_factory=dict)
    years: dict[int, int] = field(default_factory=dict)


def tally(user: Any, partnership: Partnership, *, view: str) -> Tally:
    """Every count of the register's page, in one query whatever its length."""
    visible = Decision.objects.visible_to(user)
    lines = (
        _with_outcome(visible.filter(item__meeting__group__partnership=partnership))
        .order_by()
        .values(
            "strategic", "outcome", year=F("item__meeting__year"),
            slug=F("item__meeting__group__slug"), name=F("item__meeting__group__short_name"),
        )
        .annotate(total=Count("pk"))
    )  # fmt: skip
    result = Tally()
    for line in lines:
        within = _views_of(line)
        for name in within:
            result.views[name] += line["total"]
        here = line["total"] if view in within else 0
        name, before = result.groups.get(line["slug"], (line["name"], 0))
        result.groups[line["slug"]] = (name, before + here)
        result.years[line["year"]] = result.years.get(line["year"], 0) + here
    result.groups = dict(sorted(result.groups.items(), key=lambda each: each[1][0]))
    result.years = dict(sorted(result.years.items(), reverse=True))
    return result


def _views_of(line: dict[str, Any]) -> list[str]:
    followed = line["strategic"] and line["outcome"] not in ENDED
    tests = {"all": True, "strategic": line["strategic"], "to-follow": followed}
    return [name for name, holds in tests.items() if holds]


def register(
    user: Any, partnership: Partnership, *, view: str = "all", group: str = "", year: str = "",
    words: str = "", sort: str = "",
) -> QuerySet[Any]:  # fmt: skip
    """The decisions that this person may read, chosen and in order, the newest first.

    ``group`` is a slug; ``sort`` is a key of ``SORTS``, with a minus for the other way round.
    """
    found = _with_outcome(Decision.objects.visible_to(user).of(partnership))
    found = _chosen(found, view)
    if group:
        found = found.filter(item__meeting__group__slug=group)
    if year:
        found = found.filter(item__meeting__year=int(year))
    for word in words.split():
        found = found.filter(
            Q(text__icontains=word)
            | Q(item__title__icontains=word)
            | Q(moved_by__icontains=word)
            | _numbered(word)
        )
    keys = SORTS.get(sort.removeprefix("-"))
    if keys is None:
        return found.order_by(*_NEWEST, "item__number", "number")
    ordered = (key.desc() if sort.startswith("-") else key.asc() for key in keys)
    return found.order_by(*ordered, *_NEWEST, "item__number", "number")


def _numbered(word: str) -> Q:
    """A decision by its reference, as people type it: 2026-27/3/2."""
    year, _, rest = word.partition("/")
    meeting, _, number = rest.partition("/")
    first = year.partition("-")[0]
    if not all(part.isascii() and part.isdigit() for part in (first, meeting, number)):
        return Q(pk=None)
    if max(len(first), len(meeting), len(number)) > 4:
        return Q(pk=None)
    return Q(item__meeting__year=first, item__meeting__number=meeting, number=number)


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the register, as a page or a file shows it."""

    decision: Any
    outcome: str
    tone: str
    draft: str


def rows(decisions: Iterable[Any]) -> list[Row]:
    """The lines of these decisions, as ``register`` gives them."""
    return [Row(each, *_outcome(each), draft_words(each)) for each in decisions]


def _outcome(decision: Any) -> tuple[str, str]:
    """What came of it in words and tone; only strategic decisions are followed."""
    if decision.outcome:
        state = OutcomeState(decision.outcome)
        return str(state.label), TONES[state]
    return ("No word yet", "waiting") if decision.strategic else ("", "")


def draft_words(decision: Decision) -> str:
    """Whether the minutes that hold it are still a draft."""
    drafts = (Status.HELD, Status.WITH_CHAIR, Status.WITH_PARTNERS)
    return "In draft minutes" if decision.item.meeting.status in drafts else ""


def votes(decision: Decision) -> str:
    """7 for, 1 against, 2 abstained; nothing where no vote was counted."""
    if decision.votes_for is None:
        return ""
    return (
        f"{decision.votes_for} for, {decision.votes_against} against, "
        f"{decision.votes_abstained} abstained"
    )


def year_name(year: int) -> str:
    """A municipal year as the choices show it."""
    return municipal.year_name(year)


# ---- one decision -------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Around:
    """What was minuted with a decision, what rests on it and what came of it."""

    actions: list[Action]
    reviews: list[Any]
    admissions: list[Any]
    outcomes: list[Outcome]


def around(decision: Decision, user: Any) -> Around:
    """Read what one person may see around a decision that they may view."""
    actions = Action.objects.visible_to(user).filter(minuted__item=decision.item_id)
    return Around(
        actions=list(
            actions.select_related("owner", "post", "partnership").order_by("reference")
        ),
        reviews=list(decision.chair_reviews.select_related("seat__person", "seat__agency")),
        admissions=list(decision.admissions.select_related("partner__agency")),
        outcomes=list(decision.outcomes.select_related("by")),
    )  # fmt: skip


# ---- what the partnership owes ------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Silence:
    """Strategic decisions: how many there are, and those of which nothing was heard for long."""

    strategic: int
    references: list[str]
    since: datetime.date | None


def silence(partnership: Partnership, on: datetime.date) -> Silence:
    """Strategic decisions of the board and its groups without a word for half a year.

    They are named by their numbers alone: what they say may be restricted.
    """
    found = (
        Decision.objects.of(partnership)
        .exclude(item__meeting__group__kind=GroupKind.PANEL)
        .filter(strategic=True)
        .order_by("item__meeting__on", "number")
    )
    strategic = list(_with_outcome(found))
    followed = [each for each in strategic if each.outcome not in ENDED]
    silent = [each for each in followed if _heard(each) + SILENT < on]
    return Silence(
        len(strategic), [each.reference for each in silent], min(map(_heard, silent), default=None)
    )


def _heard(decision: Any) -> datetime.date:
    """The day of the last word of it: its outcome's, or that of the meeting that decided."""
    if decision.outcome_at:
        return dates.london_date(decision.outcome_at)
    return decision.item.meeting.on
