"""Officers see what goes out before it goes, keep it back or send it now, and read the mail log."""

import datetime

import pytest
from django.core.exceptions import ValidationError

from core import history
from core.permissions import Refused
from core.workflow import Wrong
from meetings.workflow import schedule
from membership.models import GroupKind, Role
from notices.models import Delivery, DeliveryState, Hold, Notice
from notices.models import Rung as OwnRung
from notices.workflow import ladders, ledger, overseeing, sending, ticking
from tests import world as worlds
from tests.meetings.held import JUNE, PLACE, SEPTEMBER
from tests.meetings.held import at as held_at
from tests.notices import duties as d
from tests.notices.duties import KIND, at

PAGE, LOG, STEPS = "/dartford/reminders/", "/dartford/reminders/mail/", "/dartford/reminders/steps/"
NOW = at((3, 1), 9)


@pytest.fixture
def ahead(duties, time_machine):
    """A duty that is due in sixteen days, and nobody told of it yet."""
    time_machine.move_to(NOW, tick=False)
    d.register(title="Duty due")
    duties.turn = d.turn(duties.partnership)
    duties.at = f"{PAGE}{KIND}/{duties.turn.pk}/"
    return duties


def page(client, **query):
    return client.get(PAGE, query).content.decode()


# ---- what goes out ------------------------------------------------------------------------------


def test_officers_see_every_step_of_90_days_by_day_with_who_gets_it(ahead, sign_in):
    words = page(sign_in(ahead.officer))

    days = ["Wednesday 3 March 2027", "Monday 15 March 2027", "Thursday 18 March 2027"]
    places = [words.index(day) for day in days]
    assert places == sorted(places)
    assert words.count("A duty of Dartford</a>") == 3
    assert "Sage Holloway" in words


def test_it_says_what_goes_out_and_no_more_than_90_days(ahead, sign_in):
    d.turn(ahead.partnership, datetime.date(2027, 9, 1), key="far")
    assert page(sign_in(ahead.officer)).count("A duty of Dartford</a>") == 3


def test_what_was_told_is_no_longer_coming(ahead, sign_in):
    ledger.materialise(at((3, 3)))
    assert page(sign_in(ahead.officer)).count("A duty of Dartford</a>") == 2


def test_a_day_that_is_closed_shows_the_day_on_which_mail_goes(duties, sign_in, time_machine):
    time_machine.move_to(NOW, tick=False)
    d.register((d.Rung(-10, d.OFFICERS),))
    d.turn(duties.partnership, datetime.date(2090, 6, 10))
    time_machine.move_to(at(datetime.date(2090, 5, 1)), tick=False)
    assert "2090" in page(sign_in(duties.officer))


def test_a_seat_that_begins_until_then_is_counted(ahead, sign_in):
    worlds.seat(
        ahead.watch, ahead.secretariat, ahead.council, Role.OFFICER,
        starts_on=datetime.date(2027, 3, 10),
    )  # fmt: skip
    lines = page(sign_in(ahead.officer)).split("<tr")
    first = next(line for line in lines if "A duty of Dartford" in line)
    assert "Ash Pemberton" not in first
    assert sum("Ash Pemberton" in line for line in lines if "A duty of Dartford" in line) == 1


def test_where_nobody_chairs_officers_will_be_told(ahead, sign_in):
    ahead.chair_seat.ends_on = ahead.vice_seat.ends_on = datetime.date(2027, 3, 2)
    ahead.chair_seat.save()
    ahead.vice_seat.save()
    words = page(sign_in(ahead.officer))
    assert "Sage Holloway" not in words
    assert words.count("For: Chair") == 1


def test_that_nobody_is_there_to_be_told_is_said(ahead, sign_in):
    worlds.seat(ahead.watch, ahead.secretariat, ahead.council, Role.OFFICER,
                ends_on=datetime.date(2027, 3, 2))  # fmt: skip
    ahead.officer_seat.ends_on = datetime.date(2027, 3, 2)
    ahead.officer_seat.save()
    assert "Nobody" in page(sign_in(ahead.officer))


def test_it_can_be_narrowed_and_downloaded(ahead, sign_in):
    client = sign_in(ahead.officer)
    assert page(client, person="Sage Holloway").count("A duty of Dartford</a>") == 1
    assert "No reminder matches" in page(client, person="Nobody\x00")
    lines = client.get(PAGE, {"format": "csv"}).content.decode().strip().splitlines()
    assert len(lines) == 4
    assert lines[1].startswith("3 March 2027,Duty due,A duty of Dartford,17 March 2027,Officers,")


