"""Every deadline of a case produced its reminder, on the day that another's reckoning gives, to the
case's officers; and nobody else learns which case it was.

A year with a case every five weeks as a rule; five years where ``CSP_TEST_ALL`` is set.
"""

import datetime
import os
import random

import pytest

from core import clock, remember, reminders
from membership.models import Role, Seat
from notices.models import Delivery, Notice
from notices.workflow import ledger
from tests import world as worlds
from tests.notices.oracle import workday, works
from tests.triggers.conftest import DAY, fill_in
from tests.triggers.test_clocks import at, of
from triggers.models import Channel, Clock, CountedFrom, InformationRequest
from triggers.workflow import applying, clocks, information, procedures

DATE = datetime.date
ALL = bool(os.environ.get("CSP_TEST_ALL"))
FIRST = DATE(2024, 4, 8)
LAST = FIRST + (5 * 365 if ALL else 365) * DAY
EVERY = 30 if ALL else 37
OURS = [name for name in reminders.reminders if name.startswith("case-review-")]
RUNGS = (-3, -1, 1, 5)


def tick(day):
    """The ledger's own statements, of this room's kinds."""
    with at(day, 8), remember.during():
        return sum(ledger.write(reminders.reminders[name], clock.now()) for name in OURS)


def told(kind, person=None):
    found = Notice.objects.filter(kind=kind)
    found = found.filter(recipient=person) if person else found
    return [(each.created_at.astimezone(clock.LONDON).date(), each.text) for each in found]


# ---- the simulated years ------------------------------------------------------------------------


def expected(since, due, done, rungs=RUNGS, until=LAST):
    """On which mornings a date is reminded of: every step until it is done, by working days.

    What is set during a day is told from the next morning on; of the steps that had passed by then
    only the newest.
    """
    days = [workday(due, rung) for rung in rungs]
    for day, following in zip(days, [*days[1:], None], strict=True):
        if day < since and following and following <= since:
            continue
        on = max(day, workday(since, 1))
        if on <= until and (done is None or on <= done):
            yield on


class Course:
    """One case as it goes, in the records and by the other reckoning."""

    def __init__(self, world, luck, on):
        self.officer, self.luck = world.officer, luck
        self.told, self.late = [], []
        with at(on, 10):
            draft = applying.begin(world.partnership, channel=Channel.TELEPHONE, by=world.officer)
            self.case = submitted(draft, world)
        self.plan = {}
        for stage, days in [
            ("acknowledge", 2),
            ("information", 14),
            ("threshold", 21),
            ("panel", 28),
        ]:
            self.counts(stage, on, workday(on, days))
        panel = self.plan[max(day for day in self.plan if ("finish", "panel") in self.plan[day])]
        panel.append(("begin", CountedFrom.PANEL))

    def counts(self, stage, on, due):
        """A clock runs: say when its step will be done, and whether it is delayed before."""
        done = workday(due, self.luck.choice([-4, -2, 0, 0, 2, 4, 9]))
        done = max(done, on + DAY)
        delay = self.luck.random() < 0.2 and done > due
        self.late += list(expected(on, due, done, (5,)))
        if delay:
            moved, later = max(workday(due, -2), on + DAY), workday(due, 6)
            self.plan.setdefault(moved, []).append(("delay", stage, later))
            self.told += list(expected(on, due, min(moved, done)))
            self.told += list(expected(moved, later, done))
        else:
            self.told += list(expected(on, due, done))
        self.plan.setdefault(done, []).append(("finish", stage))

    def happens(self, day):
        """What is done in the case on a day, after its reminders have gone."""
        with at(day, 15):
            for what, which, *more in self.plan.pop(day, []):
                if what == "finish":
                    clocks.finish(self.case, which, day, by=self.officer)
                elif what == "begin":
                    clocks.begin(self.case, which, day, by=self.officer)
                    self.counts("outcome", day, workday(day, 7))
                else:
                    clock_now = of(self.case, which)
                    clocks.put_off(clock_now, due_on=more[0], reason="Later", by=self.officer)


def submitted(draft, world):
    fill_in(draft, world, reports=1)
    return applying.submit(draft, by=world.officer)


