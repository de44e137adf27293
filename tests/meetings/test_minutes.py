"""Holding a meeting: its chair, its minutes, decisions and actions, to the chair and agreed."""

import datetime
import itertools
import threading

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from actions.models import Action
from audit.models import Entry
from core.markings import Marking
from core.permissions import Refused
from core.workflow import Wrong
from meetings.models import Draft, Item, ItemKind, Meeting, Status
from meetings.workflow import MOVES, attendance, minutes, schedule
from meetings.workflow.writing import LIMIT, put_together
from membership.models import Role, Signature
from notices.models import Notice
from tests import world as worlds
from tests.meetings import held as at_hand
from tests.meetings.held import DECEMBER, MARCH, PLACE, SEPTEMBER, at, minute
from tests.world import person, seat

LATE = datetime.date(2027, 3, 17)


@pytest.fixture
def meeting(world):
    """A board meeting, held in September, on its day."""
    made = at_hand.held(world)
    with at(SEPTEMBER):
        yield made


@pytest.fixture
def colleague(world):
    """A second officer, who types too."""
    second = person("Olive Adeyemi")
    seat(second, world.secretariat, world.council, Role.OFFICER)
    return second


def fields(refused):
    return set(refused.value.message_dict)


def past(item):
    return list(item.history.order_by("history_id").values_list("minute", flat=True))


# ---- opening ------------------------------------------------------------------------------------


def test_a_meeting_opens_on_its_day_with_the_chair_in_the_chair(world):
    announced = at_hand.announced(world)
    with at(SEPTEMBER, 9):
        opened = minutes.open(announced, chaired_by=world.chair, by=world.officer)
    assert (opened.status, opened.chaired_by, opened.chair_note) == (Status.HELD, world.chair, "")
    assert (opened.opened_by, opened.opened_at.hour) == (world.officer, 9)
    assert opened.attendance.filter(person=world.kent).exists()


def test_minutes_of_a_meeting_not_yet_held_are_refused(world):
    announced = at_hand.announced(world)
    with at(SEPTEMBER - datetime.timedelta(days=1)), pytest.raises(Wrong) as refused:
        minutes.open(announced, chaired_by=world.chair, by=world.officer)
    assert "16 September 2026" in refused.value.message
    assert "not yet held" in refused.value.message


def test_a_meeting_opens_once(world, meeting):
    with pytest.raises(Wrong, match="already been opened"):
        minutes.open(meeting, chaired_by=world.chair, by=world.officer)


def test_if_the_chair_is_not_there_the_vice_chair_takes_the_meeting_and_the_minutes_say_so(world):
    announced = at_hand.announced(world)
    with at(SEPTEMBER, 8):
        attendance.say(announced, presence="apologies", by=world.chair)
    with at(SEPTEMBER, 9):
        opened = minutes.open(announced, chaired_by=world.vice, by=world.officer)
    assert opened.chair_note == (
        "The chair, Sage Holloway, sent apologies, so the vice-chair, Linden Shah, took the "
        "meeting."
    )


def test_somebody_chosen_takes_the_meeting_when_both_are_away(world):
    announced = at_hand.announced(world)
    with at(SEPTEMBER, 9):
        opened = minutes.open(announced, chaired_by=world.kent, by=world.officer)
    assert opened.chair_note.endswith("so the meeting chose Bryony Clarke to take the chair.")
    assert "vice-chair, Linden Shah, was not in the chair" in opened.chair_note


def test_nobody_who_is_away_or_unknown_to_the_meeting_takes_the_chair(world):
    announced = at_hand.announced(world)
    with at(SEPTEMBER, 9):
        attendance.say(announced, presence="apologies", by=world.chair)
        for wrong in (world.chair, world.stranger):
            with pytest.raises(ValidationError) as refused:
                minutes.open(announced, chaired_by=wrong, by=world.officer)
            assert fields(refused) == {"chaired_by"}
    assert Meeting.objects.get(pk=announced.pk).status == Status.AGENDA_PUBLISHED


def test_the_chair_of_the_day_can_be_put_right(world, meeting):
    changed = minutes.change_chair(
        meeting, chaired_by=world.vice, chair_note="The vice-chair presided.", by=world.officer
    )
    assert (changed.chaired_by, changed.chair_note) == (world.vice, "The vice-chair presided.")


# ---- writing ------------------------------------------------------------------------------------


