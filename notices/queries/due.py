"""What is due by a day and to whom, as one statement for each kind of reminder.

The number of statements is the number of kinds, however many partnerships, people and rungs there
are. The ledger writes what a statement finds; officers read the same one for the days to come.
"""

import datetime
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import EmptyResultSet, ImproperlyConfigured

from core import clock
from core.reminders import CHAIR, LEAD, NEEDED, OFFICERS, OPTIONAL, OWNER, VICE_CHAIR, Reminder

TYPES = {
    "partnership": "uuid", "subject": "text", "due": "date", "text": "text", "url": "text",
    "group": "uuid", "person": "uuid", "post": "uuid", "agency": "uuid", "because": "text",
    "occurrence": "text", "since": "date", "until": "date",
}  # fmt: skip

# Why a person is told, by the place on the ladder for which they were found.
BECAUSE = {
    OWNER: "You are told because it is for you or your post to do.",
    LEAD: "You are told because you lead for the agency that is to do it.",
    OFFICERS: "You are told because you are an officer of the partnership.",
    VICE_CHAIR: "You are told because you are the vice-chair.",
    CHAIR: "You are told because you are the chair.",
}
INSTEAD = "You are told because there is nobody else who could be."


@dataclass(frozen=True, slots=True)
class Statement:
    """SQL that begins ``WITH`` and names ``due`` and ``told``, and its parameters."""

    sql: str
    parameters: dict[str, Any]


def subjects(reminder: Reminder, on: datetime.date) -> Statement | None:
    """A reminder's subjects with all their columns; ``None`` where there can be none."""
    queryset = reminder.ask(on)
    query = queryset.query
    names = list(query.selected or [*query.values_select, *query.annotation_select])
    unknown = set(names) - set(TYPES) or set(NEEDED) - set(names)
    if unknown:
        raise ImproperlyConfigured(f"{reminder.kind}: look at {', '.join(sorted(unknown))}.")
    try:
        inner, values = query.get_compiler(queryset.db).as_sql()
    except EmptyResultSet:
        return None
    # Positional parameters of the inner statement become named ones of the whole.
    marks = {f"s{number}": value for number, value in enumerate(values)}
    inner = (inner.replace("%%", "\0") % tuple(f"%({mark})s" for mark in marks)).replace("\0", "%%")
    wanted = [_column(name, names) for name in (*NEEDED, *OPTIONAL)]
    listed = ", ".join(f'"{name}"' for name in names)
    return Statement(f"SELECT {', '.join(wanted)} FROM ({inner}) AS s ({listed})", marks)  # noqa: S608


def _column(name: str, given: list[str]) -> str:
    value = f's."{name}"' if name in given else "NULL"
    return f'{value}::{TYPES[name]} AS "{name}"'


def statement(
    reminder: Reminder, today: datetime.date, until: datetime.date | None = None, *,
    partnership: Any = None, subject: str | None = None,
) -> Statement | None:  # fmt: skip
    """All that a reminder has due by ``until`` (today, unless later) that nobody was told yet.

    ``told`` has a row for each person; ``due`` one for each step, also where nobody is found.
    """
    horizon = until or today
    asked = subjects(reminder, horizon)
    if asked is None:
        return None
    only = "".join(
        (" AND q.partnership = %(partnership)s" if partnership else "",
         " AND q.subject = %(subject)s" if subject is not None else "")
    )  # fmt: skip
    ours = ", ".join(f"({rung.days}, '{rung.audience}')" for rung in reminder.ladder)
    parameters = asked.parameters | {
        "kind": reminder.kind, "today": today, "horizon": horizon, "subject": subject,
        "partnership": partnership and partnership.pk, "instead": INSTEAD,
        **{f"because_{audience}": words for audience, words in BECAUSE.items()},
    }  # fmt: skip
    sql = TOLD.replace("{asked}", asked.sql).replace("{only}", only).replace("{ours}", ours)
    return Statement(sql, parameters)


