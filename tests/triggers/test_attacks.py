"""What somebody who means harm tries on case reviews, with a link, without one, or with a seat."""

import smtplib

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

import membership.workflow
from actions.workflow import requests
from audit.models import ReadEntry
from core import clock
from core.workflow import Wrong
from documents.workflow.papers import keep
from membership.models import Role, Seat, Signature
from membership.workflow import emergencies
from tests import world as worlds
from triggers import links, reminders
from triggers.models import (
    CountedFrom,
    Letter,
    LetterState,
    LinkWish,
    OnBehalf,
    Party,
    PartyKind,
    Stage,
)
from triggers.queries import following, people
from triggers.queries import panels as queries
from triggers.workflow import (
    applying,
    casework,
    clocks,
    information,
    letters,
    panels,
    postbox,
    wishes,
)

UNSENDABLE = f"x@{'ü' * 60}.com"  # a form takes it; no mail can be addressed to it


def at(name):
    return reverse(f"triggers:{name}", args=["dartford"])


def mine(case, name="mine", *args):
    return reverse(f"triggers:{name}", args=["dartford", links.token(case), *args])


# ---- private links by email ---------------------------------------------------------------------


def test_an_address_that_no_mail_can_go_to_does_not_stop_the_links_of_others(case):
    stranger = Client()
    draft = stranger.post(at("apply")).headers["Location"]
    assert stranger.post(f"{draft}link/", {"email": UNSENDABLE}).status_code == 200
    wishes.wish_again(case.partnership, reference=case.reference, email="fern@example.test")

    assert wishes.send_waiting(clock.now()) == 1

    assert mail.outbox[-1].to == ["fern@example.test"]
    assert not LinkWish.objects.exists()


@pytest.mark.parametrize(("code", "left"), [(550, 0), (450, 1)])
def test_a_link_that_is_refused_for_good_is_not_tried_for_a_day(case, monkeypatch, code, left):
    def refuse(*args, **kwargs):
        raise smtplib.SMTPRecipientsRefused({"fern@example.test": (code, b"no")})

    monkeypatch.setattr(wishes, "send_mail", refuse)
    wishes.wish_again(case.partnership, reference=case.reference, email="fern@example.test")
    assert wishes.send_waiting(clock.now()) == 0
    assert LinkWish.objects.count() == left


def test_a_draft_deleted_by_a_button_pressed_twice_is_no_error(application):
    applying.delete_draft(application)
    with pytest.raises(Wrong, match="deleted"):
        applying.delete_draft(application)


# ---- who applied for a victim who refuses -------------------------------------------------------


@pytest.fixture
def neighbours(case):
    """The case, as it would be had a neighbour applied for the victim, with its list sent."""
    Party.objects.create(
        application=case, kind=PartyKind.APPLICANT, name="Ash Bell", way="email",
        email="ash@example.test",
    )  # fmt: skip
    case.on_behalf, case.stage, case.list_sent_on = OnBehalf.KNOWN, Stage.REVIEW, clock.today()
    case.save()
    return case


def sent_letter(case, kind, party):
    return Letter.objects.create(
        application=case, number=case.letters.count() + 1, kind=kind, party=party, way="email",
        heading="About the review", body="There will be a review.", state=LetterState.SENT,
        content_id=keep(b"%PDF-1.7", "0" * 64), sent_at=clock.now(),
    )  # fmt: skip


def test_while_a_victim_refuses_the_link_tells_nothing_of_what_becomes_of_the_case(
    neighbours, world
):
    sent_letter(neighbours, "met", PartyKind.APPLICANT)
    shown = Client().get(mine(neighbours)).content.decode()
    assert "There will be a review" in shown
    assert "Music until three" in Client().get(mine(neighbours, "mine_incidents")).content.decode()

    casework.record_consent(neighbours, given=False, how="She called", by=world.officer)

    shown = Client().get(mine(neighbours)).content.decode()
    assert following.SILENT in shown
    assert "There will be a review" not in shown
    assert "Dates" not in shown
    for name in ("mine_incidents", "mine_panel", "mine_appeal"):
        assert mine(neighbours, name) not in shown
        assert Client().get(mine(neighbours, name)).status_code == 404
    assert Client().get(mine(neighbours, "mine_write")).status_code == 200

    casework.go_on_without_consent(neighbours, reason="A child is at risk", by=world.officer)
    assert "There will be a review" in Client().get(mine(neighbours)).content.decode()


@pytest.mark.pdf
def test_a_letter_to_a_victim_who_refuses_after_it_was_made_ready_is_held_back(neighbours, world):
    letter = letters.draft(neighbours, "other", party=PartyKind.VICTIM, by=world.officer)
    letters.change(letter, heading="A letter", body="Words", by=world.officer)
    letters.ready(letter, by=world.officer)
    casework.record_consent(neighbours, given=False, how="She called", by=world.officer)

    assert postbox.send_waiting(clock.now(), durable=False) == 0

    letter.refresh_from_db()
    assert letter.state == LetterState.DRAFT
    assert "refused consent" in letter.problem
    assert not mail.outbox


# ---- letters that an officer takes to the post --------------------------------------------------