def test_a_saved_minute_is_in_the_database_with_its_version_writer_and_time(world, meeting):
    item = at_hand.performance(meeting)
    saved = minutes.write(item, text="The figures rose.", version=0, by=world.officer)
    assert (saved.version, minute(item)) == (1, "The figures rose.")
    assert (saved.minuted_by, saved.minuted_at.date()) == (world.officer, SEPTEMBER)


def test_saving_the_same_words_again_changes_nothing(world, meeting):
    item = at_hand.performance(meeting)
    minutes.write(item, text="The same.", version=0, by=world.officer)
    again = minutes.write(item, text="The same.", version=0, by=world.officer)
    assert again.version == 1


def test_what_one_person_types_on_is_one_change_in_the_history(world, meeting):
    item = at_hand.performance(meeting)
    before = item.history.count()
    for number, text in enumerate(["T", "Th", "The", "The f"]):
        minutes.write(item, text=text, version=number, by=world.officer)
    assert item.history.count() == before + 1
    assert past(item)[-1] == "The f"


def test_a_great_cut_and_a_later_hour_begin_a_new_change(world, meeting):
    item = at_hand.performance(meeting)
    minutes.write(item, text="A whole long paragraph.", version=0, by=world.officer)
    minutes.write(item, text="Cut", version=1, by=world.officer)
    with at(SEPTEMBER, 12):
        minutes.write(item, text="Cut again", version=2, by=world.officer)
    assert past(item)[-3:] == ["A whole long paragraph.", "Cut", "Cut again"]


def test_two_typists_never_overwrite_each_other(world, meeting, colleague):
    item = at_hand.performance(meeting)
    minutes.write(item, text="Hazel’s words.", version=0, by=world.officer)
    with pytest.raises(minutes.Conflict) as conflict:
        minutes.write(item, text="Olive’s words.", version=0, page="p1", by=colleague)
    assert conflict.value.current.minute == minute(item) == "Hazel’s words."
    assert conflict.value.yours == Draft.objects.get().text == "Olive’s words."
    together = put_together("Hazel’s words.", "Olive’s words.")
    minutes.write(item, text=together, version=1, page="p2", by=colleague)
    assert minute(item) == "Hazel’s words.\n\nOlive’s words."
    assert {"Hazel’s words.", "Olive’s words."} <= set(past(item))
    assert not Draft.objects.exists()


def test_words_set_aside_stay_in_the_history_when_their_writer_drops_them(
    world, meeting, colleague
):
    item = at_hand.performance(meeting)
    minutes.write(item, text="Hazel’s words.", version=0, by=world.officer)
    with pytest.raises(minutes.Conflict):
        minutes.write(item, text="Olive’s words.", version=0, by=colleague)
    minutes.write(item, text="Hazel’s words.", version=1, by=colleague)
    assert "Olive’s words." in past(item)
    assert minute(item) == "Hazel’s words."


def test_two_windows_of_one_person_keep_two_drafts(world, meeting, colleague):
    item = at_hand.performance(meeting)
    minutes.write(item, text="First.", version=0, by=colleague)
    for page in ("one", "two"):
        with pytest.raises(minutes.Conflict):
            minutes.write(item, text=f"Window {page}", version=0, page=page, by=world.officer)
    assert set(Draft.objects.values_list("text", flat=True)) == {"Window one", "Window two"}


def test_a_page_that_heard_no_answer_is_not_in_conflict_with_itself(world, meeting):
    item = at_hand.performance(meeting)
    minutes.write(item, text="Half a", version=0, by=world.officer)
    saved = minutes.write(item, text="Half a line", last="Half a", version=0, by=world.officer)
    assert saved.minute == "Half a line"


def test_emoji_right_to_left_text_and_odd_characters_are_kept_word_for_word(world, meeting):
    item = at_hand.performance(meeting)
    text = "  Emoji 👩‍👩‍👧 and עברית \u202e and العربية\n\n<b>&\t"
    saved = at_hand.write(item, text + "\x00\ud800", world.officer)
    assert minute(saved) == text + "?"


def test_two_megabytes_are_saved_and_more_than_the_limit_is_refused_in_words(world, meeting):
    item = at_hand.performance(meeting)
    assert len(at_hand.write(item, "é" * 1_000_000, world.officer).minute) == 1_000_000
    with pytest.raises(ValidationError) as refused:
        at_hand.write(item, "x" * (LIMIT + 1), world.officer)
    assert "too long to save" in refused.value.message_dict["text"][0]


