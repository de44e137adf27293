"""Assessments and strategies: stale copies, drafts, panels, maps of no place."""

import datetime

import pytest
from django.core.exceptions import ValidationError

from actions.workflow import make
from assessments import renditions
from assessments.figures_of import PUBLIC, RESTRICTED
from assessments.models import EditionFile
from assessments.workflow import contributing, publishing, strategy
from assessments.workflow import horizon as horizons
from core import clock
from core.markings import Marking
from core.workflow import Wrong
from documents.models import Content
from figures.models import Indicator
from meetings.models import Making
from membership.models import GroupKind, Role
from tests import world as worlds
from tests.assessments import knowing, planning, writing
from tests.attacks.conftest import CANARY

D = datetime.date

# ---- the Strategic Assessment -------------------------------------------------------------------


def test_why_a_threat_is_grave_makes_an_edition_restricted(world):
    assessment = writing.begun(world)
    scores = dict.fromkeys(
        ("physical", "psychological", "financial", "community", "likelihood", "confidence",
         "capacity"), 2,
    )  # fmt: skip
    assert not renditions.build(assessment, RESTRICTED).restricted
    contributing.score(assessment, name="Knives", scores=scores, why=CANARY, by=world.officer)

    assert renditions.build(assessment, RESTRICTED).restricted
    assert CANARY not in renditions.text(renditions.build(assessment, PUBLIC))
    assert publishing.two_people(assessment)


def test_what_is_restricted_after_it_was_fixed_does_not_go_out(world):
    writing.indicator(world, "prevent-referrals", writing.MANY)
    assessment = writing.adopted(world, secret=False)
    shown = str(renditions.build(assessment, PUBLIC))
    assert f"{writing.MANY:,}" in shown
    assert f"{3 * writing.MANY:,}" in shown
    Indicator.objects.update(marking=Marking.SENSITIVE)

    public = str(renditions.build(assessment, PUBLIC))
    assert f"{writing.MANY:,}" not in public
    assert f"{3 * writing.MANY:,}" not in public
    full = renditions.build(assessment, RESTRICTED)
    assert full.restricted
    assert f"{writing.MANY:,}" in str(full)
    assert publishing.two_people(assessment)


# ---- the strategy -------------------------------------------------------------------------------


def test_the_pdf_of_a_draft_is_never_published(world):
    with planning.at(planning.TODAY):
        edition = planning.begun(world)
        planning.prioritised(world, edition)
        strategy.ask(edition, by=world.officer)
        draft = Content.objects.create(sha256="d" * 64, data=b"%PDF-draft", size=10)
        EditionFile.objects.update(state=Making.READY, content=draft)
        kept = strategy.take_over(
            edition, on=D(2026, 1, 5), where="Minutes of the council", by=world.officer
        )
        with pytest.raises(Wrong, match="not ready yet"):
            strategy.publish(kept, by=world.officer)
    assert not EditionFile.objects.exists()


def test_a_strategy_does_not_publish_what_was_restricted_since(world):
    """An indicator that was public when it was chosen may be closed before it goes out."""
    shown = writing.indicator(world, "hate-crime", 12)
    with planning.at(planning.TODAY):
        edition = planning.complete(world)
        planning.measured(world, edition.priorities.get(), crime_type=None, indicator=shown)
    Indicator.objects.filter(pk=shown.pk).update(marking=Marking.SENSITIVE)
    with planning.at(planning.ADOPTED, 15):
        decided = planning.decision(world)
        with pytest.raises(Wrong, match="has been restricted"):
            strategy.adopt(edition, decision=decided, by=world.officer)
        Indicator.objects.filter(pk=shown.pk).update(marking=Marking.OFFICIAL)
        adopted = strategy.adopt(edition, decision=decided, by=world.officer)
    Indicator.objects.filter(pk=shown.pk).update(marking=Marking.SENSITIVE)
    with planning.at(planning.ADOPTED, 16), pytest.raises(Wrong, match="restricted since"):
        strategy.publish(adopted, by=world.officer)


