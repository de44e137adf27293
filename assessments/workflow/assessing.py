"""A Strategic Assessment from its beginning to the board's table and back; writing in between."""

import datetime
from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from assessments import content
from assessments.drafting import draft
from assessments.figures_of import EDITIONS, RESTRICTED, figures_of, frozen_for, sources_of
from assessments.models import Assessment, AssessmentStatus, Section
from audit.workflow import record
from core import clock, history
from core.dates import count
from core.markup import plain
from core.permissions import can, require
from core.workflow import Wrong
from figures.queries import months
from meetings.models import AFTER, Decision
from membership.models import Group, GroupKind, Partnership, Theme
from membership.queries import members_of
from notices.workflow import tell

DRAFTING, READY = AssessmentStatus.DRAFTING, AssessmentStatus.READY
ADOPTED, PUBLISHED = AssessmentStatus.ADOPTED, AssessmentStatus.PUBLISHED
LONGEST = 20_000

NOT_NOW = {
    DRAFTING: "it is being drafted",
    READY: "it is before the board, so its text stands. Take it back to change it",
    ADOPTED: "the board has adopted it",
    PUBLISHED: "it has been published",
}


class Conflict(ValidationError):
    """Somebody else saved the section meanwhile; ``current`` is what stands."""

    def __init__(self, current: Section) -> None:
        super().__init__("Somebody else saved this section while you were writing.")
        self.current = current


# ---- what every step shares ---------------------------------------------------------------------


def take(assessment: Assessment, verb: str, *states: str, by: Any) -> Assessment:
    """Lock an assessment for a step. Raises ``Refused``, or ``Wrong`` in another state."""
    rows = Assessment.objects.select_for_update(of=("self",))
    current = rows.select_related("partnership", "group").get(pk=assessment.pk)
    require(can(by, verb, current))
    if current.status not in states:
        reason = NOT_NOW[AssessmentStatus(current.status)]
        raise Wrong(f"This cannot be done now: {reason}.")
    return current


def note(verb: str, subject: Any, *, by: Any, sensitive: bool = False, **detail: Any) -> None:
    """Write the record of a step."""
    whole = subject if isinstance(subject, Assessment) else subject.assessment
    record(
        verb, subject, by=by, partnership=whole.partnership, group=whole.group,
        sensitive=sensitive, detail=detail,
    )  # fmt: skip


def tell_board(assessment: Assessment, *, kind: str, text: str, by: Any) -> None:
    """Tell everybody who sits on the board."""
    tell(
        members_of(assessment.group, clock.today()), kind=kind, but=by, about=assessment,
        text=text, url=assessment.get_absolute_url(), partnership=assessment.partnership,
        occurrence=clock.now().isoformat(),
    )  # fmt: skip


# ---- beginning ----------------------------------------------------------------------------------


@transaction.atomic
def begin(partnership: Partnership, *, starts_on: datetime.date, by: Any) -> Assessment:
    """Begin the assessment of the twelve months from the first day of a month.

    Raises ``ValidationError`` for another day, or where there is one of these months already.
    """
    require(can(by, "begin assessments", partnership))
    if starts_on.day != 1:
        raise ValidationError({"starts_on": "Enter the first day of a month"})
    if starts_on > clock.today():
        raise ValidationError({"starts_on": "Choose a month that has begun"})
    ends_on = months.later(starts_on, 12)
    last = months.later(starts_on, 11)
    assessment = Assessment(
        partnership=partnership, group=_board(partnership),
        title=f"Strategic Assessment, {months.period(starts_on, last)}",
        slug=f"{months.key(starts_on)}-to-{months.key(last)}",
        starts_on=starts_on, ends_on=ends_on, created_at=clock.now(), created_by=by,
    )  # fmt: skip
    try:
        with transaction.atomic():
            history.save(assessment, by=by)
    except IntegrityError as clash:
        message = "There is an assessment of these months already."
        raise ValidationError({"starts_on": message}) from clash
    _lay_out(assessment, by)
    note("began", assessment, by=by)
    return assessment


def _board(partnership: Partnership) -> Group:
    board = partnership.groups.filter(kind=GroupKind.BOARD).order_by("starts_on").last()
    if board is None:
        raise Wrong("The partnership has no board yet, and it is the board that adopts it.")
    return board


def _lay_out(assessment: Assessment, by: Any) -> None:
    themes = {each.slug: each for each in Theme.objects.filter(partnership=assessment.partnership)}
    for position, kind in enumerate(content.KINDS, start=1):
        section = Section(
            assessment=assessment, key=kind.key, position=position, heading=kind.heading,
            source=kind.source, theme=themes.get(kind.theme),
        )  # fmt: skip
        history.save(section, by=by)


