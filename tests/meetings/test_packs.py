"""Packs: what goes out, on which pages, what waits for a supplement, and who has opened them."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import connection
from django.test import TestCase
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from kombu.exceptions import OperationalError

from audit.models import Entry, ReadEntry
from core.markings import Marking
from core.permissions import Refused
from core.workflow import Wrong
from documents import workflow as documents
from meetings import tasks
from meetings.models import (
    Declaration,
    ItemKind,
    Making,
    Pack,
    PackFile,
    PackPart,
    PackReading,
    Paper,
    Rendition,
    Status,
)
from meetings.queries import packs as reading
from meetings.workflow import agenda, making, packs, schedule
from notices.models import Notice
from tests.documents import files
from tests.meetings import held as at_hand
from tests.meetings.held import DECEMBER, NOVEMBER, PLACE, at

CANARY = "Zwartkop"


@pytest.fixture(autouse=True)
def november():
    """It is Tuesday 24 November 2026."""
    with at(NOVEMBER):
        yield


@pytest.fixture
def meeting(world):
    """The board's meeting on 9 December, its agenda a draft."""
    return schedule.schedule(world.board, on=DECEMBER, **PLACE, by=world.officer)


def item(meeting, kind):
    return at_hand.item(meeting, kind)


@pytest.fixture
def filled(meeting, send_paper):
    """A draft agenda with a restricted, a members' and a public paper, in the wrong order."""
    send_paper(
        item(meeting, ItemKind.PERFORMANCE), title=f"{CANARY} hidden", marking=Marking.SENSITIVE
    )
    send_paper(item(meeting, ItemKind.FUNDING), title="Bids for members")
    send_paper(item(meeting, ItemKind.HORIZON), title="Law for all", public=True)
    send_paper(item(meeting, ItemKind.CASE_REVIEWS), title=f"{CANARY} reviews",
               marking=Marking.SENSITIVE)  # fmt: skip
    return meeting


@pytest.fixture
def sent(world, filled):
    """The same, published."""
    return agenda.publish(filled, by=world.officer)


def parts(pack):
    return [
        (part.letter, part.title, part.rendition, part.first_page, part.pages)
        for part in pack.parts.all()
    ]


def late(meeting, send_paper, **more):
    return send_paper(item(meeting, ItemKind.STRATEGY), **{"title": "Delivery so far"} | more)


def newer(paper, world):
    return documents.add_version(
        paper.document, file=ContentFile(files.pdf(5), "newer.pdf"), by=world.officer
    )


# ---- what is fixed when the agenda goes out -----------------------------------------------------


def test_the_pack_is_fixed_with_the_agenda_in_three_blocks(world, sent):
    pack = Pack.objects.get()
    assert (pack.number, pack.sent_by, str(pack)) == (0, world.officer, "Agenda pack")
    assert parts(pack) == [
        ("A", "Law for all", "public", 1, 2),
        ("B", "Bids for members", "partner", 3, 2),
        ("C", f"{CANARY} hidden", "restricted", 5, 2),
        ("D", f"{CANARY} reviews", "restricted", 7, 2),
    ]
    files = {each.rendition: (each.total, each.state, each.file_name) for each in pack.files.all()}
    name = "dartford-board-2026-12-09-agenda-pack"
    assert files == {
        "public": (2, "waiting", f"{name}-public.pdf"),
        "partner": (4, "waiting", f"{name}-members.pdf"),
        "restricted": (8, "waiting", f"{name}-official-sensitive.pdf"),
    }


def test_what_cannot_be_published_leaves_no_pack(world, meeting):
    meeting.items.all().delete()
    with pytest.raises(Wrong):
        agenda.publish(meeting, by=world.officer)
    assert not Pack.objects.exists()


def test_only_the_boards_pack_has_a_public_file(world):
    made = schedule.schedule(world.dvacs_group, on=DECEMBER, **PLACE, by=world.officer)
    agenda.publish(made, by=world.officer)
    assert set(PackFile.objects.values_list("rendition", flat=True)) == {"partner", "restricted"}


