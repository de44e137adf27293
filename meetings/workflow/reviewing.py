"""Partners review draft minutes: who has looked, who agrees with an item, who is done.

What was said of an earlier draft counts no longer once the minutes have been changed: an agreement
names the version of the item, and a review that began before the last clearance begins again.
"""

from typing import Any

from django.db import transaction

from audit.workflow import record
from core import clock
from core.permissions import can, require
from core.workflow import Wrong
from meetings.models import Item, ItemAgreement, Meeting, Review
from meetings.queries.reviews import reviewers
from meetings.workflow import may, take, tell_people
from notices.models import Notice

REMINDER = "minutes-reminder"


@transaction.atomic
def look(meeting: Meeting, *, by: Any) -> None:
    """Note that a member looked at the draft; nothing where it is not theirs to review now."""
    if not may(by, "review", meeting):
        return
    since = meeting.cleared_at
    review, made = Review.objects.get_or_create(
        meeting=meeting, person=by, defaults={"looked_at": clock.now()}
    )
    if not made and since is not None and review.looked_at < since:
        again = Review.objects.filter(pk=review.pk, looked_at=review.looked_at)
        again.update(looked_at=clock.now(), finished_at=None)


@transaction.atomic
def finish(meeting: Meeting, *, by: Any) -> Review:
    """“I have read these minutes”: the review of this member is done."""
    return _finished(meeting, by, done=True)


@transaction.atomic
def go_on(meeting: Meeting, *, by: Any) -> Review:
    """Take that back: the member reads on."""
    return _finished(meeting, by, done=False)


def _finished(meeting: Meeting, by: Any, *, done: bool) -> Review:
    current = take("review", meeting, by=by)
    look(current, by=by)
    review = Review.objects.get(meeting=current, person=by)
    review.finished_at = clock.now() if done else None
    review.save(update_fields=["finished_at"])
    return review


@transaction.atomic
def agree_item(item: Item, *, version: int, by: Any) -> ItemAgreement:
    """Agree with the minutes of one item as they stand in the version that was read."""
    current = _of_review(item, by)
    if current.version != version:
        raise Wrong(
            f"Item {current.number} was changed since you opened the page. Read it again first.",
            code="stale",
        )
    look(current.meeting, by=by)
    agreement, _ = ItemAgreement.objects.update_or_create(
        item=current, person=by, defaults={"version": version, "agreed_at": clock.now()}
    )
    return agreement


@transaction.atomic
def disagree_item(item: Item, *, by: Any) -> None:
    """Take an agreement back."""
    current = _of_review(item, by)
    ItemAgreement.objects.filter(item=current, person=by).delete()


def _of_review(item: Item, by: Any) -> Item:
    """An item of minutes that are being reviewed, as it stands now, which the member may open."""
    meeting = take("review", item.meeting, by=by)
    current = meeting.items.filter(pk=item.pk).first()
    if current is None:
        raise Wrong("This item is no longer on the agenda.")
    current.meeting = meeting
    require(can(by, "open", current))
    return current


@transaction.atomic
def remind(meeting: Meeting, *, by: Any) -> int:
    """Ask those who have not finished to read the draft, at most once a day; how many are told."""
    current = take("follow reviews", meeting, by=by)
    today = clock.today().isoformat()
    waiting = [each.person for each in reviewers(current) if not each.finished_at]
    had = Notice.objects.filter(
        recipient__in=waiting, kind=REMINDER, subject_id=str(current.pk), occurrence=today
    ).values_list("recipient", flat=True)
    told = {by.pk, *had}
    left = [person for person in waiting if person.pk not in told]
    if not left:
        raise Wrong("Everybody who has not finished was reminded today already.")
    tell_people(
        left, current, kind=REMINDER, occurrence=today, but=by,
        text=f"{current}: please read the draft minutes and say that you have",
    )  # fmt: skip
    record(
        "reminded members to read the draft minutes of", current, by=by,
        partnership=current.partnership, group=current.group, detail={"people": len(left)},
    )  # fmt: skip
    return len(left)
