"""Appeals and queries: in time or late, sent on, decided; and what follows from one upheld."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from core import clock
from core.permissions import Refused
from core.workflow import Wrong
from notices.models import Notice
from tests import world as worlds
from tests.triggers.conftest import DAY, fill_in
from tests.triggers.test_clocks import at
from tests.triggers.test_reminders import tick
from triggers.models import Appeal, AppealOutcome, Channel, Clock, CountedFrom, Stage
from triggers.queries import appeals as queries
from triggers.workflow import appeals, applying, casework, clocks, threshold


def refused(call, *args, **kwargs):
    with pytest.raises(ValidationError) as wrong:
        call(*args, **kwargs)
    return wrong.value.message_dict


@pytest.fixture
def refused_case(world, procedure):
    """A case below the threshold, without a review, of which the applicant was told today."""
    draft = applying.begin(world.partnership, channel=Channel.ONLINE)
    fill_in(draft, world, reports=1)
    case = applying.submit(draft)
    weighed = {"persistence": "Once", "harm": "None", "response": "Adequate"}
    threshold.decide(
        case, met=False, review=False, reason="One report counts.", **weighed, by=world.officer
    )
    clocks.begin(case, CountedFrom.OUTCOME, clock.today(), by=world.officer)
    case.refresh_from_db()
    return case


def appeal(case, by, **told):
    told = {"kind": "review", "text": "You did not listen", "made_on": clock.today()} | told
    return appeals.appeal(case, by=by, **told)


def running(case, stage):
    return Clock.objects.filter(application=case, stage=stage, done_on=None, stopped_on=None)


@pytest.fixture
def made(refused_case, world):
    """An appeal in time."""
    return appeal(refused_case, world.officer)


@pytest.fixture
def late(refused_case, world):
    """One that came four months later."""
    day = clock.today() + 120 * DAY
    with at(day, 9):
        return appeal(refused_case, world.officer, made_on=day)


def test_one_in_time_begins_the_clock_of_its_hearing(made, refused_case):
    assert not made.late
    assert not running(refused_case, "appeal").exists()
    assert running(refused_case, "hearing").get().starts_on == made.made_on
    assert queries.about(made) == "the threshold decision"


def test_a_late_one_is_kept_and_waits_for_a_word(late, refused_case):
    assert late.late
    assert queries.state(late) == ("Late: take it or not", "waiting")
    assert not running(refused_case, "hearing").exists()


def test_a_late_one_is_taken_with_the_reason_and_its_clock_begins(late, refused_case, world):
    with at(late.made_on + 2 * DAY, 9):
        with pytest.raises(Wrong):
            appeals.send_on(late, heard_by="Gravesham", by=world.officer)
        assert "reason" in refused(
            appeals.take_late, late, taken=True, reason=" ", by=world.officer
        )
        taken = appeals.take_late(late, taken=True, reason="She was ill", by=world.officer)
        assert taken.outcome == AppealOutcome.WAITING
        assert running(refused_case, "hearing").get().starts_on == clock.today()
        with pytest.raises(Wrong):
            appeals.take_late(taken, taken=False, reason="No", by=world.officer)


def test_a_late_one_is_refused_with_the_reason_and_stays(late, world):
    with at(late.made_on, 10):
        kept = appeals.take_late(late, taken=False, reason="A year too late", by=world.officer)
    assert (kept.outcome, kept.late_because) == (AppealOutcome.TOO_LATE, "A year too late")
    assert Appeal.objects.get().text == "You did not listen"


def test_a_late_one_that_nobody_answers_is_chased(late, refused_case, world):
    tick(late.made_on + 5 * DAY)
    (told,) = Notice.objects.filter(kind="case-review-appeal-late")
    assert told.recipient == world.officer
    assert "listen" not in told.text


def test_it_is_heard_elsewhere_and_decided(made, refused_case, world):
    with pytest.raises(Wrong, match="who hears it"):
        appeals.decide(made, outcome="upheld", found="Right", by=world.officer)
    assert queries.hearer(made) == "An officer of another community safety partnership"
    sent = appeals.send_on(made, heard_by="Gravesham’s officer", by=world.officer)
    assert sent.sent_on == clock.today()
    assert refused(appeals.decide, sent, outcome="upheld", found="", by=world.officer)
    assert refused(appeals.decide, sent, outcome="answered", found="x", by=world.officer)
    done = appeals.decide(sent, outcome="not_upheld", found="It was right", by=world.officer)
    assert done.decided_on == clock.today()
    assert not running(refused_case, "hearing").exists()
    with pytest.raises(Wrong):
        appeals.decide(done, outcome="upheld", found="Again", by=world.officer)


def test_upheld_about_the_threshold_the_decision_is_reversed(made, refused_case, world):
    sent = appeals.send_on(made, heard_by="Gravesham’s officer", by=world.officer)
    appeals.decide(sent, outcome="upheld", found="Weigh the harm", by=world.officer)
    refused_case.refresh_from_db()
    assert queries.upheld(refused_case) is not None
    weighed = {"persistence": "Weekly", "harm": "Grave", "response": "None"}
    threshold.decide(
        refused_case, met=True, review=True, basis="weighed", reason="On appeal, it is met.",
        reversed_because="The appeal was upheld", **weighed, by=world.officer,
    )  # fmt: skip
    refused_case.refresh_from_db()
    assert refused_case.stage == Stage.REVIEW
    assert queries.upheld(refused_case) is None
    assert refused_case.decisions.count() == 2


def test_one_upheld_opens_a_closed_case_again(made, refused_case, world):
    casework.close(refused_case, by=world.officer)
    sent = appeals.send_on(made, heard_by="Gravesham’s officer", by=world.officer)
    appeals.decide(sent, outcome="partly", found="Weigh the harm", by=world.officer)
    refused_case.refresh_from_db()
    assert refused_case.stage == Stage.NO_REVIEW


def test_about_a_review_that_was_finished(recommended, world):
    made = appeal(recommended, world.officer)
    assert queries.about(made) == "the review"
    sent = appeals.send_on(made, heard_by="Gravesham’s officer", by=world.officer)
    appeals.decide(sent, outcome="upheld", found="Hear her again", by=world.officer)
    assert queries.upheld(recommended)


def test_a_query_to_the_commissioners_office_is_sent_on_and_answered(refused_case, world):
    made = appeal(refused_case, world.officer, kind="commissioner")
    assert not made.late
    assert running(refused_case, "appeal").exists()
    sent = appeals.send_on(made, heard_by=queries.hearer(made), by=world.officer)
    assert queries.state(sent)[0] == "With the commissioner’s office"
    done = appeals.decide(sent, outcome="answered", found="They ask us to", by=world.officer)
    assert queries.state(done) == ("Answered", "")


def test_one_is_withdrawn(made, refused_case, world):
    gone = appeals.withdraw(made, reason="It has stopped", by=world.officer)
    assert gone.outcome == AppealOutcome.WITHDRAWN
    assert not running(refused_case, "hearing").exists()


@pytest.mark.parametrize("day", [datetime.date(2020, 1, 1), datetime.date(2199, 1, 1)])
def test_days_must_fit(made, world, day):
    assert "on" in refused(appeals.send_on, made, heard_by="Them", on=day, by=world.officer)


def test_only_officers_of_the_case_deal_with_one(made, world, sign_in, member_of):
    for who in (world.chair, world.kent, member_of):
        with pytest.raises(Refused):
            appeals.send_on(made, heard_by="Them", by=who)
    page = reverse("triggers:case_appeals", args=["dartford", made.application.reference])
    assert sign_in(world.chair).get(page).status_code == 404
    text = sign_in(world.officer).get(page).content.decode()
    assert "You did not listen" in text
    assert "Say who hears it" in text


@pytest.fixture
def member_of(refused_case, world):
    """Somebody of the police who sits on the case’s panel."""
    person = worlds.person("Cedar Whitlock")
    worlds.seat(person, refused_case.group, world.police)
    return person


def test_every_step_is_taken_on_its_page(made, world, sign_in):
    client = sign_in(world.officer)
    case = made.application

    def url(name, *more):
        return reverse(f"triggers:{name}", args=["dartford", case.reference, *more])

    page = client.post(url("appeal_send_on", made.pk), {"heard_by": ""})
    assert "Enter" in page.content.decode()
    today = clock.today()
    day = {"on_day": today.day, "on_month": today.month, "on_year": today.year}
    client.post(url("appeal_send_on", made.pk), {"heard_by": "Gravesham", **day})
    told = {"outcome": "upheld", "found": "Weigh it again", **day}
    page = client.post(url("appeal_decide", made.pk), told, follow=True)
    assert "was upheld" in page.content.decode()
    assert url("threshold_decide") in page.content.decode()
    for name in ("appeal_add", "appeal_late", "appeal_withdraw"):
        more = [] if name == "appeal_add" else [made.pk]
        assert client.get(url(name, *more)).status_code == 200
