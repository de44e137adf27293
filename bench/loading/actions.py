"""The register of actions: those that ten years of meetings made, and what became of them."""

from typing import Any

from actions.models import Action, DueDate, Update
from bench.loading.keys import key
from bench.loading.known import OFFICER, TODAY
from bench.loading.rows import insert
from meetings.models import MinutedAction

DAY = f"date '{TODAY}'"
OFFICER_KEY = key("user", "p", str(OFFICER))

# Every action: the meeting and item that made it, its number in the register, and whether it is
# open. The first partnership has as many open ones as a list is measured by, and no more.
ACTIONS = """
CREATE TEMP TABLE bench_action AS
WITH action (p, days, n, item) AS (
    SELECT p, days, n, 1 + n % items FROM bench_meeting CROSS JOIN generate_series(1, actions) n
    UNION ALL
    SELECT 1, -60, n, NULL FROM generate_series(1, {others}) n
)
SELECT *, {day} + days AS made_on, extract(year FROM {day} + days)::int AS year,
    row_number() OVER (PARTITION BY p, extract(year FROM {day} + days) ORDER BY days, n) AS number,
    CASE WHEN p = 1 THEN days IN (-40, 0, -60) ELSE days > -200 END AS open
FROM action
"""


def load(cursor: Any, scale: Any) -> dict[str, int]:
    """About forty actions a year in every partnership."""
    cursor.execute(ACTIONS.format(day=DAY, others=max(scale.listed - 60, 0)))
    source = "FROM bench_action"
    action = key("action", "p", "days", "n")
    actions = insert(
        cursor, Action, source,
        id=action, group_id=key("group", "p", "'Board'"), partnership_id=key("partnership", "p"),
        reference="'A-' || year || '-' || lpad(number::text, 3, '0')",
        text="'Bring the figures of the ' || n || 'th ward to the next meeting of the board'",
        marking="CASE WHEN n % 10 = 0 THEN 'sensitive' ELSE 'official' END",
        owner_id=key("agency", "p", "1 + n % 10"), post_id=key("post", "p", "n % 30 + 1"),
        status="CASE WHEN NOT open THEN 'done' WHEN n % 3 = 0 THEN 'says_done' "
        "WHEN n % 3 = 1 THEN 'in_progress' ELSE 'not_started' END",
        made_on="made_on", first_due_on="made_on + 30 + n", due_on="made_on + 60 + n",
        times_moved="1", raised_in="'Board meeting of ' || made_on", created_by_id=OFFICER_KEY,
        closed_at="CASE WHEN NOT open THEN made_on::timestamptz + interval '80 days' END",
        closed_by_id=f"CASE WHEN NOT open THEN {OFFICER_KEY} END",
    )  # fmt: skip
    insert(
        cursor, MinutedAction, f"{source} WHERE item IS NOT NULL",
        item_id=key("item", "p", "'Board'", "days", "item"), action_id=action,
    )  # fmt: skip
    updates = insert(
        cursor, Update, f"{source} CROSS JOIN generate_series(1, 2) u",
        action_id=action, at="made_on::timestamptz + u * interval '20 days'",
        by_id=key("user", "p", "1 + n % 30"), agency_id=key("agency", "p", "1 + n % 10"),
        text="'We have asked for the figures. They come next week.'", status="'in_progress'",
    )  # fmt: skip
    insert(
        cursor, DueDate, f"{source} CROSS JOIN generate_series(1, 2) d",
        action_id=action, due_on="made_on + 30 * d + n", set_by_id=OFFICER_KEY,
        set_at="made_on::timestamptz + d * interval '10 days'",
        reason="CASE d WHEN 2 THEN 'The figures are late' ELSE '' END",
    )  # fmt: skip
    return {"Action": actions, "Update": updates}
