"""A person by name, in everything that the cases of one officer hold.

Nothing is kept of a search and nothing is made ready for one: texts are read as they stand, in the
cases on which the person works and in no other. A name is found in any case of letters, without its
accents, in part, and spelled a little otherwise.
"""

import difflib
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.db import models
from django.db.models import Q

from actions.models import Action, Return, Update
from core.permissions import can
from documents.checks.words import words
from documents.models import Document, Version
from meetings.models import Correction, Decision, Declaration, Item, Meeting
from triggers.models import (
    Appeal,
    ApplicantMessage,
    Application,
    CaseLink,
    CaseNote,
    ChronologyEntry,
    Clock,
    Complaint,
    ConflictCheck,
    Consent,
    Delay,
    Finding,
    Hold,
    Impact,
    InformationRequest,
    Letter,
    ListCorrection,
    Misfit,
    Party,
    Recommendation,
    Review,
    ThresholdCheck,
    ThresholdDecision,
    VoiceRecord,
)

# Records of a case, what leads from each to it, and the page of the case on which it stands.
OF_CASE: list[tuple[type[models.Model], str, str]] = [
    (Party, "application", "case_person"), (Consent, "application", "case"),
    (Impact, "application", "case_person"), (Complaint, "application", "case_incidents"),
    (ListCorrection, "application", "case_incidents"), (ApplicantMessage, "application", "case"),
    (CaseNote, "application", "case_people"), (Hold, "application", "case_people"),
    (ThresholdCheck, "application", "case_threshold"),
    (ThresholdDecision, "application", "case_threshold"), (Clock, "application", "case_clocks"),
    (Delay, "clock__application", "case_clocks"),
    (InformationRequest, "application", "case_information"),
    (ChronologyEntry, "information__application", "case_timeline"),
    (Misfit, "application", "case_timeline"), (Review, "application", "case_panel"),
    (ConflictCheck, "application", "case_panel"), (VoiceRecord, "application", "case_panel"),
    (Finding, "application", "case_panel"), (Recommendation, "application", "case_panel"),
    (Appeal, "application", "case_panel"), (Letter, "application", "case_letters"),
    (CaseLink, "first", "case"), (Application, "pk", "case"),
]  # fmt: skip
# Records of other rooms, and what leads from each to the case's own group.
OF_GROUP: list[tuple[type[models.Model], str]] = [
    (Meeting, "group"), (Item, "meeting__group"), (Decision, "item__meeting__group"),
    (Correction, "item__meeting__group"), (Declaration, "meeting__group"), (Document, "group"),
    (Action, "group"), (Update, "action__group"), (Return, "request__group"),
]  # fmt: skip
# A body's draft of an answer is the body's alone until it is sent.
SENT = {
    InformationRequest: Q(sent_on__isnull=False),
    ChronologyEntry: Q(information__sent_on__isnull=False),
}
PANEL = "case_panel"
AROUND = 60
LIKE = 0.8
SHORT = 4  # letters below which a word is only found as it stands


@dataclass(frozen=True, slots=True)
class Hit:
    """One text in which the name stands, with a few words around it."""

    case: Application
    record: str
    field: str
    before: str
    found: str
    after: str
    page: str
    sure: bool


def worked_on(user: Any, partnership: Any) -> list[Application]:
    """The cases in which this person is an officer, past the sharing gate."""
    found = Application.objects.visible_to(user).of(partnership).submitted()
    found = found.select_related("group", "partnership").order_by("-received_at")
    return [each for each in found if can(user, "work on", each)]


def hits(cases: Iterable[Application], name: str) -> list[Hit]:
    """Every text of the cases in which the name stands, or one much like it."""
    found = [hit for case in cases for hit in _hits(case, name)]
    return sorted(found, key=lambda hit: not hit.sure)


def in_files(case: Application, name: str) -> tuple[list[Hit], int]:
    """Papers of one case in whose words the name stands, and how many have no words to read."""
    found, unread = [], 0
    for version in _files([case]).select_related("content", "document"):
        text = words(bytes(version.content.data), version.content_type)
        if text is None:
            unread += 1
        elif at := place(text, name):
            found.append(_hit(case, f"Paper, version {version.number}", "words", text, at, PANEL))
    return found, unread


