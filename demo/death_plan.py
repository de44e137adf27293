"""From the plan of the county's review to its publication, and what everybody learns of it.

Its actions are delivered in three partnerships; one is late, and one is said to be done without
anything that shows it.
"""

import datetime
from collections.abc import Iterable
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

import actions.workflow
from actions.models import Status
from demo import death_steps as steps
from demo import death_words as words
from demo.death_steps import DAY, Told
from demo.death_words import Advised, Item
from demo.telling import on
from dhr.models import (
    About,
    Difference,
    Feedback,
    LearningKind,
    LearningTheme,
    PlanItem,
    Recommendation,
    Step,
)
from dhr.workflow import deciding, learning, life, milestones, plans, publishing, submitting

EARLY, PLANNED = 420, 330  # days before the telling
TITLE = "Domestic homicide review: Verity"
PARTS = {"dartford": words.DARTFORD_PART, "sevenoaks": words.NEIGHBOUR_PART}
DOES = {"police": "fern", "icb": "olive", "county": "bryony", "council": "reed",
        "sevenoaks": "privet"}  # fmt: skip


def tell(told: Told) -> None:
    """The plan is made, the report sent, cleared and published, and actions are delivered."""
    _plan(told)
    _delivered(told)
    final = steps.report("report.pdf", TITLE, [*words.REPORT, words.FAMILY_SAYS])
    _to_clearance(told, final)
    _published(told, final)
    _library(told)


# ---- the plan -----------------------------------------------------------------------------------


def themes(advised: Advised) -> Iterable[LearningTheme]:
    """The themes by which a recommendation is coded."""
    return LearningTheme.objects.filter(slug__in=advised.themes)


def recommended(advised: Advised) -> Recommendation:
    """A recommendation of the story."""
    return Recommendation.objects.get(text=advised.text)


def add(told: Told, to: Recommendation, item: Item, *, by: Any) -> PlanItem:
    """An action of the plan, in the partnership where it is delivered."""
    return plans.add_item(
        to, text=item.text, agency=told.agency(item.body) if item.body else None,
        outside="" if item.body else words.OUTSIDE, milestones=item.milestones,
        partnership=told.world.held[item.where].partnership, target_on=told.world.ago(item.target),
        by=by,
    )  # fmt: skip


def _plan(told: Told) -> None:
    """What cannot wait is recommended early; the districts get their parts with the rest."""
    for advised in words.VERITY_ADVICE:
        with on(told.world.ago(EARLY if advised.early else PLANNED), 14):
            if not advised.early:
                _hand_parts(told)
            made = plans.recommend(
                told.fresh(), text=advised.text, scope=advised.scope, themes=themes(advised),
                early=advised.early, agency=told.agency(advised.origin) if advised.origin else None,
                by=told.by,
            )  # fmt: skip
            for item in advised.items:
                add(told, made, item, by=told.by)


def _hand_parts(told: Told) -> None:
    for where, purpose in PARTS.items():
        partnership = told.world.held[where].partnership
        if not told.review.parts.filter(partnership=partnership).exists():
            life.hand_part(told.fresh(), partnership, purpose=purpose, by=told.by)


# ---- what agencies do ---------------------------------------------------------------------------


def _delivered(told: Told) -> None:
    """Each agency says in the one register how far it is; others sign it off."""
    for advised in words.VERITY_ADVICE:
        made = recommended(advised)
        for number, item in enumerate(advised.items, 1):
            _one(told, made.items.get(number=number), item)


def _one(told: Told, made: PlanItem, item: Item) -> None:
    ago, people = told.world.ago, told.world.cast.people
    if not item.body:
        with on(ago(40), 10):
            plans.outside_answered(
                made, outside_said=words.OUTSIDE_SAID, outside_said_on=ago(41), by=told.by
            )
        return
    by = people[DOES[item.body]]
    if item.began:
        with on(ago(20), 10):
            actions.workflow.update(made.action, text=item.began, status=Status.IN_PROGRESS, by=by)
    if item.done:
        with on(ago(item.done), 16):
            file = steps.evidence(f"evidence-{made.number}", item.outcome)
            actions.workflow.update(
                made.action, text=item.outcome, status=Status.SAYS_DONE,
                file=file if item.evidence else None, by=by,
            )  # fmt: skip
    if item.signed:
        with on(ago(item.signed), 11):
            plans.sign_off(
                made, remark=item.remark, completed_on=ago(item.done), outcome=item.outcome,
                by=told.by,
            )  # fmt: skip
        _looked_at(told, made, ago(item.signed - 190))


def _looked_at(told: Told, made: PlanItem, day: datetime.date) -> None:
    """Half a year later: did it make the difference? Only where that day has come."""
    if day > told.world.today:
        return
    with on(day, 10):
        plans.check_difference(made, difference=Difference.YES, found=words.DIFFERENCE, by=told.by)


# ---- the report ---------------------------------------------------------------------------------


def _to_clearance(told: Told, final: SimpleUploadedFile) -> None:
    """Sent, answered with changes, sent again, and cleared."""
    ago = told.world.ago
    with on(ago(322), 15):
        _write_steps(told)
        first = submitting.submit(
            told.fresh(), file=steps.report("overview.pdf", TITLE, words.REPORT),
            submitted_on=ago(322), by=told.by,
        )  # fmt: skip
    with on(ago(241), 10):
        submitting.record_feedback(
            first, feedback=Feedback.CHANGES, on=ago(242), text=words.CHANGES, by=told.by
        )
    with on(ago(214), 15):
        again = submitting.submit(
            told.fresh(), file=final, submitted_on=ago(214), changes=words.CHANGED, by=told.by
        )
    with on(ago(150), 10):
        submitting.record_feedback(again, feedback=Feedback.CLEARED, on=ago(151), by=told.by)


def _write_steps(told: Told) -> None:
    """The dates of what follows the report."""
    today = told.world.ago(322)
    for step, days in ((Step.FEEDBACK, 90), (Step.PUBLISH, 200), (Step.PLAN, 360)):
        milestones.plan(told.fresh(), step=step, due_on=today + days * DAY, by=told.by)


def _published(told: Told, final: SimpleUploadedFile) -> None:
    """Made ready by the officer, read and published by the chair; the copies are sent."""
    ago = told.world.ago
    final.seek(0)
    with on(ago(131), 14):
        waits = publishing.prepare(
            told.fresh(), title=TITLE, about=words.VERITY_ABOUT, report=final, by=told.by
        )
    with on(ago(128), 11):
        publishing.publish(waits, by=told.world.cast.people["aspen"])
    with on(ago(126), 10):
        for whom, how in words.PUBLISHED_TOLD:
            deciding.tell(
                told.fresh(), whom=whom, about=About.PUBLICATION, on=ago(126), how=how, by=told.by
            )


# ---- what everybody learns ----------------------------------------------------------------------


def _library(told: Told) -> None:
    """A lesson and a briefing in Dartford's library: written by one, read by another."""
    alder, hazel = (told.world.cast.people[each] for each in ("alder", "hazel"))
    for kind, text, number, days in (
        (LearningKind.LESSON, words.LESSON, 1, 104), (LearningKind.BRIEFING, words.BRIEFING, 0, 69),
    ):  # fmt: skip
        advised = words.VERITY_ADVICE[number]
        with on(told.world.ago(days), 10):
            made = learning.write(
                told.world.held["dartford"].partnership, kind=kind, themes=themes(advised),
                comes_from=[recommended(advised)], by=alder, **text,
            )  # fmt: skip
        with on(told.world.ago(days - 2), 10):
            learning.check(made, by=hazel)
            learning.publish(made, by=alder)
