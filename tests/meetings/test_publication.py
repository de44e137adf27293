"""Publishing agreed minutes: once, frozen, and without anything restricted anywhere public."""

import pytest
from django.urls import reverse

from core import registries
from core.permissions import Refused
from core.workflow import Wrong
from documents.models import Content, Document, Publication
from meetings import renditions
from meetings.models import Meeting, Status
from meetings.workflow import minutes, publication
from notices.models import Notice
from tests import pdf_text
from tests.meetings import held as at_hand
from tests.meetings.held import DECEMBER, SEPTEMBER, address, at

pytestmark = pytest.mark.pdf

CANARY = "Zwartkop"


@pytest.fixture
def meeting(world):
    """Agreed minutes with a canary in every restricted place."""
    made = at_hand.held(world)
    with at(SEPTEMBER):
        shown, closed = at_hand.performance(made), at_hand.reviews(made)
        closed.title = f"{CANARY} item"
        closed.save()
        at_hand.write(shown, "Shop theft fell at Bluewater.", world.officer)
        at_hand.write(closed, f"{CANARY} minute", world.officer)
        at_hand.decided(closed, f"{CANARY} decision", world.officer)
        at_hand.decided(shown, f"{CANARY} hidden decision", world.officer, restricted=True)
        at_hand.asked(closed, f"{CANARY} action", world.police, world.officer)
        at_hand.asked(shown, f"{CANARY} hidden action", world.police, world.officer,
                      restricted=True)  # fmt: skip
        sent = minutes.send_to_chair(made, acknowledged=True, by=world.officer)
        cleared = minutes.clear(sent, by=world.chair)
    later = at_hand.held(world, DECEMBER)
    with at(DECEMBER):
        yield minutes.agree(cleared, agreed_in=later, by=world.officer)


def test_the_board_publishes_a_page_a_pdf_and_a_restricted_document(world, meeting):
    published = at_hand.published(world, meeting)
    assert (published.status, published.published_by) == (Status.PUBLISHED, world.officer)
    public, full = published.public_minutes, published.restricted_minutes
    assert (public.title, public.slug) == (
        "Board minutes, 16 September 2026", "minutes-board-2026-09-16"
    )  # fmt: skip
    assert public.file_name == "dartford-board-2026-09-16-minutes.pdf"
    assert (full.marking, full.group) == ("sensitive", world.board)
    name = "dartford-board-2026-09-16-minutes-official-sensitive.pdf"
    assert full.versions.get().file_name == name
    assert len(public.content_id) == 64
    assert "Shop theft fell at Bluewater." in public.html
    assert "Shop theft fell at Bluewater." in public.text


def test_nothing_restricted_reaches_any_public_place(client, world, meeting):
    at_hand.published(world, meeting)
    public = Publication.objects.get()
    fields = " ".join(str(getattr(public, each.attname)) for each in public._meta.fields)
    assert CANARY not in fields
    data = bytes(public.content.data)
    assert CANARY.encode() not in data
    assert CANARY not in "\n".join(pdf_text.pages(data))
    pages = [
        reverse("documents:publication", args=["dartford", public.slug]),
        reverse("documents:publications", args=["dartford"]),
        reverse("documents:publications", args=["dartford"]) + f"?q={CANARY}",
    ]
    for url in pages:
        answer = client.get(url)
        assert answer.status_code == 200
        assert CANARY not in answer.content.decode().replace(f'value="{CANARY}"', "").replace(
            f"“{CANARY}”", ""
        )
    found = list(registries.public.gather(world.partnership, CANARY))
    assert found == []
    answer = client.get(reverse("documents:publication_pdf", args=["dartford", public.slug]))
    assert CANARY not in str(answer.headers)
    assert CANARY not in " ".join(Notice.objects.values_list("text", flat=True))


def test_minutes_are_published_once(world, meeting):
    at_hand.published(world, meeting)
    with pytest.raises(Wrong, match="already been published"):
        publication.publish(meeting, by=world.officer)
    assert Publication.objects.count() == 1


