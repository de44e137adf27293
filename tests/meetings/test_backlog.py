"""What waits for an agenda: kept, carried on, taken up, put back."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from audit.models import Entry, ReadEntry
from core.markings import Marking
from core.permissions import Refused
from core.workflow import Wrong
from meetings.models import Answer, BacklogItem, Declaration, ItemKind, Origin
from meetings.workflow import agenda, backlog, offers, schedule
from membership.models import Seat, Signature
from notices.models import Notice
from tests import world as worlds
from tests.meetings import held
from tests.meetings.held import MARCH, SEPTEMBER, at, drafted

OCTOBER = datetime.date(2026, 10, 5)
OPEN, SECRET = Marking.OFFICIAL, Marking.SENSITIVE
CANARY = "CANARYbacklog"


@pytest.fixture(autouse=True)
def october():
    with at(OCTOBER, 9):
        yield


def keep(world, by=None, group=None, **more):
    words = {"title": "Taxi marshals", "marking": OPEN, "minutes_allowed": 10}
    return backlog.keep(group or world.board, **(words | more), by=by or world.officer)


def fresh(waiting):
    return BacklogItem.objects.get(pk=waiting.pk)


# ---- kept, taken up, put back -------------------------------------------------------------------


def test_an_item_is_kept_taken_up_and_put_back(world):
    waiting, meeting = keep(world, lead=world.kent, note="Decide"), drafted(world)
    Notice.objects.all().delete()
    item = backlog.take_up(waiting, meeting, by=world.officer)
    assert (item.title, item.lead, item.note) == ("Taxi marshals", world.kent, "Decide")
    assert (fresh(waiting).state, fresh(waiting).item) == (Answer.TAKEN, item)
    backlog.put_back(item, by=world.officer)
    assert not meeting.items.filter(title="Taxi marshals").exists()
    assert (fresh(waiting).state, fresh(waiting).item) == (Answer.WAITING, None)
    assert fresh(waiting).origin == Origin.OFFICER
    assert Notice.objects.count() == 0


def test_the_same_item_in_two_tabs_is_on_the_agenda_once(world):
    waiting, meeting = keep(world), drafted(world)
    backlog.take_up(waiting, meeting, by=world.officer)
    with pytest.raises(Wrong, match="on an agenda already"):
        backlog.take_up(waiting, meeting, by=world.officer)
    assert meeting.items.filter(title="Taxi marshals").count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_officers_at_the_same_moment_put_it_there_once(world, run_at_once):
    waiting, meeting = keep(world), drafted(world)
    answers = run_at_once(lambda: backlog.take_up(waiting, meeting, by=world.officer), 2)
    assert [type(each) for each in answers].count(Wrong) == 1
    assert meeting.items.filter(title="Taxi marshals").count() == 1


def test_removing_an_item_that_waited_lets_it_wait_again(world):
    waiting, meeting = keep(world), drafted(world)
    item = backlog.take_up(waiting, meeting, by=world.officer)
    agenda.remove_item(item, by=world.officer)
    assert fresh(waiting).state == Answer.WAITING


def test_an_item_removed_from_a_draft_can_be_kept_for_later_on_its_thread(world):
    with at(SEPTEMBER - datetime.timedelta(days=60)):
        earlier = agenda.add_item(
            drafted(world, SEPTEMBER), title="Shops", marking=OPEN, minutes_allowed=5,
            by=world.officer,
        )  # fmt: skip
    meeting = drafted(world)
    item = agenda.add_item(
        meeting, title="Shops again", marking=OPEN, minutes_allowed=5, continues=earlier,
        by=world.officer,
    )  # fmt: skip
    waiting = backlog.remove_and_keep(item, by=world.officer)
    assert waiting.title == "Shops again"
    assert backlog.take_up(waiting, meeting, by=world.officer).thread == earlier.thread


def test_a_lead_who_has_left_is_named_in_words(world):
    waiting, meeting = keep(world, lead=world.kent), drafted(world)
    world.kent_seat.ends_on = OCTOBER
    world.kent_seat.save()
    item = backlog.take_up(waiting, meeting, by=world.officer)
    assert (item.lead, item.lead_words) == (None, "Bryony Clarke")


@pytest.mark.parametrize(("wrong", "field"), [
    ({"title": " "}, "title"), ({"title": "x" * 201}, "title"), ({"marking": "x"}, "marking"),
    ({"minutes_allowed": 0}, "minutes_allowed"), ({"text": "x" * 4001}, "text"),
])  # fmt: skip
def test_what_cannot_wait_is_said_by_field(world, wrong, field):
    with pytest.raises(ValidationError) as refused:
        keep(world, **wrong)
    assert set(refused.value.message_dict) == {field}


def test_a_full_agenda_takes_no_more(world):
    waiting, meeting = keep(world), drafted(world)
    meeting.items.all().delete()
    meeting.items.model.objects.bulk_create(
        meeting.items.model(meeting=meeting, title=f"{place}", position=place, number=place)
        for place in range(1, 201)
    )
    with pytest.raises(ValidationError, match="at most 200 items"):
        backlog.take_up(waiting, meeting, by=world.officer)
    assert fresh(waiting).state == Answer.WAITING


# ---- carried ------------------------------------------------------------------------------------


def test_an_item_is_carried_onto_the_next_draft_on_its_thread(world):
    meeting = held.held(world)
    with at(SEPTEMBER, 12):
        coming = drafted(world)
        item = held.performance(meeting)
        waiting, made = backlog.carry(item, by=world.officer)
    assert made.meeting == coming
    assert (made.title, made.thread, made.kind) == (item.title, item.thread, ItemKind.OTHER)
    assert (waiting.origin, waiting.carried_from) == (Origin.CARRIED, item)


def test_without_a_draft_it_waits_and_goes_onto_the_next_by_itself(world):
    meeting = held.held(world)
    with at(SEPTEMBER, 12):
        waiting, made = backlog.carry(held.reviews(meeting), by=world.officer)
    assert made is None
    coming = drafted(world)
    assert fresh(waiting).item.meeting == coming
    assert fresh(waiting).item.marking == SECRET
    assert [each.number for each in coming.items.order_by("number")] == list(
        range(1, coming.items.count() + 1)
    )


def test_what_waits_for_an_officer_does_not_go_by_itself(world):
    waiting = keep(world)
    drafted(world)
    assert fresh(waiting).state == Answer.WAITING


def test_an_item_is_carried_once_and_never_one_about_the_meeting_itself(world):
    meeting = held.held(world)
    with at(SEPTEMBER, 12):
        backlog.carry(held.performance(meeting), by=world.officer)
        with pytest.raises(Wrong, match="already been carried"):
            backlog.carry(held.performance(meeting), by=world.officer)
        with pytest.raises(Wrong, match="about the meeting itself"):
            backlog.carry(held.item(meeting, ItemKind.APOLOGIES), by=world.officer)


def test_nothing_is_carried_before_the_meeting_but_from_a_cancelled_one_it_is(world):
    meeting = drafted(world)
    with pytest.raises(Wrong):
        backlog.carry(held.performance(meeting), by=world.officer)
    schedule.cancel(meeting, reason="Snow", by=world.officer)
    later = drafted(world, MARCH)
    _, made = backlog.carry(held.performance(meeting), by=world.officer)
    assert made.meeting == later


# ---- who may ------------------------------------------------------------------------------------


def test_only_the_groups_officers_keep_items(world):
    waiting, meeting = keep(world), drafted(world)
    for who in (world.chair, world.kent, world.ocg, world.stranger):
        for verb in (
            lambda who=who: keep(world, by=who),
            lambda who=who: backlog.remove(waiting, by=who),
            lambda who=who: backlog.take_up(waiting, meeting, by=who),
        ):
            with pytest.raises(Refused):
                verb()


def test_an_officer_who_fails_the_gate_sees_nothing_restricted(world, sign_in):
    waiting = keep(world, title=CANARY, marking=SECRET, text=CANARY)
    meeting = drafted(world)
    Signature.objects.filter(agency=world.council).delete()
    BacklogItem.objects.update(created_by=world.vice)
    client = sign_in(world.officer)
    for url in (
        reverse("meetings:backlog", args=["dartford", "board"]),
        reverse("meetings:backlog_csv", args=["dartford", "board"]),
        reverse("meetings:agenda", args=["dartford", meeting.slug]),
    ):
        assert CANARY not in client.get(url).content.decode()
    item = reverse("meetings:backlog_item", args=["dartford", waiting.pk])
    assert client.get(item).status_code == 404
    with pytest.raises(Refused):
        backlog.take_up(waiting, meeting, by=world.officer)


def test_who_withdrew_from_an_item_does_not_see_it_carried_on(world, sign_in):
    meeting = held.held(world)
    item = held.performance(meeting)
    with at(SEPTEMBER, 12):
        waiting, _ = backlog.carry(item, by=world.officer)
    url = reverse("meetings:backlog_item", args=["dartford", waiting.pk])
    assert sign_in(world.officer).get(url).status_code == 200
    Declaration.objects.create(
        meeting=meeting, item=item, person=world.officer, recused=True, text="Owns shares",
        declared_by=world.officer,
    )  # fmt: skip
    assert sign_in(world.officer).get(url).status_code == 404


def test_neither_record_nor_notice_holds_a_restricted_title(world):
    waiting = keep(world, title=CANARY, marking=SECRET)
    backlog.take_up(waiting, drafted(world), by=world.officer)
    for entry in Entry.objects.all():
        assert CANARY not in f"{entry.verb} {entry.subject} {entry.detail}"
    assert all(CANARY not in notice.text for notice in Notice.objects.all())


# ---- pages --------------------------------------------------------------------------------------


def to(name, *args):
    return reverse(f"meetings:{name}", args=["dartford", *args])


def test_the_list_is_counted_chosen_and_taken_away_as_a_file(world, sign_in):
    keep(world)
    keep(world, title=CANARY, marking=SECRET)
    meeting = drafted(world)
    backlog.take_up(keep(world, title="Taken"), meeting, by=world.officer)
    client = sign_in(world.officer)
    page = client.get(to("backlog", "board")).content.decode()
    assert "Waiting 2" in page
    assert "On an agenda 1" in page
    assert "Taken" in client.get(to("backlog", "board") + "?view=taken").content.decode()
    chosen = client.get(to("backlog", "board") + "?words=zyzzyva").content.decode()
    assert "Nothing matches" in chosen
    read = ReadEntry.objects.count()
    file = client.get(to("backlog_csv", "board")).content.decode()
    assert "Taxi marshals" in file
    assert ReadEntry.objects.count() == read + 1


@pytest.mark.parametrize("number", [1, 35])
def test_the_list_asks_the_same_however_long(world, sign_in, django_assert_max_num_queries, number):
    for place in range(number):
        keep(world, title=f"Item {place}", lead=world.kent)
    client = sign_in(world.officer)
    with django_assert_max_num_queries(12):
        client.get(to("backlog", "board"))
    meeting = drafted(world)
    with django_assert_max_num_queries(18):
        client.get(to("agenda", meeting.slug))


def test_an_officer_keeps_changes_and_removes_an_item(world, sign_in):
    client = sign_in(world.officer)
    words = {"title": "Shelter", "marking": OPEN, "minutes_allowed": 5, "text": "Wait"}
    client.post(to("backlog_add", "board"), words)
    waiting = BacklogItem.objects.get()
    stamp = backlog.stamp_of_words(waiting)
    client.post(to("backlog_change", waiting.pk), words | {"title": "Shelters", "stamp": stamp})
    assert fresh(waiting).title == "Shelters"
    stale = client.post(to("backlog_change", waiting.pk), words | {"stamp": stamp})
    assert "Somebody else has changed this" in stale.content.decode()
    assert fresh(waiting).title == "Shelters"
    client.post(to("backlog_remove", waiting.pk))
    assert not BacklogItem.objects.exists()


def test_one_button_puts_it_on_the_agenda_and_another_takes_it_off(world, sign_in):
    waiting, meeting = keep(world), drafted(world)
    client = sign_in(world.officer)
    page = client.get(to("agenda", meeting.slug)).content.decode()
    assert "Waiting for an agenda" in page
    client.post(to("take_up", meeting.slug, waiting.pk))
    item = fresh(waiting).item
    twice = client.post(to("take_up", meeting.slug, waiting.pk), follow=True).content.decode()
    assert "This is on an agenda already." in twice
    assert "Put back" in client.get(to("agenda", meeting.slug)).content.decode()
    client.post(to("put_back", meeting.slug, item.pk))
    assert fresh(waiting).state == Answer.WAITING
    client.post(
        to("take_up_changed", meeting.slug, waiting.pk),
        {"title": "Marshals", "marking": SECRET, "minutes_allowed": 7},
    )
    item = fresh(waiting).item
    assert (item.title, item.marking, item.minutes_allowed) == ("Marshals", SECRET, 7)


def test_the_item_page_carries_it_on(world, sign_in):
    meeting = held.held(world)
    client = sign_in(world.officer)
    item = held.performance(meeting)
    with at(SEPTEMBER, 12):
        page = client.get(to("item", meeting.slug, item.pk)).content.decode()
        assert "Carry to the next meeting" in page
        done = client.post(to("item_carry", meeting.slug, item.pk), follow=True).content.decode()
        assert "kept for the next agenda" in done
        minutes = client.get(to("minutes", meeting.slug, item.number)).content.decode()
        assert "Carry to the next meeting" in minutes
    assert "Carry to" not in sign_in(world.kent).get(
        to("item", meeting.slug, item.pk)
    ).content.decode()  # fmt: skip


def test_a_draft_item_is_removed_and_kept_from_its_page(world, sign_in):
    meeting = drafted(world)
    item = held.performance(meeting)
    client = sign_in(world.officer)
    page = client.get(to("item_remove", meeting.slug, item.pk)).content.decode()
    assert "Remove it, and keep it for later" in page
    client.post(to("item_keep", meeting.slug, item.pk))
    waiting = BacklogItem.objects.get()
    assert waiting.title == item.title
    again = backlog.take_up(waiting, meeting, by=world.officer)
    assert (again.kind, again.thread) == (ItemKind.PERFORMANCE, item.thread)
    assert "Put it back among" in client.get(
        to("item_remove", meeting.slug, again.pk)
    ).content.decode()  # fmt: skip


def test_an_offer_is_not_removed_but_declined(world):
    meeting = drafted(world)
    waiting = offers.offer(meeting, title="Mine", marking=OPEN, minutes_allowed=5, by=world.kent)
    with pytest.raises(Wrong, match="Decline it"):
        backlog.remove(waiting, by=world.officer)


# ---- those who are officers no longer, or not cleared -------------------------------------------


def test_who_kept_it_does_not_read_it_once_they_are_no_officer(world, sign_in):
    waiting = keep(world, title=CANARY, marking=SECRET)
    Seat.objects.filter(person=world.officer).delete()
    worlds.seat(world.officer, world.committee, world.watch_body)
    url = reverse("meetings:backlog_item", args=["dartford", waiting.pk])
    assert sign_in(world.officer).get(url).status_code in {403, 404}
    assert not BacklogItem.objects.visible_to(world.officer).exists()


def test_the_history_of_what_was_restricted_is_for_the_cleared(world, sign_in):
    waiting = keep(world, title=CANARY, marking=SECRET, text=f"{CANARY} words")
    words = {"title": "Neutral", "marking": OPEN, "text": "", "minutes_allowed": 5}
    backlog.change(waiting, **words, by=world.officer)
    url = reverse("meetings:backlog_item", args=["dartford", waiting.pk])
    assert CANARY in sign_in(world.officer).get(url).content.decode()
    Signature.objects.filter(agency=world.council).delete()
    page = sign_in(world.officer).get(url)
    assert page.status_code == 200
    assert CANARY not in page.content.decode()


def test_only_the_cleared_lower_a_marking(world):
    waiting = keep(world, marking=SECRET)
    Signature.objects.filter(agency=world.council).delete()
    with pytest.raises(Refused):
        backlog.change(waiting, title="Taxi", marking=OPEN, minutes_allowed=5, by=world.officer)
    assert fresh(waiting).marking == SECRET
