"""No list asks more of the database because it is longer: the same queries at 1, 30 and 3,000 rows.

The numbers are of all queries of the request: session, user and seats are three of them, or, for
who is not signed in, the partnership is one.
"""

import datetime

import pytest
from django.db import connection
from django.urls import reverse

from accounts.models import User
from actions.models import Action
from audit.models import Entry
from bench.loading.keys import key
from bench.loading.rows import insert, literal
from core import clock
from dhr.models import Milestone, PlanItem, Recommendation, Review
from documents.models import Content, Document, Publication, SharingRecord
from meetings.models import Attendance, Decision, Item, Meeting, MinutedAction, Paper
from membership.models import Agency, Group, Partner, Post, Seat, Signature
from notices.models import Notice

LENGTHS = (1, 30, 3000)
DAY = datetime.date(2026, 11, 23)


@pytest.fixture(autouse=True)
def one_day():
    """Pages speak of what is late or soon, so all of them are opened on the same day."""
    with clock.told_at(clock.london(DAY, datetime.time(10))):
        yield


# ---- rows ---------------------------------------------------------------------------------------


def make(model, first, last, **columns):
    """Rows numbered n, made by the database, which then knows how many there are."""
    with connection.cursor() as cursor:
        insert(cursor, model, f"FROM generate_series({first}, {last}) n", **columns)
        cursor.execute(f"ANALYZE {model._meta.db_table}")


def pk(instance):
    return literal(instance.pk)


def actions(world, first, last):
    make(
        Action, first, last,
        group_id=pk(world.board), partnership_id=pk(world.partnership), owner_id=pk(world.county),
        reference="'A-2026-' || n", text="'Bring figure ' || n", made_on="date '2026-10-01'",
        first_due_on="date '2026-11-01' + n % 60", due_on="date '2026-11-01' + n % 60",
        raised_in="'Board meeting'", created_by_id=pk(world.officer),
    )  # fmt: skip


def meetings(world, first, last):
    # Cancelled ones may share a day.
    make(
        Meeting, first, last,
        group_id=pk(world.board), slug="'board-' || n", on="date '2025-05-01' + n % 300",
        starts_at="time '10:00'", ends_at="time '12:00'", venue="'Civic Centre'", year="2025",
        number="n", status="CASE WHEN n < 300 THEN 'held' ELSE 'cancelled' END",
        created_by_id=pk(world.officer), opened_at="CASE WHEN n < 300 THEN now() END",
        opened_by_id=f"CASE WHEN n < 300 THEN {pk(world.officer)} END",
        cancelled_at="CASE WHEN n >= 300 THEN now() END",
        cancelled_by_id=f"CASE WHEN n >= 300 THEN {pk(world.officer)} END",
    )  # fmt: skip


def people(world, first, last):
    person = key("person", "n")
    make(
        User, first, last,
        id=person, name="'Person ' || n", email="'person-' || n || '@example.test'", password="'!'",
    )  # fmt: skip
    make(
        Post, first, last,
        id=key("post", "n"), agency_id=pk(world.county), title="'Post ' || n",
        starts_on="date '2024-04-01'",
    )  # fmt: skip
    make(
        Seat, first, last,
        person_id=person, group_id=pk(world.board), agency_id=pk(world.county),
        post_id=key("post", "n"), starts_on="date '2026-01-01'", created_by_id=pk(world.officer),
    )  # fmt: skip


def agencies(world, first, last):
    agency = key("agency", "n")
    make(
        Agency, first, last,
        id=agency, name="'Agency ' || n", short_name="'Agency ' || n", slug="'agency-' || n",
        kind="'voluntary'", starts_on="date '2024-04-01'",
    )  # fmt: skip
    make(
        Partner, first, last,
        partnership_id=pk(world.partnership), agency_id=agency, starts_on="date '2024-04-01'",
    )  # fmt: skip
    make(
        Signature, first, last,
        agreement_id=pk(world.agreement), agency_id=agency, signed_by_name="'Ash Lane'",
        starts_on="date '2024-04-01'",
    )  # fmt: skip


def notices(world, first, last):
    make(
        Notice, first, last,
        recipient_id=pk(world.kent), partnership_id=pk(world.partnership), kind="'agenda'",
        subject_id="n::text", text="'The agenda is published'", url="'/'",
    )  # fmt: skip


