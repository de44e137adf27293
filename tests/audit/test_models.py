"""Which entries a reader of the record gets."""

import pytest

from audit.models import Entry, ReadEntry
from audit.workflow import record_read

pytestmark = pytest.mark.django_db


def test_a_partnership_has_its_own_entries(record):
    (ours,) = record("opened")
    record("opened", partnership="gravesham")

    assert list(Entry.objects.for_partnership("dartford", [])) == [ours]


def test_sensitive_entries_are_for_those_cleared_for_their_group(world):
    from audit.workflow import record

    open_one = record("moved", partnership="dartford", group=world.board, by=world.officer)
    secret = record(
        "cleared", partnership="dartford", group=world.board, sensitive=True, by=world.officer
    )

    assert list(Entry.objects.for_partnership("dartford", [])) == [open_one]
    assert list(Entry.objects.for_partnership("dartford", {world.dvacs_group.pk})) == [open_one]
    assert set(Entry.objects.for_partnership("dartford", {world.board.pk})) == {open_one, secret}


def test_a_sensitive_entry_of_no_group_is_for_nobody(record):
    record("cleared", sensitive=True)

    assert not Entry.objects.for_partnership("dartford", []).exists()


def test_reads_are_for_those_cleared_for_their_group(world):
    read = record_read(
        world.board, by=world.chair, partnership=world.partnership, group=world.board
    )

    assert list(ReadEntry.objects.for_partnership("dartford", {world.board.pk})) == [read]
    assert not ReadEntry.objects.for_partnership("dartford", {world.ocg_group.pk}).exists()
    assert not ReadEntry.objects.for_partnership("gravesham", {world.board.pk}).exists()


def test_search_finds_person_verb_and_subject(world):
    from audit.workflow import record

    entry = record("published", world.board, by=world.officer, partnership="dartford")

    for words in ("hazel", "PUBLISH", "board"):
        assert list(Entry.objects.containing(words)) == [entry]
    assert not Entry.objects.containing("scrutiny").exists()
