"""That the year's assessment was published shows by itself, and what waits is remembered."""

import datetime

import pytest

from assessments.models import Assessment
from assessments.reminders import assessing as reminders
from assessments.workflow import publishing
from core import clock
from core.registries import evidence
from documents.models import Content, Publication
from notices.models import Cycle, Every, Turn
from notices.queries.turns import with_since
from tests.assessments import writing

pytestmark = pytest.mark.django_db
TODAY = datetime.date(2026, 1, 26)


@pytest.fixture(autouse=True)
def one_day():
    with clock.told_at(clock.london(TODAY, datetime.time(10))):
        yield


def turns(world, *days):
    cycle = Cycle.objects.create(
        partnership=world.partnership, key="strategic-assessment", title="Publish it",
        source="Terms of reference", every=Every.YEAR, month=1, day=31,
        starts_on=datetime.date(2024, 1, 1),
    )  # fmt: skip
    for day in days:
        Turn.objects.create(cycle=cycle, first_due_on=day, due_on=day)
    found = evidence["strategic-assessment"](with_since(Turn.objects.filter(cycle=cycle)))
    return list(found.order_by("first_due_on"))


def published(world):
    content = Content.objects.create(sha256="a" * 64, data=b"%PDF", size=4)
    page = Publication.objects.create(
        partnership=world.partnership, kind="strategic assessment", slug="sa", title="SA",
        html="", text="", content=content, file_name="sa.pdf", published_by=world.officer,
    )  # fmt: skip
    Assessment.objects.filter(pk=writing.adopted(world).pk).update(
        status="published", publication=page
    )


def test_it_answers_the_duty_of_its_own_year_alone(world):
    published(world)

    before, own, after = turns(
        world, datetime.date(2025, 1, 31), datetime.date(2026, 1, 31), datetime.date(2027, 1, 31)
    )

    assert own.found_on == TODAY
    assert own.found_url == "/dartford/assessments/strategic/"
    assert before.found_on is None
    assert after.found_on is None


def test_an_adopted_one_is_to_be_published_and_then_approved(world):
    adopted = writing.adopted(world)
    assert [each["due"] for each in reminders.to_publish(TODAY)] == [
        TODAY + datetime.timedelta(days=14)
    ]
    assert list(reminders.to_approve(TODAY)) == []

    publishing.ask_to_publish(adopted, by=world.officer)

    assert list(reminders.to_publish(TODAY)) == []
    (subject,) = reminders.to_approve(TODAY)
    assert subject["due"] == TODAY + datetime.timedelta(days=7)
    assert writing.SECRET not in str(subject)