def test_what_is_no_pdf_takes_the_pages_that_it_will_need(world, meeting):
    sent = {
        "notes.txt": "A line.\n" * 130, "figures.csv": "Ward,Count\n" + "Town,3\n" * 90,
        "map.png": files.picture("PNG"), "plan.docx": files.office(files.WORD),
    }  # fmt: skip
    for name, data in sent.items():
        data = data.encode() if isinstance(data, str) else data
        agenda.add_paper(
            item(meeting, ItemKind.FUNDING), title=name, marking=Marking.OFFICIAL,
            file=ContentFile(data, name), by=world.officer,
        )  # fmt: skip
    agenda.publish(meeting, by=world.officer)
    counted = {part.title: part.pages for part in PackPart.objects.all()}
    assert counted["map.png"] == counted["plan.docx"] == 1
    assert counted["notes.txt"] == 3
    assert counted["figures.csv"] == 4


# ---- what the public gets -----------------------------------------------------------------------


def test_a_restricted_paper_is_never_public(world, meeting, send_paper):
    with pytest.raises(ValidationError) as refused:
        send_paper(item(meeting, ItemKind.FUNDING), marking=Marking.SENSITIVE, public=True)
    assert set(refused.value.message_dict) == {"public"}
    paper = send_paper(item(meeting, ItemKind.FUNDING), marking=Marking.SENSITIVE)
    with pytest.raises(Wrong, match="never published"):
        packs.set_public(paper, public=True, by=world.officer)


def test_papers_of_a_subgroup_are_never_public(world, send_paper):
    made = schedule.schedule(world.dvacs_group, on=DECEMBER, **PLACE, by=world.officer)
    open_item = agenda.add_item(
        made, title="Cover", marking=Marking.OFFICIAL, minutes_allowed=5, by=world.officer
    )
    with pytest.raises(ValidationError, match="not public"):
        send_paper(open_item, public=True)
    paper = send_paper(open_item)
    with pytest.raises(Wrong, match="not public"):
        packs.set_public(paper, public=True, by=world.officer)


def test_public_is_chosen_and_taken_back_until_the_paper_is_sent(world, meeting, send_paper):
    paper = send_paper(item(meeting, ItemKind.FUNDING))
    packs.set_public(paper, public=True, by=world.officer)
    assert Paper.objects.get().public
    packs.set_public(paper, public=False, by=world.officer)
    assert not Paper.objects.get().public
    assert Entry.objects.filter(verb__contains="publish a paper of").count() == 2
    agenda.publish(meeting, by=world.officer)
    with pytest.raises(Wrong, match="has been sent"):
        packs.set_public(paper, public=True, by=world.officer)


def test_only_officers_choose_what_is_public(world, meeting, send_paper):
    paper = send_paper(item(meeting, ItemKind.FUNDING))
    with pytest.raises(Refused):
        packs.set_public(paper, public=True, by=world.chair)


def test_the_public_page_lists_and_serves_published_papers_alone(world, sent, client):
    page = client.get(reverse("meetings:public_agenda", args=["dartford", sent.slug]))
    text = page.content.decode()
    assert "Paper A: Law for all" in text
    for hidden in (CANARY, "Bids for members", "Paper B", "Paper C"):
        assert hidden not in text
    public = PackPart.objects.get(rendition="public")
    address = reverse("meetings:public_paper", args=["dartford", sent.slug, public.pk])
    assert client.get(address).content.startswith(b"%PDF-")
    for part in PackPart.objects.exclude(rendition="public"):
        hidden = reverse("meetings:public_paper", args=["dartford", sent.slug, part.pk])
        assert client.get(hidden).status_code == 404


def test_the_public_keeps_the_version_that_was_sent(world, sent, client):
    part = PackPart.objects.get(rendition="public")
    newer(part.paper, world)
    address = reverse("meetings:public_paper", args=["dartford", sent.slug, part.pk])
    assert client.get(address).content == bytes(part.version.content.data)


def test_restricting_an_item_takes_its_papers_from_the_public(world, sent, client):
    part = PackPart.objects.get(rendition="public")
    PackFile.objects.update(state=Making.READY, content=part.version.content)
    shown = item(sent, ItemKind.HORIZON)
    agenda.change_item(
        shown, title=shown.title, marking=Marking.SENSITIVE, minutes_allowed=5, by=world.officer
    )
    for name, key in (("public_paper", part.pk), ("public_pack", 0)):
        address = reverse(f"meetings:{name}", args=["dartford", sent.slug, key])
        assert client.get(address).status_code == 404
    text = client.get(reverse("meetings:public_agenda", args=["dartford", sent.slug]))
    assert "Law for all" not in text.content.decode()
    states = dict(PackFile.objects.values_list("rendition", "state"))
    assert states == {"public": "waiting", "partner": "waiting", "restricted": "ready"}


