"""The two renditions of one record, and what each holds."""

import datetime

import page
import pytest

from actions import workflow as actions
from core.markings import Marking
from meetings import renditions
from meetings.models import ItemKind
from meetings.workflow import attendance, minutes
from tests import pdf_text
from tests.meetings import held as at_hand
from tests.meetings.held import DECEMBER, JUNE, SEPTEMBER, at

CANARY = "Zwartkop"


@pytest.fixture
def meeting(world):
    """A September meeting with something restricted in every place that can hold it."""
    with at(JUNE):
        for marking in (Marking.OFFICIAL, Marking.SENSITIVE):
            restricted = marking == Marking.SENSITIVE
            actions.make(
                world.board, text=f"{CANARY} from before" if restricted else "Lighting in June",
                owner=world.police, due_on=DECEMBER, made_on=JUNE, marking=marking,
                raised_in="Board", by=world.officer,
            )  # fmt: skip
    made = at_hand.held(world)
    with at(SEPTEMBER):
        open_item, closed = at_hand.performance(made), at_hand.reviews(made)
        closed.title = f"{CANARY} review"
        closed.save()
        at_hand.write(open_item, "Figures rose.\n\nThe board noted:\n- one\n- two", world.officer)
        at_hand.write(closed, f"{CANARY} was named.", world.officer)
        at_hand.decided(open_item, "The figures were noted.", world.officer)
        at_hand.decided(open_item, f"{CANARY} is told.", world.officer, restricted=True)
        at_hand.decided(closed, f"{CANARY} is closed.", world.officer)
        at_hand.asked(open_item, "Bring figures.", world.police, world.officer)
        at_hand.asked(open_item, f"Visit {CANARY}.", world.police, world.officer, restricted=True)
        at_hand.asked(closed, f"Write to {CANARY}.", world.police, world.officer)
        attendance.record(
            made, presences={f"seat-{world.chair_seat.pk}": "present"}, by=world.officer
        )
        yield made


def item(built, number):
    return next(each for each in built.items if each.number == number)


# ---- what each holds ----------------------------------------------------------------------------


def test_the_public_rendition_holds_nothing_restricted(meeting):
    built = renditions.build(meeting, renditions.PUBLIC)
    assert CANARY not in repr(built)
    assert not any(each.restricted for each in built.items)
    assert built.marking == Marking.OFFICIAL
    shown = item(built, at_hand.performance(meeting).number)
    assert [each.text for each in shown.decisions] == ["The figures were noted."]
    assert [each.text for each in shown.actions] == ["Bring figures."]
    arising = item(built, at_hand.item(meeting, ItemKind.MATTERS_ARISING).number).arising
    assert [each.text for each in arising] == ["Lighting in June"]


def test_the_public_rendition_is_read_without_ever_loading_what_is_restricted(
    meeting, django_assert_max_num_queries
):
    with django_assert_max_num_queries(14) as queries:
        renditions.build(meeting, renditions.PUBLIC)
    for query in queries.captured_queries:
        sql = query["sql"]
        if '"meetings_item"' in sql.partition("FROM")[2][:20]:
            assert "'official'" in sql


def test_page_text_and_file_of_the_public_rendition_hold_nothing_restricted(meeting):
    built = renditions.build(meeting, renditions.PUBLIC)
    assert CANARY not in renditions.page(built)
    assert CANARY not in renditions.text(built)
    assert "Bring figures." in renditions.text(built)
    assert CANARY.lower() not in renditions.file_name(meeting, built).lower()


def test_the_restricted_rendition_holds_everything_and_its_marking(meeting):
    built = renditions.build(meeting, renditions.RESTRICTED)
    assert built.marking == Marking.SENSITIVE
    whole = renditions.text(built)
    for words in (
        f"{CANARY} review", f"{CANARY} was named", f"{CANARY} is told", f"{CANARY} is closed",
        f"Visit {CANARY}", f"Write to {CANARY}", f"{CANARY} from before",
    ):  # fmt: skip
        assert words in whole


def test_without_anything_restricted_both_are_alike(world):
    made = at_hand.held(world)
    made.items.filter(marking=Marking.SENSITIVE).delete()
    full = renditions.build(made, renditions.RESTRICTED)
    assert full.marking == Marking.OFFICIAL
    assert full.items == renditions.build(made, renditions.PUBLIC).items
    assert renditions.left_out(full) == []


def test_a_reader_behind_the_gate_sees_titles_and_the_reason(world, meeting):
    built = renditions.build(meeting, renditions.RESTRICTED, world.watch)
    closed = item(built, at_hand.reviews(meeting).number)
    assert "no current signature" in closed.withheld
    assert (closed.title, closed.paragraphs, closed.decisions) == (f"{CANARY} review", (), ())
    shown = item(built, at_hand.performance(meeting).number)
    assert shown.unseen == "1 restricted decision and 1 restricted action"
    assert repr(built).count(CANARY) == 1
    assert not built.shows_restricted


def test_a_reader_through_the_gate_sees_all_of_it(world, meeting):
    read = renditions.build(meeting, renditions.RESTRICTED, world.kent)
    assert read == renditions.build(meeting, renditions.RESTRICTED)
    assert read.shows_restricted


def test_what_is_left_out_is_said_in_words(meeting):
    full = renditions.build(meeting, renditions.RESTRICTED)
    said = renditions.left_out(full)
    number = at_hand.performance(meeting).number
    assert (
        f"1 restricted decision and 1 restricted action in item {number}, Crime and performance"
        in said
    )
    assert f"All of item {at_hand.reviews(meeting).number}, {CANARY} review" in said
    rows = renditions.side_by_side(full, renditions.build(meeting, renditions.PUBLIC))
    shown = {each.number: (public, whole) for each, public, whole in rows}
    assert shown[number] == (
        "2 paragraphs, 1 decision, 1 action", "2 paragraphs, 2 decisions, 2 actions"
    )  # fmt: skip
    assert shown[at_hand.reviews(meeting).number][0] == ""


