"""Letters of a case: their words, whom they go to and how, and which are due."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from triggers import letter_words, links
from triggers.letter_words import Words
from triggers.models import (
    Appeal,
    AppealOutcome,
    Application,
    Letter,
    LetterKind,
    LetterState,
    LetterTemplate,
    Party,
    PartyKind,
    Response,
    Review,
    Stage,
    Way,
)
from triggers.queries import cases, drafts, letter_places
from triggers.queries.threshold import standing_decision

# ---- words --------------------------------------------------------------------------------------


def template_of(partnership: Any, kind: str) -> LetterTemplate | None:
    """The partnership's own words for a kind of letter, if it has any."""
    return LetterTemplate.objects.of(partnership).filter(kind=kind).first()


def words_for(partnership: Any, kind: str) -> Words:
    """The words that a letter of this kind begins with here."""
    own = template_of(partnership, kind)
    return Words(own.heading, own.body) if own else letter_words.SHIPPED[LetterKind(kind)]


def begun(application: Application, kind: str, party: str) -> Words:
    """Heading and text of a letter to somebody, filled from the case as far as it is known."""
    words = words_for(application.partnership, kind)
    values = letter_places.known(application)
    body = letter_words.fill(words.body, values)
    asked_by_other = drafts.for_another(application) and party == PartyKind.VICTIM
    if asked_by_other and kind != LetterKind.CONSENT:
        body = f"{_made_for_you(values)}\n\n{body}"
    return Words(letter_words.fill(words.heading, values), body)


def _made_for_you(values: dict[str, str]) -> str:
    return (
        f"This is about the case {values['reference']}. Someone asked us for "
        f"{values['review_name']} for you on {values['applied_on']}."
    )


def as_it_goes(letter: Letter, on: datetime.date) -> str:
    """The text of a letter with the last day to appeal, counted from the day on which it goes."""
    by = letter_places.appeal_by(letter.application, on)
    return letter.body.replace(letter_words.APPEAL_BY, by) if by else letter.body


# ---- to whom ------------------------------------------------------------------------------------


def party_of(letter: Letter) -> Party | None:
    """The person to whom a letter is written, while their name is kept."""
    return Party.objects.filter(application=letter.application_id, kind=letter.party).first()


def address_of(party: Party) -> str:
    """Where a letter goes in the way that is safe: never anywhere else."""
    if party.way == Way.EMAIL:
        return party.email
    if party.way in (Way.TELEPHONE, Way.TEXT):
        return party.telephone
    if party.way == Way.POST:
        return "\n".join(filter(None, [party.address.strip(), party.postcode]))
    return party.way_detail


def contact_changed(letter: Letter, who: Party | None) -> bool:
    """Whether the safe way to somebody is another now than when the letter was made ready."""
    return who is None or (who.way, address_of(who)) != (letter.way, letter.to)


def has_link(letter: Letter) -> bool:
    """Whether who reads the letter holds the private link: who applied, and nobody else."""
    return letter.party == drafts.speaker_kind(letter.application)


def names_another(letter: Letter) -> list[str]:
    """What a letter says of the other person of the case, who may not want that known."""
    text = f"{letter.heading}\n{letter.body}".lower()
    others = Party.objects.filter(application=letter.application_id).exclude(kind=letter.party)
    found = []
    for other in others:
        who = other.get_kind_display().lower()
        for label, value in (
            ("name", other.name), ("address", other.address.split("\n")[0]),
            ("postcode", other.postcode), ("email address", other.email),
            ("telephone number", other.telephone),
        ):  # fmt: skip
            if len(value.strip()) > 2 and value.strip().lower() in text:
                found.append(f"the {label} of the {who}")
    return found


# ---- as an email --------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Mail:
    """A letter as an email: neither subject nor greeting names anybody or says what it is about."""

    subject: str
    heading: str
    body: str
    link: str
    team: str

    @property
    def text(self) -> str:
        """The email in plain text."""
        parts = ["Hello", self.heading, self.body.replace("**", "")]
        if self.link:
            parts.append(
                "You can read this letter, and see how far your case is, here. Keep the link to "
                f"yourself:\n{self.link}"
            )
        return "\n\n".join([*parts, f"{self.team[:1].upper()}{self.team[1:]}"]) + "\n"


def mail_of(letter: Letter, on: datetime.date) -> Mail:
    """How a letter goes by email; only who applied is sent the private link."""
    named = letter_places.team(drafts.procedure_of(letter.application.partnership))
    return Mail(
        subject=f"Message from {named}", heading=letter.heading, body=as_it_goes(letter, on),
        link=links.link(letter.application) if has_link(letter) else "", team=named,
    )  # fmt: skip


