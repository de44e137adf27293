"""Write down who is to be told what, once: every reminder that is due, in one go.

One statement for each kind writes the notices and, beside each, how it goes out. What was missed
while nothing ran is due all the same, so an outage is caught up by the next call. Of several steps
that come at once only the newest is new to its reader: the others are there, but not unread.
"""

import datetime
import logging
from typing import Any

from django.db import connection, transaction

from core import remember, reminders
from core.reminders import Reminder
from notices.queries import due
from notices.workflow import posting
from notices.workflow.points import reached

logger = logging.getLogger("csp.ledger")

# One at a time: without it, two that insert the same rows in another order would deadlock.
LOCK = 0x6373706C

WRITE = """,
made AS (
  INSERT INTO notices_notice (recipient_id, partnership_id, kind, subject_id, occurrence, text,
    url, due_on, because, statutory, step, created_at, read_at, panel_id)
  SELECT recipient, partnership, %(kind)s, LEFT(subject, 60), told_as, LEFT(text, 300),
    LEFT(url, 300), due, why, %(statutory)s, step, %(at)s,
    CASE WHEN older THEN %(at)s::timestamptz END, CASE WHEN group_kind = 'panel' THEN "group" END
  FROM told WHERE NOT held
  ON CONFLICT DO NOTHING
  RETURNING id, recipient_id, partnership_id, subject_id, occurrence
),
posted AS (
  INSERT INTO notices_delivery (id, notice_id, channel, state, digest, urgent, send_after,
    expires_at, message_id, attempts, problem, created_at)
  SELECT gen_random_uuid(), made.id, 'email',
    CASE WHEN STRPOS(person.email, '@') = 0 THEN 'no_address'
      WHEN told.older OR told.on_day + %(stale)s < %(today)s THEN 'expired' ELSE 'waiting' END,
    {digest}, %(urgent)s, {send_after}, %(at)s::timestamptz + %(stale)s * INTERVAL '1 day', '', 0,
    CASE WHEN told.older THEN %(superseded)s
      WHEN told.on_day + %(stale)s < %(today)s THEN %(outdated)s ELSE '' END, %(at)s
  FROM made
  JOIN told ON told.partnership = made.partnership_id AND told.subject = made.subject_id
    AND told.told_as = made.occurrence AND told.recipient = made.recipient_id
  JOIN accounts_user person ON person.id = made.recipient_id
  CROSS JOIN LATERAL ({how}) AS wish
  WHERE wish.how <> 'never'
)
SELECT COUNT(*) FROM made
"""
SUPERSEDED = "A later reminder of the same went out instead."
OUTDATED = "It should have gone out so long ago that it would have misled."


@transaction.atomic
def materialise(at: datetime.datetime) -> int:
    """Make every notice that is due by ``at``, with what is to be sent; says how many.

    A kind whose statement fails stops no other: it is logged, and tried again at the next call.
    """
    alone()
    reached("locked")
    with remember.during():
        made = sum(_kind(each, at) for each in reminders.reminders.values())
    reached("made")
    return made


def alone() -> None:
    """Wait until nobody else makes notices, until the end of this transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])


def _kind(reminder: Reminder, at: datetime.datetime) -> int:
    try:
        with transaction.atomic():
            return write(reminder, at)
    except Exception:  # whatever it is, the other kinds are still due
        logger.exception("reminder-failed kind=%s", reminder.kind)
        return 0


def write(
    reminder: Reminder, at: datetime.datetime, until: datetime.date | None = None, *,
    partnership: Any = None, subject: str | None = None,
) -> int:  # fmt: skip
    """Write one kind's notices that are due by ``at`` (or, ahead of time, by ``until``)."""
    asked = due.statement(reminder, due.day_of(at), until, partnership=partnership, subject=subject)
    if asked is None:
        return 0
    parts = posting.parts(reminder.statutory, reminder.urgent)
    sql = asked.sql + WRITE.format(**parts)
    parameters = asked.parameters | posting.moments(at, urgent=reminder.urgent) | {
        "at": at, "stale": reminder.stale, "statutory": reminder.statutory,
        "urgent": reminder.urgent, "superseded": SUPERSEDED, "outdated": OUTDATED,
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return int(cursor.fetchone()[0])
