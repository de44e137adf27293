"""A review from its notification to its end: who decides, who is told, who sits, and who may."""

import datetime

import pytest
from django.core.exceptions import ValidationError

from audit.models import Entry
from core import clock
from core.dates import months_after
from core.permissions import Refused
from core.workflow import Wrong
from dhr.models import (
    About,
    Arrangement,
    ConflictCheck,
    Lead,
    Outcome,
    Part,
    Review,
    SeatReason,
    Stage,
    Step,
    Whom,
)
from dhr.workflow import (
    arrangements,
    chairing,
    deciding,
    life,
    milestones,
    notifying,
    seating,
)
from membership.models import Group, Role, Seat
from membership.queries import panels
from notices.models import Notice
from tests import world as worlds
from tests.dhr.conftest import DAY, decide, died, take_notification


def step(review, name):
    return review.milestones.filter(step=name).order_by("-occurrence").first()


def people_on(review):
    return {seat.person for seat in panels.seats_of(review.group_id)}


# ---- notified -----------------------------------------------------------------------------------


def test_a_notification_becomes_a_review_with_its_own_list_and_a_month_to_decide(review, world):
    year = clock.today().year

    assert review.reference == f"DR-{year}-0001"
    assert review.stage == Stage.NOTIFIED
    assert people_on(review) == {world.officer}
    due = step(review, Step.DECIDE)
    assert due.legal
    assert due.first_due_on == months_after(review.notified_on, 1)
    assert due.says == "1 month from the notification"


def test_what_is_told_of_a_notification_holds_its_reference_and_no_word(review, world):
    another = worlds.person("Aspen Rowe")
    worlds.seat(another, world.secretariat, world.council, Role.OFFICER)
    second = take_notification(world, pseudonym="Beatrice")

    told = Notice.objects.get(recipient=another)
    assert told.text == f"A death review was notified: {second.reference}"
    assert not Entry.objects.filter(subject__icontains="Beatrice").exists()


def test_officers_of_the_standing_panel_take_notifications_where_there_are_some(arrangement, world):
    own = worlds.person("Aspen Rowe")
    worlds.seat(own, arrangement.group, world.council, Role.OFFICER)

    review = take_notification(world, by=own)

    assert people_on(review) == {own}


def test_nobody_else_knows_of_a_review(review, world):
    for person in (world.chair, world.vice, world.kent, world.administrator, world.scrutiny):
        assert not Review.objects.visible_to(person).exists()


def test_a_review_may_be_about_two_deaths_one_of_them_elsewhere(arrangement, world):
    review = take_notification(world, deaths=[died("Anna"), died("Ben", elsewhere="Medway")])

    assert [death.pseudonym for death in review.deaths.all()] == ["Anna", "Ben"]


@pytest.mark.parametrize(
    ("deaths", "field"),
    [
        ([], "pseudonym_1"),
        ([died(""), died("Ben")], "pseudonym_1"),
        ([died("Anna"), died("anna")], "pseudonym_2"),
        ([died("Anna", kind="accident")], "kind_1"),
        ([died("Anna", died_on=datetime.date(2999, 1, 1))], "died_on_1"),
    ],
)
def test_what_is_wrong_with_a_death_stands_beside_it(arrangement, world, deaths, field):
    with pytest.raises(ValidationError) as refused:
        notifying.notify(
            world.partnership, pseudonym="Anna", notified_on=clock.today(), notified_by=None,
            deaths=deaths, by=world.officer,
        )  # fmt: skip

    assert field in refused.value.message_dict
    assert not Review.objects.exists()


def test_a_notification_cannot_come_tomorrow(arrangement, world):
    with pytest.raises(ValidationError) as refused:
        take_notification(world, days=-1)

    assert "notified_on" in refused.value.message_dict


def test_only_officers_take_a_notification_and_only_where_that_was_set_up(world):
    with pytest.raises(Wrong):
        take_notification(world)
    with pytest.raises(Refused):
        take_notification(world, by=world.chair)


