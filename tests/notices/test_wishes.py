"""A person says how they are told; an email's own address turns it off without signing in."""

import pytest
from django.core import signing

from core.permissions import Refused
from notices.models import How, Preference
from notices.workflow import wishes
from notices.workflow.letters import SALT
from tests.notices import duties as d
from tests.notices.duties import KIND

PAGE = "/notices/preferences/"


def token(person, kind="event"):
    return signing.dumps({"person": str(person.pk), "kind": kind}, salt=SALT)


def chosen(person):
    return dict(Preference.objects.filter(person=person).values_list("kind", "how"))


def test_a_person_chooses_kind_by_kind(duties, sign_in):
    d.register(title="Duty due")
    client = sign_in(duties.kent)
    assert b"Duty due" in client.get(PAGE).content

    client.post(PAGE, {"kind_0": "weekly", "kind_1": "never", "others": "daily"})

    assert chosen(duties.kent) == {"event": "weekly", KIND: "never", "": "daily"}
    client.post(PAGE, {"kind_0": "weekly", "kind_1": "", "others": "daily"})
    assert chosen(duties.kent) == {"event": "weekly", "": "daily"}


def test_statutory_ones_are_listed_and_cannot_be_chosen(duties, sign_in):
    d.register(title="Duty due", statutory=True, source="The Crime and Disorder Act 1998")
    client = sign_in(duties.kent)
    words = client.get(PAGE).content.decode()
    assert "Always sent" in words
    assert "The Crime and Disorder Act 1998" in words
    assert 'name="kind_1"' not in words


@pytest.mark.parametrize(
    "answer", [{"kind_1": "each"}, {"kind_0": "hourly", "others": "each"}, {"kind_0": "each"}]
)
def test_what_is_no_choice_is_refused(duties, sign_in, answer):
    assert b"govuk-error-message" in sign_in(duties.kent).post(PAGE, answer).content
    assert chosen(duties.kent) == {}


def test_nobody_chooses_for_another(duties):
    with pytest.raises(Refused):
        wishes.choose(duties.kent, {"": How.NEVER}, by=duties.officer)


def test_the_address_asks_first_and_posting_does_it(duties, client):
    address = f"/notices/unsubscribe/{token(duties.kent)}/"
    assert b"Turn off this email" in client.get(address).content
    assert chosen(duties.kent) == {}

    assert b"Email is turned off" in client.post(address).content
    assert chosen(duties.kent) == {"event": "never"}


def test_mail_programs_post_without_a_form_of_ours(duties):
    from django.test import Client

    strict = Client(enforce_csrf_checks=True)
    address = f"/notices/unsubscribe/{token(duties.kent, '')}/"
    assert strict.post(address, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert chosen(duties.kent) == {"": "never", "event": "never"}


def test_a_statutory_one_answers_that_it_cannot_be_turned_off(duties, client):
    d.register(title="Duty due", statutory=True)
    for method in (client.get, client.post):
        words = method(f"/notices/unsubscribe/{token(duties.kent, KIND)}/").content
        assert b"cannot be turned off" in words
    assert chosen(duties.kent) == {}


def test_an_address_that_is_not_ours_is_not_there(duties, client):
    good = token(duties.kent)
    gone = token(duties.kent)
    for bad in ("x", good[:-2], signing.dumps({"person": 1, "kind": ""}, salt="other")):
        assert client.post(f"/notices/unsubscribe/{bad}/").status_code == 404
    duties.kent.is_active = False
    duties.kent.save()
    assert client.post(f"/notices/unsubscribe/{gone}/").status_code == 404
