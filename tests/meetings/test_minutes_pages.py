"""The pages of minute-taking: with and without script, and when two people write at once."""

import json

import pytest

from actions.models import Action
from audit.models import ReadEntry
from meetings.models import Decision, Draft, Item, ItemKind, Meeting, Presence, Status
from meetings.workflow import minutes
from membership.models import Signature
from tests.meetings import held as at_hand
from tests.meetings.held import DECEMBER, SEPTEMBER, address, at, minute, words
from tests.meetings.taking import colleague, item, meeting, officer

__all__ = ["colleague", "item", "meeting", "officer"]


def page_of(item, name="minutes"):
    return address(name, item.meeting, item.number)


def typed(text, version=0, **more):
    return {"text": text, "version": version, "page": "one", **more}


# ---- the page -----------------------------------------------------------------------------------


def test_the_page_shows_the_item_the_agenda_and_who_is_here(officer, item):
    at_hand.write(item, "Figures rose.", item.meeting.opened_by)
    answer = officer.get(page_of(item))
    text = words(answer)
    assert answer.status_code == 200
    assert "Figures rose.</textarea>" in text
    assert "Saved at" in text
    assert f"Item {item.number} of {item.meeting.items.count()}" in text
    assert "Next: " in text
    assert "Sage Holloway" in text


def test_an_unknown_item_is_not_found(officer, meeting):
    assert officer.get(address("minutes", meeting, 99)).status_code == 404
    assert officer.post(address("autosave", meeting, 99), typed("x")).status_code == 404


@pytest.mark.parametrize(
    ("who", "status"),
    [("chair", 403), ("kent", 403), ("dvacs", 404), ("stranger", 404), ("scrutiny", 404)],
)
def test_only_officers_open_it(sign_in, world, item, who, status):
    client = sign_in(getattr(world, who))
    assert client.get(page_of(item)).status_code == status
    assert client.post(page_of(item), typed("Mine.")).status_code == status
    assert client.post(page_of(item, "autosave"), typed("Mine.")).status_code == status
    assert minute(item) == ""


def test_before_and_after_its_time_the_page_leads_to_where_the_meeting_is(sign_in, world):
    announced = at_hand.announced(world)
    officer = sign_in(world.officer)
    with at(SEPTEMBER):
        officer = sign_in(world.officer)
        assert officer.get(address("minutes", announced, 1)).url == announced.get_absolute_url()
    sent = at_hand.with_chair(world, DECEMBER)
    with at(DECEMBER, 16):
        officer = sign_in(world.officer)
        assert officer.get(address("minutes", sent, 1)).url == address("draft_minutes", sent)


def test_the_same_number_of_queries_with_many_items_and_actions(
    officer, world, item, django_assert_max_num_queries
):
    def count():
        with django_assert_max_num_queries(60) as queries:
            officer.get(page_of(item))
        return len(queries)

    at_hand.asked(item, "One thing.", world.police, world.officer)
    at_hand.decided(item, "One thing.", world.officer)
    count()
    few = count()
    for number in range(12):
        at_hand.asked(item, f"Thing {number}.", world.police, world.officer)
        at_hand.decided(item, f"Thing {number}.", world.officer)
        Item.objects.create(
            meeting=item.meeting, title=f"More {number}", position=50 + number, number=50 + number
        )
    assert count() == few


# ---- saving without script ----------------------------------------------------------------------


def test_next_saves_and_goes_to_the_next_item(officer, item):
    answer = officer.post(page_of(item), typed("Said.", next="1"))
    assert answer.url == address("minutes", item.meeting, item.number + 1)
    assert minute(item) == "Said."


def test_after_the_last_item_the_minutes_go_to_the_chair(officer, meeting):
    last = meeting.items.order_by("-number").first()
    answer = officer.post(address("minutes", meeting, last.number), typed("Said.", next="1"))
    assert answer.url == address("finish", meeting)