def test_an_empty_ledger_says_what_to_do(duties, sign_in):
    assert "Nothing is due to go out" in page(sign_in(duties.officer))


def test_of_a_panel_only_those_on_it_see_anything(duties, sign_in, time_machine):
    time_machine.move_to(NOW, tick=False)
    panel = worlds.group(duties.partnership, "Panel", "panel")
    worlds.seat(duties.kent, panel, duties.county, Role.CHAIR)
    d.register((d.Rung(0, d.CHAIR),), group=panel)
    d.turn(duties.partnership)

    assert "Nothing is due to go out" in page(sign_in(duties.officer))


@pytest.mark.parametrize("count", [1, 40])
def test_it_asks_as_many_queries_for_many(ahead, sign_in, count, django_assert_max_num_queries):
    for number in range(count):
        d.turn(ahead.partnership, key=f"duty-{number}")
    client = sign_in(ahead.officer)
    client.get(PAGE)
    with django_assert_max_num_queries(10):
        client.get(PAGE)


@pytest.mark.parametrize("who", ["chair", "kent", "scrutiny", "stranger"])
def test_it_is_for_officers(ahead, sign_in, who):
    client = sign_in(getattr(ahead, who))
    for address in (PAGE, LOG, STEPS, f"{ahead.at}hold/"):
        assert client.get(address).status_code == 403


# ---- keeping back, letting go, sending now ------------------------------------------------------


def test_an_officer_keeps_a_reminder_back_with_a_reason(ahead, sign_in):
    client = sign_in(ahead.officer)

    client.post(f"{ahead.at}hold/", {"reason": "The board moves the date"})

    assert "The board moves the date" in page(client)
    assert ledger.materialise(at((3, 3))) == 0


@pytest.mark.parametrize("reason", ["", "   ", "x" * 301])
def test_a_reason_must_be_given(ahead, sign_in, reason):
    answer = sign_in(ahead.officer).post(f"{ahead.at}hold/", {"reason": reason})

    assert answer.status_code == 200
    assert b"govuk-error-message" in answer.content
    assert not Hold.objects.exists()


def test_released_it_goes_at_the_next_tick(ahead, sign_in):
    client = sign_in(ahead.officer)
    client.post(f"{ahead.at}hold/", {"reason": "Wait"})
    client.post(f"{ahead.at}release/")

    assert ledger.materialise(at((3, 3))) == 1
    hold = Hold.objects.get()
    assert hold.released_by == ahead.officer


def test_what_waits_to_be_sent_is_kept_back_too(ahead, sink):
    ledger.materialise(at((3, 3), 0, 5))
    kept = {"kind": KIND, "subject": str(ahead.turn.pk), "by": ahead.officer}
    overseeing.hold(ahead.partnership, reason="Wait", **kept)

    assert sending.send(at((3, 3), 9)) == 0
    assert Delivery.objects.get().state == DeliveryState.HELD
    overseeing.release(ahead.partnership, **kept)
    assert sending.send(at((3, 3), 9)) == 1


def test_what_cannot_be_done_now_is_said_and_breaks_nothing(ahead, sign_in):
    client = sign_in(ahead.officer)
    for verb in ("release", "now"):
        answer = client.post(f"{PAGE}{KIND}/nothing/{verb}/", follow=True)
        assert answer.status_code == 200
        assert b"govuk-notification-banner" in answer.content
    for address in (f"{PAGE}{KIND}/nothing/hold/", f"{PAGE}no-kind/nothing/hold/"):
        assert b"gone out already" in client.get(address, follow=True).content
    client.post(f"{ahead.at}hold/", {"reason": "Wait"})
    assert b"kept back already" in client.post(f"{ahead.at}hold/", {"reason": "Wait"}).content
    assert b"Release it first" in client.post(f"{ahead.at}now/", follow=True).content


def test_sent_now_it_is_told_before_its_day_and_not_again_on_it(ahead, sign_in, sink):
    sign_in(ahead.officer).post(f"{ahead.at}now/")

    assert Notice.objects.get(kind=KIND).recipient == ahead.officer
    assert sending.send(NOW) == 1
    assert ledger.materialise(at((3, 3))) == 0