def test_what_was_published_is_what_was_checked(world, meeting):
    checked = renditions.document(renditions.build(meeting, renditions.RESTRICTED))
    published = at_hand.published(world, meeting)
    kept = published.restricted_minutes.versions.get().content
    assert bytes(kept.data) == checked
    assert Content.objects.filter(pk=kept.pk).exists()


def test_a_subgroup_has_a_document_and_no_public_page(world):
    made = at_hand.held(world, group=world.dvacs_group, chair=world.dvacs)
    made.status = Status.AGREED
    made.save()
    with at(DECEMBER):
        published = publication.publish(made, by=world.officer)
    assert published.public_minutes is None
    assert published.restricted_minutes.marking == "sensitive"
    assert not Publication.objects.exists()


def test_only_officers_publish(world, meeting):
    for who in (world.chair, world.kent, world.dvacs, world.stranger, world.guest):
        with pytest.raises(Refused):
            publication.publish(meeting, by=who)
    assert not Document.objects.exists()


def test_the_members_are_told_without_a_word_of_it(world, meeting):
    at_hand.published(world, meeting)
    told = Notice.objects.filter(kind="minutes-published")
    assert set(told.values_list("text", flat=True)) == {
        "Board meeting, 16 September 2026: the minutes are published"
    }


# ---- the pages ----------------------------------------------------------------------------------


def test_the_check_page_says_what_is_left_out_and_two_people_publish(sign_in, world, meeting):
    officer, url = sign_in(world.officer), address("publish_minutes", meeting)
    text = officer.get(url).content.decode()
    assert "Left out of the public minutes" in text
    assert f"All of item {at_hand.reviews(meeting).number}" in text
    assert "left out" in text
    refused = officer.post(url).content.decode()
    assert "reasons to enter" in refused
    ticks = {f"seen-{n}": "on" for n in range(1, 20)}
    answer = officer.post(url, {"for_all": at_hand.REASON, **ticks})
    assert answer.status_code == 302
    assert Meeting.objects.get(pk=meeting.pk).status == Status.AGREED
    approval = address("approve_publication", meeting)
    assert "approves it" in officer.get(approval).content.decode()
    chair = sign_in(world.chair)
    assert at_hand.REASON in chair.get(approval).content.decode()
    assert "Tick that you have read them" in chair.post(approval).content.decode()
    assert chair.post(approval, {"read": "on"}).status_code == 302
    assert Meeting.objects.get(pk=meeting.pk).status == Status.PUBLISHED
    assert officer.post(url, follow=True).redirect_chain
    assert Publication.objects.count() == 1


def test_a_draft_is_the_officers_and_the_chairs_until_it_is_cleared(sign_in, world):
    made = at_hand.with_chair(world)
    with at(SEPTEMBER, 16):
        for who, status in (
            ("officer", 200), ("chair", 200), ("vice", 200), ("kent", 403), ("watch", 403),
            ("dvacs", 404), ("stranger", 404), ("scrutiny", 404),
        ):  # fmt: skip
            answer = sign_in(getattr(world, who)).get(address("draft_minutes", made))
            assert answer.status_code == status, who
        minutes.clear(made, by=world.chair)
        answer = sign_in(world.watch).get(address("draft_minutes", made))
        assert answer.status_code == 200
        assert "This item is not shown to you" in answer.content.decode()


def test_partners_read_restricted_items_through_the_gate_only(sign_in, world, meeting):
    seen = sign_in(world.kent).get(address("draft_minutes", meeting)).content.decode()
    assert f"{CANARY} minute" in seen
    withheld = sign_in(world.watch).get(address("draft_minutes", meeting)).content.decode()
    assert f"{CANARY} minute" not in withheld
    assert f"{CANARY} decision" not in withheld
    assert f"{CANARY} hidden" not in withheld


