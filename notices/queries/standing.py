"""Whether what a notice asks for still stands when it is about to be sent."""

import datetime
from collections.abc import Iterable

from django.db import connection

from core.reminders import reminders
from notices.models import Notice
from notices.queries import due


def over(notices: Iterable[Notice], on: datetime.date) -> set[int]:
    """Keys of those that need no mail any more.

    Their subject was done, deleted or given another date, or their reader has left the service.
    Each reminder is asked again; of an event nothing more can be asked.
    """
    found = set()
    for notice in notices:
        if not notice.recipient.is_active or not _stands(notice, on):
            found.add(notice.pk)
    return found


def _stands(notice: Notice, on: datetime.date) -> bool:
    reminder = reminders.get(notice.kind)
    if reminder is None:
        return True
    asked = due.subjects(reminder, max(on, notice.due_on or on))
    if asked is None:
        return False
    sql = f"""SELECT EXISTS (SELECT 1 FROM ({asked.sql}) AS q
        WHERE q.partnership = %(partnership)s AND LEFT(q.subject, 60) = %(subject)s
        AND q.due = %(due)s)"""  # noqa: S608 - of our own pieces
    parameters = asked.parameters | {
        "partnership": notice.partnership_id, "subject": notice.subject_id, "due": notice.due_on,
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return bool(cursor.fetchone()[0])
