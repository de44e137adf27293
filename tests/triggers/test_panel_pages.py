"""The pages of a panel, walked as an officer, a member, a body and the victim would."""

import pytest
from django.urls import reverse

from audit.models import ReadEntry
from core import clock
from core.working_days import add_working_days
from tests.triggers.conftest import DAY
from tests.triggers.test_following import sent_letter
from tests.triggers.test_reading_age import AGE, reading_age, words_of
from triggers import links
from triggers.models import (
    ConflictCheck,
    LetterKind,
    Recommendation,
    Review,
    Stage,
    VoiceRecord,
)
from triggers.workflow import panels


def url(case, name, *more):
    return reverse(f"triggers:{name}", args=["dartford", case.reference, *more])


def day(on, name="on"):
    return {f"{name}_day": on.day, f"{name}_month": on.month, f"{name}_year": on.year}


def text_of(response):
    return response.content.decode()


@pytest.fixture
def officer(world, sign_in):
    return sign_in(world.officer)


def test_from_nobody_to_a_finished_review_by_its_pages_alone(review_case, pool, world, officer):
    case, today = review_case, clock.today()
    page = text_of(officer.get(url(case, "case_panel")))
    assert "Set the panel’s meeting first." in page
    assert "The panel has no chair." in page
    refused = officer.post(
        url(case, "panel_ask"), {"held": pool.police.pk, "role": "chair", "free": "yes"}
    )
    assert "Nobody of Kent Police can chair" in text_of(refused)
    for held, role in ((pool.fire, "chair"), (pool.county, "member")):
        told = {"held": held.pk, "role": role, "free": "yes"}
        assert officer.post(url(case, "panel_ask"), told).status_code == 302
    when = {"starts_at": "2pm", "ends_at": "4pm", "venue": "Civic Centre"}
    saturday = today + (5 - today.weekday()) % 7 * DAY + 7 * DAY
    asked = officer.post(url(case, "panel_meeting"), {**day(saturday), **when})
    assert "is no working day" in text_of(asked)
    assert "Meet on this day all the same" in text_of(asked)
    officer.post(url(case, "panel_meeting"), {**day(add_working_days(today, 1)), **when})
    held = officer.post(url(case, "panel_hold"), day(today))
    assert "enter why they were not heard" in text_of(held)
    officer.post(url(case, "voice_add"), {"how": "in_person", "words": "I am tired", **day(today)})
    assert officer.post(url(case, "panel_hold"), day(today)).status_code == 302
    more = officer.post(url(case, "finding_add"), {"text": "Nobody rang back", "again": "1"})
    assert more.url == url(case, "finding_add")
    told = {"agency": world.police.pk, "text": "Ring Fern back"}
    named = officer.post(url(case, "recommendation_add"), told)
    assert "the name of the victim" in text_of(named)
    assert "Nobody is meant by these words" in text_of(named)
    told["text"] = "Ring people back"
    assert officer.post(url(case, "recommendation_add"), told).status_code == 302
    finish = text_of(officer.get(url(case, "panel_finish")))
    assert "To Kent Police: Ring people back" in finish
    officer.post(url(case, "panel_finish"), {"summary": "Nobody rang back."})
    case.refresh_from_db()
    assert case.stage == Stage.OUTCOME
    assert Recommendation.objects.get(application=case).sent_on == today


def test_reading_the_panel_is_on_record_before_it_is_shown(panel, world, sign_in):
    before = ReadEntry.objects.count()
    page = sign_in(world.kent).get(url(panel, "case_panel"))
    assert page.status_code == 200
    assert ReadEntry.objects.count() == before + 1


def test_a_member_reads_it_and_takes_no_step(panel, world, sign_in):
    client = sign_in(world.kent)
    page = text_of(client.get(url(panel, "case_panel")))
    assert "Leave the panel" in page
    for words in ("Ask somebody onto the panel", "Make the pack", "Check again"):
        assert words not in page
    left = client.post(url(panel, "panel_leave"), {"said": "I know the family"})
    assert left.status_code == 302
    assert client.get(url(panel, "case_panel")).status_code == 404
    assert not ConflictCheck.objects.first().free


def test_what_somebody_said_when_asked_is_for_officers(review_case, pool, world, officer, sign_in):
    panels.ask_onto_panel(
        review_case, held=pool.police, free=False, said="My brother lives there", by=world.officer
    )
    panels.ask_onto_panel(review_case, held=pool.county, free=True, by=world.officer)
    assert "My brother lives there" in text_of(officer.get(url(review_case, "case_panel")))
    member = sign_in(world.kent).get(url(review_case, "case_panel"))
    assert "brother" not in text_of(member)


def test_without_a_review_the_page_says_so(case, officer):
    assert "No review is held" in text_of(officer.get(url(case, "case_panel")))
    assert officer.get(url(case, "finding_add")).status_code == 404


def test_a_body_answers_on_its_page(recommended, pool, world, sign_in):
    found = Recommendation.objects.get(application=recommended, agency=world.police)
    client = sign_in(pool.police.person)
    page = reverse("triggers:recommendation", args=["dartford", found.pk])
    bare = client.post(page, {"accepted": "no", "version": found.version})
    assert "Enter why it is declined" in text_of(bare)
    soon = clock.today() + 30 * DAY
    told = {"accepted": "yes", "version": found.version, **day(soon, "due_on")}
    assert client.post(page, told, follow=True).status_code == 200
    found.refresh_from_db()
    assert found.action.due_on == soon
    again = client.post(page, told, follow=True)
    assert again.status_code == 200
    cases = reverse("triggers:cases", args=["dartford"])
    assert page not in text_of(client.get(cases))


def test_a_body_finds_what_it_is_recommended_beside_its_cases(recommended, pool, world, sign_in):
    found = Recommendation.objects.get(application=recommended, agency=world.police)
    page = reverse("triggers:recommendation", args=["dartford", found.pk])
    cases = sign_in(pool.police.person).get(reverse("triggers:cases", args=["dartford"]))
    assert page in text_of(cases)


def test_the_victim_writes_to_the_panel_on_a_page_of_the_link(panel, client):
    def mine(name):
        return reverse(f"triggers:{name}", args=["dartford", links.token(panel)])

    assert client.get(mine("mine_panel")).status_code == 404
    sent_letter(panel, LetterKind.MET)
    assert "Write to the panel" in text_of(client.get(mine("mine")))
    page = client.get(mine("mine_panel"))
    assert page["Cache-Control"] == "no-store"
    assert "Exit this page" in text_of(page)
    assert "Write what you want" in text_of(client.post(mine("mine_panel"), {"words": " "}))
    assert reading_age(words_of(text_of(page))) < AGE
    client.post(mine("mine_panel"), {"words": "I want to sleep"})
    assert VoiceRecord.objects.get(application=panel).words == "I want to sleep"
    again = text_of(client.get(mine("mine_panel")))
    assert "You wrote to the panel on" in again
    assert "I want to sleep" not in again
    Review.objects.create(application=panel, held_on=clock.today())
    assert client.get(mine("mine_panel")).status_code == 404


def test_the_panel_sits_again_by_its_page(recommended, officer):
    assert "Let the panel sit again" in text_of(officer.get(url(recommended, "case_panel")))
    officer.post(url(recommended, "panel_again"), {"reason": "An appeal was upheld"})
    recommended.refresh_from_db()
    assert recommended.stage == Stage.REVIEW
    assert officer.get(url(recommended, "panel_again")).status_code == 404
