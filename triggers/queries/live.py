"""What the threshold says of an application while it is filled in, in words for who applies."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from core.dates import longdate, tabledate
from triggers import engine
from triggers.models import Complaint, Procedure, Rule
from triggers.queries.threshold import relevant

NUMBERS = (
    "none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
    "eleven", "twelve",
)  # fmt: skip
TIMES = {1: "once", 2: "twice"}


def number(count: int) -> str:
    """Small numbers in words: three, 14."""
    return NUMBERS[count] if count < len(NUMBERS) else str(count)


def times(count: int) -> str:
    """Once, twice, three times."""
    return TIMES.get(count, f"{number(count)} times")


def months(count: int) -> str:
    """A month, six months."""
    return "month" if count == 1 else f"{number(count)} months"


@dataclass(frozen=True, slots=True)
class Row:
    """One report as it was told: when, to whom, and whether it counts."""

    complaint: Complaint
    place: int
    title: str
    happened: str
    told: str
    counts: bool
    why_not: str

    @property
    def complete(self) -> bool:
        """Whether nothing is missing that the threshold asks for."""
        return self.complaint.complete or self.complaint.told_nobody


def title(complaint: Complaint) -> str:
    """The beginning of what happened, on one line."""
    words = " ".join(complaint.what.split())
    if not words:
        return "Not told yet"
    return words if len(words) <= 60 else f"{words[:59].rsplit(' ', 1)[0]}…"


def rows(complaints: Iterable[Complaint], *, on: datetime.date, rule: Rule | None) -> list[Row]:
    """Each report with what its tests say if the application is sent on that day."""
    return [_row(each, place, on, rule) for place, each in enumerate(complaints, 1)]


def _row(complaint: Complaint, place: int, on: datetime.date, rule: Rule | None) -> Row:
    tested = test(complaint, on, rule) if rule else None
    return Row(
        complaint=complaint, place=place, title=title(complaint),
        happened=_happened(complaint, on), told=_told(complaint, on, tested),
        counts=bool(tested and tested.counts),
        why_not="" if tested is None or tested.counts else _why_not(complaint, tested, on),
    )  # fmt: skip


def test(complaint: Complaint, on: datetime.date, rule: Rule) -> engine.Tested:
    """The three tests of one report."""
    return engine.test(
        happened_on=complaint.happened_on, reported_on=complaint.reported_on, applied_on=on,
        relevant=False if complaint.told_nobody else relevant(complaint), rule=rule,
    )  # fmt: skip


test.__test__ = False  # type: ignore[attr-defined]  # or pytest would take it for one of its own


def _happened(complaint: Complaint, on: datetime.date) -> str:
    if complaint.happened_on is None:
        return "On a day we do not know"
    day = longdate(complaint.happened_on)
    about = "" if complaint.day_is_sure else "About "
    if complaint.went_on_from:
        return f"{about}{longdate(complaint.went_on_from)} to {day}"
    return f"{about}{day}"


def _told(complaint: Complaint, on: datetime.date, tested: engine.Tested | None) -> str:
    if complaint.told_nobody:
        return "You have told nobody yet"
    whom = complaint.other_body or (str(complaint.body) if complaint.body else "")
    if not whom and not complaint.reported_on:
        return "You have not said whom you told"
    says = f"Told {whom or 'somebody'}"
    if complaint.reported_on is None:
        return says
    says += _when(complaint, on)
    last = tested.report.last_day if tested else None
    return f"{says}, the last day that counts" if complaint.reported_on == last else says


def _when(complaint: Complaint, on: datetime.date) -> str:
    if complaint.happened_on and complaint.reported_on:
        later = (complaint.reported_on - complaint.happened_on).days
        if later < 2:
            return (" the same day", " the next day")[later]
    return f" on {tabledate(complaint.reported_on, on)}" if complaint.reported_on else ""


def _why_not(complaint: Complaint, tested: engine.Tested, on: datetime.date) -> str:
    """What stands against it, kindly, and what can be done about it."""
    if complaint.told_nobody:
        return "It counts once you have told the police, the council or your landlord."
    if complaint.happened_on is None:
        return "We need to know the day it happened, or near enough."
    if not (complaint.body or complaint.other_body):
        return "We need to know whom you told."
    if complaint.reported_on is None:
        return "We need to know the day you told them, or near enough."
    if tested.report.passed is False and tested.report.last_day:
        last = tabledate(tested.report.last_day, on)
        return f"It was told too late to count. The last day was {last}."
    if tested.apply.passed is False and tested.apply.last_day:
        last = tabledate(tested.apply.last_day, on)
        return f"It is too long ago to count. The last day to ask us was {last}."
    return "Those you told do not take part in reviews, so it may not count."


@dataclass(frozen=True, slots=True)
class Outlook:
    """How the threshold looks so far, in one or two sentences; ``lead`` is set in bold."""

    before: str
    lead: str
    after: str


def outlook(found: list[Row], procedure: Procedure, rule: Rule | None) -> Outlook | None:
    """What we would say today of all reports together."""
    if rule is None or not found:
        return None
    needed = min(procedure.complaints_needed, rule.complaints_at_most)
    counted = sum(each.counts for each in found)
    if counted >= needed:
        return Outlook(
            "It looks as if ", _enough(counted, len(found)),
            ". If the records of the police, the council and others agree, we must hold a review.",
        )  # fmt: skip
    more = f"We must hold a review if {number(needed)} {'counts' if needed == 1 else 'count'}."
    anyway = "You can still ask. We also look at how badly it affects you."
    if not counted:
        return Outlook("So far it looks as if ", "none counts", f". {more} {anyway}")
    verb = "counts" if counted == 1 else "count"
    return Outlook("So far it looks as if ", f"{number(counted)} {verb}", f". {more} {anyway}")


def _enough(counted: int, told: int) -> str:
    if counted == told:
        return "it counts" if told == 1 else "both count" if told == 2 else (
            f"all {number(told)} count"
        )  # fmt: skip
    return f"{number(counted)} of the {number(told)} {'counts' if counted == 1 else 'count'}"