# ---- supplements --------------------------------------------------------------------------------


def test_a_late_paper_waits_and_goes_out_in_a_supplement(world, sent, send_paper):
    before = parts(Pack.objects.get(number=0))
    paper = late(sent, send_paper)
    assert [each.pk for each in reading.waiting(sent)] == [paper.pk]
    assert not Notice.objects.filter(text__contains="upplement").exists()
    supplement = packs.send_supplement(sent, by=world.officer)
    assert (str(supplement), supplement.number) == ("Supplement 1", 1)
    assert parts(supplement) == [("E", "Delivery so far", "partner", 1, 2)]
    assert parts(Pack.objects.get(number=0)) == before
    told = Notice.objects.get(kind="supplement-sent", recipient=world.kent)
    assert told.text == "Supplement 1 for the Board meeting of 9 December 2026 is out: paper E."
    assert not Notice.objects.filter(kind="supplement-sent", recipient=world.officer).exists()
    assert reading.waiting(sent) == []


def test_a_newer_version_waits_and_keeps_its_letter(world, sent):
    paper = Paper.objects.get(letter="B")
    newer(paper, world)
    assert [each.letter for each in reading.waiting(sent)] == ["B"]
    supplement = packs.send_supplement(sent, by=world.officer)
    assert parts(supplement) == [("B", "Bids for members", "partner", 1, 5)]
    assert Pack.objects.get(number=0).parts.get(letter="B").version.number == 1


def test_a_supplement_is_in_three_blocks_too(world, sent, send_paper):
    late(sent, send_paper, title="Third", marking=Marking.SENSITIVE)
    late(sent, send_paper, title="Second")
    late(sent, send_paper, title="First", public=True)
    supplement = packs.send_supplement(sent, by=world.officer)
    assert [part[1] for part in parts(supplement)] == ["First", "Second", "Third"]
    assert set(supplement.files.values_list("rendition", flat=True)) == set(Rendition.values)


def test_a_supplement_of_restricted_papers_is_a_file_for_nobody_else(world, sent, send_paper):
    late(sent, send_paper, title=CANARY, marking=Marking.SENSITIVE)
    supplement = packs.send_supplement(sent, by=world.officer)
    assert set(supplement.files.values_list("rendition", flat=True)) == {"restricted"}
    assert not Notice.objects.filter(text__contains=CANARY).exists()
    assert not Entry.objects.filter(detail__icontains=CANARY).exists()


def test_nothing_to_send_and_something_else_to_send(world, sent, send_paper):
    with pytest.raises(Wrong, match="No paper waits"):
        packs.send_supplement(sent, by=world.officer)
    late(sent, send_paper)
    seen = reading.stamp(reading.waiting(sent))
    late(sent, send_paper, title="Another")
    with pytest.raises(Wrong, match="have changed"):
        packs.send_supplement(sent, stamp=seen, by=world.officer)
    assert Pack.objects.count() == 1


def test_nothing_is_sent_before_the_agenda_or_after_the_minutes(world, meeting, send_paper):
    with pytest.raises(Wrong):
        packs.send_supplement(meeting, by=world.officer)
    sent = agenda.publish(meeting, by=world.officer)
    late(sent, send_paper)
    sent.status = Status.WITH_CHAIR
    sent.save()
    with pytest.raises(Wrong):
        packs.send_supplement(sent, by=world.officer)


def test_only_officers_send(world, sent, send_paper):
    late(sent, send_paper)
    for person in (world.chair, world.kent, world.stranger):
        with pytest.raises(Refused):
            packs.send_supplement(sent, by=person)


def test_a_meeting_from_before_there_were_packs_begins_with_its_first(world, sent):
    Pack.objects.all().delete()
    assert reading.next_name(sent) == "Agenda pack"
    assert str(packs.send_supplement(sent, by=world.officer)) == "Agenda pack"


@pytest.mark.django_db(transaction=True)
def test_two_officers_sending_at_once_send_one_supplement(world, sent, send_paper, run_at_once):
    late(sent, send_paper)
    answers = run_at_once(lambda: packs.send_supplement(sent, by=world.officer), 2)
    assert sorted(type(each).__name__ for each in answers) == ["Pack", "Wrong"]
    assert sent.packs.count() == 2


# ---- the worker ---------------------------------------------------------------------------------


