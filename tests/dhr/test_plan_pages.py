"""The pages of plans: what officers do there, and what everybody else meets."""

import io

import page as validator
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from audit.models import ReadEntry
from core import clock
from core.registries import work
from dhr import reminders
from dhr.models import KeyEntry, LearningTheme, PlanFile, PlanItem, Recommendation
from dhr.queries import lessons
from dhr.workflow import arrangements, life, plans
from membership.models import SharingAgreement, Signature
from tests import world as worlds
from tests.dhr.agencies import NAME
from tests.dhr.conftest import DAY, decide, take_notification
from tests.dhr.test_review_pages import at, day, text
from tests.documents.files import pdf

SAME = "Ask everybody about abuse at each visit, in private"


@pytest.fixture
def officer(running, world, sign_in):
    return sign_in(world.officer)


@pytest.fixture
def told(running, world):
    themes = LearningTheme.objects.filter(slug="asking")
    return plans.recommend(running, text=SAME, themes=themes, by=world.officer)


@pytest.fixture
def item(told, world):
    return plans.add_item(
        told, text="Put it on the form", agency=world.police, target_on=clock.today() + 60 * DAY,
        by=world.officer,
    )  # fmt: skip


def test_an_officer_plans_from_the_recommendation_to_the_sign_off(running, world, officer, sign_in):
    empty = text(officer.get(at("review_plan", running.reference)))
    assert "Nothing is recommended yet" in empty
    theme = LearningTheme.objects.get(slug="asking")
    officer.post(at("recommendation_add", running.reference),
                 {"text": SAME, "scope": "local", "themes": [theme.pk], "early": "on"})  # fmt: skip
    target = clock.today() + 60 * DAY
    sent = {"text": "Put it on the form", "agency": world.police.pk, **day("target_on", target)}
    officer.post(at("item_add", running.reference, 1), sent)
    item = PlanItem.objects.get()
    page = text(officer.get(at("review_plan", running.reference)))
    assert "To be acted on before publication" in page
    assert "Not started" in page

    said = {"outcome": "In use", **day("completed_on", clock.today())}
    officer.post(at("item_complete", item.pk), said)
    page = text(officer.get(at("plan_item", item.pk)))
    assert "Evidence is missing" in page
    assert at("item_sign_off", item.pk) not in page
    officer.post(at("item_complete", item.pk),
                 {**said, "file": SimpleUploadedFile("f.pdf", pdf())})  # fmt: skip
    page = text(officer.get(at("plan_item", item.pk)))
    assert at("item_sign_off", item.pk) in page
    evidence = item.action.updates.get(evidence__isnull=False)
    assert at("item_evidence", item.pk, evidence.pk) in page
    file = officer.get(at("item_evidence", item.pk, evidence.pk))
    assert file.content.startswith(b"%PDF")
    assert sign_in(world.kent).get(at("item_evidence", item.pk, evidence.pk)).status_code == 403
    officer.post(at("item_sign_off", item.pk), {"remark": "Seen"})
    page = text(officer.get(at("plan_item", item.pk)))
    assert "Did it make the difference?" in page
    checked = {"difference": "yes", "found": "Audit", **day("checked_on", clock.today())}
    officer.post(at("item_check", item.pk), checked)
    assert "Yes, and it is shown" in text(officer.get(at("plan_item", item.pk)))


def test_a_name_of_the_key_is_refused_beside_the_field_and_not_repeated(running, officer):
    url = at("recommendation_add", running.reference)
    page = text(officer.post(url, {"text": f"Help {NAME}", "scope": "local"}))
    assert "a name of Anna" in page
    assert not Recommendation.objects.exists()


def test_a_date_before_today_is_refused_beside_the_field(told, running, world, officer):
    sent = {"text": "Do", "agency": world.police.pk, **day("target_on", clock.today() - DAY)}
    page = text(officer.post(at("item_add", running.reference, 1), sent))
    assert "must be today or later" in page
    assert "Error: " in page