def test_whatever_was_typed_is_saved_whichever_button_is_pressed(officer, world, item):
    sent = typed(
        "Said.", **{
            "decision-text": "Noted.", "decision-restricted": "on", "action-text": "Do it.",
            "action-owner": f"{world.police.pk}:{world.commander_post.pk}",
            "action-due_on": "9 December 2026", "next": "1",
        },
    )  # fmt: skip
    assert officer.post(page_of(item), sent).status_code == 302
    assert minute(item) == "Said."
    decision, action = Decision.objects.get(), Action.objects.get()
    assert (decision.text, decision.marking) == ("Noted.", "sensitive")
    assert (action.text, action.post, action.marking) == (
        "Do it.", world.commander_post, "official"
    )  # fmt: skip


def test_a_mistake_in_an_action_is_said_by_its_field_and_the_rest_is_saved(officer, world, item):
    sent = typed(
        "Said.", **{
            "decision-text": "Noted.", "action-text": "Do it.", "action-owner": world.police.pk,
            "action-due_on": "15 September 2026",
        },
    )  # fmt: skip
    answer = officer.post(page_of(item, "action_add"), sent)
    text = words(answer)
    assert "The due date must be on or after the day of the meeting, 16 September 2026" in text
    assert 'value="Do it."' in text
    assert (minute(item), Decision.objects.count(), Action.objects.count()) == ("Said.", 1, 0)
    assert "Noted.</textarea>" not in text


@pytest.mark.parametrize(
    ("name", "message"),
    [("decision_add", "Enter what was decided"), ("action_add", "Enter what is to be done")],
)
def test_an_empty_decision_or_action_is_asked_for(officer, item, name, message):
    answer = officer.post(page_of(item, name), typed("Said."))
    assert message in words(answer)
    assert minute(item) == "Said."


def test_only_partners_of_the_partnership_are_offered_and_taken(officer, world, item):
    text = words(officer.get(page_of(item)))
    assert "Kent Police, District Commander" in text
    assert "Gravesham" not in text
    sent = typed("", **{
        "action-text": "Do it.", "action-owner": world.gravesham_council.pk,
        "action-due_on": "9 December 2026",
    })  # fmt: skip
    assert "Choose from the list" in words(officer.post(page_of(item, "action_add"), sent))


def test_actions_are_due_by_the_next_meeting_unless_said_otherwise(world, sign_in, item):
    at_hand.announced(world, DECEMBER)
    with at(SEPTEMBER):
        assert 'value="9 December 2026"' in words(sign_in(world.officer).get(page_of(item)))


def test_too_long_a_minute_is_refused_in_words_and_kept_in_the_page(officer, item, monkeypatch):
    from meetings.workflow import writing

    monkeypatch.setattr(writing, "LIMIT", 50)
    answer = officer.post(page_of(item), typed("Far too long. " * 9))
    assert "too long to save" in words(answer)
    assert "Far too long. Far too long." in words(answer)
    assert minute(item) == ""


@pytest.mark.parametrize("version", ["", "x", "-1", "99999999999"])
def test_a_tampered_version_is_no_error_of_the_server(officer, item, version):
    answer = officer.post(page_of(item), typed("Said.", version))
    assert answer.status_code == 200
    assert "Said.</textarea>" in words(answer)
    assert minute(item) == ""


def test_who_is_here_is_recorded_with_the_page_and_only_what_was_changed(officer, world, item):
    chair, vice = f"seat-{world.chair_seat.pk}", f"seat-{world.vice_seat.pk}"
    item.meeting.attendance.filter(seat=world.vice_seat).update(presence=Presence.PRESENT)
    officer.post(page_of(item), typed(
        "Said.", **{
            f"was-{chair}": "expected", chair: "present", f"was-{vice}": "expected",
            vice: "expected",
        },
    ))  # fmt: skip
    now = dict(item.meeting.attendance.values_list("seat", "presence"))
    assert (now[world.chair_seat.pk], now[world.vice_seat.pk]) == ("present", "present")


# ---- two at once --------------------------------------------------------------------------------


