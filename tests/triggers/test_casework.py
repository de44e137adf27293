"""What officers do with a case, each step by those on it only, and each bad input."""

import datetime

import pytest
from django.core.exceptions import ValidationError

from audit.models import Entry
from core import clock
from core.permissions import Refused
from core.workflow import Wrong
from membership.models import Role, Seat
from notices.models import Notice
from tests import world as worlds
from triggers.models import CaseNote, NoteKind, OnBehalf, Party, PartyKind, Stage, Way
from triggers.queries import cases, likeness, people
from triggers.workflow import applying, casework, clocks, information, seating

DAY = datetime.timedelta(days=1)


@pytest.fixture
def for_another(case):
    """The case, as it would be had a neighbour applied for the victim."""
    case.on_behalf = OnBehalf.KNOWN
    case.save()
    return case


def test_acknowledged_once_and_never_in_the_future(case, world):
    with pytest.raises(ValidationError, match="between"):
        casework.acknowledge(case, on=clock.today() + DAY, by=world.officer)
    casework.acknowledge(case, by=None)
    again = casework.acknowledge(case, by=world.officer)
    assert again.acknowledged_on == clock.today()
    assert Entry.objects.filter(verb="acknowledged").count() == 1


def test_nobody_off_the_case_does_anything(case, colleague, member, world):
    for who in (colleague, member, world.chair, world.administrator):
        with pytest.raises(Refused):
            casework.sort(case, topics=["noise"], ward=None, by=who)
        with pytest.raises(Refused):
            casework.write_note(case, text="A note", by=who)


def test_topics_are_chosen_from_the_list(case, world):
    with pytest.raises(ValidationError, match="at least one"):
        casework.sort(case, topics=["<b>"], ward=None, by=world.officer)


# ---- consent ------------------------------------------------------------------------------------


def test_consent_refused_later_stops_the_case_until_an_officer_decides(for_another, world):
    casework.record_consent(for_another, given=True, how="On the telephone", by=world.officer)
    assert not cases.stands_still(for_another)
    casework.record_consent(for_another, given=False, how="She called back", by=world.officer)
    assert cases.stands_still(for_another)
    with pytest.raises(Wrong, match="refused consent"):
        information.ask(for_another, agency=world.police, by=world.officer)
    casework.go_on_without_consent(
        for_another, reason="A child is at risk; the police are told", by=world.officer
    )
    assert not cases.stands_still(for_another)
    casework.record_consent(for_another, given=False, how="Again no", by=world.officer)
    assert cases.stands_still(for_another)
    closed = casework.close(for_another, reason="She wants it to end", by=world.officer)
    assert closed.stage == Stage.CLOSED


def test_the_page_says_that_consent_was_refused(for_another, world, sign_in):
    casework.record_consent(for_another, given=False, how="On the telephone", by=world.officer)
    seen = sign_in(world.officer).get(for_another.get_absolute_url()).content.decode()
    assert "The victim has refused consent" in seen
    assert "Go on without consent" in seen


def test_a_victim_who_applies_is_not_asked_for_consent(case, world):
    with pytest.raises(Wrong, match="applied themselves"):
        casework.record_consent(case, given=True, how="Said so", by=world.officer)


def test_consent_needs_to_be_told_how_and_when(for_another, world):
    with pytest.raises(ValidationError) as refused:
        casework.record_consent(
            for_another, given=True, how=" ", said_on=clock.today() + DAY, by=world.officer
        )
    assert set(refused.value.message_dict) == {"how", "said_on"}


# ---- like cases ---------------------------------------------------------------------------------


def test_like_cases_are_suggested_to_officers_of_both_only(case, another, colleague, world):
    assert [(other, shared) for other, shared in likeness.suggested(case, world.officer)] == [
        (another, "The same postcode")
    ]
    worlds.seat(colleague, case.group, world.council, Role.OFFICER)
    assert likeness.suggested(case, colleague) == []
    with pytest.raises(Refused):
        casework.link_cases(case, another, why="The same block", by=colleague)


def test_a_link_is_made_once_and_taken_away(case, another, world):
    casework.link_cases(case, another, why="The same block", by=world.officer)
    with pytest.raises(ValidationError, match="linked already"):
        casework.link_cases(another, case, why="The same block", by=world.officer)
    with pytest.raises(ValidationError, match="another case"):
        casework.link_cases(case, case, why="Itself", by=world.officer)
    assert likeness.suggested(case, world.officer) == []
    ((link, other),) = cases.links_of(case, world.officer)
    assert other == another
    casework.unlink_cases(link, by=world.officer)
    assert cases.links_of(case, world.officer) == []


def test_the_record_of_one_linked_case_does_not_name_the_other(case, another, world):
    casework.link_cases(case, another, why="The same block", by=world.officer)
    written = " ".join(f"{each.subject} {each.detail}" for each in people.deeds_of(case))
    assert another.reference not in written


def test_a_repeat_is_an_earlier_case_of_the_same_person(case, another, world):
    assert likeness.same_person(another, world.officer) == [case]
    with pytest.raises(ValidationError, match="before this one"):
        casework.mark_repeat(case, earlier=another, by=world.officer)
    assert casework.mark_repeat(another, earlier=case, by=world.officer).repeats == case
    assert casework.mark_repeat(another, earlier=None, by=world.officer).repeats is None


def test_the_person_complained_of_is_marked_with_the_reason_and_not_refused(case, world):
    with pytest.raises(ValidationError, match="reason"):
        casework.mark_complained_of(case, applies=True, reason="", by=world.officer)
    casework.mark_complained_of(case, applies=True, reason="The same name", by=world.officer)
    case.refresh_from_db()
    assert case.applicant_is_complained_of
    assert CaseNote.objects.get(kind=NoteKind.WHO).text == "The same name"
    assert case.is_open


