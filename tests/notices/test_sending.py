"""What is to be sent goes at least once, as one mail, and what does not go says why."""

import datetime
import re

import pytest
from django.db import transaction

from core import clock, history
from notices import workflow
from notices.models import Delivery, DeliveryState, How, Notice, Preference, SentMail, Tick
from notices.workflow import ledger, sending, ticking
from tests.notices import duties as d
from tests.notices.duties import KIND, at
from tests.notices.sink import closed_port

NOW = at((3, 17), 9)


@pytest.fixture
def due(duties, time_machine):
    """One reminder for the officer, due now."""
    time_machine.move_to(NOW, tick=False)
    d.register((d.Rung(0, d.OFFICERS),), title="Duty due")
    duties.turn = d.turn(duties.partnership)
    return duties


def only():
    return Delivery.objects.get()


def test_a_reminder_is_sent_once_with_what_by_when_why_and_one_link(due, sink):
    done = ticking.tick(NOW)
    again = ticking.tick(NOW)

    assert (done.notices, done.mails, again.mails) == (1, 1, 0)
    (mail,) = sink.received(due.officer.email)
    text = mail.get_body(("plain",)).get_content()
    assert mail["Subject"] == "Duty due: 17 March 2027"
    assert "A duty of Dartford" in text
    assert "Due on Wednesday 17 March 2027." in text
    assert "because you are an officer" in text
    assert re.findall(r"https?://\S+", text) == [
        f"http://localhost:8000/notices/{Notice.objects.get(kind=KIND).pk}/"
    ]
    assert due.officer.name not in mail.as_string()
    assert only().state == DeliveryState.SENT
    assert SentMail.objects.get().text == text.replace("\r\n", "\n") or SentMail.objects.get().text


def test_its_html_is_a_document_with_a_title_and_a_language(due, sink):
    ticking.tick(NOW)

    html = sink.received(due.officer.email)[0].get_body(("html",)).get_content()

    assert '<html lang="en-GB">' in html
    assert "<title>Duty due: 17 March 2027</title>" in html
    assert html.count("<a ") == 1
    assert html.count("<h1>") == 1


def test_mail_programs_can_turn_it_off_by_one_click(due, sink, client):
    ticking.tick(NOW)
    mail = sink.received(due.officer.email)[0]
    address = mail["List-Unsubscribe"].strip("<>").replace("\n", "")
    path = "/" + address.split("/", 3)[3]

    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert mail["Auto-Submitted"] == "auto-generated"
    assert client.get(path).status_code == 200
    assert not Preference.objects.exists()
    answer = client.post(path, {"List-Unsubscribe": "One-Click"})
    assert answer.status_code == 200
    assert Preference.objects.get(person=due.officer, kind=KIND).how == How.NEVER


def test_its_message_id_follows_from_the_row_alone(due, sink):
    ledger.materialise(NOW)
    key = only().pk
    sending.send(NOW)

    assert sink.received(due.officer.email)[0]["Message-ID"] == f"<{key}@localhost>"


def test_digests_go_as_one_mail_at_eight_on_a_working_day(due, sink, time_machine):
    Preference.objects.create(person=due.officer, how=How.DAILY)
    d.turn(due.partnership, key="second")
    ledger.materialise(NOW)

    assert sending.send(at((3, 18), 7, 59)) == 0
    assert sending.send(at((3, 18), 8)) == 1
    (mail,) = sink.received(due.officer.email)
    assert mail["Subject"] == "2 notices for you"
    assert SentMail.objects.get().deliveries.count() == 2
    assert set(Delivery.objects.values_list("state", flat=True)) == {DeliveryState.SENT}


def test_what_happened_comes_together_once_a_day_without_its_words(duties, sink, time_machine):
    time_machine.move_to(NOW, tick=False)
    told = {"kind": "action-handed-over", "url": "/", "partnership": duties.partnership}
    workflow.tell([duties.kent], about=duties.board, text="Hazel Okafor gave it to you", **told)

    assert sending.send(NOW) == 0
    assert sending.send(at((3, 18), 8)) == 1
    text = sink.received(duties.kent.email)[0].get_body(("plain",)).get_content()
    assert "New for you: action handed over." in text
    assert "Hazel" not in text


@pytest.mark.parametrize("moment", [((3, 26), 12), ((3, 27), 12), ((3, 30), 7)])
def test_what_an_outage_put_off_does_not_go_at_easter_or_at_night(duties, sink, moment):
    d.register((d.Rung(0, d.OFFICERS),), stale=30)
    d.turn(duties.partnership, datetime.date(2027, 3, 24))
    ledger.materialise(at((3, 24)))

    assert sending.send(at(*moment)) == 0
    assert sending.send(at((3, 30), 8)) == 1


# ---- what goes wrong ----------------------------------------------------------------------------


def test_a_dead_address_is_refused_and_the_log_shows_what_the_server_said(due, sink):
    sink.answers[due.officer.email] = "550 5.1.1 No such mailbox"
    ticking.tick(NOW)

    assert only().state == DeliveryState.REFUSED
    assert only().problem == "550 5.1.1 No such mailbox"
    assert ticking.tick(at((3, 18))).mails == 0


