"""Plans: what is recommended, who does it, how it is shown, and who signs it off."""

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile

import actions.workflow
from actions.models import Status
from core import clock
from core.permissions import Refused, can
from core.workflow import Wrong
from dhr.models import Difference, DifferenceCheck, LearningTheme, PlanItem, Recommendation
from dhr.queries import plans as queries
from dhr.queries import progress
from dhr.workflow import life, plans, themes
from membership.workflow import succeed_agency
from notices.models import Notice
from tests import world as worlds
from tests.dhr.agencies import NAME, refused
from tests.dhr.conftest import DAY
from tests.documents.files import pdf


@pytest.fixture
def told(running, world):
    """A recommendation of the review that is under way."""
    return plans.recommend(
        running, text="Ask about abuse at each visit", themes=LearningTheme.objects.filter(
            slug="asking"
        ), by=world.officer,
    )  # fmt: skip


@pytest.fixture
def item(told, world):
    """What the police are to do."""
    return add(told, world)


def add(told, world, **more):
    more = {"agency": None if more.get("outside") else world.police, **more}
    return plans.add_item(
        told, **{"text": "Put the question on the form", "target_on": clock.today() + 60 * DAY,
                 "milestones": "Form agreed in spring", "by": world.officer, **more},
    )  # fmt: skip


def evidence():
    return SimpleUploadedFile("form.pdf", pdf())


def shown(item, world, by=None):
    """The police say in the register that it is done, with a file."""
    actions.workflow.update(
        item.action, text="The form is in use", status=Status.SAYS_DONE, file=evidence(),
        by=by or world.vice,
    )  # fmt: skip
    return PlanItem.objects.get(pk=item.pk)


# ---- recommendations ----------------------------------------------------------------------------


def test_the_themes_are_loaded_with_the_arrangement_and_again_change_nothing(arrangement):
    assert LearningTheme.objects.filter(slug="risk").exists()
    assert themes.load() == 0


def test_a_recommendation_is_numbered_coded_and_kept_with_its_history(told, running, world):
    assert told.number == 1
    assert [each.slug for each in told.themes.all()] == ["asking"]
    again = plans.change_recommendation(
        told, text="Ask about abuse, alone, at each visit", scope="regional", themes=[],
        early=True, agency=world.police, repeats=None, version=told.version, by=world.officer,
    )  # fmt: skip
    assert again.early
    with pytest.raises(Wrong, match="Somebody else has changed"):
        plans.change_recommendation(
            told, text="Other", scope="local", themes=[], early=False, agency=None, repeats=None,
            version=1, by=world.officer,
        )  # fmt: skip
    assert told.history.count() >= 2


def test_no_name_of_the_key_gets_into_a_plan(told, running, world):
    wrong = refused(plans.recommend, running, text=f"Help {NAME}", by=world.officer)
    assert "Anna" in wrong["text"][0]
    assert "Canarywharf" not in wrong["text"][0]
    for name in ("text", "milestones", "outside"):
        more = {"agency": None} if name == "outside" else {}
        assert "Anna" in refused(add, told, world, **{name: f"Of {NAME}", **more})[name][0]
    assert not PlanItem.objects.exists()


def test_who_does_not_work_on_the_review_plans_nothing(running, told, world):
    for person in (world.kent, world.chair, world.scrutiny, world.administrator):
        with pytest.raises(Refused):
            plans.recommend(running, text="Something", by=person)
        with pytest.raises(Refused):
            add(told, world, by=person)


def test_a_recommendation_with_actions_is_taken_off_after_them(told, item, world):
    with pytest.raises(Wrong, match="Take the actions"):
        plans.take_off(told, reason="Doubled", by=world.officer)
    plans.take_off_item(item, reason="Doubled", by=world.officer)
    item.action.refresh_from_db()
    assert item.action.status == Status.DROPPED
    plans.take_off(told, reason="Doubled", by=world.officer)
    with pytest.raises(Wrong):
        plans.put_back(item, by=world.officer)
    plans.put_back_recommendation(told, by=world.officer)
    plans.put_back(item, by=world.officer)
    item.action.refresh_from_db()
    assert item.action.is_open


