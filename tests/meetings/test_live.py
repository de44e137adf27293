"""The whole agenda on one page: saved with any button, by two at once, and as far as one reads."""

import json

import pytest

from actions.models import Action
from audit.models import ReadEntry
from meetings.models import Decision, Declaration, Draft, Item, Meeting, Presence
from meetings.queries.live import base_of, digest
from meetings.workflow import minutes
from tests.meetings import held as at_hand
from tests.meetings.held import DECEMBER, SEPTEMBER, address, at, lapse, minute, words
from tests.meetings.taking import colleague, item, meeting, officer

__all__ = ["colleague", "item", "meeting", "officer"]

CANARY = "Zwartkop"


def page_of(meeting):
    return address("live", meeting)


def sheet(*items, page="one", **texts):
    """What a page of these items sends; ``item_5`` is what was typed in item 5."""
    sent = {"page": page}
    for each in items:
        each.refresh_from_db()
        sent[f"base-{each.number}"] = base_of(each)
        sent[f"text-{each.number}"] = texts.get(f"item_{each.number}", each.minute)
    return sent


def typed(item, text, **more):
    return {**sheet(item), f"text-{item.number}": text, **more}


# ---- the page -----------------------------------------------------------------------------------


def test_the_page_holds_every_item_who_is_here_and_the_way_on(officer, world, meeting, item):
    at_hand.write(item, "Figures rose.", world.officer)
    at_hand.decided(item, "Support it.", world.officer)
    at_hand.asked(item, "Bring figures.", world.police, world.officer)
    text = words(officer.get(page_of(meeting)))
    for each in meeting.items.all():
        assert f'id="item-{each.number}"' in text
        assert each.title in text
    assert "Figures rose.</textarea>" in text
    assert "Support it." in text
    assert "Bring figures." in text
    assert "0 members are here now." in text
    assert "Sage Holloway" in text


def test_taking_minutes_leads_to_the_live_page(officer, meeting):
    text = words(officer.get(meeting.get_absolute_url()))
    assert page_of(meeting) in text
    assert "One item at a time" in text


@pytest.mark.parametrize(
    ("who", "status"), [("chair", 403), ("kent", 403), ("dvacs", 404), ("stranger", 404)]
)
def test_only_officers_open_it(sign_in, world, item, who, status):
    client = sign_in(getattr(world, who))
    meeting = item.meeting
    assert client.get(page_of(meeting)).status_code == status
    assert client.post(page_of(meeting), typed(item, "Mine.")).status_code == status
    assert client.post(address("presence", meeting), {}).status_code == status
    assert client.post(address("make", meeting, item.number), {}).status_code == status
    assert minute(item) == ""


def test_before_and_after_its_time_it_leads_to_where_the_meeting_is(sign_in, world):
    announced = at_hand.announced(world)
    with at(SEPTEMBER):
        officer = sign_in(world.officer)
        assert officer.get(page_of(announced)).url == announced.get_absolute_url()
    sent = at_hand.with_chair(world, DECEMBER)
    with at(DECEMBER, 16):
        officer = sign_in(world.officer)
        assert officer.get(page_of(sent)).url == address("draft_minutes", sent)


def test_200_items_are_one_page_of_bounded_size_and_the_same_queries(
    officer, world, meeting, item, django_assert_max_num_queries
):
    def count():
        with django_assert_max_num_queries(60) as queries:
            answer = officer.get(page_of(meeting))
        return len(queries), len(answer.content)

    at_hand.decided(item, "One thing.", world.officer)
    at_hand.asked(item, "One thing.", world.police, world.officer)
    count()
    few, _ = count()
    Item.objects.bulk_create(
        Item(meeting=meeting, title=f"More {number}", position=number, number=number)
        for number in range(30, 200)
    )
    for each in meeting.items.filter(number__gt=190):
        each.meeting = meeting
        at_hand.decided(each, "Another.", world.officer)
        at_hand.asked(each, "Another.", world.police, world.officer)
    many, size = count()
    assert many == few
    assert size < 1_500_000


# ---- saving without script ----------------------------------------------------------------------


