"""What is due is told once: to the right people, on the right day, after an outage too."""

import datetime

import pytest
from django.db import connection

from core import history
from core.reminders import reminders
from membership.models import Role
from notices.models import (
    Delivery,
    DeliveryState,
    Hold,
    How,
    Notice,
    Preference,
)
from notices.models import (
    Rung as OwnRung,
)
from notices.workflow import ledger
from tests import world as worlds
from tests.notices import duties as d
from tests.notices.duties import KIND, at


def told():
    """Who was told, and which step: ("Hazel Okafor", -10)."""
    return sorted(
        (notice.recipient.name, int(notice.occurrence.split()[-1]))
        for notice in Notice.objects.filter(kind=KIND).select_related("recipient")
    )


def test_each_step_is_told_on_its_working_day(duties):
    d.register()
    d.turn(duties.partnership)

    assert ledger.materialise(at((3, 2), 23, 59)) == 0
    assert ledger.materialise(at((3, 3), 0, 0)) == 1
    assert told() == [("Hazel Okafor", -10)]
    assert ledger.materialise(at((3, 14))) == 0
    assert ledger.materialise(at((3, 15))) == 1
    assert ledger.materialise(at((3, 17))) == 0
    assert ledger.materialise(at((3, 18))) == 1
    assert told() == [("Hazel Okafor", -10), ("Hazel Okafor", -2), ("Sage Holloway", 1)]


def test_it_says_what_by_when_and_why(duties):
    d.register(statutory=True)
    turn = d.turn(duties.partnership)
    ledger.materialise(at((3, 18)))

    notice = Notice.objects.get(recipient=duties.chair)

    assert notice.text == "A duty of Dartford"
    assert notice.due_on == turn.due_on
    assert notice.because == "You are told because you are the chair."
    assert notice.statutory
    assert notice.step == 3


def test_waking_it_often_tells_nothing_twice(duties):
    d.register()
    d.turn(duties.partnership)
    for _ in range(3):
        ledger.materialise(at((3, 18)))

    assert len(told()) == 3
    assert Delivery.objects.count() == 3


def test_an_outage_is_caught_up_and_only_the_newest_step_is_sent(duties):
    d.register()
    d.turn(duties.partnership)

    assert ledger.materialise(at((3, 15))) == 2
    states = dict(Delivery.objects.values_list("notice__step", "state"))

    assert states == {1: DeliveryState.EXPIRED, 2: DeliveryState.WAITING}
    assert Delivery.objects.get(notice__step=1).problem == ledger.SUPERSEDED
    assert Notice.objects.filter(kind=KIND).unread().get().step == 2


def test_what_would_mislead_by_now_is_told_but_not_sent_and_that_is_seen(duties):
    d.register()
    d.turn(duties.partnership)

    ledger.materialise(at((6, 1)))

    last = Delivery.objects.get(notice__recipient=duties.chair)
    assert last.state == DeliveryState.EXPIRED
    assert last.problem == ledger.OUTDATED


def test_a_moved_duty_is_told_for_its_new_date_and_the_old_not_again(duties):
    d.register()
    turn = d.turn(duties.partnership)
    ledger.materialise(at((3, 3)))
    turn.due_on, turn.moved_because = datetime.date(2027, 3, 24), "The chair is away"
    history.save(turn, by=duties.officer)

    assert ledger.materialise(at((3, 9))) == 0
    assert ledger.materialise(at((3, 10))) == 1
    assert sorted(Notice.objects.values_list("occurrence", flat=True)) == [
        "2027-03-17 -10", "2027-03-24 -10",
    ]  # fmt: skip


def test_a_done_duty_is_told_no_more(duties):
    d.register()
    turn = d.turn(duties.partnership)
    ledger.materialise(at((3, 3)))
    turn.done_on, turn.done_by = datetime.date(2027, 3, 4), duties.officer
    history.save(turn, by=duties.officer)

    assert ledger.materialise(at((3, 18))) == 0


@pytest.mark.parametrize(
    ("due", "days", "on"),
    [
        ((2027, 3, 30), -1, (2027, 3, 25)),  # Easter lies between
        ((2027, 3, 27), 0, (2027, 3, 30)),  # a Saturday: the next day that offices are open
        ((2027, 3, 27), -1, (2027, 3, 25)),
        ((2027, 3, 27), 1, (2027, 3, 30)),
        ((2028, 2, 29), 1, (2028, 3, 1)),
        ((2028, 3, 1), -1, (2028, 2, 29)),
        ((2026, 10, 26), -1, (2026, 10, 23)),  # the clocks go back in between
        ((2027, 3, 29), 1, (2027, 3, 30)),  # Easter Monday; the clocks went on the day before
    ],
)  # fmt: skip
def test_working_days_are_counted_inside_the_statement(duties, due, days, on):
    d.register((d.Rung(days, d.OFFICERS),))
    d.turn(duties.partnership, datetime.date(*due))
    day = datetime.date(*on)

    assert ledger.materialise(at(day - datetime.timedelta(days=1), 23, 59)) == 0
    assert ledger.materialise(at(day, 0, 0)) == 1