def test_a_stale_page_shows_both_texts_and_one_put_together(officer, colleague, item):
    officer.post(page_of(item), typed("Hazel’s words."))
    answer = colleague.post(page_of(item), typed("Olive’s words."))
    text = words(answer)
    assert answer.status_code == 409
    assert "Hazel Okafor saved this item at" in text
    assert "Hazel’s words.\n\nOlive’s words.</textarea>" in text
    assert 'name="version" value="1"' in text
    assert minute(item) == "Hazel’s words."
    again = words(colleague.get(page_of(item)))
    assert "Hazel’s words.\n\nOlive’s words.</textarea>" in again
    colleague.post(page_of(item), typed("Both.", 1))
    assert minute(item) == "Both."
    assert "Saved meanwhile" not in words(colleague.get(page_of(item)))


def test_a_decision_made_on_a_stale_page_is_made_all_the_same(officer, colleague, item):
    officer.post(page_of(item), typed("Hazel’s words."))
    sent = typed("Olive’s words.", **{"decision-text": "Noted."})
    assert colleague.post(page_of(item, "decision_add"), sent).status_code == 409
    assert Decision.objects.get().text == "Noted."


def test_minutes_sent_to_the_chair_meanwhile_do_not_lose_what_was_typed(officer, world, item):
    minutes.send_to_chair(item.meeting, acknowledged=True, by=world.officer)
    answer = officer.post(page_of(item), typed("Too late."))
    assert answer.status_code == 409
    assert "its minutes are with the chair" in words(answer)
    assert "Too late.</textarea>" in words(answer)


# ---- autosave -----------------------------------------------------------------------------------


def test_autosave_says_what_is_in_the_database(officer, item):
    answer = officer.post(page_of(item, "autosave"), typed("Said."))
    told = json.loads(answer.content)
    assert (told["saved"], told["version"]) == ("noon", 1)
    assert "text" not in told
    assert minute(item) == "Said."


def test_autosave_never_overwrites_and_keeps_both(officer, colleague, item):
    officer.post(page_of(item, "autosave"), typed("Hazel’s words."))
    answer = colleague.post(page_of(item, "autosave"), typed("Olive’s words."))
    told = json.loads(answer.content)
    assert answer.status_code == 409
    assert (told["theirs"], told["yours"]) == ("Hazel’s words.", "Olive’s words.")
    assert told["both"] == "Hazel’s words.\n\nOlive’s words."
    assert Draft.objects.get().text == "Olive’s words."
    colleague.post(page_of(item, "autosave"), typed("Olive’s words, and more."))
    assert Draft.objects.get().text == "Olive’s words, and more."


def test_autosave_after_a_lost_answer_goes_on(officer, item):
    officer.post(page_of(item, "autosave"), typed("Half"))
    answer = officer.post(page_of(item, "autosave"), typed("Half a line", last="Half"))
    assert (answer.status_code, minute(item)) == (200, "Half a line")


def test_autosave_says_why_it_cannot_save(officer, world, item):
    answer = officer.post(page_of(item, "autosave"), typed("Said.", "x"))
    assert answer.status_code == 400
    minutes.send_to_chair(item.meeting, acknowledged=True, by=world.officer)
    answer = officer.post(page_of(item, "autosave"), typed("Said."))
    assert answer.status_code == 400
    assert "with the chair" in json.loads(answer.content)["problem"]


def test_autosave_answers_posts_alone(officer, item):
    assert officer.get(page_of(item, "autosave")).status_code == 405


def test_the_keys_can_be_turned_off_and_stay_off(officer, item):
    assert 'id="keys" name="keys" type="checkbox" form="minute" checked' in words(
        officer.get(page_of(item))
    )
    officer.post(page_of(item, "autosave"), typed("Said.", keys_known="1"))
    assert 'form="minute" checked' not in words(officer.get(page_of(item)))


# ---- restricted items ---------------------------------------------------------------------------


def test_a_restricted_item_opens_through_the_gate_and_the_reading_is_on_record(
    officer, world, meeting
):
    item = at_hand.reviews(meeting)
    text = words(officer.get(page_of(item)))
    assert "OFFICIAL-SENSITIVE" in text
    assert "leave out of the public minutes" not in text
    assert ReadEntry.objects.get().subject == str(item)
    Signature.objects.filter(agency=world.council).update(ends_on=SEPTEMBER)
    answer = officer.get(page_of(item))
    assert answer.status_code == 403
    assert "no current signature" in words(answer)
    assert officer.post(page_of(item, "autosave"), typed("Said.")).status_code == 403


