"""Orders about places: made within the limits in force, extended, discharged, made public."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from assessments.duties.powers import orders_running_out
from assessments.models import Order, OrderState
from assessments.reminders.powers import orders_running_out as reminders
from assessments.work.powers import orders_to_follow
from assessments.workflow import orders
from core.permissions import Refused
from core.workflow import Wrong
from tests.assessments import knowing
from tests.assessments.knowing import TODAY

D = datetime.date
URL = "/dartford/assessments/orders/"


@pytest.fixture(autouse=True)
def on_the_day(world, time_machine):
    time_machine.move_to(knowing.NOON)


def post_date(name, day):
    return {f"{name}_day": day.day, f"{name}_month": day.month, f"{name}_year": day.year}


def test_an_order_may_last_as_long_as_the_limit_says_and_no_longer(world):
    order = knowing.consulted(knowing.order(world), world)

    with pytest.raises(ValidationError) as wrong:
        orders.make(order, starts_on=D(2024, 2, 1), last_day=D(2027, 2, 1), by=world.officer)
    assert "31 January 2027 at the latest" in wrong.value.message_dict["last_day"][0]
    assert "2014 Act s.60" in wrong.value.message_dict["last_day"][0]
    made = orders.make(order, starts_on=D(2024, 2, 1), last_day=D(2027, 1, 31), by=world.officer)
    assert (made.state, made.ends_on) == (OrderState.MADE, D(2027, 2, 1))


def test_a_limit_that_is_not_in_force_yet_does_not_count(world):
    order = knowing.consulted(knowing.order(world), world)
    order.power.limits.update(ends_on=D(2020, 1, 1))

    made = orders.make(order, starts_on=D(2024, 2, 1), last_day=D(2030, 1, 1), by=world.officer)

    assert made.state == OrderState.MADE


def test_consultation_comes_first_where_the_act_asks_for_it(world):
    order = knowing.order(world)
    days = {"starts_on": D(2026, 12, 1), "last_day": D(2027, 12, 1), "by": world.officer}

    with pytest.raises(Wrong, match=r"s\.72"):
        orders.make(order, **days)
    knowing.consulted(order, world, consulted_until=D(2026, 12, 24))
    with pytest.raises(Wrong, match="24 December 2026"):
        orders.make(order, **days)


def test_an_extension_follows_on_without_a_gap(world):
    made = knowing.made(world)
    extension = orders.extend(made, by=world.officer)
    knowing.consulted(extension, world)

    with pytest.raises(ValidationError, match="1 February 2027"):
        orders.make(extension, starts_on=D(2027, 3, 1), last_day=D(2028, 1, 1), by=world.officer)
    orders.make(extension, starts_on=D(2027, 2, 1), last_day=D(2030, 1, 31), by=world.officer)
    with pytest.raises(Wrong, match="being prepared already"):
        orders.extend(made, by=world.officer)
    assert list(orders_to_follow(world.officer, TODAY)) == []


def test_what_has_run_out_is_not_extended(world, time_machine):
    made = knowing.made(world)
    time_machine.move_to(datetime.datetime(2027, 2, 1, 12, tzinfo=datetime.UTC))

    with pytest.raises(Wrong, match="run out"):
        orders.extend(made, by=world.officer)


def test_a_closure_is_limited_with_all_its_extensions(world):
    power = knowing.pspo().__class__.objects.get(slug="closure-order")
    first = knowing.order(world, power=power, title="Closed house")
    orders.make(first, starts_on=D(2026, 11, 1), last_day=D(2027, 1, 31), by=world.officer)
    second = orders.extend(first, by=world.officer)
    orders.make(second, starts_on=D(2027, 2, 1), last_day=D(2027, 4, 30), by=world.officer)
    third = orders.extend(second, by=world.officer)

    with pytest.raises(ValidationError, match=r"s\.82"):
        orders.make(third, starts_on=D(2027, 5, 1), last_day=D(2027, 5, 31), by=world.officer)


def test_a_discharge_can_be_taken_back(world, client):
    made = knowing.made(world)

    orders.discharge(made, reason="The court quashed it", by=world.officer)
    assert client.get(f"{URL}public/{made.slug}/").status_code == 404
    orders.reinstate(made, by=world.officer)

    made.refresh_from_db()
    assert (made.state, made.ended_because) == (OrderState.MADE, "")
    assert client.get(f"{URL}public/{made.slug}/").status_code == 200


def test_one_that_is_given_up_has_no_days(world, sign_in):
    order = knowing.order(world)

    orders.discharge(order, reason="Too few answered", by=world.officer)

    assert (
        "Given up: Too few answered"
        in sign_in(world.kent).get(f"{URL}{order.slug}/").content.decode()
    )
    orders.reinstate(order, by=world.officer)
    order.refresh_from_db()
    assert order.state == OrderState.CONSULTING


@pytest.mark.parametrize(
    ("fields", "name"),
    [
        ({"title": " "}, "title"), ({"place": ""}, "place"), ({"terms": "\n"}, "terms"),
    ],
)  # fmt: skip
def test_what_is_missing_is_named(world, fields, name):
    with pytest.raises(ValidationError) as wrong:
        knowing.order(world, **fields)
    assert name in wrong.value.message_dict


def test_who_is_not_an_officer_changes_nothing(world):
    made = knowing.made(world)

    for verb in (orders.extend, orders.reinstate):
        with pytest.raises(Refused):
            verb(made, by=world.chair)
    with pytest.raises(ValidationError):
        knowing.order(world, made_by=world.gravesham_council)


def test_it_warns_a_year_half_a_year_and_a_quarter_ahead(world):
    made = knowing.made(world)

    due = {months: ask(TODAY)[0] for months, ask in reminders.items()}

    assert {months: row["due"] for months, row in due.items()} == {
        12: D(2026, 2, 1), 6: D(2026, 8, 1), 3: D(2026, 11, 1)
    }  # fmt: skip
    assert due[3]["url"] == made.get_absolute_url()
    assert "31 January 2027" in due[3]["text"]
    [owed] = orders_running_out(world.partnership, TODAY)
    assert (owed.state, owed.due) == ("due", D(2027, 1, 31))
    assert [each.due for each in orders_to_follow(world.officer, TODAY)] == [D(2027, 1, 31)]
    assert list(orders_to_follow(world.chair, TODAY)) == []


def test_the_pages_of_an_order_from_start_to_end(world, sign_in, client):
    officer = sign_in(world.officer)
    power = knowing.pspo()
    officer.post(
        f"{URL}add/",
        {"power": power.pk, "title": "Station order", "made_by": world.council.pk,
         "place": "The station", "terms": "- no drinking", "shown_to_public": "on",
         "outline": '{"type": "Polygon", "coordinates": [[[0.2, 51.4], [0.3, 51.4], [0.3, 51.5], '
         '[0.2, 51.4]]]}'},
    )  # fmt: skip
    order = Order.objects.get(slug="station-order")
    url = order.get_absolute_url()
    assert client.get(f"{URL}public/station-order/").status_code == 404
    officer.post(
        f"{url}consult/",
        {"consulted_whom": "The police", **post_date("consulted_from", D(2026, 10, 1)),
         **post_date("consulted_until", D(2026, 11, 1))},
    )  # fmt: skip
    late = officer.post(
        f"{url}make/", post_date("starts_on", TODAY) | post_date("last_day", D(2030, 1, 1))
    )
    assert "at the latest" in late.content.decode()
    officer.post(
        f"{url}make/", post_date("starts_on", TODAY) | post_date("last_day", D(2029, 11, 22))
    )

    page = officer.get(url).content.decode()
    assert "In force" in page
    assert "<svg" in page
    public = client.get(f"{URL}public/").content.decode()
    assert "Station order" in public
    assert "no drinking" in client.get(f"{URL}public/station-order/").content.decode()
    found = client.get("/dartford/public/search/", {"q": "station"}).content.decode()
    assert "Station order" in found


@pytest.mark.parametrize(
    "outline",
    ["not json", '{"type": "Point", "coordinates": [0, 51]}', "[1]", '{"type": "Polygon"}',
     '{"type": "Polygon", "coordinates": [[[51.4, 0.2], [51.5, 0.2], [51.5, 0.3], [51.4, 0.2]]]}',
     '{"type": "Polygon", "coordinates": [[[0.2, 51.4], [0.3, 51.4]]]}',
     '{"type": "FeatureCollection", "features": [{"geometry": null, "type": "Feature"}]}'],
)  # fmt: skip
def test_an_outline_that_cannot_be_drawn_is_refused_beside_its_field(world, sign_in, outline):
    page = sign_in(world.officer).post(f"{URL}add/", {"outline": outline})

    assert page.status_code == 200
    assert "must be GeoJSON" in page.content.decode()


def test_a_hidden_or_foreign_order_is_not_public(world, client, sign_in):
    hidden = knowing.made(world, shown_to_public=False, title="Hidden order")

    assert "Hidden order" not in client.get(f"{URL}public/").content.decode()
    assert client.get(f"{URL}public/{hidden.slug}/").status_code == 404
    assert sign_in(world.kent).get(hidden.get_absolute_url()).status_code == 200
    assert sign_in(world.stranger).get(hidden.get_absolute_url()).status_code in (403, 404)


def test_the_list_asks_as_often_for_many_as_for_one(world, sign_in):
    made = knowing.made(world)
    client = sign_in(world.kent)
    client.get(URL)
    counted = []
    for number in (1, 12):
        for each in range(number - 1):
            Order.objects.create(
                partnership=world.partnership, power=made.power, slug=f"o-{each}", title="Order",
                place="Here", terms="- no", made_by=world.council, created_by=world.officer,
            )  # fmt: skip
        with CaptureQueriesContext(connection) as asked:
            assert client.get(f"{URL}?view=all").status_code == 200
        counted.append(len(asked))
    assert counted[0] == counted[1]
