"""The directory as Popolo JSON, checked against the published schemas."""

import datetime
import json
from pathlib import Path

import pytest
from jsonschema import Draft3Validator, FormatChecker
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT3

from membership import exports, queries, workflow
from tests import world as worlds

DAY = datetime.timedelta(days=1)
SCHEMAS = Path(__file__).parent / "popolo"
KINDS = {
    "persons": "person", "organizations": "organization", "posts": "post",
    "memberships": "membership",
}  # fmt: skip


def schema(name):
    return json.loads((SCHEMAS / f"{name}.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def registry():
    """Every schema under its own address: nothing is fetched."""
    found = [json.loads(path.read_text(encoding="utf-8")) for path in SCHEMAS.glob("*.json")]
    resources = [
        (each["id"].rstrip("#"), Resource(contents=each, specification=DRAFT3)) for each in found
    ]
    return Registry().with_resources(resources)


@pytest.fixture
def document(world):
    def document(user=None, day=None, words=""):
        user, day = user or world.officer, day or datetime.date.today()  # noqa: DTZ011
        seats = queries.directory(world.partnership, day, user, words)
        return json.loads(json.dumps(exports.popolo(world.partnership, day, user, seats)))

    return document


def test_every_part_is_valid_against_its_schema(world, give, document, registry, today):
    world.kent.telephone = "01322 343434"
    world.kent.save()
    give(world.guest, ends_on=today + 30 * DAY, substitute_for=world.kent_seat)
    checked = 0
    for part, records in document().items():
        validator = Draft3Validator(
            schema(KINDS[part]), registry=registry, format_checker=FormatChecker()
        )
        for record in records:
            validator.validate(record)
            checked += 1
    assert checked > 25


def test_the_schemas_refuse_what_they_should(registry):
    validator = Draft3Validator(schema("membership"), registry=registry)
    assert list(validator.iter_errors({"start_date": "1 April 2024"}))
    assert list(validator.iter_errors({"post": {"contact_details": [{"type": "email"}]}}))


def test_every_reference_is_to_something_that_is_there(document):
    whole = document()
    keys = {part: {record["id"] for record in records} for part, records in whole.items()}
    for membership in whole["memberships"]:
        assert membership["organization_id"] in keys["organizations"]
        if "person_id" in membership:
            assert membership["person_id"] in keys["persons"]
            assert membership["on_behalf_of_id"] in keys["organizations"]
            assert membership["post_id"] in keys["posts"] | {None}
        else:
            assert membership["member"]["id"] in keys["organizations"]
    for post in whole["posts"]:
        assert post["organization_id"] in keys["organizations"]
    for part in whole.values():
        assert len(part) == len({record["id"] for record in part})


def test_the_last_day_is_the_day_before_ours(world, give, document, today):
    seat = give(world.guest, ends_on=today + 30 * DAY)
    found = next(each for each in document()["memberships"] if each["id"] == str(seat.pk))
    assert found["end_date"] == (today + 29 * DAY).isoformat()
    assert found["role"] == "Member"


def test_on_a_past_day_the_bodies_of_that_day(world, document, today):
    workflow.succeed_agency(
        world.county, name="Kent Unitary", on=today, seats=True, by=world.officer
    )
    then = {each["name"] for each in document(day=worlds.LONG_AGO)["organizations"]}
    assert "Kent County Council" in then
    assert "Kent Unitary" not in then


def test_a_panel_is_in_its_members_file_only(world, panel, document):
    assert "CANARY" not in json.dumps(document())
    assert "CANARY" in json.dumps(document(user=panel[1]))
