"""The settings of the procedure, page by page."""

import datetime

import pytest
from django.urls import reverse

from core import clock
from membership.models import Agency
from triggers.models import ClockSetting, LocalAddition, Procedure, RelevantBody
from triggers.workflow import procedures


def url(name, *args):
    return reverse(f"triggers:{name}", args=["dartford", *args])


def text(response):
    return response.content.decode()


@pytest.fixture
def officer(world, sign_in):
    return sign_in(world.officer)


def date(name, day):
    return {f"{name}_day": day.day, f"{name}_month": day.month, f"{name}_year": day.year}


def answers(procedure, **changed):
    form = {name: getattr(procedure, name) for name in procedures.FIELDS if name != "is_open"} | {
        "is_open": "on",
        "version": procedure.version,
    }
    return {name: "" if value is None else value for name, value in (form | changed).items()}


def test_a_partnership_without_a_procedure_is_told_how_to_begin(world, officer, sign_in):
    page = text(officer.get(url("procedure")))
    assert "has not set up case reviews here yet" in page
    assert "Kent Police" in page
    assert "Set up case reviews</button>" in page
    assert "Set up case reviews</button>" not in text(sign_in(world.chair).get(url("procedure")))
    made = officer.post(url("procedure_set_up"), follow=True)
    assert "Case reviews are set up" in text(made)
    assert "The procedure itself is not written yet" in text(made)


def test_the_settings_are_shown_to_who_works_here_and_changed_by_officers(
    world, procedure, officer, sign_in
):
    page = text(officer.get(url("procedure")))
    assert "Change the procedure" in page
    assert "New cases go to every officer" in page
    read = text(sign_in(world.chair).get(url("procedure")))
    assert "Change the procedure" not in read
    assert procedure.group.get_absolute_url() not in read
    assert sign_in(world.scrutiny).get(url("procedure")).status_code == 403
    assert sign_in(world.chair).get(url("procedure_change")).status_code == 403


def test_the_procedure_is_changed_and_four_complaints_are_refused_with_the_law(procedure, officer):
    refused = officer.post(url("procedure_change"), answers(procedure, complaints_needed=4))
    assert "never for more" in text(refused)
    officer.post(url("procedure_change"), answers(procedure, complaints_needed=2, text="- One"))
    procedure.refresh_from_db()
    assert (procedure.complaints_needed, procedure.text, procedure.version) == (2, "- One", 2)


def test_a_page_that_was_open_meanwhile_overwrites_nothing(world, procedure, officer):
    old = answers(procedure, text="Mine")
    procedures.change(procedure, text="Theirs", by=world.officer)
    shown = officer.post(url("procedure_change"), old)
    assert shown.status_code == 409
    assert "Theirs" in text(shown)
    assert "Mine" in text(shown)
    assert Procedure.objects.get().text == "Theirs"


def test_a_contact_point_is_asked_for(procedure, officer):
    refused = officer.post(
        url("procedure_change"), answers(procedure, contact_email="", contact_telephone="")
    )
    assert "the law asks for a contact point" in text(refused)


def test_a_clock_is_set_from_a_day_and_its_history_is_shown(procedure, officer):
    day = datetime.date(2027, 1, 4)
    form = {"days": 3, "working": "yes", "counted_from": "receipt", "source": "Page 2"}
    officer.post(url("procedure_clock", "acknowledge"), form | date("starts_on", day))
    page = text(officer.get(url("procedure_clocks")))
    assert "3 working days from the application, 4 January 2027 on" in page
    assert "until 4 January 2027" in page
    assert ClockSetting.objects.filter(stage="acknowledge").count() == 2