def test_led_elsewhere_no_date_follows_from_the_leaders_decision(arrangement, world):
    review = take_notification(
        world, lead=Lead.ELSEWHERE, led_by="Kent Community Safety Partnership"
    )
    decide(review, world)

    review.refresh_from_db()
    assert review.stage == Stage.UNDER_WAY
    assert not review.milestones.exists()
    told = milestones.plan(
        review, step=Step.SUBMIT, due_on=clock.today() - DAY, says="As Kent told us",
        by=world.officer,
    )  # fmt: skip
    assert milestones.done(told, on=clock.today(), by=world.officer).done_on == clock.today()


def test_who_leads_elsewhere_must_be_named(arrangement, world):
    with pytest.raises(ValidationError) as refused:
        take_notification(world, lead=Lead.ELSEWHERE)

    assert "led_by" in refused.value.message_dict


# ---- decided ------------------------------------------------------------------------------------


def test_a_review_that_is_held_begins_its_six_months_on_the_day_of_the_decision(review, world):
    decide(review, world, on=clock.today() - 2 * DAY)

    review.refresh_from_db()
    assert review.stage == Stage.UNDER_WAY
    assert step(review, Step.DECIDE).done_on == clock.today() - 2 * DAY
    report = step(review, Step.REPORT)
    assert report.first_due_on == months_after(clock.today() - 2 * DAY, 6)
    assert report.legal
    assert step(review, Step.TELL_HOME_OFFICE).runs
    assert step(review, Step.TELL_FAMILY).runs


def test_where_no_review_is_held_the_home_office_and_the_family_are_told_too(review, world):
    decide(review, world, Outcome.NO_REVIEW)

    review.refresh_from_db()
    assert review.stage == Stage.NO_REVIEW
    assert step(review, Step.REPORT) is None
    for whom in (Whom.HOME_OFFICE, Whom.FAMILY):
        deciding.tell(review, whom=whom, about=About.DECISION, on=clock.today(), by=world.officer)
    assert step(review, Step.TELL_HOME_OFFICE).done_on == clock.today()
    assert step(review, Step.TELL_FAMILY).done_on == clock.today()


def test_a_decision_is_reversed_with_a_reason_and_both_stay(review, world):
    decide(review, world, Outcome.NO_REVIEW, on=clock.today() - 5 * DAY)
    with pytest.raises(ValidationError) as refused:
        decide(review, world, Outcome.REVIEW)
    assert "reversed_because" in refused.value.message_dict

    decide(review, world, Outcome.REVIEW, because="The inquest heard of earlier abuse.")

    review.refresh_from_db()
    assert review.stage == Stage.UNDER_WAY
    assert [each.outcome for each in review.decisions.all()] == ["review", "no_review"]
    assert step(review, Step.REPORT).first_due_on == months_after(clock.today(), 6)
    told = review.milestones.filter(step=Step.TELL_FAMILY)
    assert [each.runs for each in told.order_by("occurrence")] == [False, True]


def test_a_review_that_is_called_off_again_stops_its_dates(running, world):
    decide(running, world, Outcome.OTHER, because="A safeguarding review looks at it.")

    running.refresh_from_db()
    assert running.stage == Stage.NO_REVIEW
    assert step(running, Step.REPORT).stopped_because == deciding.REVERSED


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"outcome": "perhaps"}, "outcome"),
        ({"reasons": " "}, "reasons"),
        ({"decided_by": ""}, "decided_by"),
        ({"decided_on": clock.today() + DAY}, "decided_on"),
        ({"decided_on": clock.today() - 11 * DAY}, "decided_on"),
    ],
)
def test_what_a_decision_lacks_is_said_beside_its_field(review, world, more, field):
    told = {
        "outcome": Outcome.REVIEW, "reasons": "It is met", "decided_by": "The chair",
        "decided_on": clock.today(), **more,
    }  # fmt: skip
    with pytest.raises(ValidationError) as refused:
        deciding.decide(review, **told, by=world.officer)

    assert field in refused.value.message_dict