# ---- how to reach them --------------------------------------------------------------------------


def test_contact_is_changed_only_once_it_was_checked(case, world):
    victim = Party.objects.get(application=case, kind=PartyKind.VICTIM)
    before = case.link_number
    with pytest.raises(ValidationError) as refused:
        casework.change_contact(
            victim, checked_on=clock.today(), how="", way=Way.TEXT, telephone="", by=world.officer
        )
    assert set(refused.value.message_dict) == {"how", "telephone"}
    with pytest.raises(ValidationError, match="between"):
        casework.change_contact(
            victim, checked_on=clock.today() + DAY, how="Met her", by=world.officer
        )
    casework.change_contact(
        victim, checked_on=clock.today(), how="Called her at work", way=Way.TEXT,
        telephone="01632 960001", new_link=True, by=world.officer,
    )  # fmt: skip
    victim.refresh_from_db()
    case.refresh_from_db()
    assert victim.contact_checked_on == clock.today()
    assert case.link_number == before + 1


def test_contact_is_changed_on_its_page(case, world, sign_in):
    client = sign_in(world.officer)
    here = f"{case.get_absolute_url()}person/victim/"
    assert client.get(here).status_code == 200
    today = clock.today()
    told = {
        "name": "Fern Aldous", "way": "telephone", "telephone": "01632 960002",
        "times": "Mornings", "how": "Called her", "checked_on_day": today.day,
        "checked_on_month": today.month, "checked_on_year": today.year,
    }  # fmt: skip
    assert client.post(here, told | {"how": ""}).status_code == 200
    assert client.post(here, told).status_code == 302
    assert Party.objects.get(application=case, kind="victim").telephone == "01632 960002"
    assert client.get(f"{case.get_absolute_url()}person/nobody/").status_code == 404


# ---- who is on the case -------------------------------------------------------------------------


def test_an_officer_is_put_on_and_taken_off_with_reasons(case, colleague, world, sign_in):
    held = people.may_be_put_on(case).get(person=colleague)
    with pytest.raises(ValidationError, match="need to know"):
        seating.put_on_case(case, held=held, reason="", by=world.officer)
    seat = seating.put_on_case(case, held=held, reason="Covers my leave", by=world.officer)
    assert sign_in(colleague).get(case.get_absolute_url()).status_code == 200
    notice = Notice.objects.get(recipient=colleague, kind="case-review-put-on")
    assert "Fern" not in notice.text
    seating.take_off_case(case, seat=seat, reason="I am back", by=world.officer)
    assert sign_in(colleague).get(case.get_absolute_url()).status_code == 404


def test_the_last_officer_cannot_leave(case, world):
    seat = Seat.objects.get(group=case.group, person=world.officer)
    with pytest.raises(Wrong, match="no officer"):
        seating.take_off_case(case, seat=seat, reason="I am tired", by=world.officer)


def test_a_case_without_officer_is_taken_on(case, colleague, world, sign_in):
    Seat.objects.filter(group=case.group).update(ends_on=clock.today())
    client = sign_in(colleague)
    listed = client.get("/dartford/case-reviews/cases/").content.decode()
    assert "Nobody works on this case" in listed
    assert client.get(case.get_absolute_url()).status_code == 404
    assert client.post(f"{case.get_absolute_url()}take-on/").status_code == 302
    assert client.get(case.get_absolute_url()).status_code == 200
    with pytest.raises(Wrong, match="already"):
        seating.take_on(world.partnership, reference=case.reference, by=colleague)
    with pytest.raises(Refused):
        seating.take_on(world.partnership, reference=case.reference, by=world.chair)


# ---- closing ------------------------------------------------------------------------------------


def test_a_case_is_not_closed_before_its_end(case, world):
    with pytest.raises(Wrong, match="not at its end"):
        casework.close(case, reason="Enough", by=world.officer)


def test_a_case_without_review_is_closed_and_opened_again_with_its_clocks(case, world):
    case.stage = Stage.NO_REVIEW
    from core import history

    history.save(case, by=world.officer)
    first = case.clocks.get(stage="panel").first_due_on
    closed = casework.close(case, note="Nothing more could be done", by=world.officer)
    assert closed.closed_on == clock.today()
    assert case.clocks.get(stage="panel").stopped_on
    with pytest.raises(Wrong):
        casework.close(case, by=world.officer)
    with pytest.raises(ValidationError, match="reason"):
        casework.reopen(case, reason="", by=world.officer)
    again = casework.reopen(case, reason="New reports", by=world.officer)
    assert (again.stage, again.closed_on) == (Stage.NO_REVIEW, None)
    panel = case.clocks.get(stage="panel")
    assert (panel.runs, panel.first_due_on) == (True, first)


def test_a_withdrawn_case_is_opened_again_where_it_stood(case, world):
    applying.withdraw(case, reason="Enough", by=None)
    with pytest.raises(Wrong, match="cannot be done now"):
        casework.sort(case, topics=["noise"], ward=None, by=world.officer)
    assert casework.reopen(case, reason="Asks for it", by=world.officer).stage == Stage.RECEIVED


def test_a_clock_that_was_stopped_by_hand_stays_stopped(case, world):
    clocks.call_off(case.clocks.get(stage="panel"), because="Not needed", by=world.officer)
    applying.withdraw(case, reason="", by=None)
    casework.reopen(case, reason="Asks for it", by=world.officer)
    assert not case.clocks.get(stage="panel").runs
