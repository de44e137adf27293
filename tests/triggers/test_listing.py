"""The list of incidents: kept by officers with its history, corrected by the applicant."""

import datetime

import pytest
from django.core.exceptions import ValidationError

from core import clock
from core.permissions import Refused
from core.workflow import Wrong
from triggers.models import CorrectionAnswer, ListCorrection, Review
from triggers.workflow import listing

DAY = datetime.timedelta(days=1)


def numbers(case):
    return [each.number for each in listing.listed(case)]


def test_a_change_keeps_what_the_applicant_wrote(case, world):
    first = case.complaints.get(number=1)
    before = first.what
    listing.change_complaint(first, what="Loud music, and a threat", by=world.officer)
    first.refresh_from_db()
    assert first.what == "Loud music, and a threat"
    assert [each.what for each in first.history.order_by("history_id")] == [before, first.what]


def test_what_is_taken_off_keeps_its_number_and_can_be_put_back(case, world):
    second = case.complaints.get(number=2)
    with pytest.raises(ValidationError, match="taken off"):
        listing.remove_complaint(second, reason="", by=world.officer)
    listing.remove_complaint(second, reason="Twice on the list", by=world.officer)
    assert numbers(case) == [1, 3]
    with pytest.raises(Wrong, match="Put it back"):
        listing.change_complaint(second, what="Other", by=world.officer)
    listing.put_back(second, by=world.officer)
    assert numbers(case) == [1, 2, 3]
    assert listing.add_complaint(case, what="More", by=world.officer).number == 4


def test_an_entry_cannot_be_in_the_future_or_reported_before_it_happened(case, world):
    today = clock.today()
    for told, field in (
        ({"happened_on": today + DAY}, "happened_on"),
        ({"happened_on": today, "reported_on": today - DAY}, "reported_on"),
        ({"happened_on": today - DAY, "went_on_from": today}, "went_on_from"),
        ({"what": "  "}, "what"),
    ):
        with pytest.raises(ValidationError) as refused:
            listing.add_complaint(case, **({"what": "Noise"} | told), by=world.officer)
        assert field in refused.value.message_dict


def test_only_the_cases_officers_keep_it(case, member, colleague):
    for who in (member, colleague):
        with pytest.raises(Refused):
            listing.add_complaint(case, what="Noise", by=who)


def test_once_the_panel_has_sat_the_list_stands(case, world):
    Review.objects.create(application=case, held_on=clock.today())
    with pytest.raises(Wrong, match="panel has sat"):
        listing.add_complaint(case, what="Noise", by=world.officer)
    with pytest.raises(Wrong, match="panel has sat"):
        listing.correct(case, text="Wrong")


def test_the_applicant_corrects_and_is_answered(case, world, sign_in):
    first = case.complaints.get(number=1)
    with pytest.raises(Wrong, match="not sent you the list"):
        listing.agree_list(case)
    listing.send_list(case, by=world.officer)
    correction = listing.correct(case, text="It was on a Sunday", complaint=first)
    missing = listing.correct(case, text="You left out the fire")
    client, here = sign_in(world.officer), f"{case.get_absolute_url()}incidents/"
    assert "It was on a Sunday" in client.get(here).content.decode()
    answer = f"{here}corrections/{correction.pk}/"
    assert client.get(answer).status_code == 200
    assert client.post(answer, {"taken": "taken"}).status_code == 200  # without words for them
    assert client.post(answer, {"taken": "taken", "remark": "You are right"}).status_code == 302
    correction.refresh_from_db()
    assert correction.answer == CorrectionAnswer.TAKEN
    listing.answer_correction(missing, taken=False, remark="Not reported", by=world.officer)
    with pytest.raises(Wrong, match="already"):
        listing.answer_correction(missing, taken=True, remark="Is", by=world.officer)
    assert listing.agree_list(case).list_agreed_on == clock.today()


def test_a_change_after_the_applicant_agreed_needs_their_word_again(case, world):
    listing.send_list(case, by=None)
    listing.agree_list(case)
    listing.add_complaint(case, what="One more", by=world.officer)
    case.refresh_from_db()
    assert case.list_agreed_on is None


def test_a_correction_of_another_case_is_refused_and_so_is_a_flood(case, another):
    with pytest.raises(ValidationError):
        listing.correct(case, text="Mine", complaint=another.complaints.first())
    ListCorrection.objects.bulk_create(
        ListCorrection(application=case, text="Again") for _ in range(listing.MOST_WAITING)
    )
    with pytest.raises(ValidationError, match="many corrections"):
        listing.correct(case, text="Once more")


def test_an_incident_is_added_changed_and_taken_off_on_its_pages(case, world, sign_in):
    client, here = sign_in(world.officer), f"{case.get_absolute_url()}incidents/"
    day = clock.today() - 3 * DAY
    when = {"happened_on_day": day.day, "happened_on_month": day.month,
            "happened_on_year": day.year}  # fmt: skip
    told = {"what": "Bin set alight", "where": "The yard", "day_is_sure": "on", **when}
    assert client.post(f"{here}add/", told).status_code == 302
    assert client.post(f"{here}4/", told | {"what": "Two bins"}).status_code == 302
    assert client.post(f"{here}4/remove/", {"reason": "A mistake"}).status_code == 302
    seen = client.get(here).content.decode()
    assert "Taken off: A mistake" in seen
    assert client.post(f"{here}4/put-back/").status_code == 302
    assert numbers(case) == [1, 2, 3, 4]