@pytest.mark.parametrize(
    ("form", "says"),
    [
        ({"days": 0}, "Days must be from 1 to 365"),
        ({"days": 4000}, "Days must be from 1 to 365"),
        ({"days": "two"}, "whole number"),
        ({"counted_from": "panel"}, "Select a valid choice"),
    ],
)
def test_a_clock_that_cannot_be_is_refused_beside_its_field(procedure, officer, form, says):
    good = {"days": 3, "working": "yes", "counted_from": "receipt"}
    sent = good | date("starts_on", clock.today()) | form
    shown = officer.post(url("procedure_clock", "acknowledge"), sent)
    assert shown.status_code == 200
    assert officer.get(url("procedure_clock", "nonsense")).status_code == 404
    assert ClockSetting.objects.filter(stage="acknowledge").count() == 1
    assert says in text(shown) or "govuk-error-message" in text(shown)


def test_a_clock_can_be_ended_and_what_holds_is_none_then(procedure, officer):
    setting = ClockSetting.objects.get(stage="hearing")
    officer.post(url("procedure_clock_end", setting.pk), date("on", clock.today()))
    setting.refresh_from_db()
    assert setting.ends_on == clock.today()
    assert "Appeal heard" in text(officer.get(url("procedure_clocks")))


def test_a_local_rule_is_added_with_its_source_and_ended(procedure, officer):
    form = {"kind": "households", "number": 5, "source": "Our procedure, page 4"}
    officer.post(url("local_rule_add"), form | date("starts_on", clock.today()))
    rule = LocalAddition.objects.get()
    page = text(officer.get(url("procedure")))
    assert "5 homes complain of similar behaviour at one place" in page
    assert "Our procedure, page 4" in page
    again = officer.post(url("local_rule_add"), form | date("starts_on", clock.today()))
    assert "There is a rule of this kind at that time already" in text(again)
    officer.post(url("local_rule_end", rule.pk), date("on", clock.today()))
    rule.refresh_from_db()
    assert rule.ends_on == clock.today()


def test_a_body_is_added_changed_and_ended(world, procedure, officer):
    form = {"agency": world.county.pk, "kind": "housing", "also_reports": "The warden"}
    officer.post(url("body_add"), form | date("starts_on", datetime.date(2026, 1, 5)))
    body = RelevantBody.objects.get(agency=world.county)
    assert "The warden" in text(officer.get(url("procedure")))
    changed = {"kind": "housing", "also_reports": "The scheme manager"}
    officer.post(url("body_change", body.pk), changed)
    body.refresh_from_db()
    assert body.also_reports == "The scheme manager"
    wrong = officer.post(url("body_end", body.pk), date("on", datetime.date(2025, 1, 1)))
    assert "It began on 5 January 2026" in text(wrong)
    officer.post(url("body_end", body.pk), date("on", clock.today()))
    body.refresh_from_db()
    assert body.ends_on == clock.today()


def test_a_body_cannot_take_part_before_it_existed(world, procedure, officer):
    form = {"agency": world.county.pk, "kind": "housing"}
    shown = officer.post(url("body_add"), form | date("starts_on", datetime.date(1999, 1, 5)))
    assert "did not exist before" in text(shown)


def test_a_dissolved_body_is_named_and_its_successor_put_in_its_place(world, procedure, officer):
    body = RelevantBody.objects.get(agency=world.police)
    change = clock.today() - datetime.timedelta(days=10)
    Agency.objects.filter(pk=world.police.pk).update(ends_on=change)
    assert "Dissolved" in text(officer.get(url("procedure")))
    nobody = officer.post(url("body_succeed", body.pk), follow=True)
    assert "No body has come in the place of Kent Police" in text(nobody)
    Agency.objects.create(
        name="New Police", short_name="New", slug="new-police", kind="police", starts_on=change,
        succeeds=world.police,
    )  # fmt: skip
    assert "New Police came after it" in text(officer.get(url("procedure")))
    officer.post(url("body_succeed", body.pk))
    assert RelevantBody.objects.get(agency__slug="new-police").starts_on == change


def test_another_partnerships_settings_are_not_there(world, procedure, sign_in):
    body = RelevantBody.objects.get(agency=world.police)
    stranger = sign_in(world.stranger)
    assert stranger.get(url("procedure")).status_code == 403
    elsewhere = reverse("triggers:body_change", args=["gravesham", body.pk])
    assert stranger.get(elsewhere).status_code == 404
