"""Building an agenda, its papers, and publishing it."""

import datetime

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile

from audit.models import Entry
from core import clock
from core.markings import Marking
from core.permissions import Refused
from core.workflow import Wrong
from documents.models import Document
from meetings.models import Item, ItemKind, Meeting, Paper, Status
from meetings.queries.agenda import after, agenda_of
from meetings.workflow import agenda, packs, schedule
from meetings.workflow.ordering import letter
from membership.models import Seat, SharingProtocol, Signature
from notices.models import Notice
from tests.documents import files
from tests.meetings.held import address, words

TEN, NOON = datetime.time(10), datetime.time(12)
PLACE = {"starts_at": TEN, "ends_at": NOON, "venue": "Civic Centre"}
DECEMBER = datetime.date(2026, 12, 9)
OPEN, SECRET = Marking.OFFICIAL, Marking.SENSITIVE


@pytest.fixture(autouse=True)
def november():
    """It is Tuesday 24 November 2026."""
    with time_machine.travel(datetime.datetime(2026, 11, 24, 9, tzinfo=datetime.UTC), tick=False):
        yield


@pytest.fixture
def meeting(world):
    """The board's meeting on 9 December, its agenda a draft."""
    return schedule.schedule(world.board, on=DECEMBER, **PLACE, by=world.officer)


@pytest.fixture
def short(meeting):
    """The same with three open items and one restricted: A, B, C and Z."""
    meeting.items.all().delete()
    for position, (title, marking) in enumerate(
        [("A", OPEN), ("B", OPEN), ("C", OPEN), ("Z", SECRET)], start=1
    ):
        Item.objects.create(
            meeting=meeting, title=title, marking=marking, position=position, number=position
        )
    return meeting


def line(**more):
    return {"title": "Winter policing", "marking": OPEN, "minutes_allowed": 10} | more


def order(meeting):
    return [item.title for item in meeting.items.order_by("number")]


def item(meeting, title):
    return meeting.items.get(title=title)


# ---- items --------------------------------------------------------------------------------------


def test_a_new_item_goes_before_what_closes_the_open_part(world, meeting):
    added = agenda.add_item(meeting, **line(), by=world.officer)
    titles = order(meeting)
    assert titles[titles.index("Winter policing") + 1] == "Any other business"
    assert added.number == titles.index("Winter policing") + 1
    assert [each.number for each in meeting.items.order_by("number")] == list(
        range(1, len(titles) + 1)
    )


def test_a_restricted_item_goes_last(world, meeting):
    agenda.add_item(meeting, **line(marking=SECRET), by=world.officer)
    assert order(meeting)[-1] == "Winter policing"


def test_drafting_tells_nobody(world, meeting):
    Notice.objects.all().delete()
    added = agenda.add_item(meeting, **line(), by=world.officer)
    agenda.change_item(added, **line(title="Shop theft"), by=world.officer)
    agenda.move_item(added, up=True, by=world.officer)
    agenda.remove_item(added, by=world.officer)
    assert Notice.objects.count() == 0


@pytest.mark.parametrize(("title", "up", "expected"), [
    ("B", True, "BACZ"), ("B", False, "ACBZ"), ("A", True, "ABCZ"), ("C", False, "ABCZ"),
    ("Z", True, "ABCZ"), ("Z", False, "ABCZ"),
])  # fmt: skip
def test_items_move_by_one_place_and_the_restricted_part_stays_last(
    world, short, title, up, expected
):
    agenda.move_item(item(short, title), up=up, by=world.officer)
    assert "".join(order(short)) == expected


def test_removing_closes_the_gap(world, short):
    agenda.remove_item(item(short, "B"), by=world.officer)
    assert [(each.number, each.title) for each in short.items.order_by("number")] == [
        (1, "A"), (2, "C"), (3, "Z")
    ]  # fmt: skip
    removed = Item.history.filter(history_type="-").latest()
    assert (removed.title, removed.history_user) == ("B", world.officer)


def test_a_new_marking_takes_the_item_to_the_other_part(world, short):
    agenda.change_item(item(short, "A"), **line(title="A", marking=SECRET), by=world.officer)
    assert "".join(order(short)) == "BCZA"
    agenda.change_item(item(short, "Z"), **line(title="Z"), by=world.officer)
    assert "".join(order(short)) == "BCZA"
    assert [each.marking for each in short.items.order_by("number")] == [OPEN] * 3 + [SECRET]


