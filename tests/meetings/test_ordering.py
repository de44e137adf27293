"""The order of a draft agenda, its timings, and subjects that go on from meeting to meeting."""

import datetime

import pytest
from django.core.exceptions import ValidationError

from core.markings import Marking
from core.workflow import Wrong
from meetings.models import Declaration, Item, ItemKind
from meetings.queries.agenda import agenda_of
from meetings.queries.continuing import subjects
from meetings.threads import thread_of
from meetings.workflow import agenda
from membership.models import Signature
from tests.meetings.held import NOVEMBER, SEPTEMBER, address, at, drafted

OPEN, SECRET = Marking.OFFICIAL, Marking.SENSITIVE


@pytest.fixture(autouse=True)
def november():
    with at(NOVEMBER, 9):
        yield


@pytest.fixture
def short(world):
    """A draft with items A to E and, restricted, Y and Z."""
    meeting = drafted(world)
    meeting.items.all().delete()
    for number, title in enumerate("ABCDEYZ", start=1):
        Item.objects.create(
            meeting=meeting, title=title, position=number, number=number,
            marking=SECRET if title in "YZ" else OPEN,
        )  # fmt: skip
    return meeting


def order(meeting):
    return "".join(item.title for item in meeting.items.order_by("number"))


def item(meeting, title):
    found = meeting.items.get(title=title)
    found.meeting = meeting
    return found


# ---- order --------------------------------------------------------------------------------------


@pytest.mark.parametrize(("title", "to", "expected"), [
    ("E", 1, "EABCDYZ"), ("A", 4, "BCDAEYZ"), ("A", 99, "BCDEAYZ"), ("C", 3, "ABCDEYZ"),
    ("Z", 6, "ABCDEZY"), ("Z", 1, "ABCDEZY"), ("B", 0, "BACDEYZ"),
])  # fmt: skip
def test_an_item_moves_to_a_number_within_its_part(world, short, title, to, expected):
    moved = agenda.move_item(item(short, title), to=to, by=world.officer)
    assert order(short) == expected
    assert moved.number == expected.index(title) + 1


@pytest.mark.parametrize(("places", "expected"), [
    ({"E": 1}, "EABCDYZ"), ({"E": 1, "A": 5}, "EBCDAYZ"), ({"D": 2, "E": 2}, "ADEBCYZ"),
    ({"A": 5, "B": 5}, "CDEBAYZ"), ({"A": 7, "Z": 1}, "BCDEAZY"), ({}, "ABCDEYZ"),
])  # fmt: skip
def test_many_items_go_to_their_numbers_at_once(world, short, places, expected):
    keys = {item(short, title).pk: number for title, number in places.items()}
    agenda.order_items(short, places=keys, by=world.officer)
    assert sorted(order(short)) == sorted(expected)
    assert order(short)[-2:] == expected[-2:]
    if places != {"A": 5, "B": 5}:
        assert order(short) == expected
    numbers = short.items.order_by("number").values_list("number", flat=True)
    assert list(numbers) == list(range(1, 8))


def test_an_order_made_from_an_old_page_is_refused(world, short):
    stamp = agenda.order_stamp(short.items.order_by("number"))
    agenda.move_item(item(short, "A"), up=False, by=world.officer)
    with pytest.raises(Wrong, match="changed the agenda meanwhile"):
        agenda.order_items(short, places={item(short, "E").pk: 1}, stamp=stamp, by=world.officer)


def test_who_fails_the_gate_moves_no_restricted_item(world, short):
    Signature.objects.filter(agency=world.council).delete()
    agenda.order_items(
        short, places={item(short, "Z").pk: 6, item(short, "E").pk: 1}, by=world.officer
    )
    assert order(short) == "EABCDYZ"


def test_a_published_agenda_keeps_its_order(world, short):
    agenda.publish(short, by=world.officer)
    with pytest.raises(Wrong):
        agenda.order_items(short, places={item(short, "E").pk: 1}, by=world.officer)


def test_the_items_say_when_they_end(world, short):
    says = agenda_of(short).ends_words
    assert says == "The items end at 10.35am, 85 minutes before the meeting does."
    Item.objects.filter(meeting=short).update(minutes_allowed=20)
    assert agenda_of(short).ends_words == "The items end at 12.20pm."
    Item.objects.filter(meeting=short).update(minutes_allowed=5)
    Item.objects.filter(meeting=short, title="A").update(minutes_allowed=90)
    assert agenda_of(short).ends_words == "The items end at noon, as the meeting does."


def test_numbers_are_sent_in_one_form_and_the_focus_stays(world, short, sign_in):
    client = sign_in(world.officer)
    page = client.get(address("agenda", short)).content.decode()
    stamp = page.split('name="stamp" value="')[1].split('"')[0]
    sent = {f"place-{each.pk}": each.number for each in short.items.all()} | {"stamp": stamp}
    key = item(short, "E").pk
    page = client.post(address("agenda_order", short), sent | {f"place-{key}": 1}, follow=True)
    assert order(short) == "EABCDYZ"
    assert 'value="1" inputmode="numeric" autocomplete="off" autofocus' in page.content.decode()
    stale = client.post(address("agenda_order", short), sent | {f"place-{key}": 3}, follow=True)
    assert "changed the agenda meanwhile" in stale.content.decode()
    for wrong in ("x", "", "-1", "1234", "²"):
        page = client.post(address("agenda_order", short), {f"place-{key}": wrong}, follow=True)
        assert "A place must be a number" in page.content.decode()
    assert order(short) == "EABCDYZ"


