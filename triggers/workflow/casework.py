"""What officers do with a case: acknowledged, sorted, linked, closed, and opened again."""

import datetime
from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from core import clock, history
from core.dates import longdate
from core.markup import plain
from core.permissions import can, require
from core.workflow import Wrong
from figures.models import Ward
from triggers.models import (
    OPEN,
    Application,
    CaseLink,
    CaseNote,
    Clock,
    ClockStage,
    Consent,
    NoteKind,
    Party,
    Stage,
    Topic,
    Way,
)
from triggers.queries import cases, drafts
from triggers.queries.drafts import FOR_ANOTHER
from triggers.workflow import clocks
from triggers.workflow.holding import refuse_while_held
from triggers.workflow.steps import keep, note, take, tell_officers, wrong_text

CLOSED = "The case was closed"
WITHDRAWN = "Withdrawn"
LONG = 4000
SHUT = (Stage.CLOSED, Stage.WITHDRAWN)
# Clocks that go on when a case is closed: the applicant may still appeal.
AFTER_CLOSING = (ClockStage.APPEAL, ClockStage.HEARING)


@transaction.atomic
def acknowledge(
    application: Application, *, on: datetime.date | None = None, by: Any
) -> Application:
    """Say that the applicant was told that the application has come. Said twice, the first stands.

    ``by`` may be nobody: the letter that says it has gone.
    """
    application = _taken(application, by)
    on = on or clock.today()
    if application.acknowledged_on:
        return application
    if application.received_on is None or not application.received_on <= on <= clock.today():
        raise ValidationError({"on": "The day must be between the application and today"})
    clocks.finish(application, ClockStage.ACKNOWLEDGE, on, by=by)
    return keep(application, "acknowledged", by=by, acknowledged_on=on)


def _taken(application: Application, by: Any) -> Application:
    """The case, locked: for an officer of it, or (``by`` nobody) for its own course."""
    if by is not None:
        return take(application, by=by)
    rows = Application.objects.select_for_update(of=("self",)).select_related("group")
    found = rows.get(pk=application.pk)
    if not found.is_open:
        raise Wrong("This case is closed.")
    return found


@transaction.atomic
def sort(
    application: Application, *, topics: Iterable[str], ward: Ward | None, by: Any
) -> Application:
    """Say what the trouble is about and in which ward, for learning. No name, no street."""
    application = take(application, by=by)
    chosen = [each for each in Topic.values if each in set(topics)]
    if not chosen:
        raise ValidationError({"topics": "Choose at least one"})
    if ward and not drafts.wards(application.partnership).filter(pk=ward.pk).exists():
        raise ValidationError({"ward": "Choose a ward of this partnership"})
    return keep(application, "sorted", by=by, topics=chosen, ward=ward)


# ---- consent ------------------------------------------------------------------------------------


@transaction.atomic
def record_consent(
    application: Application, *, given: bool | None, how: str,
    said_on: datetime.date | None = None, by: Any,
) -> Consent:  # fmt: skip
    """Write down what the victim said about somebody else's asking for them.

    Refused, or taken back later, the case stands still until an officer decides; see
    ``go_on_without_consent``.
    """
    application = take(application, by=by)
    if application.on_behalf not in FOR_ANOTHER:
        raise Wrong("The victim applied themselves, so no consent is asked for.")
    how, said_on = plain(how), said_on or clock.today()
    wrong = wrong_text("how", how, "Enter how they said so")
    if said_on > clock.today():
        wrong["said_on"] = "The day must be today or in the past"
    if wrong:
        raise ValidationError(wrong)
    said = Consent.objects.create(
        application=application, given=given, how=how, said_on=said_on, by=by
    )
    note("wrote down consent in", application, by=by, given=given)
    if given is False:
        tell_officers(
            application, "case-review-consent", "Consent was refused: decide how to go on", by=by,
            occurrence=str(said.pk),
        )  # fmt: skip
    return said


