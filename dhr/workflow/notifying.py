"""From a notification to a review: its reference, its pseudonym, its need-to-know list."""

import datetime
import logging
import uuid
from collections.abc import Iterable, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from actions.workflow import references
from core import clock, history
from core.dates import longdate
from core.permissions import can, require
from core.workflow import Wrong
from dhr.models import Arrangement, Death, DeathKind, Lead, Relation, Review, Step
from dhr.queries import people
from dhr.workflow import milestones
from dhr.workflow.steps import keep, note, past_day, take, tell_officers, text_of
from membership.models import Agency, Group, Partnership, Seat
from membership.queries import panels
from membership.workflow.panels import form_panel

logger = logging.getLogger("csp.death-reviews")

NOT_HERE = "The partnership has not said yet how it holds death reviews."
NAME = 80
DIGITS = 4
OF_DEATH = ("pseudonym", "died_on", "kind", "relation", "elsewhere")


@transaction.atomic
def notify(
    partnership: Partnership, *, pseudonym: str, notified_on: datetime.date,
    notified_by: Agency | None, circumstances: str = "", lead: str = Lead.HERE, led_by: str = "",
    led_reference: str = "", deaths: Iterable[Mapping[str, Any]], by: Any,
) -> Review:  # fmt: skip
    """Take a notification: the review is known by a reference and a pseudonym from now on.

    ``deaths`` are mappings of ``OF_DEATH``, one or more. Its list is the officers who take
    notifications, and ``by``. Where this partnership leads, the month to decide begins.
    """
    require(can(by, "take death notifications", partnership))
    arrangement = people.arrangement_of(partnership)
    if arrangement is None:
        raise Wrong(NOT_HERE)
    review = Review(
        partnership=partnership, notified_on=notified_on, notified_by=notified_by, created_by=by
    )
    wrong: dict[str, str] = {}
    past_day(wrong, "notified_on", notified_on, datetime.date(2011, 4, 13), "the law began")
    _named(review, wrong, pseudonym, circumstances)
    _led(review, wrong, lead, led_by, led_reference)
    made = _deaths(deaths, notified_on, wrong)
    if wrong:
        raise ValidationError(wrong)
    today = clock.today()
    review.reference = references.take_next(Review, partnership, f"DR-{today.year}-", digits=DIGITS)
    officers = _officers(arrangement, today, by)
    review.group = panel_of(arrangement, "Death review", review.reference, officers, today, by)
    history.save(review, by=by)
    for number, death in enumerate(made, 1):
        death.review, death.number = review, number
        history.save(death, by=by)
    if review.led_here:
        milestones.begin(review, Step.DECIDE, notified_on, by=by)
    note("took the notification of", review, by=by)
    tell_officers(review, "death-review-notified", "A death review was notified", by=by)
    return review


@transaction.atomic
def change(
    review: Review, *, pseudonym: str, circumstances: str, notified_by: Agency | None,
    led_by: str = "", led_reference: str = "", by: Any,
) -> Review:  # fmt: skip
    """Correct what the notification said. The day of it stands: dates count from it."""
    review = take(review, by=by)
    wrong: dict[str, str] = {}
    _named(review, wrong, pseudonym, circumstances)
    _led(review, wrong, review.lead, led_by, led_reference)
    if wrong:
        raise ValidationError(wrong)
    return keep(
        review, "corrected", by=by, pseudonym=review.pseudonym, led_by=review.led_by,
        circumstances=review.circumstances, notified_by=notified_by,
        led_reference=review.led_reference,
    )  # fmt: skip


@transaction.atomic
def add_death(review: Review, *, by: Any, **told: Any) -> Death:
    """Add another death to the review."""
    review = take(review, by=by)
    last = review.deaths.order_by("-number").first()
    return _death(Death(review=review, number=last.number + 1 if last else 1), told, "added", by)


@transaction.atomic
def change_death(death: Death, *, by: Any, **told: Any) -> Death:
    """Correct what is known of a death."""
    take(death.review, by=by)
    return _death(Death.objects.select_for_update().get(pk=death.pk), told, "corrected", by)


