"""What a review held goes when its time is over; holds keep it; what is counted stays."""

import binascii
import datetime

import pytest
import time_machine
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import connection, models
from django.urls import reverse

from audit.models import Entry
from core import clock
from core.dates import months_after
from core.permissions import Refused
from core.workflow import Wrong
from dhr.models import (
    Death,
    Erasure,
    KeyEntry,
    PlanItem,
    Review,
)
from dhr.queries import keeping
from dhr.workflow import life, plans, publishing, retention, rules
from documents.models import Content, Publication
from notices.workflow import ticking
from tests.dhr import whole
from tests.dhr.conftest import DAY, take_notification
from tests.dhr.publishing import prepare, upload
from tests.dhr.test_plans import shown
from tests.dhr.whole import WORD
from tests.words_in import words_in

YEARS = 10


def after(review, years=YEARS):
    day = months_after(review.closed_on, 12 * years)
    return time_machine.travel(
        datetime.datetime.combine(day, datetime.time(10), tzinfo=datetime.UTC), tick=False
    )


def closed_of(review, world):
    life.close(review, reason=f"Why {WORD}", by=world.officer)
    review.refresh_from_db()
    return review


@pytest.fixture
def closed(review, world):
    return closed_of(review, world)


def test_it_is_due_when_the_years_that_were_laid_down_are_over(closed):
    last = months_after(closed.closed_on, 12 * YEARS) - DAY

    assert keeping.due(closed.partnership, last) == []
    [due] = keeping.due(closed.partnership, last + DAY)
    assert (due.review, due.may_go) == (closed, True)


def test_too_early_or_open_it_cannot_be_approved(closed, world):
    with pytest.raises(Wrong, match="kept until"):
        retention.approve(closed, by=world.officer)
    with pytest.raises(Wrong, match="not closed"):
        retention.approve(take_notification(world, pseudonym="Other"), by=world.officer)


@pytest.mark.parametrize("who", ["kent", "chair", "stranger", "guest"])
def test_only_those_who_take_notifications_approve_it(closed, world, who):
    with after(closed), pytest.raises(Refused):
        retention.approve(closed, by=getattr(world, who))


def test_a_hold_keeps_it_until_it_is_lifted_and_an_approval_lapses(closed, world):
    with after(closed):
        retention.approve(closed, by=world.officer)
        hold = retention.put_hold(closed, reason="The inquest", by=world.officer)
        assert retention.carry_out() == 0
        assert not Erasure.objects.exists()
        with pytest.raises(Wrong, match="legal hold"):
            retention.approve(closed, by=world.officer)
        with pytest.raises(ValidationError, match="need not be kept"):
            retention.lift_hold(hold, because="", by=world.officer)
        retention.lift_hold(hold, because="It is over", by=world.officer)
        with pytest.raises(Wrong, match="already"):
            retention.lift_hold(hold, because="Again", by=world.officer)
        retention.approve(closed, by=world.officer)
        assert retention.carry_out() == 1


def test_until_it_is_removed_it_can_be_kept_after_all(closed, world):
    with after(closed):
        retention.approve(closed, by=world.officer)
        retention.take_back(closed, by=world.officer)
        assert retention.carry_out() == 0
        with pytest.raises(Wrong):
            retention.take_back(closed, by=world.officer)


def test_every_record_that_leads_to_a_review_goes_or_is_emptied():
    named = {*retention.GOES, *(model for model, _, _ in retention.EMPTIED)}
    leading = {
        relation.related_model
        for relation in Review._meta.get_fields(include_hidden=True)
        if relation.auto_created and not relation.concrete
    }
    leading = {each for each in leading if "Historical" not in each.__name__}

    assert leading - named == {Erasure}


def test_no_text_of_a_record_that_stays_is_forgotten():
    """A text is emptied, or it is on this list of those that hold nothing of a person."""
    kept = {
        f"{model.__name__}.{field.name}"
        for model, _, texts in retention.EMPTIED
        for field in model._meta.fields
        if isinstance(field, models.CharField | models.TextField)
        and not field.choices and field.name not in texts
    }  # fmt: skip

    assert kept == {"PlanItem.outside", "PublishedReport.elsewhere_url", "Part.reference"}


@pytest.fixture
def told(running, independent, answerer, world):
    """A whole review, with a word in each text that the verbs take, published and closed."""
    rules.load()
    by, story = world.officer, whole.told(running, answerer, world)
    plans.sign_off(
        shown(story.item, world, by=answerer), remark=f"On {WORD}", completed_on=clock.today(),
        outcome=f"Came {WORD}", by=by,
    )  # fmt: skip
    plans.check_difference(story.item, difference="yes", found=f"By {WORD}", by=by)
    publishing.put_away(story.waiting, because=f"Not {WORD}", by=by)
    publishing.publish(prepare(running, by, report=upload("The report")), by=independent)
    report = running.published_reports.get()
    publishing.take_off_site(report, because=f"Because {WORD}", by=by)
    running.refresh_from_db()
    return closed_of(running, world)


def found_anywhere():
    """In which tables and files the word stands, as letters or as bytes."""
    found = set()
    words = (WORD, whole.SHARED, whole.NAME)
    looked_for = "|".join([*words, *(binascii.hexlify(each.encode()).decode() for each in words)])
    for table in connection.introspection.table_names():
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT count(*) FROM {connection.ops.quote_name(table)} t "  # noqa: S608
                "WHERE t::text ~* %s", [looked_for],
            )  # fmt: skip
            if cursor.fetchone()[0]:
                found.add(table)
    for content in Content.objects.all():
        said = " ".join(words_in(bytes(content.data))).lower()
        if any(each in said for each in words):
            found.add("files")
    return found


def counted():
    return {
        model._meta.label: model._base_manager.count()
        for model in apps.get_models()
        if model._meta.managed
    }


def test_nothing_of_it_is_left_anywhere_and_what_is_counted_stays(told, world):
    assert {"dhr_review", "dhr_planitem", "dhr_submission", "files"} <= found_anywhere()
    public = Publication.objects.count()

    with after(told):
        retention.approve(told, by=world.officer)
        ticking.tick(clock.now(), durable=False)
        first = counted()
        assert retention.carry_out() == 0
        assert counted() == first
        assert found_anywhere() == set()

    told.refresh_from_db()
    assert told.erased_on
    assert not KeyEntry.objects.exists()
    assert not told.group.seats.filter(ends_on=None).exists()
    assert Death.objects.filter(review=told, kind="homicide").count() == 1
    assert PlanItem.objects.filter(completed_on__isnull=False).count() == 2
    assert Publication.objects.count() == public
    assert Erasure.objects.get().rows["dhr.KeyEntry"] == 6
    assert Entry.objects.filter(verb="removed what was kept in").exists()


def test_the_pages_show_references_and_dates_only(told, world, client):
    base = reverse("dhr:kept", args=["dartford"])
    with after(told):
        client.force_login(world.officer)
        shown = client.get(base).content.decode()
        one = reverse("dhr:kept_review", args=["dartford", told.reference])
        assert told.reference in shown
        assert "Entries of the key" in client.get(one).content.decode()
        assert WORD not in shown + client.get(one).content.decode()
        assert client.post(one, {}).status_code == 302
        assert not Erasure.objects.exists()
        client.post(one, {"sure": "yes"})
        assert retention.carry_out() == 1
        rows = client.get(reverse("dhr:kept_csv", args=["dartford"])).content.decode()
        assert told.reference in rows