def test_everything_that_was_touched_is_saved_at_once_and_the_page_says_what(officer, meeting):
    first, second, third = meeting.items.filter(number__in=(1, 2, 4)).order_by("number")
    sent = sheet(first, second, third, item_1="Welcome.", item_4="Noted.")
    answer = officer.post(page_of(meeting), {**sent, "save": "all"})
    assert answer.url == page_of(meeting)
    assert (minute(first), minute(second), minute(third)) == ("Welcome.", "", "Noted.")
    assert "items 1 and 4" in words(officer.get(page_of(meeting)))
    assert Item.objects.get(pk=second.pk).version == 0


def test_nothing_touched_says_so(officer, item):
    answer = officer.post(page_of(item.meeting), {**sheet(item), "save": "all"}, follow=True)
    assert "Everything was saved already." in words(answer)


def test_an_item_that_only_somebody_else_touched_is_no_conflict(officer, colleague, meeting):
    mine, theirs = meeting.items.filter(number__in=(1, 2)).order_by("number")
    opened = sheet(mine, theirs, item_1="Mine.")
    colleague.post(page_of(meeting), typed(theirs, "Theirs."))
    assert officer.post(page_of(meeting), opened).status_code == 302
    assert (minute(mine), minute(theirs)) == ("Mine.", "Theirs.")


def test_a_conflict_shows_both_beside_each_other_and_the_rest_is_saved(officer, colleague, meeting):
    one, two = meeting.items.filter(number__in=(1, 2)).order_by("number")
    opened = sheet(one, two, item_1="My words.", item_2="My other words.")
    colleague.post(page_of(meeting), typed(one, "Their words."))
    answer = officer.post(page_of(meeting), opened)
    text = words(answer)
    assert answer.status_code == 409
    assert "Item 1: Olive Adeyemi saved it while you were writing" in text
    assert "Saved: item 2." in text
    assert "Their words.\n\nMy words.</textarea>" in text
    assert (minute(one), minute(two)) == ("Their words.", "My other words.")
    assert Draft.objects.get().text == "My words."
    again = words(officer.get(page_of(meeting)))
    assert "Their words.\n\nMy words.</textarea>" in again
    joined = typed(one, "Both words.", save="1")
    assert officer.post(page_of(meeting), joined).url == f"{page_of(meeting)}#item-1"
    assert minute(one) == "Both words."
    assert not Draft.objects.exists()
    assert "My words." in one.history.values_list("minute", flat=True)


def test_a_conflict_is_settled_in_favour_of_theirs(officer, colleague, meeting):
    one = meeting.items.get(number=1)
    opened = sheet(one, item_1="My words.")
    colleague.post(page_of(meeting), typed(one, "Their words."))
    officer.post(page_of(meeting), opened)
    officer.post(page_of(meeting), typed(one, "Their words."))
    assert minute(one) == "Their words."
    assert not Draft.objects.exists()
    assert "My words." in one.history.values_list("minute", flat=True)


def test_buttons_open_the_forms_of_an_item_and_save_on_the_way(officer, item):
    number, url = item.number, page_of(item.meeting)
    answer = officer.post(url, typed(item, "Said.", open=f"decision-{number}"))
    assert answer.url == f"{url}?decision={number}#decision-{number}"
    assert minute(item) == "Said."
    assert f'name="decision-{number}-text"' in words(officer.get(answer.url))
    assert f'name="action-{number}-text"' in words(officer.get(f"{url}?action={number}"))
    assert officer.get(f"{url}?action=99&decision=x").status_code == 200


def test_decisions_and_actions_are_made_with_whatever_button(officer, world, item):
    number = item.number
    sent = typed(
        item, "Said.", **{
            "form": [f"decision-{number}", f"action-{number}"],
            f"decision-{number}-text": "Noted.", f"action-{number}-text": "Do it.",
            f"action-{number}-owner": f"{world.police.pk}:{world.commander_post.pk}",
            f"action-{number}-due_on": "9 December 2026", "save": "all",
        },
    )  # fmt: skip
    assert officer.post(page_of(item.meeting), sent).status_code == 302
    assert Decision.objects.get().text == "Noted."
    assert Action.objects.get().post == world.commander_post


def test_a_mistake_stands_by_its_field_and_the_rest_is_saved(officer, item):
    number = item.number
    sent = typed(
        item, "Said.", make=f"action-{number}",
        **{f"action-{number}-text": "Do it.", f"action-{number}-due_on": "soon"},
    )  # fmt: skip
    text = words(officer.post(page_of(item.meeting), sent))
    assert "Choose the agency, and the post if you can" in text
    assert 'value="Do it."' in text
    assert minute(item) == "Said."
    assert not Action.objects.exists()


