"""What is in a database, table by table, in a form that two databases can be compared by."""

from dataclasses import dataclass
from typing import Any

from psycopg2 import sql

# A row's text must not hang on what the server or the person prefers.
PLAINLY = (
    "SET LOCAL timezone = 'UTC'; SET LOCAL datestyle = 'ISO, YMD'; SET LOCAL bytea_output = 'hex'; "
    "SET LOCAL extra_float_digits = 1; SET LOCAL intervalstyle = 'iso_8601'"
)

# Both halves of each row's MD5, added up: the same for the same rows in whatever order.
DIGEST = """
    SELECT count(*),
        coalesce(sum(('x' || left(digest, 16))::bit(64)::bigint::numeric), 0) || ' ' ||
        coalesce(sum(('x' || right(digest, 16))::bit(64)::bigint::numeric), 0)
    FROM (SELECT md5(row::text) AS digest FROM {table} AS row) AS digests
"""

TABLES = "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename"
SEQUENCES = """
    SELECT sequencename, coalesce(last_value, 0) FROM pg_sequences
    WHERE schemaname = 'public' ORDER BY sequencename
"""


@dataclass(frozen=True, slots=True)
class Table:
    """How many rows a table has, and the digest of them all. A sequence counts as one row.

    ``reached`` is the last value of a sequence. Sequences go on outside of any transaction, so a
    dump may hold a later value than was read beside it, but never an earlier one.
    """

    rows: int
    digest: str = ""
    reached: int = 0

    def same_as(self, found: "Table") -> bool:
        """Whether this is what was found, or, for a sequence, not past it."""
        return (self.rows, self.digest) == (found.rows, found.digest) and (
            self.reached <= found.reached
        )


def digests(connection: Any) -> dict[str, Table]:
    """Every table and sequence of the database, by name, as this connection's picture has it."""
    found = {}
    with connection.cursor() as cursor:
        cursor.execute(PLAINLY)
        cursor.execute(TABLES)
        for (name,) in cursor.fetchall():
            cursor.execute(sql.SQL(DIGEST).format(table=sql.Identifier(name)))
            found[name] = Table(*cursor.fetchone())
        cursor.execute(SEQUENCES)
        for name, value in cursor.fetchall():
            found[f"sequence {name}"] = Table(1, reached=value)
    return found


def difference(wanted: dict[str, Table], found: dict[str, Table]) -> list[str]:
    """In words, a sentence for each table in which the second is not like the first."""
    words = []
    for name in sorted(wanted.keys() | found.keys()):
        if name not in found:
            words.append(f"{name} is missing.")
        elif name not in wanted:
            words.append(f"{name} was not in the backup.")
        elif wanted[name].rows != found[name].rows:
            words.append(f"{name} has {found[name].rows} rows and had {wanted[name].rows}.")
        elif not wanted[name].same_as(found[name]):
            words.append(f"{name} has other contents.")
    return words