def test_sent_now_it_goes_at_the_weekend_too(ahead, sign_in, sink, time_machine):
    sunday = at((2, 28), 12)
    time_machine.move_to(sunday, tick=False)
    sign_in(ahead.officer).post(f"{ahead.at}now/")
    assert sending.send(sunday) == 1


def test_only_officers_of_the_partnership_do_this(ahead):
    kept = {"kind": KIND, "subject": str(ahead.turn.pk)}
    for who in (ahead.chair, ahead.stranger):
        with pytest.raises(Refused):
            overseeing.hold(ahead.partnership, reason="Wait", by=who, **kept)
        with pytest.raises(Refused):
            overseeing.send_now(ahead.partnership, by=who, **kept)
    with pytest.raises(Wrong):
        overseeing.send_now(ahead.gravesham, by=ahead.stranger, **kept)


# ---- ladders ------------------------------------------------------------------------------------


def steps(world):
    return sorted(
        OwnRung.objects.filter(partnership=world.partnership).values_list("days", "audience")
    )


def test_the_first_change_makes_the_ladder_the_partnerships_own(ahead, sign_in):
    client = sign_in(ahead.officer)
    answer = {"number": "5", "side": "after", "audience": "chair"}

    client.post(f"{STEPS}{KIND}/", answer)

    assert steps(ahead) == [(-10, "officers"), (-2, "officers"), (1, "chair"), (5, "chair")]
    assert "The partnership’s own" in client.get(STEPS).content.decode()


def test_a_step_is_taken_away_and_ours_come_back(ahead, sign_in):
    client = sign_in(ahead.officer)
    client.post(f"{STEPS}{KIND}/remove/", {"days": "-10", "audience": "officers"})
    assert steps(ahead) == [(-2, "officers"), (1, "chair")]

    client.post(f"{STEPS}{KIND}/ours/")
    assert steps(ahead) == []
    assert OwnRung.history.filter(history_type="-").count() == 3


@pytest.mark.parametrize(
    "answer",
    [
        {"number": "121", "side": "after", "audience": "chair"},
        {"number": "-1", "side": "after", "audience": "chair"},
        {"number": "½", "side": "after", "audience": "chair"},
        {"number": "", "side": "", "audience": ""},
        {"number": "1", "side": "after", "audience": "everybody"},
        {"number": "1", "side": "after", "audience": "chair"},
    ],
)
def test_a_step_that_makes_no_sense_is_refused_beside_its_field(ahead, sign_in, answer):
    answered = sign_in(ahead.officer).post(f"{STEPS}{KIND}/", answer)
    assert b"govuk-error-message" in answered.content
    assert (121, "chair") not in steps(ahead)


def test_the_last_step_stays(ahead):
    asked = {"kind": KIND, "by": ahead.officer}
    for days, audience in [(-10, "officers"), (-2, "officers")]:
        ladders.remove_rung(ahead.partnership, days=days, audience=audience, **asked)
    with pytest.raises(Wrong, match="at least one"):
        ladders.remove_rung(ahead.partnership, days=1, audience="chair", **asked)
    with pytest.raises(ValidationError):
        ladders.add_rung(ahead.partnership, days=1, audience="chair", **asked)


@pytest.mark.parametrize("days", ["", "x", "99999999999999999999"])
def test_odd_steps_to_take_away_are_refused(ahead, sign_in, days):
    answer = sign_in(ahead.officer).post(
        f"{STEPS}{KIND}/remove/", {"days": days, "audience": "chair"}, follow=True
    )
    assert answer.status_code == 200
    assert sign_in(ahead.officer).get(f"{STEPS}nothing/").status_code == 404


# ---- the mail log -------------------------------------------------------------------------------


@pytest.fixture
def refused(ahead, sink):
    sink.answers[ahead.officer.email] = "550 No such mailbox"
    ledger.materialise(at((3, 3)))
    sending.send(at((3, 3), 9))
    ahead.delivery = Delivery.objects.get()
    ahead.sink = sink
    return ahead


def test_the_log_shows_what_the_server_refused(refused, sign_in):
    words = sign_in(refused.officer).get(LOG, {"view": "wrong"}).content.decode()
    assert "550 No such mailbox" in words
    assert "Did not arrive" in words
    assert "A duty of Dartford" not in words


def test_it_can_be_narrowed_and_downloaded_by_officers_only(refused, sign_in):
    client = sign_in(refused.officer)
    assert b"550" in client.get(LOG, {"person": refused.officer.pk, "kind": KIND}).content
    assert b"No email matches" in client.get(LOG, {"view": "sent"}).content
    assert b"No email matches" in client.get(LOG, {"person": "nobody\x00"}).content
    assert b"550 No such mailbox" in client.get(LOG, {"format": "csv"}).content