@pytest.mark.parametrize(("wrong", "field"), [
    ({"title": " "}, "title"), ({"title": "x" * 201}, "title"), ({"minutes_allowed": 0},
     "minutes_allowed"), ({"minutes_allowed": 601}, "minutes_allowed"), ({"marking": "x"},
     "marking"),
])  # fmt: skip
def test_what_cannot_stand_on_an_agenda_is_said_by_field(world, meeting, wrong, field):
    with pytest.raises(ValidationError) as refused:
        agenda.add_item(meeting, **line(**wrong), by=world.officer)
    assert set(refused.value.message_dict) == {field}


def test_leads_sit_on_the_group_or_report_to_it(world, meeting):
    for lead in (world.vice, world.officer, world.dvacs, world.ocg):
        agenda.add_item(meeting, **line(lead=lead), by=world.officer)
    for lead in (world.stranger, world.guest, world.leaver, world.scrutiny):
        with pytest.raises(ValidationError) as refused:
            agenda.add_item(meeting, **line(lead=lead), by=world.officer)
        assert set(refused.value.message_dict) == {"lead"}


def test_two_hundred_items_are_the_most(world, short):
    Item.objects.bulk_create(
        Item(meeting=short, title=f"Item {place}", position=place, number=place)
        for place in range(5, 200)
    )
    agenda.add_item(short, **line(title="The last"), by=world.officer)
    assert short.items.count() == 200
    with pytest.raises(ValidationError, match="at most 200 items"):
        agenda.add_item(short, **line(), by=world.officer)
    agenda.move_item(item(short, "The last"), up=True, by=world.officer)
    assert item(short, "The last").number == 198


def test_who_changed_an_item_meanwhile_is_not_overwritten(world, short):
    one = item(short, "A")
    agenda.change_item(one, **line(title="A by another"), stamp=one.stamp, by=world.officer)
    with pytest.raises(agenda.Changed) as changed:
        agenda.change_item(one, **line(title="A by me"), stamp=one.stamp, by=world.officer)
    assert changed.value.current.title == "A by another"


def test_an_item_that_was_removed_meanwhile_says_so(world, short):
    one = item(short, "A")
    agenda.remove_item(one, by=world.officer)
    for verb in (
        lambda: agenda.change_item(one, **line(), by=world.officer),
        lambda: agenda.move_item(one, up=True, by=world.officer),
        lambda: agenda.remove_item(one, by=world.officer),
    ):
        with pytest.raises(Wrong, match="no longer on the agenda"):
            verb()


def test_only_officers_build_agendas(world, meeting):
    one = meeting.items.first()
    for who in (world.chair, world.kent, world.stranger, world.ocg):
        for verb in (
            lambda who=who: agenda.add_item(meeting, **line(), by=who),
            lambda who=who: agenda.change_item(one, **line(), by=who),
            lambda who=who: agenda.move_item(one, up=True, by=who),
            lambda who=who: agenda.remove_item(one, by=who),
            lambda who=who: agenda.publish(meeting, by=who),
        ):
            with pytest.raises(Refused):
                verb()


def test_an_officer_who_fails_the_gate_leaves_restricted_items_alone(world, short):
    Signature.objects.filter(agency=world.council).delete()
    with pytest.raises(Refused):
        agenda.change_item(item(short, "Z"), **line(), by=world.officer)
    agenda.change_item(item(short, "A"), **line(), by=world.officer)


def test_the_record_names_numbers_and_never_titles(world, meeting):
    canary = "CANARYtitle"
    added = agenda.add_item(meeting, **line(title=canary, marking=SECRET), by=world.officer)
    agenda.change_item(added, **line(title=canary, marking=SECRET), by=world.officer)
    agenda.remove_item(added, by=world.officer)
    entries = Entry.objects.filter(verb__contains=f"item {added.number} ")
    assert [each.verb.split()[0] for each in entries.order_by("pk")] == [
        "added", "changed", "removed"
    ]  # fmt: skip
    assert not [each for each in Entry.objects.all() if canary in f"{each} {each.detail}"]


# ---- times --------------------------------------------------------------------------------------


def test_times_are_counted_from_the_start(world, short):
    for title, minutes in [("A", 3), ("B", 57), ("C", 70), ("Z", 5)]:
        Item.objects.filter(title=title).update(minutes_allowed=minutes)
    found = agenda_of(short)
    assert [f"{each.starts_at:%H.%M}" for each in found.lines] == [
        "10.00", "10.03", "11.00", "12.10"
    ]  # fmt: skip
    assert (found.minutes, found.over) == (135, 15)
    assert found.says == "4 items, 135 minutes"


