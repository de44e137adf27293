"""Where a suggested correction belongs in a minute as it stands now."""

from meetings.models import Correction, Item
from meetings.paragraphs import paragraphs_of


def then(item: Item, version: int) -> list[str] | None:
    """The paragraphs of an item as they were in a version, if the history still holds it."""
    if item.version == version:
        return paragraphs_of(item.minute)
    rows = item.history.filter(version=version).order_by("-history_id")
    text = rows.values_list("minute", flat=True).first()
    return None if text is None else paragraphs_of(text)


def place_of(correction: Correction, item: Item) -> int | None:
    """The index at which a correction goes into the paragraphs; nothing where that is not sure.

    Of a changed paragraph it is its own; of a new one that of the paragraph it would come before.
    """
    now = paragraphs_of(item.minute)
    if correction.original:
        return _only(now, correction.original, correction.paragraph - 1)
    before = then(item, correction.version)
    after = correction.paragraph
    if before is None or after > len(before):
        return None
    if after == 0 or now[:after] == before[:after]:
        return after
    found = _only(now, before[after - 1], after - 1)
    return None if found is None else found + 1


def _only(paragraphs: list[str], text: str, expected: int) -> int | None:
    """Where a text stands: as expected, or at the one other place where it does."""
    if 0 <= expected < len(paragraphs) and paragraphs[expected] == text:
        return expected
    places = [place for place, each in enumerate(paragraphs) if each == text]
    return places[0] if len(places) == 1 else None


def put_in(paragraphs: list[str], place: int, text: str, *, instead: bool) -> list[str]:
    """The paragraphs with a text put at a place: instead of what stands there, or before it."""
    after = paragraphs[place + 1 :] if instead else paragraphs[place:]
    return [*paragraphs[:place], text, *after]