def files_of(cases: Iterable[Application]) -> int:
    """How many files there are, which are looked into for one case at a time: it takes long."""
    return _files(cases).count()


def _files(cases: Iterable[Application]) -> Any:
    return Version.objects.filter(document__group__in=[each.group_id for each in cases])


def _hits(case: Application, name: str) -> Iterator[Hit]:
    for model, path, page in OF_CASE:
        rows: Any = model._base_manager.filter(SENT.get(model, Q()), **{path: case.pk})
        yield from _in_rows(case, rows, name, page)
    for model, path in OF_GROUP:
        rows = model._base_manager.filter(**{path: case.group_id})
        yield from _in_rows(case, rows, name, PANEL)


def _in_rows(case: Application, rows: Any, name: str, page: str) -> Iterator[Hit]:
    fields = _texts(rows.model)
    for row in rows.only("pk", *(each.name for each in fields)) if fields else ():
        for field in fields:
            text = getattr(row, field.name) or ""
            if at := place(text, name):
                yield _hit(case, _label(row), str(field.verbose_name), text, at, page)


def _hit(
    case: Application, record: str, field: str, text: str, at: tuple[int, int, bool], page: str
) -> Hit:
    start, end, sure = at
    before, after = text[max(0, start - AROUND) : start], text[end : end + AROUND]
    return Hit(
        case, record, field.capitalize(), f"…{before}" if start > AROUND else before,
        text[start:end], f"{after}…" if len(text) > end + AROUND else after, page, sure,
    )  # fmt: skip


def _label(row: models.Model) -> str:
    number = row.__dict__.get("number")
    label = str(row._meta.verbose_name).capitalize()
    return f"{label} {number}" if number else label


@lru_cache
def _texts(model: type[models.Model]) -> list[Any]:
    """The fields of a record into which people write."""
    kinds = (models.CharField, models.TextField)
    return [
        each for each in model._meta.concrete_fields
        if isinstance(each, kinds) and not each.choices and each.editable and not each.is_relation
    ]  # fmt: skip


# ---- names --------------------------------------------------------------------------------------

_WORD = re.compile(r"[^\W_]+(?:[’'][^\W_]+)*")


def place(text: str, name: str) -> tuple[int, int, bool] | None:
    """Where a name stands in a text, and whether just so: all its words, or what is like them.

    A part of a word is found too, if it is not too short to mean anything.
    """
    if not text.strip():
        return None
    sought = [_plain(each.group()) for each in _WORD.finditer(name)]
    if not sought:
        return None
    words = [(each.start(), each.end(), _plain(each.group())) for each in _WORD.finditer(text)]
    best: tuple[int, int, bool] | None = None
    for at in range(len(words) - len(sought) + 1):
        here = words[at : at + len(sought)]
        likenesses = [_alike(word, want) for (_, _, word), want in zip(here, sought, strict=True)]
        if all(likenesses):
            sure = min(likenesses) == 2
            if sure:
                return here[0][0], here[-1][1], True
            best = best or (here[0][0], here[-1][1], False)
    return best


@lru_cache(maxsize=50_000)
def _alike(word: str, want: str) -> int:
    """2 where the words are the same or one begins with the other, 1 where they are alike."""
    if word == want:
        return 2
    if len(want) < SHORT:
        return 0
    if want in word:
        return 2
    if len(word) < SHORT:
        return 0
    matcher = difflib.SequenceMatcher(None, want, word)
    if matcher.real_quick_ratio() < LIKE or matcher.quick_ratio() < LIKE:
        return 0
    return int(matcher.ratio() >= LIKE)


def _plain(word: str) -> str:
    """A word in small letters, without accents and apostrophes: O’Neíll is oneill."""
    parts = unicodedata.normalize("NFKD", word.casefold())
    return "".join(each for each in parts if each.isalnum())
