"""People, agencies and groups, and who sits where."""

from typing import Any

from allauth.mfa.models import Authenticator

from accounts.models import User
from bench.loading.keys import key
from bench.loading.known import BOARD, CHAIR, OFFICER, TODAY, VICE_CHAIR
from bench.loading.rows import insert, literal
from membership.models import (
    Agency,
    Group,
    Partner,
    Partnership,
    PartnershipArea,
    Place,
    Post,
    Representation,
    RepresentationReport,
    Seat,
    SharingAgreement,
    SharingProtocol,
    Signature,
)

LONG_AGO = "date '2012-04-01'"
DAY = f"date '{TODAY}'"
AGENCIES = 10
LEAVERS = 6  # each year


def _array(words: str) -> str:
    return f"ARRAY[{', '.join(literal(word) for word in words.split())}]"


KINDS = _array("district police county health probation fire voluntary housing other health")
FIRST_NAMES = _array("Hazel Sage Linden Bryony Ash Reed Rowan Iris Basil Juniper Clover")
LAST_NAMES = _array(
    "Okafor Holloway Shah Clarke Pemberton Samuels Mistry Munro Whitcombe Lane Quayle Tan Bains"
)

# Group: short name, kind, the numbers of the people who sit on it.
GROUPS = {
    "Board": ("board", f"n <= {BOARD}"),
    "Secretariat": ("secretariat", f"n IN ({OFFICER}, 31)"),
    "DVACS": ("subgroup", "n BETWEEN 32 AND 66 OR n = 4"),
    "OCG": ("subgroup", "n BETWEEN 67 AND 95"),
    "Scrutiny": ("scrutiny", "n BETWEEN 96 AND 98"),
    "Commissioner": ("scrutineer", "n >= 99"),
}


def load(cursor: Any, scale: Any) -> dict[str, int]:
    """Every partnership with its people in their seats, and those who left."""
    each = f"FROM generate_series(1, {scale.partnerships}) p"
    counts = {
        **_people(cursor, each, scale),
        **_agencies(cursor, each),
        **_groups(cursor, each),
    }
    counts["Seat"] = _seats(cursor, each, scale)
    counts |= _sharing(cursor, each)
    return counts


def _people(cursor: Any, each: str, scale: Any) -> dict[str, int]:
    cursor.execute(
        f"CREATE TEMP TABLE bench_person AS SELECT p, n, NULL::int AS year {each}"
        f" CROSS JOIN generate_series(1, {scale.people}) n"
        f" UNION ALL SELECT p, 1000 + 10 * y + i, y {each}"
        f" CROSS JOIN generate_series(1, {scale.years}) y"
        f" CROSS JOIN generate_series(1, {LEAVERS}) i"
    )
    name = f"({FIRST_NAMES})[1 + n % 11] || ' ' || ({LAST_NAMES})[1 + (n * 7 + p) % 13]"
    users = insert(
        cursor, User, "FROM bench_person",
        id=key("user", "p", "n"), name=name, password="'!'", is_active="true",
        email="'person-' || n || '@partnership-' || p || '.test'",
    )  # fmt: skip
    insert(
        cursor, Authenticator, "FROM bench_person WHERE year IS NULL",
        user_id=key("user", "p", "n"), type="'totp'", data="'{}'::jsonb",
    )  # fmt: skip
    return {"User": users}


def _agencies(cursor: Any, each: str) -> dict[str, int]:
    """Ten agencies; in every third partnership the tenth took the place of another.

    So there are 105 successions in all, about as many as there were CCGs when they became ICBs.
    """
    partnerships = insert(
        cursor, Partnership, each,
        id=key("partnership", "p"), slug="'partnership-' || p",
        name="'Community Safety Partnership ' || p", place="'Place ' || p",
        contact_email="'safety@partnership-' || p || '.test'",
        introduction="repeat('People here work together for a safer place. ', 6)",
    )  # fmt: skip
    insert(
        cursor, PartnershipArea, each,
        partnership_id=key("partnership", "p"), gss_code="'E07000096'", name="'Place ' || p",
        starts_on=LONG_AGO,
    )  # fmt: skip
    agency = {
        "id": key("agency", "p", "a"), "name": "'Agency ' || a || ' of Place ' || p",
        "short_name": "'Agency ' || a", "slug": "'agency-' || p || '-' || a",
        "starts_on": LONG_AGO,
    }  # fmt: skip
    agencies = insert(
        cursor, Agency, f"{each} CROSS JOIN generate_series(11, 11) a WHERE p % 3 = 1",
        **agency, kind="'health'", ends_on="date '2022-07-01'",
    )  # fmt: skip
    agencies += insert(
        cursor, Agency, f"{each} CROSS JOIN generate_series(1, {AGENCIES}) a",
        **agency | {"starts_on": f"CASE a WHEN 10 THEN date '2022-07-01' ELSE {LONG_AGO} END"},
        kind=f"({KINDS})[a]",
        succeeds_id=f"CASE WHEN a = 10 AND p % 3 = 1 THEN {key('agency', 'p', '11')} END",
    )  # fmt: skip
    insert(
        cursor, Post, f"FROM bench_person WHERE n <= {BOARD + 1}",
        id=key("post", "p", "n"), agency_id=key("agency", "p", "1 + n % 10"),
        title="'Head of Community Work ' || n", starts_on=LONG_AGO,
    )  # fmt: skip
    insert(
        cursor, Partner, f"{each} CROSS JOIN generate_series(1, {AGENCIES}) a",
        id=key("partner", "p", "a"), partnership_id=key("partnership", "p"),
        agency_id=key("agency", "p", "a"), statutory="a <= 6", starts_on=LONG_AGO,
        liaison_id=key("user", "p", "a"),
    )  # fmt: skip
    return {"Partnership": partnerships, "Agency": agencies}


