"""Personal notes on papers: their writer's alone."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from audit.models import Entry, ReadEntry
from core.permissions import Refused
from core.workflow import Wrong
from documents import workflow
from documents.models import PersonalNote

CANARY = "Quagga"


def at(name, *args, room="documents"):
    return reverse(f"{room}:{name}", args=["dartford", *args])


@pytest.fixture
def note(world, open_paper):
    return workflow.write_note(open_paper, text=f"Ask about the {CANARY}", by=world.kent)


@pytest.fixture
def open_paper(world, paper):
    return paper()


def test_a_reader_writes_changes_and_removes_a_note(world, open_paper, sign_in):
    client = sign_in(world.kent)
    answer = client.post(at("note_add", open_paper.pk), {"text": "Ask why", "page": "2"})
    assert answer["Location"] == f"{open_paper.get_absolute_url()}#notes"
    note = PersonalNote.objects.get()
    assert (note.person, note.page, note.text) == (world.kent, 2, "Ask why")
    assert "Page 2" in client.get(open_paper.get_absolute_url()).content.decode()

    client.post(at("note_change", note.pk), {"text": "Ask who", "page": ""})
    note.refresh_from_db()
    assert (note.page, note.text) == (None, "Ask who")

    assert "cannot be brought back" in client.get(at("note_remove", note.pk)).content.decode()
    client.post(at("note_remove", note.pk))
    assert not PersonalNote.objects.exists()


def test_nobody_else_meets_it_anywhere(world, note, open_paper, sign_in):
    for who in (world.officer, world.chair, world.vice, world.administrator):
        client = sign_in(who)
        for url in (open_paper.get_absolute_url(), at("notes", room="meetings"),
                    at("notes_csv", room="meetings"), at("audit", room="dashboards"),
                    at("note_change", note.pk), at("note_remove", note.pk)):  # fmt: skip
            assert CANARY not in client.get(url).content.decode()
        assert client.get(at("note_change", note.pk)).status_code == 404
        assert client.post(at("note_remove", note.pk)).status_code == 404
        with pytest.raises(Refused):
            workflow.change_note(note, text="Mine now", by=who)
    assert PersonalNote.objects.get().text == f"Ask about the {CANARY}"


def test_it_is_in_no_record(world, note):
    before = Entry.objects.count(), ReadEntry.objects.count()
    workflow.change_note(note, text="Another", by=world.kent)
    workflow.remove_note(note, by=world.kent)
    assert (Entry.objects.count(), ReadEntry.objects.count()) == before
    assert not hasattr(PersonalNote, "history")


def test_a_paper_that_is_withheld_takes_no_notes(world, paper, sign_in):
    restricted = paper(marking="sensitive")
    with pytest.raises(Refused):
        workflow.write_note(restricted, text="What is it?", by=world.watch)
    assert sign_in(world.watch).post(at("note_add", restricted.pk)).status_code == 403
    assert sign_in(world.ocg).post(at("note_add", restricted.pk)).status_code == 404


def test_after_the_paper_was_closed_the_words_stay_without_its_title(
    world, note, open_paper, sign_in
):
    workflow.restrict(open_paper, by=world.officer)
    PersonalNote.objects.update(person=world.watch)
    client = sign_in(world.watch)

    for url in (at("notes", room="meetings"), at("notes_csv", room="meetings")):
        page = client.get(url).content.decode()
        assert CANARY in page
        assert open_paper.title not in page
        assert "does not open for you now" in page
    page = client.get(at("note_change", note.pk)).content.decode()
    assert open_paper.title not in page
    answer = client.post(at("note_change", note.pk), {"text": "Still mine"})
    assert answer["Location"] == at("notes", room="meetings")


@pytest.mark.parametrize(
    ("given", "field", "says"),
    [
        ({"text": "  "}, "text", "Enter the note"),
        ({"text": "x" * 4001}, "text", "4,000 characters or fewer"),
        ({"text": "x", "page": 0}, "page", "counted from 1"),
        ({"text": "x", "page": 10_000}, "page", "page"),
    ],
)
def test_what_is_wrong_is_said_by_field(world, open_paper, given, field, says):
    with pytest.raises(ValidationError) as wrong:
        workflow.write_note(open_paper, **given, by=world.kent)
    assert says in wrong.value.message_dict[field][0]


def test_a_wrong_note_is_shown_again_with_what_was_typed(world, open_paper, sign_in):
    sent = {"text": "Typed at length", "page": "seven"}
    page = sign_in(world.kent).post(at("note_add", open_paper.pk), sent).content.decode()
    assert "The page must be a number" in page
    assert "Typed at length" in page
    assert not PersonalNote.objects.exists()


def test_a_note_removed_in_another_window_says_so(world, note, sign_in):
    stale = PersonalNote.objects.get()
    workflow.remove_note(note, by=world.kent)
    with pytest.raises(Wrong):
        workflow.remove_note(stale, by=world.kent)


@pytest.mark.parametrize("rows", [1, 35])
def test_the_list_asks_the_same_of_the_database_at_any_length(
    world, open_paper, sign_in, rows, django_assert_num_queries
):
    for number in range(rows):
        workflow.write_note(open_paper, text=f"Note {number}", by=world.kent)
    client = sign_in(world.kent)
    url = at("notes", room="meetings")
    client.get(url)
    with django_assert_num_queries(6):
        client.get(url)


def test_the_empty_list_says_how_to_begin(world, sign_in):
    page = sign_in(world.kent).get(at("notes", room="meetings")).content.decode()
    assert "You have written no notes yet." in page