# ---- items and the register ---------------------------------------------------------------------


def test_an_action_in_the_register_says_nothing_of_the_review(item, running, world):
    action = item.action
    assert action.restricted
    assert running.reference not in action.raised_in + action.text + action.detail
    assert running.pseudonym not in action.raised_in + action.detail
    assert not action.raised_url
    assert action.group == running.group.reports_to
    teasel = running.group.reports_to.seats.get(agency=world.police).person
    assert can(teasel, "view", action)
    assert can(teasel, "update", action)
    assert not can(teasel, "view", running)
    assert not can(teasel, "view", item)
    assert not can(world.scrutiny, "view", action)
    assert not can(world.administrator, "view", action)
    told = Notice.objects.filter(recipient=teasel)
    assert all(running.reference not in each.text for each in told)


def test_a_target_before_the_plan_is_refused_unless_it_is_done(told, running, world):
    wrong = refused(add, told, world, target_on=clock.today() - DAY)
    assert "today or later" in wrong["target_on"][0]
    wrong = refused(add, told, world, target_on=running.notified_on - DAY)
    assert "notification" in wrong["target_on"][0]
    done = add(
        told, world, target_on=clock.today() - 2 * DAY, completed_on=clock.today() - DAY,
        outcome="Done at once",
    )  # fmt: skip
    assert done.completed_on
    assert queries.state(done, clock.today())[0] == "Evidence missing"


def test_an_item_is_for_an_agency_or_another_body_never_both(told, world):
    assert "agency" in refused(add, told, world, agency=None)
    wrong = refused(plans.add_item, told, text="Do", agency=world.police, outside="Ministry",
                    target_on=clock.today(), by=world.officer)  # fmt: skip
    assert "not both" in wrong["outside"][0]
    assert "agency" in refused(add, told, world, agency=world.gravesham_council)


def test_an_outside_body_answers_by_letter(told, world):
    item = add(told, world, outside="Ministry of Justice")
    assert item.action is None
    plans.complete(item, completed_on=clock.today(), outcome="Guidance changed", by=world.officer)
    item.refresh_from_db()
    with pytest.raises(Wrong, match="Evidence is missing"):
        plans.sign_off(item, remark="Told by telephone", by=world.officer)
    plans.outside_answered(
        item, outside_said="The guidance is out", outside_said_on=clock.today(), by=world.officer
    )
    assert plans.sign_off(item, remark="Their letter", by=world.officer).signed_off_at


def test_an_item_that_changes_takes_its_action_along(item, world):
    plans.change_item(
        item, text="Put two questions on the form", agency=world.county, milestones="",
        reason="The county prints it", by=world.officer,
    )  # fmt: skip
    item.action.refresh_from_db()
    assert item.action.text == "Put two questions on the form"
    assert item.action.owner == world.county
    assert "reason" in refused(
        plans.change_item, item, text="Same", agency=world.police, by=world.officer
    )
    plans.change_item(item, text="Lobby", outside="College of Policing", reason="Theirs",
                      by=world.officer)  # fmt: skip
    item.refresh_from_db()
    assert (item.agency, item.action) == (None, None)


def test_the_target_first_agreed_stands(item, world):
    first = item.target_on
    plans.move_target(item, due_on=first + 30 * DAY, reason="The printer", by=world.officer)
    row = queries.plan(item.review)[0].rows[0]
    assert (row.item.target_on, row.due_on, row.moved) == (first, first + 30 * DAY, True)


# ---- done, shown, signed off --------------------------------------------------------------------


def test_without_evidence_it_stays_said_to_be_done(item, world):
    actions.workflow.update(item.action, text="Done", status=Status.SAYS_DONE, by=world.officer)
    item = PlanItem.objects.get(pk=item.pk)
    row = queries.plan(item.review)[0].rows[0]
    assert row.state == ("Evidence missing", "late")
    assert row.missing
    with pytest.raises(Wrong, match="Evidence is missing"):
        plans.sign_off(item, remark="It says so", completed_on=clock.today(), outcome="In use",
                       by=world.officer)  # fmt: skip
    assert progress.open_items(item.review).count() == 1


