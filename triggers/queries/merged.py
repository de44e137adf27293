"""One timeline of all accounts of a case, and where they do not fit together.

What a body recorded shows to the case's officers once it was sent, to the others on the case once
the panel's pack is made, and to the body itself.
"""

import datetime
from dataclasses import dataclass, field
from typing import Any

from core import clock
from core.dates import count, longdate
from core.permissions import can
from membership import succession
from triggers.models import (
    Application,
    ChronologyEntry,
    Complaint,
    InformationRequest,
    Misfit,
    MisfitKind,
    Review,
)
from triggers.queries.threshold import listed

SILENT = datetime.timedelta(days=28)
APPLICANT = "The applicant"


@dataclass(frozen=True, slots=True)
class Found:
    """A contradiction or a gap, by a key that stays the same while the accounts do."""

    kind: str
    key: str
    says: str
    settled: Misfit | None = None
    entry: ChronologyEntry | None = None
    complaint: Complaint | None = None

    @property
    def label(self) -> str:
        """Its kind in words."""
        return str(MisfitKind(self.kind).label)


@dataclass(slots=True)
class Line:
    """One line of the timeline: when, who says so, what happened and what was done."""

    on: datetime.date | None
    at: datetime.time | None
    source: str
    what: str
    done: str = ""
    reference: str = ""
    complaint: Complaint | None = None
    entry: ChronologyEntry | None = None
    reported: str = ""
    sure: bool = True
    misfits: list[Found] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Timeline:
    """All lines in one order, what does not fit, and whose accounts are in it."""

    lines: list[Line]
    misfits: list[Found]
    sources: list[str]

    @property
    def open_misfits(self) -> list[Found]:
        """Those about which nothing has been found out yet."""
        return [each for each in self.misfits if each.settled is None]


def pack_is_made(case: Application) -> bool:
    """Whether the panel's pack is made, so that everybody on the case reads all accounts."""
    return Review.objects.filter(application=case, pack_made_on__isnull=False).exists()


def accounts(case: Application, user: Any) -> list[InformationRequest]:
    """The answers that this person may read in the timeline: those that were sent."""
    found = InformationRequest.objects.filter(application=case, sent_on__isnull=False)
    if not (can(user, "read chronologies", case) or pack_is_made(case)):
        found = found.filter(pk__in=InformationRequest.objects.visible_to(user).values("pk"))
    return list(found.select_related("agency").prefetch_related("entries__complaint"))


def timeline(case: Application, user: Any) -> Timeline:
    """The complaints and the bodies' lines in one order, with what does not fit."""
    complaints, answers = listed(case), accounts(case, user)
    misfits = misfits_of(case, complaints, answers)
    lines = [*(_complaint(each) for each in complaints), *_entries(answers)]
    for line in lines:
        line.misfits = [each for each in misfits if _belongs(each, line)]
    lines.sort(key=lambda line: (
        line.on or datetime.date.max, line.at or datetime.time.min, line.source != APPLICANT,
        line.source,
    ))  # fmt: skip
    sources = [APPLICANT, *(each.agency.name for each in answers)]
    return Timeline(lines, misfits, sources)


def _complaint(complaint: Complaint) -> Line:
    told = complaint.body.agency.name if complaint.body else complaint.other_body
    reported = ""
    if complaint.reported_on:
        reported = f"Reported to {told or 'somebody'} on {longdate(complaint.reported_on)}"
    return Line(
        complaint.happened_on, None, APPLICANT, complaint.what, complaint.response,
        complaint.report_reference, complaint, None, reported, complaint.day_is_sure,
    )  # fmt: skip


def _entries(answers: list[InformationRequest]) -> list[Line]:
    return [
        Line(
            entry.on, entry.at, answer.agency.name, entry.what, entry.done,
            entry.source_reference, entry.complaint, entry,
            f"Reported to it on {longdate(entry.reported_on)}" if entry.reported_on else "",
        )
        for answer in answers
        for entry in answer.entries.all()
    ]  # fmt: skip