# Working days are counted by a look-up: ``number`` rises by one with each of them. Where the
# calendar ends (the list of bank holidays reaches so far only), a week stands for five.
# ``ours`` and ``audience`` come from code, never from a person.
TOLD = """
WITH subject AS MATERIALIZED (
  SELECT q.* FROM ({asked}) AS q WHERE q.due IS NOT NULL{only}
),
ladder AS (
  SELECT step.*, DENSE_RANK() OVER (PARTITION BY step.partnership ORDER BY step.days) AS step
  FROM (
    SELECT own.partnership_id AS partnership, own.days::int AS days, own.audience::text AS audience
    FROM notices_rung own WHERE own.kind = %(kind)s
    UNION ALL
    SELECT p.id, ours.days, ours.audience
    FROM membership_partnership p CROSS JOIN (VALUES {ours}) AS ours (days, audience)
    WHERE NOT EXISTS (
      SELECT 1 FROM notices_rung own WHERE own.partnership_id = p.id AND own.kind = %(kind)s
    )
  ) AS step
),
rung AS (
  SELECT subject.*, ladder.days, ladder.audience, ladder.step,
    COALESCE(target.day, subject.due + CEIL(ladder.days * 1.4)::int) AS rung_day
  FROM subject JOIN ladder USING (partnership)
  LEFT JOIN notices_calendarday origin ON origin.day = subject.due
  LEFT JOIN notices_calendarday target ON target.working AND target.number = origin.number
    + ladder.days + CASE WHEN NOT origin.working AND ladder.days <= 0 THEN 1 ELSE 0 END
),
counted AS (
  SELECT rung.*, g.kind AS group_kind, g.administered_by_id AS run_by,
    GREATEST(rung_day, since) AS on_day,
    LEAD(rung_day) OVER (
      PARTITION BY rung.partnership, subject, occurrence, due, audience ORDER BY days
    ) AS next_day,
    CONCAT_WS(' ',
      CASE WHEN LENGTH(occurrence) > 32 THEN MD5(occurrence) ELSE NULLIF(occurrence, '') END,
      TO_CHAR(due, 'YYYY-MM-DD'), TO_CHAR(days, 'FMSG990')
    ) AS told_as
  FROM rung LEFT JOIN membership_group g ON g.id = rung."group"
),
due AS (
  SELECT counted.*, GREATEST(on_day, %(today)s::date) AS seated_on, EXISTS (
      SELECT 1 FROM notices_hold hold
      WHERE hold.partnership_id = counted.partnership AND hold.kind = %(kind)s
        AND hold.subject_id = counted.subject AND hold.released_at IS NULL
    ) AS held
  FROM counted
  WHERE on_day <= %(horizon)s AND (until IS NULL OR on_day <= until)
    AND (since IS NULL OR rung_day >= since OR next_day IS NULL OR next_day > since)
    AND NOT EXISTS (
      SELECT 1 FROM notices_notice told
      WHERE told.kind = %(kind)s AND told.subject_id = counted.subject
        AND told.partnership_id = counted.partnership AND told.occurrence = counted.told_as
    )
),
seat AS MATERIALIZED (
  SELECT s.person_id, s.group_id, s.role, s.agency_id, s.post_id, s.starts_on, s.ends_on,
    g.partnership_id, g.kind,
    s.substitute_for_id IS NULL AND s.role IN ('chair', 'vice_chair', 'member') AS leads,
    EXISTS (
      SELECT 1 FROM membership_partner p
      WHERE p.partnership_id = g.partnership_id AND p.agency_id = s.agency_id
        AND p.liaison_id = s.person_id AND (p.ends_on IS NULL OR p.ends_on > %(today)s)
    ) AS liaises
  FROM membership_seat s JOIN membership_group g ON g.id = s.group_id
  JOIN accounts_user u ON u.id = s.person_id AND u.is_active
  WHERE s.starts_on <= %(horizon)s AND (s.ends_on IS NULL OR s.ends_on > %(today)s)
    AND s.emergency_until IS NULL
    AND (g.ends_on IS NULL OR g.ends_on > %(today)s)
),
found AS (
  SELECT due.*, seat.person_id AS recipient, CASE
      WHEN audience = 'owner' AND seat.person_id = due.person THEN 1
      WHEN audience = 'owner' AND seat.post_id = due.post AND at_home.yes THEN 2
      WHEN audience = 'owner' AND seat.agency_id = due.agency AND at_home.yes AND leads THEN 3
      WHEN audience = 'lead' AND seat.agency_id = due.agency AND at_home.yes AND liaises THEN 1
      WHEN audience = 'lead' AND seat.agency_id = due.agency AND at_home.yes AND leads THEN 2
      WHEN audience = 'chair' AND seat.role = 'chair' AND at_home.yes THEN 1
      WHEN audience = 'chair' AND seat.role = 'vice_chair' AND at_home.yes THEN 2
      WHEN audience = 'vice_chair' AND seat.role = 'vice_chair' AND at_home.yes THEN 1
      WHEN audience = 'vice_chair' AND seat.role = 'chair' AND at_home.yes THEN 2
      WHEN seat.role = 'officer' AND (
        seat.group_id IN (due."group", due.run_by)
        OR (due."group" IS NULL AND seat.kind = 'secretariat')
      ) THEN 8
      WHEN seat.role = 'officer' AND seat.kind = 'secretariat'
        AND due.group_kind IS DISTINCT FROM 'panel' THEN 9
    END AS nearness
  FROM due JOIN seat ON seat.partnership_id = due.partnership
    AND seat.starts_on <= due.seated_on
    AND (seat.ends_on IS NULL OR seat.ends_on > due.seated_on)
  CROSS JOIN LATERAL (
    SELECT seat.group_id = due."group" OR (due."group" IS NULL AND seat.kind = 'board') AS yes
  ) AS at_home
),
nearest AS (
  SELECT found.*, RANK() OVER (
    PARTITION BY partnership, subject, told_as, audience ORDER BY nearness
  ) AS place
  FROM found WHERE nearness IS NOT NULL
),
told AS (
  SELECT DISTINCT ON (partnership, subject, told_as, recipient) nearest.*,
    MAX(days) OVER (PARTITION BY partnership, subject, occurrence, due, recipient) > days AS older,
    LEFT(CONCAT_WS(' ', NULLIF(because, ''), CASE
      WHEN audience <> 'officers' AND nearness >= 8 THEN %(instead)s
      WHEN audience = 'owner' THEN %(because_owner)s
      WHEN audience = 'lead' THEN %(because_lead)s
      WHEN audience = 'chair' THEN %(because_chair)s
      WHEN audience = 'vice_chair' THEN %(because_vice_chair)s
      ELSE %(because_officers)s
    END), 200) AS why
  FROM nearest WHERE place = 1
  ORDER BY partnership, subject, told_as, recipient, nearness
)
"""


def day_of(at: datetime.datetime) -> datetime.date:
    """The London day of a moment, by which everything here is counted."""
    return at.astimezone(clock.LONDON).date()
