"""The demonstration's case reviews: one of each sort, told by the people who would have done it."""

import datetime
import os

import pytest

from actions.models import Action
from actions.models import Status as ActionStatus
from core import clock
from demo import case_reviews
from demo.partnership import found
from figures.workflow import areas
from triggers.models import (
    Appeal,
    Application,
    InformationRequest,
    Letter,
    MisfitKind,
    PublishedYear,
    Recommendation,
    Review,
    Stage,
)
from triggers.queries import caseload, merged

TOLD = datetime.date(2026, 11, 23)
# The day after Christmas, and one beside the May bank holiday.
OTHER_DAYS = [datetime.date(2026, 12, 26), datetime.date(2027, 5, 4)]

pytestmark = pytest.mark.pdf


@pytest.fixture
def tell(db, settings):
    """The partnership and its case reviews, without the year of meetings around them."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"

    def tell(today):
        cast = found(today)
        areas.load()
        case_reviews.tell(cast, today)
        return cast

    return tell


def there_is_one_of_each_sort(cast):
    stages = sorted(Application.objects.values_list("stage", flat=True))
    assert stages == sorted([
        Stage.DRAFT, Stage.DRAFT, Stage.RECEIVED, Stage.RECEIVED, Stage.REVIEW, Stage.MONITORING,
        Stage.NO_REVIEW, Stage.WITHDRAWN,
    ])  # fmt: skip
    rows = caseload.rows(cast.people["hazel"], cast.partnership)
    assert len(caseload.in_view(rows, "acknowledge")) == 1
    assert [row.information_late for row in caseload.in_view(rows, "information")] == [1]
    assert caseload.in_view(rows, "outcome") == []  # why there is no review has been told


def accounts_do_not_fit_and_one_misfit_is_settled(cast):
    review = Review.objects.get(pack_made_on__isnull=False, held_on=None)
    timeline = merged.timeline(review.application, cast.people["hazel"])
    assert {each.kind for each in timeline.misfits} == set(MisfitKind.values)
    assert len(timeline.misfits) - len(timeline.open_misfits) == 1


def recommendations_are_done_accepted_and_declined():
    said = Recommendation.objects.order_by("number")
    assert [each.response for each in said] == ["accepted", "accepted", "declined"]
    assert said.get(number=3).response_reason
    assert [each.status for each in Action.objects.order_by("first_due_on")] == [
        ActionStatus.DONE, ActionStatus.NOT_STARTED,
    ]  # fmt: skip


def a_body_is_late_and_an_appeal_waits(cast):
    late = InformationRequest.objects.get(request__status="asked")
    assert late.agency == cast.bodies["icb"]
    assert Appeal.objects.get().outcome == "waiting"


def letters_have_gone_and_the_published_years_are_dartfords():
    assert set(Letter.objects.values_list("state", flat=True)) == {"sent"}
    reviewed = PublishedYear.objects.filter(reviews__isnull=False)
    assert list(reviewed.values_list("applications", "reviews")) == [
        (2, 1), (5, 2), (7, 4), (6, 2), (3, 0),
    ]  # fmt: skip


def a_case_opens_for_those_on_it_only(cast, client):
    case = Application.objects.get(stage=Stage.REVIEW)
    answers = {}
    for key in ("hazel", "bryony", "rowan", "sage", "moss", "willow", "myrtle"):
        client.force_login(cast.people[key])
        answers[key] = client.get(case.get_absolute_url()).status_code
    assert {key for key, status in answers.items() if status == 200} == {"hazel", "bryony"}
    assert set(answers.values()) == {200, 404}


def test_the_chapter_holds_what_it_shows(tell, client):
    cast = tell(TOLD)

    with clock.told_at(clock.london(TOLD, datetime.time(9))):
        there_is_one_of_each_sort(cast)
        accounts_do_not_fit_and_one_misfit_is_settled(cast)
        recommendations_are_done_accepted_and_declined()
        a_body_is_late_and_an_appeal_waits(cast)
        letters_have_gone_and_the_published_years_are_dartfords()
        a_case_opens_for_those_on_it_only(cast, client)


@pytest.mark.parametrize("day", OTHER_DAYS if os.environ.get("CSP_TEST_ALL") else [])
def test_it_can_be_told_on_any_day(tell, day):
    cast = tell(day)

    with clock.told_at(clock.london(day, datetime.time(9))):
        there_is_one_of_each_sort(cast)