def _belongs(misfit: Found, line: Line) -> bool:
    if misfit.entry:
        return line.entry is not None and line.entry.pk == misfit.entry.pk
    if misfit.complaint and line.entry is None and line.complaint:
        return line.complaint.pk == misfit.complaint.pk
    return False


# ---- what does not fit --------------------------------------------------------------------------


def misfits_of(
    case: Application, complaints: list[Complaint], answers: list[InformationRequest]
) -> list[Found]:
    """Every contradiction and gap among the accounts given, with what was found out about it."""
    settled = {(each.kind, each.key): each for each in Misfit.objects.filter(application=case)}
    today = clock.today()
    found: list[Found] = []
    for answer in answers:
        entries = list(answer.entries.all())
        own = succession.lineage({answer.agency_id}, today)
        theirs = [each for each in complaints if each.body and each.body.agency_id in own]
        found += _dates(answer, theirs, entries)
        found += _unlisted(answer, complaints, entries)
        found += _silences(answer, theirs, entries, today)
    return [
        Found(each.kind, each.key, each.says, settled.get((each.kind, each.key)), each.entry,
              each.complaint)
        for each in found
    ]  # fmt: skip


def _dates(
    answer: InformationRequest, theirs: list[Complaint], entries: list[ChronologyEntry]
) -> list[Found]:
    """The day of a report differs, or the body has no record of it."""
    found = []
    for complaint in theirs:
        held = [each for each in entries if each.complaint_id == complaint.pk]
        reports = [each for each in held if each.reported_on]
        key = f"{complaint.pk}-{answer.pk}"
        if not held:
            says = f"{answer.agency} has no record of the report of incident {complaint.number}"
            found.append(Found(MisfitKind.UNKNOWN, key, says, complaint=complaint))
        elif reports and complaint.reported_on not in {each.reported_on for each in reports}:
            entry = reports[0]
            theirs_on = longdate(entry.reported_on) if entry.reported_on else ""
            told = longdate(complaint.reported_on) if complaint.reported_on else "no day"
            says = (
                f"Incident {complaint.number}: the applicant says {told}, {answer.agency} says "
                f"{theirs_on}"
            )
            found.append(Found(MisfitKind.DATE, key, says, entry=entry, complaint=complaint))
    return found


def _unlisted(
    answer: InformationRequest, complaints: list[Complaint], entries: list[ChronologyEntry]
) -> list[Found]:
    """A report that the body has, and that is not on the applicant's list."""
    listed_keys = {each.pk for each in complaints}
    return [
        Found(
            MisfitKind.UNLISTED, str(entry.pk),
            f"{answer.agency}: its report of {longdate(entry.reported_on)} is not on the list",
            entry=entry,
        )
        for entry in entries
        if entry.reported_on and entry.complaint_id not in listed_keys
    ]  # fmt: skip


def _silences(
    answer: InformationRequest, theirs: list[Complaint], entries: list[ChronologyEntry],
    today: datetime.date,
) -> list[Found]:  # fmt: skip
    """After a report the body recorded nothing, of what it did or heard, for over 28 days."""
    lines = sorted({each.on for each in entries})
    reports: dict[datetime.date, tuple[Complaint | None, ChronologyEntry | None]] = {}
    for entry in entries:
        if entry.reported_on:
            reports.setdefault(entry.reported_on, (entry.complaint, entry))
    linked = {each.complaint_id for each in entries if each.reported_on}
    for complaint in theirs:
        if complaint.reported_on and complaint.pk not in linked:
            reports.setdefault(complaint.reported_on, (complaint, None))
    found = []
    for day, (told, line) in sorted(reports.items()):
        following = next((each for each in lines if each > day), None)
        ended = following or answer.sent_on or today
        gap = ended - day
        at_once = any(each.on == day and each.done for each in entries)
        if gap <= SILENT or at_once:
            continue
        says = f"{answer.agency} recorded nothing for {count(gap.days, 'day')} after the report of "
        says += longdate(day)
        found.append(
            Found(MisfitKind.SILENT, f"{answer.pk}-{day}", says, entry=line, complaint=told)
        )
    return found
