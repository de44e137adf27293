"""The database itself refuses to change or remove what was recorded."""

import pytest
from django.db import IntegrityError, connection, transaction

from audit.models import Entry, ReadEntry
from audit.workflow import record_read

pytestmark = pytest.mark.django_db

TABLES = ["audit_entry", "audit_readentry"]


def refused(sql):
    with (
        pytest.raises(IntegrityError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(sql)


@pytest.mark.parametrize("table", TABLES)
def test_update_is_refused(table):
    refused(f"UPDATE {table} SET subject = 'other'")  # noqa: S608


@pytest.mark.parametrize("table", TABLES)
def test_delete_is_refused(table):
    refused(f"DELETE FROM {table}")  # noqa: S608


def test_saving_an_entry_again_is_refused(record):
    (entry,) = record("published")
    entry.verb = "withdrew"

    with pytest.raises(IntegrityError), transaction.atomic():
        entry.save()

    assert Entry.objects.get().verb == "published"


def test_a_read_entry_stays_as_it_was(world):
    entry = record_read(world.board, by=world.officer, partnership=world.partnership)

    with pytest.raises(IntegrityError), transaction.atomic():
        entry.delete()
    with pytest.raises(IntegrityError), transaction.atomic():
        ReadEntry.objects.update(actor_name="Somebody else")

    kept = ReadEntry.objects.get()
    assert (kept.actor_name, kept.subject) == ("Hazel Okafor", "Board")


def test_truncate_is_refused_outside_test_databases():
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_get_functiondef('audit_refuse()'::regprocedure)")
        source = cursor.fetchone()[0]
        elsewhere = source.replace("starts_with(current_database(), 'test_')", "false")
        assert elsewhere != source
        cursor.execute(elsewhere)

    for table in TABLES:
        refused(f"TRUNCATE {table}")