def test_an_officer_signs_off_what_is_shown_to_be_done(item, world):
    owner = item.action.group.seats.get(agency=world.police).person
    item = shown(item, world, owner)
    signed = plans.sign_off(
        item, remark="The form was seen", completed_on=clock.today(), outcome="In use",
        by=world.officer,
    )  # fmt: skip
    assert signed.signed_off_at
    signed.action.refresh_from_db()
    assert signed.action.status == Status.DONE
    assert not progress.open_items(item.review).exists()
    check = DifferenceCheck.objects.get(item=item)
    assert check.first_due_on > clock.today() + 150 * DAY


def test_nobody_signs_off_what_their_own_agency_leads(told, world, independent):
    item = add(told, world, agency=world.council)
    plans.complete(
        item, completed_on=clock.today(), outcome="Done", file=evidence(), by=world.officer
    )
    item.refresh_from_db()
    verdict = can(world.officer, "sign off", item)
    assert "leads this" in verdict.reason
    with pytest.raises(Refused):
        plans.sign_off(item, remark="Seen", by=world.officer)
    assert plans.sign_off(item, remark="Seen by the chair", by=independent).signed_off_at


def test_sent_back_it_is_open_again_and_nothing_is_to_be_checked(item, world):
    owner = item.action.group.seats.get(agency=world.police).person
    item = shown(item, world, owner)
    plans.sign_off(item, remark="Seen", completed_on=clock.today(), outcome="In use",
                   by=world.officer)  # fmt: skip
    back = plans.send_back(item, reason="The form was withdrawn", by=world.officer)
    back.action.refresh_from_db()
    assert (back.signed_off_at, back.completed_on) == (None, None)
    assert back.action.status == Status.IN_PROGRESS
    assert not DifferenceCheck.objects.filter(item=item).exists()


def test_what_made_no_difference_is_checked_again(item, world):
    owner = item.action.group.seats.get(agency=world.police).person
    item = shown(item, world, owner)
    plans.sign_off(item, remark="Seen", completed_on=clock.today(), outcome="In use",
                   by=world.officer)  # fmt: skip
    plans.check_difference(
        item, difference=Difference.UNKNOWN, found="Too few visits yet", by=world.officer
    )
    assert item.checks.count() == 2
    plans.check_difference(
        item, difference=Difference.YES, found="Nine in ten are asked", by=world.officer
    )
    assert item.checks.count() == 2
    with pytest.raises(Wrong):
        plans.check_difference(item, difference=Difference.YES, found="Again", by=world.officer)


# ---- across agencies and partnerships -----------------------------------------------------------


def test_an_agency_that_is_succeeded_hands_its_actions_on(item, world):
    heir = succeed_agency(
        world.police, name="Kent and Medway Police", short_name="KMP", slug="kmp",
        on=clock.today(), by=world.officer,
    )  # fmt: skip
    row = queries.plan(item.review)[0].rows[0]
    assert (row.body, row.was) == (heir.name, "Kent Police")
    assert not can(worlds.seat(world.guest, world.dvacs_group, heir).person, "sign off", item)


def test_an_item_of_another_partnership_needs_its_part(told, running, world):
    wrong = refused(add, told, world, partnership=world.gravesham, agency=world.gravesham_council)
    assert "no part" in wrong["partnership"][0]


def test_states_say_what_is_late(item, world):
    assert queries.state(item, clock.today())[0] == "Not started"
    assert queries.state(item, item.target_on + DAY) == ("Late", "late")
    assert Recommendation.objects.visible_to(world.kent).exists()
    assert not Recommendation.objects.visible_to(world.chair).exists()
    with pytest.raises(ValidationError):
        life.agree_terms(
            item.review, text="", scope_from=clock.today(), scope_to=clock.today(),
            by=world.officer,
        )  # fmt: skip