def test_it_is_sent_again_with_an_identity_of_its_own(refused, sign_in):
    first = refused.delivery.message_id
    refused.sink.answers.clear()
    client = sign_in(refused.officer)

    client.post(f"{LOG}{refused.delivery.pk}/again/")
    sending.send(at((3, 3), 10))

    (mail,) = refused.sink.received(refused.officer.email)
    assert mail["Message-ID"] != first
    words = client.get(f"{LOG}{refused.delivery.pk}/").content.decode()
    assert "A duty of Dartford" in words
    assert "Sent" in words


def test_what_still_waits_is_not_sent_again(refused):
    overseeing.resend(refused.delivery, by=refused.officer)
    with pytest.raises(Wrong, match="waiting"):
        overseeing.resend(refused.delivery, by=refused.officer)
    with pytest.raises(Refused):
        overseeing.resend(refused.delivery, by=refused.chair)


def test_to_nowhere_nothing_is_sent_again(refused, sign_in):
    refused.officer.email = ""
    refused.officer.save()
    answer = sign_in(refused.officer).post(f"{LOG}{refused.delivery.pk}/again/", follow=True)
    assert b"no address to send it to" in answer.content


def test_the_log_of_another_partnership_is_not_there(refused, sign_in):
    client = sign_in(refused.stranger)
    assert client.get("/gravesham/reminders/mail/").status_code == 200
    assert client.get(f"/gravesham/reminders/mail/{refused.delivery.pk}/").status_code == 404


@pytest.mark.parametrize("count", [1, 40])
def test_the_log_asks_as_many_queries_for_many(
    ahead, sign_in, count, django_assert_max_num_queries
):
    for number in range(count):
        d.turn(ahead.partnership, key=f"duty-{number}")
    ledger.materialise(at((3, 3)))
    client = sign_in(ahead.officer)
    client.get(LOG)
    with django_assert_max_num_queries(9):
        client.get(LOG)


def test_the_demonstration_shows_what_it_would_have_sent(ahead, sign_in, settings, client):
    settings.DEMONSTRATION = True
    settings.EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
    assert b"No email has been sent yet" in client.get("/demonstration/mail/").content
    ledger.materialise(at((3, 3)))
    assert sending.send(at((3, 3), 9)) == 1
    assert b"Duty due: 17 March 2027" in client.get("/demonstration/mail/").content
    settings.DEMONSTRATION = False
    assert client.get("/demonstration/mail/").status_code == 404


def test_a_duty_that_is_done_is_not_coming(ahead, sign_in):
    ahead.turn.done_on, ahead.turn.done_by = NOW.date(), ahead.officer
    history.save(ahead.turn, by=ahead.officer)
    assert "Nothing is due to go out" in page(sign_in(ahead.officer))


def test_it_says_when_the_ledger_was_last_awake(ahead, sign_in, sink):
    client = sign_in(ahead.officer)
    assert "Nothing goes out at the moment" in page(client)
    ticking.tick(NOW)
    assert "Nothing goes out at the moment" not in page(client)


# ---- panels --------------------------------------------------------------------------------------


def test_the_mail_log_names_nobody_of_a_panel_to_who_may_not_know_of_it(world, sign_in):
    panel = worlds.group(world.partnership, "Panel", GroupKind.PANEL, reports_to=world.board)
    officer, member = worlds.person("Fern Hollis"), worlds.person("Oak Barlow")
    worlds.seat(officer, panel, world.police, Role.OFFICER)
    worlds.seat(member, panel, world.police)
    with held_at(JUNE):
        schedule.schedule(panel, on=SEPTEMBER, **PLACE, by=officer)
    assert Notice.objects.filter(recipient=member, panel=panel).exists()

    for address in (LOG, f"{LOG}?format=csv"):
        answer = sign_in(world.officer).get(address)
        assert answer.status_code == 200
        assert "Oak Barlow" not in answer.content.decode()


@pytest.mark.parametrize("verb", ["hold", "release", "now"])
def test_an_address_with_a_nul_in_it_leads_nowhere(world, sign_in, verb):
    answer = sign_in(world.officer).post(f"{PAGE}agenda-due/%00/{verb}/", {"reason": "It waits"})
    assert answer.status_code == 404
