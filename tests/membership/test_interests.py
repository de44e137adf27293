"""The register of interests: who keeps it, who reads what of it, and what it refuses."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from audit.models import Entry, ReadEntry
from core.permissions import Refused
from core.workflow import Wrong
from membership.models import Interest
from membership.workflow import change_interest, declare_interest, end_interest
from membership.workflow.keeping import Changed, version
from tests.world import person

TODAY = datetime.date(2026, 11, 23)
HOUSING = {
    "kind": "body", "text": "Trustee of Riverside Housing", "about": "Riverside Housing",
    "starts_on": datetime.date(2025, 1, 1),
}  # fmt: skip


@pytest.fixture
def housing(world):
    return declare_interest(world.partnership, **HOUSING, by=world.kent)


def sensitive(world, who=None):
    who = who or world.kent
    return declare_interest(
        world.partnership, kind="close", text="Sister at the refuge", about="The Refuge",
        sensitive=True, starts_on=datetime.date(2025, 1, 1), by=who,
    )  # fmt: skip


def at(name, *args):
    return reverse(f"membership:{name}", args=["dartford", *args])


def page(client, url):
    return client.get(url).content.decode()


# ---- reading ------------------------------------------------------------------------------------


def test_everybody_in_the_partnership_reads_the_register(world, housing, sign_in):
    for who in (world.vice, world.watch, world.scrutiny):
        assert "Trustee of Riverside Housing" in page(sign_in(who), at("interests"))
    assert sign_in(world.stranger).get(at("interests")).status_code == 403
    assert sign_in(world.commissioner).get(at("interests")).status_code == 403


def test_a_sensitive_interest_is_its_persons_and_the_officers(world, sign_in):
    entry = sensitive(world)
    for who, reads in ((world.kent, True), (world.officer, True), (world.vice, False),
                       (world.administrator, False)):  # fmt: skip
        client = sign_in(who)
        assert ("Sister at the refuge" in page(client, at("interests"))) is reads
        assert ("Sister" in page(client, at("interests_csv"))) is reads
        assert (client.get(at("interest", entry.pk)).status_code == 200) is reads
        assert "Sister" not in page(client, at("person", world.kent.pk))


def test_that_an_officer_reads_a_sensitive_one_is_on_record(world, sign_in):
    entry = sensitive(world)
    sign_in(world.kent).get(at("interests"))
    assert not ReadEntry.objects.exists()

    sign_in(world.officer).get(at("interests"))

    read = ReadEntry.objects.get()
    assert (read.subject_id, read.subject) == (str(entry.pk), "Interest of Bryony Clarke")


def test_the_record_never_says_what_the_interest_is(world, housing):
    sensitive(world)
    told = [f"{each.verb} {each.subject} {each.detail}" for each in Entry.objects.all()]
    assert not any("Riverside" in each or "refuge" in each for each in told)
    assert Entry.objects.filter(sensitive=True).count() == 1


def test_the_register_on_a_day_by_kind_and_by_agency(world, housing, sign_in):
    declare_interest(
        world.partnership, kind="gift", text="A hamper", starts_on=datetime.date(2026, 1, 1),
        ends_on=datetime.date(2026, 2, 1), by=world.vice,
    )  # fmt: skip
    client = sign_in(world.officer)

    def listed(**query):
        shown = page(client, f"{at('interests')}?{'&'.join(f'{k}={v}' for k, v in query.items())}")
        return "Riverside" in shown, "A hamper" in shown

    assert listed() == (True, False)
    assert listed(past="1") == (True, True)
    assert listed(on="15 January 2026") == (True, True)
    assert listed(kind="gift", on="15 January 2026") == (False, True)
    assert listed(agency=world.county.slug) == (True, False)
    assert listed(agency=world.police.slug) == (False, False)
    assert listed(person=world.kent.pk) == (True, False)
    assert listed(person="nobody") == (True, False)


def test_the_empty_register_says_what_belongs_into_it(world, sign_in):
    assert "Nobody has declared an interest yet." in page(sign_in(world.kent), at("interests"))


def test_the_person_page_and_the_directory_lead_to_it(world, housing, sign_in):
    client = sign_in(world.kent)
    assert at("interests") in page(client, at("people"))
    own = page(client, at("person", world.kent.pk))
    assert "Trustee of Riverside Housing" in own
    assert at("interest_add") in own


def test_the_csv_disarms_formulas(world, sign_in):
    declare_interest(
        world.partnership, kind="other", text="=1+1", starts_on=TODAY, by=world.kent
    )  # fmt: skip
    with_formula = sign_in(world.kent).get(f"{at('interests_csv')}?on=1+January+2099")
    assert "'=1+1" in with_formula.content.decode()


@pytest.mark.parametrize("rows", [1, 35])
def test_the_register_asks_the_same_of_the_database_at_any_length(
    world, sign_in, rows, django_assert_num_queries
):
    for number in range(rows):
        who = world.kent if number % 2 else world.vice
        declare_interest(world.partnership, **{**HOUSING, "text": f"Number {number}"}, by=who)
    client = sign_in(world.watch)
    client.get(at("interests"))
    with django_assert_num_queries(7):
        client.get(at("interests"))


# ---- keeping ------------------------------------------------------------------------------------


def test_a_person_enters_changes_and_ends_their_own(world, sign_in):
    client = sign_in(world.watch)
    form = {
        "text": "Runs a\n taxi firm", "kind": "employment", "about": "Quick Cabs, Quick Cabs,  ",
        "starts_on_day": "1", "starts_on_month": "3", "starts_on_year": "2026",
    }  # fmt: skip
    assert client.post(at("interest_add"), form).status_code == 302
    entry = Interest.objects.get()
    assert (entry.text, entry.about) == ("Runs a taxi firm", "Quick Cabs")
    assert (entry.person, entry.declared_by) == (world.watch, world.watch)

    form |= {"text": "Ran a taxi firm", "read": version(entry)}
    assert client.post(at("interest_change", entry.pk), form).status_code == 302
    ends = {"on_day": "1", "on_month": "6", "on_year": "2026"}
    assert client.post(at("interest_end", entry.pk), ends).status_code == 302

    entry.refresh_from_db()
    assert (entry.text, entry.ends_on) == ("Ran a taxi firm", datetime.date(2026, 6, 1))
    shown = page(client, at("interest", entry.pk))
    assert "Runs a taxi firm" in shown  # in its history


def test_an_officer_enters_it_for_somebody_and_it_says_so(world, sign_in):
    form = {
        **HOUSING, "person": world.kent.pk, "starts_on_day": "1", "starts_on_month": "3",
        "starts_on_year": "2026",
    }  # fmt: skip
    sign_in(world.officer).post(at("interest_add_other"), form)
    entry = Interest.objects.get()
    assert (entry.person, entry.declared_by) == (world.kent, world.officer)
    assert sign_in(world.kent).get(at("interest_add_other")).status_code == 403


def test_nobody_else_changes_an_entry(world, housing, sign_in):
    for who in (world.vice, world.chair, world.administrator):
        assert sign_in(who).get(at("interest_change", housing.pk)).status_code == 403
        assert sign_in(who).post(at("interest_end", housing.pk)).status_code == 403
        with pytest.raises(Refused):
            end_interest(housing, on=TODAY, by=who)
    with pytest.raises(Refused):
        declare_interest(world.partnership, **HOUSING, person=world.kent, by=world.vice)


def test_the_end_cannot_come_before_the_start(world, housing, sign_in):
    early = datetime.date(2024, 12, 31)
    with pytest.raises(ValidationError) as wrong:
        declare_interest(world.partnership, **HOUSING, ends_on=early, by=world.kent)
    assert wrong.value.message_dict == {"ends_on": ["The end must be on or after the start."]}
    with pytest.raises(ValidationError) as wrong:
        end_interest(housing, on=early, by=world.kent)
    assert "on" in wrong.value.message_dict
    form = {
        **HOUSING, "starts_on_day": "1", "starts_on_month": "3", "starts_on_year": "2026",
        "ends_on_day": "28", "ends_on_month": "2", "ends_on_year": "2026",
    }  # fmt: skip
    answer = sign_in(world.kent).post(at("interest_add"), form)
    assert "The end must be on or after the start" in answer.content.decode()


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"text": "  "}, "text"),
        ({"kind": "hobby"}, "kind"),
        ({"about": "Riverside, X"}, "about"),
        ({"text": "x" * 301}, "text"),
    ],
)
def test_what_is_wrong_is_said_by_field(world, change, field):
    with pytest.raises(ValidationError) as wrong:
        declare_interest(world.partnership, **{**HOUSING, **change}, by=world.kent)
    assert list(wrong.value.message_dict) == [field]


def test_only_people_of_the_partnership_are_entered(world):
    nobody = person("Nobody Here")
    with pytest.raises(ValidationError):
        declare_interest(world.partnership, **HOUSING, person=nobody, by=world.officer)


def test_a_stale_change_is_refused(world, housing):
    read = version(housing)
    change_interest(housing, **{**HOUSING, "text": "First"}, by=world.kent)
    with pytest.raises(Changed):
        change_interest(housing, **{**HOUSING, "text": "Second"}, read=read, by=world.kent)


def test_it_ends_once(world, housing):
    end_interest(housing, on=TODAY, by=world.kent)
    with pytest.raises(Wrong):
        end_interest(housing, on=TODAY, by=world.kent)