@pytest.fixture
def quick(monkeypatch):
    """The pack's bytes without making a PDF; ``quick`` holds what was asked for."""
    asked = []

    def made(pack, rendition, *, user=None, progress=lambda done: None):
        asked.append((pack.number, rendition))
        progress(1)
        return f"%PDF- {pack} {rendition}".encode()

    monkeypatch.setattr(making, "pack_bytes", made)
    return asked


def test_what_waits_is_made_once(sent, quick):
    assert making.make_waiting() == 3
    assert making.make_waiting() == 0
    assert sorted(quick) == [(0, "partner"), (0, "public"), (0, "restricted")]
    for file in PackFile.objects.all():
        assert (file.state, file.done, file.problem) == (Making.READY, file.total, "")
        assert bytes(file.content.data).startswith(b"%PDF-")


def test_what_hangs_is_taken_up_again_after_five_minutes(sent, quick):
    PackFile.objects.update(state=Making.MAKING, started_at=at_time(10, 57))
    assert making.make_waiting() == 0
    PackFile.objects.filter(rendition="public").update(started_at=at_time(10, 54))
    assert making.make_waiting() == 1
    assert quick == [(0, "public")]


def at_time(hour, minute):
    return datetime.datetime.combine(NOVEMBER, datetime.time(hour, minute), tzinfo=datetime.UTC)


def test_a_worker_that_was_overtaken_changes_nothing(sent, monkeypatch):
    def overtaken(pack, rendition, *, user=None, progress):
        PackFile.objects.update(started_at=at_time(11, 1))
        progress(1)
        raise AssertionError("It should have stopped.")

    monkeypatch.setattr(making, "pack_bytes", overtaken)
    making._make(making._claimed())
    assert set(PackFile.objects.values_list("done", flat=True)) == {0}
    assert Making.READY not in set(PackFile.objects.values_list("state", flat=True))


def test_a_failure_is_a_sentence_and_can_be_tried_again(world, sent, monkeypatch):
    def broken(*args, **more):
        raise making.PackFailed("Paper B is damaged and cannot be read.")

    monkeypatch.setattr(making, "pack_bytes", broken)
    making.make_waiting()
    file = PackFile.objects.get(rendition="partner")
    assert (file.state, file.problem) == ("failed", "Paper B is damaged and cannot be read.")
    with pytest.raises(Refused):
        packs.try_again(sent, number=0, rendition="partner", by=world.chair)
    packs.try_again(sent, number=0, rendition="partner", by=world.officer)
    file.refresh_from_db()
    assert (file.state, file.problem, file.started_at) == ("waiting", "", None)
    with pytest.raises(Wrong, match="not one"):
        packs.try_again(sent, number=0, rendition="partner", by=world.officer)
    with pytest.raises(Wrong, match="not one"):
        packs.try_again(sent, number=7, rendition="nonsense", by=world.officer)


def test_what_nobody_expected_says_nothing_of_itself(sent, monkeypatch, caplog):
    def broken(*args, **more):
        raise ZeroDivisionError(CANARY)

    monkeypatch.setattr(making, "pack_bytes", broken)
    making.make_waiting()
    problems = set(PackFile.objects.values_list("problem", flat=True))
    assert problems == {making.UNKNOWN}
    assert "pack-failed" in caplog.text
    assert CANARY not in caplog.text


def test_papers_too_large_together_fail_with_a_sentence(sent, monkeypatch):
    monkeypatch.setattr(making, "MOST_BYTES", 100)
    making.make_waiting()
    assert "one by one" in PackFile.objects.get(rendition="partner").problem


def test_a_broker_that_is_down_breaks_nothing(world, filled, monkeypatch):
    def down():
        raise OperationalError("no broker")

    monkeypatch.setattr(tasks.make_packs, "delay", down)
    with TestCase.captureOnCommitCallbacks(execute=True):
        agenda.publish(filled, by=world.officer)
    assert set(PackFile.objects.values_list("state", flat=True)) == {Making.WAITING}


# ---- who has opened -----------------------------------------------------------------------------


def page_of(meeting, name="pack", *more):
    return reverse(f"meetings:{name}", args=["dartford", meeting.slug, *more])


def test_opening_the_page_is_kept_once(world, sent, sign_in):
    client = sign_in(world.kent)
    for _ in range(2):
        assert client.get(page_of(sent)).status_code == 200
    assert PackReading.objects.get().person == world.kent


