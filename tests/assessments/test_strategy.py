"""A strategy's life: begun, written, consulted on, adopted, frozen, refreshed, sent."""

import datetime
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from actions import workflow as actions
from actions.models import Action, Status
from assessments.models import Edition, EditionFile, EditionStatus, Priority, Strategy
from assessments.queries.strategy import changes, editions, missing, plans, progress
from assessments.queries.strategy.readings import reading
from assessments.workflow import strategy
from core import clock
from core.markings import Marking
from core.workflow import Wrong
from figures.models import Indicator
from tests.assessments import planning, writing
from tests.assessments.planning import ADOPTED, TODAY, at

DATE = datetime.date


@pytest.fixture
def now():
    with at(TODAY):
        yield


def wrong_fields(raised):
    return set(raised.value.message_dict)


def test_a_strategy_is_for_three_years_from_april(world, now):
    edition = planning.begun(world)

    assert (edition.strategy.starts_on, edition.strategy.ends_on) == (
        DATE(2026, 4, 1), DATE(2029, 4, 1),
    )  # fmt: skip
    assert (edition.number, edition.status, edition.strategy.slug) == (1, "draft", "2026-2029")
    with pytest.raises(ValidationError) as raised:
        strategy.begin(world.partnership, starts_on=DATE(2026, 5, 1), by=world.officer)
    assert wrong_fields(raised) == {"starts_on"}
    with pytest.raises(ValidationError, match="holds for some of these years"):
        planning.begun(world, 2028)


def test_only_officers_begin_and_write(world, now):
    for who in (world.kent, world.scrutiny, world.stranger):
        with pytest.raises(PermissionDenied):
            strategy.begin(world.partnership, starts_on=DATE(2026, 4, 1), by=who)
    edition = planning.begun(world)
    for who in (world.kent, world.chair, world.stranger):
        with pytest.raises(PermissionDenied):
            strategy.write(edition, vision="Mine", by=who)


def test_what_is_missing_is_listed_and_stops_the_adoption(world, now):
    edition = planning.begun(world)
    priority = strategy.add_priority(edition, title="Burglary", by=world.officer)
    says = [each.says for each in missing.stops(missing.missing(edition))]

    assert says == [
        "The vision has not been written.",
        "There is no equality note (Equality Act 2010, section 149).",
        "How communities were consulted has not been recorded.",
        "Priority 1, Burglary, has no agency that answers for it.",
        "Priority 1, Burglary, has no evidence.",
        "Priority 1, Burglary, has no measure.",
    ]
    planning.written(world, edition)
    with pytest.raises(Wrong) as raised:
        strategy.adopt(edition, decision=planning.decision(world), by=world.officer)
    assert len(raised.value.messages) == 3
    assert Edition.objects.get(pk=edition.pk).status == EditionStatus.CONSULTED
    assert priority.edition == edition


def test_a_draft_that_was_not_consulted_on_is_not_adopted(world, now):
    edition = planning.begun(world)

    with pytest.raises(Wrong, match="consulted"):
        strategy.adopt(edition, decision=planning.decision(world), by=world.officer)


def test_adoption_freezes_what_is_shown(world):
    writing.crime(world)
    edition = planning.adopted(world)

    assert edition.status == EditionStatus.ADOPTED
    shown = edition.frozen["priorities"][0]
    measure = shown["objectives"][0]["measures"][0]
    assert (measure["baseline"], measure["target"]) == ("243", "200")
    assert measure["baseline_period"] == "January to March 2025"
    assert shown["crime"]["total"] == 9 * 81
    assert [each["n"] for each in edition.frozen["findings"]["by_type"]] == [9 * 81, 9 * 81]
    assert edition.frozen["findings"]["missing"] == "October to December 2024"
    with pytest.raises(Wrong, match="never changes"):
        strategy.write(edition, vision="Other", by=world.officer)
    with pytest.raises(Wrong, match="never changes"):
        strategy.add_priority(edition, title="Another", by=world.officer)
    assert EditionFile.objects.filter(edition=edition, state="waiting").count() == 2


def test_a_restricted_or_foreign_decision_is_refused(world):
    with at(TODAY):
        edition = planning.complete(world)
    with at(ADOPTED, 15):
        item = writing.meeting(world, on=ADOPTED, status="held")
        item.marking = Marking.SENSITIVE
        item.save()
        for decision in (writing.decision(world, item=item),):
            with pytest.raises(ValidationError) as raised:
                strategy.adopt(edition, decision=decision, by=world.officer)
            assert wrong_fields(raised) == {"decision"}


