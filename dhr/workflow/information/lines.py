"""An agency's chronology, line by line: by a form, or taken over from a table."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from core import clock, history
from core.dates import longdate
from core.markup import plain
from core.workflow import Wrong
from dhr.models import ChronologyLine, InformationKind, InformationRequest, Risk
from dhr.queries import information as queries
from dhr.workflow.information.answering import kept, opened
from dhr.workflow.steps import text_of
from figures.sheets import chronology
from membership.models import Agency

LONG = chronology.LONG
MOST_LINES = chronology.MOST_LINES
FIELDS = (
    "on", "at", "who", "what", "done", "contact_with", "contact_other", "risk", "source_reference",
)  # fmt: skip
RISKS = {
    Risk.STANDARD: {"standard", "s", "low", "standard risk", "low risk", "bronze"},
    Risk.MEDIUM: {"medium", "m", "moderate", "medium risk", "moderate risk", "silver"},
    Risk.HIGH: {"high", "h", "very high", "high risk", "very high risk", "gold"},
}
NO_RISK = {"", "-", "–", "none", "n/a", "na", "not assessed", "not known", "unknown"}


@transaction.atomic
def add_line(information: InformationRequest, *, by: Any, **told: Any) -> ChronologyLine:
    """Add a line. ``told`` are those of ``FIELDS``."""
    information = _chronology(information, by)
    if information.lines.count() >= MOST_LINES:
        raise Wrong(f"A chronology holds {MOST_LINES} lines at most.")
    line = ChronologyLine(information=information)
    _told(line, told, by)
    information.known = True
    kept(information, by)
    return line


@transaction.atomic
def change_line(line: ChronologyLine, *, by: Any, **told: Any) -> ChronologyLine:
    """Correct a line."""
    information = _chronology(line.information, by)
    _told(line, told, by)
    kept(information, by)
    return line


@transaction.atomic
def remove_line(line: ChronologyLine, *, by: Any) -> None:
    """Take a line out before the answer is sent."""
    information = _chronology(line.information, by)
    history.remove(line, by=by)
    kept(information, by)


@transaction.atomic
def add_lines(information: InformationRequest, *, lines: Iterable[dict[str, Any]], by: Any) -> int:
    """Add all the lines of a table, or none; those that are there already are left out."""
    information = _chronology(information, by)
    there = {(each.on, each.at, each.what) for each in information.lines.all()}
    added = 0
    for told in lines:
        if (told["on"], told["at"], told["what"]) in there:
            continue
        _told(ChronologyLine(information=information), told, by)
        added += 1
    if len(there) + added > MOST_LINES:
        raise Wrong(f"A chronology holds {MOST_LINES} lines at most.")
    if added:
        information.known = True
    kept(information, by)
    return added


def _chronology(information: InformationRequest, by: Any) -> InformationRequest:
    information = opened(information, by)
    if information.kind != InformationKind.CHRONOLOGY:
        raise Wrong("This is not a request for a chronology.")
    return information


def _told(line: ChronologyLine, told: dict[str, Any], by: Any) -> None:
    unknown = set(told) - set(FIELDS)
    if unknown:
        raise TypeError(f"not of a line: {', '.join(sorted(unknown))}")
    for name, value in told.items():
        setattr(line, name, plain(value) if isinstance(value, str) else value)
    wrong: dict[str, str] = {}
    text_of(wrong, "what", line.what, "Enter what happened", LONG)
    text_of(wrong, "done", line.done, most=LONG)
    for name, most in (("who", 160), ("contact_other", 160), ("source_reference", 80)):
        text_of(wrong, name, getattr(line, name), most=most)
    on: Any = line.on
    if on is None:
        wrong["on"] = "Enter the date"
    elif on > clock.today():
        wrong["on"] = "The date must be today or in the past"
    if line.risk and line.risk not in Risk.values:
        wrong["risk"] = "Choose standard, medium or high"
    if line.contact_with_id == line.information.agency_id:
        wrong["contact_with"] = "Choose another agency than the one whose chronology it is"
    if wrong:
        raise ValidationError(wrong)
    history.save(line, by=by)


# ---- a table ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Read:
    """What can be taken over of a table, and what in it cannot."""

    lines: list[dict[str, Any]]
    problems: list[str]


def read_lines(information: InformationRequest, found: chronology.Found) -> Read:
    """The lines as they would be kept. A body that is none of ours is kept by its name; a risk
    that is not standard, medium or high is named as a problem, and its line is not taken."""
    bodies = _bodies(information)
    lines, problems = [], list(found.problems)
    for line in found.lines:
        risk = risk_of(line.risk)
        if risk is None:
            problems.append(
                f"{longdate(line.on)}: “{line.risk}” is not a risk. Write standard, medium or high"
            )
            continue
        with_agency = bodies.get(_called(line.contact))
        lines.append({
            "on": line.on, "at": line.at, "who": line.who, "what": line.what, "done": line.done,
            "contact_with": with_agency,
            "contact_other": "" if with_agency else line.contact, "risk": risk,
            "source_reference": line.reference,
        })  # fmt: skip
    return Read(lines, problems)


def risk_of(words: str) -> str | None:
    """The risk that these words mean, or "" for none; nothing where they mean no risk we know."""
    called = " ".join(words.casefold().split())
    if called in NO_RISK:
        return ""
    return next((str(risk) for risk, meant in RISKS.items() if called in meant), None)


def _bodies(information: InformationRequest) -> dict[str, Agency]:
    """The agencies by every name under which another one may write of them."""
    found: dict[str, Agency] = {}
    for agency in queries.agencies(information.review):
        if agency.pk != information.agency_id:
            for name in (agency.name, agency.short_name, agency.slug):
                found.setdefault(_called(name), agency)
    return found


def _called(name: str) -> str:
    return " ".join(name.casefold().replace("-", " ").split()).removeprefix("the ")