def test_restricted_items_are_written_only_through_the_gate(world, meeting):
    item = at_hand.reviews(meeting)
    Signature.objects.filter(agency=world.council).update(ends_on=SEPTEMBER)
    with pytest.raises(Refused, match="no current signature"):
        minutes.write(item, text="Restricted.", version=0, by=world.officer)
    with pytest.raises(Refused, match="no current signature"):
        minutes.decide(item, text="Restricted.", by=world.officer)


@pytest.mark.parametrize("who", ["chair", "vice", "kent", "dvacs", "stranger", "guest"])
def test_only_the_officers_take_minutes(world, meeting, who):
    item = at_hand.performance(meeting)
    with pytest.raises(Refused):
        minutes.write(item, text="Mine.", version=0, by=getattr(world, who))


TYPISTS = st.lists(
    st.tuples(st.integers(0, 1), st.sampled_from(["type", "read", "join"])), min_size=1, max_size=9
)


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(steps=TYPISTS)
def test_whatever_two_typists_do_both_texts_are_kept(world, meeting, colleague, steps):
    item = at_hand.performance(meeting)
    Draft.objects.all().delete()
    people = [world.officer, colleague]
    started = Item.objects.get(pk=item.pk).version
    read, count, saved, apart = [started, started], 0, [], []
    for who, step in steps:
        now = Item.objects.get(pk=item.pk)
        if step == "read":
            read[who] = now.version
            continue
        count += 1
        text = f"Words {who} {count} of {started}."
        if step == "join":
            read[who], text = now.version, put_together(now.minute, text)
        words = {"text": text, "version": read[who], "page": str(count)}
        try:
            read[who] = minutes.write(item, **words, by=people[who]).version
            saved.append((who, text))
        except minutes.Conflict:
            apart.append(text)
    kept = {*past(item), *Draft.objects.values_list("text", flat=True)}
    # Only what one person types on over their own last words may go.
    pairs = itertools.pairwise([*saved, (None, "")])
    stay = [text for (who, text), (after, _) in pairs if who != after]
    assert {*apart, *stay} <= kept


