"""What a case held about people, removed when its time is over; the figures stay.

Docs/decisions/0034 says what goes, what stays, and why. ``GOES`` and ``EMPTIED`` between them name
every record that leads to a case; a test sees to it that none is forgotten.
"""

from collections import Counter
from typing import Any

from django.db import models, transaction

import audit.workflow
from actions.workflow.removal import remove_requests_of, silence_actions_of
from core import clock, remember
from core.permissions import can, require
from core.removal import blank, remove
from core.workflow import Wrong
from documents.workflow.removal import forget_contents, remove_papers_of
from meetings.workflow.removal import remove_meetings_of
from membership.workflow.panels import dissolve_panel
from notices.workflow.removal import remove_notices_of
from triggers.models import (
    Appeal,
    ApplicantMessage,
    Application,
    CaseLink,
    CaseNote,
    Clock,
    Complaint,
    ConflictCheck,
    Consent,
    Delay,
    Dossier,
    Erasure,
    Finding,
    Hold,
    Impact,
    InformationRequest,
    Letter,
    LinkWish,
    ListCorrection,
    Misfit,
    Party,
    Recommendation,
    Review,
    ThresholdCheck,
    ThresholdDecision,
    VoiceRecord,
)
from triggers.queries import keeping

# Records that go, each with the field that leads to the case; what hangs on them goes along.
GOES: list[tuple[type[models.Model], str]] = [
    (Party, "application"), (Consent, "application"), (Impact, "application"),
    (ListCorrection, "application"), (Complaint, "application"), (Misfit, "application"),
    (InformationRequest, "application"), (ApplicantMessage, "application"),
    (LinkWish, "application"), (CaseNote, "application"), (ConflictCheck, "application"),
    (VoiceRecord, "application"), (Finding, "application"), (Letter, "application"),
    (Dossier, "application"), (Hold, "application"), (CaseLink, "first"), (CaseLink, "second"),
]  # fmt: skip
# Records that stay for the figures, with the field that leads to the case, and their words.
EMPTIED: list[tuple[type[models.Model], str, dict[str, Any]]] = [
    (ThresholdCheck, "application", {"local_reason": "", "says": ""}),
    (ThresholdDecision, "application",
     dict.fromkeys(("persistence", "harm", "response", "reason", "reversed_because"), "")),
    (Review, "application", {"summary": "", "not_heard": "", "meeting": None}),
    (Recommendation, "application", dict.fromkeys(("text", "why", "response_reason"), "")),
    (Appeal, "application", dict.fromkeys(("text", "late_because", "heard_by", "found"), "")),
    (Clock, "application", {"stopped_because": ""}),
    (Delay, "clock__application", {"reason": ""}),
]  # fmt: skip

# Wakes the worker; the task lies above. Without it the timetable comes by within a minute.
wakers: list[Any] = []


def dry_run(application: Application) -> Counter[str]:
    """How many rows of each record would go, found by removing them and taking it all back."""
    with transaction.atomic():
        removed = _remove(application)
        transaction.set_rollback(True)
    return removed


@transaction.atomic
def approve(application: Application, *, by: Any) -> Erasure:
    """Say that what a closed case holds about people may go. The worker then removes it.

    Raises ``Wrong`` where its time is not over, or where something stands in the way.
    """
    application = _locked(application)
    require(can(by, "remove old cases", application.partnership))
    if application.erased_on:
        raise Wrong("What this case held has been removed already.")
    if stands := keeping.obstacles(application, clock.today()):
        raise Wrong(f"{application} cannot be removed: {'; '.join(stands)}.")
    erasure, new = Erasure.objects.get_or_create(
        application=application, defaults={"by": by, "at": clock.now()}
    )
    if new:
        _note("approved the removal of", application, by=by)
        transaction.on_commit(wake)
    return erasure


@transaction.atomic
def take_back(application: Application, *, by: Any) -> None:
    """Keep a case after all, as long as it has not been removed."""
    application = _locked(application)
    require(can(by, "remove old cases", application.partnership))
    gone, _ = Erasure.objects.filter(application=application, done_at=None).delete()
    if not gone:
        raise Wrong("This has been removed already, or nobody has approved it.")
    _note("took back the removal of", application, by=by)


def carry_out() -> int:
    """Remove what has been approved; how many cases that were. Twice changes nothing more.

    An approval lapses where something has come in its way since, such as a legal hold.
    """
    waiting = Erasure.objects.filter(done_at=None).values_list("application", flat=True)
    return sum(_carry_out(key) for key in list(waiting))


@transaction.atomic
def _carry_out(key: Any) -> int:
    application = _locked(Application(pk=key))
    erasure = Erasure.objects.filter(application=application, done_at=None).first()
    if erasure is None:  # another worker was quicker, or it was taken back
        return 0
    if keeping.obstacles(application, clock.today()):
        erasure.delete()
        _note("let lapse the removal of", application, by=None)
        return 0
    erasure.rows = dict(_remove(application))
    erasure.done_at = clock.now()
    erasure.save(update_fields=["rows", "done_at"])
    if application.group is not None:
        dissolve_panel(application.group, on=clock.today(), by=erasure.by)
    _note("removed what was kept in", application, by=erasure.by)
    return 1


def _remove(application: Application) -> Counter[str]:
    """Remove everything, wherever it is kept; how many rows of each record."""
    group, actions = application.group, keeping.actions_of(application)
    removed = Counter[str]()
    forget_contents()  # what other cases left is not counted with this one
    if group is not None:
        removed += remove_meetings_of(group) + silence_actions_of(group, also=actions)
    for model, field in GOES:
        removed += remove(model, **{field: application.pk})
    for kept, field, texts in EMPTIED:
        rows: Any = kept._base_manager
        removed += blank(rows.filter(**{field: application.pk}), **texts)
    if group is not None:
        removed += remove_requests_of(group) + remove_papers_of(group)
        removed += remove_notices_of(group, subjects=[application.pk, *actions])
    removed += forget_contents()
    return removed + _only_figures(application)


def _only_figures(application: Application) -> Counter[str]:
    """Leave of the application what the figures count; its private link opens nothing more."""
    return blank(
        Application.objects.filter(pk=application.pk), outcome_note="", erased_on=clock.today(),
        link_number=application.link_number + 1, applicant_is_complained_of=False,
    )  # fmt: skip


def wake() -> None:
    """Ask the worker to remove what has been approved."""
    for waker in wakers:
        waker()


def _locked(application: Application) -> Application:
    rows = Application.objects.select_for_update(of=("self",))
    remember.forget()
    return rows.select_related("group", "partnership").get(pk=application.pk)


def _note(verb: str, application: Application, *, by: Any) -> None:
    audit.workflow.record(
        verb, application, by=by, partnership=application.partnership, group=application.group,
        sensitive=True,
    )  # fmt: skip
