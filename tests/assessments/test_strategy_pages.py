"""The pages of a strategy: what each persona reads and writes, without any script."""

import pytest

from actions.models import Action
from assessments.models import Edition, EditionStatus, Measure, Objective, Priority
from assessments.workflow import strategy
from figures.models import CrimeType
from tests.assessments import planning, writing
from tests.assessments.planning import ADOPTED, BASE, TODAY, URL, at


@pytest.fixture
def now():
    with at(TODAY):
        yield


@pytest.fixture
def officer(world, sign_in):
    return sign_in(world.officer)


def text(response):
    assert response.status_code == 200, response.status_code
    return response.content.decode()


def test_an_officer_writes_an_edition_from_begin_to_adoption(world, officer, now):
    writing.crime(world)
    planning.plan(world)
    assert "No strategy is kept here yet" in text(officer.get(BASE))
    assert officer.post(f"{BASE}begin/", {"year": "2026"})["Location"] == URL
    assert "left before it can be adopted" in text(officer.get(URL))
    page = text(officer.get(f"{URL}adopt/"))
    assert "It cannot be adopted yet" in page

    officer.post(f"{URL}priorities/add/", {
        "title": "Burglary", "aim": "Fewer", "owner": world.police.slug,
    })  # fmt: skip
    priority = Priority.objects.get()
    one = f"{URL}priorities/{priority.pk}/"
    officer.post(f"{one}evidence/", {"words": "The figures"})
    officer.post(f"{one}objectives/", {"text": "Fewer burglaries"})
    objective = Objective.objects.get()
    officer.post(f"{URL}objectives/{objective.pk}/measures/", {
        "name": "Burglaries", "better": "lower", "baseline_from": "2025-01",
        "crime_type": CrimeType.objects.get(name="Burglary").pk, "baseline_until": "2025-03",
        "target": "200", "target_by_day": "31", "target_by_month": "3", "target_by_year": "2027",
    })  # fmt: skip
    officer.post(f"{URL}objectives/{objective.pk}/actions/", {
        "text": "Mark bicycles", "owner": world.council.slug, "due_on_day": "30",
        "due_on_month": "9", "due_on_year": "2026", "partners": [str(world.police.pk)],
    })  # fmt: skip
    for name in ("vision", "equality"):
        version = Edition.objects.get().version
        officer.post(f"{URL}words/{name}/", {"text": "Words.", "version": version})
    officer.post(f"{URL}consultation/", {"how": "A survey", "found": "Lamps"})
    decision = planning.decision(world)
    shown = text(officer.get(one))
    assert "243" in shown
    assert "January to March 2025" in shown
    assert Action.objects.get().text == "Mark bicycles"
    assert "Choose the decision" in text(officer.post(f"{URL}adopt/", {"decision": ""}))
    assert officer.post(f"{URL}adopt/", {"decision": decision.pk}).status_code == 302
    edition = Edition.objects.get()
    assert (edition.status, edition.decision) == (EditionStatus.ADOPTED, decision)


def test_the_form_keeps_what_was_typed_and_says_what_is_wrong(world, officer, now):
    objective = planning.measured(world, planning.prioritised(world, planning.begun(world)))
    url = f"{URL}objectives/{objective.pk}/measures/"
    page = text(officer.post(url, {
        "name": "Surveyed", "better": "higher", "baseline": "47", "target": "lots",
    }))  # fmt: skip
    assert "There is a problem" in page
    assert 'value="Surveyed"' in page
    assert Measure.objects.count() == 1


def test_a_stale_form_shows_both_texts_and_loses_neither(world, officer, now):
    edition = planning.begun(world)
    strategy.write(edition, vision="Theirs stands", by=world.officer)
    response = officer.post(f"{URL}words/vision/", {"text": "Mine was typed", "version": 1})

    page = response.content.decode()
    assert response.status_code == 409
    assert "Theirs stands" in page
    assert "Mine was typed" in page
    assert Edition.objects.get().vision == "Theirs stands"


def test_what_is_adopted_is_not_written_any_more(world, officer):
    edition = planning.adopted(world)
    priority = edition.priorities.get()
    with at(ADOPTED, 16):
        for address in ("words/vision/", "consultation/", "withdraw/", "priorities/add/",
                        f"priorities/{priority.pk}/change/"):  # fmt: skip
            assert officer.get(f"{URL}{address}")["Location"] == URL
        assert "Add a priority" not in text(officer.get(URL))
        assert "Adopted by the Board on 18 March 2026" in text(officer.get(URL))


def test_members_read_drafts_and_write_nothing(world, sign_in, now):
    edition = planning.complete(world)
    priority = edition.priorities.get()
    for who in (world.kent, world.chair, world.dvacs):
        client = sign_in(who)
        for address in ("", "read/", "delivery/", "changes/", "files/", "history/",
                        f"priorities/{priority.pk}/"):  # fmt: skip
            page = text(client.get(f"{URL}{address}"))
            assert "Take back" not in page
        assert client.get(f"{URL}adopt/").status_code == 403
        assert client.post(f"{URL}files/make/").status_code == 403
    assert sign_in(world.stranger).get(URL).status_code == 404
    assert sign_in(world.scrutiny).get(URL).status_code == 404


def test_priorities_move_by_buttons(world, officer, now):
    edition = planning.begun(world)
    planning.prioritised(world, edition, "A")
    second = planning.prioritised(world, edition, "B")
    officer.post(f"{URL}priorities/{second.pk}/move/", {"way": "up"})
    assert list(edition.priorities.values_list("title", flat=True)) == ["B", "A"]
    assert officer.post(f"{URL}priorities/{second.pk}/move/", {"way": ""}).status_code == 302


def test_the_delivery_plan_is_a_table_and_csv_with_formulas_disarmed(world, officer, now):
    edition = planning.begun(world)
    objective = strategy.add_objective(
        planning.prioritised(world, edition), text="Fewer", by=world.officer
    )
    planning.delivered(world, objective, text="=1+1")
    response = officer.get(f"{URL}delivery/?format=csv")
    assert "'=1+1" in response.content.decode()
    assert "Kent Police" in text(officer.get(f"{URL}delivery/"))


def test_police_plans_show_what_nothing_serves(world, officer, now):
    officer.post(f"{BASE}police-plans/add/", {
        "title": "Plan", "issued_by": "The commissioner", "starts_on_day": "1",
        "starts_on_month": "4", "starts_on_year": "2025", "priorities": "People\nPlaces",
    })  # fmt: skip
    page = text(officer.get(f"{BASE}police-plans/"))
    assert page.count("Nothing serves it") == 2
    assert "There is a problem" in text(officer.post(f"{BASE}police-plans/add/", {"title": "x"}))


def test_pages_ask_as_much_of_the_database_for_many_priorities(
    world, officer, now, django_assert_max_num_queries
):
    edition = planning.begun(world)
    for number in range(8):
        objective = strategy.add_objective(
            planning.prioritised(world, edition, f"P{number}"), text="Fewer", by=world.officer
        )
        planning.delivered(world, objective)
    for address in ("", "delivery/"):
        with django_assert_max_num_queries(40):
            text(officer.get(f"{URL}{address}"))


def test_officers_are_told_what_a_strategy_waits_for(world, sign_in):
    planning.adopted(world)
    with at(ADOPTED, 16):
        assert "check and publish" in text(sign_in(world.officer).get("/"))
        assert "check and publish" not in text(sign_in(world.kent).get("/"))
