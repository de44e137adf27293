"""The reasons for which passages, items, decisions and actions stay out of the public minutes."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from core import clock, history
from core.markup import plain
from core.permissions import can
from meetings.models import Meeting, Redaction
from meetings.queries.redactions import Withheld, log
from meetings.workflow import note, take

LONGEST = 300


@transaction.atomic
def give_reasons(
    meeting: Meeting, *, reasons: Mapping[str, str], for_all: str = "", by: Any
) -> int:
    """Say why things stay out, each by its key in the log; ``for_all`` goes to those with none.

    Returns how many reasons were set or changed. Raises ``ValidationError`` by the key.
    """
    current = take("give reasons", meeting, by=by)
    _not_too_long({**reasons, "for_all": for_all})
    changed = 0
    for line in log(current):
        line.item.meeting = current
        if can(by, "open", line.item):
            words = plain(reasons.get(line.key, "")) or ("" if line.reason else plain(for_all))
            changed += _set(line, words, by)
    if changed:
        note(
            "gave reasons for what stays out of the minutes of", current, current, by=by,
            detail={"reasons": changed},
        )  # fmt: skip
    return changed


def _set(line: Withheld, words: str, by: Any) -> bool:
    if not words or words == line.reason:
        return False
    rows = Redaction.objects.filter(item=line.item, passage=line.digest)
    row = rows.first() or Redaction(item=line.item, passage=line.digest)
    row.words, row.reason = line.words, words
    row.made_at, row.made_by = clock.now(), by
    history.save(row, by=by)
    return True


def _not_too_long(reasons: Mapping[str, str]) -> None:
    wrong = {
        key: f"A reason must be {LONGEST} characters or fewer. This has {len(plain(words))}"
        for key, words in reasons.items()
        if len(plain(words)) > LONGEST
    }
    if wrong:
        raise ValidationError(wrong)
