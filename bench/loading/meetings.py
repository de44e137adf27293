"""Ten years of board meetings with their items, attendance, papers, decisions and minutes."""

from typing import Any

from bench.loading.keys import key
from bench.loading.known import BOARD, COMING, LONG, MEETING, NEXT, OFFICER, TAKEN, TODAY
from bench.loading.rows import insert
from documents.models import Content, Document, Publication, Version
from meetings.models import Attendance, Decision, Item, Meeting, Paper

DAY = f"date '{TODAY}'"
MEETING_KEY = ("p", "grp", "days")
OFFICER_KEY = key("user", "p", str(OFFICER))
WITH_DECISIONS = (3, 5, 7, 9, 11, 13)
WITH_PAPER = (4, 5, 6, 7, 8, 9)
SENTENCE = (
    "The board received the report and asked how many people had been reached since it last met. "
    "It was agreed that the next report will show each ward beside the borough as a whole. "
)
PARAGRAPH = f"<p>{SENTENCE}{SENTENCE}</p>"

# Every meeting: its partnership, group, day from today, state, items and actions made at it.
MEETINGS = """
CREATE TEMP TABLE bench_meeting AS
WITH meeting (p, grp, days, status, items, actions) AS (
    SELECT p, 'Board', -91 * k - 1, 'published', 15, 10
    FROM generate_series(1, {partnerships}) p CROSS JOIN generate_series(1, 4 * {years}) k
    UNION ALL
    SELECT p, 'Board', days, status, 15, 0 FROM generate_series(1, {partnerships}) p
    CROSS JOIN (VALUES ({coming}, 'agenda_published'), ({next}, 'scheduled')) AS v (days, status)
    UNION ALL
    SELECT 1, 'Board', days, status, items, actions FROM (VALUES
        ({meeting}, 'with_partners', 15, 30), ({taken}, 'held', 15, 30),
        ({long}, 'with_partners', {items}, 0)
    ) AS v (days, status, items, actions)
    UNION ALL
    SELECT 1, CASE i % 2 WHEN 0 THEN 'DVACS' ELSE 'OCG' END,
        date '2025-05-05' + 3 * i - {day}, 'published', 3, 0
    FROM generate_series(1, {listed}) i
)
SELECT *, {day} + days AS day, status NOT IN ('agenda_published', 'scheduled') AS held,
    (extract(year FROM {day} + days) - (extract(month FROM {day} + days) < 5)::int)::int AS year
FROM meeting
"""


def load(cursor: Any, scale: Any) -> dict[str, int]:
    """The meetings of every partnership; the first also has those that pages are measured by."""
    cursor.execute(
        MEETINGS.format(
            partnerships=scale.partnerships, years=scale.years, listed=scale.listed,
            items=scale.long, coming=COMING, next=NEXT, meeting=MEETING, taken=TAKEN, long=LONG,
            day=DAY,
        )
    )  # fmt: skip
    return {
        "Meeting": _meetings(cursor),
        "Item": _items(cursor),
        "Attendance": _attendance(cursor),
        "Decision": _decisions(cursor),
        "Document": _papers(cursor),
        "Publication": _publications(cursor, scale),
    }


def _meetings(cursor: Any) -> int:
    def done(what: str, when: str) -> dict[str, str]:
        return {
            f"{what}_at": f"CASE WHEN {when} THEN day::timestamptz END",
            f"{what}_by_id": f"CASE WHEN {when} THEN {OFFICER_KEY} END",
        }

    return insert(
        cursor, Meeting, "FROM bench_meeting",
        id=key("meeting", *MEETING_KEY), group_id=key("group", "p", "grp"),
        slug="lower(grp) || '-' || day", on="day", starts_at="time '10:00'", ends_at="time '12:00'",
        venue="'Civic Centre, Place ' || p", online="true", year="year", status="status",
        number="row_number() OVER (PARTITION BY p, grp, year ORDER BY day)",
        created_by_id=OFFICER_KEY, chaired_by_id=f"CASE WHEN held THEN {key('user', 'p', '2')} END",
        public_minutes_id="CASE WHEN status = 'published' AND grp = 'Board' THEN "
        f"{key('publication', *MEETING_KEY)} END",
        restricted_minutes_id="CASE WHEN status = 'published' THEN "
        f"{key('minutes', *MEETING_KEY)} END",
        **done("agenda_published", "status <> 'scheduled'"), **done("opened", "held"),
        **done("cleared", "status IN ('published', 'with_partners')"),
        **done("agreed", "status = 'published'"), **done("published", "status = 'published'"),
    )  # fmt: skip