def test_what_was_typed_for_an_older_version_is_kept(told, running, world, officer):
    plans.change_recommendation(
        told, text="Theirs", scope="local", themes=[], early=False, agency=None, repeats=None,
        by=world.officer,
    )  # fmt: skip
    answer = officer.post(
        at("recommendation_change", running.reference, 1),
        {"text": "Mine", "scope": "local", "version": 1},
    )
    assert answer.status_code == 409
    assert "Mine" in text(answer)
    assert "Theirs" in text(answer)
    told.refresh_from_db()
    assert told.text == "Theirs"


def test_what_waits_for_officers_stands_in_their_work_and_is_reminded(item, running, world):
    plans.complete(item, completed_on=clock.today(), outcome="In use", by=world.officer)
    today = clock.today()
    mine = [
        each for each in work.gather(world.officer, today) if "actions of the plan" in each.what
    ]
    assert mine[0].why == "1 without evidence."
    assert SAME not in str(mine)
    said = list(reminders.evidence_missing(today))
    assert [each["due"] for each in said] == [today]
    assert not list(reminders.sign_off_due(today))
    plans.add_item(item.recommendation, text="Change the law", outside="Ministry of Justice",
                   target_on=today + 5 * DAY, by=world.officer)  # fmt: skip
    asked = list(reminders.outside_unanswered(today))
    assert [each["due"] for each in asked] == [today + 5 * DAY]
    plans.complete(item, completed_on=today, outcome="In use",
                   file=SimpleUploadedFile("f.pdf", pdf()), by=world.officer)  # fmt: skip
    assert not list(reminders.evidence_missing(today))
    assert len(list(reminders.sign_off_due(today))) == 1
    plans.sign_off(PlanItem.objects.get(pk=item.pk), remark="Seen", by=world.officer)
    later = list(reminders.differences_due(today))
    assert later[0]["due"] > today + 150 * DAY
    assert later[0]["url"] == at("plan_item", item.pk)


# ---- on a part ----------------------------------------------------------------------------------


def test_who_sits_on_a_part_sees_its_action_and_nothing_of_the_review(
    told, running, world, sign_in
):
    agreement = SharingAgreement.objects.create(
        partnership=world.gravesham, name="Agreement", short_name="K-MISA",
        starts_on=worlds.LONG_AGO, review_on=clock.today() + 300 * DAY,
    )  # fmt: skip
    Signature.objects.create(agreement=agreement, agency=world.gravesham_council,
                             signed_by_name="Clover Bains", starts_on=worlds.LONG_AGO)  # fmt: skip
    world.gravesham.partners.create(agency=world.gravesham_council, starts_on=worlds.LONG_AGO)
    arrangements.set_up(world.gravesham, by=world.stranger)
    part = life.hand_part(running, world.gravesham, purpose="Housing", by=world.officer)
    there = plans.add_item(
        told, text="House people", agency=world.gravesham_council, partnership=world.gravesham,
        target_on=clock.today() + 60 * DAY, by=world.officer,
    )  # fmt: skip
    plans.add_item(told, text="Elsewhere", agency=world.police,
                   target_on=clock.today() + 60 * DAY, by=world.officer)  # fmt: skip
    client = sign_in(world.stranger)
    of_part = text(client.get(at("part", part.reference, partnership="gravesham")))
    page = text(client.get(at("plan_item", there.pk, partnership="gravesham")))
    assert "House people" in of_part
    for each in (of_part, page):
        assert running.reference not in each
        assert running.pseudonym not in each
        assert "Elsewhere" not in each
    answer = client.get(at("item_sign_off", there.pk, partnership="gravesham"))
    assert answer.status_code == 403
    whole = text(sign_in(world.officer).get(at("review_plan", running.reference)))
    assert "Progress in each partnership" in whole
    assert at("plan_item", there.pk) in whole


# ---- the same lesson again ----------------------------------------------------------------------


