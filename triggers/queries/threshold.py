"""How the threshold of a case stands on what is known now, and whether a check is out of date."""

import datetime
from dataclasses import dataclass
from typing import Any

from core.dates import longdate, tabledate
from core.permissions import can
from core.workflow import Wrong
from triggers import engine
from triggers.engine import Suggestion, Tested
from triggers.models import (
    Application,
    BodyKind,
    Complaint,
    ComplaintTest,
    Impact,
    LocalAddition,
    Procedure,
    RelevantBody,
    Rule,
    Stage,
    ThresholdCheck,
    ThresholdDecision,
)


@dataclass(frozen=True, slots=True)
class Worked:
    """The tests of every complaint on the list, and what they come to."""

    rule: Rule
    tests: list[tuple[Complaint, Tested]]
    suggestion: Suggestion


def worked(application: Application) -> Worked:
    """Work out the threshold as things stand now, writing nothing.

    The version of the law and the local rules are those of the day of the application.
    Raises ``Wrong`` where no version of the law is known for that day.
    """
    applied = application.received_on
    if applied is None:
        raise Wrong("This application has not been sent in yet.")
    rule = rule_of(applied)
    tests = [(each, _tested(each, applied, rule)) for each in listed(application)]
    needed = Procedure.objects.get(partnership=application.partnership_id).complaints_needed
    impact = Impact.objects.filter(application=application).first()
    suggestion = engine.suggest(
        [tested for _, tested in tests], needed=needed, rule=rule,
        households=application.households, hate=bool(impact and impact.hate),
        vulnerable=bool(impact and (impact.vulnerable or impact.vulnerability)),
        additions=LocalAddition.objects.of(application.partnership).on(applied),
    )  # fmt: skip
    return Worked(rule, tests, suggestion)


def rule_of(day: datetime.date) -> Rule:
    """The version of the law in force on a day. Raises ``Wrong`` where none is known."""
    rule = Rule.objects.on(day).first()
    if rule is None:
        raise Wrong("No version of the law is loaded for that day. Ask a system administrator.")
    return rule


def listed(application: Application) -> list[Complaint]:
    """The complaints on the list: not those that were taken off it."""
    rows = Complaint.objects.filter(application=application, removed_because="")
    return list(rows.select_related("body__agency").order_by("number"))


def _tested(complaint: Complaint, applied: datetime.date, rule: Rule) -> Tested:
    return engine.test(
        happened_on=complaint.happened_on, reported_on=complaint.reported_on, applied_on=applied,
        relevant=relevant(complaint), rule=rule,
    )  # fmt: skip


def relevant(complaint: Complaint) -> bool | None:
    """Whether it was made to a body that counted on the day; ``None`` where that is not known."""
    if complaint.body is None:
        return False if complaint.other_body and complaint.reported_on else None
    if complaint.reported_on is None:
        return None
    return counted(complaint.body, complaint.reported_on)


def counted(body: RelevantBody, day: datetime.date) -> bool:
    """Whether a complaint to it on that day counts: it took part, and was not dissolved yet."""
    over = body.agency.ends_on
    return body.counted_on(day) and (over is None or day < over)


# ---- what was worked out ------------------------------------------------------------------------


def latest_check(application: Application) -> ThresholdCheck | None:
    """The newest working-out, with its tests."""
    rows = ThresholdCheck.objects.filter(application=application).select_related("rule", "by")
    return rows.prefetch_related("tests__complaint", "tests__body__agency").first()


def standing_decision(application: Application) -> ThresholdDecision | None:
    """The decision that holds: the newest."""
    rows = ThresholdDecision.objects.filter(application=application)
    return rows.select_related("decided_by", "check_made").first()


def out_of_date(check: ThresholdCheck) -> bool:
    """Whether a complaint, a rule or the procedure has changed since it was worked out."""
    now = worked(check.application)
    said = now.suggestion
    before = (check.rule_id, check.needed, check.counted, check.basis, check.local_reason)
    after = (now.rule.pk, said.needed, said.counted, said.met_by or "", said.local_reason)
    if before != after:
        return True
    was = {each.complaint_id: _facts(each) for each in check.tests.all()}
    return was != {
        complaint.pk: _facts(test_of(complaint, tested)) for complaint, tested in now.tests
    }


def test_of(complaint: Complaint, tested: Tested) -> ComplaintTest:
    """A complaint's test as it is kept, not saved."""
    return ComplaintTest(
        complaint=complaint, number=complaint.number, happened_on=complaint.happened_on,
        reported_on=complaint.reported_on, body=complaint.body,
        reported_in_time=tested.report.passed, last_day_to_report=tested.report.last_day,
        applied_in_time=tested.apply.passed, last_day_to_apply=tested.apply.last_day,
        to_relevant_body=tested.body.passed, counts=tested.counts, reason=tested.reason,
        rule=tested.rule,
    )  # fmt: skip