def test_telling_of_a_decision_before_it_was_made_is_refused(review, world):
    with pytest.raises(ValidationError):
        deciding.tell(
            review, whom=Whom.FAMILY, about=About.DECISION, on=clock.today(), by=world.officer
        )


def test_a_told_that_was_a_mistake_lets_the_step_run_again(review, world):
    decide(review, world)
    told = deciding.tell(
        review, whom=Whom.FAMILY, about=About.DECISION, on=clock.today(), by=world.officer
    )

    deciding.take_back_told(told, by=world.officer)

    assert step(review, Step.TELL_FAMILY).runs


# ---- who sits -----------------------------------------------------------------------------------


def test_nobody_of_the_panel_but_its_officer_and_its_people_can_open_it(running, world):
    assert {each.name for each in people_on(running)} == {
        "Hazel Okafor", "Rowan Ferrer", "Bryony Clarke",
    }  # fmt: skip
    assert Review.objects.visible_to(world.kent).exists()
    assert not Review.objects.visible_to(world.chair).exists()


def test_a_chair_who_resigns_keeps_their_term_and_another_follows(running, independent, world):
    first = running.chairs.get()
    other = worlds.person("Fern Aldous")
    body = Seat.objects.get(person=independent, group=running.group).agency
    told = {"person": other, "agency": body, "independence": "No part", "starts_on": clock.today()}
    with pytest.raises(ValidationError) as refused:
        chairing.appoint_chair(running, **told, by=world.officer)
    assert "starts_on" in refused.value.message_dict

    chairing.end_chair(first, on=clock.today(), because="Resigned", by=world.officer)
    chairing.appoint_chair(running, **told, by=world.officer)

    assert not Review.objects.visible_to(independent).exists()
    assert Review.objects.visible_to(other).exists()
    assert [each.ended_because for each in running.chairs.order_by("id")] == ["Resigned", ""]


def test_nobody_chairs_for_an_agency_without_a_signature(running, world):
    chairing.end_chair(running.chairs.get(), on=clock.today(), because="Ill", by=world.officer)

    with pytest.raises(ValidationError) as refused:
        chairing.appoint_chair(
            running, person=world.watch, agency=world.watch_body, independence="No part",
            starts_on=clock.today(), by=world.officer,
        )  # fmt: skip

    assert "signed" in refused.value.message_dict["agency"][0]


def test_who_is_not_free_gets_no_seat_and_what_they_said_is_kept(running, world):
    police = Seat.objects.get(group=running.group.reports_to, agency=world.police)

    seat = seating.put_on(
        running, person=police.person, agency=world.police, free=False,
        said="Was the officer in the case", by=world.officer,
    )  # fmt: skip

    assert seat is None
    assert police.person not in people_on(running)
    assert ConflictCheck.objects.get(person=police.person).said == "Was the officer in the case"


def test_a_member_who_has_a_part_after_all_leaves(running, world):
    seating.step_down(running, said="My team knew the family", by=world.kent)

    assert world.kent not in people_on(running)


def test_a_check_that_finds_a_part_ends_the_seat(running, world):
    seat = Seat.objects.get(group=running.group, person=world.kent)

    seating.check_again(running, seat=seat, free=False, said="Found out", by=world.officer)

    assert world.kent not in people_on(running)
    assert SeatReason.objects.get(person=world.kent, put_on=False)


def test_the_last_officer_cannot_be_taken_off(running, world):
    seat = Seat.objects.get(group=running.group, person=world.officer)

    with pytest.raises(Wrong):
        seating.take_off(running, seat=seat, reason="Leave", by=world.officer)


def test_another_officer_is_put_on_with_a_reason(running, world):
    another = worlds.person("Aspen Rowe")
    worlds.seat(another, world.secretariat, world.council, Role.OFFICER)
    assert not Review.objects.visible_to(another).exists()

    seating.put_on(
        running, person=another, agency=world.council, role=Role.OFFICER, reason="Cover",
        by=world.officer,
    )  # fmt: skip

    assert Review.objects.visible_to(another).exists()
    assert SeatReason.objects.get(person=another).reason == "Cover"


