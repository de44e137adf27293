"""Notices, the record of what was done and read, and the record of sharing."""

from typing import Any

from audit.models import Entry, ReadEntry
from bench.loading.keys import key
from bench.loading.known import BOARD, MEMBER, NOW, OFFICER
from bench.loading.rows import insert, literal
from documents.models import SharingRecord
from notices.models import Notice

# A year of one partnership.
NOTICES, ENTRIES, READS, SHARED = 4, 150, 40, 10

WHEN = f"{literal(NOW)} - n * interval '1 day'"


def load(cursor: Any, scale: Any) -> dict[str, int]:
    """What every partnership keeps about what it did."""
    each = f"FROM generate_series(1, {scale.partnerships}) p"

    def yearly(number: int) -> str:
        return f"{each} CROSS JOIN generate_series(1, {number * scale.years}) n"

    return {
        "Notice": _notices(cursor, yearly(NOTICES), scale),
        "Entry": _entries(cursor, yearly(ENTRIES)),
        "ReadEntry": insert(
            cursor, ReadEntry, yearly(READS),
            at=WHEN, actor_id=f"{key('user', 'p', '1 + n % 30')}::text",
            actor_name="'Hazel Okafor'", partnership="'partnership-' || p", kind="'document'",
            subject_id=f"{key('paper', 'p', 'n')}::text", subject="'Report ' || n",
            group_id=f"{key('group', 'p', literal('Board'))}::text",
        ),
        "SharingRecord": insert(
            cursor, SharingRecord, yearly(SHARED),
            id=key("shared", "p", "n"), partnership_id=key("partnership", "p"),
            group_id=key("group", "p", literal("Board")), on=f"({WHEN})::date",
            what="'Figures of the ' || n || 'th ward'", shared_by_id=key("agency", "p", "1"),
            shared_with_id=key("agency", "p", "2 + n % 9"),
            protocol_id=key("protocol", "p", literal("Board")),
            lawful_gateway="'Crime and Disorder Act 1998 section 115'", reason="'To plan the work'",
            repeats="CASE n % 2 WHEN 0 THEN 'quarterly' ELSE '' END",
            created_by_id=key("user", "p", str(OFFICER)),
        ),
    }  # fmt: skip


def _notices(cursor: Any, yearly: str, scale: Any) -> int:
    """A few a year for everybody on the board, and a list for those whose pages are measured."""
    notice = {
        "partnership_id": key("partnership", "p"), "kind": "'agenda-published'",
        "text": "'The agenda of the board meeting is published'", "url": "'/'", "created_at": WHEN,
    }  # fmt: skip
    everybody = insert(
        cursor, Notice, f"{yearly} CROSS JOIN generate_series(1, {BOARD}) person",
        recipient_id=key("user", "p", "person"), subject_id="n::text", read_at=WHEN, **notice,
    )  # fmt: skip
    listed = insert(
        cursor, Notice,
        f"FROM generate_series(1, {scale.listed}) n"
        f" CROSS JOIN (VALUES (1, {OFFICER}), (1, {MEMBER})) AS v (p, person)",
        recipient_id=key("user", "p", "person"), subject_id="'listed-' || n",
        read_at=f"CASE WHEN n > 12 THEN {WHEN} END", **notice,
    )  # fmt: skip
    return everybody + listed


def _entries(cursor: Any, yearly: str) -> int:
    """Without the chain of digests, which would cost more than all the rest."""
    cursor.execute("ALTER TABLE audit_entry DISABLE TRIGGER audit_entry_chain")
    count = insert(
        cursor, Entry, yearly,
        at=WHEN, actor_id=f"{key('user', 'p', '1 + n % 30')}::text", actor_name="'Hazel Okafor'",
        partnership="'partnership-' || p", verb="'published the agenda of'", kind="'meeting'",
        subject_id="n::text", subject="'Board meeting ' || n",
        group_id=f"{key('group', 'p', literal('Board'))}::text",
    )  # fmt: skip
    cursor.execute("ALTER TABLE audit_entry ENABLE TRIGGER audit_entry_chain")
    return count
