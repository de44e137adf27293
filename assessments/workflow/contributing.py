"""What goes into an assessment beside figures: evidence, consultation findings and scores."""

import datetime
from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from assessments import scoring
from assessments.models import (
    Assessment,
    ConsultationFinding,
    Evidence,
    EvidenceState,
    Section,
    ThreatScore,
)
from assessments.workflow.assessing import DRAFTING, note, take
from core import clock, history
from core.markup import plain
from core.permissions import can, require
from core.workflow import Wrong
from membership import standing
from membership.models import Agency, Theme
from membership.queries import officers_of
from notices.workflow import tell

# ---- evidence of partners -----------------------------------------------------------------------


@transaction.atomic
def offer_evidence(
    assessment: Assessment, *, agency: Agency, text: str, source: str, marking: str, by: Any,
    section: Section | None = None,
) -> Evidence:  # fmt: skip
    """Send in what an agency knows that figures do not say. The officers are told."""
    current = take(assessment, "offer evidence", DRAFTING, by=by)
    if agency.pk not in {seat.agency_id for seat in standing.seats(by)}:
        raise ValidationError({"agency": "Choose an agency for which you sit"})
    evidence = Evidence(
        assessment=current, section=section, agency=agency, text=plain(text),
        source=plain(source), marking=marking, offered_at=clock.now(), offered_by=by,
    )  # fmt: skip
    evidence.clean_fields(exclude={"assessment", "section", "agency", "offered_by"})
    history.save(evidence, by=by)
    note("sent in", evidence, by=by, sensitive=evidence.restricted, agency=agency.name)
    tell(
        officers_of(current.partnership, clock.today()), kind="assessment-evidence", but=by,
        about=evidence, text=f"{current}: {agency} sent in evidence",
        url=f"{current.get_absolute_url()}evidence/", partnership=current.partnership,
    )  # fmt: skip
    return evidence


@transaction.atomic
def answer_evidence(evidence: Evidence, *, state: str, answer: str, by: Any) -> Evidence:
    """Say whether it was used; if not, why. It can be answered anew while the draft is open."""
    take(evidence.assessment, "write", DRAFTING, by=by)
    current = Evidence.objects.select_for_update(of=("self",)).select_related("agency")
    found = current.get(pk=evidence.pk)
    found.assessment = evidence.assessment
    require(can(by, "answer", found))
    if state not in (EvidenceState.USED, EvidenceState.SET_ASIDE):
        raise ValidationError({"state": "Say whether it was used"})
    words = plain(answer)
    if state == EvidenceState.SET_ASIDE and not words:
        raise ValidationError({"answer": "Say why it was not used"})
    if len(words) > 300:
        raise ValidationError(
            {"answer": f"This must be 300 characters or fewer. It has {len(words)}"}
        )
    found.state, found.answer = state, words
    found.answered_at, found.answered_by = clock.now(), by
    history.save(found, by=by, fields=["state", "answer", "answered_at", "answered_by"])
    note("answered", found, by=by, sensitive=found.restricted, state=state)
    tell(
        [found.offered_by], kind="assessment-evidence-answered", but=by, about=found,
        text=f"{found.assessment}: the evidence of {found.agency} was answered",
        url=f"{found.assessment.get_absolute_url()}evidence/",
        partnership=found.assessment.partnership, occurrence=clock.now().isoformat(),
    )  # fmt: skip
    return found


# ---- consultation -------------------------------------------------------------------------------


@transaction.atomic
def add_finding(
    assessment: Assessment, *, title: str, method: str, starts_on: datetime.date,
    ends_on: datetime.date, finding: str, by: Any, respondents: int | None = None,
    theme: Theme | None = None,
) -> ConsultationFinding:  # fmt: skip
    """Record what the public said. It is for everybody: the public edition prints it."""
    current = take(assessment, "write", DRAFTING, by=by)
    found = ConsultationFinding(assessment=current)
    return _keep_finding(
        found, "added a consultation to", by=by, title=title, method=method, starts_on=starts_on,
        ends_on=ends_on, finding=finding, respondents=respondents, theme=theme,
    )  # fmt: skip