def _facts(kept: ComplaintTest) -> tuple:
    return (
        kept.number, kept.happened_on, kept.reported_on, kept.body_id, kept.reported_in_time,
        kept.applied_in_time, kept.to_relevant_body, kept.counts, kept.reason, kept.rule,
    )  # fmt: skip


# ---- as the pages show it -----------------------------------------------------------------------

KINDS = {
    BodyKind.COUNCIL: "council",
    BodyKind.POLICE: "police",
    BodyKind.HEALTH: "health",
    BodyKind.HOUSING: "landlord",
}


@dataclass(frozen=True, slots=True)
class Cell:
    """One test in the table: yes, no or not known, and in words."""

    passed: bool | None
    says: str


@dataclass(frozen=True, slots=True)
class Row:
    """One complaint in the table of tests, as it was when it was tested."""

    kept: ComplaintTest
    reported: Cell
    applied: Cell
    told: Cell

    @property
    def dates(self) -> str:
        """When it happened; to whom and when it was reported."""
        kept = self.kept
        happened = longdate(kept.happened_on) if kept.happened_on else "Day not known"
        body = str(kept.body) if kept.body else kept.complaint.other_body or "Nobody named"
        if kept.reported_on is None:
            return f"{happened}. {body}, day not known"
        return f"{happened}. {body}, {tabledate(kept.reported_on, kept.happened_on or _NEVER)}"


@dataclass(frozen=True, slots=True)
class Shown:
    """The threshold on the page of a case."""

    check: ThresholdCheck | None
    rows: list[Row]
    explains: str
    stale: bool
    decision: ThresholdDecision | None
    may_decide: bool
    may_change: bool
    warns: bool


_NEVER = datetime.date.min


def shown(case: Application, user: Any) -> Shown:
    """The newest working-out and the decision that stands, and what may be done with them."""
    check, decision = latest_check(case), standing_decision(case)
    may = bool(can(user, "decide threshold", case)) and case.erased_on is None
    open_to_decide = case.stage == Stage.RECEIVED and decision is None
    open_to_change = decision is not None and case.stage in (Stage.NO_REVIEW, Stage.REVIEW)
    undecided = check is not None and (open_to_decide or open_to_change)
    return Shown(
        check=check, rows=table(check), explains=explains(check) if check else "",
        stale=undecided and may and check is not None and out_of_date(check), decision=decision,
        may_decide=may and open_to_decide, may_change=may and open_to_change,
        warns=may and case.applicant_is_complained_of,
    )  # fmt: skip


def table(check: ThresholdCheck | None) -> list[Row]:
    """The rows of a working-out, in words as they were then."""
    if check is None:
        return []
    applied = check.application.received_on
    return [_row(kept, applied, check.rule) for kept in check.tests.all()]


def _row(kept: ComplaintTest, applied: datetime.date | None, rule: Rule) -> Row:
    tested = engine.test(
        happened_on=kept.happened_on, reported_on=kept.reported_on,
        applied_on=applied or _NEVER, relevant=kept.to_relevant_body, rule=rule,
    )  # fmt: skip
    told = tested.body.says
    if kept.to_relevant_body and kept.body:
        told = KINDS[BodyKind(kept.body.kind)]
    return Row(
        kept, Cell(kept.reported_in_time, tested.report.says),
        Cell(kept.applied_in_time, tested.apply.says), Cell(kept.to_relevant_body, told),
    )  # fmt: skip


def explains(check: ThresholdCheck) -> str:
    """Where the limit comes from, and what becomes of the complaints that do not count."""
    most = check.rule.complaints_at_most
    if check.needed == most:
        words = [f"The limit here is {most}, the most the law allows."]
    else:
        words = [f"The limit here is {check.needed}. The law allows up to {most}."]
    others = [str(each.number) for each in check.tests.all() if not each.counts]
    if others:
        noun, verb = ("Complaint", "goes") if len(others) == 1 else ("Complaints", "go")
        listed = ", ".join(others[:-1]) + (" and " if others[1:] else "") + others[-1]
        words.append(f"{noun} {listed} still {verb} to a panel as background.")
    if check.local_reason:
        words.append(f"Local rule: {check.local_reason}.")
    return " ".join(words)


def checks(case: Application) -> list[ThresholdCheck]:
    """Every working-out, the newest first."""
    rows = ThresholdCheck.objects.filter(application=case).select_related("rule", "by")
    return list(rows.prefetch_related("tests__complaint", "tests__body__agency"))


def decisions(case: Application) -> list[ThresholdDecision]:
    """Every decision, the one that stands first."""
    rows = ThresholdDecision.objects.filter(application=case)
    return list(rows.select_related("decided_by"))
