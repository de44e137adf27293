"""The key of pseudonyms: kept by the officers and the chair of a review. It never leaves the panel.

No word of an entry is written down elsewhere, and no history is kept: what is removed is gone.
"""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from core import clock
from core.permissions import can, require
from core.workflow import Wrong
from dhr import names as naming
from dhr.models import Death, KeyEntry, KeyRole, Review
from dhr.workflow.steps import not_held, note, text_of

PSEUDONYM = 80
MOST = 4000  # letters of one entry
ENTRIES = 300


@transaction.atomic
def add(review: Review, *, pseudonym: str, role: str, names: str, by: Any) -> KeyEntry:
    """Say who somebody is: the pseudonym, and every name and spelling, one on each line."""
    review = _taken(review, by)
    if review.key.count() >= ENTRIES:
        raise Wrong(f"A key holds {ENTRIES} entries at most.")
    return _kept(KeyEntry(review=review), "added to", pseudonym, role, names, by)


@transaction.atomic
def change(entry: KeyEntry, *, pseudonym: str, role: str, names: str, by: Any) -> KeyEntry:
    """Change an entry. What stood there before is gone."""
    _taken(entry.review, by)
    entry = _locked(entry)
    return _kept(entry, "changed", pseudonym, role, names, by)


@transaction.atomic
def remove(entry: KeyEntry, *, by: Any) -> None:
    """Remove an entry for good. Its name is no longer looked for in anything."""
    review = _taken(entry.review, by)
    not_held(review)
    _locked(entry).delete()
    note("removed an entry from the key of", review, by=by)


def note_opening(review: Review, *, by: Any) -> None:
    """Write down that somebody opens the key. If this cannot be written, it is not shown."""
    require(can(by, "open key", review))
    note("opened the key of", review, by=by)


def _taken(review: Review, by: Any) -> Review:
    """The review, locked; its key may be kept at any stage, until the review is erased."""
    rows = Review.objects.select_for_update(of=("self",))
    found = rows.select_related("group", "partnership").get(pk=review.pk)
    require(can(by, "open key", found))
    if found.erased_on:
        raise Wrong("What this review held has been removed.")
    return found


def _locked(entry: KeyEntry) -> KeyEntry:
    found = KeyEntry.objects.select_for_update(of=("self",)).filter(pk=entry.pk).first()
    if found is None:
        raise Wrong("Somebody removed this entry while your page was open.")
    return found


def _kept(entry: KeyEntry, verb: str, pseudonym: str, role: str, names: str, by: Any) -> KeyEntry:
    wrong: dict[str, str] = {}
    entry.pseudonym = " ".join(
        text_of(wrong, "pseudonym", pseudonym, "Enter the pseudonym", PSEUDONYM).split()
    )
    entry.names = text_of(wrong, "names", names, "Enter at least one name", MOST)
    entry.role = role
    if role not in KeyRole.values:
        wrong["role"] = "Choose who they are"
    _look(entry, wrong)
    if wrong:
        raise ValidationError(wrong)
    entry.changed_at = clock.now()
    entry.save()
    note(f"{verb} the key of", entry.review, by=by)
    return entry


def _look(entry: KeyEntry, wrong: dict[str, str]) -> None:
    """A pseudonym must not give anybody away, and every spelling must be one that can be found."""
    others = list(KeyEntry.objects.filter(review=entry.review).exclude(pk=entry.pk))
    if entry.pseudonym.casefold() in {each.pseudonym.casefold() for each in others}:
        wrong.setdefault("pseudonym", "This pseudonym stands for somebody else in this review")
    short = naming.too_short(entry.names)
    if short:
        wrong.setdefault(
            "names",
            f"“{short[0]}” has fewer than {naming.SHORT} letters, so it cannot be looked for. "
            "Write the whole name on the line",
        )
    if wrong:
        return
    if naming.key([*others, entry]).found_in(entry.pseudonym):
        wrong["pseudonym"] = "The pseudonym holds a name of the key. Choose another one"
    used = {each.pseudonym for each in others}
    used |= {entry.review.pseudonym, *_deaths(entry.review)}
    clash = next((each for each in sorted(used) if naming.key([entry]).found_in(each)), None)
    if clash:
        wrong["names"] = (
            f"“{clash}” is a pseudonym of this review and holds one of these names. Change that "
            "pseudonym first"
        )


def _deaths(review: Review) -> list[str]:
    return list(Death.objects.filter(review=review).values_list("pseudonym", flat=True))
