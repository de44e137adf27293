"""The register: what it counts and shows, for whom, in what order, at what cost."""

import csv
import datetime
import io

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from actions import queries, workflow
from actions.models import Action, Status
from audit.models import Entry, ReadEntry
from core import clock
from core.markings import Marking
from membership.models import Agency, Seat, Signature
from tests import world as worlds
from tests.actions.conftest import CANARY

DAY = datetime.timedelta(days=1)


@pytest.fixture
def url(world):
    return reverse("actions:list", args=[world.partnership.slug])


@pytest.fixture
def csv_url(world):
    return reverse("actions:csv", args=[world.partnership.slug])


def references(response):
    return [row.action.reference for row in response.context["rows"]]


def read_csv(response):
    return list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"))))


# ---- quick views --------------------------------------------------------------------------------


@pytest.fixture
def mixed(make, world):
    """One action of each kind: late and moved, near, far, said to be done, done, dropped."""
    made = {
        "late": make(due_in=-20),
        "near": make(due_in=5, owner=world.county, post=None, text="Bring figures by ward"),
        "far": make(due_in=90, owner=world.county, post=None),
        "says": make(due_in=40),
        "done": make(due_in=50),
        "dropped": make(due_in=60, owner=world.watch_body, post=None),
    }
    workflow.move_due_date(
        made["late"], due_on=clock.today() + 30 * DAY, reason="Rota", by=world.vice
    )
    workflow.update(made["says"], text="Done", status=Status.SAYS_DONE, by=world.vice)
    workflow.update(made["done"], text="Done", status=Status.SAYS_DONE, by=world.vice)
    workflow.confirm_done(made["done"], by=world.officer)
    workflow.drop(made["dropped"], reason="No longer needed", by=world.officer)
    return {name: action.reference for name, action in made.items()}


@pytest.mark.parametrize(
    ("view", "expected"),
    [
        ("", ["late", "near", "says", "far"]),
        ("open", ["late", "near", "says", "far"]),
        ("late", ["late"]),
        ("soon", ["near"]),
        ("to-confirm", ["says"]),
        ("mine", ["late", "says"]),
        ("closed", ["dropped", "done"]),
        ("nonsense", ["late", "near", "says", "far"]),
    ],
)
def test_each_quick_view_shows_as_many_as_it_counts(sign_in, world, url, mixed, view, expected):
    response = sign_in(world.vice).get(url, {"view": view} if view else {})
    assert references(response) == [mixed[name] for name in expected]
    current = [each for each in response.context["views"] if each.current]
    assert [each.count for each in current] == [len(expected)]
    assert f"{current[0].label} {len(expected)}" in response.content.decode()


def test_the_next_date_is_named_and_left_out_when_nothing_is_coming(sign_in, world, url, make):
    client = sign_in(world.officer)
    assert "Due by" not in client.get(url).content.decode()
    action = make(due_in=9)
    make(due_in=30)
    page = client.get(url)
    label = f"Due by {action.due_on.day} {action.due_on:%B}"
    assert [view.count for view in page.context["views"] if view.label.startswith(label)] == [1]


def test_late_is_counted_from_the_first_date_even_if_moved(sign_in, world, url, mixed):
    page = sign_in(world.vice).get(url, {"view": "late"}).content.decode()
    assert "moved once" in page
    assert "Late</strong>" in page


def test_what_says_done_past_its_date_shows_both(make, world):
    action = workflow.update(make(due_in=-3), text="Done", status=Status.SAYS_DONE, by=world.vice)
    assert queries.states(action, clock.today()) == [("Says done", "unsure"), ("Late", "late")]


# ---- choices ------------------------------------------------------------------------------------


def test_choices_narrow_and_say_what_they_would_leave(sign_in, world, url, mixed):
    client = sign_in(world.officer)
    page = client.get(url, {"agency": world.police.slug})
    assert references(page) == [mixed["late"], mixed["says"]]
    assert "Kent Police (2)" in page.content.decode()
    assert "Neighbourhood Watch (0)" in page.content.decode()
    assert references(client.get(url, {"group": world.board.slug, "words": "ward figures"})) == [
        mixed["near"]
    ]
    assert references(client.get(url, {"words": "county COUNCIL"})) == [
        mixed["near"], mixed["far"],
    ]  # fmt: skip


def test_choices_that_make_no_sense_say_so_and_show_nothing(sign_in, world, url, mixed):
    client = sign_in(world.officer)
    for choice in ({"agency": "nobody"}, {"group": "nothing"}, {"words": "x" * 101}):
        page = client.get(url, choice)
        assert page.status_code == 200
        assert references(page) == []
        assert "There is a problem" in page.content.decode()
    for odd in ({"page": "none"}, {"page": "99"}, {"sort": "drop table"}, {"words": "%_'\\"}):
        assert client.get(url, odd).status_code == 200
    assert client.get(url, {"words": "a\x00b"}).status_code == 200