@transaction.atomic
def remove_death(death: Death, *, by: Any) -> None:
    """Take a death away that does not belong to this review. One always stays."""
    review = take(death.review, by=by)
    if review.deaths.count() == 1:
        raise Wrong("A review is about one death at least.")
    history.remove(death, by=by)
    note("removed a death from", review, by=by)


def _death(death: Death, told: Mapping[str, Any], verb: str, by: Any) -> Death:
    review = death.review
    wrong: dict[str, str] = {}
    made = _of_death(told, review.notified_on, wrong)
    others = review.deaths.exclude(pk=death.pk)
    if others.filter(pseudonym__iexact=made.pseudonym).exists():
        wrong["pseudonym"] = "Another death of this review has this pseudonym"
    if wrong:
        raise ValidationError(wrong)
    for name in OF_DEATH:
        setattr(death, name, getattr(made, name))
    history.save(death, by=by)
    note(f"{verb} a death of", review, by=by)
    return death


# ---- the group ----------------------------------------------------------------------------------


def panel_of(
    arrangement: Arrangement, what: str, reference: str, officers: list[Seat], on: datetime.date,
    by: Any,
) -> Group:  # fmt: skip
    """The need-to-know list of a review or a part, begun with these officers."""
    if not officers:
        logger.error("review-without-officers partnership=%s", arrangement.partnership_id)
    return form_panel(
        arrangement.group, name=f"{what} {reference}", short_name=reference,
        slug=uuid.uuid4().hex[:12], officers=officers, starts_on=on, by=by,
    )  # fmt: skip


def _officers(arrangement: Arrangement, on: datetime.date, by: Any) -> list[Seat]:
    """Those who take notifications, and who took this one: they know of it."""
    found = panels.officers_for(arrangement.group, on)
    own = panels.resting_on(by, arrangement.group)
    if own and own.person_id not in {each.person_id for each in found}:
        found.append(own)
    return found


# ---- what a notification says -------------------------------------------------------------------


def _named(review: Review, wrong: dict[str, str], pseudonym: str, circumstances: str) -> None:
    missing = "Enter the pseudonym or plain word under which the review is known"
    review.pseudonym = text_of(wrong, "pseudonym", pseudonym, missing, NAME)
    review.circumstances = text_of(wrong, "circumstances", circumstances)


def _led(review: Review, wrong: dict[str, str], lead: str, led_by: str, led_reference: str) -> None:
    review.lead = Lead(lead)
    elsewhere = lead == Lead.ELSEWHERE
    missing = "Enter which other partnership leads the review" if elsewhere else ""
    review.led_by = text_of(wrong, "led_by", led_by, missing, 160)
    review.led_reference = text_of(wrong, "led_reference", led_reference, most=40)
    if not elsewhere and review.led_by:
        wrong["led_by"] = "Leave this empty where this partnership leads"


def _deaths(
    deaths: Iterable[Mapping[str, Any]], notified_on: datetime.date, wrong: dict[str, str]
) -> list[Death]:
    """The deaths as told; what is wrong with one stands beside its number: ``died_on_2``."""
    found = []
    for number, told in enumerate(deaths, 1):
        problems: dict[str, str] = {}
        found.append(_of_death(told, notified_on, problems))
        wrong |= {f"{name}_{number}": message for name, message in problems.items()}
    if not found:
        wrong["pseudonym_1"] = "Enter one death at least"
    names = [death.pseudonym.casefold() for death in found]
    for number, name in enumerate(names, 1):
        if name and name in names[: number - 1]:
            wrong[f"pseudonym_{number}"] = "Give each death its own pseudonym"
    return found


def _of_death(told: Mapping[str, Any], notified_on: datetime.date, wrong: dict[str, str]) -> Death:
    death = Death(**{name: told[name] for name in OF_DEATH if name in told})
    death.pseudonym = text_of(wrong, "pseudonym", death.pseudonym, "Enter a pseudonym", NAME)
    death.elsewhere = text_of(wrong, "elsewhere", death.elsewhere, most=160)
    if death.died_on and death.died_on > notified_on:
        wrong["died_on"] = f"The day must not be after the notification, {longdate(notified_on)}"
    if death.kind not in DeathKind.values:
        wrong["kind"] = "Choose how the person died"
    if death.relation not in Relation.values:
        wrong["relation"] = "Choose who the other person was"
    return death