def test_the_button_that_moved_an_item_keeps_the_focus(world, short, sign_in):
    client = sign_in(world.officer)
    page = client.post(
        address("item_move", short, item(short, "C").pk), {"way": "up"}, follow=True
    ).content.decode()  # fmt: skip
    assert 'value="up" autofocus>Up<span class="govuk-visually-hidden">: move item 2 up' in page
    page = client.post(
        address("item_move", short, item(short, "C").pk), {"way": "up"}, follow=True
    ).content.decode()  # fmt: skip
    assert 'value="down" autofocus>Down' in page


def test_two_hundred_items_are_quick_to_read_and_to_order(
    world, short, sign_in, django_assert_max_num_queries
):
    Item.objects.bulk_create(
        Item(meeting=short, title=f"Item {place}", position=place, number=place)
        for place in range(8, 201)
    )
    client = sign_in(world.officer)
    with django_assert_max_num_queries(18):
        page = client.get(address("agenda", short))
    assert len(page.content) < 900_000
    last = item(short, "Item 200")
    agenda.move_item(last, to=1, by=world.officer)
    assert item(short, "Item 200").number == 1
    numbers = short.items.order_by("number").values_list("number", flat=True)
    assert list(numbers) == list(range(1, 201))
    assert order(short).endswith("YZ")


# ---- subjects -----------------------------------------------------------------------------------


@pytest.fixture
def earlier(world):
    with at(SEPTEMBER - datetime.timedelta(days=60)):
        meeting = drafted(world, SEPTEMBER)
        return agenda.add_item(
            meeting, title="Shop theft", marking=OPEN, minutes_allowed=5, by=world.officer
        )


def add(world, meeting, **more):
    words = {"title": "Shop theft again", "marking": OPEN, "minutes_allowed": 5}
    return agenda.add_item(meeting, **(words | more), by=world.officer)


def change(world, thing, **more):
    words = {"title": thing.title, "marking": thing.marking, "minutes_allowed": 5}
    return agenda.change_item(thing, **(words | more), by=world.officer)


def test_standing_items_share_a_thread_and_others_begin_their_own(world, earlier):
    meeting = drafted(world)
    for each in meeting.items.all():
        assert each.thread == thread_of(world.board, each.kind)
    assert add(world, meeting).thread != earlier.thread


def test_an_item_continues_an_earlier_one_until_it_is_said_not_to(world, earlier):
    meeting = drafted(world)
    made = add(world, meeting, continues=earlier)
    assert made.thread == earlier.thread
    assert change(world, made, note="Decide").thread == earlier.thread
    alone = change(world, made, continues=None).thread
    assert alone != earlier.thread
    assert change(world, made, continues=None).thread == alone
    assert change(world, made, continues=earlier).thread == earlier.thread
    assert change(world, earlier, continues=None).thread == earlier.thread


def test_standing_items_keep_the_thread_of_their_kind(world, earlier):
    meeting = drafted(world)
    funding = meeting.items.get(kind=ItemKind.FUNDING)
    assert change(world, funding, continues=earlier).thread == funding.thread


def test_only_items_of_the_group_that_one_may_open_are_continued(world, earlier):
    theirs = drafted(world, SEPTEMBER.replace(month=12, day=8), world.dvacs_group)
    with pytest.raises(ValidationError) as refused:
        add(world, theirs, continues=earlier)
    assert set(refused.value.message_dict) == {"continues"}


def test_subjects_that_are_withheld_are_not_offered(world, earlier):
    meeting = drafted(world)
    secret = agenda.add_item(
        earlier.meeting, title="Secret", marking=SECRET, minutes_allowed=5, by=world.officer
    )
    offered = {each.item for each in subjects(meeting, world.officer)}
    assert {earlier, secret} <= offered
    assert not [each for each in offered if each.kind == ItemKind.APOLOGIES]
    Declaration.objects.create(
        meeting=earlier.meeting, item=earlier, person=world.officer, recused=True, text="Shares",
        declared_by=world.officer,
    )  # fmt: skip
    assert earlier not in {each.item for each in subjects(meeting, world.officer)}
    Signature.objects.filter(agency=world.council).delete()
    assert secret not in {each.item for each in subjects(meeting, world.officer)}


def test_the_form_offers_subjects_and_keeps_the_one_chosen(world, earlier, sign_in):
    meeting = drafted(world)
    client = sign_in(world.officer)
    page = client.get(address("item_add", meeting)).content.decode()
    assert "16 September 2026: Shop theft" in page
    words = {"title": "Again", "marking": OPEN, "minutes_allowed": 5}
    client.post(address("item_add", meeting), words | {"continues": earlier.thread})
    made = item(meeting, "Again")
    assert made.thread == earlier.thread
    page = client.get(address("item_change", meeting, made.pk)).content.decode()
    assert f'<option value="{earlier.thread}" selected>' in page
    wrong = client.post(
        address("item_add", meeting), words | {"continues": "00000000-0000-0000-0000-000000000000"}
    ).content.decode()  # fmt: skip
    assert "Choose from the list" in wrong
