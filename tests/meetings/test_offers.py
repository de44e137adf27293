"""Items and papers that members and leads offer, and how officers answer."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from audit.models import Entry
from core.markings import Marking
from core.permissions import Refused
from core.workflow import Wrong
from documents.models import Document
from meetings import work_beforehand as work
from meetings.models import Answer, BacklogItem, Declaration, ItemKind, Meeting, OfferedPaper
from meetings.queries import beforehand as reading
from meetings.workflow import agenda, offers, schedule
from membership.models import Signature
from notices.models import Notice
from tests.documents import files
from tests.meetings.held import DECEMBER, NOVEMBER, PLACE, at

OPEN, SECRET = Marking.OFFICIAL, Marking.SENSITIVE
CANARY = "CANARYoffer"


@pytest.fixture(autouse=True)
def november():
    with at(NOVEMBER, 9):
        yield


@pytest.fixture
def meeting(world):
    return schedule.schedule(world.board, on=DECEMBER, **PLACE, by=world.officer)


def file(name="figures.pdf", pages=2):
    return ContentFile(files.pdf(pages), name)


def offer(world, meeting, by=None, **more):
    words = {"title": "Winter shelter", "marking": OPEN, "minutes_allowed": 10}
    return offers.offer(meeting, **(words | more), by=by or world.kent)


def led(meeting, kind, lead):
    item = meeting.items.get(kind=kind)
    item.lead = lead
    item.save()
    item.meeting = meeting
    return item


def told(who):
    return [each.text for each in Notice.objects.filter(recipient=who).order_by("created_at", "pk")]


# ---- items --------------------------------------------------------------------------------------


def test_a_member_offers_an_item_and_the_officer_puts_it_on_with_its_paper(world, meeting):
    waiting = offer(world, meeting, file=file(), paper_title="Opening days")
    assert told(world.officer)[-1] == (
        "Bryony Clarke offered an item for the Board meeting of 9 December 2026."
    )
    assert not Document.objects.exists()
    item = offers.accept(waiting, meeting, title="Shelter", minutes_allowed=5, by=world.officer)
    paper = item.papers.get()
    assert (item.title, item.minutes_allowed, item.lead) == ("Shelter", 5, world.kent)
    assert (paper.document.title, paper.letter) == ("Opening days", "A")
    assert "is on the agenda" in told(world.kent)[-1]
    assert OfferedPaper.objects.get().state == Answer.TAKEN


def test_a_restricted_item_makes_its_paper_restricted_as_it_is_accepted(world, meeting):
    waiting = offer(world, meeting, file=file())
    item = offers.accept(waiting, meeting, marking=SECRET, by=world.officer)
    assert item.papers.get().document.marking == SECRET


def test_after_the_day_it_is_late_and_still_taken(world, meeting):
    last = reading.submit_by(meeting)
    assert last == datetime.date(2026, 11, 27)
    assert not reading.is_late(offer(world, meeting))
    with at(last, 23):
        assert not reading.is_late(offer(world, meeting))
    with at(last + datetime.timedelta(days=3), 9):
        late = offer(world, meeting)
        assert reading.is_late(late)
        assert offers.accept(late, meeting, by=world.officer).title == "Winter shelter"


def test_an_officer_keeps_an_offer_for_later_or_declines_it_with_a_reason(world, meeting):
    waiting = offer(world, meeting)
    offers.keep_for_later(waiting, by=world.officer)
    assert BacklogItem.objects.get().meeting is None
    with pytest.raises(ValidationError):
        offers.decline(waiting, answer=" ", by=world.officer)
    offers.decline(waiting, answer=CANARY, by=world.officer)
    said = told(world.kent)
    assert said[-2:] == ["The item you offered is kept for a later meeting.",
                         "The item you offered was not taken. Read why."]  # fmt: skip
    assert CANARY not in " ".join(said)
    with pytest.raises(Wrong, match="declined already"):
        offers.accept(waiting, meeting, by=world.officer)


def test_who_offered_it_takes_it_back_while_it_waits(world, meeting):
    waiting = offer(world, meeting, file=file())
    with pytest.raises(Refused):
        offers.withdraw(waiting, by=world.vice)
    offers.withdraw(waiting, by=world.kent)
    assert OfferedPaper.objects.get().state == Answer.WITHDRAWN
    with pytest.raises(Wrong, match="taken back"):
        offers.accept(waiting, meeting, by=world.officer)


def test_nothing_is_offered_for_a_past_a_held_or_a_cancelled_meeting(world, meeting):
    with at(DECEMBER + datetime.timedelta(days=1)), pytest.raises(Wrong, match="was on 9 December"):
        offer(world, meeting)
    schedule.cancel(meeting, reason="Snow", by=world.officer)
    with pytest.raises(Wrong, match="cancelled"):
        offer(world, meeting)


def test_members_and_leads_offer_and_strangers_do_not(world, meeting):
    assert meeting.items.filter(lead=world.dvacs).exists()
    assert offer(world, meeting, by=world.dvacs).lead == world.dvacs
    led(meeting, ItemKind.DVACS, None)
    led(meeting, ItemKind.FUNDING, world.leaver)
    for who in (world.dvacs, world.stranger, world.scrutiny, world.leaver, world.guest):
        with pytest.raises(Refused):
            offer(world, meeting, by=who)


@pytest.mark.parametrize(("wrong", "field"), [
    ({"title": ""}, "title"), ({"minutes_allowed": 0}, "minutes_allowed"),
    ({"marking": "x"}, "marking"), ({"file": ContentFile(b"", "empty.pdf")}, "file"),
    ({"file": ContentFile(b"MZ", "virus.pdf")}, "file"),
])  # fmt: skip
def test_what_cannot_be_offered_is_said_by_field(world, meeting, wrong, field):
    with pytest.raises(ValidationError) as refused:
        offer(world, meeting, **wrong)
    assert field in refused.value.message_dict
    assert not BacklogItem.objects.exists()


# ---- papers -------------------------------------------------------------------------------------


def test_a_lead_offers_a_paper_and_only_accepted_it_is_a_document(world, meeting):
    item = led(meeting, ItemKind.DVACS, world.dvacs)
    with pytest.raises(ValidationError) as refused:
        offers.offer_paper(item, title="Update", marking=OPEN, file=file(), by=world.dvacs)
    assert set(refused.value.message_dict) == {"marking"}
    offered = offers.offer_paper(item, title=CANARY, marking=SECRET, file=file(), by=world.dvacs)
    assert CANARY not in " ".join(told(world.officer))
    assert not Document.objects.exists()
    paper = offers.accept_paper(offered, by=world.officer)
    assert (paper.item, paper.document.marking) == (item, SECRET)
    with pytest.raises(Wrong, match="on an agenda already"):
        offers.accept_paper(offered, by=world.officer)
    shown = Entry.objects.filter(sensitive=False)
    assert all(CANARY not in f"{each.verb} {each.subject}" for each in shown)


def test_only_the_lead_offers_papers_for_an_item(world, meeting):
    item = led(meeting, ItemKind.PERFORMANCE, world.vice)
    for who in (world.kent, world.dvacs, world.stranger):
        with pytest.raises(Refused):
            offers.offer_paper(item, title="Mine", marking=OPEN, file=file(), by=who)


def test_a_paper_is_declined_or_taken_back(world, meeting):
    item = led(meeting, ItemKind.PERFORMANCE, world.vice)
    first = offers.offer_paper(item, title="One", marking=OPEN, file=file(), by=world.vice)
    second = offers.offer_paper(item, title="Two", marking=OPEN, file=file(), by=world.vice)
    offers.decline_paper(first, answer="Send the final one", by=world.officer)
    assert told(world.vice)[-1] == "The paper you offered was not taken. Read why."
    offers.withdraw_paper(second, by=world.vice)
    states = OfferedPaper.objects.order_by("created_at").values_list("state", flat=True)
    assert list(states) == [Answer.DECLINED, Answer.WITHDRAWN]


def test_an_offered_paper_follows_its_item_into_the_restricted_part(world, meeting, sign_in):
    item = led(meeting, ItemKind.PERFORMANCE, world.watch)
    offered = offers.offer_paper(item, title="One", marking=OPEN, file=file(), by=world.watch)
    agenda.change_item(
        item, title=item.title, marking=SECRET, minutes_allowed=5, lead=world.watch,
        by=world.officer,
    )  # fmt: skip
    offered.refresh_from_db()
    Signature.objects.filter(agency=world.council).delete()
    url = reverse("meetings:offered", args=["dartford", offered.pk])
    assert sign_in(world.officer).get(url).status_code == 404
    assert sign_in(world.watch).get(url).status_code == 200


def test_who_withdrew_from_the_item_neither_offers_nor_answers(world, meeting):
    item = led(meeting, ItemKind.PERFORMANCE, world.vice)
    offered = offers.offer_paper(item, title="One", marking=OPEN, file=file(), by=world.vice)
    for who in (world.vice, world.officer):
        Declaration.objects.create(
            meeting=meeting, item=item, person=who, recused=True, text="Shares", declared_by=who
        )
    with pytest.raises(Refused):
        offers.accept_paper(offered, by=world.officer)
    with pytest.raises(Refused):
        offers.offer_paper(item, title="Two", marking=OPEN, file=file(), by=world.vice)
    assert reading.papers_offered(meeting, world.officer) == []


# ---- my work ------------------------------------------------------------------------------------


def whats(found):
    return [each.what for each in found]


def test_leads_are_asked_for_papers_until_they_offer_one(world, meeting):
    item = led(meeting, ItemKind.DVACS, world.dvacs)
    asked = list(work.papers_to_send(world.dvacs, NOVEMBER))
    assert whats(asked) == [f"Paper expected by 27 November 2026 for item {item.number}"]
    assert asked[0].due == datetime.date(2026, 11, 27)
    offered = offers.offer_paper(item, title="One", marking=SECRET, file=file(), by=world.dvacs)
    assert list(work.papers_to_send(world.dvacs, NOVEMBER)) == []
    offers.decline_paper(offered, answer="Old", by=world.officer)
    assert len(list(work.papers_to_send(world.dvacs, NOVEMBER))) == 1


def test_officers_are_asked_to_answer_what_was_offered(world, meeting):
    offer(world, meeting)
    offer(world, meeting, title="Another")
    item = led(meeting, ItemKind.PERFORMANCE, world.vice)
    offers.offer_paper(item, title="One", marking=OPEN, file=file(), by=world.vice)
    assert whats(work.offers_to_answer(world.officer, NOVEMBER)) == [
        "2 items and 1 paper offered for the Board meeting of 9 December 2026"
    ]
    assert list(work.offers_to_answer(world.kent, NOVEMBER)) == []
    assert list(work.offers_to_answer(world.ocg, NOVEMBER)) == []


# ---- pages --------------------------------------------------------------------------------------


def to(name, *args):
    return reverse(f"meetings:{name}", args=["dartford", *args])


def upload(name="figures.pdf"):
    return SimpleUploadedFile(name, files.pdf(1), "application/pdf")


def test_a_member_offers_sees_the_answer_and_takes_back(world, meeting, sign_in):
    client = sign_in(world.kent)
    assert "by 27 November 2026" in client.get(to("offers")).content.decode()
    assert "asked for by 27 November" in client.get(to("offer", meeting.slug)).content.decode()
    sent = client.post(
        to("offer", meeting.slug),
        {"title": "Winter shelter", "marking": OPEN, "minutes_allowed": 10, "file": upload()},
        follow=True,
    ).content.decode()  # fmt: skip
    assert "The officers have been told" in sent
    waiting = BacklogItem.objects.get()
    assert "Take it back" in client.get(to("backlog_item", waiting.pk)).content.decode()
    paper = waiting.papers.get()
    assert client.get(to("offered_file", paper.pk))["Content-Type"] == "application/pdf"
    assert sign_in(world.vice).get(to("backlog_item", waiting.pk)).status_code == 404
    assert sign_in(world.vice).get(to("offered_file", paper.pk)).status_code == 404
    officer = sign_in(world.officer)
    mistaken = officer.post(to("backlog_decline", waiting.pk), {"answer": ""}).content.decode()
    assert "Enter the reason" in mistaken
    officer.post(to("backlog_decline", waiting.pk), {"answer": "Too early"})
    assert "Too early" in client.get(to("backlog_item", waiting.pk)).content.decode()
    officer.post(to("backlog_reopen", waiting.pk))
    officer.post(to("backlog_later", waiting.pk))
    client.post(to("backlog_withdraw", waiting.pk))
    assert BacklogItem.objects.get().state == Answer.WITHDRAWN


def test_a_lead_without_a_seat_on_the_board_offers_a_paper(world, meeting, sign_in):
    item = led(meeting, ItemKind.DVACS, world.dvacs)
    client = sign_in(world.dvacs)
    url = to("paper_offer", meeting.slug, item.pk)
    page = client.get(url).content.decode()
    assert item.title not in page
    assert "restricted item is restricted" in page or "A paper of a restricted item" in page
    empty = client.post(url, {"title": "Update", "marking": SECRET}).content.decode()
    assert "Choose a file" in empty
    client.post(url, {"title": "Update", "marking": SECRET, "file": upload()})
    offered = OfferedPaper.objects.get()
    officer = sign_in(world.officer)
    assert "Paper for item" in officer.get(to("agenda", meeting.slug)).content.decode()
    officer.post(to("offered", offered.pk), {"title": "DVACS update", "marking": SECRET})
    assert item.papers.get().document.title == "DVACS update"
    assert "On an agenda: paper A" in client.get(to("offers")).content.decode()
    assert client.get(to("detail", meeting.slug)).status_code == 404
    assert sign_in(world.kent).get(url).status_code == 403
    assert sign_in(world.stranger).get(url).status_code == 404


def test_offering_for_a_past_meeting_says_so(world, meeting, sign_in):
    with at(DECEMBER + datetime.timedelta(days=2)):
        page = sign_in(world.kent).get(to("offer", meeting.slug), follow=True).content.decode()
    assert "This meeting was on 9 December 2026" in page


@pytest.mark.parametrize("number", [1, 30])
def test_what_one_has_offered_asks_the_same_however_much(
    world, meeting, sign_in, django_assert_max_num_queries, number
):
    for place in range(number):
        offer(world, meeting, title=f"Item {place}")
    client = sign_in(world.kent)
    with django_assert_max_num_queries(12):
        client.get(to("offers"))


def test_a_meeting_to_come_links_to_offering(world, meeting, sign_in):
    assert Meeting.objects.count() == 1
    assert "Offer an item" in sign_in(world.kent).get(meeting.get_absolute_url()).content.decode()


# ---- restricted, or withdrawn from, since -------------------------------------------------------


def taken_as(world, meeting, marking):
    """A paper that came with an offer, once both are on the agenda."""
    waiting = offer(world, meeting, file=file())
    item = offers.accept(waiting, meeting, marking=marking, by=world.officer)
    return item, OfferedPaper.objects.get()


def test_an_offered_file_closes_with_the_item_that_was_restricted(world, meeting, sign_in):
    item, paper = taken_as(world, meeting, SECRET)
    assert item.papers.get().document.restricted
    assert paper.restricted
    assert OfferedPaper.objects.visible_to(world.officer).exists()
    Signature.objects.filter(agency=world.council).delete()
    assert sign_in(world.officer).get(to("offered_file", paper.pk)).status_code in {403, 404}
    assert not OfferedPaper.objects.visible_to(world.officer).exists()


def test_an_offered_file_closes_for_who_withdrew_from_the_item(world, meeting, sign_in):
    item, paper = taken_as(world, meeting, OPEN)
    assert sign_in(world.officer).get(to("offered_file", paper.pk)).status_code == 200
    Declaration.objects.create(
        meeting=meeting, item=item, person=world.officer, text="An interest", recused=True,
        declared_by=world.officer,
    )  # fmt: skip
    assert sign_in(world.officer).get(to("offered_file", paper.pk)).status_code in {403, 404}
    assert not OfferedPaper.objects.visible_to(world.officer).exists()
    assert OfferedPaper.objects.visible_to(world.kent).exists()