def test_who_has_opened_is_for_officers_and_the_chair(world, sent, sign_in):
    packs.opened(sent.packs.all(), by=world.kent)
    for person, status in [
        (world.officer, 200), (world.chair, 200), (world.kent, 403), (world.stranger, 404),
    ]:  # fmt: skip
        assert sign_in(person).get(page_of(sent, "pack_readers")).status_code == status
    text = sign_in(world.officer).get(page_of(sent, "pack_readers")).content.decode()
    assert "4 people have not opened all that was sent" in text
    assert "24 November 2026" in text


def test_those_who_have_not_are_reminded_once_a_day(world, sent, send_paper):
    packs.opened(sent.packs.all(), by=world.kent)
    late(sent, send_paper)
    packs.send_supplement(sent, by=world.officer)
    packs.opened(sent.packs.all(), by=world.vice)
    assert packs.remind(sent, by=world.chair) == 3
    packs.remind(sent, by=world.officer)
    told = Notice.objects.filter(kind="pack-unopened")
    assert {each.recipient for each in told} >= {world.kent, world.watch}
    assert not told.filter(recipient=world.vice).exists()
    assert told.filter(recipient=world.kent).count() == 1
    with at(NOVEMBER + datetime.timedelta(days=1)):
        packs.remind(sent, by=world.officer)
    assert told.filter(recipient=world.kent).count() == 2
    with pytest.raises(Refused):
        packs.remind(sent, by=world.kent)


def test_nobody_is_reminded_of_nothing(world, meeting):
    with pytest.raises(Wrong, match="Nothing has been sent"):
        packs.remind(meeting, by=world.officer)


# ---- the pages ----------------------------------------------------------------------------------


def test_the_page_says_where_each_paper_stands(world, sent, sign_in):
    text = sign_in(world.kent).get(page_of(sent)).content.decode()
    for words in ("1 to 2", "3 to 4", "5 to 6", f"Paper C: {CANARY} hidden", "OFFICIAL-SENSITIVE"):
        assert words in text
    text = sign_in(world.kent).get(sent.get_absolute_url()).content.decode()
    assert "Paper B: Bids for members</a>, page 3 (2 pages)" in text
    assert "Agenda pack (PDF)" in text


def test_who_is_not_cleared_sees_neither_titles_nor_the_restricted_file(world, sent, sign_in):
    text = sign_in(world.watch).get(page_of(sent)).content.decode()
    assert CANARY not in text
    assert "Paper C: withheld from you" in text
    assert "/packs/0/restricted.pdf" not in text
    assert "For those who may open" not in text


def test_the_page_looks_again_while_a_file_is_made_and_stops_when_asked(
    world, sent, sign_in, quick
):
    client = sign_in(world.kent)
    answer = client.get(page_of(sent))
    assert answer["Refresh"] == "5"
    assert "<progress" in answer.content.decode()
    assert not client.get(page_of(sent), {"still": ""}).has_header("Refresh")
    making.make_waiting()
    answer = client.get(page_of(sent))
    assert not answer.has_header("Refresh")
    assert "<progress" not in answer.content.decode()


def test_before_the_agenda_is_out_there_is_nothing(world, meeting, sign_in):
    assert "Nothing has been sent yet" in sign_in(world.kent).get(page_of(meeting)).content.decode()


def test_files_open_for_whom_they_are_and_reading_is_kept(world, sent, sign_in, quick):
    making.make_waiting()
    expected = {
        world.kent: (200, 200, 200), world.watch: (200, 200, 403), world.officer: (200, 200, 200),
        world.dvacs: (404, 404, 404), world.stranger: (404, 404, 404),
        world.scrutiny: (404, 404, 404),
    }  # fmt: skip
    for person, statuses in expected.items():
        client = sign_in(person)
        got = tuple(
            client.get(page_of(sent, "pack_file", 0, each)).status_code for each in Rendition.values
        )
        assert got == statuses, person
    assert set(ReadEntry.objects.values_list("actor_name", flat=True)) == {
        world.kent.name, world.officer.name,
    }  # fmt: skip
    assert sign_in(world.kent).get(page_of(sent, "pack_file", 0, "secret")).status_code == 404
    assert sign_in(world.kent).get(page_of(sent, "pack_file", 3, "partner")).status_code == 404


def test_a_file_in_the_making_is_not_there_yet(world, sent, sign_in, client):
    answer = sign_in(world.kent).get(page_of(sent, "pack_file", 0, "partner"), follow=True)
    assert "still being put together" in answer.content.decode()
    assert client.get(page_of(sent, "public_pack", 0)).status_code == 404


