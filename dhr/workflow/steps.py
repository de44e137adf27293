"""What every step of a review does: take the row, keep the change, write it down, tell people.

Nothing that a review holds is ever written down here or told: its reference is all that is said.
"""

import datetime
from collections.abc import Iterable
from typing import Any

import audit.workflow
import notices.workflow
from core import clock, history
from core.dates import longdate
from core.markup import plain
from core.permissions import can, require
from core.workflow import Wrong
from dhr.models import OPEN, Part, Review
from dhr.queries import people

REASON = 300
LONG = 8000


def take(review: Review, *, by: Any, verb: str = "work on", stages: Iterable[str] = OPEN) -> Review:
    """The review, locked, if this person may do this with it and it is at one of these stages."""
    rows = Review.objects.select_for_update(of=("self",))
    found = rows.select_related("group__reports_to", "partnership").get(pk=review.pk)
    require(can(by, verb, found))
    if found.stage not in tuple(stages):
        raise Wrong(f"This cannot be done now: {found.get_stage_display().lower()}.")
    if found.erased_on:
        raise Wrong("What this review held has been removed.")
    return found


def not_held(review: Review) -> None:
    """Raise ``Wrong`` while a legal hold keeps all of a review: nothing of it goes for good."""
    if review.holds.filter(lifted_at=None).exists():
        raise Wrong(
            "This cannot be taken away while a legal hold lasts. Ask the review’s officers."
        )


def keep(review: Review, verb: str, *, by: Any, **changes: Any) -> Review:
    """Save the changes as its next version, and record the deed."""
    changes["version"] = review.version + 1
    for name, value in changes.items():
        setattr(review, name, value)
    history.save(review, by=by, fields=changes)
    note(verb, review, by=by)
    return review


def note(verb: str, record: Review | Part, *, by: Any, **detail: Any) -> None:
    """Write the deed into the audit, for those on the list; ``detail`` holds no word of it."""
    audit.workflow.record(
        verb, record, by=by, partnership=record.partnership, group=record.group, sensitive=True,
        detail=detail,
    )  # fmt: skip


def tell_officers(
    record: Review | Part, kind: str, says: str, *, by: Any = None, occurrence: str = ""
) -> None:
    """Tell those who work on a review or a part, once of each occurrence: its reference only."""
    tell_people(people.officers_of(record), record, kind, says, by=by, occurrence=occurrence)


def tell_people(
    whom: Iterable[Any], record: Review | Part, kind: str, says: str, *, by: Any = None,
    occurrence: str = "",
) -> None:  # fmt: skip
    """Tell these people, who sit on it, once of each occurrence: its reference only."""
    notices.workflow.tell(
        whom, kind=kind, about=record, text=f"{says}: {record.reference}",
        url=record.get_absolute_url(), partnership=record.partnership,
        occurrence=occurrence or str(getattr(record, "version", "")), but=by,
    )  # fmt: skip


# ---- what is wrong, beside its field ------------------------------------------------------------


def text_of(
    wrong: dict[str, str], name: str, text: str, missing: str = "", most: int = LONG
) -> str:
    """The text as it is kept. What is wrong with it goes into ``wrong``: that it is missing, if
    ``missing`` says so, or longer than is kept."""
    text = plain(text)
    if not text and missing:
        wrong[name] = missing
    if len(text) > most:
        wrong[name] = f"This must be {most} characters or fewer. It has {len(text)}"
    return text


def past_day(
    wrong: dict[str, str], name: str, day: datetime.date, since: datetime.date, what: str
) -> None:
    """A day on which something happened: not in the future, nor before what it follows."""
    if day > clock.today():
        wrong[name] = "The day must be today or in the past"
    elif day < since:
        wrong[name] = f"The day must not be before {what}, {longdate(since)}"
