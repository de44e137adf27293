"""What the pages of a Strategic Assessment ask: lists, choices, and how far it is."""

import datetime
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet

from assessments.models import Assessment, AssessmentStatus, Evidence, EvidenceState, Section
from core import clock
from core.components import Stage
from core.dates import count, longdate, tabledate
from figures.queries import months
from meetings.models import AFTER, BEFORE, Decision, Item
from membership import standing
from membership.models import Agency, Partnership

TONES = {"drafting": "busy", "ready": "waiting", "adopted": "good", "published": ""}
STARTS = 10  # Dartford's assessments run from October


def assessments(user: Any, partnership: Partnership) -> QuerySet[Assessment]:
    """Those that a person may see, newest first, with how many sections are done."""
    found = Assessment.objects.visible_to(user).of(partnership)
    return (
        found.defer("figures", "sources")
        .select_related("partnership", "group", "publication", "decision__item__meeting")
        .annotate(
            sections_done=Count("sections", filter=Q(sections__done_at__isnull=False)),
            sections_all=Count("sections"),
        )
        .order_by("-starts_on")
    )


def state_of(assessment: Assessment) -> tuple[str, str]:
    """Its state as a tag: label and tone."""
    return AssessmentStatus(assessment.status).label, TONES[assessment.status]


def stages(assessment: Assessment) -> list[Stage]:
    """Where it has got to: drafted, before the board, adopted, published."""
    order = list(AssessmentStatus)
    now = order.index(AssessmentStatus(assessment.status))
    notes = {
        AssessmentStatus.ADOPTED: _on(assessment),
        AssessmentStatus.PUBLISHED: _published(assessment),
    }
    last = len(order) - 1
    return [
        Stage(
            status.label, notes.get(status, ""),
            "done" if at < now or at == now == last else "now" if at == now else "",
        )
        for at, status in enumerate(order)
    ]  # fmt: skip


def _on(assessment: Assessment) -> str:
    return longdate(assessment.decision.item.meeting.on) if assessment.decision else ""


def _published(assessment: Assessment) -> str:
    return longdate(assessment.publication.published_at) if assessment.publication else ""


@dataclass(frozen=True, slots=True)
class Step:
    """A section in the list of tasks: its state, and whether figures have changed since."""

    section: Section
    state: str
    tone: str
    changed: bool


def steps(assessment: Assessment, sentences: dict[str, Any]) -> list[Step]:
    """The sections with their states; ``sentences`` are those that today's figures allow."""
    found = []
    for section in assessment.sections.select_related("done_by").order_by("position"):
        section.assessment = assessment
        changed = has_changed(section, sentences)
        if section.done_at:
            state, tone = f"Done {tabledate(section.done_at, clock.today())}", ""
        elif section.text:
            state, tone = "Begun", "busy"
        else:
            state, tone = "Not begun", "idle"
        found.append(Step(section, state, tone, changed))
    return found


def has_changed(section: Section, sentences: dict[str, Any]) -> bool:
    """Whether figures say something else by now than when the section was last saved."""
    if not section.text and not section.done_at:
        return False
    if section.assessment.frozen:
        return False
    return bool(section.drafted != sentences.get(section.key, []))


def months_to_begin(partnership: Partnership) -> list[tuple[str, str]]:
    """First months of assessments that may be begun, the likeliest first."""
    today = clock.today()
    this = today.replace(day=1)
    taken = set(
        Assessment.objects.filter(partnership=partnership).values_list("starts_on", flat=True)
    )
    usual = datetime.date(today.year if today.month >= STARTS else today.year - 1, STARTS, 1)
    likely = [usual, months.later(usual, -12)]
    every = [*likely, *(months.later(this, -n) for n in range(36))]
    kept = dict.fromkeys(month for month in every if month not in taken and month <= this)
    return [(month.isoformat(), months.period(month, months.later(month, 11))) for month in kept]


# ---- evidence -----------------------------------------------------------------------------------


def evidence_of(user: Any, assessment: Assessment) -> QuerySet[Evidence]:
    """What was sent in, what is to be read first."""
    found = Evidence.objects.visible_to(user).filter(assessment=assessment)
    return found.select_related(
        "agency", "section", "offered_by", "answered_by", "assessment__group"
    ).order_by("answered_at", "-offered_at")


def to_read(assessment: Assessment) -> int:
    """How much of it nobody has answered."""
    return assessment.evidence.filter(state=EvidenceState.OFFERED).count()


def agencies_of(user: Any, partnership: Partnership) -> list[Agency]:
    """Agencies for which a person sits in this partnership."""
    found = {
        seat.agency_id: seat.agency
        for seat in standing.seats(user)
        if seat.group.partnership_id == partnership.pk and seat.agency
    }
    return sorted(found.values(), key=lambda agency: agency.name)


# ---- the board ----------------------------------------------------------------------------------


def coming_items(user: Any, assessment: Assessment) -> list[Item]:
    """Items of the board's coming meetings on which it can be put."""
    found = Item.objects.visible_to(user).of(assessment.partnership)
    found = found.filter(meeting__group=assessment.group, meeting__status__in=BEFORE)
    return list(found.select_related("meeting__group").order_by("meeting__on", "position"))


def decisions(user: Any, assessment: Assessment) -> list[Decision]:
    """Decisions of the board since the twelve months were over, newest first."""
    found = Decision.objects.visible_to(user).of(assessment.partnership)
    found = found.filter(
        item__meeting__group=assessment.group, item__meeting__status__in=AFTER,
        item__meeting__on__gte=assessment.ends_on,
    )  # fmt: skip
    return list(found.order_by("-item__meeting__on", "item__number", "number")[:60])


def next_words(assessment: Assessment, undone: int) -> tuple[str, str]:
    """What comes next, as a heading and a sentence."""
    if assessment.status == AssessmentStatus.PUBLISHED:
        return "Published", "Nothing more is to do. The next one is due in twelve months."
    if assessment.status == AssessmentStatus.ADOPTED:
        return "Publish it", "The board adopted it and its figures are fixed."
    if assessment.status == AssessmentStatus.READY:
        return (
            "The board decides",
            "When the board has adopted it, pick its decision here. The figures are then fixed, "
            "with the files that they come from.",
        )
    if undone:
        return "Write the sections", f"{count(undone, 'section')} left to finish."
    return "Put it before the board", "Every section is done."