def test_everybody_gets_the_public_file(sent, client, quick):
    making.make_waiting()
    answer = client.get(page_of(sent, "public_pack", 0))
    assert answer.content == b"%PDF- Agenda pack public"
    assert "Agenda pack (PDF)" in client.get(page_of(sent, "public_agenda")).content.decode()
    assert client.get(page_of(sent, "public_pack", 1)).status_code == 404


def test_who_withdrew_gets_a_file_of_their_own(world, sent, sign_in, quick, monkeypatch):
    making.make_waiting()
    withdraw(world, item(sent, ItemKind.FUNDING))
    asked = []
    monkeypatch.setattr(
        making, "pack_bytes", lambda pack, rendition, *, user: asked.append(user) or b"%PDF- own"
    )
    answer = sign_in(world.kent).get(page_of(sent, "pack_file", 0, "partner"))
    assert (answer.content, asked) == (b"%PDF- own", [world.kent])
    assert sign_in(world.vice).get(page_of(sent, "pack_file", 0, "partner")).content != b"%PDF- own"


def withdraw(world, thing, person=None):
    Declaration.objects.create(
        meeting=thing.meeting, item=thing, person=person or world.kent, text="I chair the charity.",
        recused=True, declared_by=world.officer,
    )  # fmt: skip


def test_the_confirmation_lists_what_goes_and_sends_it(world, sent, send_paper, sign_in):
    client = sign_in(world.officer)
    assert "No paper waits" in client.get(page_of(sent, "supplement")).content.decode()
    late(sent, send_paper)
    text = client.get(sent.get_absolute_url()).content.decode()
    assert "1 late paper is not sent yet" in text
    assert "Send supplement 1" in text
    page = client.get(page_of(sent, "supplement"))
    assert "Paper E: Delivery so far" in page.content.decode()
    answer = client.post(page_of(sent, "supplement"), {"stamp": page.context["stamp"]}, follow=True)
    assert "Supplement 1 is sent." in answer.content.decode()
    assert "S1-1 to S1-2" in answer.content.decode()
    answer = client.post(page_of(sent, "supplement"), {"stamp": ""}, follow=True)
    assert "No paper waits to be sent" in answer.content.decode()
    assert "page S1-1 (2 pages)" in client.get(sent.get_absolute_url()).content.decode()


def test_public_is_chosen_on_the_agenda_page(world, meeting, send_paper, sign_in):
    paper = send_paper(item(meeting, ItemKind.FUNDING))
    client = sign_in(world.officer)
    address = page_of(meeting, "paper_public", paper.pk)
    assert (
        "Publish with the public agenda" in client.get(page_of(meeting, "agenda")).content.decode()
    )
    client.post(address, {"public": "yes"})
    assert Paper.objects.get().public
    assert "Keep it to the group" in client.get(page_of(meeting, "agenda")).content.decode()
    client.post(address, {"public": "no"})
    assert not Paper.objects.get().public
    assert client.post(page_of(meeting, "paper_public", paper.pk + 1)).status_code == 404


def test_the_form_offers_public_only_where_it_can_be(world, meeting, sign_in):
    client = sign_in(world.officer)
    add = page_of(meeting, "paper_add", item(meeting, ItemKind.FUNDING).pk)
    assert 'name="public"' in client.get(add).content.decode()
    answer = client.post(add, {
        "title": "Figures", "marking": "sensitive", "public": "on", "handling_note": "",
        "file": ContentFile(files.pdf(1), "figures.pdf"),
    })  # fmt: skip
    assert "A restricted paper is never published" in answer.content.decode()
    assert not Paper.objects.exists()
    closed = page_of(meeting, "paper_add", item(meeting, ItemKind.CASE_REVIEWS).pk)
    assert 'name="public"' not in client.get(closed).content.decode()


@pytest.mark.parametrize("name", ["pack", "pack_readers", "supplement", "public_agenda"])
def test_pages_ask_as_much_of_one_paper_as_of_many(world, sent, send_paper, sign_in, name):
    client = sign_in(world.officer)
    client.get(page_of(sent, name))
    late(sent, send_paper)
    few = asked(client, page_of(sent, name))
    for number in range(30):
        late(sent, send_paper, title=f"Paper {number}", public=number % 2 == 0)
    assert asked(client, page_of(sent, name)) == few
    if name != "supplement":
        packs.send_supplement(sent, by=world.officer)
        assert asked(client, page_of(sent, name)) <= few


def asked(client, address):
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    return len(queries)