def test_a_refresh_takes_over_the_plan_and_says_what_it_changed(world):
    edition = planning.adopted(world)
    done = Action.objects.get(text="Fit alarms")
    with at(DATE(2026, 10, 1)):
        actions.update(done, text="All", status=Status.SAYS_DONE, by=world.kent)
        actions.confirm_done(Action.objects.get(pk=done.pk), by=world.officer)
        refresh = strategy.refresh(edition.strategy, by=world.officer)

        assert (refresh.number, refresh.year, refresh.vision) == (2, 2027, "A safer borough.")
        assert (refresh.equality, refresh.consulted_how, refresh.status) == ("", "", "draft")
        (copy,) = editions.priorities_of(refresh)
        assert copy.descends_from == edition.priorities.get()
        assert [a.action.text for a in copy.objectives.all()[0].delivery.all()] == ["Mark bicycles"]
        strategy.change_priority(
            copy, title="Burglary and theft", owner=world.council, descends_from=copy.descends_from,
            by=world.officer,
        )  # fmt: skip
        planning.prioritised(world, refresh, "Knives")

    found = changes.difference(refresh)
    carried, new = found.priorities
    assert found.says == "Of its 2 priorities: 1 new and 1 changed."
    assert {each.label for each in carried.changed} == {
        "Priority", "What will be different", "Who answers for it",
    }  # fmt: skip
    assert carried.taken_out == [f"Action {done.reference}: Fit alarms"]
    assert new.before is None
    assert progress.delivered(edition).says == "1 of 2 actions are done (50%)."


def test_a_refresh_waits_for_the_last_one_and_for_the_strategy_to_go_on(world, now):
    edition = planning.begun(world)
    with pytest.raises(Wrong, match="has not been adopted"):
        strategy.refresh(edition.strategy, by=world.officer)
    planning.prioritised(world, edition)
    Edition.objects.filter(pk=edition.pk).update(year=2028)
    strategy.take_over(edition, on=DATE(2026, 2, 9), where="Minutes", by=world.officer)
    with pytest.raises(Wrong, match="This strategy ends on 31 March 2029"):
        strategy.refresh(edition.strategy, by=world.officer)


def test_an_edition_adopted_before_is_kept_without_a_decision(world, now):
    edition = planning.begun(world)
    with pytest.raises(Wrong, match="Add the priorities"):
        strategy.take_over(edition, on=TODAY, where="Minutes", by=world.officer)
    planning.prioritised(world, edition)
    with pytest.raises(ValidationError) as raised:
        strategy.take_over(edition, on=DATE(2026, 2, 11), where="", by=world.officer)
    assert wrong_fields(raised) == {"on", "where"}
    writing.meeting(world, on=DATE(2026, 1, 20), status="held")
    with pytest.raises(ValidationError, match="kept here since 20 January 2026"):
        strategy.take_over(edition, on=TODAY, where="Minutes", by=world.officer)
    kept = strategy.take_over(edition, on=DATE(2026, 1, 6), where="Minutes", by=world.officer)
    assert (kept.status, kept.decision) == (EditionStatus.ADOPTED, None)


def test_withdrawing_leaves_the_actions_in_the_register(world, now):
    edition = planning.complete(world)
    strategy.withdraw(edition, by=world.officer)

    assert not Strategy.objects.exists()
    assert Action.objects.count() == 2


def test_priorities_are_reordered_and_numbered_on(world, now):
    edition = planning.begun(world)
    first, second, third = (planning.prioritised(world, edition, each) for each in "ABC")
    strategy.move_priority(third, way="up", by=world.officer)
    strategy.move_priority(first, way="up", by=world.officer)
    strategy.remove_priority(first, by=world.officer)

    found = edition.priorities.values_list("number", "title")
    assert list(found) == [(1, "C"), (2, "B")]
    with pytest.raises(ValidationError):
        strategy.move_priority(second, way="sideways", by=world.officer)


def test_what_is_wrong_with_a_priority_is_said_by_field(world, now):
    edition = planning.begun(world)
    for fields, wrong in [
        ({"title": " "}, {"title"}),
        ({"title": "x" * 161}, {"title"}),
        ({"title": "Knives", "owner": world.gravesham_council}, {"owner"}),
        ({"title": "Knives", "owner": world.council, "post": world.commander_post}, {"owner"}),
    ]:
        with pytest.raises(ValidationError) as raised:
            strategy.add_priority(edition, by=world.officer, **fields)
        assert wrong_fields(raised) == wrong


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"baseline_until": None}, {"baseline_until"}),
        ({"baseline_until": DATE(2024, 12, 1)}, {"baseline_until"}),
        ({"baseline_until": DATE(2026, 1, 1)}, {"baseline_until"}),
        ({"target": Decimal(-1)}, {"target"}),
        ({"target": Decimal("1.234")}, {"target"}),
        ({"target": Decimal("NaN")}, {"target"}),
        ({"target_by": None}, {"target_by"}),
        ({"crime_type": None, "baseline": Decimal(4)}, {"source", "baseline_period"}),
        ({"name": ""}, {"name"}),
    ],
)
def test_what_is_wrong_with_a_measure_is_said_by_field(world, now, fields, wrong):
    writing.crime(world)
    priority = planning.prioritised(world, planning.begun(world))
    if "name" in fields:
        objective = strategy.add_objective(priority, text="Fewer", by=world.officer)
        with pytest.raises(ValidationError) as raised:
            strategy.add_measure(objective, name="", by=world.officer)
    else:
        with pytest.raises(ValidationError) as raised:
            planning.measured(world, priority, **fields)
    assert wrong_fields(raised) == wrong


