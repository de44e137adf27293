"""The threshold: worked out by the engine, decided by an officer, with reasons.

Whether it is met and whether a review is held are facts of their own.
"""

import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

import notices.workflow
from audit import workflow as audit
from core import clock
from core.dates import count
from core.history import save
from core.permissions import can, require
from core.workflow import Wrong
from triggers.models import (
    Application,
    Basis,
    ClockStage,
    ComplaintTest,
    CountedFrom,
    Review,
    Rule,
    Stage,
    ThresholdCheck,
    ThresholdDecision,
)
from triggers.queries import cases, people
from triggers.queries import threshold as queries
from triggers.workflow import clocks

STALE = (
    "A complaint, the list or a rule has changed since the threshold was worked out. Work it out "
    "again, and decide on what it says then."
)
WEIGHED = {
    "persistence": "Enter how persistent the behaviour is",
    "harm": "Enter what harm it does, or could do",
    "response": "Enter whether the response so far was adequate",
}
# Clocks that stop where no review is held.
OF_REVIEW = (ClockStage.INFORMATION, ClockStage.PANEL, ClockStage.OUTCOME)


@transaction.atomic
def work_out(application: Application, *, by: Any) -> ThresholdCheck:
    """Test every complaint on the list and keep what was found. Nothing is decided by it.

    ``by`` may be nobody: the application itself, as it is sent in.
    """
    application = _locked(application)
    if by is not None:
        require(can(by, "decide threshold", application))
    found = queries.worked(application)
    said = found.suggestion
    check = ThresholdCheck.objects.create(
        application=application, by=by, rule=found.rule, needed=said.needed,
        counted=said.counted, basis=said.met_by or "", local_reason=said.local_reason,
        says=said.says,
    )  # fmt: skip
    tests = [queries.test_of(complaint, tested) for complaint, tested in found.tests]
    for test in tests:
        test.check_of = check
    ComplaintTest.objects.bulk_create(tests)
    _note("worked out the threshold of", application, by, counted=check.counted)
    return check


def work_out_as_it_comes(application: Application) -> None:
    """The first working-out, of an application that was just sent in, if the law is loaded."""
    if application.received_on and Rule.objects.on(application.received_on).exists():
        work_out(application, by=None)


@transaction.atomic
def decide(
    application: Application, *, met: bool, review: bool, reason: str, basis: str = "",
    persistence: str = "", harm: str = "", response: str = "", reversed_because: str = "",
    by: Any,
) -> ThresholdDecision:  # fmt: skip
    """Decide whether the threshold is met and a review is held (2014 Act, section 104(4), (5)).

    With enough qualifying complaints it is met, whatever was asked for; otherwise what is weighed
    is written down. A later decision says why the one before it was changed. Raises ``Wrong``
    where it was not worked out on what is known now.
    """
    application = _locked(application)
    require(can(by, "decide threshold", application))
    before = queries.standing_decision(application)
    _fits(application, before)
    check = queries.latest_check(application)
    if check is None:
        raise Wrong("Work out the threshold first.")
    if queries.out_of_date(check):
        raise Wrong(STALE)
    weighed = {"persistence": persistence, "harm": harm, "response": response}
    weighed = {name: words.strip() for name, words in weighed.items()}
    basis = _basis(check, basis, met=met)
    _refuse(check, before, met, review, reason, basis, weighed, reversed_because)
    decision = ThresholdDecision(
        application=application, number=before.number + 1 if before else 1, check_made=check,
        counted=check.counted, needed=check.needed, met=met, basis=basis, review=review,
        reason=reason.strip(), reversed_because=reversed_because.strip(),
        decided_on=clock.today(), decided_by=by, **weighed,
    )  # fmt: skip
    save(decision, by=by)
    _move(application, review=review, changed=before is not None, by=by)
    verb = "changed the threshold decision of" if before else "decided the threshold of"
    _note(verb, application, by, number=decision.number)
    _tell(application, decision, by)
    return decision


