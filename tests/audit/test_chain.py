"""Each partnership's entries form one chain, and a break in it is found."""

import io
import logging
import threading

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from audit import queries, tasks
from audit.models import Entry
from audit.workflow import record as write
from tests.audit.conftest import triggers_off


def verified(slug="dartford"):
    return queries.verify_chain(slug)


@pytest.mark.django_db
class TestChain:
    def test_each_entry_holds_the_digest_before_it(self, record):
        first, second, third = record("opened", "cleared", "published")

        assert first.previous_digest == ""
        assert second.previous_digest == first.digest
        assert third.previous_digest == second.digest
        assert len(third.digest) == 64
        assert verified() is None

    def test_partnerships_have_chains_of_their_own(self, record):
        (ours,) = record("opened")
        (theirs,) = record("opened", partnership="gravesham")
        (installation,) = record("signed in", partnership=None)

        assert ours.previous_digest == theirs.previous_digest == ""
        assert installation.previous_digest == ""
        assert verified() is verified("gravesham") is verified("") is None

    def test_entries_written_in_one_statement_follow_each_other(self):
        Entry.objects.bulk_create([Entry(verb=verb, partnership="dartford") for verb in "abc"])

        assert verified() is None
        assert Entry.objects.exclude(previous_digest="").count() == 2

    def test_the_digest_does_not_depend_on_the_time_zone_of_the_session(self, record):
        record("opened", detail={"why": "ä – “quoted”", "n": 1.5, "list": [None, True]})
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL TIME ZONE 'Pacific/Auckland'")

            assert verified() is None

    def test_what_a_writer_puts_into_the_digests_does_not_count(self):
        entry = Entry.objects.create(verb="opened", partnership="dartford", digest="0" * 64)
        entry.refresh_from_db()

        assert entry.digest != "0" * 64

    @pytest.mark.parametrize(
        "change",
        [
            "at = at + interval '1 microsecond'",
            "actor_id = 'x'",
            "actor_name = 'Nobody'",
            "verb = 'withdrew'",
            "kind = 'x'",
            "subject_id = 'x'",
            "subject = 'x'",
            "sensitive = true",
            "group_id = 'x'",
            "detail = '{\"x\": 1}'",
            "request_id = 'x'",
            "previous_digest = repeat('0', 64)",
            "digest = repeat('0', 64)",
        ],
    )
    def test_a_changed_column_is_found(self, record, change):
        _, second, _ = record("opened", "cleared", "published")
        with triggers_off() as cursor:
            cursor.execute(
                f"UPDATE audit_entry SET {change} WHERE id = %s",  # noqa: S608
                [second.pk],
            )

        assert verified() == second

    def test_every_column_is_covered(self, record):
        """A column that is added later must be part of the canonical text."""
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_get_functiondef('audit_entry_digest'::regproc)")
            text = cursor.fetchone()[0]

        columns = {field.column for field in Entry._meta.local_fields} - {"digest"}
        assert {column for column in columns if f"entry.{column}" not in text} == set()

    def test_a_removed_entry_is_found(self, record):
        _, second, third = record("opened", "cleared", "published")
        with triggers_off() as cursor:
            cursor.execute("DELETE FROM audit_entry WHERE id = %s", [second.pk])

        assert verified() == third

    def test_an_entry_rewritten_with_its_digest_is_found_at_the_next(self, record):
        _, second, third = record("opened", "cleared", "published")
        with triggers_off() as cursor:
            cursor.execute("UPDATE audit_entry SET verb = 'x' WHERE id = %s", [second.pk])
            cursor.execute(
                "UPDATE audit_entry entry SET digest = audit_entry_digest(entry) WHERE id = %s",
                [second.pk],
            )

        assert verified() == third

    def test_an_entry_moved_to_another_partnership_is_found(self, record):
        (first, _) = record("opened", "cleared")
        with triggers_off() as cursor:
            cursor.execute("UPDATE audit_entry SET partnership = 'other' WHERE id = %s", [first.pk])

        assert verified("other") == first
        assert verified() is not None


@pytest.mark.django_db
class TestVerifying:
    def test_the_command_lists_the_chains(self, record):
        record("opened", "cleared")
        (last,) = record("signed in", partnership=None)
        out = io.StringIO()

        call_command("verify_audit", stdout=out)

        assert "dartford: whole, 2 in all" in out.getvalue()
        assert f"(installation): whole, 1 in all, newest {last.digest}" in out.getvalue()

    def test_the_command_fails_when_one_is_broken(self, record):
        (entry,) = record("opened")
        with triggers_off() as cursor:
            cursor.execute("UPDATE audit_entry SET verb = 'x'")
        errors = io.StringIO()

        with pytest.raises(CommandError) as failure:
            call_command("verify_audit", stderr=errors, stdout=io.StringIO())

        assert failure.value.returncode == 1
        assert f"dartford: broken at entry {entry.pk}" in errors.getvalue()

    def test_the_task_logs_an_error_when_one_is_broken(self, record, caplog):
        (entry,) = record("opened")
        record("opened", partnership="gravesham")
        with triggers_off() as cursor:
            cursor.execute("UPDATE audit_entry SET verb = 'x' WHERE partnership = 'dartford'")

        with caplog.at_level(logging.INFO, "csp.audit"):
            tasks.verify_chains()

        errors = [each.getMessage() for each in caplog.records if each.levelname == "ERROR"]
        assert errors == [f"audit-chain-broken partnership=dartford entries=1 first={entry.pk}"]
        assert "audit-chain-whole partnership=gravesham" in caplog.text


@pytest.mark.django_db(transaction=True)
def test_writers_at_the_same_moment_keep_one_chain():
    ready = threading.Barrier(6)

    def writer(number):
        ready.wait()
        for turn in range(8):
            write(f"wrote {turn}", by=None, partnership="dartford", detail={"writer": number})
        connection.close()

    threads = [threading.Thread(target=writer, args=(number,)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert Entry.objects.count() == 48
    assert verified() is None
    assert Entry.objects.filter(previous_digest="").count() == 1