def publications(world, first, last):
    digest = "lpad(n::text, 64, '0')"
    make(Content, first, last, sha256=digest, data="'%PDF'::bytea", size="4")
    make(
        Publication, first, last,
        partnership_id=pk(world.partnership), kind="'Minutes'", slug="'minutes-' || n",
        title="'Minutes ' || n", html="'<p>Minutes</p>'", text="'What the board said'",
        content_id=digest, file_name="'minutes.pdf'", published_by_id=pk(world.officer),
    )  # fmt: skip


def entries(world, first, last):
    make(
        Entry, first, last,
        partnership=literal(world.partnership.slug), verb="'published the agenda of'",
        actor_name="'Hazel Okafor'", kind="'meeting'", subject="'Board meeting ' || n",
    )  # fmt: skip


def shared(world, first, last):
    make(
        SharingRecord, first, last,
        partnership_id=pk(world.partnership), group_id=pk(world.board), on="date '2026-11-01'",
        what="'Figures ' || n", shared_by_id=pk(world.council), shared_with_id=pk(world.police),
        lawful_gateway="'CDA 1998 section 115'", reason="'To plan'",
        created_by_id=pk(world.officer),
    )  # fmt: skip


def reviews(world, first, last):
    group, review = key("review group", "n"), key("review", "n")
    make(
        Group, first, last,
        id=group, partnership_id=pk(world.partnership), name="'Death review ' || n",
        short_name="'DR-' || n", slug="'dr-' || n", kind="'panel'", starts_on="date '2026-01-01'",
    )  # fmt: skip
    make(
        Seat, first, last,
        person_id=pk(world.officer), group_id=group, agency_id=pk(world.council), role="'officer'",
        starts_on="date '2026-01-01'", created_by_id=pk(world.officer),
    )  # fmt: skip
    make(
        Review, first, last,
        id=review, partnership_id=pk(world.partnership), group_id=group,
        reference="'DR-2026-' || n", pseudonym="'Person ' || n", notified_on="date '2026-11-01'",
        created_by_id=pk(world.officer),
    )  # fmt: skip
    make(
        Milestone, first, last,
        review_id=review, step="'decide'", starts_on="date '2026-11-01'",
        first_due_on="date '2026-12-01'", due_on="date '2026-12-01'",
    )  # fmt: skip


def plans(world, first, last):
    """A plan of one action for each review."""
    reviews(world, first, last)
    told = key("recommendation", "n")
    make(
        Recommendation, first, last,
        id=told, review_id=key("review", "n"), number="1", text="'Ask about abuse'",
    )  # fmt: skip
    make(
        PlanItem, first, last,
        id=key("plan item", "n"), recommendation_id=told, partnership_id=pk(world.partnership),
        number="1", text="'Ask'", agency_id=pk(world.police), target_on="date '2026-10-01'",
    )  # fmt: skip


# ---- lists --------------------------------------------------------------------------------------

# What grows, who opens the page, its address and the queries that it takes at any length.
LISTS = {
    "my work, actions": (actions, "kent", "dashboards:home", "", 11),
    "my work, officer": (actions, "officer", "dashboards:home", "", 39),
    "my work, meetings": (meetings, "kent", "dashboards:home", "", 11),
    "meetings": (meetings, "officer", "meetings:list", "?year=2025", 6),
    "actions": (actions, "kent", "actions:list", "", 7),
    "actions, file": (actions, "kent", "actions:csv", "", 8),
    "people by agency": (people, "kent", "membership:people", "?by=agency", 11),
    "people by group": (people, "kent", "membership:people", "?by=group", 10),
    "people by person": (people, "kent", "membership:people", "?by=person", 10),
    "people, file": (people, "kent", "membership:people_csv", "", 7),
    "agencies": (agencies, "kent", "membership:people", "?by=agency", 11),
    "sharing": (agencies, "officer", "membership:sharing", "", 11),
    "record of sharing": (shared, "officer", "documents:sharing_record", "", 8),
    "notices": (notices, "kent", "notices:list", "", 5),
    "publications": (publications, "", "documents:publications", "", 3),
    "public front": (publications, "", "dashboards:public", "", 9),
    "public search": (publications, "", "dashboards:public_search", "?q=minutes", 5),
    "public feed": (publications, "", "dashboards:feed", "", 5),
    "record": (entries, "officer", "dashboards:audit", "", 5),
    "death reviews": (reviews, "officer", "dhr:reviews", "", 11),
    "death reviews, file": (reviews, "officer", "dhr:reviews_csv", "", 7),
    "death reviews, all plans": (plans, "chair", "dhr:oversight", "", 13),
}