@pytest.fixture
def other(told, world):
    """Another review of the same officer, on which kent does not sit, with nearly the same."""
    review = take_notification(world, pseudonym="Berta")
    decide(review, world)
    review.refresh_from_db()
    return plans.recommend(
        review, text="At each visit ask about abuse, and do it in private", by=world.officer
    )


def test_the_same_lesson_is_found_and_said_in_ones_own_reviews_only(
    told, other, world, officer, sign_in
):
    assert [each.recommendation for each in lessons.alike(told, world.officer)] == [other]
    assert lessons.alike(told, world.kent) == []
    before = ReadEntry.objects.filter(subject=other.review.reference).count()
    page = text(officer.get(at("recommendation", told.review.reference, 1)))
    assert other.text in page
    assert ReadEntry.objects.filter(subject=other.review.reference).count() > before
    officer.post(at("recommendation_same", other.review.reference, 1), {"earlier": told.pk})
    other.refresh_from_db()
    assert other.repeats == told
    listed = text(sign_in(world.kent).get(at("lessons")))
    assert told.text in listed
    assert other.text not in listed
    assert other.review.reference not in listed
    assert "Came up again since" in text(officer.get(at("lessons"), {"words": "visits everybody"}))
    assert [each.repeats for each in lessons.counted(world.partnership)] == [0]


def test_recommendations_are_searched_by_words_theme_and_state(told, other, world, officer):
    def found(**chosen):
        blocks = lessons.searched(world.officer, lessons.Chosen(**chosen))
        return {each.recommendation for each in blocks}

    assert found() == {told, other}
    assert found(words="privately asking") == {told, other}
    assert found(words="housing") == set()
    assert found(theme="asking") == {told}
    assert found(view="late") == set()
    assert "Nothing was found" in text(officer.get(at("lessons"), {"words": "housing"}))


# ---- files --------------------------------------------------------------------------------------


def test_the_plan_goes_out_and_comes_back_with_a_preview(item, running, officer):
    data = officer.get(at("plan_file", running.reference, "xlsx")).content
    book = load_workbook(io.BytesIO(data))
    book.worksheets[0].cell(3, 5).value = "Put it on every form"
    kept = io.BytesIO()
    book.save(kept)
    sent = {"file": SimpleUploadedFile("back.xlsx", kept.getvalue())}
    page = officer.post(at("plan_receive", running.reference), sent, follow=True)
    assert "Put it on every form" in text(page)
    item.refresh_from_db()
    assert item.text == "Put it on the form"
    officer.post(at("plan_take_over", running.reference, PlanFile.objects.get().pk))
    item.refresh_from_db()
    assert item.text == item.action.text == "Put it on every form"


def test_a_file_says_who_took_it_and_is_refused_with_a_name_in_it(item, running, officer):
    url = at("plan_file", running.reference, "csv")
    assert "Taken by Hazel Okafor" in text(officer.get(url))
    KeyEntry.objects.create(review=running, pseudonym="Adult B", role="other_person",
                            names="Visit Form")  # fmt: skip
    Recommendation.objects.update(text="Ask Visit Form")
    answer = officer.get(url, follow=True)
    assert "a name of Adult B" in text(answer)


@pytest.mark.pdf
def test_the_plan_is_an_accessible_pdf(item, running, officer):
    data = officer.get(at("plan_file", running.reference, "pdf")).content
    assert validator.validate_pdf_bytes(data, profile="ua1").is_compliant


def test_the_plan_and_the_search_ask_the_same_at_any_length(item, running, world, officer):
    pages = [at("review_plan", running.reference), at("lessons")]
    for url in pages:
        officer.get(url)
    asked = []
    for _ in range(2):
        with CaptureQueriesContext(connection) as queries:
            for url in pages:
                assert officer.get(url).status_code == 200
        asked.append(len(queries))
        for number in range(5):
            told = plans.recommend(running, text=f"Lesson {number}", by=world.officer)
            plans.add_item(
                told, text="Do it", agency=world.county, by=world.officer,
                target_on=clock.today() + 60 * DAY,
            )  # fmt: skip
    assert asked[0] == asked[1]