def test_a_full_mailbox_is_tried_again_with_longer_and_longer_waits(due, sink, time_machine):
    sink.answers[due.officer.email] = "452 4.2.2 Mailbox full"
    waits, now = [], NOW
    for _ in range(4):
        time_machine.move_to(now, tick=False)
        ticking.tick(now)
        waits.append((only().send_after - now).total_seconds() / 60)
        now = only().send_after

    assert waits == [1, 2, 4, 8]
    assert only().problem == "452 4.2.2 Mailbox full"
    del sink.answers[due.officer.email]
    time_machine.move_to(now, tick=False)
    assert ticking.tick(now).mails == 1
    assert only().problem == ""


def test_what_never_gets_through_expires_where_it_is_seen(due, sink, time_machine):
    sink.answers[due.officer.email] = "452 4.2.2 Mailbox full"
    ticking.tick(NOW)
    later = NOW + datetime.timedelta(days=11)
    time_machine.move_to(later, tick=False)
    ticking.tick(later)

    assert only().state == DeliveryState.EXPIRED
    assert only().problem == "452 4.2.2 Mailbox full"


def test_a_4xx_after_the_whole_mail_came_is_tried_again_with_the_same_identity(
    due, sink, time_machine
):
    sink.after.append("4 after")
    ticking.tick(NOW)
    time_machine.move_to(NOW + sending.MINUTE, tick=False)
    ticking.tick(NOW + sending.MINUTE)

    first, second = sink.received(due.officer.email)
    assert first["Message-ID"] == second["Message-ID"]
    assert only().state == DeliveryState.SENT


def test_a_server_that_hangs_is_given_up_within_the_lease(due, sink):
    sink.hangs.set()
    ticking.tick(NOW)

    assert only().state == DeliveryState.WAITING
    assert "Timeout" in only().problem or "timed out" in only().problem
    assert datetime.timedelta(minutes=2) < sending.LEASE


def test_a_server_that_is_down_is_asked_once_a_tick_and_not_for_each_mail(due, settings, caplog):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", closed_port()
    settings.DEMONSTRATION = False
    d.turn(due.partnership, key="second")
    ticking.tick(NOW)

    assert sorted(Delivery.objects.values_list("attempts", flat=True)) == [0, 1]
    assert "mail-server-down" in caplog.text


def test_somebody_with_no_address_at_all(due, sink):
    due.officer.email = ""
    due.officer.save()
    ticking.tick(NOW)
    assert only().state == DeliveryState.NO_ADDRESS


@pytest.mark.parametrize("email", ["no@such@host", "línea@example.test", "a b@example.test"])
def test_an_address_that_is_none(due, sink, email):
    due.officer.email = email
    due.officer.save()
    ticking.tick(NOW)
    assert only().state in {DeliveryState.REFUSED, DeliveryState.SENT}


def _do(world):
    world.turn.done_on, world.turn.done_by = NOW.date(), world.officer
    history.save(world.turn, by=world.officer)


def _move(world):
    world.turn.due_on, world.turn.moved_because = datetime.date(2027, 4, 30), "The chair is away"
    history.save(world.turn, by=world.officer)


def _delete(world):
    world.turn.delete()


def _leave(world):
    world.officer.is_active = False
    world.officer.save()


@pytest.mark.parametrize("meanwhile", [_do, _move, _delete, _leave])
def test_what_is_no_longer_needed_is_not_sent(due, sink, meanwhile):
    ledger.materialise(NOW)
    meanwhile(due)

    assert sending.send(NOW) == 0
    assert only().state == DeliveryState.OVER
    assert not sink.mails


# ---- two at a time, and what dies in between ----------------------------------------------------


def test_nobody_sends_what_another_has_claimed(due, sink):
    ledger.materialise(NOW)
    assert len(sending.claim(NOW)) == 1
    assert sending.claim(NOW) == []


def test_a_lease_that_ran_out_is_taken_over_with_the_same_identity(due, sink, time_machine):
    ledger.materialise(NOW)
    (first,) = sending.claim(NOW)
    later = NOW + sending.LEASE
    time_machine.move_to(later, tick=False)

    (second,) = sending.claim(later)

    assert second.message_id == first.message_id
    assert second.attempts == 2


def test_a_digest_that_was_claimed_is_sent_again_as_it_was(due, sink, time_machine):
    Preference.objects.create(person=due.officer, how=How.DAILY)
    ledger.materialise(NOW)
    morning = at((3, 18), 8)
    time_machine.move_to(morning, tick=False)
    (first,) = sending.claim(morning)
    d.turn(due.partnership, key="late")
    ledger.materialise(NOW)
    later = morning + sending.LEASE
    time_machine.move_to(later, tick=False)

    claims = [[each.message_id for each in sending.claim(later)] for _ in range(2)]

    assert [first.message_id] in claims
    assert claims[0] != claims[1]


@pytest.mark.django_db(transaction=True)
def test_a_claim_inside_another_transaction_is_refused():
    with transaction.atomic(), pytest.raises(RuntimeError):
        sending.claim(clock.now())


def test_the_tick_is_remembered(due, sink):
    ticking.tick(NOW)
    tick = Tick.objects.get()
    assert (tick.at, tick.notices, tick.mails) == (NOW, 1, 1)
