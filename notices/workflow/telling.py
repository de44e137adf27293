"""Tell people, each exactly once."""

import datetime
from collections.abc import Iterable
from typing import Any

from django.db import connection, transaction

from core import clock, remember
from core.permissions import can, require
from membership.models import Group, GroupKind
from notices.models import Notice
from notices.workflow import posting

STALE = 10  # days after which mail of what happened would be no news

POST = """
INSERT INTO notices_delivery (id, notice_id, channel, state, digest, urgent, send_after,
  expires_at, message_id, attempts, problem, created_at)
SELECT gen_random_uuid(), notice.id, 'email',
  CASE WHEN STRPOS(person.email, '@') = 0 THEN 'no_address' ELSE 'waiting' END,
  {digest}, %(urgent)s, {send_after}, %(at)s::timestamptz + %(stale)s * INTERVAL '1 day', '', 0, '',
  %(at)s
FROM notices_notice notice JOIN accounts_user person ON person.id = notice.recipient_id
CROSS JOIN LATERAL ({how}) AS wish
WHERE wish.how <> 'never' AND notice.kind = %(kind)s AND notice.subject_id = %(subject)s
  AND notice.occurrence = %(occurrence)s AND notice.recipient_id = ANY(%(people)s::uuid[])
  AND notice.created_at = %(at)s
ON CONFLICT DO NOTHING
"""


@transaction.atomic
def tell(
    people: Iterable[Any], *, kind: str, about: Any, text: str, url: str, partnership: Any,
    occurrence: str = "", but: Any = None, urgent: bool = False,
) -> int:  # fmt: skip
    """Give each person a notice, unless they have had this one; ``but`` need not be told.

    An ``urgent`` one goes out by email at once, whatever they wished: it is an alert.

    ``text`` holds nothing restricted: it says what to look at, not what it says; the email does
    not even hold that. Returns how many were asked to be told.
    """
    at = clock.now()
    panel = _panel_of(about)
    recipients = {person.pk: person for person in people if but is None or person.pk != but.pk}
    Notice.objects.bulk_create(
        [
            Notice(
                recipient=person, partnership=partnership, kind=kind, subject_id=str(about.pk),
                occurrence=occurrence, text=text, url=url, created_at=at,
                panel=panel,
            )
            for person in recipients.values()
        ],
        ignore_conflicts=True,
    )  # fmt: skip
    _post(
        list(recipients), kind=kind, subject=str(about.pk), occurrence=occurrence, at=at,
        urgent=urgent,
    )  # fmt: skip
    return len(recipients)


def _panel_of(about: Any) -> Group | None:
    """The panel whose matter something is, if it is one's."""
    group = getattr(about, "group", None)
    return group if isinstance(group, Group) and group.kind == GroupKind.PANEL else None


def _post(people: list[Any], *, at: datetime.datetime, urgent: bool, **notice: str) -> None:
    """Say how those who were told now are told by email, as each of them wishes."""
    if not people:
        return
    sql = POST.format(**posting.parts(statutory=urgent, urgent=urgent, key=posting.EVENTS))
    parameters = (
        notice
        | posting.moments(at, urgent=urgent)
        | {"at": at, "stale": STALE, "urgent": urgent, "people": [str(each) for each in people]}
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)


@transaction.atomic
def read(notice: Notice, *, by: Any) -> None:
    """Note when its recipient first opened a notice."""
    require(can(by, "read", notice))
    Notice.objects.filter(pk=notice.pk, read_at__isnull=True).update(read_at=clock.now())
    remember.forget()


@transaction.atomic
def read_all(*, by: Any) -> int:
    """Note that a person has read all that they have been told; says how many that were."""
    count = Notice.objects.visible_to(by).unread().update(read_at=clock.now())
    remember.forget()
    return count
