"""What bodies are asked, and what each answers on its own form (2014 Act, Schedule 4, part 2).

The life of a request is the linked one's, in the one list of requests for information: asked,
answered, sent back, accepted, chased. Here is what makes it a case's.
"""

import datetime
from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse

import actions.workflow.requests as requests
import audit.workflow
from actions.models import WAITING, RequestStatus
from core import clock, history
from core.markings import Marking
from core.markup import plain
from core.permissions import can, require
from core.workflow import Wrong
from core.working_days import add_working_days
from membership import succession
from membership.models import Agency
from triggers.models import (
    Application,
    CaseNote,
    ChronologyEntry,
    ClockStage,
    Complaint,
    InformationRequest,
    NoteKind,
    Procedure,
    Stage,
)
from triggers.queries import cases
from triggers.queries import information as queries
from triggers.workflow import clocks
from triggers.workflow.steps import note, take, wrong_text

KIND = "case-review"
SUBJECT = "Information for case review"
SENT = "Sent on the form of its own."
LONG = 4000
MOST_LINES = 2000
WITHOUT_CLOCK = 10  # working days to answer, where the partnership has set no clock
TEXTS = ("summary", "risk", "offers", "withheld")


class Changed(Wrong):
    """Somebody of the same body saved meanwhile."""


# ---- asked --------------------------------------------------------------------------------------


@transaction.atomic
def ask(
    application: Application, *, agency: Agency, questions: str = "",
    due_on: datetime.date | None = None, by: Any,
) -> InformationRequest:  # fmt: skip
    """Ask a relevant body for what it holds. One that was succeeded is asked in its successor.

    Its people on the standing panel answer; where it has none there, whoever sits for it.
    """
    application = take(application, by=by, stages=(Stage.RECEIVED, Stage.REVIEW))
    if cases.stands_still(application):
        raise Wrong("The victim has refused consent, so no body is asked.")
    agency = succession.standing_for(agency, clock.today())
    wrong = _wrong(application, agency)
    questions = plain(questions)
    if len(questions) > LONG:
        wrong["questions"] = f"This must be {LONG} characters or fewer. It has {len(questions)}"
    if wrong:
        raise ValidationError(wrong)
    panel = Procedure.objects.get(partnership=application.partnership).group
    anybody = not queries.on_panel(agency, panel)
    information = InformationRequest(
        application=application, agency=agency, anybody=anybody, questions=questions
    )
    slug = application.partnership.slug
    group: Any = application.group
    information.request = requests.ask(
        group, agency=agency, kind=KIND, subject=f"{SUBJECT} {application}",
        due_on=due_on or due(application), marking=Marking.SENSITIVE,
        through=None if anybody else panel, by=by,
        answer_url=reverse("triggers:information", args=[slug, information.pk]),
    )  # fmt: skip
    history.save(information, by=by)
    note("asked for information in", application, by=by, agency=agency.slug)
    return information


def _wrong(application: Application, agency: Agency) -> dict[str, str]:
    if agency not in {each.agency for each in queries.bodies(application.partnership)}:
        return {"agency": f"{agency} is not one of the bodies that take part in reviews here"}
    asked = InformationRequest.objects.filter(application=application, agency=agency)
    if asked.exclude(request__status=RequestStatus.WITHDRAWN).exists():
        return {"agency": f"{agency} has been asked already"}
    return {}


def due(application: Application) -> datetime.date:
    """The day of the case's clock, if that is still to come; else ten working days from now."""
    running = application.clocks.filter(
        stage=ClockStage.INFORMATION, done_on=None, stopped_on=None
    ).first()
    if running and running.due_on >= clock.today():
        return running.due_on
    return add_working_days(clock.today(), WITHOUT_CLOCK)