@transaction.atomic
def go_on_without_consent(application: Application, *, reason: str, by: Any) -> CaseNote:
    """Decide to go on with what needs no consent, such as keeping somebody safe, and say why."""
    application = take(application, by=by)
    if not cases.stands_still(application):
        raise Wrong("The victim has not refused, so there is nothing to decide.")
    return _noted(application, NoteKind.CONSENT, reason, "went on without consent in", by=by)


# ---- like cases ---------------------------------------------------------------------------------


@transaction.atomic
def link_cases(first: Application, second: Application, *, why: str, by: Any) -> CaseLink:
    """Say that two cases are about the same trouble. Neither applicant learns of the other.

    Letters, lists and panels are kept apart. Only officers of both can do this, or see it.
    """
    first, second = sorted([first, second], key=lambda each: str(each.pk))
    if first.pk == second.pk:
        raise ValidationError({"other": "Choose another case"})
    for each in (first, second):
        take(each, by=by, stages=(*OPEN, *SHUT))
    why = plain(why)
    wrong = wrong_text("why", why, "Enter what they share, naming nobody")
    if first.partnership_id != second.partnership_id:
        wrong["other"] = "Choose a case of this partnership"
    if CaseLink.objects.filter(first=first, second=second).exists():
        wrong["other"] = "These cases are linked already"
    if wrong:
        raise ValidationError(wrong)
    link = CaseLink.objects.create(first=first, second=second, why=why, by=by)
    for each in (first, second):
        note("linked with another case", each, by=by)
    return link


@transaction.atomic
def unlink_cases(link: CaseLink, *, by: Any) -> None:
    """Take a link away that was a mistake."""
    require(can(by, "end", link))
    for each in (link.first, link.second):
        refuse_while_held(each)
        note("took away a link of", each, by=by)
    link.delete()


@transaction.atomic
def mark_repeat(application: Application, *, earlier: Application | None, by: Any) -> Application:
    """Say that the same person had an earlier case; with none, that they had not."""
    application = take(application, by=by, stages=(*OPEN, *SHUT))
    if earlier is not None:
        require(can(by, "view", earlier))
        wrong = ""
        if earlier.partnership_id != application.partnership_id or earlier.pk == application.pk:
            wrong = "Choose another case of this partnership"
        elif (earlier.received_at or clock.now()) > (application.received_at or clock.now()):
            wrong = "The earlier case must have come before this one"
        if wrong:
            raise ValidationError({"earlier": wrong})
    return keep(application, "marked as a repeat", by=by, repeats=earlier)


@transaction.atomic
def mark_complained_of(
    application: Application, *, applies: bool, reason: str, by: Any
) -> Application:
    """Say that the person complained of seems to apply, or not after all. It refuses nobody.

    The threshold is tested as for anybody; the panel is told.
    """
    application = take(application, by=by)
    _noted(application, NoteKind.WHO, reason, "wrote down who applies in", by=by)
    return keep(application, "marked who applies in", by=by, applicant_is_complained_of=applies)


# ---- how to reach them --------------------------------------------------------------------------

NEEDED_FOR = {
    Way.EMAIL: ("email", "Enter the email address"),
    Way.TELEPHONE: ("telephone", "Enter the telephone number"),
    Way.TEXT: ("telephone", "Enter the telephone number"),
    Way.POST: ("address", "Enter the postal address"),
    Way.OTHER: ("way_detail", "Enter through whom"),
}


