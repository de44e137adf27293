"""One subject across meetings: what each person reads of it, and what everybody may."""

import uuid

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from audit.models import ReadEntry
from core import clock
from core.markings import Marking
from documents.models import Content, Document, Publication
from meetings.models import Decision, Item, Meeting
from meetings.queries import subjects, threads
from meetings.workflow import minutes, schedule
from tests.meetings import held
from tests.meetings.held import DECEMBER, JUNE, MARCH, SEPTEMBER, at

CANARY = "CANARYrestricted"


@pytest.fixture(autouse=True)
def day():
    with at(MARCH):
        yield


@pytest.fixture
def two(world):
    """Crime and performance at two meetings, in words open and restricted; a third to come."""
    made = []
    for on in (JUNE, SEPTEMBER):
        meeting = held.held(world, on)
        with at(on):
            item = held.performance(meeting)
            held.write(item, f"Figures of {on:%B}. [[{CANARY} in a passage]]", world.officer)
            held.decided(item, f"Publish those of {on:%B}.", world.officer)
            held.decided(item, f"{CANARY} decision", world.officer, restricted=True)
            held.asked(item, f"Tell the parishes in {on:%B}", world.county, world.officer)
            held.asked(item, f"{CANARY} action", world.county, world.officer, restricted=True)
            closed = held.reviews(meeting)
            held.write(closed, f"{CANARY} minute", world.officer)
            minutes.send_to_chair(meeting, acknowledged=True, by=world.officer)
        with at(on, 16):
            made.append(minutes.clear(meeting, by=world.chair))
    with at(DECEMBER):
        schedule.schedule(world.board, on=MARCH, **held.PLACE, by=world.officer)
    return made


def key_of(kind):
    return Item.objects.filter(kind=kind).first().thread


def page_of(key, name="thread"):
    return reverse(f"meetings:{name}", args=["dartford", key])


def publish(world, meeting):
    """As if its minutes had gone through everything up to their publication."""
    data = f"Minutes of {meeting}".encode()
    content = Content.objects.create(sha256=uuid.uuid4().hex * 2, data=data, size=len(data))
    meeting.public_minutes = Publication.objects.create(
        partnership=world.partnership, kind="minutes", slug=f"minutes-{meeting.on}",
        title="Minutes", html="<p>Minutes</p>", text="Minutes", content=content,
        file_name="minutes.pdf", published_by=world.officer,
    )  # fmt: skip
    meeting.restricted_minutes = Document.objects.create(
        group=meeting.group, title=CANARY, marking=Marking.SENSITIVE, created_by=world.officer
    )
    meeting.status = "published"
    for step in ("agreed", "published"):
        setattr(meeting, f"{step}_at", clock.now())
        setattr(meeting, f"{step}_by", world.officer)
    meeting.save()


# ---- for those who sit on the group -------------------------------------------------------------


def test_a_subject_is_followed_from_its_first_mention_to_what_is_open(world, sign_in, two):
    page = sign_in(world.kent).get(page_of(key_of("performance")))
    words = page.content.decode()
    days = [mention.item.meeting.on for mention in page.context["thread"].mentions]
    assert days == [JUNE, SEPTEMBER, MARCH]
    for said in ("Figures of June.", "Figures of September.", "Publish those of June.",
                 "Tell the parishes in September", f"{CANARY} in a passage"):  # fmt: skip
        assert said in words
    assert "4 of its 4 actions are still open." in words
    assert "On the agenda of a meeting to come." in words


def test_who_did_not_sign_reads_the_open_part_alone(world, sign_in, two):
    client = sign_in(world.watch)
    words = client.get(page_of(key_of("performance"))).content.decode()
    assert "Figures of June." in words
    assert "[passage withheld]" in words
    assert CANARY not in words
    assert "2 of its 2 actions are still open." in words
    restricted = client.get(page_of(key_of("case_reviews"))).content.decode()
    assert CANARY not in restricted
    assert "Restricted papers open only for agencies that have signed" in restricted


def test_who_withdrew_reads_nothing_of_that_meetings_item(world, sign_in, two):
    item = two[0].items.get(kind="performance")
    item.declarations.create(
        meeting=two[0], person=world.kent, text="An interest", recused=True, declared_by=world.kent
    )
    words = sign_in(world.kent).get(page_of(item.thread)).content.decode()
    for said in ("Figures of June", "Publish those of June", "parishes in June"):
        assert said not in words
    assert "You withdrew from this item" in words
    assert "Figures of September." in words


def test_minutes_that_are_not_cleared_wait(world, sign_in):
    meeting = held.held(world)
    with at(SEPTEMBER):
        held.write(held.performance(meeting), "Not yet for all.", world.officer)
    address = page_of(key_of("performance"))
    words = sign_in(world.kent).get(address).content.decode()
    assert "Not yet for all." not in words
    assert "once the chair has cleared them" in words
    assert "Not yet for all." in sign_in(world.officer).get(address).content.decode()


def test_reading_restricted_words_is_recorded(world, sign_in, two):
    sign_in(world.watch).get(page_of(key_of("performance")))
    assert not ReadEntry.objects.filter(actor_id=str(world.watch.pk)).exists()
    sign_in(world.kent).get(page_of(key_of("performance")))
    read = ReadEntry.objects.filter(actor_id=str(world.kent.pk))
    assert read.filter(kind="item").count() == 2
    assert read.filter(kind="action").count() == 2


def test_who_may_follow_a_subject(world, sign_in, two):
    address = page_of(key_of("performance"))
    assert sign_in(world.dvacs).get(address).status_code == 404
    for person in (world.scrutiny, world.stranger):
        assert sign_in(person).get(address).status_code == 403
    assert sign_in(world.officer).get(page_of(uuid.uuid4())).status_code == 404


