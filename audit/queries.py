"""Whether the record is whole."""

from dataclasses import dataclass

from django.db import connection

from audit.models import Entry

# Each entry must follow the one before it, and its digest must be the one that its text gives.
BROKEN = """
SELECT id FROM (
    SELECT entry.id, entry.previous_digest, entry.digest,
        audit_entry_digest(entry) AS computed,
        lag(entry.digest, 1, '') OVER (ORDER BY entry.id) AS before
    FROM audit_entry entry WHERE entry.partnership = %s
) chain
WHERE digest <> computed OR previous_digest <> before
ORDER BY id LIMIT 1
"""


@dataclass(frozen=True, slots=True)
class Chain:
    """The entries of one partnership ("" for the installation's own) and how they stand.

    Whoever keeps ``newest`` elsewhere can later tell whether the end of the chain was cut off,
    which the chain alone cannot show.
    """

    partnership: str
    length: int
    newest: str
    broken_at: Entry | None


def verify_chain(partnership: str) -> Entry | None:
    """The first entry that was changed, or whose predecessor was changed or removed."""
    with connection.cursor() as cursor:
        cursor.execute(BROKEN, [partnership])
        found = cursor.fetchone()
    return Entry.objects.get(pk=found[0]) if found else None


def chains() -> list[Chain]:
    """Every chain, verified."""
    newest = Entry.objects.order_by("partnership", "-id").distinct("partnership")
    return [
        Chain(
            partnership=last.partnership,
            length=Entry.objects.filter(partnership=last.partnership).count(),
            newest=last.digest,
            broken_at=verify_chain(last.partnership),
        )
        for last in newest
    ]