def test_a_clock_that_passes_midnight_begins_anew():
    assert after(datetime.time(23, 50), 20) == datetime.time(0, 10)


# ---- papers -------------------------------------------------------------------------------------


@pytest.mark.parametrize(("place", "name"), [(1, "A"), (26, "Z"), (27, "AA"), (52, "AZ"),
                                             (53, "BA"), (702, "ZZ")])  # fmt: skip
def test_letters(place, name):
    assert letter(place) == name


def test_papers_are_lettered_in_the_order_of_the_agenda(world, short, send_paper):
    second = send_paper(item(short, "B"))
    first = send_paper(item(short, "A"))
    second.refresh_from_db()
    assert (first.letter, second.letter) == ("A", "B")
    agenda.move_item(item(short, "B"), up=True, by=world.officer)
    assert {each.item.title: each.letter for each in Paper.objects.all()} == {"B": "A", "A": "B"}
    agenda.remove_paper(Paper.objects.get(letter="A"), by=world.officer)
    assert Paper.objects.get().letter == "A"
    assert Document.objects.count() == 2


def test_a_paper_is_marked_at_least_as_its_item(world, short, send_paper):
    with pytest.raises(ValidationError) as refused:
        send_paper(item(short, "Z"), marking=OPEN)
    assert set(refused.value.message_dict) == {"marking"}
    assert send_paper(item(short, "Z"), marking=SECRET).document.restricted
    assert send_paper(item(short, "A"), marking=SECRET).document.restricted


def test_restricting_an_item_restricts_its_papers(world, short, send_paper):
    paper = send_paper(item(short, "A"))
    agenda.change_item(item(short, "A"), **line(title="A", marking=SECRET), by=world.officer)
    paper.document.refresh_from_db()
    assert paper.document.restricted


@pytest.mark.parametrize(("name", "data"), [
    ("empty.pdf", b""), ("false.pdf", b"MZ\x90\x00 this is no PDF"), ("macro.exe", b"MZ"),
])  # fmt: skip
def test_a_file_that_is_refused_leaves_nothing_behind(world, short, name, data):
    with pytest.raises(ValidationError) as refused:
        agenda.add_paper(
            item(short, "A"), title="Figures", marking=OPEN, file=SimpleUploadedFile(name, data),
            by=world.officer,
        )  # fmt: skip
    assert set(refused.value.message_dict) == {"file"}
    assert Paper.objects.count() == Document.objects.count() == 0


def test_a_late_paper_takes_the_next_letter_and_is_told_when_it_is_sent(world, short, send_paper):
    send_paper(item(short, "C"))
    agenda.publish(short, by=world.officer)
    late = send_paper(item(short, "A"), title="CANARYlate")
    assert (late.letter, late.late) == ("B", True)
    about_it = Notice.objects.filter(recipient=world.kent, text__contains=": paper")
    assert not about_it.exists()
    packs.send_supplement(short, by=world.officer)
    told = about_it.get()
    assert told.text == "Supplement 1 for the Board meeting of 9 December 2026 is out: paper B."
    assert Paper.objects.get(letter="A").item.title == "C"


def test_a_paper_that_is_out_is_not_removed(world, short, send_paper):
    paper = send_paper(item(short, "A"))
    agenda.publish(short, by=world.officer)
    with pytest.raises(Wrong):
        agenda.remove_paper(paper, by=world.officer)


def test_a_paper_removed_twice_says_so(world, short, send_paper):
    paper = send_paper(item(short, "A"))
    agenda.remove_paper(paper, by=world.officer)
    with pytest.raises(Wrong, match="no longer"):
        agenda.remove_paper(paper, by=world.officer)


# ---- publishing ---------------------------------------------------------------------------------


def test_publishing_tells_everybody_once_with_a_link(world, meeting):
    published = agenda.publish(meeting, by=world.officer)
    assert published.status == Status.AGENDA_PUBLISHED
    assert published.agenda_published_by == world.officer
    told = Notice.objects.filter(kind="agenda-published")
    assert {each.recipient for each in told} == {world.chair, world.vice, world.kent, world.watch}
    assert {each.url for each in told} == {meeting.get_absolute_url()}
    assert Entry.objects.filter(verb="published the agenda of").count() == 1


def test_an_agenda_is_published_once(world, meeting):
    agenda.publish(meeting, by=world.officer)
    with pytest.raises(Wrong, match="already been published"):
        agenda.publish(meeting, by=world.officer)
    assert Notice.objects.filter(kind="agenda-published").count() == 4


def test_an_empty_agenda_is_not_published(world, meeting):
    meeting.items.all().delete()
    with pytest.raises(Wrong, match="no items"):
        agenda.publish(meeting, by=world.officer)