def test_beyond_the_known_bank_holidays_a_week_stands_for_five_days(duties):
    d.register((d.Rung(-5, d.OFFICERS),))
    d.turn(duties.partnership, datetime.date(2090, 6, 14))

    assert ledger.materialise(at(datetime.date(2090, 6, 6))) == 0
    assert ledger.materialise(at(datetime.date(2090, 6, 7))) == 1


# ---- to whom ------------------------------------------------------------------------------------


def to(world, audience, **owner):
    d.register((d.Rung(0, audience),), **owner)
    d.turn(world.partnership)
    ledger.materialise(at((3, 17)))
    return {name for name, _ in told()}


def test_the_chair_and_the_vice_chair_of_the_board(duties):
    assert to(duties, d.CHAIR) == {"Sage Holloway"}


def test_the_vice_chair(duties):
    assert to(duties, "vice_chair") == {"Linden Shah"}


def test_the_vice_chair_is_told_where_there_is_no_chair(duties):
    duties.chair_seat.ends_on = datetime.date(2027, 1, 1)
    duties.chair_seat.save()
    assert to(duties, d.CHAIR) == {"Linden Shah"}


def test_officers_are_told_where_nobody_chairs_and_it_says_so(duties):
    assert to(duties, d.CHAIR, group=duties.dvacs_group) == {"Hazel Okafor"}
    assert "nobody else" in Notice.objects.get().because


def test_the_officers_of_the_group_itself(duties):
    assert to(duties, d.OFFICERS, group=duties.ocg_group) == {"Rowan Mistry"}


def test_those_who_run_a_groups_business(duties):
    assert to(duties, d.OFFICERS, group=duties.dvacs_group) == {"Hazel Okafor"}


def test_the_owner_by_person(duties):
    assert to(duties, d.OWNER, person=duties.kent, agency=duties.council) == {"Bryony Clarke"}


def test_the_owner_by_post(duties):
    owner = {"post": duties.commander_post, "agency": duties.police, "group": duties.board}
    assert to(duties, d.OWNER, **owner) == {"Linden Shah"}


def test_the_owner_by_agency_where_the_post_is_empty(duties):
    duties.kent_seat.post = None
    owner = {"post": duties.manager_post, "agency": duties.county, "group": duties.board}
    duties.officer_board_seat.post = duties.officer_seat.post = None
    duties.officer_board_seat.save()
    assert to(duties, d.OWNER, **owner) == {"Bryony Clarke"}


def test_the_lead_of_the_owners_agency_on_the_group(duties):
    assert to(duties, d.LEAD, agency=duties.police, group=duties.dvacs_group) == {"Reed Samuels"}


def test_an_agencys_designated_liaison_officer_is_its_lead(duties):
    worlds.seat(duties.ocg, duties.board, duties.police)
    partner = duties.partnership.partners.get(agency=duties.police)
    partner.liaison = duties.ocg
    partner.save()
    assert to(duties, d.LEAD, agency=duties.police) == {"Rowan Mistry"}


def test_somebody_who_left_is_told_nothing_and_officers_instead(duties):
    assert to(duties, d.OWNER, person=duties.leaver) == {"Hazel Okafor"}


def test_a_person_who_may_not_sign_in_any_more_is_told_nothing(duties):
    duties.chair.is_active = False
    duties.chair.save()
    assert to(duties, d.CHAIR) == {"Linden Shah"}


def test_of_a_panel_nobody_beside_it_is_told(duties):
    panel = worlds.group(duties.partnership, "Panel", "panel")
    worlds.seat(duties.kent, panel, duties.county, Role.CHAIR)
    assert to(duties, d.OFFICERS, group=panel) == set()


def test_a_step_that_reached_nobody_waits_for_somebody(duties):
    duties.officer_seat.ends_on = datetime.date(2027, 1, 1)
    duties.officer_seat.save()
    assert to(duties, d.OFFICERS) == set()
    worlds.seat(duties.watch, duties.secretariat, duties.council, Role.OFFICER)

    assert ledger.materialise(at((3, 18))) == 1


def test_a_newcomer_is_not_told_what_was_told_before(duties):
    d.register()
    d.turn(duties.partnership)
    ledger.materialise(at((3, 3)))
    worlds.seat(duties.watch, duties.secretariat, duties.council, Role.OFFICER)

    assert ledger.materialise(at((3, 4))) == 0
    assert ledger.materialise(at((3, 15))) == 2


