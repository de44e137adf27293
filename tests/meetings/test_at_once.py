"""Two people do the same thing in the same second: one does it, the other is told."""

import contextlib
import datetime

import pytest
import time_machine

from core.workflow import Wrong
from documents.models import Publication
from meetings.models import Correction, Meeting, PublicationRequest, Status
from meetings.paragraphs import paragraphs_of
from meetings.workflow import agenda, approval, corrections, minutes, schedule
from notices.models import Notice
from tests import world as worlds
from tests.meetings import held as at_hand
from tests.meetings.held import DECEMBER, PLACE, SEPTEMBER, at
from tests.meetings.reviewed import FIRST, SECOND, drafted, fresh, suggested

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def busy():
    """A world in which transactions are real."""
    return worlds.build()


@contextlib.contextmanager
def later_on(day):
    """The clock stands for every thread alike."""
    moment = datetime.datetime.combine(day, datetime.time(12), tzinfo=datetime.UTC)
    with time_machine.travel(moment, tick=False):
        yield


def told_apart(answers, kind=Wrong):
    """How many did it, and how many were told that it was done."""
    refused = [each for each in answers if isinstance(each, kind)]
    broken = [each for each in answers if isinstance(each, Exception) and each not in refused]
    assert broken == []
    return len(answers) - len(refused), len(refused)


def test_two_circulate_an_agenda_at_the_same_second(busy, run_at_once):
    with later_on(SEPTEMBER - datetime.timedelta(days=20)):
        meeting = schedule.schedule(busy.board, on=SEPTEMBER, **PLACE, by=busy.officer)
        answers = run_at_once(lambda: agenda.publish(meeting, by=busy.officer), 4)
    assert told_apart(answers) == (1, 3)
    kinds = Notice.objects.filter(recipient=busy.kent).values_list("kind", flat=True)
    assert len(kinds) == len(set(kinds))


def test_two_circulate_the_minutes_at_the_same_second(busy, run_at_once):
    meeting = at_hand.with_chair(busy)
    with later_on(SEPTEMBER + datetime.timedelta(days=1)):
        answers = run_at_once(lambda: minutes.clear(meeting, by=busy.chair), 4)
    assert told_apart(answers) == (1, 3)
    assert Notice.objects.filter(recipient=busy.kent, kind="draft-minutes").count() == 1


def test_two_officers_answer_one_correction_at_once(busy, run_at_once):
    item = at_hand.performance(drafted(busy))
    with later_on(SEPTEMBER + datetime.timedelta(days=1)):
        made = suggested(item, busy.kent)
        answers = run_at_once(lambda: corrections.accept(made, by=busy.officer), 4)
    assert told_apart(answers) == (1, 3)
    assert fresh(item).minute == f"Shop theft rose.\n\n{SECOND}"


def test_corrections_of_one_line_at_once_lose_nothing(busy, run_at_once):
    item = at_hand.performance(drafted(busy))
    with later_on(SEPTEMBER + datetime.timedelta(days=1)):
        made = [suggested(item, busy.kent, suggestion=f"Words {n}.") for n in range(4)]
        waiting = iter(list(made))
        answers = run_at_once(lambda: corrections.accept(next(waiting), by=busy.officer), 4)
        assert told_apart(answers, corrections.Moved) == (1, 3)
        assert Correction.objects.filter(state="open").count() == 3
        left = Correction.objects.filter(state="open").first()
        corrections.accept(left, place=1, version=fresh(item).version, by=busy.officer)
    assert paragraphs_of(fresh(item).minute) == [left.suggestion, SECOND]
    assert FIRST not in fresh(item).minute


@pytest.mark.pdf
def test_two_ask_and_two_approve_at_once(busy, run_at_once):
    cleared = drafted(busy)
    later = at_hand.held(busy, DECEMBER)
    with at(DECEMBER, 11):
        meeting = minutes.agree(cleared, agreed_in=later, by=busy.officer)
    with later_on(DECEMBER):
        first = at_hand.asked_to_publish(meeting, busy.officer)
        approval.withdraw(first, by=busy.officer)
        asked = run_at_once(lambda: at_hand.asked_to_publish(meeting, busy.officer), 3)
        assert told_apart(asked) == (1, 2)
        request = PublicationRequest.objects.get(answered_at__isnull=True)
        people = iter([busy.chair, busy.vice])
        answers = run_at_once(lambda: approval.approve(request, by=next(people)), 2)
    assert told_apart(answers) == (1, 1)
    assert Publication.objects.count() == 1
    assert Meeting.objects.get(pk=meeting.pk).status == Status.PUBLISHED