@transaction.atomic
def change_contact(
    party: Party, *, checked_on: datetime.date, how: str, new_link: bool = False, by: Any,
    **contact: Any,
) -> Party:  # fmt: skip
    """Change how somebody is safely reached, after asking them in a way that was safe before.

    ``how`` is how an officer made sure; ``new_link`` makes the private link that went out useless.
    """
    application = take(party.application, by=by)
    party = Party.objects.select_for_update(of=("self",)).get(pk=party.pk)
    if application.received_on and not application.received_on <= checked_on <= clock.today():
        first = longdate(application.received_on)
        raise ValidationError({"checked_on": f"The day must be between {first} and today"})
    how = plain(how)
    wrong = wrong_text("how", how, "Enter how you made sure that it was them")
    for name, value in contact.items():
        setattr(party, name, plain(value) if isinstance(value, str) else value)
    if not party.way:
        wrong["way"] = "Choose how they are safely reached"
    elif not getattr(party, NEEDED_FOR[Way(party.way)][0]):
        field, missing = NEEDED_FOR[Way(party.way)]
        wrong[field] = missing
    if wrong:
        raise ValidationError(wrong)
    party.clean_fields(exclude={"application"})
    party.contact_checked_on = checked_on
    history.save(party, by=by)
    CaseNote.objects.create(application=application, kind=NoteKind.CONTACT, text=how, by=by)
    if new_link:
        application.link_number += 1
    keep(application, "changed how to reach somebody in", by=by,
         link_number=application.link_number)  # fmt: skip
    return party


# ---- notes, closing and opening again -----------------------------------------------------------


@transaction.atomic
def write_note(
    application: Application, *, text: str, kind: str = NoteKind.NOTE, by: Any
) -> CaseNote:
    """Write down what is to be remembered, such as a telephone call."""
    application = take(application, by=by, stages=(*OPEN, *SHUT))
    if kind not in (NoteKind.NOTE, NoteKind.CONTACT):
        raise ValidationError({"kind": "Choose what it is about"})
    return _noted(application, kind, text, "wrote a note in", by=by, field="text")


def _noted(
    application: Application, kind: str, text: str, verb: str, *, by: Any, field: str = "reason"
) -> CaseNote:
    text = plain(text)
    missing = "Enter the note" if field == "text" else "Enter the reason"
    wrong = wrong_text(field, text, missing, LONG)
    if wrong:
        raise ValidationError(wrong)
    made = CaseNote.objects.create(application=application, kind=kind, text=text, by=by)
    note(verb, application, by=by)
    return made


@transaction.atomic
def close(application: Application, *, note: str = "", reason: str = "", by: Any) -> Application:
    """Close a case in which nothing is left to do. ``note`` is what was learned, naming nobody.

    Before its end it closes only where the victim refused, with the reason.
    """
    application = take(application, by=by)
    note = plain(note)
    if len(note) > 300:
        raise ValidationError({"note": f"This must be 300 characters or fewer. It has {len(note)}"})
    stands = cases.what_keeps_open(application)
    if stands:
        raise Wrong(stands)
    if application.stage in (Stage.RECEIVED, Stage.REVIEW):
        _noted(application, NoteKind.STATE, reason, "gave the reason for closing", by=by)
    today = clock.today()
    left = [each for each in ClockStage.values if each not in AFTER_CLOSING]
    clocks.stop(application, left, because=CLOSED, on=today, by=by)
    return keep(application, "closed", by=by, stage=Stage.CLOSED, closed_on=today,
                outcome_note=note)  # fmt: skip


@transaction.atomic
def reopen(application: Application, *, reason: str, by: Any) -> Application:
    """Open a case again at the stage where it was, with the reason; its clocks run on."""
    application = take(application, by=by, stages=SHUT)
    _noted(application, NoteKind.STATE, reason, "gave the reason for opening again", by=by)
    for each in Clock.objects.select_for_update(of=("self",)).filter(
        application=application, stopped_because__in=(CLOSED, WITHDRAWN)
    ):
        each.stopped_on, each.stopped_because = None, ""
        history.save(each, by=by)
    return keep(application, "opened again", by=by, stage=_before(application), closed_on=None)


def _before(application: Any) -> str:
    """The stage at which a case stood before it was closed or withdrawn."""
    open_ones = application.history.filter(stage__in=OPEN).order_by("-history_id")
    return str(open_ones.values_list("stage", flat=True).first() or Stage.RECEIVED)
