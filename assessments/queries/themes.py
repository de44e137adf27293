"""A theme and what belongs to it, as far as a person may see; and what it lacks."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet

from actions.models import Action
from actions.queries import title_states
from assessments.models import (
    Edition,
    EditionStatus,
    PolicyChange,
    Priority,
    TensionReport,
    ThemeAction,
    ThemePaper,
)
from documents.models import Document
from documents.queries import title_for
from figures.models import Indicator
from membership.models import Partnership, Theme

NEWEST = (F("closed_at").desc(nulls_first=True), "-week")
NO_LEAD = "Nobody leads it"
NO_PLAN = "It has no plan"
NO_FIGURES = "No figures are gathered for it"


@dataclass(frozen=True, slots=True)
class Row:
    """A theme as the list shows it."""

    theme: Theme
    actions: int
    tensions: int
    missing: list[str]


def rows(user: Any, partnership: Partnership | None, on: datetime.date) -> list[Row]:
    """Every theme of the partnership that has not ended, with what it lacks."""
    themes = Theme.objects.visible_to(user).of(partnership).not_over(on)
    themes = themes.select_related("partnership", "lead", "lead_post")
    themes = themes.annotate(has_plan=_has_plan(), has_figures=_has_figures(on))
    seen = ThemeAction.objects.filter(action__in=Action.objects.visible_to(user).open())
    actions = _numbers(seen)
    tensions = _numbers(TensionReport.objects.visible_to(user).filter(closed_at__isnull=True))
    return [
        Row(each, actions.get(each.pk, 0), tensions.get(each.pk, 0), _missing(each))
        for each in themes
    ]


def _numbers(rows: QuerySet[Any]) -> dict[Any, int]:
    counted = rows.filter(theme__isnull=False).order_by().values("theme")
    return {row["theme"]: row["n"] for row in counted.annotate(n=Count("pk"))}


def _has_plan() -> Exists:
    return Exists(ThemePaper.objects.filter(theme=OuterRef("pk"), plan=True))


def _has_figures(on: datetime.date) -> Exists:
    return Exists(Indicator.objects.on(on).filter(theme=OuterRef("pk")))


def _missing(theme: Any) -> list[str]:
    lacks = (
        (NO_LEAD, theme.lead_id), (NO_PLAN, theme.has_plan), (NO_FIGURES, theme.has_figures),
    )  # fmt: skip
    return [words for words, there in lacks if not there]


def missing(theme: Theme, on: datetime.date) -> list[str]:
    """What one theme lacks."""
    found = Theme.objects.annotate(has_plan=_has_plan(), has_figures=_has_figures(on))
    return _missing(found.get(pk=theme.pk))


def with_lead(partnership: Partnership, on: datetime.date) -> list[Any]:
    """The themes, and of each whether it ``has_lead``: a lead agency that has not ended."""
    ended = Q(lead__isnull=True) | Q(lead__ends_on__lte=on)
    return list(Theme.objects.of(partnership).on(on).annotate(has_lead=~ended))


# ---- what belongs to it -------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ActionRow:
    """An action of the theme."""

    action: Action
    states: list[tuple[str, str]]


def actions(user: Any, theme: Theme, on: datetime.date) -> list[ActionRow]:
    """The theme's actions that a person may see, open ones first."""
    linked = ThemeAction.objects.filter(theme=theme).values("action")
    found = Action.objects.visible_to(user).filter(pk__in=linked)
    found = found.select_related("partnership", "owner", "group")
    ordered = sorted(found, key=lambda each: (not each.is_open, each.first_due_on))
    return [ActionRow(each, title_states(each, on)) for each in ordered]


@dataclass(frozen=True, slots=True)
class PaperRow:
    """A paper of the theme, under the title that the reader may know."""

    document: Document
    title: str
    plan: bool


def papers(user: Any, theme: Theme) -> list[PaperRow]:
    """The theme's papers that are listed to a person, its plan first."""
    links = ThemePaper.objects.filter(theme=theme)
    plans = dict(links.values_list("document", "plan"))
    found = Document.objects.visible_to(user).of(theme.partnership).filter(pk__in=plans)
    listed = [PaperRow(each, title_for(user, each), plans[each.pk]) for each in found]
    return sorted(listed, key=lambda each: (not each.plan, each.title))


def tensions(user: Any, theme: Theme) -> list[TensionReport]:
    """Its open tension reports that a person may read, and the newest closed ones."""
    found = TensionReport.objects.visible_to(user).of(theme.partnership).filter(theme=theme)
    return list(found.select_related("partnership").order_by(*NEWEST)[:10])


def policy_changes(user: Any, theme: Theme) -> list[PolicyChange]:
    """What is on the horizon for it."""
    found = PolicyChange.objects.visible_to(user).of(theme.partnership)
    return list(found.filter(themes=theme, closed_at__isnull=True).select_related("partnership"))


def priorities(user: Any, theme: Theme) -> list[Priority]:
    """The priorities of the newest adopted edition of the strategy that serve it."""
    adopted = (EditionStatus.ADOPTED, EditionStatus.PUBLISHED)
    editions = Edition.objects.visible_to(user).of(theme.partnership).filter(status__in=adopted)
    newest = editions.order_by("-strategy__starts_on", "-number").first()
    if newest is None:
        return []
    found = Priority.objects.visible_to(user).filter(edition=newest, theme=theme)
    return list(found.select_related("edition__strategy__partnership"))


def may_be_linked(user: Any, theme: Theme, on: datetime.date) -> Iterable[Action]:
    """Open actions that a person may see and that the theme does not hold yet."""
    linked = ThemeAction.objects.filter(theme=theme).values("action")
    found = Action.objects.visible_to(user).of(theme.partnership).open()
    return found.exclude(pk__in=linked).order_by("reference")
