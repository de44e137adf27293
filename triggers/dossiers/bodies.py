"""What was decided of the threshold, what bodies answered, and where accounts do not fit."""

from collections.abc import Iterator

from triggers.dossiers.shapes import Section, facts, table, words
from triggers.models import (
    Application,
    Clock,
    ComplaintTest,
    InformationRequest,
    ThresholdCheck,
    ThresholdDecision,
)
from triggers.queries.merged import misfits_of
from triggers.queries.threshold import listed

WITHHELD = "What is not given, and the law that says so"


def sections(case: Application) -> Iterator[Section]:
    """The second part of a dossier."""
    yield _threshold(case)
    yield _clocks(case)
    answers = list(
        InformationRequest.objects.filter(application=case)
        .select_related("agency", "request").prefetch_related("entries__complaint")
    )  # fmt: skip
    for number, answer in enumerate(answers, 1):
        yield _answer(number, answer)
    sent = [each for each in answers if each.sent_on]
    found = misfits_of(case, listed(case), sent)
    yield Section(
        "What does not fit together",
        tables=(
            table("misfits", "Contradictions and gaps", ("What", "Where", "What was found out"),
                  ((each.label, each.says, each.settled.settled if each.settled else "")
                   for each in found)),
        ),
    )  # fmt: skip


def _threshold(case: Application) -> Section:
    check = ThresholdCheck.objects.filter(application=case).select_related("rule").first()
    told = facts(check, "at", "rule", "needed", "counted", "basis", "local_reason", "says") if (
        check) else ()  # fmt: skip
    tests = ComplaintTest.objects.filter(check_of=check) if check else ComplaintTest.objects.none()
    decisions = ThresholdDecision.objects.filter(application=case).select_related("decided_by")
    return Section(
        "The threshold",
        told,
        tables=(
            table(
                "tests", "Each incident’s own test", ("Incident", "Counts", "Reason", "Rule"),
                ((each.number, each.counts, each.reason, each.rule) for each in tests),
            ),
            table(
                "decisions", "Decisions",
                ("Decision", "Day", "Threshold met", "A review is held", "Why", "Persistence",
                 "Harm", "The response", "Why the decision before was changed", "By"),
                ((f"Decision {each.number}", each.decided_on, each.met, each.review, each.reason,
                  each.persistence, each.harm, each.response, each.reversed_because,
                  each.decided_by) for each in decisions),
                wide=True,
            ),
        ),
    )  # fmt: skip


def _clocks(case: Application) -> Section:
    clocks = Clock.objects.filter(application=case).prefetch_related("delays__by")
    return Section(
        "Clocks",
        tables=(
            table(
                "clocks", "What was due when",
                ("Step", "First due", "Now due", "Done", "Stopped", "Why it was stopped"),
                ((each.get_stage_display(), each.first_due_on, each.due_on, each.done_on,
                  each.stopped_on, each.stopped_because) for each in clocks),
            ),
            table(
                "delays", "Delays", ("Step", "New date", "Reason"),
                ((clock.get_stage_display(), each.due_on, each.reason)
                 for clock in clocks for each in clock.delays.all()),
            ),
        ),
    )  # fmt: skip


def _answer(number: int, answer: InformationRequest) -> Section:
    """One body's answer; a draft is the body's alone, so until it is sent only what was asked."""
    asked = (("Asked for by", words(answer.request.due_on)), *facts(answer, "questions"))
    if not answer.sent_on:
        return Section(f"What {answer.agency} answered", (*asked, ("Answer", "None yet")))
    told = facts(answer, "sent_on", "known", "summary", "risk", "offers")
    withheld = ((WITHHELD, answer.withheld),) if answer.withheld else ()
    lines = table(
        f"chronology-{number}", f"Chronology of {answer.agency}",
        ("Date", "Time", "What was recorded", "What was done", "Reported on", "Reference",
         "Incident"),
        ((each.on, each.at, each.what, each.done, each.reported_on, each.source_reference,
          each.complaint.number if each.complaint else "") for each in answer.entries.all()),
        wide=True,
    )  # fmt: skip
    return Section(f"What {answer.agency} answered", asked + told + withheld, tables=(lines,))
