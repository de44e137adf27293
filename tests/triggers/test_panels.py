"""A panel: who sits and who may not, its meeting and pack, the victim's voice, and that it sat."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from audit.models import Entry
from core import clock
from core.permissions import Refused, can
from core.workflow import Wrong
from core.working_days import add_working_days
from meetings.models import Meeting
from meetings.workflow import schedule
from membership.models import Role, Seat
from notices.models import Notice
from tests import world as worlds
from tests.triggers.conftest import DAY, set_meeting
from tests.triggers.test_following import sent_letter
from triggers.models import (
    Clock,
    ConflictCheck,
    LetterKind,
    Recommendation,
    Review,
    Stage,
    VoiceRecord,
)
from triggers.queries import panels as queries
from triggers.queries import people
from triggers.workflow import casework, information, listing, panels


def on_case(case, who):
    return people.seats_of(case).filter(person=who).exists()


def refused(call, *args, **kwargs):
    with pytest.raises(ValidationError) as wrong:
        call(*args, **kwargs)
    return wrong.value.message_dict


# ---- who sits -----------------------------------------------------------------------------------


def test_somebody_of_the_standing_panel_is_asked_and_gets_a_seat(review_case, pool, world):
    seat = panels.ask_onto_panel(
        review_case, held=pool.fire, role=Role.CHAIR, free=True, by=world.officer
    )
    assert (seat.person, seat.role, seat.agency) == (pool.fire.person, Role.CHAIR, pool.body)
    assert can(pool.fire.person, "view", review_case)
    assert ConflictCheck.objects.get(person=seat.person).free
    notice = Notice.objects.get(recipient=seat.person, kind="case-review-put-on")
    assert "Fern" not in notice.text


def test_who_is_not_free_gets_no_seat_and_hears_nothing(review_case, pool, world):
    said = "My sister lives in that block"
    assert panels.ask_onto_panel(
        review_case, held=pool.county, free=False, said=said, by=world.officer
    ) is None  # fmt: skip
    assert not on_case(review_case, world.kent)
    assert not can(world.kent, "view", review_case)
    assert [each.said for each in queries.not_free(review_case)] == [said]
    assert not Notice.objects.filter(recipient=world.kent).exists()
    assert said not in str(list(Entry.objects.values_list("detail", "subject", "verb")))


def test_not_free_needs_what_they_said(review_case, pool, world):
    wrong = refused(
        panels.ask_onto_panel, review_case, held=pool.county, free=False, by=world.officer
    )
    assert "said" in wrong


@pytest.mark.parametrize("role", [Role.CHAIR])
def test_nobody_chairs_whose_body_is_named_in_an_incident(review_case, pool, world, role):
    wrong = refused(
        panels.ask_onto_panel, review_case, held=pool.police, role=role, free=True,
        by=world.officer,
    )  # fmt: skip
    assert wrong["role"] == [
        "Nobody of Kent Police can chair, because its work is under review: incident 1 was "
        "reported to it"
    ]
    assert not on_case(review_case, pool.police.person)


def test_they_may_be_a_member_all_the_same_and_the_page_says_it(review_case, pool, world):
    panels.ask_onto_panel(review_case, held=pool.police, free=True, by=world.officer)
    (sits,) = queries.sitting(review_case)
    assert not sits.independent
    assert sits.part == "incident 1 was reported to it"


def test_nobody_chairs_whose_body_was_asked_or_found_about(review_case, pool, world):
    information.ask(review_case, agency=world.council, by=world.officer)
    assert "asked for information" in queries.cannot_chair(review_case, world.council)
    panels.add_finding(
        review_case, text="It never came back", agency=world.county, by=world.officer
    )
    assert "finding 1 is about it" in queries.cannot_chair(review_case, world.county)
    assert queries.cannot_chair(review_case, pool.body) == ""


def test_nobody_chairs_of_a_body_that_an_incident_names_in_words(review_case, pool, world):
    complaint = review_case.complaints.get(number=1)
    listing.change_complaint(
        complaint, body=None, other_body="kent fire and rescue", by=world.officer
    )
    assert "incident 1" in queries.cannot_chair(review_case, pool.body)


def test_nobody_chairs_of_the_successor_of_a_body_under_review(review_case, world):
    after = worlds.agency("New Kent Police", "police", succeeds=world.police)
    assert queries.cannot_chair(review_case, after)


def test_there_is_one_chair(panel, pool, world):
    wrong = refused(
        panels.invite_onto_panel, panel, name="Yarrow Pike", email="yarrow@example.test",
        agency=world.county, role=Role.CHAIR, free=True, by=world.officer,
    )  # fmt: skip
    assert wrong["role"] == ["Rowan Ferrer chairs already. Take them off first"]


def test_a_chair_from_outside_is_invited_if_their_body_signed(review_case, world, pool):
    wrong = refused(
        panels.invite_onto_panel, review_case, name="Yarrow Pike", email="yarrow@example.test",
        agency=world.gravesham_council, role=Role.CHAIR, free=True, by=world.officer,
    )  # fmt: skip
    assert "agency" in wrong
    seat = panels.invite_onto_panel(
        review_case, name="Yarrow Pike", email="yarrow@example.test", agency=pool.body,
        role=Role.CHAIR, free=True, by=world.officer,
    )  # fmt: skip
    assert can(seat.person, "view", review_case)


def test_their_seat_ends_with_the_one_on_the_standing_panel(panel, pool, world):
    from membership.workflow import end_seat

    end_seat(pool.fire, on=clock.today(), by=world.officer)
    assert not on_case(panel, pool.fire.person)


def test_an_alleged_conflict_is_looked_into_and_kept_either_way(panel, pool, world):
    seat = people.seats_of(panel).get(person=world.kent)
    panels.check_again(
        panel, seat=seat, free=True, said="The applicant says they know him. They do not.",
        by=world.officer,
    )  # fmt: skip
    assert on_case(panel, world.kent)
    panels.check_again(panel, seat=seat, free=False, said="They went to school", by=world.officer)
    assert not on_case(panel, world.kent)
    assert ConflictCheck.objects.filter(person=world.kent).count() == 3


def test_a_member_can_leave_and_the_officers_hear_of_it(panel, world):
    panels.step_down(panel, said="I know the family", by=world.kent)
    assert not on_case(panel, world.kent)
    told = Notice.objects.filter(recipient=world.officer, kind="case-review-people")
    assert "family" not in told.get().text
    with pytest.raises(Wrong):
        panels.step_down(panel, said="Again", by=world.kent)


def test_only_officers_of_the_case_ask_people(review_case, pool, world, colleague, member):
    for who in (colleague, member, world.chair, world.administrator):
        with pytest.raises(Refused):
            panels.ask_onto_panel(review_case, held=pool.fire, free=True, by=who)


def test_nobody_is_asked_while_the_victim_refuses(review_case, pool, world):
    review_case.on_behalf = "known"
    review_case.save()
    casework.record_consent(review_case, given=False, how="By telephone", by=world.officer)
    with pytest.raises(Wrong):
        panels.ask_onto_panel(review_case, held=pool.fire, free=True, by=world.officer)


# ---- the meeting --------------------------------------------------------------------------------


def test_the_meeting_has_the_agenda_of_a_panel_and_all_of_it_is_restricted(panel, world):
    review = set_meeting(panel, world)
    items = list(review.meeting.items.order_by("number"))
    assert [each.title for each in items][2] == "The victim’s voice"
    assert len(items) == 8
    assert all(each.restricted for each in items)


def test_nobody_else_learns_that_a_panel_meets(panel, world, colleague, sign_in):
    """In no list, calendar, search, audit log or notice of anybody who is not on the case."""
    review = set_meeting(panel, world)
    meeting = review.meeting
    day = meeting.on.strftime("%-d %B %Y")
    others = (colleague, world.chair, world.vice, world.administrator, world.scrutiny)
    for who in others:
        client = sign_in(who)
        assert not Meeting.objects.visible_to(who).filter(pk=meeting.pk).exists()
        assert client.get(meeting.get_absolute_url()).status_code == 404
        for name in ("dashboards:home", "meetings:list", "dashboards:audit"):
            where = [] if name == "dashboards:home" else ["dartford"]
            page = client.get(reverse(name, args=where)).content.decode()
            assert panel.reference not in page, (who, name)
            assert str(meeting.slug) not in page, (who, name)
        assert not Notice.objects.filter(recipient=who, text__contains=day).exists()
    public = sign_in(world.guest).get(reverse("dashboards:public", args=["dartford"]))
    assert panel.reference not in public.content.decode()


def test_a_calendar_is_told_that_there_is_a_meeting_and_no_more(panel, world):
    from meetings import calendars

    set_meeting(panel, world)
    (meeting,) = calendars.with_changes(Meeting.objects.filter(group=panel.group))
    entry = calendars.entry_of(meeting)
    assert entry.summary == "Meeting"
    assert panel.reference not in f"{entry.url}{entry.uid}{entry.where}"


def test_a_meeting_that_was_cancelled_is_set_anew(panel, world):
    review = set_meeting(panel, world)
    with pytest.raises(Wrong):
        set_meeting(panel, world)
    schedule.cancel(review.meeting, reason="The chair is ill", by=world.officer)
    again = set_meeting(panel, world, on=add_working_days(clock.today(), 3))
    assert again.meeting != review.meeting


def test_a_day_that_does_not_do_is_refused_beside_its_field(panel, world):
    assert "on" in refused(set_meeting, panel, world, on=clock.today() - DAY)


# ---- the pack -----------------------------------------------------------------------------------


@pytest.mark.pdf
def test_the_pack_holds_all_accounts_and_opens_them_to_the_panel(panel, sent, world):
    from tests.pdf_text import pages
    from triggers.queries import merged

    assert [each.source for each in merged.timeline(panel, world.kent).lines] == [
        "The applicant"
    ] * 3
    set_meeting(panel, world)
    panels.record_voice(panel, how="in_person", words="Nobody listened", by=world.officer)
    paper = panels.make_pack(panel, by=world.officer)
    document = paper.document
    assert document.restricted
    version = document.versions.get()
    assert version.file_name == f"{panel.reference}-panel-pack.pdf"
    text = " ".join(" ".join(pages(bytes(version.content.data))).split())
    for words in (
        "Went there and spoke to them", "Call about shouting", "We went there once", "Patrols",
        "Nobody listened", "I sleep badly", "14 Invented Row", "OFFICIAL-SENSITIVE",
        "has not been sent to the applicant yet", "Kent Fire and Rescue",
    ):  # fmt: skip
        assert words in text, words
    for words in ("Fern", "Aldous", "fern@example.test"):
        assert words not in text
    assert can(world.kent, "open", document)
    assert not can(world.chair, "open", document)
    assert "Kent Police" in {each.source for each in merged.timeline(panel, world.kent).lines}


@pytest.mark.pdf
def test_made_again_it_is_a_newer_version_of_the_same_paper(panel, world):
    set_meeting(panel, world)
    first = panels.make_pack(panel, by=world.officer)
    panels.record_voice(panel, how="in_writing", words="One thing more", by=world.officer)
    again = panels.make_pack(panel, by=world.officer)
    assert first.document == again.document
    assert again.document.versions.count() == 2


def test_a_pack_needs_a_meeting(panel, world):
    with pytest.raises(Wrong, match="meeting first"):
        panels.make_pack(panel, by=world.officer)


# ---- the voice ----------------------------------------------------------------------------------


def test_what_the_victim_said_is_kept_as_it_was_said(panel, world):
    words = "I am not “difficult”.\n\nI am tired."
    record = panels.record_voice(panel, how="in_person", words=words, by=world.officer)
    assert record.words == words
    panels.change_voice(record, how="in_person", on=record.on, words="Less", by=world.officer)
    assert record.history.count() == 2


@pytest.mark.parametrize(
    ("told", "field"),
    [
        ({"how": "in_person"}, "words"),
        ({"how": "advocate", "words": "For her"}, "spoken_by"),
        ({"how": "shouting", "words": "No"}, "how"),
        ({"how": "in_person", "words": "Yes", "on": datetime.date(2199, 1, 1)}, "on"),
        ({"how": "in_person", "words": "x" * 20_001}, "words"),
    ],
)
def test_what_is_missing_is_said_beside_its_field(panel, world, told, field):
    assert field in refused(panels.record_voice, panel, by=world.officer, **told)


def test_the_victim_writes_to_the_panel_by_the_private_link(panel, world):
    with pytest.raises(Wrong):
        panels.write_in(panel, words="Too early: we have told them nothing of a panel")
    sent_letter(panel, LetterKind.MET)
    record = panels.write_in(panel, words="I am tired")
    assert (record.how, record.by, record.words) == ("in_writing", None, "I am tired")
    notice = Notice.objects.get(recipient=world.officer, kind="case-review-voice")
    assert "tired" not in notice.text
    with pytest.raises(Wrong, match="stays as they wrote it"):
        panels.change_voice(record, how="in_writing", on=record.on, words="No", by=world.officer)


def test_who_applied_for_another_speaks_for_them(panel):
    sent_letter(panel, LetterKind.MET)
    panel.on_behalf = "known"
    panel.save()
    record = panels.write_in(panel, words="She cannot write")
    assert record.how == "advocate"
    assert record.spoken_by


# ---- held ---------------------------------------------------------------------------------------


def test_the_panel_is_held_and_its_clocks_follow(held):
    assert held.held_on == clock.today()
    assert Clock.objects.get(application=held.application, stage="panel").done_on == clock.today()
    outcome = Clock.objects.get(application=held.application, stage="outcome")
    assert outcome.starts_on == clock.today()


def test_it_is_not_held_without_the_victims_voice_or_the_reason(panel, world):
    review = set_meeting(panel, world)
    wrong = refused(panels.hold, review, on=clock.today(), by=world.officer)
    assert "not_heard" in wrong
    held = panels.hold(
        review, on=clock.today(), not_heard="Could not be reached safely", by=world.officer
    )
    assert held.not_heard == "Could not be reached safely"


def test_who_chose_not_to_take_part_was_asked(panel, world):
    review = set_meeting(panel, world)
    panels.record_voice(panel, how="no", by=world.officer)
    assert panels.hold(review, on=clock.today(), by=world.officer).held_on


def test_it_is_not_held_without_a_meeting_or_a_chair(review_case, pool, world):
    review = queries.review_of(review_case)
    assert len(queries.stops(review_case, review)) == 3
    with pytest.raises(Wrong, match="meeting first"):
        panels.hold(review, on=clock.today(), by=world.officer)


def test_it_is_not_held_under_a_chair_whose_body_came_under_review_since(panel, pool, world):
    review = set_meeting(panel, world)
    panels.record_voice(panel, how="no", by=world.officer)
    complaint = panel.complaints.get(number=1)
    listing.change_complaint(complaint, body=None, other_body=pool.body.name, by=world.officer)
    with pytest.raises(Wrong, match="Ask somebody else to chair"):
        panels.hold(review, on=clock.today(), by=world.officer)


def test_what_is_missing_warns_and_does_not_stop(panel, asked, world):
    warnings = " ".join(queries.warnings(panel))
    assert "The list has not been sent" in warnings
    assert "Kent Police has not answered." in warnings
    assert "What the victim says" in warnings


@pytest.mark.parametrize("days", [-400, 1])
def test_the_day_must_fit(panel, world, days):
    review = set_meeting(panel, world)
    panels.record_voice(panel, how="no", by=world.officer)
    wrong = refused(panels.hold, review, on=clock.today() + days * DAY, by=world.officer)
    assert "on" in wrong


def test_once_held_it_is_not_held_again_nor_set_anew(held, world):
    for call in (
        lambda: panels.hold(held, on=clock.today(), by=world.officer),
        lambda: set_meeting(held.application, world),
        lambda: panels.make_pack(held.application, by=world.officer),
    ):
        with pytest.raises(Wrong):
            call()


# ---- finished, and once again -------------------------------------------------------------------


def test_a_review_that_was_not_held_is_not_finished(panel, world):
    with pytest.raises(Wrong):
        panels.finish(Review(application=panel), summary="Done", by=world.officer)


def test_finishing_needs_what_was_concluded(held, world):
    assert "summary" in refused(panels.finish, held, summary=" ", by=world.officer)


def test_finished_the_outcome_is_to_be_sent(recommended):
    assert recommended.stage == Stage.OUTCOME
    assert recommended.case_review.finished_by


def test_the_panel_sits_again_and_what_was_recommended_stands(recommended, world):
    first = Recommendation.objects.get(application=recommended, number=1)
    review = panels.sit_again(
        recommended.case_review, reason="The appeal was upheld", by=world.officer
    )
    recommended.refresh_from_db()
    assert (recommended.stage, review.held_on) == (Stage.REVIEW, None)
    assert Clock.objects.filter(application=recommended, stage="panel", done_on=None).exists()
    with pytest.raises(Wrong):
        panels.remove_recommendation(first, by=world.officer)
    again = set_meeting(recommended, world, on=add_working_days(clock.today(), 2))
    panels.hold(again, on=clock.today(), by=world.officer)
    panels.recommend(recommended, agency=world.council, text="Call back", by=world.officer)
    panels.finish(again, summary="It should have called", by=world.officer)
    assert Recommendation.objects.filter(sent_on__isnull=False).count() == 3
    assert VoiceRecord.objects.count() == 1
    assert Seat.objects.filter(group=recommended.group).exists()
