"""Restricted passages of a minute: marked for who may read them, and for nobody else there."""

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import example, given
from hypothesis import strategies as st

from core.markings import _PASSAGES, WITHHELD, by_line, open_part, passages, spans
from meetings import renditions
from meetings.models import Draft, Item
from meetings.workflow import minutes
from tests import pdf_text
from tests.meetings import held as at_hand
from tests.meetings.held import SEPTEMBER, at, lapse, words

CANARY = "Zwartkop"
MINUTE = f"The board heard of one case.\n\n[[{CANARY} was named.\n\n- twice]] It was noted."

PIECES = ["[[", "]]", "[", "]", "a", "é", " ", "\n", "- ", "1. "]
TEXTS = st.lists(st.sampled_from(PIECES), max_size=25).map("".join)


@pytest.fixture
def meeting(world):
    made = at_hand.held(world)
    with at(SEPTEMBER):
        yield made


@pytest.fixture
def item(meeting, world):
    found = at_hand.performance(meeting)
    at_hand.write(found, MINUTE, world.officer)
    return found


# ---- the open part ------------------------------------------------------------------------------


@given(TEXTS)
@example("a [[b [[c]] d]] e")
@example("[[")
@example("]] a [[b")
def test_no_restricted_word_is_ever_in_the_open_part(text):
    opened, end = "", 0
    for start, after in spans(text):
        opened += text[end:start] + WITHHELD
        end = after
    assert open_part(text) == opened + text[end:]
    assert "[[" not in open_part(text)


@given(st.lists(st.sampled_from(["[[", "]]", "a", "\n", " "]), max_size=12), st.booleans())
def test_whatever_stands_between_brackets_is_withheld(around, closed):
    text = f"{''.join(around)}[[{CANARY}{']]' if closed else ''}"
    assert CANARY not in open_part(text)


@given(TEXTS)
def test_taken_line_by_line_the_same_words_are_restricted(text):
    def hidden(of):
        return [each for words, hidden in passages(of) if hidden for each in words if each in "aé"]

    assert hidden(by_line(text)) == hidden(text)
    for line in by_line(text).split("\n"):
        assert line.count("[[") <= line.count("]]")


@pytest.mark.django_db
def test_the_database_and_python_make_the_same_open_part():
    sql = "SELECT regexp_replace(regexp_replace(regexp_replace(%s, %s, %s, 'g'), %s, %s, 'g'), "
    sql += "%s, %s, 'g')"
    rules = [part for rule in _PASSAGES for part in rule]
    with connection.cursor() as cursor:

        @given(TEXTS)
        @example("a [[b [[c]] d]] e ]] f")
        @example("x\n[[\n")
        def same(text):
            cursor.execute(sql, [text, *rules])
            assert cursor.fetchone()[0] == open_part(text)

        same()


def test_the_open_part_is_kept_by_the_database_itself(item):
    kept = Item.objects.get(pk=item.pk)
    assert kept.open_minute == open_part(MINUTE)
    assert CANARY not in kept.open_minute


# ---- renditions ---------------------------------------------------------------------------------


def test_the_public_rendition_does_not_even_load_the_minute(world, item):
    with CaptureQueriesContext(connection) as queries:
        public = renditions.build(item.meeting, renditions.PUBLIC)
    assert CANARY not in renditions.text(public)
    assert CANARY not in renditions.page(public)
    assert WITHHELD in renditions.text(public)
    assert not any('"minute"' in each["sql"] for each in queries.captured_queries)
    assert not public.restricted


def test_the_full_rendition_marks_them_and_is_marked(world, item):
    full = renditions.build(item.meeting, renditions.RESTRICTED, world.kent)
    assert full.restricted
    assert CANARY in renditions.text(full)
    assert f"1 restricted passage in item {item.number}, {item.title}" in renditions.left_out(full)
    page = renditions.page(full)
    assert "restricted: " in page
    assert "[[" not in page


def test_readers_who_are_not_cleared_get_the_open_part(world, item):
    shown = renditions.build(item.meeting, renditions.RESTRICTED, world.watch)
    assert CANARY not in renditions.text(shown)
    assert WITHHELD in renditions.text(shown)


def test_both_have_the_same_paragraphs_under_the_same_numbers(world, item):
    public = renditions.build(item.meeting, renditions.PUBLIC).items[item.number - 1]
    full = renditions.build(item.meeting, renditions.RESTRICTED).items[item.number - 1]
    assert [each.number for each in public.paragraphs] == [each.number for each in full.paragraphs]


@pytest.mark.pdf
@pytest.mark.parametrize("rendition", list(renditions.TITLES))
def test_the_files_hold_what_their_readers_may_read(item, rendition):
    made = renditions.document(renditions.build(item.meeting, rendition))
    text = " ".join(" ".join(pdf_text.pages(made)).split())
    assert (CANARY in text) is (rendition == renditions.RESTRICTED)
    assert ("end of restricted" in text) is (rendition == renditions.RESTRICTED)


# ---- pages --------------------------------------------------------------------------------------


def page(item, name="minutes"):
    more = [item.number] if name in ("minutes", "autosave") else []
    return reverse(f"meetings:{name}", args=["dartford", item.meeting.slug, *more])


@pytest.mark.parametrize("name", ["minutes", "live", "draft_minutes", "detail", "history"])
def test_an_officer_who_is_not_cleared_sees_no_restricted_word(sign_in, world, item, name):
    officer = sign_in(world.officer)
    lapse(world)
    answer = officer.get(page(item, name))
    assert answer.status_code == 200
    assert CANARY not in words(answer)


def test_what_may_not_be_read_is_not_written_over(sign_in, world, item):
    lapse(world)
    officer = sign_in(world.officer)
    text = words(officer.get(page(item)))
    assert "readonly" in text
    assert "cannot change it" in text
    unchanged = {"text": open_part(MINUTE), "version": 1, "page": "one"}
    assert officer.post(page(item), unchanged).status_code == 302
    mine = officer.post(page(item), {**unchanged, "text": "Mine."})
    assert mine.status_code == 409
    assert "are written by those who may read them" in words(mine)
    assert CANARY not in words(mine)
    item.refresh_from_db()
    assert item.minute == MINUTE


def test_words_typed_before_a_passage_came_are_kept_apart(sign_in, world, item):
    lapse(world)
    officer = sign_in(world.officer)
    answer = officer.post(page(item, "autosave"), {"text": "Mine.", "version": 0, "page": "one"})
    assert answer.status_code == 409
    assert CANARY not in words(answer)
    assert Draft.objects.get().text == "Mine."
    again = words(officer.get(page(item)))
    assert "Mine." in again
    assert CANARY not in again


def test_nobody_restricts_words_that_they_could_not_read_again(world, item):
    lapse(world)
    other = at_hand.item(item.meeting, "strategy")
    with pytest.raises(ValidationError, match="written by those who may read them"):
        minutes.write(other, text="One [[word]].", version=0, by=world.officer)


def test_names_of_notices_and_records_hold_no_minute(item, world):
    from audit.models import Entry
    from notices.models import Notice

    minutes.send_to_chair(item.meeting, acknowledged=True, by=world.officer)
    told = [*Notice.objects.values_list("text", flat=True), *map(str, Entry.objects.values())]
    assert not any(CANARY in each for each in told)
