"""The pages that only read."""

import datetime

import pytest
from django.urls import reverse

from audit import workflow as audit
from core import clock


def test_the_front_door_offers_the_partnerships_to_strangers(world, client):
    page = client.get("/")

    assert page.status_code == 200
    assert "Dartford Community Safety Partnership" in page.content.decode()


def test_the_public_front_says_who_is_on_it_and_who_chairs(world, client):
    page = client.get(reverse("dashboards:public", args=["dartford"])).content.decode()

    assert "Kent Police" in page
    assert "Sage Holloway" in page
    assert "a safer Dartford" in page


def test_my_work_tells_somebody_without_a_seat_what_to_do(world, sign_in):
    page = sign_in(world.guest).get("/").content.decode()

    assert "You hold no seat" in page


def test_a_leaver_sees_no_partnership(world, sign_in):
    page = sign_in(world.leaver).get("/").content.decode()

    assert "Dartford Borough Council" not in page


def test_an_unknown_partnership_is_not_found(world, sign_in):
    assert sign_in(world.officer).get("/nowhere/policy/").status_code == 404


def test_the_policy_is_for_officers(world, sign_in):
    address = reverse("dashboards:policy", args=["dartford"])

    assert "Publish agenda" in sign_in(world.officer).get(address).content.decode()
    refused = sign_in(world.kent).get(address)
    assert refused.status_code == 403
    assert "Only officers of the partnership" in refused.content.decode()


def test_the_record_hides_restricted_business_from_those_not_cleared(world, sign_in):
    audit.record(
        "opened CANARY of", world.ocg_group, by=world.ocg, partnership=world.partnership,
        sensitive=True, group=world.ocg_group,
    )  # fmt: skip
    audit.record("changed", world.board, by=world.officer, partnership=world.partnership)

    page = sign_in(world.officer).get(reverse("dashboards:audit", args=["dartford"]))

    assert "CANARY" not in page.content.decode()
    assert "Changed group" in page.content.decode()


def test_the_record_downloads_as_csv(world, sign_in):
    audit.record("=cmd|' /C calc'!A0", by=world.officer, partnership=world.partnership)

    file = sign_in(world.officer).get(
        reverse("dashboards:audit", args=["dartford"]), {"format": "csv"}
    )

    assert file["Content-Type"].startswith("text/csv")
    assert "'=cmd" in file.content.decode()


@pytest.mark.parametrize("words", ["", "%00", "'; drop table", "😀", "a" * 5000])
def test_public_search_takes_any_words(world, client, words):
    page = client.get(reverse("dashboards:public_search", args=["dartford"]), {"q": words})

    assert page.status_code == 200


def test_the_feed_is_atom(world, client):
    feed = client.get(reverse("dashboards:feed", args=["dartford"]))

    assert feed.status_code == 200
    assert feed["Content-Type"].startswith("application/atom+xml")


def test_health_needs_no_account(db, client):
    assert client.get("/livez").json() == {"status": "alive"}
    assert client.get("/readyz").json() == {"status": "ready"}


def test_the_clock_reads_london(settings):
    late = datetime.datetime(2026, 7, 1, 23, 30, tzinfo=datetime.UTC)

    with clock.told_at(late):
        assert clock.today() == datetime.date(2026, 7, 2)
