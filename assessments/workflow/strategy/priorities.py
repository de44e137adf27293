"""The priorities of an edition: what they are, whose, where from, and what shows them."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction

from assessments.models import Edition, PlanPriority, Priority, PriorityEvidence, Section
from assessments.workflow.strategy.keeping import (
    LINE,
    LONG,
    line,
    note,
    refuse,
    renumber,
    take,
    too_long,
    touched,
    wrong_text,
)
from core import clock, history
from core.markup import plain
from core.workflow import Wrong
from figures.models import Indicator
from membership.models import Agency, Partner, Post, Theme

MOST = 12


@transaction.atomic
def add_priority(
    edition: Edition, *, title: str, why: str = "", aim: str = "", owner: Agency | None = None,
    post: Post | None = None, theme: Theme | None = None, descends_from: Priority | None = None,
    lineage: str = "", plan_priorities: Iterable[PlanPriority] = (), by: Any,
) -> Priority:  # fmt: skip
    """Add a priority at the end. Raises ``ValidationError`` by field."""
    current = take(edition, "edit", by=by)
    number = current.priorities.count() + 1
    if number > MOST:
        raise Wrong(f"A strategy with more than {MOST} priorities has none. Remove one first.")
    priority = Priority(edition=current, number=number)
    return _keep(
        priority, current, "added", by=by, title=title, why=why, aim=aim, owner=owner, post=post,
        theme=theme, descends_from=descends_from, lineage=lineage,
        plan_priorities=plan_priorities,
    )  # fmt: skip


@transaction.atomic
def change_priority(
    priority: Priority, *, title: str, why: str = "", aim: str = "", owner: Agency | None = None,
    post: Post | None = None, theme: Theme | None = None, descends_from: Priority | None = None,
    lineage: str = "", plan_priorities: Iterable[PlanPriority] = (), by: Any,
) -> Priority:  # fmt: skip
    """Change a priority. Raises ``ValidationError`` by field."""
    current, fresh = held(priority, by=by)
    return _keep(
        fresh, current, "changed", by=by, title=title, why=why, aim=aim, owner=owner, post=post,
        theme=theme, descends_from=descends_from, lineage=lineage,
        plan_priorities=plan_priorities,
    )  # fmt: skip


def held(priority: Priority, *, by: Any) -> tuple[Edition, Priority]:
    """The edition, taken for editing, and the priority as it now stands."""
    current = take(priority.edition, "edit", by=by)
    fresh = Priority.objects.filter(edition=current, pk=priority.pk).first()
    if fresh is None:
        raise Wrong("This priority has been removed meanwhile.")
    fresh.edition = current
    return current, fresh


def _keep(
    priority: Priority, edition: Edition, says: str, *, title: str, why: str, aim: str,
    lineage: str, plan_priorities: Iterable[PlanPriority], by: Any, **links: Any,
) -> Priority:  # fmt: skip
    title, lineage, why, aim = line(title), line(lineage), plain(why), plain(aim)
    wrong = {
        **wrong_text("title", title, "the priority", 160),
        **too_long("why", why, LONG),
        **too_long("aim", aim, LONG),
        **too_long("lineage", lineage, LINE),
        **_wrong_links(edition, **links),
    }
    refuse(wrong)
    priority.title, priority.why, priority.aim, priority.lineage = title, why, aim, lineage
    for name, value in links.items():
        setattr(priority, name, value)
    history.save(priority, by=by)
    priority.plan_priorities.set(_of_partnership(edition, plan_priorities))
    touched(edition)
    note(f"{says} a priority of", edition, edition, by=by, priority=title)
    return priority


def _wrong_links(edition: Edition, **links: Any) -> dict[str, str]:
    partnership, wrong = edition.strategy.partnership, {}
    owner, post, theme = links["owner"], links["post"], links["theme"]
    partners = Partner.objects.of(partnership).on(clock.today())
    if owner and not partners.filter(agency=owner).exists():
        wrong["owner"] = f"{owner} is not a partner today"
    if post and (owner is None or post.agency_id != owner.pk):
        wrong["owner"] = f"{post} is not a post of this agency"
    if theme and theme.partnership_id != partnership.pk:
        wrong["theme"] = "Choose a theme of this partnership"
    before = links["descends_from"]
    if before and (
        before.edition.strategy.partnership_id != partnership.pk
        or before.edition_id == edition.pk
        or before.edition.year >= edition.year
    ):
        wrong["descends_from"] = "Choose a priority of an earlier edition"
    return wrong


def _of_partnership(
    edition: Edition, plan_priorities: Iterable[PlanPriority]
) -> list[PlanPriority]:
    theirs = edition.strategy.partnership_id
    return [each for each in plan_priorities if each.plan.partnership_id == theirs]


@transaction.atomic
def move_priority(priority: Priority, *, way: str, by: Any) -> Priority:
    """Move a priority one place ``up`` or ``down``; at the end it stays where it is."""
    current, fresh = held(priority, by=by)
    step = {"up": -1, "down": 1}.get(way)
    if step is None:
        refuse({"way": "Choose up or down"})
    other = current.priorities.filter(number=fresh.number + (step or 0)).first()
    if other:
        fresh.number, other.number = other.number, fresh.number
        history.save(fresh, by=by, fields=["number"])
        history.save(other, by=by, fields=["number"])
        touched(current)
        note("reordered the priorities of", current, current, by=by)
    return fresh


@transaction.atomic
def remove_priority(priority: Priority, *, by: Any) -> None:
    """Remove a priority with all that stands under it; its actions stay in the register."""
    current, fresh = held(priority, by=by)
    title = fresh.title
    history.remove(fresh, by=by)
    renumber(current.priorities.order_by("number"), by=by)
    touched(current)
    note("removed a priority of", current, current, by=by, priority=title)


# ---- evidence -----------------------------------------------------------------------------------


@transaction.atomic
def add_evidence(
    priority: Priority, *, words: str, section: Section | None = None,
    indicator: Indicator | None = None, by: Any,
) -> PriorityEvidence:  # fmt: skip
    """Say what shows that this is a priority: a section, an indicator, or another source."""
    current, fresh = held(priority, by=by)
    words = line(words)
    wrong = wrong_text("words", words, "what it shows", LINE)
    theirs = current.strategy.partnership_id
    if section and section.assessment.partnership_id != theirs:
        wrong["section"] = "Choose a section of this partnership’s assessment"
    if indicator and indicator.partnership_id != theirs:
        wrong["indicator"] = "Choose an indicator of this partnership"
    if indicator and indicator.restricted:
        wrong["indicator"] = "This indicator is restricted, and the strategy is published"
    refuse(wrong)
    evidence = PriorityEvidence.objects.create(
        priority=fresh, section=section, indicator=indicator, words=words
    )
    touched(current)
    note("gave evidence for a priority of", current, current, by=by, priority=fresh.title)
    return evidence


@transaction.atomic
def remove_evidence(evidence: PriorityEvidence, *, by: Any) -> None:
    """Take back what was said to show it."""
    current, fresh = held(evidence.priority, by=by)
    fresh.evidence.filter(pk=evidence.pk).delete()
    touched(current)
    note("took back evidence for a priority of", current, current, by=by, priority=fresh.title)
