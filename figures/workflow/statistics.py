"""What the database knows of its tables: told anew once many rows have come in.

Until it knows how many rows there are it may go about a question in the slowest way there is, and
its own look at the tables may come a minute later.
"""

from django.db import connection, models


def look_over(*tables: type[models.Model]) -> None:
    """Have the database count and sample these tables, within this transaction."""
    with connection.cursor() as cursor:
        names = ", ".join(connection.ops.quote_name(each._meta.db_table) for each in tables)
        cursor.execute(f"ANALYZE {names}")