@pytest.mark.pdf
def test_a_letter_to_post_does_not_show_an_address_that_is_no_longer_safe(case, world, sign_in):
    who = case.parties.get()
    who.way, who.address = "post", "9 Old Mill Lane"
    who.save()
    letter = letters.draft(case, "other", by=world.officer)
    letters.change(letter, heading="A letter", body="Words", by=world.officer)
    letter = letters.ready(letter, by=world.officer)
    pages = [
        reverse(f"triggers:{name}", args=["dartford", case.reference, letter.number])
        for name in ("letter", "letter_told")
    ]
    officer = sign_in(world.officer)
    assert all("9 Old Mill Lane" in officer.get(page).content.decode() for page in pages)

    casework.change_contact(
        who, checked_on=clock.today(), how="She came to us", by=world.officer, way="telephone",
        telephone="01632 960001",
    )  # fmt: skip

    for page in pages:
        shown = officer.get(page).content.decode()
        assert "9 Old Mill Lane" not in shown
        assert "has changed since" in shown


# ---- reading by a link while signed in ----------------------------------------------------------


def test_who_is_signed_in_is_on_record_for_a_letter_taken_by_a_link(case, colleague, sign_in):
    letter = sent_letter(case, "met", PartyKind.VICTIM)
    before = ReadEntry.objects.count()
    assert sign_in(colleague).get(mine(case, "mine_letter_file", letter.pk)).status_code == 200
    assert ReadEntry.objects.filter(actor_name=str(colleague)).count() == 1
    assert ReadEntry.objects.count() == before + 1


# ---- a seat, but no signature -------------------------------------------------------------------


def test_the_list_tells_nothing_of_a_case_to_somebody_whose_body_has_not_signed(
    case, world, sign_in
):
    assert "Noise" in sign_in(world.officer).get(at("cases")).content.decode()
    Signature.objects.filter(agency=world.council).delete()
    officer = sign_in(world.officer)
    for url in (at("cases"), at("cases_csv"), at("overview")):
        shown = officer.get(url).content.decode().lower()
        assert "noise and threats" not in shown
        assert "noise, threats" not in shown
    assert case.reference in officer.get(at("cases")).content.decode()
    assert not officer.get(at("overview")).context["own"]


# ---- bodies, once there is no case any more -----------------------------------------------------


@pytest.mark.parametrize("ends", ["the victim", "the officers"])
def test_a_body_learns_nothing_of_the_person_once_it_is_no_longer_asked(
    asked, answerer, case, world, sign_in, ends
):
    url = reverse("triggers:information", args=["dartford", asked.pk])
    body = sign_in(answerer)
    for words in ("Fern Aldous", "14 Invented Row", "Music until three"):
        assert words in body.get(url).content.decode()

    if ends == "the victim":
        applying.withdraw(case, reason="")
    else:
        requests.withdraw(asked.request, reason="Not needed", by=world.officer)

    shown = body.get(url).content.decode()
    for words in ("Fern Aldous", "14 Invented Row", "Music until three"):
        assert words not in shown
    report = reverse("triggers:information_report", args=["dartford", asked.pk, 1])
    assert body.get(report).status_code == 404
    assert not reminders.answers_due(clock.today()).exists()
    with pytest.raises(Wrong):
        information.save_answer(asked, known=True, summary="Late", by=answerer)


# ---- two at once --------------------------------------------------------------------------------


def test_the_case_is_locked_before_it_is_asked_whether_every_body_has_answered(asked, answerer):
    information.save_answer(asked, known=False, by=answerer)
    with CaptureQueriesContext(connection) as asked_for:
        information.send_answer(asked, by=answerer)
    locks = [each["sql"] for each in asked_for if "FOR UPDATE" in each["sql"]]
    assert '"triggers_application"."id" = ' in locks[0]


# ---- a seat of an hour --------------------------------------------------------------------------


def test_who_reads_for_an_hour_does_not_sit_on_the_panel(panel, world):
    panels_before = [each.seat.person for each in queries.sitting(panel)]
    emergencies.agree(
        emergencies.ask(
            world.partnership, reference=panel.reference, reason="A danger to life", by=world.vice
        ),
        by=world.chair,
    )  # fmt: skip

    assert world.vice in [each.seat.person for each in people.people_of(panel)]
    assert [each.seat.person for each in queries.sitting(panel)] == panels_before
    with pytest.raises(Wrong, match="do not sit"):
        panels.step_down(panel, said="I know them", by=world.vice)


# ---- recommendations that nobody has been sent --------------------------------------------------


def test_a_body_is_not_reminded_of_a_recommendation_that_it_was_not_sent(recommended, world):
    clocks.begin(recommended, CountedFrom.OUTCOME, clock.today(), by=world.officer)
    on = clock.today()
    known = {str(row["subject"]) for row in reminders.responses_due(on)}
    assert known == {str(each.pk) for each in recommended.recommendations.all()}

    panels.sit_again(recommended.case_review, reason="An appeal was upheld", by=world.officer)
    recommended.refresh_from_db()
    panels.recommend(recommended, agency=world.police, text="Not sent yet", by=world.officer)

    assert {str(row["subject"]) for row in reminders.responses_due(on)} == known


@pytest.mark.parametrize("who", ["officer", "chair"])
def test_an_hour_of_reading_ends_with_the_seat_by_which_it_was_asked(panel, world, who):
    if who == "officer":
        asker = worlds.person("Sorrel Vane")
        held = worlds.seat(asker, world.secretariat, world.council, Role.OFFICER)
    else:
        asker = world.vice
        held = Seat.objects.get(person=asker, group=world.board)
    emergencies.agree(
        emergencies.ask(
            world.partnership, reference=panel.reference, reason="A danger to life", by=asker
        ),
        by=world.chair,
    )  # fmt: skip
    assert asker in [each.seat.person for each in people.people_of(panel)]

    membership.workflow.end_seat(held, on=clock.today(), by=world.officer)

    assert asker not in [each.seat.person for each in people.people_of(panel)]