def _fits(application: Application, before: ThresholdDecision | None) -> None:
    """Refuse a decision that comes too early or too late."""
    if before is None and application.stage != Stage.RECEIVED:
        raise Wrong("The threshold cannot be decided at this stage.")
    if before and application.stage not in (Stage.RECEIVED, Stage.NO_REVIEW, Stage.REVIEW):
        raise Wrong("The decision can be changed only until the panel has finished.")
    if cases.stands_still(application):
        raise Wrong("The victim has refused consent. Decide first how to go on.")
    if before and Review.objects.filter(application=application, held_on__isnull=False).exists():
        raise Wrong("The panel has sat, so the decision stands.")


def _basis(check: ThresholdCheck, asked: str, *, met: bool) -> str:
    """By what it is met: enough complaints, else a local rule that was asked for, else weighed."""
    if not met:
        return ""
    if check.counted >= check.needed:
        return Basis.COMPLAINTS
    if asked == Basis.LOCAL and check.basis == Basis.LOCAL:
        return Basis.LOCAL
    return Basis.WEIGHED


def _refuse(
    check: ThresholdCheck, before: ThresholdDecision | None, met: bool, review: bool, reason: str,
    basis: str, weighed: dict[str, str], reversed_because: str,
) -> None:  # fmt: skip
    """Raise ``ValidationError`` with what is missing, or what the law does not allow."""
    wrong = {}
    if not met and check.counted >= check.needed:
        wrong["decision"] = (
            f"{count(check.counted, 'complaint')} qualify, so the law leaves no choice: the "
            "threshold is met (2014 Act, section 104(4))"
        )
    elif met and not review:
        wrong["decision"] = "Where the threshold is met, a review must be held"
    elif basis not in (Basis.COMPLAINTS, Basis.LOCAL):
        wrong |= {name: says for name, says in WEIGHED.items() if not weighed[name]}
    if not reason.strip():
        wrong["reason"] = "Enter the reason, in words the applicant will read"
    if before and not reversed_because.strip():
        wrong["reversed_because"] = "Enter why the decision before is changed"
    if wrong:
        raise ValidationError(wrong)


def _move(application: Application, *, review: bool, changed: bool, by: Any) -> None:
    """Go on to the panel, or to no review, and let the clocks follow."""
    on = clock.today()
    was_off = application.stage == Stage.NO_REVIEW
    application.stage = Stage.REVIEW if review else Stage.NO_REVIEW
    application.version += 1
    save(application, by=by, fields=["stage", "version"])
    clocks.finish(application, ClockStage.THRESHOLD, on, by=by)
    if not review:
        clocks.stop(application, OF_REVIEW, because="No review is held", on=on, by=by)
        return
    clocks.begin(application, CountedFrom.DECISION, on, by=by)
    if changed and was_off:
        _take_up_again(application, on, by)


def _take_up_again(application: Application, on: datetime.date, by: Any) -> None:
    """After a decision that was changed the panel's clock runs anew; so that for information."""
    because = "a later appeal is about the review"
    clocks.stop(application, [ClockStage.APPEAL], because=because, on=on, by=by)
    for stage in (ClockStage.INFORMATION, ClockStage.PANEL):
        clocks.begin_again(application, stage, on, from_what="the changed decision", by=by)


def _locked(application: Application) -> Application:
    rows = Application.objects.select_for_update(of=("self",))
    return rows.select_related("partnership", "group").get(pk=application.pk)


def _tell(application: Application, decision: ThresholdDecision, by: Any) -> None:
    notices.workflow.tell(
        people.officers_of(application), kind="case-review-decided", about=application,
        text=f"The threshold of {application.reference} is decided. A letter is to be sent.",
        url=application.get_absolute_url(), partnership=application.partnership,
        occurrence=str(decision.number), but=by,
    )  # fmt: skip


def _note(verb: str, application: Application, by: Any, **detail: Any) -> None:
    audit.record(
        verb, application, by=by, partnership=application.partnership, group=application.group,
        sensitive=True, detail=detail,
    )  # fmt: skip