@transaction.atomic
def take_further(information: InformationRequest, *, reason: str, by: Any) -> InformationRequest:
    """Take a request to whoever sits for the body on the board or a subgroup, who then answers too.

    For one that is late, or that nobody of the body's on the standing panel can open any more.
    """
    application = take(information.application, by=by, stages=(Stage.RECEIVED, Stage.REVIEW))
    information = _locked(information)
    reason = plain(reason)
    wrong = wrong_text("reason", reason, "Enter the reason")
    if wrong:
        raise ValidationError(wrong)
    if information.anybody:
        raise Wrong(f"Whoever sits for {information.agency} can answer already.")
    if information.request.status not in WAITING:
        raise Wrong("It has been answered, or is no longer needed.")
    information.anybody = True
    history.save(information, by=by, fields=["anybody"])
    requests.open_to_agency(information.request, by=by)
    _because(information, reason, by)
    note("took further a request in", application, by=by, agency=information.agency.slug)
    return information


def _because(information: InformationRequest, reason: str, by: Any) -> None:
    CaseNote.objects.create(
        application=information.application, kind=NoteKind.INFORMATION, by=by,
        text=f"{information.agency}: {reason}",
    )  # fmt: skip


# ---- written ------------------------------------------------------------------------------------


def _locked(information: InformationRequest) -> InformationRequest:
    rows = InformationRequest.objects.select_for_update(of=("self",))
    return rows.select_related(
        "request__group", "request__partnership", "request__agency", "agency",
        "application__group", "application__partnership",
    ).get(pk=information.pk)  # fmt: skip


def _open(information: InformationRequest, by: Any) -> InformationRequest:
    """The answer, locked, if this person may write it and it waits."""
    information = _locked(information)
    require(can(by, "answer", information))
    if information.request.status not in WAITING:
        raise Wrong("This has been answered, or is no longer needed.")
    if not queries.is_wanted(information):
        raise Wrong("The case has ended, so nothing more is asked.")
    return information


def _kept(information: InformationRequest, by: Any) -> InformationRequest:
    """Save an answer as a draft: the body's alone, or of the officer who writes it down."""
    information.taken_by = None if queries.is_body(by, information) else by
    information.sent_on = None
    information.version += 1
    history.save(information, by=by)
    return information


@transaction.atomic
def save_answer(
    information: InformationRequest, *, by: Any, version: int | None = None, **told: Any
) -> InformationRequest:
    """Keep what is written of an answer: ``known``, ``summary``, ``risk``, ``offers``,
    ``withheld``. Nobody but the body sees it before it is sent."""
    information = _open(information, by)
    if version is not None and version != information.version:
        raise Changed("Somebody of your organisation saved this while your page was open.")
    wrong = {}
    for name in TEXTS:
        text = plain(told.get(name, getattr(information, name)))
        setattr(information, name, text)
        if len(text) > LONG:
            wrong[name] = f"This must be {LONG} characters or fewer. It has {len(text)}"
    if "known" in told:
        information.known = told["known"]
    if wrong:
        raise ValidationError(wrong)
    return _kept(information, by)


@transaction.atomic
def say_report(
    information: InformationRequest, *, complaint: Complaint, held: bool,
    reported_on: datetime.date | None = None, done: str = "", source_reference: str = "", by: Any,
) -> ChronologyEntry | None:  # fmt: skip
    """Say whether the body holds a report that the applicant names, and what it did about it."""
    information = _open(information, by)
    if complaint.pk not in {each.pk for each in queries.reported_to(information)}:
        raise Wrong("This was not reported to you.")
    entry = information.entries.filter(complaint=complaint, reported_on__isnull=False).first()
    if not held:
        if entry:
            history.remove(entry, by=by)
        _kept(information, by)
        return None
    entry = entry or ChronologyEntry(information=information, complaint=complaint)
    if reported_on is None:
        raise ValidationError({"reported_on": "Enter the day on which it was reported to you"})
    entry.what = entry.what or f"Report of incident {complaint.number}"
    entry.on = entry.reported_on = reported_on
    entry.done, entry.source_reference = plain(done), plain(source_reference)
    _entry(entry, by)
    _kept(information, by)
    return entry


@transaction.atomic
def add_entry(information: InformationRequest, *, by: Any, **told: Any) -> ChronologyEntry:
    """Add a line to the body's chronology."""
    information = _open(information, by)
    if information.entries.count() >= MOST_LINES:
        raise Wrong(f"A chronology holds {MOST_LINES} lines at most.")
    entry = ChronologyEntry(information=information)
    _told(entry, told)
    _entry(entry, by)
    _kept(information, by)
    return entry


