"""The directory's pages, its files, and the people in it."""

import csv
import datetime
import io
import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from membership import workflow
from membership.models import Agency, Group, GroupKind, Partner, Place, Seat
from tests import world as worlds
from tests.membership.conftest import CANARY

DAY = datetime.timedelta(days=1)
TABS = ("agency", "group", "person")


def text(response):
    return response.content.decode()


@pytest.mark.parametrize("tab", TABS)
def test_everybody_who_sits_here_reads_the_directory(world, sign_in, at, tab):
    for person in (world.officer, world.kent, world.ocg, world.scrutiny, world.administrator):
        response = sign_in(person).get(at("people"), {"by": tab})
        assert response.status_code == 200
        assert "Bryony Clarke" in text(response)
        assert "Heather Quayle" not in text(response)


@pytest.mark.parametrize("where", ["people", "people_csv", "popolo", "countywide", "sharing"])
def test_grant_scrutineers_leavers_and_strangers_do_not(world, sign_in, at, where):
    for person in (world.commissioner, world.leaver, world.guest, world.stranger):
        assert sign_in(person).get(at(where)).status_code == 403
    assert sign_in(world.stranger).get(at(where, of="gravesham")).status_code == 200


def test_on_a_past_date_people_and_bodies_are_as_they_were(world, sign_in, at, today):
    workflow.succeed_agency(
        world.county, name="Kent Unitary", on=today, seats=True, by=world.officer
    )
    client = sign_in(world.kent)
    now = text(client.get(at("people")))
    assert "Kent Unitary" in now
    assert "Kent County Council" not in now
    then = text(client.get(at("people"), {"on": "1 March 2025"}))
    assert "People on 1 March 2025" in then
    assert "Heather Quayle" in then
    assert "Kent County Council" in then
    assert "Kent Unitary" not in then


def test_a_day_that_is_none_is_said_and_today_shown(world, sign_in, at):
    page = text(sign_in(world.kent).get(at("people"), {"on": "31 February 2026"}))
    assert "The date must be a real date, like 10 March 2027" in page
    assert "Bryony Clarke" in page


@pytest.mark.parametrize("query", ["?by=nothing", "?page=99", "?page=x", "?by=person&page=99"])
def test_an_address_made_up_does_no_harm(world, sign_in, at, query):
    assert sign_in(world.kent).get(at("people") + query).status_code == 200


def test_words_narrow_it_and_none_found_is_said(world, sign_in, at):
    client = sign_in(world.kent)
    found = text(client.get(at("people"), {"words": "commander", "by": "person"}))
    assert "Linden Shah" in found
    assert "Ash Pemberton" not in found
    assert "Nobody matches these words" in text(client.get(at("people"), {"words": "zebra"}))


def test_vacancies_and_ends_lead_officers_to_the_form_and_tell_the_others(
    world, sign_in, at, today
):
    workflow.add_place(world.dvacs_group, agency=world.county, starts_on=today, by=world.officer)
    workflow.renew_seat(world.kent_seat, ends_on=today + 20 * DAY, by=world.officer)
    says = "1 place is vacant, 1 term ends within 90 days"
    officers = text(sign_in(world.officer).get(at("people")))
    assert says in officers
    assert at("seat_renew", world.kent_seat.pk) in officers
    fill = f"{at('seat_add', 'dvacs')}?sits_for=a-{world.county.pk}"
    assert fill in officers
    others = text(sign_in(world.kent).get(at("people")))
    assert says in others
    assert at("seat_renew", world.kent_seat.pk) not in others
    form = text(sign_in(world.officer).get(fill))
    assert f'<option value="a-{world.county.pk}" selected>' in form


# ---- one person ----------------------------------------------------------------------------------


def test_a_leaver_has_a_page_with_the_seats_that_they_held(world, sign_in, at):
    page = text(sign_in(world.kent).get(at("person", world.leaver.pk)))
    assert "Holds no seat here now" in page
    assert "1 April 2024 to 1 April 2025" in page


def test_somebody_of_another_partnership_or_of_none_is_not_found(world, sign_in, at):
    for person in (world.stranger, world.guest):
        assert sign_in(world.officer).get(at("person", person.pk)).status_code == 404


def test_only_officers_see_the_account_and_the_verbs(world, sign_in, at):
    page = text(sign_in(world.officer).get(at("person", world.kent.pk)))
    assert at("seat_end", world.kent_seat.pk) in page
    assert "Close the account" in page
    page = text(sign_in(world.chair).get(at("person", world.kent.pk)))
    assert at("seat_end", world.kent_seat.pk) not in page
    assert "Close the account" not in page


# ---- files ---------------------------------------------------------------------------------------


def rows(response):
    return list(csv.DictReader(io.StringIO(response.content.decode("utf-8-sig"))))


def test_the_csv_has_a_line_for_each_seat(world, sign_in, at):
    response = sign_in(world.kent).get(at("people_csv"))
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    lines = rows(response)
    assert len(lines) == Seat.objects.of(world.partnership).filter(ends_on=None).count()
    vice = next(line for line in lines if line["Name"] == "Linden Shah")
    assert (vice["Role"], vice["Post"], vice["Statutory partner"]) == (
        "Vice-chair", "District Commander", "yes"
    )  # fmt: skip


def test_the_csv_follows_words_and_date(world, sign_in, at):
    client = sign_in(world.kent)
    found = rows(client.get(at("people_csv"), {"words": "quayle", "on": "2025-01-01"}))
    assert [line["Name"] for line in found] == ["Heather Quayle"]


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t"])
def test_no_cell_of_the_csv_is_a_formula(world, sign_in, at, start):
    world.kent.name = f"{start}cmd|' /C calc'!A0"
    world.kent.save()
    names = [line["Name"] for line in rows(sign_in(world.officer).get(at("people_csv")))]
    assert f"'{world.kent.name}" in names
    assert world.kent.name not in names