# ---- which are due ------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A letter that the state of the case asks for."""

    kind: LetterKind
    why: str


def of_case(application: Application) -> QuerySet[Letter]:
    """The letters of a case, the newest first."""
    found = Letter.objects.filter(application=application).select_related("written_by", "ready_by")
    return found.order_by("-number")


def suggested(application: Application) -> list[Suggestion]:
    """The letters that are due, as the case stands."""
    written: dict[str, datetime.datetime] = {}
    for kind, at in application.letters.order_by("written_at").values_list("kind", "written_at"):
        written[kind] = at
    return list(_suggested(application, written))


def _suggested(
    application: Application, written: dict[str, datetime.datetime]
) -> Iterator[Suggestion]:
    kinds, stage = LetterKind, application.stage
    if (
        application.is_open
        and not application.acknowledged_on
        and (kinds.ACKNOWLEDGEMENT not in written)
    ):
        yield Suggestion(kinds.ACKNOWLEDGEMENT, "The application is not acknowledged yet.")
    said = cases.consent_of(application) if cases.others_ask(application) else None
    if said and said.given is None and application.is_open and kinds.CONSENT not in written:
        yield Suggestion(kinds.CONSENT, "The victim has not been asked yet.")
    delay = letter_places.last_delay(application)
    if (
        delay
        and application.is_open
        and delay.clock.runs
        and not _since(written, kinds.DELAY, delay.at)
    ):
        yield Suggestion(kinds.DELAY, "A later date was set.")
    yield from _of_the_decision(application, written)
    yield from _of_the_panel(application, written)
    for appeal in application.appeals.all():
        yield from _of_an_appeal(appeal, written)
    if stage == Stage.WITHDRAWN and kinds.WITHDRAWN not in written:
        yield Suggestion(kinds.WITHDRAWN, "The application was withdrawn.")
    if stage == Stage.CLOSED and kinds.CLOSED not in written:
        yield Suggestion(kinds.CLOSED, "The case is closed.")


def _since(written: dict[str, datetime.datetime], kind: str, at: datetime.datetime | None) -> bool:
    """Whether a letter of this kind was written after that moment."""
    return kind in written and (at is None or written[kind] >= at)


def _of_the_decision(
    application: Application, written: dict[str, datetime.datetime]
) -> Iterator[Suggestion]:
    decision = standing_decision(application)
    if decision is None:
        return
    kind = LetterKind.MET if decision.review else LetterKind.NOT_MET
    told = application.stage in (Stage.REVIEW, Stage.NO_REVIEW)
    if told and not _since(written, kind, decision.decided_at):
        yield Suggestion(kind, "The threshold is decided, and the applicant is to be told why.")


def _of_the_panel(
    application: Application, written: dict[str, datetime.datetime]
) -> Iterator[Suggestion]:
    kinds, stage = LetterKind, application.stage
    review = Review.objects.filter(application=application).first()
    if stage == Stage.REVIEW and not application.list_sent_on and kinds.LIST not in written:
        yield Suggestion(kinds.LIST, "The applicant has not seen the list of incidents.")
    arranged = review is not None and review.meeting_id and not review.held_on
    if stage == Stage.REVIEW and arranged and kinds.INVITATION not in written:
        yield Suggestion(kinds.INVITATION, "The panel’s meeting is set.")
    if stage == Stage.OUTCOME and kinds.OUTCOME not in written:
        yield Suggestion(kinds.OUTCOME, "The panel has finished.")
    if stage == Stage.MONITORING and kinds.RESPONSES not in written:
        said = list(letter_places.recommendations(application).values_list("response", flat=True))
        if said and Response.WAITING not in said:
            yield Suggestion(kinds.RESPONSES, "Every body has answered.")


def _of_an_appeal(appeal: Appeal, written: dict[str, datetime.datetime]) -> Iterator[Suggestion]:
    waiting = appeal.outcome == AppealOutcome.WAITING
    if waiting and not _since(written, LetterKind.APPEAL_TAKEN, appeal.at):
        yield Suggestion(LetterKind.APPEAL_TAKEN, "Somebody is not satisfied, and has told us.")
    if not waiting and not _since(written, LetterKind.APPEAL_RESULT, appeal.at):
        yield Suggestion(LetterKind.APPEAL_RESULT, "The appeal is decided.")


def unsent(application: Application) -> list[Letter]:
    """Letters that still need an officer: drafts, those to post or tell, those refused."""
    needs = (LetterState.DRAFT, LetterState.TO_POST, LetterState.REFUSED)
    return list(of_case(application).filter(state__in=needs))