def test_who_leaves_the_standing_panel_leaves_the_review(running, world):
    held = Seat.objects.get(person=world.kent, group=running.group.reports_to)

    seating.membership.workflow.end_seat(held, on=clock.today(), by=world.officer)

    assert world.kent not in people_on(running)


def test_a_review_that_nobody_works_on_is_taken_on_by_its_reference(running, world):
    another = worlds.person("Aspen Rowe")
    worlds.seat(another, world.secretariat, world.council, Role.OFFICER)
    with pytest.raises(Wrong):
        seating.take_on(world.partnership, reference=running.reference, by=another)
    Seat.objects.filter(group=running.group, role=Role.OFFICER).update(ends_on=clock.today())

    seating.take_on(world.partnership, reference=running.reference, by=another)

    assert another in people_on(running)


# ---- terms, proceedings, parts ------------------------------------------------------------------


def test_agreed_terms_stay_and_the_next_version_says_why(running, world):
    said = {
        "text": "More", "scope_from": clock.today() - 900 * DAY, "scope_to": clock.today() - DAY,
    }  # fmt: skip
    with pytest.raises(ValidationError) as refused:
        life.agree_terms(running, **said, agreed_on=clock.today(), by=world.officer)
    assert "changed_because" in refused.value.message_dict

    life.agree_terms(running, **said, changed_because="An earlier partner", by=world.officer)

    assert [terms.number for terms in running.terms.all()] == [2, 1]


def test_a_draft_of_the_terms_is_replaced_and_the_chair_may_write_it(running, independent, world):
    said = {"scope_from": clock.today() - 900 * DAY, "scope_to": clock.today() - DAY}
    life.agree_terms(running, text="A", changed_because="B", **said, by=independent)
    life.agree_terms(
        running, text="C", changed_because="B", agreed_on=clock.today(), **said, by=independent
    )

    assert [(terms.number, terms.text[:1]) for terms in running.terms.all()] == [(2, "C"), (1, "W")]


def test_a_delay_may_name_what_it_waits_for_and_the_first_date_stands(running, world):
    trial = life.add_proceeding(
        running, kind="criminal", starts_on=clock.today(), effect="Nobody is seen before it",
        expected_on=clock.today() + 300 * DAY, by=world.officer,
    )  # fmt: skip
    report = step(running, Step.REPORT)
    first = report.first_due_on

    delay = milestones.put_off(
        report, due_on=first + 90 * DAY, reason="The trial", proceeding=trial, by=world.officer
    )

    report.refresh_from_db()
    assert (report.first_due_on, report.due_on) == (first, first + 90 * DAY)
    deciding.tell(
        running, whom=Whom.HOME_OFFICE, about=About.DELAY, on=clock.today(), by=world.officer
    )
    delay.refresh_from_db()
    assert delay.home_office_told_on == clock.today()
    ended = life.change_proceeding(
        trial, kind="criminal", starts_on=trial.starts_on, ends_on=clock.today(),
        result="Convicted", by=world.officer,
    )  # fmt: skip
    assert ended.ends_on == clock.today()


def test_steps_with_a_deed_of_their_own_are_not_done_by_hand(running, world):
    with pytest.raises(Wrong):
        milestones.done(step(running, Step.TELL_FAMILY), on=clock.today(), by=world.officer)


def test_the_panel_plans_a_step_and_a_mistake_is_undone(running, world):
    meeting = milestones.plan(
        running, step=Step.FIRST_MEETING, due_on=clock.today() + 9 * DAY, by=world.officer
    )
    with pytest.raises(ValidationError):
        milestones.plan(
            running, step=Step.FIRST_MEETING, due_on=clock.today() + DAY, by=world.officer
        )
    milestones.done(meeting, on=clock.today(), by=world.officer)

    assert milestones.undo(meeting, by=world.officer).runs


