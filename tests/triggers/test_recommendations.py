"""Recommendations: they name nobody, are sent, answered, and watched until they are done."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from actions.models import Action
from actions.workflow import confirm_done, update
from audit.models import Entry, ReadEntry
from core import clock, remember, reminders
from core.permissions import Refused, can
from core.registries import work
from core.workflow import Wrong
from membership.models import Agency, Signature
from notices.models import Notice
from tests import world as worlds
from tests.notices.oracle import workday
from tests.triggers.conftest import DAY
from tests.triggers.test_clocks import at
from tests.triggers.test_reminders import tick
from triggers.models import Clock, CountedFrom, Finding, Party, Recommendation, Response
from triggers.queries import cases, recommendations
from triggers.workflow import clocks, panels

SOON = 30 * DAY


def to(case, agency):
    return Recommendation.objects.get(application=case, agency=agency)


def url(recommendation):
    return reverse("triggers:recommendation", args=["dartford", recommendation.pk])


def accept(recommendation, by, **told):
    told.setdefault("due_on", clock.today() + SOON)
    return panels.respond(recommendation, accepted=True, by=by, **told)


def refused(call, *args, **kwargs):
    with pytest.raises(ValidationError) as wrong:
        call(*args, **kwargs)
    return wrong.value.message_dict


# ---- written ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "of_what"),
    [
        ("Call Fern back", "the name of the victim"),
        ("Call Ms ALDOUS back", "the name of the victim"),
        ("Mend the door at 14 Invented Row", "where the trouble is"),
        ("Patrol Invented Row on Fridays", "where the trouble is"),
        ("Patrol around da11aa", "the postcode"),
        ("Write to fern@example.test", "email"),
    ],
)
def test_a_text_that_names_somebody_or_a_street_is_refused(review_case, world, text, of_what):
    wrong = refused(panels.recommend, review_case, agency=world.police, text=text, by=world.officer)
    assert of_what in wrong["text"][0] or "email" in of_what
    assert "Aldous" not in wrong["text"][0]


def test_words_that_only_look_like_a_name_pass_with_a_tick(review_case, world):
    Party.objects.filter(application=review_case).update(name="April Green")
    text = "Report to the board by April"
    assert refused(panels.recommend, review_case, agency=world.police, text=text, by=world.officer)
    made = panels.recommend(
        review_case, agency=world.police, text=text, sure=True, by=world.officer
    )
    assert made.number == 1


def test_a_body_of_the_same_town_is_no_address(review_case, world):
    Party.objects.filter(application=review_case).update(address="3 Elm Lane\nDartford")
    made = panels.recommend(
        review_case, agency=world.council, text="Dartford Borough Council calls back within a day",
        by=world.officer,
    )  # fmt: skip
    assert made.pk
    assert refused(
        panels.recommend, review_case, agency=world.council, text="Light Elm Lane",
        by=world.officer,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("told", "field"),
    [
        ({"text": " "}, "text"),
        ({"text": "x" * 301}, "text"),
        ({"due_on": datetime.date(2020, 1, 1)}, "due_on"),
        ({"why": "Because Fern asked three times"}, "why"),
    ],
)
def test_what_is_wrong_is_said_beside_its_field(review_case, world, told, field):
    told = {"text": "Call back", "agency": world.police} | told
    assert field in refused(panels.recommend, review_case, by=world.officer, **told)


def test_it_goes_to_a_body_that_takes_part(review_case, world):
    wrong = refused(
        panels.recommend, review_case, agency=world.gravesham_council, text="Call back",
        by=world.officer,
    )  # fmt: skip
    assert "agency" in wrong


def test_one_is_changed_and_taken_away_until_it_is_sent(review_case, world):
    first, second = (
        panels.recommend(review_case, agency=world.police, text=text, by=world.officer)
        for text in ("One", "Two")
    )
    panels.change_recommendation(second, agency=world.county, text="Two, better", by=world.officer)
    panels.remove_recommendation(first, by=world.officer)
    left = Recommendation.objects.get(application=review_case)
    assert (left.number, left.text, left.agency) == (1, "Two, better", world.county)


def test_findings_close_up(review_case, world):
    for text in ("One", "Two", "Three"):
        panels.add_finding(review_case, text=text, by=world.officer)
    panels.remove_finding(Finding.objects.get(number=2), by=world.officer)
    assert list(Finding.objects.values_list("number", "text")) == [(1, "One"), (2, "Three")]


# ---- sent ---------------------------------------------------------------------------------------


def test_it_goes_to_the_bodys_people_on_the_standing_panel(recommended, pool, world, sign_in):
    """Nobody else of the police learns of it; and the notice says nothing of what it is."""
    found = to(recommended, world.police)
    assert not found.anybody
    notice = Notice.objects.get(kind="case-review-recommendation", recipient=pool.police.person)
    for words in (recommended.reference, "repeat victims", "Fern"):
        assert words not in notice.text
    page = sign_in(pool.police.person).get(url(found))
    assert "Name one officer for repeat victims" in page.content.decode()
    for who in (world.vice, world.dvacs, world.chair, world.administrator, world.scrutiny):
        assert sign_in(who).get(url(found)).status_code == 404


def test_where_it_has_nobody_there_whoever_sits_for_it_answers(held, world, sign_in):
    case = held.application
    case.refresh_from_db()
    panels.recommend(case, agency=world.council, text="Call back", by=world.officer)
    panels.finish(held, summary="It did not call back.", by=world.officer)
    found = to(case, world.council)
    assert found.anybody
    assert sign_in(world.chair).get(url(found)).status_code == 200
    assert sign_in(world.vice).get(url(found)).status_code == 404


def test_before_it_is_sent_its_body_does_not_know(review_case, pool, world, sign_in):
    found = panels.recommend(review_case, agency=world.police, text="Call", by=world.officer)
    assert sign_in(pool.police.person).get(url(found)).status_code == 404
    with pytest.raises(Refused):
        accept(found, pool.police.person)


def test_its_page_shows_nothing_of_the_case(recommended, pool, world, sign_in):
    panels_page = sign_in(pool.police.person).get(url(to(recommended, world.police)))
    text = panels_page.content.decode()
    for words in ("Nobody joined the reports up", "I want to sleep", "Fern", "Invented Row"):
        assert words not in text
    case_page = reverse("triggers:case_panel", args=["dartford", recommended.reference])
    assert sign_in(pool.police.person).get(case_page).status_code == 404
    assert ReadEntry.objects.filter(actor_id=str(pool.police.person_id)).exists()


def test_an_officer_takes_one_further(recommended, world, sign_in):
    found = to(recommended, world.police)
    assert sign_in(world.vice).get(url(found)).status_code == 404
    panels.take_further(found, reason="She is away until spring", by=world.officer)
    assert sign_in(world.vice).get(url(found)).status_code == 200
    assert Notice.objects.filter(recipient=world.vice).exists()
    with pytest.raises(Wrong):
        panels.take_further(found, reason="Again", by=world.officer)


# ---- answered -----------------------------------------------------------------------------------


def test_accepted_it_is_an_action_in_the_one_register(recommended, pool, world):
    found = accept(to(recommended, world.police), pool.police.person, post=world.commander_post)
    action = found.action
    assert (found.response, action.text) == (Response.ACCEPTED, found.text)
    assert (action.owner, action.post) == (world.police, world.commander_post)
    assert (action.group, action.restricted) == (world.board, True)
    assert action.raised_in == f"Recommendation 1 of case review {recommended.reference}"
    assert can(world.vice, "update", action)
    assert can(world.chair, "view", action)
    assert not can(world.watch, "view", action)


def test_a_body_that_is_not_on_the_board_has_it_with_the_standing_panel(recommended, pool, world):
    world.vice_seat.ends_on = clock.today()
    world.vice_seat.save()
    remember.forget()
    found = accept(to(recommended, world.police), pool.police.person)
    assert found.action.group.short_name == "Case reviews"
    assert can(pool.police.person, "update", found.action)


def test_declined_it_needs_a_reason_which_only_the_case_reads(recommended, pool, world):
    found = to(recommended, world.police)
    assert "reason" in refused(panels.respond, found, accepted=False, by=pool.police.person)
    reason = "We have no such post, and the money for it is gone"
    panels.respond(found, accepted=False, reason=reason, by=pool.police.person)
    found.refresh_from_db()
    assert (found.response, found.response_reason) == (Response.DECLINED, reason)
    assert not Action.objects.exists()
    text = str(list(Entry.objects.values("verb", "subject", "detail")))
    assert reason not in text
    assert recommendations.outstanding(world.partnership, clock.today()).declined == 1


def test_declined_it_can_still_be_accepted_but_not_the_other_way_round(recommended, pool, world):
    found = to(recommended, world.police)
    panels.respond(found, accepted=False, reason="No money", by=pool.police.person)
    accept(found, pool.police.person)
    with pytest.raises(Wrong):
        panels.respond(found, accepted=False, reason="No", by=pool.police.person)


@pytest.mark.parametrize("days", [None, 0, -3])
def test_accepted_it_needs_a_day_to_come(recommended, pool, world, days):
    day = None if days is None else clock.today() + days * DAY
    wrong = refused(accept, to(recommended, world.police), pool.police.person, due_on=day)
    assert "due_on" in wrong


def test_two_people_of_one_body_do_not_answer_over_each_other(recommended, pool, world):
    found = to(recommended, world.police)
    panels.respond(found, accepted=False, reason="No", version=found.version, by=pool.police.person)
    with pytest.raises(Wrong):
        accept(found, pool.police.person, version=found.version)


def test_only_its_body_and_the_cases_officers_answer(recommended, pool, world, colleague):
    found = to(recommended, world.police)
    for who in (world.kent, pool.fire.person, colleague, world.chair, world.vice):
        with pytest.raises(Refused):
            accept(found, who)
    assert accept(found, world.officer).responded_by == world.officer


def test_a_body_that_did_not_sign_is_told_so(recommended, pool, world, sign_in):
    Signature.objects.filter(agency=world.police).update(ends_on=clock.today())
    found = to(recommended, world.police)
    assert sign_in(pool.police.person).get(url(found)).status_code == 403
    assert "has not signed" in recommendations.stops(found)


def test_a_body_dissolved_before_it_answers_is_answered_for_by_its_successor(
    recommended, pool, world
):
    after = Agency.objects.create(
        name="Kent and Medway Police", short_name="K&M Police", slug="km-police", kind="police",
        starts_on=clock.today(), succeeds=world.police,
    )  # fmt: skip
    Signature.objects.create(
        agreement=world.agreement,
        agency=after,
        signed_by_name="Clover Bains",
        starts_on=clock.today(),
    )
    person = worlds.person("Tamsin Orme")
    worlds.seat(person, pool.police.group, after, starts_on=clock.today())
    worlds.seat(worlds.person("Una Fell"), world.board, after, starts_on=clock.today())
    remember.forget()
    found = to(recommended, world.police)
    assert can(person, "respond", found)
    assert accept(found, person).action.owner == after
    found.refresh_from_db()
    assert found.agency == world.police


def test_the_clock_of_the_answers_stops_when_all_have_answered(recommended, pool, world):
    clocks.begin(recommended, CountedFrom.OUTCOME, clock.today(), by=world.officer)
    running = Clock.objects.get(application=recommended, stage="responses")
    accept(to(recommended, world.police), pool.police.person)
    running.refresh_from_db()
    assert running.done_on is None
    accept(to(recommended, world.county), world.kent)
    running.refresh_from_db()
    assert running.done_on == clock.today()


def test_the_clock_does_not_begin_where_all_answered_before_the_letter(recommended, pool, world):
    accept(to(recommended, world.police), pool.police.person)
    accept(to(recommended, world.county), world.kent)
    clocks.begin(recommended, CountedFrom.OUTCOME, clock.today(), by=world.officer)
    assert not Clock.objects.filter(application=recommended, stage="responses").exists()


# ---- watched ------------------------------------------------------------------------------------


def test_the_board_sees_what_is_outstanding_and_no_case(recommended, pool, world):
    today = clock.today()
    accept(to(recommended, world.police), pool.police.person)
    found = recommendations.outstanding(world.partnership, today)
    assert (found.sent, found.waiting, found.accepted, len(found.lines)) == (2, 1, 1, 2)
    assert recommended.reference not in str(found)
    late = recommendations.outstanding(world.partnership, today + 40 * DAY)
    assert late.late == 1
    assert late.lines[0].days == 40
    assert late.says == "2 recommendations are outstanding, 1 of them past the date first set."


def test_done_it_is_shown_as_done_and_the_case_may_be_closed(recommended, pool, world):
    for agency, who in ((world.police, pool.police.person), (world.county, world.kent)):
        accept(to(recommended, agency), who)
    recommended.stage = "monitoring"
    recommended.save()
    assert "2 recommendations" in cases.what_keeps_open(recommended)
    for action in Action.objects.all():
        by = world.vice if action.owner == world.police else world.kent
        update(action, text="All done", status="says_done", by=by)
        action.refresh_from_db()
        confirm_done(action, by=world.officer)
    shown = recommendations.of_case(recommended, world.officer)
    assert [each.state for each in shown] == [("Done", ""), ("Done", "")]
    assert cases.what_keeps_open(recommended) == ""
    assert recommendations.outstanding(world.partnership, clock.today()).lines == []


def test_one_that_is_not_answered_is_chased(recommended, pool, world):
    clocks.begin(recommended, CountedFrom.OUTCOME, clock.today(), by=world.officer)
    due = Clock.objects.get(application=recommended, stage="responses").due_on
    found = to(recommended, world.police)
    tick(workday(due, 1))
    told = Notice.objects.filter(kind="case-review-response-due", recipient=pool.police.person)
    assert {each.url for each in told} == {url(found)}
    assert recommended.reference not in told[0].text
    accept(to(recommended, world.county), world.kent, due_on=due + 90 * DAY)
    tick(workday(due, 5))
    escalated = Notice.objects.filter(kind="case-review-response-escalated")
    assert [each.recipient for each in escalated] == [world.vice]
    assert reminders.reminders["case-review-response-escalated"].ladder


def test_bodies_and_officers_find_it_in_their_work(recommended, pool, world):
    def what(person):
        remember.forget()
        return [each for each in work.gather(person, clock.today()) if "recommend" in each.what]

    (mine,) = what(pool.police.person)
    assert mine.url == url(to(recommended, world.police))
    assert recommended.reference not in mine.what
    assert not what(world.chair)
    with at(clock.today() + DAY, 9):
        accept(to(recommended, world.police), pool.police.person)
        assert not what(pool.police.person)
