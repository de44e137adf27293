"""Letters: drafted, changed, made ready, and told; to the safe contact and nowhere else.

A letter's words are never changed once it has gone. What a letter that has gone sets off in its
case is in ``letters_gone``.
"""

import datetime
import hashlib
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max

from core import clock
from core.dates import london_date, longdate
from core.markup import plain
from core.workflow import Wrong
from documents.workflow.papers import keep as keep_content
from triggers import letter_words, renditions
from triggers.models import (
    Application,
    Letter,
    LetterKind,
    LetterState,
    Party,
    PartyKind,
    Stage,
    Way,
)
from triggers.queries import cases, drafts
from triggers.queries import letters as queries
from triggers.workflow.holding import refuse_while_held
from triggers.workflow.letters_gone import gone
from triggers.workflow.steps import note, take, wrong_text

LONGEST = 20000
HEADING = 160
AFTER_DRAFT = tuple(stage for stage in Stage.values if stage != Stage.DRAFT)
# What may be said to who applied while the victim refuses: nothing of what becomes of the case.
WITHOUT_CONSENT = (
    LetterKind.ACKNOWLEDGEMENT, LetterKind.WITHDRAWN, LetterKind.CLOSED, LetterKind.OTHER,
)  # fmt: skip


class Changed(Wrong):
    """Somebody else changed the letter after the form was read."""

    def __init__(self, now: Letter) -> None:
        super().__init__("Somebody changed this letter while your page was open.")
        self.now = now


# ---- writing ------------------------------------------------------------------------------------


@transaction.atomic
def draft(application: Application, kind: str, *, party: str = "", by: Any) -> Letter:
    """Begin a letter with the words for its kind, filled from the case.

    Without ``party`` it is to who applied; a letter that asks for consent is to the victim. Raises
    ``Wrong`` where no safe way to reach them is known: no address is taken from elsewhere.
    """
    application = take(application, by=by, verb="write letters", stages=AFTER_DRAFT)
    party = party or usual_party(application, kind)
    who = _reached(application, kind, party)
    words = queries.begun(application, kind, party)
    last = application.letters.aggregate(last=Max("number"))["last"] or 0
    letter = Letter.objects.create(
        application=application, number=last + 1, kind=kind, party=party, way=who.way,
        heading=words.heading, body=words.body, written_by=by,
    )  # fmt: skip
    note("drafted a letter in", application, by=by, number=letter.number)
    return letter


def usual_party(application: Application, kind: str) -> str:
    """To whom a letter of this kind usually goes."""
    return PartyKind.VICTIM if kind == LetterKind.CONSENT else drafts.speaker_kind(application)


def _reached(application: Application, kind: str, party: str) -> Party:
    """The person, if there is a safe way to reach them and this letter may go to them."""
    who = Party.objects.filter(application=application, kind=party).first()
    called = PartyKind(party).label.lower()
    if who is None:
        raise Wrong(f"There is no {called} in this case to write to.")
    if not drafts.reachable(who):
        raise Wrong(
            f"We know no safe way to reach the {called}, so no letter can go. Ask who applied, or "
            "somebody the victim trusts, how it is safe, and write it down under “Name and contact”"
        )
    if kind == LetterKind.CONSENT and not (
        drafts.for_another(application) and party == PartyKind.VICTIM
    ):
        raise Wrong("Consent is asked of the victim, where somebody else applied for them.")
    refused = cases.stands_still(application) and party == PartyKind.APPLICANT
    if refused and kind not in WITHOUT_CONSENT:
        raise Wrong(
            "The victim has refused consent, so who applied is told nothing of what becomes of the "
            "case. Decide first how to go on."
        )
    return who


def may_still_go(letter: Letter) -> Party:
    """The person whom a letter goes to, if it may go to them now. Raises ``Wrong`` if not."""
    return _reached(letter.application, letter.kind, letter.party)


@transaction.atomic
def change(
    letter: Letter, *, heading: str, body: str, version: int | None = None, by: Any
) -> Letter:
    """Change the words of a draft."""
    letter = _taken(letter, by, LetterState.DRAFT)
    if version is not None and version != letter.version:
        raise Changed(letter)
    heading, body = " ".join(heading.split()), plain(body)
    wrong = wrong_text("heading", heading, "Enter a heading", HEADING)
    wrong |= wrong_text("body", body, "Enter the letter", LONGEST)
    if wrong:
        raise ValidationError(wrong)
    letter.heading, letter.body = heading, body
    letter.version += 1
    letter.save()
    note("changed a letter in", letter.application, by=by, number=letter.number)
    return letter


@transaction.atomic
def remove(letter: Letter, *, by: Any) -> None:
    """Throw a draft away."""
    letter = _taken(letter, by, LetterState.DRAFT)
    refuse_while_held(letter.application)
    note("threw away a draft letter in", letter.application, by=by, number=letter.number)
    letter.delete()


# ---- on its way ---------------------------------------------------------------------------------