def test_every_deadline_produced_its_reminder_and_no_other_day_did(world):
    luck = random.Random(20261102)
    with at(FIRST):
        procedures.set_up(world.partnership, by=world.officer)
    courses, day = [], FIRST
    while day <= LAST:
        if works(day):
            tick(day)
        for course in courses:
            course.happens(day)
        if (day - FIRST).days % EVERY == 0 and day < LAST - 60 * DAY:
            courses.append(Course(world, luck, day))
        day += DAY
    assert len(courses) >= 8
    found = sorted(on for on, _ in told("case-review-clock", world.officer))
    assert found == sorted(on for each in courses for on in each.told)
    heard = sorted(on for on, _ in told("case-review-late", world.chair))
    assert heard == sorted(on for each in courses for on in each.late)
    assert {each.recipient for each in Notice.objects.filter(kind="case-review-clock")} == {
        world.officer
    }
    assert not Clock.objects.filter(done_on=None).exclude(first_due_on__gt=LAST - 60 * DAY)


# ---- who learns what ----------------------------------------------------------------------------


@pytest.fixture
def late(world, case):
    """A case of which every clock is late, with a body that has not answered."""
    worlds.seat(world.dvacs, procedure_group(world), world.police, Role.MEMBER)
    asked = information.ask(case, agency=world.police, by=world.officer)
    for number in range(1, 22):
        tick(workday(asked.request.due_on, number - 12))
    tick(workday(clock.today(), 45))
    return asked


def procedure_group(world):
    return world.partnership.case_review_procedure.group


def test_only_the_cases_officers_read_which_case_it_is(world, case, late):
    for notice in Notice.objects.filter(kind__in=OURS).select_related("recipient"):
        if case.reference in notice.text or case.reference in notice.url:
            assert notice.recipient == world.officer
            assert notice.panel == case.group


def test_the_chair_hears_that_one_is_late_and_not_which(world, case, late):
    found = Notice.objects.filter(recipient=world.chair, kind__in=OURS)
    assert {each.kind for each in found} == {"case-review-late"}
    for each in found:
        assert each.text == "A case review is past a date that was set for it. Ask the officers."
        assert each.panel is None
        assert str(case.pk) not in f"{each.subject_id}{each.url}"


def test_a_body_hears_of_its_answer_and_a_week_late_its_board_member_too(world, case, late):
    due = late.request.due_on
    mine = sorted(each for each, _ in told("case-review-answer-due", world.dvacs))
    assert mine == [workday(due, rung) for rung in (-3, -1, 1, 5)]
    heard = told("case-review-answer-escalated", world.vice)
    assert [each for each, _ in heard] == [workday(due, 5)]
    assert case.reference not in heard[0][1]
    officer = [each for each, _ in told("case-review-answer-late", world.officer)]
    assert sorted(officer) == [workday(due, 1), workday(due, 5)]
    assert told("request-due") == []


def test_a_body_that_is_asked_through_the_board_is_reminded_there(world, case):
    asked = information.ask(case, agency=world.police, by=world.officer)
    assert InformationRequest.objects.get().anybody
    tick(workday(asked.request.due_on, -1))
    assert told("case-review-answer-due", world.vice)
    assert not told("case-review-answer-due", world.chair)


def test_a_stopped_clock_and_a_case_that_is_done_are_not_reminded_of(world, case):
    clocks.stop(case, ["panel"], because="They are away", on=clock.today(), by=world.officer)
    clocks.finish(case, "acknowledge", clock.today(), by=world.officer)
    tick(of(case, "panel").first_due_on)
    texts = {text for _, text in told("case-review-clock", world.officer)}
    assert not any(text.startswith(("Hold", "Acknowledge")) for text in texts)
    assert any(text.startswith("Decide the threshold of CR-") for text in texts)


def test_the_day_after_the_last_day_to_appeal_the_officers_may_close(world, case):
    begun = clocks.begin(case, CountedFrom.OUTCOME, clock.today(), by=world.officer)
    (appeal,) = begun
    tick(appeal.first_due_on)
    assert told("case-review-appeal-over") == []
    tick(workday(appeal.first_due_on, 1))
    assert len(told("case-review-appeal-over", world.officer)) == 1
    assert "case-review-late" not in {
        each.kind for each in Notice.objects.filter(subject_id=str(appeal.pk))
    }


def test_a_case_without_an_officer_is_told_to_the_secretariat_without_its_name(world, case):
    Seat.objects.filter(group=case.group).update(ends_on=clock.today())
    other = worlds.person("Clover Second")
    worlds.seat(other, world.secretariat, world.council, Role.OFFICER)
    tick(clock.today())
    ((_, text),) = told("case-review-without-officer", other)
    assert text == "A case review has no officer. Take it on."


def test_mail_about_a_case_says_nothing_of_it(world, case, late):
    assert Delivery.objects.filter(notice__kind__in=OURS).exists()
    words = " ".join(f"{each.text} {each.because} {each.url}" for each in Notice.objects.all())
    for canary in ("Fern", "fern", "Invented Row", "Music", "46/1234"):
        assert canary not in words
