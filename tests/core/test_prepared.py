"""A query that is written once gives what the plain query gives."""

import datetime
import uuid

import pytest
from allauth.mfa.models import Authenticator
from django.db.models import F

from accounts.models import User
from core import clock
from core.prepared import Prepared
from membership import standing
from notices.models import Notice
from notices.queries import unread_count

NOBODY = uuid.UUID(int=0)


def named(person):
    return User.objects.filter(pk=person).annotate(called=F("name"))


def test_new_values_are_asked_for_each_time(world):
    ask = Prepared(named, person=NOBODY)

    assert [each.called for each in ask(person=world.kent.pk)] == ["Bryony Clarke"]
    assert [each.called for each in ask(person=world.chair.pk)] == ["Sage Holloway"]
    assert ask(person=NOBODY) == []


def test_it_is_written_once(world):
    asked = []

    def build(person):
        asked.append(person)
        return named(person)

    ask = Prepared(build, person=NOBODY)
    ask(person=world.kent.pk)
    ask(person=world.chair.pk)

    assert asked == [NOBODY]


@pytest.mark.django_db
def test_a_value_that_the_query_does_not_ask_for_is_refused():
    with pytest.raises(LookupError, match="does not ask for on"):
        Prepared(lambda person, on: named(person), person=NOBODY, on=datetime.date.min)(
            person=NOBODY, on=datetime.date.min
        )


@pytest.mark.django_db
def test_a_value_that_is_left_out_is_refused():
    with pytest.raises(KeyError):
        Prepared(named, person=NOBODY)()


@pytest.mark.parametrize("day", [datetime.date(2024, 12, 1), datetime.date(2026, 11, 23)])
def test_everybody_s_seats_are_those_of_the_plain_query(world, day):
    for person in User.objects.all():
        noon = clock.london(day, datetime.time(12))
        plain = standing._seats(person.pk, day, noon)

        with clock.told_at(noon):
            kept = standing.seats(person)

        assert kept == list(plain)
        for one, other in zip(kept, plain, strict=True):
            assert (one.signed, one.reach, one.second_factor, one.unread) == (
                other.signed, other.reach, other.second_factor, other.unread,
            )  # fmt: skip
            assert one.group.partnership == other.group.partnership
            assert (one.agency, one.post) == (other.agency, other.post)


def test_the_seats_bring_everything_that_a_page_s_frame_asks(world, django_assert_num_queries):
    Authenticator.objects.create(user=world.kent, type="totp", data={})
    for number in range(3):
        Notice.objects.create(
            recipient=world.kent, partnership=world.partnership, kind="test", subject_id=number,
            text="Told", url="/", read_at=clock.now() if number == 0 else None,
        )  # fmt: skip

    with django_assert_num_queries(1):
        seats = standing.seats(world.kent)
        assert seats[0].group.partnership.name == world.partnership.name
        assert (seats[0].agency.name, seats[0].second_factor) == ("Kent County Council", True)
    assert unread_count(world.kent) == 2
    assert unread_count(world.chair) == 0
    assert unread_count(world.guest) == 0