@pytest.mark.parametrize("sort", list(queries.SORTS))
def test_every_heading_sorts_both_ways(sign_in, world, url, mixed, sort):
    client = sign_in(world.officer)
    forward = references(client.get(url, {"sort": sort}))
    assert sorted(forward) == sorted(references(client.get(url, {"sort": f"-{sort}"})))
    if sort in ("action", "first_due", "due"):
        assert references(client.get(url, {"sort": f"-{sort}"})) == forward[::-1]
        assert 'aria-sort="ascending"' in client.get(url, {"sort": sort}).content.decode()


def test_an_empty_register_says_what_to_do_first(sign_in, world, url, make):
    client = sign_in(world.officer)
    assert "There are no open actions." in client.get(url).content.decode()
    assert "No actions match" in client.get(url, {"view": "late"}).content.decode()
    make()
    assert "No actions match" in client.get(url, {"words": "zebra"}).content.decode()


def test_pages_hold_fifty(sign_in, world, url, many):
    many(120)
    client = sign_in(world.officer)
    assert len(references(client.get(url))) == 50
    assert len(references(client.get(url, {"page": 3}))) == 20


# ---- who sees what ------------------------------------------------------------------------------


def test_only_those_who_sit_on_a_group_that_meets_open_the_register(sign_in, world, url, csv_url):
    for person in (world.officer, world.chair, world.kent, world.watch, world.dvacs, world.ocg):
        assert sign_in(person).get(url).status_code == 200
        assert sign_in(person).get(csv_url).status_code == 200
    for person in (world.scrutiny, world.commissioner, world.leaver, world.guest, world.stranger):
        assert sign_in(person).get(url).status_code == 403
        assert sign_in(person).get(csv_url).status_code == 403


def test_counts_and_choices_never_include_what_the_reader_may_not_see(
    sign_in, world, url, csv_url, make, restricted
):
    make(group=world.ocg_group, by=world.ocg, text="Closed to the board")
    seen = make()
    for person, expected in [
        (world.watch, [seen.reference]),
        (world.kent, [restricted.reference, seen.reference]),
    ]:
        client = sign_in(person)
        page = client.get(url)
        assert sorted(references(page)) == sorted(expected)
        assert page.context["tally"].views["open"] == len(expected)
        assert list(page.context["tally"].groups) == ["board"]
        listed = [line[0] for line in read_csv(client.get(csv_url))[1:]]
        assert sorted(listed) == sorted(expected)
    for params in ({}, {"words": CANARY}, {"view": "mine"}, {"sort": "-state"}, {"view": "late"}):
        client = sign_in(world.watch)
        for address in (url, csv_url):
            content = client.get(address, params).content.decode().replace(
                f'value="{CANARY}"', ""
            )  # fmt: skip
            assert CANARY not in content
            assert restricted.reference not in content


def test_withdrawing_a_signature_hides_restricted_actions_at_once(sign_in, world, url, restricted):
    client = sign_in(world.kent)
    assert CANARY in client.get(url).content.decode()
    Signature.objects.filter(agency=world.county).update(ends_on=clock.today())
    assert CANARY not in client.get(url).content.decode()


def test_which_restricted_actions_a_list_or_a_file_showed_is_on_record(
    sign_in, world, url, csv_url, make, restricted
):
    make()
    sign_in(world.kent).get(url)
    read = ReadEntry.objects.get()
    assert (read.subject_id, read.actor_id) == (str(restricted.pk), str(world.kent.pk))
    assert read.group_id == str(world.board.pk)
    assert CANARY not in read.subject
    sign_in(world.kent).get(csv_url)
    assert ReadEntry.objects.count() == 2
    assert Entry.objects.filter(verb="downloaded actions of").count() == 1
    sign_in(world.watch).get(url)
    assert ReadEntry.objects.count() == 2


def test_the_register_of_another_partnership_is_its_own(sign_in, world, make):
    make()
    other = reverse("actions:list", args=[world.gravesham.slug])
    assert sign_in(world.officer).get(other).status_code == 403
    assert references(sign_in(world.stranger).get(other)) == []


# ---- the file -----------------------------------------------------------------------------------