WITHOUT_PARTNERSHIP = ("dashboards:home", "notices:list")


@pytest.mark.parametrize("name", LISTS)
def test_a_list_asks_the_same_at_any_length(
    world, sign_in, client, django_assert_num_queries, name
):
    grow, persona, route, query, expected = LISTS[name]
    client = sign_in(getattr(world, persona)) if persona else client
    args = [] if route in WITHOUT_PARTNERSHIP else [world.partnership.slug]
    url = reverse(route, args=args) + query
    made = 0
    for length in LENGTHS:
        grow(world, made + 1, length)
        made = length
        client.get(url)  # the first request of a session notes when it began
        with django_assert_num_queries(expected):
            response = client.get(url)
        assert response.status_code == 200


# ---- a meeting ----------------------------------------------------------------------------------


@pytest.fixture
def meeting(world):
    """A meeting of the board, today."""
    return Meeting.objects.create(
        group=world.board, slug="board-2026-11-23", on=DAY, starts_at=datetime.time(9),
        ends_at=datetime.time(12), venue="Civic Centre", year=2026, number=1, status="held",
        created_by=world.officer, opened_at=clock.now(), opened_by=world.officer,
        chaired_by=world.chair,
    )  # fmt: skip


def items(world, meeting, first, last):
    """Items with a minute, a decision, two actions and a paper, and somebody at each."""
    item, action, document = key("item", "n"), key("action", "n"), key("document", "n")
    make(
        Item, first, last,
        id=item, meeting_id=pk(meeting), kind="'other'", title="'Item ' || n", position="n",
        number="n", marking="CASE WHEN n % 5 = 0 THEN 'sensitive' ELSE 'official' END",
        minute="'It was noted.'", version="1", lead_id=pk(world.kent),
        minuted_at="now()", minuted_by_id=pk(world.officer),
    )  # fmt: skip
    make(
        Decision, first, last,
        item_id=item, number="n", text="'That it is noted.'", made_by_id=pk(world.officer),
    )  # fmt: skip
    make(
        Action, first, last,
        id=action, group_id=pk(world.board), partnership_id=pk(world.partnership),
        owner_id=pk(world.county), reference="'A-2026-' || n", text="'Bring figure ' || n",
        made_on="date '2026-10-14'", first_due_on="date '2026-12-01'", due_on="date '2026-12-01'",
        raised_in="'Board meeting'", created_by_id=pk(world.officer),
    )  # fmt: skip
    make(MinutedAction, first, last, item_id=item, action_id=action)
    make(
        Document, first, last,
        id=document, group_id=pk(world.board), title="'Paper ' || n",
        created_by_id=pk(world.officer),
    )  # fmt: skip
    make(Paper, first, last, item_id=item, document_id=document, letter="'A'")
    make(
        Attendance, first, last,
        meeting_id=pk(meeting), name="'Person ' || n", agency_id=pk(world.county),
        presence="'in_attendance'", recorded_by_id=pk(world.officer),
    )  # fmt: skip


# Who opens which page of a meeting in which state, and its queries. Its own page may take eight.
MEETING_PAGES = {
    "detail, held": ("kent", "detail", "held", 6),
    "detail, with partners": ("kent", "detail", "with_partners", 6),
    "detail, officer": ("officer", "detail", "scheduled", 6),
    "draft minutes": ("kent", "draft_minutes", "with_partners", 21),
    "minute-taking": ("officer", "minutes", "held", 21),
    "agenda": ("officer", "agenda", "scheduled", 9),
    "attendance": ("officer", "attendance", "held", 7),
    "public agenda": ("", "public_agenda", "agenda_published", 6),
}


@pytest.mark.parametrize("name", MEETING_PAGES)
def test_a_meeting_asks_the_same_of_15_items_and_of_150(
    world, meeting, sign_in, client, django_assert_num_queries, name
):
    persona, route, status, expected = MEETING_PAGES[name]
    meeting.status = status
    meeting.agenda_published_at, meeting.agenda_published_by = clock.now(), world.officer
    meeting.save()
    client = sign_in(getattr(world, persona)) if persona else client
    args = [world.partnership.slug, meeting.slug, *([5] if route == "minutes" else [])]
    url = reverse(f"meetings:{route}", args=args)
    made = 0
    for length in (15, 150):
        items(world, meeting, made + 1, length)
        made = length
        client.get(url)
        with django_assert_num_queries(expected):
            response = client.get(url)
        assert response.status_code == 200
