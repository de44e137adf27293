"""The threshold of a review, worked out from dates: pure, so that it can be proved.

Each complaint has three tests of its own (2014 Act, section 104(11), and 105): reported in time,
applied for in time, and to a body that counts. Whatever else is true, enough qualifying complaints
mean that the threshold is met (section 104(4)). How months are counted, and where that is open to
doubt, stands in ``docs/decisions/0029-a-month-that-begins-with-the-day.md``.
"""

import calendar
import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from core.dates import count, longdate, tabledate
from triggers.models import AdditionKind, Basis

DAY = datetime.timedelta(days=1)


class Limits(Protocol):
    """What a version of the law sets: ``triggers.models.Rule``, or the like of it."""

    name: str
    report_within: int
    apply_within: int
    complaints_at_most: int
    starts_on: datetime.date


@dataclass(frozen=True, slots=True)
class Answer:
    """One test: yes, no, or not known (``None``); the last day that counts; and in words."""

    passed: bool | None
    says: str
    last_day: datetime.date | None = None


@dataclass(frozen=True, slots=True)
class Tested:
    """One complaint's three tests, and whether it counts. What is not known does not count."""

    report: Answer
    apply: Answer
    body: Answer
    counts: bool
    reason: str
    rule: str


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What the tests come to. ``met_by`` is nothing where the officer must weigh."""

    met_by: Basis | None
    counted: int
    needed: int
    says: str
    local_reason: str = ""


# ---- periods ------------------------------------------------------------------------------------


def last_day(first: datetime.date, months: int) -> datetime.date:
    """The last day of a period of so many months that begins with this day.

    It is the day before the corresponding date, or the month's last day where that month has no
    such date: from 15 March until 14 April, from 31 August until 30 September.
    """
    year, month = _later(first, months)
    if year > datetime.MAXYEAR:
        return datetime.date.max
    days = calendar.monthrange(year, month)[1]
    if first.day > days:
        return datetime.date(year, month, days)
    return datetime.date(year, month, first.day) - DAY


def elapsed(start: datetime.date, end: datetime.date) -> str:
    """How long it is from one day to a later one: 5 months, 18 days."""
    months = (end.year - start.year) * 12 + end.month - start.month
    if _same_day(start, months) > end:
        months -= 1
    days = (end - _same_day(start, months)).days
    parts = [count(months, "month")] * bool(months) + [count(days, "day")] * bool(days)
    return ", ".join(parts) or "on the same day"


def _later(first: datetime.date, months: int) -> tuple[int, int]:
    year, month = divmod(first.year * 12 + first.month - 1 + months, 12)
    return year, month + 1


def _same_day(first: datetime.date, months: int) -> datetime.date:
    year, month = _later(first, months)
    return datetime.date(year, month, min(first.day, calendar.monthrange(year, month)[1]))


# ---- the tests of one complaint -----------------------------------------------------------------


def test(
    *, happened_on: datetime.date | None, reported_on: datetime.date | None,
    applied_on: datetime.date, relevant: bool | None, rule: Limits,
) -> Tested:  # fmt: skip
    """Test one complaint. ``relevant`` says whether it was made to a body that counts, if known."""
    report = _report(happened_on, reported_on, applied_on, rule.report_within)
    apply = _apply(reported_on, applied_on, rule.apply_within)
    body = _body(relevant, reported_on)
    counts = bool(report.passed and apply.passed and body.passed)
    return Tested(report, apply, body, counts, _reason(report, apply, body), version(rule))


test.__test__ = False  # type: ignore[attr-defined]  # or pytest would take it for one of its own


def version(rule: Limits) -> str:
    """The rule and its version, as it is kept beside each test."""
    return f"{rule.name}, in force from {longdate(rule.starts_on)}"


def _report(
    happened: datetime.date | None, reported: datetime.date | None, applied: datetime.date,
    months: int,
) -> Answer:  # fmt: skip
    if happened is None:
        return Answer(None, "we do not know when it happened")
    last = last_day(happened, months)
    if reported is None:
        return Answer(None, "we do not know when it was reported", last)
    if reported < happened:
        return Answer(False, "reported before it happened", last)
    if reported > last:
        return Answer(False, _too_late(reported, last, applied), last)
    if reported == last:
        return Answer(True, "on the last day", last)
    days = (reported - happened).days
    return Answer(True, f"{count(days, 'day')} after" if days else "on the same day", last)


def _apply(reported: datetime.date | None, applied: datetime.date, months: int) -> Answer:
    if reported is None:
        return Answer(None, "we do not know when it was reported")
    last = last_day(reported, months)
    if applied < reported:
        return Answer(False, "reported after the application", last)
    if applied > last:
        return Answer(False, _too_late(applied, last, applied), last)
    if applied == last:
        return Answer(True, "on the last day", last)
    return Answer(True, elapsed(reported, applied), last)


def _too_late(on: datetime.date, last: datetime.date, applied: datetime.date) -> str:
    late = count((on - last).days, "day")
    return f"{late} too late, last day was {tabledate(last, applied)}"


def _body(relevant: bool | None, reported: datetime.date | None) -> Answer:
    if relevant is None:
        what = "to whom" if reported else "when"
        return Answer(None, f"we do not know {what} it was reported")
    return Answer(relevant, "a body that counts" if relevant else "not a body that counts")


def _reason(report: Answer, apply: Answer, body: Answer) -> str:
    failed = [
        *([_sentence("Reported", report)] if not report.passed else []),
        *([_sentence("Application", apply)] if not apply.passed else []),
        *([_untold(body)] if not body.passed else []),
    ]
    if not failed:
        return f"Yes. Reported {report.says}, and the application came {_when(apply.says)}."
    return f"No. {' '.join(dict.fromkeys(failed))}"


def _sentence(what: str, answer: Answer) -> str:
    """What stands against a complaint, as a sentence."""
    whole = answer.passed is None or answer.says.startswith("reported")
    said = answer.says if whole else f"{what} {answer.says}"
    return f"{said[0].upper()}{said[1:]}."


def _untold(body: Answer) -> str:
    if body.passed is None:
        return _sentence("", body)
    return "Not reported to a body that counts."


def _when(says: str) -> str:
    return says if says.startswith("on ") else f"{says} later"


# ---- all of them together -----------------------------------------------------------------------


def suggest(
    tests: Sequence[Tested], *, needed: int, rule: Limits, households: int = 1,
    hate: bool = False, vulnerable: bool = False, additions: Iterable[Any] = (),
) -> Suggestion:  # fmt: skip
    """What the tests come to, where the procedure asks for so many complaints.

    Never more are asked for than the law allows. ``additions`` are the partnership's own rules,
    each with its ``kind``, ``number`` and ``source``.
    """
    needed = min(needed, rule.complaints_at_most)
    counted = sum(each.counts for each in tests)
    tally = _tally(counted, len(tests))
    if counted >= needed:
        return Suggestion(Basis.COMPLAINTS, counted, needed, f"{tally}. The threshold is met")
    for addition in additions:
        local = _local(addition, counted, households, hate, vulnerable)
        if local:
            says = f"{tally}, and {_needed(needed)}. A local rule lets the threshold be met"
            return Suggestion(Basis.LOCAL, counted, needed, says, local)
    says = f"{tally}, and {_needed(needed)}. You weigh the rest"
    return Suggestion(None, counted, needed, says)


def _tally(counted: int, of: int) -> str:
    if not of:
        return "There is no complaint on the list"
    verb = "counts" if counted == 1 or of == 1 else "count"
    return f"{counted or 'None'} of {count(of, 'complaint')} {verb}"


def _needed(number: int) -> str:
    return f"{number} {'is' if number == 1 else 'are'} needed"


def _local(addition: Any, counted: int, households: int, hate: bool, vulnerable: bool) -> str:
    """Why a local rule holds, with where it stands written; empty where it does not."""
    if addition.kind == AdditionKind.HOUSEHOLDS:
        holds, why = households >= addition.number, f"{count(households, 'home')} complain"
    elif addition.kind == AdditionKind.HATE:
        holds, why = hate and counted >= addition.number, "the behaviour is driven by hate"
    else:
        holds, why = vulnerable and counted >= addition.number, "the victim is vulnerable"
    return f"{why[0].upper()}{why[1:]} ({addition.source})"[:300] if holds else ""