def test_restricted_indicators_and_actions_never_enter_the_plan(world, now):
    edition = planning.begun(world)
    priority = planning.prioritised(world, edition)
    objective = strategy.add_objective(priority, text="Fewer", by=world.officer)
    secret = Indicator.objects.create(
        partnership=world.partnership, slug="secret", name="Secret", definition="-",
        source_agency=world.police, starts_on=TODAY, marking=Marking.SENSITIVE,
    )  # fmt: skip
    action = actions.make(
        world.board, text="Hidden words", owner=world.police, due_on=planning.DUE, made_on=TODAY,
        marking=Marking.SENSITIVE, raised_in="Board", by=world.officer,
    )  # fmt: skip
    with pytest.raises(ValidationError, match="restricted"):
        strategy.add_evidence(priority, words="It", indicator=secret, by=world.officer)
    with pytest.raises(ValidationError, match="restricted"):
        strategy.add_measure(objective, name="It", indicator=secret, by=world.officer)
    with pytest.raises(ValidationError, match="restricted"):
        strategy.deliver(objective, action=action, by=world.officer)


def test_delivery_makes_actions_of_the_one_register_or_links_them(world, now):
    priority = planning.prioritised(world, planning.begun(world))
    objective = strategy.add_objective(priority, text="Fewer", by=world.officer)
    made = planning.delivered(world, objective).action
    with pytest.raises(Wrong, match="stands under this objective already"):
        strategy.deliver(objective, action=made, by=world.officer)
    with pytest.raises(ValidationError) as raised:
        strategy.deliver(objective, text="Nobody’s", by=world.officer)

    assert wrong_fields(raised) == {"owner", "due_on"}
    assert made.group == world.board
    assert made.raised_url == planning.URL


def test_lights_follow_dates_and_figures(world):
    with at(TODAY):
        writing.crime(world)
        edition = planning.complete(world)
    (priority,) = editions.priorities_of(edition)
    assert progress.of_priority(priority, TODAY).light.state == "green"
    stands = progress.of_priority(priority, DATE(2026, 10, 1))
    assert (stands.light.state, stands.light.why) == ("red", "2 of 2 actions late")


def test_a_measure_reads_the_same_months_of_a_later_year_and_never_guesses(world):
    writing.crime(world)
    with at(TODAY):
        objective = planning.measured(world, planning.prioritised(world, planning.begun(world)))
    measure = objective.measures.get()
    found = reading(measure, world.partnership, DATE(2026, 9, 1))
    assert (found.baseline, found.now) == (243, None)
    assert found.why_not == "Not held: January to March 2026."
    assert progress.of_measure(measure, found).state == "grey"

    for year, n, light in ((2026, 30, "green"), (2027, 45, "red")):
        first = DATE(year, 1, 1)
        writing.crime(world, first=first, last=DATE(year, 3, 1), n=n)
        later = reading(measure, world.partnership, DATE(year, 9, 1))
        assert later.now_period == f"January to March {year}"
        assert progress.of_measure(measure, later).state == light


def test_an_unmatched_priority_of_the_police_plan_shows(world, now):
    plan = planning.plan(world)
    edition = planning.begun(world)
    people = plan.priorities.get(number=1)
    priority = planning.prioritised(world, edition, plan_priorities=[people])

    first, second = plans.matches(plan, edition)
    assert first.served_by == [priority]
    assert not second.matched
    kept = {"title": "Plan", "issued_by": "She", "starts_on": plan.starts_on, "by": world.officer}
    with pytest.raises(ValidationError, match="one a line"):
        strategy.change_plan(plan, priorities=" ", **kept)
    strategy.change_plan(plan, priorities="Protecting People", **kept)
    assert plan.priorities.count() == 1


def test_the_copy_to_the_commissioner_has_a_day_and_can_be_undone(world):
    edition = planning.adopted(world)
    with at(DATE(2026, 4, 2)):
        with pytest.raises(ValidationError, match="before that"):
            strategy.sent_to_commissioner(
                edition, on=DATE(2026, 3, 1), how="Email", by=world.officer
            )
        with pytest.raises(ValidationError, match="future"):
            strategy.sent_to_commissioner(
                edition, on=DATE(2026, 4, 3), how="Email", by=world.officer
            )
        sent = strategy.sent_to_commissioner(
            edition, on=DATE(2026, 4, 1), how="Email", by=world.officer
        )
        assert sent.commissioner_sent_on == DATE(2026, 4, 1)
        assert strategy.not_sent(edition, by=world.officer).commissioner_sent_by is None


def test_two_writers_never_overwrite_each_other(world, now):
    edition = planning.begun(world)
    strategy.write(edition, version=1, vision="Mine", by=world.officer)
    with pytest.raises(strategy.Changed) as raised:
        strategy.write(edition, version=1, vision="Theirs", by=world.officer)
    assert raised.value.edition.vision == "Mine"


def test_lineage_points_back_only(world, now):
    edition = planning.begun(world)
    own = planning.prioritised(world, edition)
    with pytest.raises(ValidationError, match="earlier edition"):
        strategy.change_priority(own, title="Own", descends_from=own, by=world.officer)
    assert Priority.objects.get().descends_from is None
    assert clock.today() == TODAY