def test_what_a_panel_is_to_do_stands_in_no_published_plan(world, sign_in):
    group = worlds.group(
        world.partnership, CANARY, GroupKind.PANEL, administered_by=world.secretariat
    )
    with planning.at(planning.TODAY):
        action = make(
            group, text=CANARY, owner=world.police, due_on=D(2026, 9, 1), made_on=clock.today(),
            marking=Marking.OFFICIAL, raised_in="A call", by=world.officer,
        )  # fmt: skip
        edition = planning.begun(world)
        objective = strategy.add_objective(
            planning.prioritised(world, edition), text="Fewer", by=world.officer
        )
        with pytest.raises(ValidationError) as wrong:
            strategy.deliver(objective, action=action, by=world.officer)
        page = sign_in(world.officer).get(
            f"{planning.URL}objectives/{objective.pk}/register/"
        ).content.decode()  # fmt: skip
    assert "panel" in wrong.value.message_dict["action"][0]
    assert action.reference not in page


# ---- horizon, tensions, orders ------------------------------------------------------------------


def test_the_file_of_the_horizon_names_no_action_that_one_may_not_see(panel, world, sign_in):
    group, member = panel
    with knowing.at(2026, 11, 23):
        change = knowing.change(world)
        action = make(
            group, text=CANARY, owner=world.police, due_on=D(2027, 9, 1), made_on=clock.today(),
            marking=Marking.OFFICIAL, raised_in="A call", by=member,
        )  # fmt: skip
        worlds.seat(world.officer, group, world.council, Role.OFFICER)
        horizons.link_action(change, action=action, by=world.officer)
        pages = {
            person: sign_in(person).get("/dartford/assessments/horizon/csv/").content.decode()
            for person in (world.officer, world.watch)
        }
    assert action.reference in pages[world.officer]
    assert action.reference not in pages[world.watch]


def test_a_board_that_has_ended_is_shown_nothing(world, sign_in):
    worlds.group(world.partnership, "Old board", GroupKind.BOARD, ends_on=D(2025, 1, 1))
    with knowing.at(2026, 11, 23):
        found = knowing.tension(world, group=world.dvacs_group, by=world.dvacs, level=5)
        sign_in(world.officer).post(f"{found.get_absolute_url()}show/")
        page = sign_in(world.officer).get("/dartford/assessments/tensions/report/")
    found.refresh_from_db()
    assert found.group == world.board
    assert "Old board" not in page.content.decode()


SQUARE = "[[[0.2,51.4],[0.3,51.4],[0.3,51.5],[0.2,51.4]]]"
FLAT = "[[0.2,51.4],[0.2,51.5],[0.2,51.6],[0.2,51.4]]"
BIG = "1" + "0" * 400


@pytest.mark.parametrize(
    "outline",
    [
        '{"type":"MultiPolygon","coordinates":[[]]}',
        f'{{"type":"MultiPolygon","coordinates":[[],{SQUARE}]}}',
        '{"type":"Polygon","coordinates":{}}',
        f'{{"type":"Polygon","coordinates":[{FLAT}]}}',
        f'{{"type":"Polygon","coordinates":[[[{BIG},51.4],[0.2,51.4],[0.2,51.5],[0.1,51.4]]]}}',
        '{"type":"Polygon","coordinates":[[[NaN,51.4],[0.2,51.4],[0.2,51.5],[0.1,51.4]]]}',
        "[" * 20_000,
        "null",
    ],
)
def test_an_outline_of_no_place_is_refused(world, sign_in, client, outline):
    with knowing.at(2026, 11, 23):
        order = knowing.made(world)
        fields = {
            "title": "Order", "made_by": str(world.council.pk), "place": "The park",
            "terms": "- do not drink", "outline": outline, "shown_to_public": "on",
        }  # fmt: skip
        answer = sign_in(world.officer).post(f"{order.get_absolute_url()}change/", fields)
        public = client.get(f"/dartford/assessments/orders/public/{order.slug}/")
    assert answer.status_code == 200
    assert "must be GeoJSON of a polygon" in answer.content.decode()
    assert public.status_code == 200