def test_once_out_items_keep_their_order_and_an_addition_is_told(world, short):
    agenda.publish(short, by=world.officer)
    for verb in (
        lambda: agenda.move_item(item(short, "B"), up=True, by=world.officer),
        lambda: agenda.remove_item(item(short, "B"), by=world.officer),
    ):
        with pytest.raises(Wrong):
            verb()
    agenda.add_item(short, **line(title="D"), by=world.officer)
    assert "".join(order(short)) == "ABCDZ"
    assert Notice.objects.filter(kind="agenda-item-added").count() == 4


@pytest.mark.parametrize(
    "status",
    [
        Status.HELD, Status.WITH_CHAIR, Status.WITH_PARTNERS, Status.AGREED, Status.CANCELLED,
    ],
)  # fmt: skip
def test_an_agenda_is_not_edited_once_the_meeting_is_open_or_cancelled(world, short, status):
    one = item(short, "A")
    Meeting.objects.update(status=status)
    for verb in (
        lambda: agenda.add_item(short, **line(), by=world.officer),
        lambda: agenda.change_item(one, **line(), by=world.officer),
        lambda: agenda.publish(short, by=world.officer),
    ):
        with pytest.raises(Wrong):
            verb()


# ---- the pages ----------------------------------------------------------------------------------


def typed(**more):
    return {"title": "Shop theft", "marking": "official", "minutes_allowed": "10"} | more


def test_the_agenda_is_built_with_buttons_alone(world, sign_in, short):
    client = sign_in(world.officer)
    page = words(client.get(address("agenda", short)))
    assert page.count('value="up"') == 2
    assert page.count('value="down"') == 2
    one = item(short, "B")
    response = client.post(address("item_move", short, one.pk), {"way": "up"}, follow=True)
    assert response.redirect_chain[0][0].endswith(f"#item-{one.pk}")
    assert "".join(order(short)) == "BACZ"
    client.post(address("item_remove", short, one.pk))
    assert "".join(order(short)) == "ACZ"
    client.post(address("item_add", short), typed())
    assert item(short, "Shop theft").number == 3


def test_removing_asks_first_and_names_the_papers(world, sign_in, short, send_paper):
    send_paper(item(short, "B"), title="Figures")
    page = words(sign_in(world.officer).get(address("item_remove", short, item(short, "B").pk)))
    assert "Paper A: Figures" in page
    assert item(short, "B")


def test_wrong_input_keeps_what_was_typed(world, sign_in, short):
    response = sign_in(world.officer).post(
        address("item_add", short), typed(minutes_allowed="ten", note="Decide on it")
    )
    page = words(response)
    assert "Minutes must be a number" in page
    assert 'href="#id_minutes_allowed"' in page
    assert "Decide on it" in page
    assert 'value="Shop theft"' in page


def test_a_false_lead_is_refused_at_its_field(world, sign_in, short):
    for lead in (world.stranger.pk, "nonsense"):
        response = sign_in(world.officer).post(address("item_add", short), typed(lead=lead))
        assert 'href="#id_lead"' in words(response)
    assert short.items.count() == 4


def test_a_lead_whose_seat_has_ended_is_not_dropped_unsaid(world, sign_in, short):
    one = item(short, "A")
    agenda.change_item(one, **line(title="A", lead=world.kent), by=world.officer)
    Seat.objects.filter(pk=world.kent_seat.pk).update(ends_on=clock.today())
    change = address("item_change", short, one.pk)
    page = words(sign_in(world.officer).get(change))
    assert "Bryony Clarke, who has no seat any more" in page
    response = sign_in(world.officer).post(change, typed(lead=world.kent.pk))
    assert "Choose somebody who sits on Board" in words(response)


def test_both_kinds_of_lead_at_once_are_refused(world, sign_in, short):
    response = sign_in(world.officer).post(
        address("item_add", short), typed(lead=world.vice.pk, lead_words="Everyone")
    )
    assert "not both" in words(response)


def test_a_stale_tab_shows_both_versions_and_loses_neither(world, sign_in, short):
    one = item(short, "A")
    client = sign_in(world.officer)
    stamp = one.stamp
    client.post(address("item_change", short, one.pk), typed(title="By another", stamp=stamp))
    response = client.post(address("item_change", short, one.pk), typed(title="By me", stamp=stamp))
    assert response.status_code == 409
    page = words(response)
    assert "<td>By another</td><td>By me</td>" in page
    assert 'value="By me"' in page
    fresh = item(short, "By another").stamp
    assert fresh in page
    client.post(address("item_change", short, one.pk), typed(title="By me", stamp=fresh))
    assert item(short, "By me")


