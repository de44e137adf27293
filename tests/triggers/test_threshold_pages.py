"""The threshold and the clocks on the pages of a case."""

import pytest
from django.urls import reverse

from audit.models import ReadEntry
from core import clock
from membership.models import Role
from tests import world as worlds
from tests.triggers.conftest import DAY
from tests.triggers.test_threshold import WEIGHED, weak
from triggers.models import Clock, Complaint, Stage, ThresholdCheck
from triggers.queries import threshold as queries

__all__ = ["weak"]


def url(name, case, *args):
    return reverse(f"triggers:{name}", args=["dartford", case.reference, *args])


def text(response):
    return response.content.decode()


def shown(client, case):
    return text(client.get(url("case_threshold", case)))


@pytest.fixture
def officer(world, sign_in):
    return sign_in(world.officer)


def date(name, day):
    return {f"{name}_day": day.day, f"{name}_month": day.month, f"{name}_year": day.year}


def test_the_decision_of_three_that_count_offers_no_other(case, officer):
    page = text(officer.get(url("threshold_decide", case)))
    assert "3 of 3 complaints count. The threshold is met" in page
    assert "Threshold met: hold a review" in page
    assert "A complaint was counted wrongly" in page
    assert "is not offered" in page
    assert "no review" not in page
    forged = officer.post(url("threshold_decide", case), {"decision": "no", "reason": "No"})
    assert "govuk-error-message" in text(forged)
    assert queries.standing_decision(case) is None


def test_an_officer_decides_and_the_reason_stands_on_the_page(case, officer):
    empty = officer.post(url("threshold_decide", case), {"reason": "Three reports count."})
    assert "Choose what you decide" in text(empty)
    without = officer.post(url("threshold_decide", case), {"decision": "met", "reason": " "})
    assert "Enter the reason, in words the applicant will read" in text(without)
    done = officer.post(
        url("threshold_decide", case), {"decision": "met", "reason": "Three reports count."}
    )
    assert done["Location"] == case.get_absolute_url()
    page = shown(officer, case)
    assert "Threshold met: a review is held" in page
    assert "Three reports count." in page


def test_a_complaint_counted_wrongly_is_corrected_first(case, officer):
    sent = officer.post(url("threshold_decide", case), {"decision": "correct", "reason": ""})
    assert sent["Location"] == url("case_incidents", case)
    assert queries.standing_decision(case) is None


def test_below_the_threshold_three_things_are_weighed(weak, officer):
    page = text(officer.get(url("threshold_decide", weak)))
    assert "1 of 1 complaint counts, and 3 are needed" in page
    assert "How persistent is it?" in page
    missing = officer.post(
        url("threshold_decide", weak), {"decision": "discretion", "reason": "Kindly meant"}
    )
    assert "Enter how persistent the behaviour is" in text(missing)
    officer.post(
        url("threshold_decide", weak),
        {"decision": "discretion", "reason": "We will look at it", **WEIGHED},
    )
    weak.refresh_from_db()
    assert weak.stage == Stage.REVIEW
    assert "Threshold not met; a review is held all the same" in shown(officer, weak)


def test_a_decision_on_what_has_changed_is_sent_back_to_be_worked_out(weak, officer):
    Complaint.objects.filter(application=weak).update(happened_on=clock.today() - 90 * DAY)
    back = officer.get(url("threshold_decide", weak))
    assert back.status_code == 302
    officer.post(url("threshold_work_out", weak))
    assert ThresholdCheck.objects.filter(application=weak).count() == 2
    assert "None of 1 complaint counts" in text(officer.get(url("threshold_decide", weak)))


def test_a_decision_is_changed_and_both_are_shown(weak, officer):
    no = {"decision": "no", "reason": "Too few count", **WEIGHED}
    officer.post(url("threshold_decide", weak), no)
    without = officer.post(
        url("threshold_decide", weak), {"decision": "weighed", "reason": "Now yes", **WEIGHED}
    )
    assert "Enter why the decision before is changed" in text(without)
    officer.post(
        url("threshold_decide", weak),
        {"decision": "weighed", "reason": "Now yes", "reversed_because": "Appeal", **WEIGHED},
    )
    page = shown(officer, weak)
    assert "Now yes" in page
    assert "(replaced)" in page
    assert "Why the one before was changed" in page


def test_who_sits_on_the_panel_reads_and_decides_nothing(world, case, sign_in):
    worlds.seat(world.kent, case.group, world.county, Role.MEMBER)
    member = sign_in(world.kent)
    assert member.get(url("case_threshold", case)).status_code == 200
    assert member.get(url("threshold_decide", case)).status_code == 403
    assert ReadEntry.objects.filter(actor_id=str(world.kent.pk), subject=case.reference).exists()
    for other in (world.chair, world.administrator, world.watch):
        for name in ("case_threshold", "threshold_decide", "case_clocks"):
            assert sign_in(other).get(url(name, case)).status_code == 404


def test_a_later_date_is_set_beside_the_first(case, officer):
    clock_of_panel = Clock.objects.get(application=case, stage="panel")
    later = clock_of_panel.first_due_on + 7 * DAY
    here = url("clock_delay", case, clock_of_panel.pk)
    wrong = officer.post(here, {"reason": "Ill"} | date("due_on", clock.today() - DAY))
    assert "must not be before the one first set" in text(wrong)
    officer.post(here, {"reason": "The chair is ill"} | date("due_on", later))
    page = text(officer.get(url("case_clocks", case)))
    assert "The chair is ill" in page
    assert f"{later:%-d %B %Y}" in page


def test_a_clock_is_stopped_with_a_reason(case, officer):
    panel = Clock.objects.get(application=case, stage="panel")
    assert "Enter" in text(officer.post(url("clock_stop", case, panel.pk), {"because": ""}))
    officer.post(url("clock_stop", case, panel.pk), {"because": "They are in hospital"})
    assert "Stopped" in text(officer.get(url("case_clocks", case)))
    again = officer.post(url("clock_stop", case, panel.pk), {"because": "Again"}, follow=True)
    assert "no longer runs" in text(again)


def test_a_clock_of_another_case_is_not_found(case, weak, officer):
    other = Clock.objects.get(application=weak, stage="panel")
    assert officer.get(url("clock_stop", case, other.pk)).status_code == 404
