"""What a panel finds, and what it recommends to bodies, until its review is finished."""

import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max

from core import clock, history
from core.markup import plain
from core.workflow import Wrong
from membership import succession
from membership.models import Agency
from triggers.models import Application, Finding, Recommendation, Stage
from triggers.queries import naming
from triggers.queries import panels as queries
from triggers.workflow.steps import note, take, wrong_text

LONG = 4000
TEXT = 300
ELSEWHERE = "Choose a body that takes part in the partnership"


# ---- findings -----------------------------------------------------------------------------------


@transaction.atomic
def add_finding(
    application: Application, *, text: str, agency: Agency | None = None, by: Any
) -> Finding:
    """Write down something that the panel found, about a body or in general."""
    application = _open(application, by)
    last = Finding.objects.filter(application=application).aggregate(last=Max("number"))["last"]
    finding = Finding(application=application, number=(last or 0) + 1)
    return _found(finding, application, text, agency, "added a finding to", by)


@transaction.atomic
def change_finding(
    finding: Finding, *, text: str, agency: Agency | None = None, by: Any
) -> Finding:
    """Say a finding better. What stood there before stays in its history."""
    application = _open(finding.application, by)
    finding = Finding.objects.select_for_update(of=("self",)).get(pk=finding.pk)
    return _found(finding, application, text, agency, "changed a finding of", by)


@transaction.atomic
def remove_finding(finding: Finding, *, by: Any) -> None:
    """Take a finding away; the others close up."""
    application = _open(finding.application, by)
    history.remove(finding, by=by)
    _number_again(Finding, application, by)
    note("removed a finding of", application, by=by)


def _found(
    finding: Finding, application: Application, text: str, agency: Agency | None, verb: str, by: Any
) -> Finding:
    finding.text = plain(text)
    wrong = wrong_text("text", finding.text, "Enter what was found", LONG)
    if agency is not None:
        agency = succession.standing_for(agency, clock.today())
        if agency not in queries.bodies(application):
            wrong["agency"] = ELSEWHERE
    if wrong:
        raise ValidationError(wrong)
    finding.agency = agency
    history.save(finding, by=by)
    note(verb, application, by=by, number=finding.number)
    return finding


# ---- recommendations ----------------------------------------------------------------------------


@transaction.atomic
def recommend(
    application: Application, *, agency: Agency, text: str, why: str = "",
    due_on: datetime.date | None = None, sure: bool = False, by: Any,
) -> Recommendation:  # fmt: skip
    """Recommend something to a body, in words that name nobody: the body and the board read them.

    Words that are also a name or an address of the case are refused unless ``sure`` says that
    nobody is meant. It is sent when the review is finished.
    """
    application = _open(application, by)
    rows = Recommendation.objects.filter(application=application)
    number = (rows.aggregate(last=Max("number"))["last"] or 0) + 1
    made = Recommendation(application=application, number=number)
    told: dict[str, Any] = {
        "agency": agency,
        "text": text,
        "why": why,
        "due_on": due_on,
        "sure": sure,
    }
    return _recommended(made, application, "added a recommendation to", by, **told)


@transaction.atomic
def change_recommendation(
    recommendation: Recommendation, *, agency: Agency, text: str, why: str = "",
    due_on: datetime.date | None = None, sure: bool = False, by: Any,
) -> Recommendation:  # fmt: skip
    """Say a recommendation better, while it has not been sent."""
    application = _open(recommendation.application, by)
    recommendation = _unsent(recommendation)
    recommendation.version += 1
    told: dict[str, Any] = {
        "agency": agency,
        "text": text,
        "why": why,
        "due_on": due_on,
        "sure": sure,
    }
    return _recommended(recommendation, application, "changed a recommendation of", by, **told)


@transaction.atomic
def remove_recommendation(recommendation: Recommendation, *, by: Any) -> None:
    """Take a recommendation away that has not been sent; those after it close up."""
    application = _open(recommendation.application, by)
    history.remove(_unsent(recommendation), by=by)
    _number_again(Recommendation, application, by)
    note("removed a recommendation of", application, by=by)


def _recommended(
    made: Recommendation, application: Application, verb: str, by: Any, *, agency: Agency,
    text: str, why: str, due_on: datetime.date | None, sure: bool,
) -> Recommendation:  # fmt: skip
    agency = succession.standing_for(agency, clock.today())
    made.agency, made.due_on = agency, due_on
    made.text, made.why = " ".join(plain(text).split()), plain(why)
    wrong = wrong_text("text", made.text, "Enter what is recommended", TEXT)
    if agency not in queries.bodies(application):
        wrong["agency"] = ELSEWHERE
    if due_on and due_on <= clock.today():
        wrong["due_on"] = "The day must be in the future"
    if len(made.why) > LONG:
        wrong["why"] = f"This must be {LONG} characters or fewer. It has {len(made.why)}"
    if not sure:
        for name in ("text", "why"):
            found = naming.found_in(application, getattr(made, name))
            if found:
                wrong.setdefault(name, named(found))
    if wrong:
        raise ValidationError(wrong)
    history.save(made, by=by)
    note(verb, application, by=by, number=made.number, agency=agency.slug)
    return made


def named(found: list[str]) -> str:
    """What is said of a text that names people: what of them, without the words themselves."""
    return (
        f"This holds {found[0]}. The body and the board will read it, so it must name nobody. "
        "Take it out, or tick that nobody is meant"
    )


def _unsent(recommendation: Recommendation) -> Recommendation:
    rows = Recommendation.objects.select_for_update(of=("self",))
    found = rows.get(pk=recommendation.pk)
    if found.sent_on:
        raise Wrong("This has been sent to the body, so it stands as it was.")
    return found


def _open(application: Application, by: Any) -> Application:
    return take(application, by=by, stages=(Stage.REVIEW,))


def _number_again(model: Any, application: Application, by: Any) -> None:
    for number, each in enumerate(model.objects.filter(application=application), 1):
        if each.number != number:
            each.number = number
            history.save(each, by=by, fields=["number"])