def test_a_stale_button_says_what_happened(world, sign_in, short):
    client = sign_in(world.officer)
    one = item(short, "A")
    agenda.publish(short, by=world.officer)
    response = client.post(address("item_move", short, one.pk), {"way": "down"}, follow=True)
    assert "This cannot be done now: the meeting has not been held." in words(response)


def test_items_of_other_meetings_and_groups_are_not_found(world, sign_in, short):
    other = schedule.schedule(world.dvacs_group, on=DECEMBER, meant=True, **PLACE,
                              by=world.officer)  # fmt: skip
    theirs = other.items.first()
    client = sign_in(world.officer)
    for name in ("item_change", "item_remove", "paper_add"):
        assert client.get(address(name, short, theirs.pk)).status_code == 404
    assert client.post(address("item_move", short, theirs.pk)).status_code == 404
    assert client.get(address("paper_remove", short, 999)).status_code == 404


def test_a_paper_is_sent_in_on_a_page(world, sign_in, short):
    client = sign_in(world.officer)
    one = item(short, "A")
    assert "PDF" in words(client.get(address("paper_add", short, one.pk)))
    file = SimpleUploadedFile("figures.pdf", files.pdf(2), "application/pdf")
    response = client.post(
        address("paper_add", short, one.pk),
        {"title": "Quarter 2 figures", "marking": "official", "file": file},
        follow=True,
    )
    assert "Paper A is on the agenda." in words(response)
    assert "Paper A: Quarter 2 figures" in words(client.get(short.get_absolute_url()))
    paper = Paper.objects.get()
    assert "Remove paper A" in words(client.get(address("paper_remove", short, paper.pk)))
    client.post(address("paper_remove", short, paper.pk))
    assert Paper.objects.count() == 0


def test_a_bad_file_is_said_at_its_field(world, sign_in, short):
    one = item(short, "A")
    file = SimpleUploadedFile("figures.pdf", b"", "application/pdf")
    response = sign_in(world.officer).post(
        address("paper_add", short, one.pk),
        {"title": "Quarter 2 figures", "marking": "official", "file": file},
    )
    assert "The file is empty" in words(response)
    assert 'value="Quarter 2 figures"' in words(response)


def test_the_check_says_what_is_missing(world, sign_in, meeting):
    SharingProtocol.objects.filter(group=world.board).update(ends_on=clock.today())
    Item.objects.filter(kind=ItemKind.FUNDING).update(lead=None)
    Item.objects.filter(kind=ItemKind.STRATEGY).update(minutes_allowed=60)
    page = words(sign_in(world.officer).get(address("publish_agenda", meeting)))
    assert "No paper yet for items" in page
    assert "Nobody leads item" in page
    assert "more than the meeting lasts" in page
    assert "Board has no Frequent Sharing Protocol in force" in page
    assert "DVACS update" not in page
    assert "Publish the agenda</button>" in page


def test_an_empty_agenda_has_no_button(world, sign_in, meeting):
    meeting.items.all().delete()
    page = words(sign_in(world.officer).get(address("publish_agenda", meeting)))
    assert "The agenda has no items." in page
    assert "Publish the agenda</button>" not in page
    page = words(sign_in(world.officer).post(address("publish_agenda", meeting), follow=True))
    assert "Add one before you publish it." in page


def test_publishing_twice_ends_in_a_message(world, sign_in, meeting):
    client = sign_in(world.officer)
    page = words(client.post(address("publish_agenda", meeting), follow=True))
    assert "The agenda is published." in page
    page = words(client.post(address("publish_agenda", meeting), follow=True))
    assert "The agenda has already been published." in page
    assert Notice.objects.filter(kind="agenda-published").count() == 4


@pytest.mark.parametrize("name", ["agenda", "item_add", "publish_agenda"])
def test_members_are_refused_with_the_reason(world, sign_in, meeting, name):
    response = sign_in(world.kent).get(address(name, meeting))
    assert response.status_code == 403
    assert "Only the group’s officers can do this." in words(response)


@pytest.mark.django_db(transaction=True)
def test_publishing_at_the_same_moment_happens_once(world, meeting, run_at_once):
    results = run_at_once(lambda: agenda.publish(meeting, by=world.officer), 3)
    assert sorted(type(each).__name__ for each in results) == ["Meeting", "Wrong", "Wrong"]
    assert Notice.objects.filter(kind="agenda-published").count() == 4
