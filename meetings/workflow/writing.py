"""Two people may type at once: an item's minute is saved by version, and no words are lost.

What the page calls saved is in the database: in the item's minute, or, where somebody else saved
that minute meanwhile, in a ``Draft`` beside it until its writer has put both together.
"""

import datetime
import difflib
import re
from collections.abc import Iterator
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from core import clock, history
from core.markings import holds_passage
from core.pasted import from_document, is_document
from core.permissions import can, require
from meetings.models import Draft, Item, Meeting
from meetings.queries.passages import cleared
from meetings.workflow import take

LIMIT = 4_000_000  # bytes of UTF-8 in the minute of one item
ONE_CHANGE = datetime.timedelta(minutes=10)
MINUTES, APART = "Minutes", "Kept apart, then put together"

_BLANK = re.compile(r"\n\s*\n")


class Conflict(Exception):
    """Somebody saved the item while it was being written: ``current`` as they left it.

    ``yours`` began from the version ``based_on``.
    """

    def __init__(self, current: Item, yours: str, based_on: int) -> None:
        super().__init__("Somebody else saved this item while you were writing.")
        self.current, self.yours, self.based_on = current, yours, based_on


def legible(text: str) -> str:
    """A text as the database can keep it, word for word. Raises when it is over the limit.

    The source of a document, as word processors put it on the clipboard, is kept as its words.
    """
    words = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "")
    encoded = words.encode("utf-8", "replace")
    if len(encoded) > LIMIT:
        size, most = len(encoded) / 1_000_000, LIMIT / 1_000_000
        raise ValidationError(
            {
                "text": f"These minutes are too long to save: {size:.1f} MB, and {most:.0f} MB is "
                "the most. Put long text into a paper and name the paper here."
            }
        )
    words = encoded.decode()
    return from_document(words) if is_document(words) else words


def write(
    item: Item, *, text: str, version: int, last: str | None = None, page: str = "", by: Any
) -> Item:
    """Save an item's minute if nobody else has saved it since ``version`` was read.

    ``last`` is what the same page sent before without hearing an answer. Where somebody else has
    saved the item, their text stands, these words are kept in a ``Draft`` and ``Conflict`` is
    raised. Call it outside of any transaction, or the draft is lost with the exception.
    """
    words = legible(text)
    known = {words, legible(last)} if last is not None else {words}
    if holds_passage(words):
        _only_cleared(item, by)
    try:
        return _write(item, words, version, known, by)
    except Conflict:
        Draft.objects.update_or_create(
            item=item, person=by, page=page[:36],
            defaults={"text": words, "based_on": version, "saved_at": clock.now()},
        )  # fmt: skip
        raise


def locked_item(item: Item, *, by: Any) -> tuple[Meeting, Item]:
    """A meeting whose minutes are being taken and one of its items, both held until the end."""
    meeting = take("take minutes", item.meeting, by=by)
    current = meeting.items.select_for_update(of=("self",)).get(pk=item.pk)
    current.meeting = meeting
    require(can(by, "open", current))
    return meeting, current


@transaction.atomic
def _write(item: Item, words: str, version: int, known: set[str], by: Any) -> Item:
    _, current = locked_item(item, by=by)
    if current.version != version and current.minute not in known:
        raise Conflict(current, words, version)
    if holds_passage(current.minute):
        _only_cleared(current, by)
    apart = list(current.drafts.filter(person=by))
    for draft in apart:
        if draft.text not in (words, current.minute):
            _set_down(current, draft.text, by, why=APART)
    if words != current.minute:
        _set_down(current, words, by)
    if apart:
        Draft.objects.filter(pk__in=[draft.pk for draft in apart]).delete()
    return current


def _only_cleared(item: Item, by: Any) -> None:
    """Whoever may not read restricted passages writes neither one nor a minute that holds one."""
    verdict = can(by, "open", item) if item.restricted else cleared(by, item.meeting)
    if not verdict:
        raise ValidationError(
            {
                "text": "Restricted passages, between [[ and ]], are written by those who may "
                f"read them. {verdict.reason}"
            }
        )


def _set_down(item: Item, words: str, by: Any, *, why: str = MINUTES) -> None:
    """Save the minute. What one person types on within ten minutes is one change."""
    latest = item.history.first()
    item.minute, item.version = words, item.version + 1
    item.minuted_at, item.minuted_by = clock.now(), by
    fields = ("minute", "version", "minuted_at", "minuted_by")
    if why == APART or not _typing_on(latest, words, by):
        history.save(item, by=by, why=why, fields=fields)
        return
    item.skip_history_when_saving = True  # type: ignore[attr-defined]
    item.save(update_fields=fields)
    del item.skip_history_when_saving  # type: ignore[attr-defined]
    for field in fields:
        setattr(latest, field, getattr(item, field))
    latest.save(update_fields=fields)


def _typing_on(latest: Any, words: str, by: Any) -> bool:
    """Whether a change goes on from the last: the same writer, soon after, and no great cut."""
    return (
        latest is not None
        and latest.history_change_reason == MINUTES
        and latest.history_user_id == by.pk
        and clock.now() - latest.history_date < ONE_CHANGE
        and 2 * len(words) >= len(latest.minute)
    )


def put_together(theirs: str, yours: str, base: str | None = None) -> str:
    """Both texts in one, paragraph by paragraph.

    Where ``base``, from which both began, shows that only one of them changed a paragraph, that
    change is taken. Where both did, or it is not known, both are there.
    """
    ours, mine = _BLANK.split(theirs), _BLANK.split(yours)
    both: list[str] = []
    for old, one, other in _stretches(_BLANK.split(base or ""), ours, mine):
        if base is not None and one[: len(old)] == old:
            one, other = other, one[len(old) :]
        elif base is not None and other[: len(old)] == old:
            other = other[len(old) :]
        both += [*one, *(part for part in other if part not in one)]
    return "\n\n".join(part for part in both if part.strip())


def _stretches(base: list[str], one: list[str], other: list[str]) -> Iterator[list[list[str]]]:
    """The three texts cut where all agree: stretches that differ, and paragraphs that do not."""
    texts, at = (base, one, other), (0, 0, 0)
    for place, in_one, in_other in [*_shared(base, one, other), tuple(map(len, texts))]:
        here = (place, in_one, in_other)
        yield [text[start:end] for text, start, end in zip(texts, at, here, strict=True)]
        yield [text[end : end + 1] for text, end in zip(texts, here, strict=True)]
        at = (place + 1, in_one + 1, in_other + 1)


def _shared(base: list[str], one: list[str], other: list[str]) -> list[tuple[int, int, int]]:
    """Where each paragraph stands that all three texts hold, in order."""
    in_one, in_other = _matches(base, one), _matches(base, other)
    return [(at, in_one[at], in_other[at]) for at in sorted(in_one.keys() & in_other.keys())]


def _matches(base: list[str], text: list[str]) -> dict[int, int]:
    blocks = difflib.SequenceMatcher(None, base, text, autojunk=False).get_matching_blocks()
    return {a + step: b + step for a, b, size in blocks for step in range(size)}
