"""What it takes to write down who is to be told: `python -m bench.ledger`, on one database.

Everything that is due is made in one go, as after an outage that began with the installation; then
the same rows are inserted once more by a plain ``INSERT … SELECT`` from a table that holds them.
All of it is undone. Prints one line of JSON.
"""

import json
import time
from collections.abc import Callable, Mapping
from typing import Any

import django

from bench import apart

COLUMNS = (
    "recipient_id, partnership_id, kind, subject_id, occurrence, text, url, due_on, because, "
    "statutory, step, created_at"
)
POSTED = (
    "id, notice_id, channel, state, digest, urgent, send_after, expires_at, message_id, attempts, "
    "problem, created_at"
)


def timed(what: Callable[[], Any]) -> tuple[float, Any]:
    """Seconds, and what came of it."""
    began = time.perf_counter()
    result = what()
    return time.perf_counter() - began, result


def main() -> None:
    """Measure, and undo it."""
    from django.db import connection, transaction  # noqa: PLC0415 - once django.setup() has run

    from bench.loading.known import NOW  # noqa: PLC0415
    from core import clock, reminders  # noqa: PLC0415
    from notices.workflow import ledger  # noqa: PLC0415

    statements: list[str] = []

    def note(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        if sql.lstrip().startswith("WITH"):
            statements.append(sql)
        return execute(sql, params, many, context)

    with transaction.atomic(), connection.cursor() as cursor, clock.told_at(NOW):
        cursor.execute("DELETE FROM notices_delivery; DELETE FROM notices_notice")
        with connection.execute_wrapper(note):
            seconds, rows = timed(lambda: ledger.materialise(NOW))
        again, _ = timed(lambda: ledger.materialise(NOW))
        cursor.execute("CREATE TEMP TABLE made AS SELECT * FROM notices_notice")
        cursor.execute("CREATE TEMP TABLE posted AS SELECT * FROM notices_delivery")
        cursor.execute("DELETE FROM notices_delivery; DELETE FROM notices_notice")
        plain, _ = timed(lambda: _plain(cursor))
        transaction.set_rollback(True)
    print(json.dumps({
        "statements": len(statements), "kinds": len(reminders.reminders), "rows": rows,
        "seconds": seconds, "again": again, "plain": plain,
    }))  # fmt: skip


def _plain(cursor: Any) -> None:
    cursor.execute(f"INSERT INTO notices_notice (id, {COLUMNS}) SELECT id, {COLUMNS} FROM made")
    cursor.execute(f"INSERT INTO notices_delivery ({POSTED}) SELECT {POSTED} FROM posted")


def measure(environment: Mapping[str, str]) -> dict[str, Any]:
    """The same in a process of its own, on the database of this environment."""
    return apart.said_by("bench.ledger", environment=environment)


def words(small: Mapping[str, Any], big: Mapping[str, Any]) -> str:
    """What was measured, with one partnership and with many."""
    rate, plain = big["rows"] / big["seconds"], big["rows"] / big["plain"]
    same = "as many as" if small["statements"] == big["statements"] else "but not as many as"
    return (
        f"Reminders: {big['rows']} notices of {big['kinds']} kinds in {big['statements']} "
        f"statements, {same} the {small['statements']} that write {small['rows']} for one "
        f"partnership. {rate:,.0f} rows a "
        f"second; a plain INSERT … SELECT of the same rows writes {plain:,.0f} a second, "
        f"{plain / rate:.1f} times as many. When there is nothing new it takes "
        f"{big['again']:.2f} seconds."
    )


if __name__ == "__main__":
    django.setup()
    main()