# ---- a panel leaks nowhere -----------------------------------------------------------------------

SURFACES = [
    "people", "people?by=group", "people?by=person", "people?words=CANARY", "people?on=2025-01-01",
    "people?words=Fern&by=person", "people_csv", "popolo", "popolo?words=CANARY", "sharing",
    "countywide", "invite", "group_add", "partner_add", "settings",
]  # fmt: skip


@pytest.mark.parametrize("surface", SURFACES)
@pytest.mark.parametrize("person", ["officer", "administrator", "chair", "kent", "scrutiny"])
def test_a_panel_is_on_no_page_and_in_no_file(world, panel, sign_in, at, surface, person):
    name, _, query = surface.partition("?")
    page = text(sign_in(getattr(world, person)).get(f"{at(name)}?{query}"))
    page = page.replace("words=CANARY", "").replace('value="CANARY"', "")
    if name in ("invite", "partner_add"):
        # Bodies are public, so the list to choose from names this one; it is all it does.
        page = page.replace(f">{CANARY} body<", "")
    assert "CANARY" not in page
    assert "Fern Abbot" not in page.replace("words=Fern", "")


def test_what_is_a_panels_is_not_found(world, panel, sign_in, at):
    group, member, seat, body, protocol = panel
    hidden = [
        at("group", group.slug), at("person", member.pk), at("agency", body.slug),
        at("seat_add", group.slug), at("seat_end", seat.pk), at("seat_move", seat.pk),
        at("seat_renew", seat.pk), at("group_change", group.slug), at("group_end", group.slug),
        at("place_add", group.slug), at("protocol", protocol.pk), at("protocol_end", protocol.pk),
        at("protocol_add", group.slug), at("person_close", member.pk),
        at("history", "group", group.pk), at("history", "seat", seat.pk),
        at("history", "protocol", protocol.pk), at("history", "agency", body.pk),
        at("history", "place", group.places.first().pk),
        at("history", "post", body.posts.get().pk),
    ]  # fmt: skip
    for person in (world.officer, world.administrator, world.kent):
        client = sign_in(person)
        for url in hidden:
            response = client.get(url)
            assert response.status_code in ((404,) if person == world.officer else (403, 404)), url
            assert CANARY not in text(response)
    assert sign_in(member).get(at("group", group.slug)).status_code == 200


def test_a_panels_member_elsewhere_shows_no_seat_of_the_panel(world, panel, sign_in, at):
    group, *_ = panel
    worlds.seat(world.kent, group, world.county)
    for page in (at("person", world.kent.pk), at("agency", "kent-county-council")):
        assert "CANARY" not in text(sign_in(world.officer).get(page))
    assert CANARY in text(sign_in(world.kent).get(at("person", world.kent.pk)))


# ---- as many queries for few as for many ---------------------------------------------------------


def fill(world, start, end):
    """So many bodies, partners, people, groups, seats and vacancies more, in one go."""
    numbers, since = range(start, end), {"starts_on": worlds.LONG_AGO}
    bodies = Agency.objects.bulk_create(
        Agency(name=f"Body {n:03}", short_name=f"B {n}", slug=f"b-{n}", kind="other", **since)
        for n in numbers
    )
    people = User.objects.bulk_create(
        User(email=f"p{n}@example.test", name=f"P {n:03}") for n in numbers
    )
    groups = Group.objects.bulk_create(
        Group(
            partnership=world.partnership, name=f"Group {n:03}", short_name=f"G {n}",
            slug=f"g-{n}", kind=GroupKind.SUBGROUP, **since,
        )
        for n in numbers
    )  # fmt: skip
    Partner.objects.bulk_create(
        Partner(partnership=world.partnership, agency=body, **since) for body in bodies
    )
    for table in (groups, [world.board] * len(bodies)):
        Seat.objects.bulk_create(
            Seat(person=who, group=group, agency=body, created_by=world.officer, **since)
            for who, group, body in zip(people, table, bodies, strict=True)
        )
    Place.objects.bulk_create(
        Place(group=world.board, agency=world.county, **since) for _ in numbers
    )


@pytest.mark.parametrize(
    "where",
    [
        "people?by=agency", "people?by=group", "people?by=person", "people_csv", "popolo",
        "sharing", "group board", "agency kent-police", "countywide",
    ],
)  # fmt: skip
def test_pages_run_as_many_queries_at_1_30_and_300_rows(world, sign_in, at, where):
    name, _, query = where.partition("?")
    name, _, slug = name.partition(" ")
    url = f"{at(name, *filter(None, [slug]))}?{query}"
    client, counts, before = sign_in(world.officer), [], 0
    for number in (1, 30, 300):
        fill(world, before, number)
        before = number
        client.get(url)
        with CaptureQueriesContext(connection) as captured:
            assert client.get(url).status_code == 200
        counts.append(len(captured))
    assert len(set(counts)) == 1, counts
    assert counts[0] <= 30


# ---- Popolo --------------------------------------------------------------------------------------


def test_popolo_is_what_the_page_shows_as_json(world, sign_in, at):
    response = sign_in(world.kent).get(at("popolo"))
    assert response["Content-Type"] == "application/json"
    assert 'filename="people-dartford-' in response["Content-Disposition"]
    document = json.loads(response.content)
    assert set(document) == {"persons", "organizations", "posts", "memberships"}
    assert "Bryony Clarke" in {person["name"] for person in document["persons"]}