def test_the_file_has_the_rows_of_the_page_and_disarms_formulas(
    sign_in, world, csv_url, make, mixed
):
    make(text='=HYPERLINK("http://evil.test")', detail="@SUM(1)", raised_in="+44 call")
    client = sign_in(world.officer)
    response = client.get(csv_url, {"words": "hyperlink"})
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert f"actions-dartford-{clock.today()}" in response["Content-Disposition"]
    head, line = read_csv(response)
    cells = dict(zip(head, line, strict=True))
    assert cells["What is to be done"].startswith("'=")
    assert cells["Detail"] == "'@SUM(1)"
    assert cells["Where it came from"] == "'+44 call"
    assert [each[0] for each in read_csv(client.get(csv_url, {"view": "late"}))[1:]] == [
        mixed["late"]
    ]
    everything = read_csv(client.get(csv_url))
    assert len(everything) == 6
    late = dict(zip(head, everything[1], strict=True))
    assert (late["Late"], late["Times moved"], late["State"]) == ("yes", "1", "Not started")


# ---- a body in another's place ------------------------------------------------------------------


def test_a_successor_has_its_predecessors_actions_under_the_old_name(
    sign_in, world, url, csv_url, make
):
    make(owner=world.county, post=None)
    heir = Agency.objects.create(
        name="West Kent Council", short_name="West Kent", slug="west-kent", kind="unitary",
        starts_on=clock.today(), succeeds=world.county,
    )  # fmt: skip
    Seat.objects.filter(pk=world.kent_seat.pk).update(ends_on=clock.today())
    worlds.seat(world.kent, world.board, heir, starts_on=clock.today())
    client = sign_in(world.kent)
    page = client.get(url, {"view": "mine"}).content.decode()
    assert "Kent County Council" in page
    assert "now West Kent Council" in page
    assert "West Kent Council (1)" in page
    assert len(references(client.get(url, {"agency": "west-kent"}))) == 1
    head, line = read_csv(client.get(csv_url))
    assert dict(zip(head, line, strict=True))["Owner today"] == "West Kent Council"


# ---- time ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("moment", "late"),
    [
        # In summer London is an hour ahead of UTC: its day begins at 23:00 the evening before.
        ("2026-06-30T22:59:59Z", 0),
        ("2026-06-30T23:00:01Z", 1),
        ("2026-12-31T23:59:59Z", 1),
    ],
)
def test_lateness_begins_at_midnight_in_london(world, make, moment, late):
    with time_machine.travel("2026-06-01T10:00:00Z", tick=False):
        make(made_ago=0, due_in=29)
    assert Action.objects.get().due_on == datetime.date(2026, 6, 30)
    with time_machine.travel(moment, tick=False):
        assert queries.tally(world.officer, world.partnership).views["late"] == late


# ---- cost ---------------------------------------------------------------------------------------


@pytest.fixture
def many(world):
    """Many open actions of the board at once, every third of them restricted."""

    def many(number):
        start = Action.objects.count()
        today = clock.today()
        Action.objects.bulk_create(
            Action(
                group=world.board, partnership=world.partnership, reference=f"A-2026-{n:04}",
                text=f"Agree patrol times {n}", owner=world.police, post=world.commander_post,
                marking=Marking.SENSITIVE if n % 3 == 0 else Marking.OFFICIAL,
                made_on=today - 90 * DAY, first_due_on=today + (n % 90 - 30) * DAY,
                due_on=today + (n % 90 - 30) * DAY, raised_in="Board, item 5",
                created_by=world.officer,
            )
            for n in range(start, start + number)
        )  # fmt: skip

    return many


FRAME = 5  # at most: session, person, partnership, seats, notices
REGISTER = 5  # counts, successions, number, rows, what restricted text is read


def queries_of(client, url, params=None):
    with CaptureQueriesContext(connection) as captured:
        assert client.get(url, params or {}).status_code == 200
    return len([each for each in captured if "SAVEPOINT" not in each["sql"]])


@pytest.mark.parametrize("params", [{}, {"words": "patrol"}, {"agency": "kent-police"}])
def test_the_same_number_of_queries_at_any_length(sign_in, world, url, many, params):
    client = sign_in(world.officer)
    client.get(url)  # the first request of a visit also saves the session
    counts = set()
    for number in (1, 29, 2970):
        many(number)
        counts.add(queries_of(client, url, params))
    assert len(counts) == 1
    assert counts.pop() <= FRAME + REGISTER


def test_the_file_asks_as_often_at_any_length(sign_in, world, csv_url, many):
    client = sign_in(world.officer)
    client.get(csv_url)
    counts = set()
    for number in (1, 29, 970):
        many(number)
        counts.add(queries_of(client, csv_url))
    assert len(counts) == 1


def test_a_full_page_is_light(sign_in, world, url, many):
    many(100)
    assert len(sign_in(world.officer).get(url).content) <= 45_000