@transaction.atomic
def ready(letter: Letter, *, wished: bool = False, version: int | None = None, by: Any) -> Letter:
    """Let a letter go, in the safe way only: by email at the next tick, or by an officer's hand.

    ``wished`` says that a victim who has refused consent wants to have this letter. Raises
    ``ValidationError`` while a gap is left to fill in.
    """
    letter = _taken(letter, by, LetterState.DRAFT)
    if version is not None and version != letter.version:
        raise Changed(letter)
    who = may_still_go(letter)
    _complete(letter)
    if refuses(letter) and not wished:
        raise ValidationError({"wished": "Say that they wish to have this letter"})
    today = clock.today()
    letter.way, letter.to = who.way, queries.address_of(who)
    letter.body = queries.as_it_goes(letter, today)
    paper = renditions.letter_pdf(letter, who, on=today)
    letter.content_id = keep_content(paper, hashlib.sha256(paper).hexdigest())
    letter.state = LetterState.WAITING if who.way == Way.EMAIL else LetterState.TO_POST
    letter.ready_at, letter.ready_by, letter.problem = clock.now(), by, ""
    letter.attempts, letter.lease_until = 0, None
    letter.version += 1
    letter.save()
    note("made a letter ready in", letter.application, by=by, number=letter.number)
    return letter


def refuses(letter: Letter) -> bool:
    """Whether the letter is to a victim who has refused consent: then only as they wish."""
    if letter.party != PartyKind.VICTIM or not cases.others_ask(letter.application):
        return False
    said = cases.consent_of(letter.application)
    return said is not None and said.given is False


def refused_since(letter: Letter) -> bool:
    """Whether the victim has refused consent after a letter to them was made ready."""
    said = cases.consent_of(letter.application)
    late = said is not None and letter.ready_at is not None and said.at > letter.ready_at
    return late and refuses(letter)


def _complete(letter: Letter) -> None:
    wrong = {}
    for field in ("heading", "body"):
        text = getattr(letter, field)
        if left := letter_words.gaps(text):
            wrong[field] = f"Fill in what is missing first: {', '.join(left)}"
        elif misplaced := [
            each for each in letter_words.misplaced(text) if each != letter_words.APPEAL_BY
        ]:
            wrong[field] = f"Take this out, it would stand so in the letter: {misplaced[0]}"
    last = queries.as_it_goes(letter, clock.today())
    if not wrong and letter_words.APPEAL_BY in last:
        wrong["body"] = "Write the last day to appeal yourself: no clock is set for it"
    if wrong:
        raise ValidationError(wrong)


@transaction.atomic
def take_back(letter: Letter, *, by: Any) -> Letter:
    """Make a draft again of a letter that has not gone, or that the mail server refused."""
    states = (LetterState.WAITING, LetterState.TO_POST, LetterState.REFUSED)
    letter = _taken(letter, by, *states)
    leased = letter.lease_until is not None and letter.lease_until > clock.now()
    if letter.state == LetterState.WAITING and leased and not letter.problem:
        raise Wrong("The letter is going out just now.")
    back_to_draft(letter)
    note("took back a letter in", letter.application, by=by, number=letter.number)
    return letter


def back_to_draft(letter: Letter, problem: str = "") -> None:
    """A draft again: without address, and without the paper that did not go."""
    letter.state, letter.to, letter.content = LetterState.DRAFT, "", None
    letter.ready_at, letter.ready_by, letter.lease_until = None, None, None
    letter.problem, letter.version = problem, letter.version + 1
    letter.save()


@transaction.atomic
def told(letter: Letter, *, how: str, on: datetime.date | None = None, by: Any) -> Letter:
    """Say how a letter that does not go by email was posted, read out or handed over."""
    letter = _taken(letter, by, LetterState.TO_POST)
    on, how = on or clock.today(), plain(how)
    wrong = wrong_text("how", how, "Enter how it was sent or told")
    first = london_date(letter.ready_at) if letter.ready_at else on
    if not first <= on <= clock.today():
        wrong["on"] = f"The day must be between {longdate(first)} and today"
    if wrong:
        raise ValidationError(wrong)
    now = clock.now()
    letter.told_how, letter.state = how, LetterState.SENT
    letter.sent_at = now if on == clock.today() else clock.london(on, datetime.time(12))
    letter.version += 1
    letter.save()
    note("sent a letter in", letter.application, by=by, number=letter.number)
    gone(letter, on=on, by=by)
    return letter


def _taken(letter: Letter, by: Any, *states: str) -> Letter:
    """The letter, with its case locked first, if this person may and it has got so far."""
    application = take(letter.application, by=by, verb="write letters", stages=AFTER_DRAFT)
    rows = Letter.objects.select_for_update(of=("self",))
    try:
        letter = rows.get(pk=letter.pk)
    except Letter.DoesNotExist:
        raise Wrong("This draft has been thrown away.") from None
    letter.application = application
    if letter.state not in states:
        raise Wrong(f"This cannot be done now: {letter.get_state_display().lower()}.")
    return letter