def test_reading_restricted_minutes_is_on_record(sign_in, world, meeting):
    from audit.models import ReadEntry

    sign_in(world.kent).get(address("draft_minutes", meeting))
    sign_in(world.watch).get(address("draft_minutes", meeting))
    assert list(ReadEntry.objects.values_list("actor_name", flat=True)) == ["Bryony Clarke"]


def test_pdfs_come_as_far_as_the_reader_may_read(sign_in, world, meeting):
    full = sign_in(world.kent).get(address("minutes_pdf", meeting, "restricted"))
    assert full["Content-Disposition"].endswith('minutes-official-sensitive.pdf"')
    assert f"{CANARY} minute" in "\n".join(pdf_text.pages(full.content))
    less = sign_in(world.watch).get(address("minutes_pdf", meeting, "restricted"))
    assert f"{CANARY} minute" not in "\n".join(pdf_text.pages(less.content))
    public = sign_in(world.watch).get(address("minutes_pdf", meeting, "public"))
    assert CANARY not in "\n".join(pdf_text.pages(public.content))
    assert sign_in(world.watch).get(address("minutes_pdf", meeting, "other")).status_code == 404


def test_after_publication_the_frozen_files_are_what_one_downloads(sign_in, world, meeting):
    published = at_hand.published(world, meeting)
    officer = sign_in(world.officer)
    answer = officer.get(address("minutes_pdf", meeting, "public"))
    assert answer.url == reverse(
        "documents:publication_pdf", args=["dartford", published.public_minutes.slug]
    )
    answer = officer.get(address("minutes_pdf", meeting, "restricted"), follow=True)
    assert answer.status_code == 200


def test_the_chair_clears_on_a_page_and_can_send_back(sign_in, world):
    made = at_hand.with_chair(world)
    with at(SEPTEMBER, 16):
        chair = sign_in(world.chair)
        assert chair.get(address("clear", made)).status_code == 200
        empty = chair.post(address("return", made), {"note": ""})
        assert "Say what is to be changed" in empty.content.decode()
        assert chair.post(address("return", made), {"note": "Item 3."}).status_code == 302
        officer = sign_in(world.officer)
        assert "Item 3." in officer.get(address("minutes", made, 1)).content.decode()
        officer.post(address("finish", made), {"acknowledged": "on"})
        assert chair.post(address("clear", made)).status_code == 302
        assert Meeting.objects.get(pk=made.pk).status == Status.WITH_PARTNERS
        again = chair.post(address("clear", made), follow=True)
        assert "already been cleared" in again.content.decode()


def test_the_vice_chair_must_say_that_the_chair_is_not_available(sign_in, world):
    made = at_hand.with_chair(world)
    with at(SEPTEMBER, 16):
        vice = sign_in(world.vice)
        answer = vice.post(address("clear", made))
        assert "The chair clears these minutes" in answer.content.decode()
        assert vice.post(address("clear", made), {"chair_away": "on"}).status_code == 302


def test_agreeing_is_reached_from_the_item_of_the_next_meeting(sign_in, world):
    made, later = at_hand.with_partners(world), at_hand.held(world, DECEMBER)
    with at(DECEMBER):
        officer = sign_in(world.officer)
        from meetings.models import ItemKind

        item = at_hand.item(later, ItemKind.MINUTES)
        text = officer.get(address("minutes", later, item.number)).content.decode()
        assert "Minutes of 16 September 2026" in text
        assert address("agree", made) in text
        assert address("draft_minutes", made) in text
        assert officer.get(address("agree", made)).status_code == 200
        answer = officer.post(address("agree", made), {"corrections": ""})
        assert answer.url.startswith(address("minutes", later, item.number))
        assert Meeting.objects.get(pk=made.pk).status == Status.AGREED


def test_nothing_can_be_agreed_before_there_is_a_later_meeting(sign_in, world):
    made = at_hand.with_partners(world)
    with at(SEPTEMBER, 17):
        answer = sign_in(world.officer).post(address("agree", made), follow=True)
        assert "agreed at the next meeting" in answer.content.decode()
        assert Meeting.objects.get(pk=made.pk).status == Status.WITH_PARTNERS