def test_a_partnerships_own_ladder_goes_before_ours(duties):
    d.register()
    d.turn(duties.partnership)
    d.turn(duties.gravesham)
    OwnRung.objects.create(partnership=duties.partnership, kind=KIND, days=-1, audience="chair")

    ledger.materialise(at((3, 16)))

    assert told() == [("Clover Bains", -10), ("Clover Bains", -2), ("Sage Holloway", -1)]


def test_a_held_reminder_stays_until_it_is_released(duties):
    d.register()
    turn = d.turn(duties.partnership)
    hold = Hold.objects.create(
        partnership=duties.partnership, kind=KIND, subject_id=str(turn.pk), reason="Being moved",
        held_by=duties.officer,
    )  # fmt: skip
    assert ledger.materialise(at((3, 3))) == 0

    hold.released_at, hold.released_by = at((3, 4)), duties.officer
    hold.save()
    assert ledger.materialise(at((3, 4))) == 1


# ---- when it goes out ---------------------------------------------------------------------------


def delivery(world, moment, how=None, kind="", **more):
    if how:
        Preference.objects.create(person=world.officer, kind=kind, how=how)
    d.register((d.Rung(0, d.OFFICERS),), **more)
    d.turn(world.partnership)
    ledger.materialise(moment)
    return Delivery.objects.filter(notice__recipient=world.officer).first()


def test_at_night_it_waits_for_eight_in_the_morning(duties):
    assert delivery(duties, at((3, 17), 0, 1)).send_after == at((3, 17), 8)


def test_by_day_it_goes_at_once(duties):
    assert delivery(duties, at((3, 17), 15)).send_after == at((3, 17), 15)


@pytest.mark.parametrize("day", [(3, 26), (3, 27), (3, 28), (3, 29)])
def test_nothing_goes_out_at_easter(duties, day):
    made = delivery(duties, at(day, 12), stale=30)
    assert made.send_after == at((3, 30), 8)


def test_what_is_urgent_goes_at_easter_too(duties):
    assert delivery(duties, at((3, 26), 12), urgent=True).send_after == at((3, 26), 12)


@pytest.mark.parametrize(
    ("how", "digest", "goes"),
    [(How.EACH, "", (3, 17)), (How.DAILY, "daily", (3, 18)), (How.WEEKLY, "weekly", (3, 22))],
)
def test_each_reader_is_told_as_they_wish(duties, how, digest, goes):
    made = delivery(duties, at((3, 17), 9), how)
    assert made.digest == digest
    assert made.send_after == at(goes, 8 if digest else 9)


def test_who_wants_no_email_gets_none_but_the_notice(duties):
    assert delivery(duties, at((3, 17)), How.NEVER) is None
    assert Notice.objects.filter(recipient=duties.officer).exists()


def test_the_wish_for_one_kind_goes_before_the_general_one(duties):
    Preference.objects.create(person=duties.officer, kind="", how=How.NEVER)
    assert delivery(duties, at((3, 17)), How.EACH, KIND) is not None


@pytest.mark.parametrize("how", [How.NEVER, How.WEEKLY])
@pytest.mark.parametrize("kind", ["", KIND])
def test_a_statutory_one_cannot_be_turned_off(duties, how, kind):
    made = delivery(duties, at((3, 17), 9), how, kind, statutory=True)
    assert made.digest == ""
    assert made.state == DeliveryState.WAITING


def test_a_person_with_no_address_is_seen(duties):
    duties.officer.email = ""
    duties.officer.save()
    assert delivery(duties, at((3, 17))).state == DeliveryState.NO_ADDRESS


# ---- as many statements for many ----------------------------------------------------------------


def statements(moment):
    count = []

    def note(execute, sql, params, many, context):
        count.append(sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        ledger.materialise(moment)
    return len(count)


def test_one_statement_for_many_partnerships(duties):
    d.register()
    d.turn(duties.gravesham)
    one = statements(at((3, 3)))
    for number in range(30):
        d.turn(duties.partnership, key=f"duty-{number}")

    assert statements(at((3, 18))) == one
    assert Notice.objects.count() == 93


def test_a_kind_that_fails_stops_no_other(duties, caplog):
    d.register()
    d.turn(duties.partnership)
    asked = reminders[KIND].ask
    broken = type(reminders[KIND])(
        "broken", "Broken", reminders[KIND].ladder, "", False, False, 10,
        lambda on: asked(on).extra(where=["1/0 = 1"]),
    )  # fmt: skip
    reminders.clear()
    reminders.update({"broken": broken, KIND: reminders.get(KIND) or _again(asked)})

    assert ledger.materialise(at((3, 3))) == 1
    assert "reminder-failed kind=broken" in caplog.text


def _again(asked):
    d.register()
    return reminders[KIND]


def test_every_reminder_of_the_rooms_can_be_asked(world):
    before = Notice.objects.count()
    for kind, reminder in reminders.items():
        assert ledger.write(reminder, at((3, 3))) >= 0, kind
    assert Notice.objects.count() >= before