@pytest.fixture
def gravesham(world, arrangement):
    """Gravesham holds death reviews too; its council and its officers work under an agreement."""
    agreement = worlds.SharingAgreement.objects.create(
        partnership=world.gravesham, name="Agreement", short_name="K-MISA",
        starts_on=worlds.LONG_AGO, review_on=datetime.date(2099, 4, 1),
    )  # fmt: skip
    worlds.Signature.objects.create(
        agreement=agreement, agency=world.gravesham_council, signed_by_name="Clover Bains",
        starts_on=worlds.LONG_AGO,
    )  # fmt: skip
    return arrangements.set_up(world.gravesham, by=world.stranger)


def test_a_part_opens_to_the_other_partnership_and_the_review_does_not(running, gravesham, world):
    part = life.hand_part(
        running, world.gravesham, purpose="An action for housing", by=world.officer
    )

    assert part.reference.startswith("DP-")
    assert Part.objects.visible_to(world.stranger).get() == part
    assert Part.objects.visible_to(world.kent).get() == part
    assert not Review.objects.visible_to(world.stranger).exists()
    told = Notice.objects.get(recipient=world.stranger)
    assert told.text.endswith(part.reference)
    life.end_part(part, on=clock.today(), by=world.officer)
    assert not Part.objects.visible_to(world.stranger).exists()


def test_a_name_in_the_purpose_of_a_part_is_refused_without_saying_it(running, gravesham, world):
    with pytest.raises(ValidationError) as refused:
        life.hand_part(running, world.gravesham, purpose="About Mrs CANARYWHARF", by=world.officer)

    assert "Anna" in refused.value.message_dict["purpose"][0]
    assert "canary" not in str(refused.value).casefold()
    assert not Part.objects.exists()


def test_a_part_needs_a_partnership_that_holds_reviews(running, world):
    with pytest.raises(ValidationError) as refused:
        life.hand_part(running, world.gravesham, purpose="An action", by=world.officer)

    assert "partnership" in refused.value.message_dict


# ---- the end ------------------------------------------------------------------------------------


def test_a_review_closes_early_only_with_a_reason_and_opens_again(running, world):
    with pytest.raises(ValidationError) as refused:
        life.close(running, by=world.officer)
    assert "not published" in refused.value.message_dict["reason"][0]

    life.close(running, reason="The coroner’s process does it.", by=world.officer)
    running.refresh_from_db()
    assert running.closed_on == clock.today()
    assert not step(running, Step.REPORT).runs

    life.reopen(running, reason="New evidence", again=False, by=world.officer)
    running.refresh_from_db()
    assert (running.stage, running.closed_on) == (Stage.UNDER_WAY, None)
    assert step(running, Step.REPORT).runs


def test_a_published_review_that_is_opened_again_needs_another_clearance(running, world):
    Review.objects.filter(pk=running.pk).update(stage=Stage.PUBLISHED)

    life.reopen(running, reason="New evidence", by=world.officer)

    running.refresh_from_db()
    assert running.stage == Stage.UNDER_WAY
    assert running.reopened_because == "New evidence"


def test_where_no_review_is_held_it_closes_once_they_are_told(review, world):
    decide(review, world, Outcome.NO_REVIEW)
    with pytest.raises(ValidationError):
        life.close(review, by=world.officer)
    for whom in (Whom.HOME_OFFICE, Whom.FAMILY):
        deciding.tell(review, whom=whom, about=About.DECISION, on=clock.today(), by=world.officer)

    assert life.close(review, by=world.officer).stage == Stage.CLOSED


def test_a_colleague_who_is_not_on_the_review_does_nothing_with_it(running, world):
    another = worlds.person("Aspen Rowe")
    worlds.seat(another, world.secretariat, world.council, Role.OFFICER)
    for person in (another, world.kent, world.administrator):
        with pytest.raises(Refused):
            life.close(running, reason="x", by=person)


def test_the_group_of_a_review_is_a_panel_of_one_case(running):
    assert running.group in Group.objects.filter(reports_to__kind="panel")
    assert Arrangement.objects.get().group == running.group.reports_to