def test_minutes_sent_to_the_chair_meanwhile_do_not_lose_what_was_typed(officer, world, item):
    opened = typed(item, "Too late.")
    minutes.send_to_chair(item.meeting, acknowledged=True, by=world.officer)
    answer = officer.post(page_of(item.meeting), opened)
    assert answer.status_code == 409
    assert "its minutes are with the chair" in words(answer)
    assert "Too late.</textarea>" in words(answer)


@pytest.mark.parametrize("base", ["", "x", "-1.a", "99999999999.a", "²."])
def test_a_tampered_base_is_no_error_of_the_server(officer, item, base):
    sent = {f"base-{item.number}": base, f"text-{item.number}": "Said.", "page": "one"}
    assert officer.post(page_of(item.meeting), sent).status_code == 302
    assert minute(item) == ""


def test_finish_saves_and_leads_to_what_is_missing(officer, meeting, item):
    answer = officer.post(page_of(meeting), typed(item, "Said.", finish="1"))
    assert answer.url == address("finish", meeting)
    text = words(officer.get(answer.url))
    assert f"{page_of(meeting)}#item-1" in text
    assert f'{page_of(meeting)}#item-{item.number}"' not in text


def test_a_document_is_kept_as_its_words(officer, item):
    pasted = "<html><body><p class=MsoNormal>One <b>two</b></p><ul><li>x</li></ul></body></html>"
    answer = officer.post(
        address("autosave", item.meeting, item.number),
        {"text": pasted, "version": 0, "page": "one"},
    )
    assert minute(item) == "One **two**\n\n- x"
    assert json.loads(answer.content)["text"] == minute(item)


def test_the_digest_is_the_same_however_lines_end():
    assert digest("a\r\nb") == digest("a\nb") != digest("a b")


# ---- made in place, with script -----------------------------------------------------------------


def made(client, item, shape, **fields):
    sent = {f"{shape}-{item.number}-{name}": value for name, value in fields.items()}
    url = address("make", item.meeting, item.number)
    return client.post(url, {**sent, "make": f"{shape}-{item.number}"})


def test_a_decision_made_in_place_comes_back_in_the_list_of_its_item(officer, item):
    answer = made(officer, item, "decision", text="Noted.")
    assert "Noted." in json.loads(answer.content)["made"]
    wrong = made(officer, item, "decision", text="Noted.", votes_for="7")
    assert wrong.status_code == 422
    assert "Enter all three counts of the vote, or none" in json.loads(wrong.content)["form"]
    assert officer.post(address("make", item.meeting, item.number), {}).status_code == 400


def test_an_empty_form_offers_the_dissent_of_those_who_are_here_now(officer, world, item):
    url, blank = address("make", item.meeting, item.number), f"decision-{item.number}"
    assert "Linden Shah" not in json.loads(officer.post(url, {"blank": blank}).content)["form"]
    officer.post(address("presence", item.meeting), {"key": key(world), "deed": "present"})
    assert "Linden Shah" in json.loads(officer.post(url, {"blank": blank}).content)["form"]
    assert not Decision.objects.exists()


def test_an_action_made_in_place_is_marked_and_recorded_as_read(officer, world, item):
    answer = made(
        officer, item, "action", text="Do it.", owner=world.police.pk, due_on="9 December 2026",
        restricted="on",
    )  # fmt: skip
    assert "OFFICIAL-SENSITIVE" in json.loads(answer.content)["made"]
    assert ReadEntry.objects.count() == 1


# ---- restricted and withdrawn from --------------------------------------------------------------


def test_restricted_items_open_through_the_gate_and_reading_is_on_record(officer, world, meeting):
    at_hand.write(at_hand.reviews(meeting), f"{CANARY} named.", world.officer)
    assert CANARY in words(officer.get(page_of(meeting)))
    assert str(at_hand.reviews(meeting)) in ReadEntry.objects.values_list("subject", flat=True)
    lapse(world)
    text = words(officer.get(page_of(meeting)))
    assert CANARY not in text
    assert "This item is not shown to you" in text