def _groups(cursor: Any, each: str) -> dict[str, int]:
    """The secretariat runs the business of all of them."""
    values = ", ".join(f"('{name}', '{kind}')" for name, (kind, _) in GROUPS.items())
    count = insert(
        cursor, Group, f"{each} CROSS JOIN (VALUES {values}) AS g (name, kind) ORDER BY g.name",
        id=key("group", "p", "g.name"), partnership_id=key("partnership", "p"),
        name="g.name", short_name="g.name", slug="lower(g.name)", kind="g.kind",
        administered_by_id=f"CASE WHEN g.name <> 'Secretariat' THEN "
        f"{key('group', 'p', literal('Secretariat'))} END",
        chair_reviewed="g.kind = 'board'", starts_on=LONG_AGO,
        default_marking="CASE g.kind WHEN 'subgroup' THEN 'sensitive' ELSE 'official' END",
    )  # fmt: skip
    insert(
        cursor, Place, f"FROM bench_person WHERE n <= {BOARD + 1}",
        group_id=key("group", "p", literal("Board")), agency_id=key("agency", "p", "1 + n % 10"),
        post_id=key("post", "p", "n"), starts_on=LONG_AGO,
    )  # fmt: skip
    return {"Group": count}


def _seats(cursor: Any, each: str, scale: Any) -> int:
    count = 0
    for name, (_, sits) in GROUPS.items():
        board = name == "Board"
        officer = "'officer'" if name == "Secretariat" else "'member'"
        roles = f"CASE n WHEN {CHAIR} THEN 'chair' WHEN {VICE_CHAIR} THEN 'vice_chair' "
        roles += "ELSE 'member' END"
        count += insert(
            cursor, Seat, f"FROM bench_person WHERE year IS NULL AND ({sits})",
            id=key("seat", "p", literal(name), "n"), person_id=key("user", "p", "n"),
            group_id=key("group", "p", literal(name)), agency_id=key("agency", "p", "1 + n % 10"),
            role=roles if board else officer,
            post_id=key("post", "p", "n") if board else "NULL",
            starts_on=f"{DAY} - {365 * scale.years + 400}",
            created_by_id=key("user", "p", str(OFFICER)),
        )  # fmt: skip
    gone = insert(
        cursor, Seat, "FROM bench_person WHERE year IS NOT NULL",
        id=key("seat", "p", "'Board'", "n"), person_id=key("user", "p", "n"), role="'member'",
        group_id=key("group", "p", "'Board'"), agency_id=key("agency", "p", "1 + n % 10"),
        starts_on=f"{DAY} - 365 * (year + 1)", ends_on=f"{DAY} - 365 * year",
        created_by_id=key("user", "p", str(OFFICER)),
        ended_at=f"({DAY} - 365 * year)::timestamptz",
        ended_by_id=key("user", "p", str(OFFICER)),
    )  # fmt: skip
    return count + gone


def _sharing(cursor: Any, each: str) -> dict[str, int]:
    """All but one of the agencies have signed; every group that needs a protocol has one."""
    insert(
        cursor, SharingAgreement, each,
        id=key("agreement", "p"), partnership_id=key("partnership", "p"),
        name="'Information Sharing Agreement'", short_name="'ISA'", starts_on=LONG_AGO,
        review_on=f"{DAY} + 200",
    )  # fmt: skip
    insert(
        cursor, Signature, f"{each} CROSS JOIN generate_series(1, {AGENCIES - 1}) a",
        id=key("signature", "p", "a"), agreement_id=key("agreement", "p"),
        agency_id=key("agency", "p", "a"), signed_by_name="'Clover Bains'", starts_on=LONG_AGO,
    )  # fmt: skip
    groups = ", ".join(f"('{name}')" for name in GROUPS)
    protocols = insert(
        cursor, SharingProtocol, f"{each} CROSS JOIN (VALUES {groups}) AS g (name)",
        id=key("protocol", "p", "g.name"), group_id=key("group", "p", "g.name"),
        title="g.name || ' protocol'", purpose="'To keep people safe'",
        lawful_gateway="'Crime and Disorder Act 1998 section 115'", starts_on=LONG_AGO,
        review_on=f"{DAY} + 100",
    )  # fmt: skip
    bodies = f"{each} CROSS JOIN generate_series(1, 5) b"
    insert(
        cursor, Representation, bodies,
        id=key("body", "p", "b"), partnership_id=key("partnership", "p"),
        body="'County Partnership ' || b", person_id=key("user", "p", "b"), starts_on=LONG_AGO,
    )  # fmt: skip
    insert(
        cursor, RepresentationReport, bodies,
        representation_id=key("body", "p", "b"), on=f"{DAY} - 30 * b",
        text="repeat('What came back to the board. ', 5)", by_id=key("user", "p", "b"),
    )  # fmt: skip
    return {"SharingProtocol": protocols}
