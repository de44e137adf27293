"""The page of a review: what comes next, what is known, who was told, what was decided."""

from dataclasses import dataclass
from typing import Any

from core.components import Fact
from core.dates import longdate
from core.permissions import can
from dhr.models import Review, Stage, Step
from dhr.queries import people, progress, publishing, timing


@dataclass(frozen=True, slots=True)
class Next:
    """What is to be done next: in words, and the page where it is done."""

    heading: str
    text: str
    page: str = ""
    label: str = ""


def shown(review: Review, user: Any) -> dict[str, Any]:
    """The context of the page."""
    steps = timing.shown(review)
    works = bool(can(user, "work on", review))
    return {
        "steps": steps,
        "next": next_of(review, steps) if works else None,
        "facts": facts(review),
        "deaths": list(review.deaths.all()),
        "decisions": list(review.decisions.select_related("by")),
        "told": list(review.told.select_related("by")),
        "may": may(review) if works else {},
    }


def may(review: Review) -> dict[str, bool]:
    """Which steps an officer is offered at this stage."""
    closed = review.stage == Stage.CLOSED
    return {
        "change": review.is_open,
        "decide": review.stage in (Stage.NOTIFIED, Stage.NO_REVIEW, Stage.UNDER_WAY),
        "tell": not review.erased_on,
        "close": not closed,
        "reopen": not review.erased_on
        and review.stage in (Stage.PUBLISHED, Stage.CLEARED, Stage.CLOSED),
    }


def facts(review: Review) -> list[Fact]:
    """What is known of the notification, one line each."""
    found = [
        Fact("Notified", longdate(review.notified_on)),
        Fact("By", review.notified_by or "Not written down"),
        Fact("Led by", "This partnership" if review.led_here else review.led_by),
    ]
    if review.led_reference:
        found.append(Fact("Its reference there", review.led_reference))
    if review.reopened_on:
        found.append(Fact("Opened again", longdate(review.reopened_on)))
    if review.closed_on:
        found.append(Fact("Closed", longdate(review.closed_on)))
    return found


def next_of(review: Review, steps: timing.Shown) -> Next | None:
    """The next thing that an officer does; nothing while only dates are waited for."""
    if review.stage == Stage.NOTIFIED:
        return _decide(review)
    waiting = {each.step for each in review.milestones.filter(done_on=None, stopped_on=None)}
    if {Step.TELL_HOME_OFFICE, Step.TELL_FAMILY} & waiting:
        whom = [
            name
            for step, name in (
                (Step.TELL_HOME_OFFICE, "the Home Office"), (Step.TELL_FAMILY, "the family"),
            )
            if step in waiting
        ]  # fmt: skip
        return Next(
            "Tell them of the decision",
            f"Not told yet: {' and '.join(whom)}. They are told in writing, also where no review "
            "is held.", "review_tell", "Write down who was told",
        )  # fmt: skip
    if steps.untold:
        return Next(
            "Tell the Home Office of the delay",
            "A date by guidance was put off, and the Home Office was not told of it.",
            "review_dates", "See the delays",
        )  # fmt: skip
    return _later(review)


def _decide(review: Review) -> Next:
    if not review.led_here:
        return Next(
            "Write down what was decided",
            f"{review.led_by} leads this review. Write down its decision when it tells you.",
            "review_decide", "Write down the decision",
        )  # fmt: skip
    step = review.milestones.filter(step=Step.DECIDE, done_on=None).first()
    by = f" by {longdate(step.first_due_on)}" if step else ""
    return Next(
        "Decide whether to hold a review",
        f"The chair of the partnership decides{by}, within the month that the guidance gives.",
        "review_decide", "Write down the decision",
    )  # fmt: skip


def _later(review: Review) -> Next | None:
    if review.stage == Stage.UNDER_WAY and review.led_here:
        if people.chair_of(review) is None:
            return Next(
                "Appoint an independent chair", "Nobody chairs this review.", "chair_appoint",
                "Appoint the chair",
            )  # fmt: skip
        if not review.terms.filter(agreed_on__isnull=False).exists():
            return Next(
                "Agree the terms of reference",
                "What the review looks at, and from which day to which.", "terms_write",
                "Write the terms",
            )  # fmt: skip
    if found := _of_report(review):
        return found
    stands = progress.what_keeps_open(review)
    if review.stage in (Stage.PUBLISHED, Stage.NO_REVIEW) and not stands:
        return Next(
            "Nothing is left to do", "The review can be closed.", "review_close", "Close the review"
        )
    return None


def _of_report(review: Review) -> Next | None:
    """What the report waits for."""
    if review.stage == Stage.RETURNED:
        return Next(
            "Change the report and send it again", "The Quality Assurance Panel asks for changes.",
            "review_report", "See what it asks",
        )  # fmt: skip
    if review.stage == Stage.CLEARED:
        return Next(
            "Publish the report", "The Quality Assurance Panel has cleared it.", "review_report",
            "Go to the report",
        )  # fmt: skip
    if publishing.copies_left(review):
        return Next(
            "Send the copies", "The law asks for a copy of the published report.",
            "review_report", "See who must have one",
        )  # fmt: skip
    return None