def test_an_officer_who_withdrew_sees_no_words_of_the_item(officer, world, meeting, item):
    at_hand.write(item, f"{CANARY} said.", world.officer)
    at_hand.decided(item, f"{CANARY} decided.", world.officer)
    Declaration.objects.create(
        meeting=meeting, item=item, person=world.officer, text="A friend.", recused=True,
        declared_by=world.officer,
    )  # fmt: skip
    text = words(officer.get(page_of(meeting)))
    assert CANARY not in text
    assert "You withdrew from this item" in text
    officer.post(page_of(meeting), typed(item, "Mine."))
    assert minute(item) == f"{CANARY} said."
    assert made(officer, item, "decision", text="Mine.").status_code == 403


def test_a_passage_is_withheld_from_an_officer_who_may_not_read_it(officer, world, item):
    at_hand.write(item, f"Open. [[{CANARY}]] More.", world.officer)
    assert CANARY in words(officer.get(page_of(item.meeting)))
    lapse(world)
    page = words(officer.get(page_of(item.meeting)))
    assert CANARY not in page
    assert "Open. [passage withheld] More.</textarea>" in page
    kept = sheet(item)
    assert kept[f"base-{item.number}"] not in page
    kept[f"text-{item.number}"] = "Open. [passage withheld] More."
    assert officer.post(page_of(item.meeting), kept).status_code == 302
    changed = officer.post(page_of(item.meeting), typed(item, "Mine."))
    assert changed.status_code == 409
    assert CANARY not in words(changed)
    assert minute(item) == f"Open. [[{CANARY}]] More."
    stale = officer.post(
        address("autosave", item.meeting, item.number),
        {"text": "Mine.", "version": 0, "page": "one"},
    )
    assert stale.status_code == 409
    assert CANARY not in words(stale)


# ---- who is here --------------------------------------------------------------------------------


def key(world):
    return f"seat-{world.vice_seat.pk}"


def test_one_key_records_a_person_and_says_how_many_are_here(officer, world, meeting):
    world.board.quorum = 2
    world.board.save()
    told = json.loads(
        officer.post(address("presence", meeting), {"key": key(world), "deed": "arrived"}).content
    )
    assert told["presence"] == "present"
    assert told["times"] == "from noon"
    assert told["now"] == "1 member is here now: 1 short of the quorum of 2."
    wrong = officer.post(address("presence", meeting), {"key": "seat-x", "deed": "present"})
    assert wrong.status_code == 400


def test_times_are_put_right_without_script(officer, world, meeting):
    row = meeting.attendance.get(seat=world.vice_seat)
    row.presence = Presence.PRESENT
    row.save()
    name = key(world)
    sent = {"page": "one", f"arrived-{name}": "10.20am", f"left-{name}": "11am", "save": "who"}
    assert officer.post(page_of(meeting), sent).status_code == 302
    row.refresh_from_db()
    assert (f"{row.arrived_at:%H.%M}", f"{row.left_at:%H.%M}") == ("10.20", "11.00")
    wrong = {**sent, f"was-arrived-{name}": "10.20am", f"was-left-{name}": "11am"}
    wrong[f"left-{name}"] = "a bit later"
    text = words(officer.post(page_of(meeting), wrong))
    assert "The time at which Linden Shah left must be a time like" in text
    assert 'value="a bit later"' in text


def test_a_substitute_is_added_on_the_page(officer, world, meeting):
    sent = {
        "page": "one", "make": "substitute", "substitute-instead_of": key(world),
        "substitute-substitute_name": "Moss Tierney",
    }  # fmt: skip
    assert officer.post(page_of(meeting), sent).status_code == 302
    assert "Moss Tierney" in words(officer.get(page_of(meeting)))
    again = {**sent, "substitute-substitute_name": ""}
    assert "Enter the name" in words(officer.post(page_of(meeting), again))


def test_names_are_offered_and_no_others(officer, world, meeting):
    text = words(officer.get(page_of(meeting)))
    assert '["Kent Police", "agency"]' in text
    assert '["District Commander, Kent Police", "post"]' in text
    assert '["Bryony Clarke", "person"]' in text
    assert "Gravesham" not in text
    assert Meeting.objects.get(pk=meeting.pk).slug == meeting.slug
