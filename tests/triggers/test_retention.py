"""What a case held about people goes when its time is over; holds keep it; the figures stay."""

import datetime

import pytest
import time_machine

from audit.models import Entry
from core import clock
from core.permissions import Refused
from core.workflow import Wrong
from membership.models import Seat
from triggers import work
from triggers.models import Application, Complaint, Erasure, Party, Stage
from triggers.queries import keeping
from triggers.workflow import applying, casework, holding, retention

YEARS = datetime.timedelta(days=6 * 366)


@pytest.fixture
def closed(case, world):
    """A case that was withdrawn, and so is closed."""
    casework.write_note(case, text="Rang them", by=world.officer)
    return applying.withdraw(case, reason="It has stopped", by=world.officer)


@pytest.fixture
def later(closed):
    """The day on which its time is over."""
    day = keeping.after_years(closed.closed_on, 6)
    with time_machine.travel(datetime.datetime.combine(day, datetime.time(10)), tick=False):
        yield day


def test_a_case_is_kept_for_as_many_years_as_the_procedure_says(closed):
    last = keeping.after_years(closed.closed_on, 6) - datetime.timedelta(days=1)

    assert keeping.due(closed.partnership, last) == []
    assert [each.application for each in keeping.due(closed.partnership, last + last.resolution)]


def test_29_february_is_kept_until_1_march():
    leap = datetime.date(2028, 2, 29)

    assert keeping.after_years(leap, 6) == datetime.date(2034, 3, 1)
    assert keeping.after_years(leap, 4) == datetime.date(2032, 2, 29)


def test_an_open_case_is_never_due(case, world):
    day = clock.today() + 10 * YEARS

    assert keeping.due(case.partnership, day) == []
    with pytest.raises(Wrong, match="not closed"):
        retention.approve(case, by=world.officer)


def test_too_early_it_cannot_be_approved(closed, world):
    with pytest.raises(Wrong, match="kept until"):
        retention.approve(closed, by=world.officer)


def test_only_officers_of_the_secretariat_approve(closed, world, later):
    for person in (world.chair, world.kent):
        with pytest.raises(Refused):
            retention.approve(closed, by=person)


def test_a_dry_run_counts_and_changes_nothing(closed, later):
    counted = retention.dry_run(closed)

    assert counted["triggers.Complaint"] == 3
    assert counted["triggers.HistoricalParty"] >= 1
    assert Complaint.objects.filter(application=closed).count() == 3
    assert retention.dry_run(closed) == counted


def test_approved_it_goes_with_its_history_and_the_application_stays(closed, world, later):
    counted = retention.dry_run(closed)
    retention.approve(closed, by=world.officer)

    assert retention.carry_out() == 1

    erasure = Erasure.objects.get()
    assert (erasure.by, erasure.rows) == (world.officer, dict(counted))
    closed.refresh_from_db()
    assert (closed.stage, closed.erased_on) == (Stage.WITHDRAWN, later)
    assert closed.topics == ["noise", "threats"]
    assert not Party.objects.exists()
    assert not Party.history.exists()
    assert not Application.history.filter(id=closed.pk).exists()


def test_nobody_is_on_it_any_more(closed, world, later, sign_in):
    client = sign_in(world.officer)
    retention.approve(closed, by=world.officer)
    retention.carry_out()

    assert not Seat.objects.on(clock.today()).filter(group=closed.group).exists()
    assert client.get(closed.get_absolute_url()).status_code == 404


def test_twice_changes_nothing(closed, world, later):
    retention.approve(closed, by=world.officer)
    retention.carry_out()
    before = (Erasure.objects.values().get(), Entry.objects.count())

    assert retention.carry_out() == 0
    with pytest.raises(Wrong, match="already"):
        retention.approve(closed, by=world.officer)
    assert (Erasure.objects.values().get(), Entry.objects.count()) == before
    assert keeping.due(closed.partnership, later) == []


def test_it_can_be_taken_back_until_it_is_done(closed, world, later):
    retention.approve(closed, by=world.officer)
    retention.take_back(closed, by=world.officer)

    assert retention.carry_out() == 0
    assert Party.objects.filter(application=closed).exists()
    with pytest.raises(Wrong):
        retention.take_back(closed, by=world.officer)


# ---- legal holds --------------------------------------------------------------------------------


def test_a_hold_keeps_everything_while_it_lasts(closed, world, later):
    hold = holding.put_hold(closed, reason="A court asks", by=world.officer)

    with pytest.raises(Wrong, match="legal hold"):
        retention.approve(closed, by=world.officer)
    assert keeping.due(closed.partnership, later)[0].obstacles == ["A legal hold keeps it"]

    holding.lift_hold(hold, because="It has been heard", by=world.officer)
    retention.approve(closed, by=world.officer)
    assert retention.carry_out() == 1


def test_a_hold_put_after_the_approval_stops_it(closed, world, later):
    retention.approve(closed, by=world.officer)
    holding.put_hold(closed, reason="A court asks", by=world.officer)

    assert retention.carry_out() == 0
    assert not Erasure.objects.exists()
    assert Party.objects.filter(application=closed).exists()


def test_of_two_holds_one_is_enough(closed, world, later):
    first = holding.put_hold(closed, reason="A court asks", by=world.officer)
    holding.put_hold(closed, reason="An inquiry asks", by=world.officer)
    holding.lift_hold(first, because="Over", by=world.officer)

    assert keeping.held(closed)
    with pytest.raises(Wrong, match="lifted already"):
        holding.lift_hold(first, because="Over", by=world.officer)


def test_the_reason_of_a_hold_stands_in_no_record(closed, world):
    holding.put_hold(closed, reason="Quokka asks", by=world.officer)

    assert not Entry.objects.filter(subject__contains="Quokka").exists()
    assert "Quokka" not in repr(list(Entry.objects.values_list("detail", "verb")))


def test_while_a_hold_lasts_nothing_is_thrown_away_by_hand(case, another, world):
    link = casework.link_cases(case, another, why="The same block", by=world.officer)
    hold = holding.put_hold(another, reason="A court asks", by=world.officer)

    with pytest.raises(Wrong, match="legal hold"):
        casework.unlink_cases(link, by=world.officer)

    holding.lift_hold(hold, because="It has been heard", by=world.officer)
    casework.unlink_cases(link, by=world.officer)


# ---- who is told --------------------------------------------------------------------------------


def test_officers_of_the_secretariat_find_it_among_their_work(closed, world, colleague, later):
    (found,) = work.to_remove(colleague, later)

    assert (found.what, found.due) == ("1 case review to remove", later)
    assert list(work.to_remove(world.chair, later)) == []
    retention.approve(closed, by=colleague)
    assert list(work.to_remove(colleague, later)) == []
