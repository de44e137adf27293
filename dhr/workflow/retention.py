"""What a review held, removed when its time is over; what is counted stays.

``GOES`` and ``EMPTIED`` between them name every record that leads to a review; a test sees to it
that none is forgotten. What was published stays on record, and who learned what in the library.
"""

from collections import Counter
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Case, CharField, Value, When
from django.db.models.functions import Cast

import audit.workflow
from actions.workflow.removal import remove_requests_of, silence_actions_of
from core import clock, remember
from core.permissions import can, require
from core.removal import blank, remove
from core.workflow import Wrong
from dhr.models import (
    Chair,
    ConflictCheck,
    Death,
    Decision,
    Delay,
    DifferenceCheck,
    Erasure,
    Hold,
    InformationRequest,
    KeyEntry,
    Milestone,
    Misfit,
    Part,
    PlanFile,
    PlanItem,
    Proceeding,
    PublishedReport,
    Recommendation,
    Rendition,
    Review,
    SeatReason,
    Stage,
    Submission,
    Terms,
    Told,
)
from dhr.queries import keeping
from dhr.workflow.steps import REASON, note, take, tell_officers, text_of
from documents.workflow.removal import forget_contents, remove_papers_of
from meetings.workflow.removal import remove_meetings_of
from membership.workflow.panels import dissolve_panel
from notices.workflow.removal import remove_notices_of

REMOVED = "Removed: the time for keeping it is over"
# A decision that reversed another must say something of why.
LATER = Case(When(number__gt=1, then=Value(REMOVED)), default=Value(""))

# Records that go; what hangs on them goes along.
GOES: list[type[models.Model]] = [
    KeyEntry, InformationRequest, Misfit, Proceeding, Told, ConflictCheck, SeatReason, Terms,
    Chair, PlanFile, Rendition, Hold,
]  # fmt: skip
# Records that stay for what is counted, with the field that leads to the review, and their words.
EMPTIED: list[tuple[type[models.Model], str, dict[str, Any]]] = [
    (Death, "review", {"pseudonym": Cast("number", CharField()), "died_on": None, "elsewhere": ""}),
    (Decision, "review", {"reasons": "", "decided_by": "", "reversed_because": LATER}),
    (Milestone, "review", {"says": "", "stopped_because": ""}),
    (Delay, "milestone__review", {"reason": ""}),
    (Recommendation, "review", {"text": "", "removed_because": ""}),
    (PlanItem, "recommendation__review",
     dict.fromkeys(("text", "milestones", "outcome", "outside_said", "sign_off_remark",
                    "removed_because"), "")),
    (DifferenceCheck, "item__recommendation__review", {"found": ""}),
    (Submission, "review",
     {"changes": "", "feedback_text": "", "document": None, "sha256": ""}),
    (PublishedReport, "review", {"removed_because": ""}),
    (Part, "review", {"purpose": ""}),
]  # fmt: skip

# Wakes the worker; the task lies above. Without it the timetable comes by within a minute.
wakers: list[Any] = []

# ---- legal holds --------------------------------------------------------------------------------


@transaction.atomic
def put_hold(review: Review, *, reason: str, by: Any) -> Hold:
    """Keep all of a review until the hold is lifted, for example because a court may ask for it."""
    review = take(review, by=by, stages=tuple(Stage))
    wrong: dict[str, str] = {}
    reason = text_of(wrong, "reason", reason, "Enter why it must be kept", REASON)
    if wrong:
        raise ValidationError(wrong)
    hold = Hold.objects.create(review=review, reason=reason, by=by)
    note("put a legal hold on", review, by=by)
    tell_officers(
        review, "death-review-hold", "A legal hold was put on a death review", by=by,
        occurrence=str(hold.pk),
    )  # fmt: skip
    return hold


@transaction.atomic
def lift_hold(hold: Hold, *, because: str, by: Any) -> Hold:
    """Let go of a hold, with the reason; others on the same review go on."""
    review = take(hold.review, by=by, stages=tuple(Stage))
    hold = Hold.objects.select_for_update(of=("self",)).get(pk=hold.pk)
    if hold.lifted_at:
        raise Wrong("This hold has been lifted already.")
    wrong: dict[str, str] = {}
    because = text_of(wrong, "because", because, "Enter why it need not be kept any more", REASON)
    if wrong:
        raise ValidationError(wrong)
    hold.lifted_at, hold.lifted_by, hold.lifted_because = clock.now(), by, because
    hold.save(update_fields=["lifted_at", "lifted_by", "lifted_because"])
    note("lifted a legal hold on", review, by=by)
    tell_officers(
        review, "death-review-hold", "A legal hold on a death review was lifted", by=by,
        occurrence=f"{hold.pk} lifted",
    )  # fmt: skip
    return hold