def test_of_two_who_save_in_the_same_moment_one_is_told(transactional_db):
    world = worlds.build()
    item = at_hand.performance(at_hand.held(world))
    second = person("Olive Adeyemi")
    seat(second, world.secretariat, world.council, Role.OFFICER)
    ready, told = threading.Barrier(2), []

    def save(by):
        ready.wait()
        try:
            minutes.write(item, text=f"{by}’s words.", version=0, by=by)
        except minutes.Conflict:
            told.append(by)
        finally:
            connection.close()

    with at(SEPTEMBER):
        threads = [threading.Thread(target=save, args=(by,)) for by in (world.officer, second)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert len(told) == 1
    assert {minute(item), Draft.objects.get().text} == {
        "Hazel Okafor’s words.", "Olive Adeyemi’s words."
    }  # fmt: skip


TOGETHER = [
    # theirs, yours, what both began from, together
    ("One.\n\nTwo.", "One.\n\nThree.", None, "One.\n\nTwo.\n\nThree."),
    ("", "Mine.", None, "Mine."),
    ("Same.", "Same.", None, "Same."),
    ("One.\n\nTwo.", "One more.", "One.", "One more.\n\nTwo."),
    ("One.", "One.", "One.", "One."),
    ("One.\n\nTwo.", "One.\n\nTwo.", "One.", "One.\n\nTwo."),
    ("A.\n\nB.\n\nC, theirs.", "A, mine.\n\nB.\n\nC.", "A.\n\nB.\n\nC.",
     "A, mine.\n\nB.\n\nC, theirs."),
    ("A.\n\nB.", "A.\n\nB.\n\nC.", "A.\n\nB.", "A.\n\nB.\n\nC."),
    ("A, theirs.", "A, mine.", "A.", "A, theirs.\n\nA, mine."),
    ("B.", "A.\n\nB.\n\nC.", "A.\n\nB.", "B.\n\nC."),
]  # fmt: skip


@pytest.mark.parametrize(("theirs", "yours", "base", "together"), TOGETHER)
def test_two_texts_are_put_together(theirs, yours, base, together):
    assert put_together(theirs, yours, base) == together


PARAGRAPHS = st.lists(st.sampled_from("ABCDE"), max_size=5).map("\n\n".join)


@given(base=PARAGRAPHS, theirs=PARAGRAPHS, yours=PARAGRAPHS)
def test_what_either_wrote_anew_is_in_both_put_together(base, theirs, yours):
    together = put_together(theirs, yours, base).split("\n\n")
    for text in (theirs, yours):
        new = set(text.split("\n\n")) - set(base.split("\n\n"))
        assert new <= {*together, ""}


# ---- decisions ----------------------------------------------------------------------------------


def test_decisions_are_numbered_by_year_meeting_and_number(world, meeting):
    first = at_hand.decided(at_hand.performance(meeting), "Noted.", world.officer)
    second = at_hand.decided(at_hand.reviews(meeting), "Agreed.", world.officer)
    assert (first.reference, second.reference) == ("2026-27/1/1", "2026-27/1/2")
    assert (first.restricted, second.restricted, second.marking) == (False, True, "sensitive")


def test_a_decision_needs_words_and_not_too_many(world, meeting):
    item = at_hand.performance(meeting)
    for text in ("", "  \n ", "x" * 2001):
        with pytest.raises(ValidationError) as refused:
            minutes.decide(item, text=text, by=world.officer)
        assert fields(refused) == {"text"}


def test_a_decision_is_changed_marked_and_removed_while_minutes_are_taken(world, meeting):
    made = at_hand.decided(at_hand.performance(meeting), "Noted.", world.officer)
    changed = minutes.change_decision(
        made, text="Noted with thanks.", marking=Marking.SENSITIVE, was="Noted.", by=world.officer
    )
    assert (changed.text, changed.restricted) == ("Noted with thanks.", True)
    with pytest.raises(Wrong, match="while you were writing"):
        minutes.change_decision(
            made, text="Other.", marking="official", was="Noted.", by=world.officer
        )
    minutes.remove_decision(made, by=world.officer)
    assert not meeting.items.filter(decisions__isnull=False).exists()
    assert type(made).history.filter(history_type="-").get().history_user == world.officer


def test_the_record_of_a_decision_holds_its_number_and_not_its_words(world, meeting):
    at_hand.decided(at_hand.reviews(meeting), "Canary words.", world.officer)
    entry = Entry.objects.filter(verb="recorded").get()
    assert (entry.subject, entry.sensitive) == ("2026-27/1/1", True)


# ---- actions ------------------------------------------------------------------------------------


def test_an_action_made_in_an_item_is_in_the_register_of_its_agency(world, meeting):
    item = at_hand.performance(meeting)
    action = at_hand.asked(
        item, "Bring the reports by hour.", world.police, world.officer, post=world.commander_post
    )
    assert (action.owner, action.post, action.group) == (
        world.police, world.commander_post, world.board
    )  # fmt: skip
    assert (action.made_on, action.due_on) == (SEPTEMBER, DECEMBER)
    assert action.raised_in == f"Board meeting, 16 September 2026, item {item.number}"
    assert item.actions.get().action == action


def test_an_action_due_before_it_was_made_is_refused_by_its_field(world, meeting):
    with pytest.raises(ValidationError) as refused:
        at_hand.asked(
            at_hand.performance(meeting), "Too soon.", world.police, world.officer,
            due_on=SEPTEMBER - datetime.timedelta(days=1),
        )  # fmt: skip
    assert fields(refused) == {"due_on"}
    assert "16 September 2026" in refused.value.message_dict["due_on"][0]
    assert not Action.objects.exists()


def test_only_partners_of_the_partnership_are_asked(world, meeting):
    with pytest.raises(ValidationError) as refused:
        at_hand.asked(
            at_hand.performance(meeting), "Not ours.", world.gravesham_council, world.officer
        )
    assert fields(refused) == {"owner"}


def test_an_action_of_a_restricted_item_is_restricted(world, meeting):
    action = at_hand.asked(at_hand.reviews(meeting), "Hush.", world.police, world.officer)
    assert action.restricted
    assert "Hush" not in " ".join(Notice.objects.values_list("text", flat=True))


# ---- to the chair and the partners --------------------------------------------------------------


def test_items_without_minutes_stop_the_sending_until_they_are_acknowledged(world, meeting):
    for item in meeting.items.exclude(kind__in=(ItemKind.PERFORMANCE, ItemKind.CASE_REVIEWS)):
        item.meeting = meeting
        at_hand.write(item, "Noted.", world.officer)
    with pytest.raises(Wrong) as refused:
        minutes.send_to_chair(meeting, by=world.officer)
    restricted = at_hand.reviews(meeting)
    assert "Crime and performance" in refused.value.message
    assert f"{restricted.number} (restricted)" in refused.value.message
    assert restricted.title not in refused.value.message
    sent = minutes.send_to_chair(meeting, acknowledged=True, by=world.officer)
    assert sent.status == Status.WITH_CHAIR
    assert Notice.objects.get(kind="minutes-to-clear").recipient == world.chair


def test_words_still_kept_apart_stop_the_sending(world, meeting, colleague):
    item = at_hand.performance(meeting)
    minutes.write(item, text="One.", version=0, by=world.officer)
    with pytest.raises(minutes.Conflict):
        minutes.write(item, text="Two.", version=0, by=colleague)
    with pytest.raises(Wrong, match="Olive Adeyemi are still kept apart"):
        minutes.send_to_chair(meeting, by=world.officer)


def test_the_chair_clears_and_the_partners_are_told(world):
    meeting = at_hand.with_chair(world)
    with at(SEPTEMBER, 16):
        cleared = minutes.clear(meeting, by=world.chair)
    assert (cleared.status, cleared.cleared_by) == (Status.WITH_PARTNERS, world.chair)
    told = set(Notice.objects.filter(kind="draft-minutes").values_list("recipient", flat=True))
    assert told >= {world.kent.pk, world.watch.pk, world.vice.pk}
    assert world.chair.pk not in told


def test_the_vice_chair_clears_what_they_chaired_and_else_only_for_an_absent_chair(world):
    chaired = at_hand.with_chair(world, chair=world.vice)
    with at(SEPTEMBER, 16):
        assert minutes.clear(chaired, by=world.vice).cleared_by == world.vice
    other = at_hand.with_chair(world, on=DECEMBER)
    with at(DECEMBER, 16):
        with pytest.raises(Wrong, match="The chair clears these minutes"):
            minutes.clear(other, by=world.vice)
        minutes.clear(other, chair_away=True, by=world.vice)
    assert Entry.objects.filter(verb="cleared the minutes of", detail={"chair": "not available"})


def test_minutes_come_back_with_a_note_even_from_the_partners(world):
    meeting = at_hand.with_partners(world)
    with at(SEPTEMBER, 17):
        with pytest.raises(ValidationError) as refused:
            minutes.return_to_officers(meeting, note=" ", by=world.chair)
        assert fields(refused) == {"note"}
        back = minutes.return_to_officers(meeting, note="Item 5 is wrong.", by=world.chair)
        assert (back.status, back.return_note) == (Status.HELD, "Item 5 is wrong.")
        assert (back.cleared_at, back.cleared_by) == (None, None)
        told = Notice.objects.get(kind="minutes-returned")
        assert told.recipient == world.officer
        assert "Item 5" not in told.text


# ---- agreed -------------------------------------------------------------------------------------


def test_a_later_meeting_agrees_and_says_so_in_a_decision(world):
    meeting = at_hand.agreed(world)
    later = meeting.agreed_in
    assert (meeting.status, meeting.agreed_by, later.on) == (Status.AGREED, world.officer, DECEMBER)
    item = at_hand.item(later, ItemKind.MINUTES)
    assert item.decisions.get().text == (
        "The minutes of the meeting on 16 September 2026 were agreed as a correct record."
    )


def test_corrections_are_part_of_the_decision(world):
    meeting, later = at_hand.with_partners(world), at_hand.held(world, DECEMBER)
    with at(DECEMBER):
        minutes.agree(meeting, agreed_in=later, corrections="5.1: 13, not 14.", by=world.officer)
    said = at_hand.item(later, ItemKind.MINUTES).decisions.get().text
    assert said.endswith("as a correct record, with this correction: 5.1: 13, not 14.")


def test_minutes_are_agreed_only_at_a_later_meeting_of_the_same_group(world):
    meeting = at_hand.with_partners(world, on=DECEMBER)
    other = at_hand.held(world, on=LATE, group=world.dvacs_group, chair=world.dvacs)
    with at(LATE), pytest.raises(Wrong, match="a later meeting of the same group"):
        minutes.agree(meeting, agreed_in=other, by=world.officer)
    announced = at_hand.announced(world, on=MARCH)
    with at(MARCH, 8), pytest.raises(Wrong, match="has not been held"):
        minutes.agree(meeting, agreed_in=announced, by=world.officer)


VERBS = {
    "open": lambda world, meeting, by: minutes.open(meeting, chaired_by=world.chair, by=by),
    "change chair": lambda world, meeting, by: minutes.change_chair(
        meeting, chaired_by=world.chair, by=by
    ),
    "write": lambda world, meeting, by: minutes.write(
        at_hand.performance(meeting), text="New words.", version=0, by=by
    ),
    "decide": lambda world, meeting, by: minutes.decide(
        at_hand.performance(meeting), text="New.", by=by
    ),
    "make action": lambda world, meeting, by: minutes.make_action(
        at_hand.performance(meeting), text="New.", owner=world.police, due_on=MARCH, by=by
    ),
    "send to chair": lambda world, meeting, by: minutes.send_to_chair(
        meeting, acknowledged=True, by=by
    ),
    "clear": lambda world, meeting, by: minutes.clear(meeting, chair_away=True, by=by),
    "return": lambda world, meeting, by: minutes.return_to_officers(meeting, note="Why.", by=by),
    "agree": lambda world, meeting, by: minutes.agree(meeting, agreed_in=world.later, by=by),
    "publish": lambda world, meeting, by: at_hand.asked_to_publish(meeting, by),
}  # fmt: skip
STATES = {
    "open": {Status.AGENDA_PUBLISHED}, "change chair": {Status.HELD}, "write": {Status.HELD},
    "decide": {Status.HELD}, "make action": {Status.HELD}, "send to chair": {Status.HELD},
    "clear": {Status.WITH_CHAIR}, "return": {Status.WITH_CHAIR, Status.WITH_PARTNERS},
    "agree": {Status.WITH_PARTNERS}, "publish": {Status.AGREED},
}  # fmt: skip
PERSONAS = {
    verb: {"officer"} for verb in VERBS if verb not in {"clear", "return"}
} | {"clear": {"chair", "vice"}, "return": {"chair", "vice"}}  # fmt: skip


@pytest.fixture
def september(world):
    """A September meeting, ready to be put into any state, and one in December to agree it."""
    meeting = at_hand.announced(world)
    with at(SEPTEMBER, 9):
        attendance.settle(meeting, by=world.officer)
    world.later = at_hand.held(world, DECEMBER)
    with at(DECEMBER):
        yield meeting


def put(world, meeting, status):
    """Put a meeting into this state, however it would have got there."""
    meeting.status, meeting.chaired_by = status, world.chair
    meeting.save()
    return meeting


@pytest.mark.pdf
@pytest.mark.parametrize(
    ("verb", "status"),
    [(verb, state) for verb, states in STATES.items() for state in sorted(states)],
)
def test_each_verb_is_taken_in_its_states(world, september, verb, status):
    by = getattr(world, sorted(PERSONAS[verb])[0])
    VERBS[verb](world, put(world, september, status), by)


@pytest.mark.parametrize("verb", VERBS)
def test_each_verb_is_refused_in_every_other_state(world, september, verb):
    by = getattr(world, sorted(PERSONAS[verb])[0])
    for status in set(Status) - STATES[verb] - {Status.PUBLISHED}:
        with pytest.raises(Wrong):
            VERBS[verb](world, put(world, september, status), by)


OTHERS = ("officer", "chair", "vice", "kent", "watch", "dvacs", "ocg", "scrutiny", "commissioner",
    "administrator", "leaver", "stranger", "guest")  # fmt: skip


@pytest.mark.parametrize("verb", VERBS)
def test_each_verb_is_for_its_people_only(world, september, verb):
    put(world, september, sorted(STATES[verb])[0])
    for who in set(OTHERS) - PERSONAS[verb]:
        with pytest.raises(Refused) as refused:
            VERBS[verb](world, september, getattr(world, who))
        assert str(refused.value)


def test_every_step_that_changes_text_needs_minutes_that_are_being_taken():
    assert MOVES["take minutes"].before == (Status.HELD,)
    assert MOVES["review chair"].before == (Status.HELD,)


def test_agreed_minutes_are_locked(world):
    meeting = at_hand.agreed(world)
    item = at_hand.performance(meeting)
    with at(DECEMBER):
        for verb in ("write", "decide", "make action", "send to chair", "clear", "return"):
            by = world.chair if verb in {"clear", "return"} else world.officer
            with pytest.raises(Wrong, match="have been agreed"):
                VERBS[verb](world, meeting, by)
    assert minute(item) == ""


def test_a_meeting_of_a_restricted_subgroup_is_held_like_any_other(world):
    meeting = at_hand.held(world, group=world.dvacs_group, chair=world.dvacs)
    with at(SEPTEMBER):
        item = meeting.items.order_by("number").first()
        item.meeting = meeting
        assert at_hand.decided(item, "Noted.", world.officer).restricted
        assert schedule.schedule(world.dvacs_group, on=DECEMBER, **PLACE, by=world.officer)