def test_the_agenda_leads_to_what_other_meetings_said(world, sign_in, two):
    coming = Meeting.objects.get(on=MARCH)
    words = sign_in(world.watch).get(coming.get_absolute_url()).content.decode()
    assert page_of(key_of("performance")) in words
    assert page_of(key_of("case_reviews")) not in words  # restricted, and does not open
    assert page_of(key_of("apologies")) not in words  # about the meeting itself


def test_a_long_subject_asks_the_same(world, sign_in, two):
    client = sign_in(world.watch)
    address = page_of(key_of("performance"))
    client.get(address)
    with CaptureQueriesContext(connection) as few:
        client.get(address)
    first = two[0].items.get(kind="performance")
    for number in range(30):
        meeting = Meeting.objects.create(
            group=world.board, slug=f"old-{number}", on=DECEMBER.replace(day=number + 1, month=1),
            starts_at=held.PLACE["starts_at"], ends_at=held.PLACE["ends_at"], venue="Library",
            year=2025, number=number, created_by=world.officer, status="with_partners",
        )  # fmt: skip
        item = Item.objects.create(
            meeting=meeting, title="Crime", position=1, number=1, thread=first.thread,
            minute="Noted. [[Kept back.]]",
        )  # fmt: skip
        Decision.objects.create(item=item, number=1, text="Agreed.", made_by=world.officer)
    with CaptureQueriesContext(connection) as many:
        page = client.get(address)
    assert len(page.context["thread"].mentions) == 33
    assert len(few) == len(many)


# ---- for everybody ------------------------------------------------------------------------------


def test_nothing_is_public_before_it_is_published(world, two):
    assert subjects.subject(world.partnership, key_of("performance")) == []
    assert Client().get(page_of(key_of("performance"), "public_subject")).status_code == 404
    empty = Client().get("/dartford/public/subjects/").content.decode()
    assert "Nothing has been published yet." in empty


def test_the_public_follows_published_minutes_and_no_canary_shows(world, sign_in, two):
    publish(world, two[0])
    key = key_of("performance")
    for client in (Client(), sign_in(world.scrutiny), sign_in(world.officer)):
        words = client.get(page_of(key, "public_subject")).content.decode()
        assert "Figures of June." in words
        assert "Publish those of June." in words
        assert "Tell the parishes in June" in words
        assert "[passage withheld]" in words
        assert "September" not in words.replace("16 September 2026", "")
        assert CANARY not in words
    listed = Client().get("/dartford/public/subjects/").content.decode()
    assert page_of(key, "public_subject") in listed
    assert "ASB case reviews" not in listed
    assert "apologies" not in listed
    assert CANARY not in listed
    closed = page_of(key_of("case_reviews"), "public_subject")
    assert Client().get(closed).status_code == 404


def test_the_public_pages_never_load_a_whole_minute(world, two):
    publish(world, two[0])
    address = page_of(key_of("performance"), "public_subject")
    with CaptureQueriesContext(connection) as asked:
        Client().get(address)
        Client().get("/dartford/public/subjects/", {"q": "figures"})
    assert asked
    assert not [each for each in asked if '"minute"' in each["sql"]]


def test_subjects_are_found_by_open_words_alone(world, two):
    publish(world, two[0])

    def found(words):
        return [each["titles"][0] for each in subjects.subjects(world.partnership, words)]

    assert found("figures june") == ["Crime and performance"]
    assert found(CANARY) == []
    words = Client().get("/dartford/public/subjects/", {"q": CANARY}).content.decode()
    assert "No published minutes hold these words." in words
    for odd in ({"q": "a\x00b"}, {"q": "%_'\\"}, {"q": "x" * 5000}, {"page": "x"}):
        assert Client().get("/dartford/public/subjects/", odd).status_code == 200


def test_a_subgroups_minutes_are_never_public(world, two):
    publish(world, two[0])
    Meeting.objects.filter(pk=two[0].pk).update(group=world.dvacs_group)
    assert list(subjects.subjects(world.partnership)) == []


def test_the_public_agenda_leads_to_published_subjects(world, two):
    publish(world, two[0])
    coming = Meeting.objects.get(on=MARCH)
    Meeting.objects.filter(pk=coming.pk).update(
        agenda_published_at=clock.now(), agenda_published_by=world.officer
    )
    words = Client().get(f"/dartford/public/meetings/{coming.slug}/").content.decode()
    assert page_of(key_of("performance"), "public_subject") in words
    assert page_of(key_of("case_reviews"), "public_subject") not in words


def test_members_are_led_to_what_is_published(world, sign_in, two):
    address = page_of(key_of("performance"))
    public = page_of(key_of("performance"), "public_subject")
    client = sign_in(world.kent)
    assert public not in client.get(address).content.decode()
    publish(world, two[0])
    assert public in client.get(address).content.decode()
    assert threads.thread(key_of("performance"), world.guest, world.partnership) is None


def test_many_words_ask_no_more_of_the_database_than_each_of_a_few(world, two):
    def length(words):
        return len(str(subjects.subjects(world.partnership, words).query))

    one = length("a ") - length("")
    assert length("a " * 8) <= length("") + 8 * one
    assert length("a " * 50) == length("a " * 8)


def test_the_search_says_that_it_goes_by_the_first_words(client, world):
    says = "Only the first 8 words are searched for."
    address = reverse("meetings:public_subjects", args=["dartford"])
    assert says in client.get(address, {"q": "a " * 9}).content.decode()
    assert says not in client.get(address, {"q": "a " * 8}).content.decode()