# ---- removal ------------------------------------------------------------------------------------


def dry_run(review: Review) -> Counter[str]:
    """How many rows of each record would go, found by removing them and taking it all back."""
    with transaction.atomic():
        removed = _remove(review)
        transaction.set_rollback(True)
    return removed


@transaction.atomic
def approve(review: Review, *, by: Any) -> Erasure:
    """Say that what a closed review holds may go. The worker then removes it.

    Raises ``Wrong`` where its time is not over, or where something stands in the way.
    """
    review = _locked(review)
    require(can(by, "remove old death reviews", review.partnership))
    if review.erased_on:
        raise Wrong("What this review held has been removed already.")
    if stands := keeping.obstacles(review, clock.today()):
        raise Wrong(f"{review} cannot be removed: {'; '.join(stands)}.")
    erasure, new = Erasure.objects.get_or_create(
        review=review, defaults={"by": by, "at": clock.now()}
    )
    if new:
        note("approved the removal of", review, by=by)
        transaction.on_commit(wake)
    return erasure


@transaction.atomic
def take_back(review: Review, *, by: Any) -> None:
    """Keep a review after all, as long as it has not been removed."""
    review = _locked(review)
    require(can(by, "remove old death reviews", review.partnership))
    gone, _ = Erasure.objects.filter(review=review, done_at=None).delete()
    if not gone:
        raise Wrong("This has been removed already, or nobody has approved it.")
    note("took back the removal of", review, by=by)


def carry_out() -> int:
    """Remove what has been approved; how many reviews that were. Twice changes nothing more.

    An approval lapses where something has come in its way since, such as a legal hold.
    """
    waiting = Erasure.objects.filter(done_at=None).values_list("review", flat=True)
    return sum(_carry_out(key) for key in list(waiting))


@transaction.atomic
def _carry_out(key: Any) -> int:
    review = _locked(Review(pk=key))
    erasure = Erasure.objects.filter(review=review, done_at=None).first()
    if erasure is None:  # another worker was quicker, or it was taken back
        return 0
    if keeping.obstacles(review, clock.today()):
        erasure.delete()
        _system("let lapse the removal of", review, None)
        return 0
    groups = keeping.groups_of(review)
    erasure.rows = dict(_remove(review))
    erasure.done_at = clock.now()
    erasure.save(update_fields=["rows", "done_at"])
    for group in groups:
        if group.ends_on is None:
            dissolve_panel(group, on=clock.today(), by=erasure.by)
    _system("removed what was kept in", review, erasure.by)
    return 1


def _remove(review: Review) -> Counter[str]:
    """Remove everything, wherever it is kept; how many rows of each record."""
    groups, actions = keeping.groups_of(review), keeping.actions_of(review)
    removed = Counter[str]()
    forget_contents()  # what other reviews left is not counted with this one
    for group in groups:
        removed += remove_meetings_of(group)
        removed += silence_actions_of(group, also=actions if group == review.group else ())
    for model in GOES:
        removed += remove(model, review=review.pk)
    for kept, field, texts in EMPTIED:
        rows: Any = kept._base_manager
        removed += blank(rows.filter(**{field: review.pk}), **texts)
    for group in groups:
        removed += remove_requests_of(group) + remove_papers_of(group)
        removed += remove_notices_of(group, subjects=[review.pk, *actions])
    removed += forget_contents()
    return removed + blank(
        Review.objects.filter(pk=review.pk), pseudonym="Removed", circumstances="",
        led_reference="", reopened_because="", closed_because="", erased_on=clock.today(),
    )  # fmt: skip


def wake() -> None:
    """Ask the worker to remove what has been approved."""
    for waker in wakers:
        waker()


def _locked(review: Review) -> Review:
    rows = Review.objects.select_for_update(of=("self",))
    remember.forget()
    return rows.select_related("group", "partnership").get(pk=review.pk)


def _system(verb: str, review: Review, by: Any) -> None:
    audit.workflow.record(
        verb, review, by=by, partnership=review.partnership, group=review.group, sensitive=True
    )