def test_paragraphs_are_numbered_by_their_item(meeting):
    built = renditions.build(meeting, renditions.PUBLIC)
    number = at_hand.performance(meeting).number
    paragraphs = item(built, number).paragraphs
    assert [each.number for each in paragraphs] == [f"{number}.1", f"{number}.2"]
    assert paragraphs[1].text == "The board noted:\n- one\n- two"


# ---- matters arising ----------------------------------------------------------------------------


def test_matters_arising_stay_as_they_stood_on_the_day(world, meeting):
    action = world.board.actions.get(text="Lighting in June")
    with at(SEPTEMBER + datetime.timedelta(days=3)):
        actions.update(action, text="Mended.", status="says_done", by=world.vice)
        actions.confirm_done(action, by=world.officer)
        built = renditions.build(meeting, renditions.PUBLIC)
    arising = item(built, at_hand.item(meeting, ItemKind.MATTERS_ARISING).number).arising
    assert [(each.text, each.state) for each in arising] == [("Lighting in June", "Not started")]


def test_actions_come_back_at_each_meeting_until_they_are_closed(world, meeting):
    later = at_hand.held(world, DECEMBER)
    number = at_hand.item(later, ItemKind.MATTERS_ARISING).number
    with at(DECEMBER):
        texts = {each.text for each in item(renditions.build(later, "public"), number).arising}
        assert texts == {"Lighting in June", "Bring figures."}
        action = world.board.actions.get(text="Lighting in June")
        actions.drop(action, reason="No longer needed.", by=world.officer)
        texts = {each.text for each in item(renditions.build(later, "public"), number).arising}
        assert texts == {"Bring figures."}


# ---- who was there ------------------------------------------------------------------------------


def test_attendance_is_by_agency_with_substitutes_and_those_in_attendance(world):
    made = at_hand.held(world)
    with at(SEPTEMBER):
        attendance.record(
            made, by=world.officer,
            presences={
                f"seat-{world.chair_seat.pk}": "present", f"seat-{world.vice_seat.pk}": "absent",
                f"seat-{world.watch_seat.pk}": "apologies",
            },
        )  # fmt: skip
        attendance.add_substitute(
            made, key=f"seat-{world.kent_seat.pk}", name="Marigold Tan", by=world.officer
        )
        attendance.add_in_attendance(
            made, name="Iris Munro", agency=world.council, post="Clerk", by=world.officer
        )
        built = renditions.build(made, renditions.PUBLIC)
    lines = {each.name: each for each in built.agencies}
    assert [line.name for line in built.agencies][-1] == "Neighbourhood Watch"  # not statutory
    county = lines["Kent County Council"]
    assert [str(each) for each in county.present] == ["Marigold Tan, for Bryony Clarke"]
    assert [each.name for each in county.apologies] == ["Bryony Clarke"]
    assert [each.name for each in lines["Kent Police"].absent] == ["Linden Shah"]
    assert [each.name for each in lines["Neighbourhood Watch"].apologies] == ["Ash Pemberton"]
    unsure = lines["Dartford Borough Council"].absent
    assert [(each.name, each.note) for each in unsure] == [("Hazel Okafor", "not recorded")]
    assert str(built.in_attendance[0]) == "Iris Munro, Clerk, Dartford Borough Council"


def test_the_minutes_say_who_took_the_meeting(world):
    made = at_hand.held(world, chair=world.vice)
    built = renditions.build(made, renditions.PUBLIC)
    assert "so the vice-chair, Linden Shah, took the meeting." in built.chair
    assert built.chair in renditions.page(built)


def test_drafts_say_that_they_are_drafts_until_they_are_agreed(world):
    made = at_hand.with_chair(world)
    assert renditions.build(made, "public").state == "Draft, not yet cleared by the chair"
    with at(SEPTEMBER, 16):
        cleared = minutes.clear(made, by=world.chair)
    assert renditions.build(cleared, "public").state == "Draft, to be agreed at the next meeting"
    assert "draft" in renditions.file_name(cleared, renditions.build(cleared, "public"))


# ---- the files ----------------------------------------------------------------------------------


@pytest.mark.pdf
def test_the_public_pdf_holds_nothing_restricted_and_bears_no_marking(meeting):
    built = renditions.build(meeting, renditions.PUBLIC)
    made = renditions.document(built)
    words = "\n".join(pdf_text.pages(made))
    assert "Figures rose." in words
    assert CANARY not in words
    assert "SENSITIVE" not in words
    assert CANARY.encode() not in made


@pytest.mark.pdf
def test_the_restricted_pdf_is_marked_on_every_page(meeting):
    made = renditions.document(renditions.build(meeting, renditions.RESTRICTED))
    words = pdf_text.pages(made)
    assert all("OFFICIAL-SENSITIVE" in each for each in words)
    assert f"{CANARY} was named" in "\n".join(words)


@pytest.mark.pdf
@pytest.mark.parametrize("rendition", [renditions.PUBLIC, renditions.RESTRICTED])
def test_both_pdfs_are_accessible_to_the_standard(meeting, rendition):
    made = renditions.document(renditions.build(meeting, rendition))
    report = page.validate_pdf_bytes(made, profile="ua1")
    assert report.is_compliant, [(each.rule_id, each.message) for each in report.failures]
