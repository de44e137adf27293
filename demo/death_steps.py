"""What every death review of the demonstration needs: taken, decided, seated, asked, answered."""

import datetime
from collections.abc import Iterable

from django.core.files.uploadedfile import SimpleUploadedFile

from core import clock, pdf, working_days
from demo import death_words as words
from demo.death_partnerships import World
from demo.telling import on
from dhr.models import About, InformationKind, InformationRequest, Outcome, Review, Step, Whom
from dhr.workflow import (
    chairing,
    deciding,
    information,
    key,
    life,
    milestones,
    notifying,
    seating,
)
from membership.models import Agency

DAY = datetime.timedelta(days=1)
ANSWERS = {"police": "fern", "icb": "olive", "county": "bryony", "probation": "basil"}
COUNCIL = {"kent": "alder", "dartford": "reed"}


class Told:
    """A review as it is told: its world, its partnership, and the day of the death."""

    def __init__(self, world: World, where: str, died_on: datetime.date) -> None:
        self.world, self.where, self.died_on = world, where, died_on
        self.held = world.held[where]
        self.by = self.held.officer
        self.review: Review

    def agency(self, body: str) -> Agency:
        """An agency by its key in the story."""
        return self.world.cast.bodies[body]

    def answers(self, body: str) -> str:
        """Who answers for a body in this partnership."""
        return COUNCIL[self.where] if body == "council" else ANSWERS[body]

    def fresh(self) -> Review:
        """The review as it stands."""
        self.review.refresh_from_db()
        return self.review


def notify(told: Told, day: datetime.date, pseudonym: str, known: str, **death: str) -> None:
    """The police tell of a death, and agencies secure their records."""
    with on(day, 11):
        told.review = notifying.notify(
            told.held.partnership, pseudonym=pseudonym, notified_on=day,
            notified_by=told.agency("police"), circumstances=known, by=told.by,
            deaths=[{"pseudonym": pseudonym, "died_on": told.died_on, "elsewhere": "", **death}],
        )  # fmt: skip


def decide(told: Told, day: datetime.date, because: str) -> None:
    """A review is held; the Home Office and the family are told."""
    with on(day, 10):
        deciding.decide(
            told.review, outcome=Outcome.REVIEW, reasons=because,
            decided_by="The chair of the partnership", decided_on=day, by=told.by,
        )  # fmt: skip
    with on(day + 2 * DAY, 10):
        for whom, how in (
            (Whom.HOME_OFFICE, "By email to the team for these reviews"),
            (Whom.FAMILY, "By letter, and in person through their advocate"),
        ):
            deciding.tell(
                told.fresh(), whom=whom, about=About.DECISION, on=clock.today(), how=how, by=told.by
            )


def seat(told: Told, day: datetime.date, members: Iterable[str]) -> None:
    """An independent chair, and a panel of people who have no part in it."""
    people = told.world.cast.people
    with on(day, 14):
        for step, days in ((Step.TERMS, 14), (Step.INFORMATION, 60)):
            due = working_days.next_working_day(day + days * DAY)
            milestones.plan(told.review, step=step, due_on=due, by=told.by)
        chairing.appoint_chair(
            told.fresh(), person=people["aspen"], independence=words.INDEPENDENT, starts_on=day,
            by=told.by,
        )  # fmt: skip
        for who in members:
            seating.put_on(
                told.review, person=people[who], agency=told.world.body_of(who), free=True,
                said=words.FREE, by=told.by,
            )  # fmt: skip


def agree(told: Told, day: datetime.date, terms: str, known: Iterable[words.Known]) -> None:
    """The terms of reference, and who is who."""
    with on(day, 15):
        life.agree_terms(
            told.fresh(), text=terms, scope_from=told.died_on - 730 * DAY, scope_to=told.died_on,
            agreed_on=day, by=told.by,
        )  # fmt: skip
        for each in known:
            key.add(
                told.review, pseudonym=each.pseudonym, role=each.role, names=each.names, by=told.by
            )


# ---- what agencies are asked --------------------------------------------------------------------


def ask(told: Told, bodies: Iterable[str], kind: str = InformationKind.CHRONOLOGY) -> None:
    """These agencies are asked, now."""
    for body in bodies:
        information.ask(told.fresh(), agency=told.agency(body), kind=kind, by=told.by)


def asked(told: Told, body: str, kind: str = InformationKind.CHRONOLOGY) -> InformationRequest:
    """What an agency was asked for."""
    return InformationRequest.objects.get(review=told.review, agency=told.agency(body), kind=kind)


def send_lines(told: Told, account: words.Account) -> None:
    """An agency sends its chronology, now."""
    by, found = told.world.cast.people[told.answers(account.body)], asked(told, account.body)
    for line in account.lines:
        information.add_line(
            found, on=told.died_on - line.before * DAY, what=line.what, done=line.done,
            contact_with=told.agency(line.contact) if line.contact else None, risk=line.risk,
            source_reference=line.reference, by=by,
        )  # fmt: skip
    information.send_answer(found, by=by)


def take(told: Told, body: str, kind: str = InformationKind.CHRONOLOGY) -> None:
    """Its answer is checked point by point and taken, now."""
    information.check(asked(told, body, kind), good=True, by=told.by)


def chronologies(told: Told, day: datetime.date, accounts: Iterable[words.Account]) -> None:
    """Each comes so many days after it was asked, and is checked two days later."""
    for account in accounts:
        with on(day + account.days * DAY, 14):
            send_lines(told, account)
        with on(day + (account.days + 2) * DAY, 9):
            take(told, account.body)


# ---- files --------------------------------------------------------------------------------------


def report(name: str, title: str, parts: object, marking: str = "") -> SimpleUploadedFile:
    """A report as a PDF, which says that it is invented."""
    made = pdf.render("demo/report.html", {"title": title, "parts": parts, "marking": marking})
    return SimpleUploadedFile(name, made, "application/pdf")


def evidence(name: str, says: str) -> SimpleUploadedFile:
    """A short file that shows what was done."""
    return SimpleUploadedFile(f"{name}.txt", f"Invented evidence.\n\n{says}\n".encode())