@transaction.atomic
def change_finding(found: ConsultationFinding, *, by: Any, **fields: Any) -> ConsultationFinding:
    """Correct it."""
    take(found.assessment, "write", DRAFTING, by=by)
    return _keep_finding(found, "changed a consultation of", by=by, **fields)


@transaction.atomic
def remove_finding(found: ConsultationFinding, *, by: Any) -> None:
    """Take it out. Its history stays."""
    current = take(found.assessment, "write", DRAFTING, by=by)
    history.remove(found, by=by)
    note("removed a consultation of", current, by=by)


def _keep_finding(
    found: ConsultationFinding, verb: str, *, by: Any, **fields: Any
) -> ConsultationFinding:
    for name, value in fields.items():
        setattr(found, name, plain(value) if isinstance(value, str) else value)
    if found.starts_on and found.ends_on and found.ends_on < found.starts_on:
        raise ValidationError({"ends_on": "It cannot end before it begins"})
    if found.ends_on and found.ends_on > clock.today():
        raise ValidationError(
            {"ends_on": "It must be in the past: what was found is recorded here"}
        )
    found.clean_fields(exclude={"assessment", "theme"})
    history.save(found, by=by)
    note(verb, found.assessment, by=by)
    return found


# ---- scores -------------------------------------------------------------------------------------


@transaction.atomic
def score(
    assessment: Assessment, *, name: str, scores: Mapping[str, int], by: Any, why: str = "",
    theme: Theme | None = None, threat: ThreatScore | None = None,
) -> ThreatScore:  # fmt: skip
    """Score a threat, factor by factor from 0 to 4; with ``threat``, score it anew.

    Raises ``ValidationError`` by field, ``score_<factor>`` for a factor.
    """
    current = take(assessment, "write", DRAFTING, by=by)
    found = threat or ThreatScore(assessment=current)
    found.name, found.why, found.theme = plain(name), plain(why), theme
    found.scores = _scores(scores)
    found.scored_at, found.scored_by = clock.now(), by
    found.clean_fields(exclude={"assessment", "theme", "scored_by"})
    _keep_score(found, by)
    note("scored a threat of", current, by=by, threat=found.name)
    return found


def _scores(scores: Mapping[str, int]) -> dict[str, int]:
    wrong = {
        f"score_{key}": f"Choose from 0 to {scoring.MOST}"
        for key in scoring.KEYS
        if scores.get(key) not in range(scoring.MOST + 1)
    }
    if wrong:
        raise ValidationError(wrong)
    return {key: int(scores[key]) for key in scoring.KEYS}


def _keep_score(found: ThreatScore, by: Any) -> None:
    try:
        with transaction.atomic():
            history.save(found, by=by)
    except IntegrityError as clash:
        raise ValidationError({"name": "This threat has been scored already"}) from clash


@transaction.atomic
def remove_score(threat: ThreatScore, *, by: Any) -> None:
    """Take a threat out of the ranking."""
    current = take(threat.assessment, "write", DRAFTING, by=by)
    name = threat.name
    history.remove(threat, by=by)
    note("removed the score of a threat of", current, by=by, threat=name)


@transaction.atomic
def weigh(assessment: Assessment, *, weights: Mapping[str, int], by: Any) -> Assessment:
    """Set the weights of the factors, from 0 to 5; all of them are printed beside the ranking."""
    current = take(assessment, "write", DRAFTING, by=by)
    wrong = {
        f"weight_{key}": f"Enter a whole number from 0 to {scoring.HEAVIEST}"
        for key in scoring.KEYS
        if weights.get(key) not in range(scoring.HEAVIEST + 1)
    }
    if wrong:
        raise ValidationError(wrong)
    if not any(weights[key] for key in scoring.KEYS):
        raise Wrong("At least one factor must weigh something.")
    current.weights = {key: int(weights[key]) for key in scoring.KEYS}
    history.save(current, by=by, fields=["weights"])
    note("set the weights of the scoring of", current, by=by)
    return current