def test_what_an_officer_may_not_read_is_not_on_the_page(officer, world, item):
    at_hand.decided(item, "Hidden words.", world.officer, restricted=True)
    decision = Decision.objects.get()
    assert "Hidden words." in words(officer.get(page_of(item)))
    Signature.objects.filter(agency=world.council).update(ends_on=SEPTEMBER)
    assert "Hidden words." not in words(officer.get(page_of(item)))
    url = address("decision_change", item.meeting, decision.pk)
    assert officer.get(url).status_code == 403


# ---- decisions ----------------------------------------------------------------------------------


def test_a_decision_is_changed_and_removed_on_its_page(officer, world, item):
    decision = at_hand.decided(item, "Noted.", world.officer)
    url = address("decision_change", item.meeting, decision.pk)
    assert "Noted.</textarea>" in words(officer.get(url))
    empty = officer.post(url, {"text": "", "was": "Noted."})
    assert "Enter what was decided" in words(empty)
    answer = officer.post(url, {"text": "Noted well.", "was": "Noted."})
    assert answer.url == page_of(item) + "#decisions"
    stale = officer.post(url, {"text": "Other.", "was": "Noted."})
    assert stale.status_code == 409
    assert "Noted well." in words(stale)
    assert "Other.</textarea>" in words(stale)
    assert 'name="was" value="Noted well."' in words(stale)
    assert officer.post(url, {"text": "Other.", "was": "Noted well."}).status_code == 302
    assert Decision.objects.get().text == "Other."
    officer.post(address("decision_remove", item.meeting, decision.pk))
    assert not Decision.objects.exists()
    assert officer.get(url).status_code == 404


def test_a_decision_of_another_meeting_is_not_found(officer, world, item, sign_in):
    decision = at_hand.decided(item, "Noted.", world.officer)
    other = at_hand.held(world, DECEMBER)
    with at(DECEMBER):
        officer = sign_in(world.officer)
        url = address("decision_change", other, decision.pk)
        assert officer.get(url).status_code == 404


# ---- opening and finishing ----------------------------------------------------------------------


def test_the_meeting_is_opened_on_a_page_that_proposes_the_chair(sign_in, world):
    announced = at_hand.announced(world)
    with at(SEPTEMBER, 8):
        officer = sign_in(world.officer)
        text = words(officer.get(address("open", announced)))
        assert f'value="{world.chair.pk}" selected' in text
        wrong = officer.post(address("open", announced), {"chaired_by": world.stranger.pk})
        assert "Choose from the list" in words(wrong)
        answer = officer.post(address("open", announced), {"chaired_by": world.vice.pk})
        assert answer.url == address("live", announced)
        assert Meeting.objects.get(pk=announced.pk).chaired_by == world.vice
        assert "Who took the meeting?" in words(officer.get(address("open", announced)))


def test_a_meeting_not_yet_held_is_not_opened(sign_in, world):
    announced = at_hand.announced(world)
    with at(SEPTEMBER.replace(day=15)):
        answer = sign_in(world.officer).post(
            address("open", announced), {"chaired_by": world.chair.pk}
        )
        assert "not yet held" in words(answer)
        assert Meeting.objects.get(pk=announced.pk).status == Status.AGENDA_PUBLISHED


def test_sending_to_the_chair_lists_what_is_missing(officer, meeting):
    url = address("finish", meeting)
    assert "No minutes yet: 1. Welcome" in words(officer.get(url))
    answer = officer.post(url)
    assert "Put this right, or tick" in words(answer)
    assert officer.post(url, {"acknowledged": "on"}).status_code == 302
    assert Meeting.objects.get(pk=meeting.pk).status == Status.WITH_CHAIR


def test_open_actions_stand_under_matters_arising(sign_in, world, item):
    at_hand.asked(item, "Bring figures.", world.police, world.officer)
    later = at_hand.held(world, DECEMBER)
    with at(DECEMBER):
        arising = at_hand.item(later, ItemKind.MATTERS_ARISING)
        text = words(sign_in(world.officer).get(page_of(arising)))
        assert "Bring figures." in text
        assert "No action is open from before" not in text