def _items(cursor: Any) -> int:
    return insert(
        cursor, Item, "FROM bench_meeting CROSS JOIN generate_series(1, items) n",
        id=key("item", *MEETING_KEY, "n"), meeting_id=key("meeting", *MEETING_KEY), kind="'other'",
        title="'Community work in the ' || n || 'th ward'", position="n", number="n",
        marking="CASE WHEN items > 5 AND n > items - 2 THEN 'sensitive' ELSE 'official' END",
        lead_id=key("user", "p", f"1 + n % {BOARD}"),
        paper_expected=f"n IN {WITH_PAPER}", note="'To note the progress'",
        minute=f"CASE WHEN held THEN repeat('{SENTENCE}', 2) ELSE '' END",
        version="held::int", minuted_at="CASE WHEN held THEN day::timestamptz END",
        minuted_by_id=f"CASE WHEN held THEN {OFFICER_KEY} END",
    )  # fmt: skip


def _attendance(cursor: Any) -> int:
    presence = (
        "CASE WHEN NOT held THEN 'expected' WHEN n % 7 = 0 THEN 'apologies' ELSE 'present' END"
    )
    return insert(
        cursor, Attendance,
        f"FROM bench_meeting CROSS JOIN generate_series(1, {BOARD}) n WHERE grp = 'Board'",
        meeting_id=key("meeting", *MEETING_KEY), seat_id=key("seat", "p", "grp", "n"),
        person_id=key("user", "p", "n"), name="'Hazel Okafor ' || n",
        agency_id=key("agency", "p", "1 + n % 10"), post="'Head of Community Work ' || n",
        presence=presence, recorded_by_id=OFFICER_KEY,
    )  # fmt: skip


def _decisions(cursor: Any) -> int:
    items = ", ".join(f"({item})" for item in WITH_DECISIONS)
    return insert(
        cursor, Decision,
        f"FROM bench_meeting CROSS JOIN (VALUES {items}) AS v (n) WHERE held AND n <= items",
        id=key("decision", *MEETING_KEY, "n"), item_id=key("item", *MEETING_KEY, "n"),
        number="n / 2", text="'That the plan is agreed and comes back in six months.'",
        made_by_id=OFFICER_KEY,
    )  # fmt: skip


def _papers(cursor: Any) -> int:
    """Six papers for each meeting of the board, and the restricted minutes of those published."""
    content = "repeat('0', 64)"
    insert(cursor, Content, "", sha256=content, data="'%PDF'::bytea", size="4")
    items = ", ".join(f"({item})" for item in WITH_PAPER)
    papers = f"FROM bench_meeting CROSS JOIN (VALUES {items}) AS v (n) WHERE items >= 15"
    minutes = "FROM bench_meeting WHERE status = 'published'"
    common = {"created_by_id": OFFICER_KEY}
    group = key("group", "p", "grp")
    paper, minute = key("paper", *MEETING_KEY, "n"), key("minutes", *MEETING_KEY)
    count = insert(
        cursor, Document, papers, id=paper, group_id=group, title="'Report ' || n", **common
    )
    count += insert(
        cursor, Document, minutes, id=minute, group_id=group, title="'Minutes of ' || day",
        marking="'sensitive'", **common,
    )  # fmt: skip
    for source, document in ((papers, paper), (minutes, minute)):
        insert(
            cursor, Version, source, document_id=document, number="1", content_id=content,
            file_name="'report.pdf'", content_type="'application/pdf'", pages="4", **common,
        )  # fmt: skip
    insert(
        cursor, Paper, papers, item_id=key("item", *MEETING_KEY, "n"), document_id=paper,
        letter="chr(61 + n)",
    )  # fmt: skip
    return count


def _publications(cursor: Any, scale: Any) -> int:
    """The published minutes of the board, and in the first partnership the reports of a list."""
    common = {
        "partnership_id": key("partnership", "p"), "html": f"repeat('{PARAGRAPH}', 20)",
        "text": f"repeat('{SENTENCE}', 10)", "content_id": "repeat('0', 64)",
        "summary": "'What was decided'", "published_by_id": OFFICER_KEY,
    }  # fmt: skip
    minutes = insert(
        cursor, Publication, "FROM bench_meeting WHERE status = 'published' AND grp = 'Board'",
        id=key("publication", *MEETING_KEY), kind="'Minutes'", slug="'minutes-' || day",
        title="'Minutes of the board, ' || day", file_name="'minutes-' || day || '.pdf'",
        published_at="day::timestamptz + interval '100 days'", **common,
    )  # fmt: skip
    reports = insert(
        cursor, Publication,
        f"FROM generate_series(1, {scale.listed}) n CROSS JOIN (SELECT 1 AS p) x",
        id=key("report", "n"), kind="'Report'", slug="'report-' || n", title="'Report ' || n",
        file_name="'report-' || n || '.pdf'",
        published_at=f"{DAY}::timestamptz - n * interval '1 day'", **common,
    )  # fmt: skip
    return minutes + reports