@transaction.atomic
def change_entry(entry: ChronologyEntry, *, by: Any, **told: Any) -> ChronologyEntry:
    """Correct a line."""
    information = _open(entry.information, by)
    _told(entry, told)
    _entry(entry, by)
    _kept(information, by)
    return entry


@transaction.atomic
def remove_entry(entry: ChronologyEntry, *, by: Any) -> None:
    """Take a line out before the answer is sent."""
    information = _open(entry.information, by)
    history.remove(entry, by=by)
    _kept(information, by)


@transaction.atomic
def add_entries(information: InformationRequest, *, lines: Iterable[Any], by: Any) -> int:
    """Add all the lines of a file, or none. Those that are there already are left out."""
    information = _open(information, by)
    there = {(each.on, each.at, each.what) for each in information.entries.all()}
    added = 0
    for line in lines:
        if (line.on, line.at, line.what) in there:
            continue
        entry = ChronologyEntry(
            information=information, on=line.on, at=line.at, what=line.what, done=line.done,
            source_reference=line.reference, reported_on=line.reported_on,
        )  # fmt: skip
        _entry(entry, by)
        added += 1
    if len(there) + added > MOST_LINES:
        raise Wrong(f"A chronology holds {MOST_LINES} lines at most.")
    _kept(information, by)
    return added


def _told(entry: ChronologyEntry, told: dict[str, Any]) -> None:
    for name, value in told.items():
        setattr(entry, name, plain(value) if isinstance(value, str) else value)


def _entry(entry: ChronologyEntry, by: Any) -> None:
    wrong = wrong_text("what", entry.what, "Enter what was recorded", LONG)
    today = clock.today()
    on: Any = entry.on
    if on is None:
        wrong["on"] = "Enter the date"
    elif on > today:
        wrong["on"] = "The date must be today or in the past"
    if entry.reported_on and entry.reported_on > today:
        wrong["reported_on"] = "The day of the report must be today or in the past"
    if len(entry.done) > LONG:
        wrong["done"] = f"This must be {LONG} characters or fewer. It has {len(entry.done)}"
    if len(entry.source_reference) > 80:
        wrong["source_reference"] = "This must be 80 characters or fewer"
    if wrong:
        raise ValidationError(wrong)
    history.save(entry, by=by)


# ---- sent ---------------------------------------------------------------------------------------


@transaction.atomic
def send_answer(information: InformationRequest, *, by: Any) -> InformationRequest:
    """Send the answer to the case's officers. It can be changed only if they send it back.

    The case is locked first: of two bodies that answer at once, the last sees the other's.
    """
    Application.objects.select_for_update(of=("self",)).get(pk=information.application_id)
    information = _open(information, by)
    lacking = queries.lacking(information)
    if lacking:
        raise ValidationError(lacking)
    information.sent_on = clock.today()
    information.version += 1
    history.save(information, by=by)
    requests.answer(information.request, text=SENT, by=by)
    audit.workflow.record(
        "answered the request for information in", information.application, by=by,
        partnership=information.partnership, group=information.group, sensitive=True,
        detail={"agency": information.agency.slug},
    )  # fmt: skip
    finish_if_all_in(information.application, by=by)
    return information


def finish_if_all_in(application: Application, *, by: Any) -> None:
    """Stop the clock of the information once every body has answered or is no longer asked."""
    asked = InformationRequest.objects.filter(application=application)
    if (
        asked.exclude(request__status__in=WAITING).exists()
        and not asked.filter(request__status__in=WAITING).exists()
    ):
        clocks.finish(application, ClockStage.INFORMATION, clock.today(), by=by)


@requests.withdrawn(KIND)
def _withdrawn(request: Any, by: Any) -> None:
    """A body is no longer asked: the others may all have answered."""
    information = InformationRequest.objects.filter(request=request).first()
    if information:
        _because(information, f"no longer asked. {request.closed_because}", by)
        finish_if_all_in(information.application, by=by)