# ---- writing ------------------------------------------------------------------------------------


@transaction.atomic
def write_section(
    section: Section, *, text: str, version: int, left_out: Iterable[str] | None = None, by: Any
) -> Section:
    """Write what the analyst says, and which figures and sentences stay out of the section.

    The sentences drafted at this moment are kept, so that it shows when figures change afterwards.
    Raises ``Conflict`` if the section was saved meanwhile, ``ValidationError`` by field.
    """
    assessment, current = _section(section, by)
    if version != current.version:
        raise Conflict(current)
    words = plain(text)
    if len(words) > LONGEST:
        message = f"This must be {LONGEST:,} characters or fewer. It has {len(words):,}"
        raise ValidationError({"text": message})
    current.text = words
    if left_out is not None:
        current.left_out = sorted(set(left_out))
    current.drafted = _drafted(assessment, current)
    _save(current, by, "text", "left_out", "drafted")
    note("wrote a section of", assessment, by=by, section=current.key)
    return current


@transaction.atomic
def mark_done(section: Section, *, version: int | None = None, by: Any) -> Section:
    """Say that a section is finished. It must say something, by figures or by words."""
    assessment, current = _section(section, by)
    if version is not None and version != current.version:
        raise Conflict(current)
    if current.done_at:
        raise Wrong("This section is marked as done already.")
    current.drafted = _drafted(assessment, current)
    if not current.text and not current.drafted:
        raise Wrong("There is nothing in this section yet. Write something before it is done.")
    current.done_at, current.done_by = clock.now(), by
    _save(current, by, "done_at", "done_by", "drafted")
    note("finished a section of", assessment, by=by, section=current.key)
    return current


@transaction.atomic
def mark_undone(section: Section, *, by: Any) -> Section:
    """Take that back."""
    assessment, current = _section(section, by)
    if not current.done_at:
        raise Wrong("This section is not marked as done.")
    current.done_at = current.done_by = None
    _save(current, by, "done_at", "done_by")
    note("reopened a section of", assessment, by=by, section=current.key)
    return current


def _section(section: Section, by: Any) -> tuple[Assessment, Section]:
    assessment = take(section.assessment, "write", DRAFTING, by=by)
    current = Section.objects.select_for_update(of=("self",)).get(pk=section.pk)
    current.assessment = assessment
    return assessment, current


def _drafted(assessment: Assessment, section: Section) -> list[dict[str, Any]]:
    return draft(figures_of(assessment, RESTRICTED))[section.key]


def _save(section: Section, by: Any, *fields: str) -> None:
    section.version += 1
    history.save(section, by=by, fields=[*fields, "version"])


# ---- adoption -----------------------------------------------------------------------------------


@transaction.atomic
def take_back(assessment: Assessment, *, by: Any) -> Assessment:
    """Take an assessment back from the board's table, to write on. The paper stays where it is."""
    current = take(assessment, "put before the board", READY, by=by)
    current.status = DRAFTING
    history.save(current, by=by, fields=["status"])
    note("took back", current, by=by)
    return current


@transaction.atomic
def adopt(assessment: Assessment, *, decision: Decision, by: Any) -> Assessment:
    """Record that the board adopted it. From now on its figures stand, with their sources.

    Raises ``ValidationError`` unless the board made this decision, at a meeting that was held.
    """
    current = take(assessment, "adopt", READY, by=by)
    meeting = decision.item.meeting
    if meeting.group_id != current.group_id or meeting.status not in AFTER:
        raise ValidationError({"decision": "Choose a decision that the board made at a meeting"})
    if meeting.on < current.ends_on:
        raise ValidationError({"decision": "It was made before the twelve months were over"})
    restricted = frozen_for(current, RESTRICTED)
    current.figures = {edition: frozen_for(current, edition) for edition in EDITIONS}
    current.sources = sources_of(current)
    current.months_missing = restricted["period"]["missing"]
    current.frozen_at, current.frozen_by = clock.now(), by
    current.decision, current.status = decision, ADOPTED
    history.save(current, by=by)
    note("recorded the adoption of", current, by=by, decision=decision.reference)
    tell_board(
        current, kind="assessment-adopted", by=by,
        text=f"{current}: the board adopted it, and its figures are fixed",
    )  # fmt: skip
    return current


def unfinished(assessment: Assessment) -> list[str]:
    """Headings of the sections that nobody has marked as done."""
    found = assessment.sections.filter(done_at__isnull=True).order_by("position")
    return list(found.values_list("heading", flat=True))


def require_finished(assessment: Assessment) -> None:
    """Raise ``Wrong`` while a section is not done."""
    left = unfinished(assessment)
    if left:
        raise Wrong(f"Mark each section as done first: {count(len(left), 'section')} left.")
