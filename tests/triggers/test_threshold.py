"""The threshold of a case: worked out, decided with reasons, changed with a reason."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from audit.models import Entry
from core import clock
from core.permissions import Refused
from core.workflow import Wrong
from membership.models import Agency
from notices.models import Notice
from tests.triggers.conftest import DAY, add_report, body_of, fill_in
from triggers.models import (
    AdditionKind,
    Basis,
    Channel,
    Clock,
    ClockStage,
    Complaint,
    Impact,
    RelevantBody,
    Review,
    Rule,
    Stage,
    ThresholdCheck,
    ThresholdDecision,
)
from triggers.queries import threshold as queries
from triggers.workflow import applying, clocks, procedures, threshold
from triggers.workflow import settings as laid_down

REASON = "Three of your reports count, so there will be a review."
WEIGHED = {
    "persistence": "Every weekend since May",
    "harm": "They cannot sleep, and a child is ill",
    "response": "Nobody came back to them",
}


def sent(world, *, reports):
    draft = applying.begin(world.partnership, channel=Channel.ONLINE)
    fill_in(draft, world, reports=reports)
    return applying.submit(draft)


@pytest.fixture
def weak(world, procedure):
    """A case with one report that counts."""
    return sent(world, reports=1)


def decide(case, world, **said):
    asked = {"met": True, "review": True, "reason": REASON, "by": world.officer} | said
    return threshold.decide(case, **asked)


def decided(case, world, **said):
    threshold.work_out(case, by=world.officer)
    return decide(case, world, **said)


# ---- worked out ---------------------------------------------------------------------------------


def test_each_complaint_keeps_its_tests_its_reason_and_the_version_of_the_law(world, case):
    check = threshold.work_out(case, by=world.officer)
    assert (check.counted, check.needed, check.basis) == (3, 3, Basis.COMPLAINTS)
    assert check.says == "3 of 3 complaints count. The threshold is met"
    kept = check.tests.get(number=1)
    assert kept.counts
    assert kept.reason.startswith("Yes. Reported 1 day after")
    assert "2014, section 104, in force from 20 October 2014" in kept.rule
    entry = Entry.objects.get(verb="worked out the threshold of", actor_id=str(world.officer.pk))
    assert entry.sensitive
    assert entry.subject == case.reference


def test_it_is_worked_out_as_the_application_comes_in(case):
    check = queries.latest_check(case)
    assert check.by is None
    assert check.counted == 3


def test_without_a_working_out_nothing_is_decided(world, case):
    ThresholdCheck.objects.all().delete()
    with pytest.raises(Wrong, match="Work out"):
        decide(case, world)


def test_an_application_comes_in_also_where_the_law_is_not_loaded(world, procedure):
    Rule.objects.all().delete()
    case = sent(world, reports=1)
    assert queries.latest_check(case) is None
    with pytest.raises(Wrong, match="No version of the law"):
        threshold.work_out(case, by=world.officer)


def test_the_law_on_the_day_of_the_application_decides(world, case):
    old = Rule.objects.get()
    old.ends_on = clock.today() + DAY
    old.save()
    Rule.objects.create(
        name="A later Act", report_within=12, apply_within=24, complaints_at_most=2,
        starts_on=clock.today() + DAY,
    )  # fmt: skip
    with clock.told_at(clock.now() + 5 * DAY):
        check = threshold.work_out(case, by=world.officer)
        assert check.rule == old
        later = sent(world, reports=2)
        assert threshold.work_out(later, by=world.officer).needed == 2


def test_a_body_dissolved_in_between_counts_for_the_days_on_which_it_took_part(world, case):
    today = clock.today()
    Agency.objects.filter(pk=world.police.pk).update(ends_on=today - 40 * DAY)
    check = threshold.work_out(case, by=world.officer)
    # Reported 19, 49 and 79 days ago: the body was there for the second and the third.
    assert [each.counts for each in check.tests.all()] == [False, True, True]
    assert "Not reported to a body that counts" in check.tests.get(number=1).reason


def test_the_body_that_came_after_counts_from_its_first_day(world, case):
    today = clock.today()
    change = today - 40 * DAY
    Agency.objects.filter(pk=world.police.pk).update(ends_on=change)
    after = Agency.objects.create(
        name="New Police", short_name="New Police", slug="new-police", kind="police",
        starts_on=change, succeeds=world.police,
    )  # fmt: skip
    made = laid_down.succeed_body(body_of(world.police), by=world.officer)
    assert (made.agency, made.starts_on) == (after, change)
    assert body_of(world.police).ends_on == change
    Complaint.objects.filter(application=case, number=1).update(body=made)
    assert threshold.work_out(case, by=world.officer).counted == 3


def test_a_body_that_is_not_one_of_ours_does_not_count(world, case):
    Complaint.objects.filter(application=case, number=2).update(body=None, other_body="A school")
    check = threshold.work_out(case, by=world.officer)
    assert check.counted == 2
    assert check.tests.get(number=2).to_relevant_body is False


def test_what_is_not_known_does_not_count_and_says_so(world, case):
    Complaint.objects.filter(application=case, number=1).update(happened_on=None)
    Complaint.objects.filter(application=case, number=2).update(reported_on=None)
    check = threshold.work_out(case, by=world.officer)
    assert check.counted == 1
    assert "do not know when it happened" in check.tests.get(number=1).reason
    assert check.tests.get(number=2).applied_in_time is None


def test_a_complaint_taken_off_the_list_is_not_tested(world, case):
    Complaint.objects.filter(application=case, number=1).update(removed_because="Entered twice")
    assert threshold.work_out(case, by=world.officer).tests.count() == 2


def test_an_application_without_any_complaint(world, case):
    Complaint.objects.filter(application=case).delete()
    check = threshold.work_out(case, by=world.officer)
    assert check.says.startswith("There is no complaint on the list")
    decision = decide(case, world, met=False, review=False, **WEIGHED)
    assert not decision.met


def test_local_rules_count_with_where_they_stand(world, weak):
    laid_down.add_addition(
        world.partnership, kind=AdditionKind.HATE, number=1, source="Our procedure, page 4",
        starts_on=clock.today(), by=world.officer,
    )  # fmt: skip
    assert threshold.work_out(weak, by=world.officer).basis == ""
    Impact.objects.filter(application=weak).update(hate=["religion"])
    check = threshold.work_out(weak, by=world.officer)
    assert check.basis == Basis.LOCAL
    assert "Our procedure, page 4" in check.local_reason
    decision = decide(weak, world, basis=Basis.LOCAL)
    assert decision.basis == Basis.LOCAL


@pytest.mark.parametrize(
    ("kind", "number", "field"),
    [(AdditionKind.HOUSEHOLDS, 1, "number"), (AdditionKind.HATE, 3, "number")],
)
def test_a_local_rule_that_could_not_be_meant_is_refused(world, procedure, kind, number, field):
    with pytest.raises(ValidationError) as refused:
        laid_down.add_addition(
            world.partnership, kind=kind, number=number, source="Page 4",
            starts_on=clock.today(), by=world.officer,
        )  # fmt: skip
    assert field in refused.value.message_dict


# ---- decided ------------------------------------------------------------------------------------


def test_with_three_that_qualify_not_met_is_refused_by_the_verb_and_by_the_database(world, case):
    threshold.work_out(case, by=world.officer)
    with pytest.raises(ValidationError) as refused:
        decide(case, world, met=False, review=False, **WEIGHED)
    assert "no choice" in refused.value.message_dict["decision"][0]
    with pytest.raises(IntegrityError), transaction.atomic():
        ThresholdDecision.objects.create(
            application=case, check_made=queries.latest_check(case), counted=3, needed=3,
            met=False, review=False, reason="No", decided_on=clock.today(),
            decided_by=world.officer,
        )  # fmt: skip


def test_a_threshold_that_is_met_means_a_review(world, case):
    decision = decided(case, world)
    case.refresh_from_db()
    assert (decision.met, decision.review, decision.basis) == (True, True, Basis.COMPLAINTS)
    assert case.stage == Stage.REVIEW
    assert Clock.objects.get(application=case, stage=ClockStage.THRESHOLD).done_on == clock.today()
    assert Clock.objects.get(application=case, stage=ClockStage.PANEL).runs


def test_below_it_what_was_weighed_must_be_written_down(world, weak):
    threshold.work_out(weak, by=world.officer)
    with pytest.raises(ValidationError) as refused:
        decide(weak, world, met=False, review=False, reason=" ")
    assert set(refused.value.message_dict) == {"persistence", "harm", "response", "reason"}
    assert decide(weak, world, **WEIGHED).basis == Basis.WEIGHED


def test_a_review_may_be_held_below_the_threshold(world, weak):
    decision = decided(weak, world, met=False, review=True, **WEIGHED)
    weak.refresh_from_db()
    assert (decision.met, decision.review, weak.stage) == (False, True, Stage.REVIEW)


def test_where_no_review_is_held_its_clocks_stop(world, weak):
    decided(weak, world, met=False, review=False, **WEIGHED)
    weak.refresh_from_db()
    assert weak.stage == Stage.NO_REVIEW
    panel = Clock.objects.get(application=weak, stage=ClockStage.PANEL)
    assert (panel.stopped_on, panel.stopped_because) == (clock.today(), "No review is held")


def test_a_decision_needs_a_working_out_of_what_is_known_now(world, case):
    complaint = Complaint.objects.get(application=case, number=1)
    complaint.happened_on -= 60 * DAY
    complaint.save()
    with pytest.raises(Wrong, match="has changed since"):
        decide(case, world)
    assert threshold.work_out(case, by=world.officer).counted == 2
    decide(case, world, **WEIGHED)


def test_fewer_that_are_asked_for_meanwhile_make_it_out_of_date(world, weak):
    check = threshold.work_out(weak, by=world.officer)
    assert not queries.out_of_date(check)
    procedure = world.partnership.case_review_procedure
    procedures.change(procedure, complaints_needed=1, by=world.officer)
    assert queries.out_of_date(check)


def test_a_decision_is_changed_with_a_reason_and_the_clocks_run_anew(world, weak):
    decided(weak, world, met=False, review=False, **WEIGHED)
    clocks.begin(weak, "outcome", clock.today(), by=world.officer)
    threshold.work_out(weak, by=world.officer)
    with pytest.raises(ValidationError) as refused:
        decide(weak, world, **WEIGHED)
    assert "reversed_because" in refused.value.message_dict
    second = decide(weak, world, reversed_because="The appeal was upheld", **WEIGHED)
    weak.refresh_from_db()
    assert (second.number, weak.stage) == (2, Stage.REVIEW)
    assert queries.standing_decision(weak) == second
    anew = Clock.objects.get(application=weak, stage=ClockStage.PANEL, occurrence=2)
    assert anew.says == "28 working days from the changed decision"
    assert not Clock.objects.get(application=weak, stage=ClockStage.APPEAL).runs


def test_once_the_panel_has_sat_the_decision_stands(world, case):
    decided(case, world)
    Review.objects.create(application=case, held_on=clock.today())
    with pytest.raises(Wrong, match="has sat"):
        decide(case, world, reversed_because="No")


def test_whose_case_it_is_not_decides_nothing(world, case):
    threshold.work_out(case, by=world.officer)
    for other in (world.chair, world.administrator, world.kent, world.stranger):
        with pytest.raises(Refused):
            decide(case, world, by=other)
        with pytest.raises(Refused):
            threshold.work_out(case, by=other)


def test_the_person_complained_of_is_tested_like_everybody(world, case):
    case.applicant_is_complained_of = True
    case.save()
    assert threshold.work_out(case, by=world.officer).counted == 3
    assert queries.shown(case, world.officer).warns
    assert not queries.shown(case, world.kent).warns


def test_nothing_of_the_case_is_told_when_it_is_decided(world, case):
    decided(case, world, reason="Canary: the boy next door")
    words = " ".join(Notice.objects.values_list("text", flat=True))
    said = " ".join(str(each.detail) + each.subject for each in Entry.objects.all())
    assert "Canary" not in words + said


days_before = st.integers(0, 250)


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(st.tuples(days_before, st.integers(0, 40)), min_size=1, max_size=7))
def test_three_that_qualify_are_never_refused(world, procedure, told):
    """Whatever was complained of when: three that qualify, and only “met” is ever kept."""
    with transaction.atomic():
        case = _with(world, told)
        check = threshold.work_out(case, by=world.officer)
        try:
            decide(case, world, met=False, review=False, **WEIGHED)
            refused = False
        except ValidationError:
            refused = True
        assert refused == (check.counted >= 3)
        if check.counted >= 3:
            assert decide(case, world).met
        transaction.set_rollback(True)


def _with(world, told):
    draft = applying.begin(world.partnership, channel=Channel.ONLINE)
    fill_in(draft, world, reports=0)
    for reported, before in told:
        add_report(draft, body_of(world.police), happened=reported + before, reported=reported)
    return applying.submit(draft)


def test_every_relevant_body_is_known_by_its_days(world, procedure):
    body = RelevantBody.objects.get(agency=world.police)
    first = body.starts_on
    assert queries.counted(body, first)
    assert not queries.counted(body, first - DAY)
    body.ends_on = datetime.date(2026, 6, 1)
    assert queries.counted(body, datetime.date(2026, 5, 31))
    assert not queries.counted(body, datetime.date(2026, 6, 1))
