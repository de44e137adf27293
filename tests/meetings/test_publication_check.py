"""What is looked at before minutes go out, why things stay out, and who must agree."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from core.markings import Marking
from core.permissions import Refused
from core.workflow import Wrong
from documents.models import Publication
from meetings import work
from meetings.checking import check
from meetings.checking.names import capitalised
from meetings.models import Meeting, PublicationRequest, Redaction, Status
from meetings.queries.redactions import log
from meetings.workflow import approval, corrections, minutes, noting, publication, redacting
from membership.models import Seat
from notices.models import Notice
from tests.documents import files
from tests.meetings import held as at_hand
from tests.meetings.held import DECEMBER, REASON, SEPTEMBER, address, at
from tests.meetings.reviewed import CANARY, fresh, withdrew

PASSAGE = "Zwartkop of Marigold Thorne"
OPEN = f"Shop theft fell at Bluewater.\n\nA case was heard [[{PASSAGE}]] and closed."


def agreed(world, *, restricted=True, words=OPEN):
    """Agreed minutes; ``restricted`` leaves the items in the restricted part on the agenda."""
    made = at_hand.held(world)
    with at(SEPTEMBER, 11):
        if not restricted:
            made.items.filter(marking=Marking.SENSITIVE).delete()
        at_hand.write(at_hand.performance(made), words, world.officer)
        sent = minutes.send_to_chair(made, acknowledged=True, by=world.officer)
        cleared = minutes.clear(sent, by=world.chair)
    later = at_hand.held(world, DECEMBER)
    with at(DECEMBER, 11):
        return minutes.agree(cleared, agreed_in=later, by=world.officer)


@pytest.fixture
def meeting(world):
    """Agreed minutes with a restricted passage and restricted items."""
    made = agreed(world)
    with at(DECEMBER, 12):
        yield made


@pytest.fixture
def plain(world):
    """Agreed minutes in which nothing is or ever was restricted."""
    made = agreed(world, restricted=False, words="Shop theft fell.")
    with at(DECEMBER, 12):
        yield made


# ---- the log ------------------------------------------------------------------------------------


def test_the_log_says_where_how_much_who_and_when_but_never_the_words(world, meeting):
    lines = log(meeting)
    passage = next(line for line in lines if line.digest)
    number = at_hand.performance(meeting).number
    assert passage.what == f"A passage of paragraph {number}.2"
    assert (passage.words, passage.by_name) == (4, "Hazel Okafor")
    assert passage.at.date() == SEPTEMBER
    whole = [line for line in lines if not line.digest]
    assert len(whole) == meeting.items.filter(marking="sensitive").count()
    assert all(line.at and line.by_name == "Hazel Okafor" for line in whole)
    assert CANARY not in str([(line.what, line.reason, line.digest) for line in lines])


def test_restricted_decisions_and_actions_of_open_items_have_lines_of_their_own(world):
    made = at_hand.held(world)
    with at(SEPTEMBER, 11):
        item = at_hand.performance(made)
        at_hand.decided(item, "Two words", world.officer, restricted=True)
        at_hand.asked(item, "Three more words", world.police, world.officer, restricted=True)
        lines = [line for line in log(made) if line.item == item]
    assert [(line.what.split()[0], line.words, line.by_name) for line in lines] == [
        ("Decision", 2, "Hazel Okafor"), ("Action", 3, "Hazel Okafor"),
    ]  # fmt: skip


def test_a_reason_stays_with_its_passage_when_the_text_around_it_changes(world):
    made = at_hand.held(world)
    with at(SEPTEMBER, 11):
        item = at_hand.performance(made)
        at_hand.write(item, OPEN, world.officer)
        sent = minutes.send_to_chair(made, acknowledged=True, by=world.officer)
        cleared = minutes.clear(sent, by=world.chair)
        passage = next(line for line in log(cleared) if line.digest)
        redacting.give_reasons(cleared, reasons={passage.key: "A person"}, by=world.officer)
        item = fresh(item)
        added = corrections.suggest(
            item, paragraph=0, original="", suggestion="First.", version=item.version,
            by=world.kent,
        )  # fmt: skip
        corrections.accept(added, by=world.officer)
        again = next(line for line in log(cleared) if line.digest)
    assert (again.key, again.reason, again.reason_by) == (passage.key, "A person", "Hazel Okafor")
    assert again.what.endswith(".3")


def test_reasons_are_the_cleared_officers_to_give(world, meeting):
    for who in (world.chair, world.kent, world.watch, world.dvacs, world.stranger):
        with pytest.raises(Refused):
            redacting.give_reasons(meeting, reasons={}, for_all="Because", by=who)
    with pytest.raises(ValidationError, match="300 characters"):
        redacting.give_reasons(meeting, reasons={}, for_all="x" * 301, by=world.officer)
    assert not Redaction.objects.exists()
    given = redacting.give_reasons(meeting, reasons={}, for_all=REASON, by=world.officer)
    assert given == len(log(meeting))
    assert redacting.give_reasons(meeting, reasons={}, for_all="Other", by=world.officer) == 0


# ---- the check ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("The tenant, Marigold Thorne, was heard.", {"Marigold Thorne"}),
        ("Mrs Thorne spoke. The board noted it.", {"Thorne"}),
        ("PC O’Neill-Baker went to see Basil.", {"O’Neill-Baker", "Basil"}),
        ("Basil came on Monday in December. The Council met.", {"Basil"} - {"Basil"}),
        ("He said that Élodie Ångström had left.", {"Élodie Ångström"}),
        ("", set()),
    ],
)
def test_names_are_found_in_a_text(text, names):
    assert capitalised(text) == names


def test_a_name_from_restricted_text_that_the_public_reads_too_is_shown(world):
    words = "Thanks went to Marigold Thorne.\n\n[[Marigold Thorne and Iris Vane complained.]]"
    made = agreed(world, words=words)
    with at(DECEMBER, 12):
        [found] = check(made).names
    number = at_hand.performance(made).number
    assert "“Marigold Thorne”" in found.says
    assert found.where == f"paragraph {number}.1"


def test_what_was_restricted_once_and_is_open_now_is_shown(world):
    made = at_hand.held(world)
    with at(SEPTEMBER, 11):
        item, closed = at_hand.performance(made), at_hand.reviews(made)
        made.items.filter(marking="sensitive").exclude(pk=closed.pk).delete()
        at_hand.write(item, "A [[case of four words]] was heard.", world.officer)
    with at(SEPTEMBER, 13):
        at_hand.write(item, "A case of four words was heard.", world.officer)
        decision = at_hand.decided(item, "To hear it", world.officer, restricted=True)
        minutes.change_decision(decision, text="To hear it", marking="official", by=world.officer)
        closed.marking, closed.position = Marking.OFFICIAL, 90
        closed.save()
        found = check(made)
    assert [each.says.split(" was ")[0].split(" that ")[0] for each in found.opened] == [
        f"Item {closed.number}", f"Decision {decision.reference}",
        f"Words of a passage of item {item.number}",
    ]  # fmt: skip
    assert found.two_people
    assert not found.withheld


@pytest.mark.pdf
def test_what_hides_in_a_public_paper_is_shown(world, send_paper):
    def change(pdf):
        pdf.docinfo["/Author"] = "Basil Whitcombe"

    made = at_hand.announced(world)
    with at(SEPTEMBER, 9):
        paper = send_paper(at_hand.performance(made))
        paper.public = True
        paper.save()
        version = paper.document.versions.get()
        content = version.content
        data = files.pdf(1, change)
        type(content).objects.create(sha256="0" * 64, data=data, size=len(data))
        type(version).objects.filter(pk=version.pk).update(content="0" * 64)
        [found] = check(made).papers
        assert found.says == "Names its author: Basil Whitcombe"
        assert found.where == f"Paper {paper.letter}, figures.pdf"


# ---- one person, or two -------------------------------------------------------------------------


@pytest.mark.pdf
def test_nothing_restricted_is_published_by_one_person(world, plain):
    assert not check(plain).two_people
    with pytest.raises(Wrong, match="Nothing in these minutes"):
        approval.ask(plain, by=world.officer)
    assert publication.publish(plain, by=world.officer).status == Status.PUBLISHED


def test_what_is_or_was_restricted_is_not_published_by_one_person(world, meeting):
    with pytest.raises(Wrong, match="one person asks"):
        publication.publish(meeting, by=world.officer)


def test_asking_needs_every_reason_and_every_tick(world):
    words = "Thanks went to Marigold Thorne.\n\n[[Marigold Thorne complained.]]"
    made = agreed(world, words=words)
    with at(DECEMBER, 12):
        with pytest.raises(Wrong, match="reasons to enter"):
            approval.ask(made, by=world.officer)
        redacting.give_reasons(made, reasons={}, for_all=REASON, by=world.officer)
        with pytest.raises(Wrong, match="1 thing left"):
            approval.ask(made, by=world.officer)
        keys = {each.key for each in check(made).findings}
        request = approval.ask(made, acknowledged=keys, by=world.officer)
        assert len(request.digest) == 64
        with pytest.raises(Wrong, match="already asked"):
            approval.ask(made, acknowledged=keys, by=world.officer)
    told = Notice.objects.filter(kind="minutes-to-approve")
    assert {each.recipient for each in told} == {world.chair, world.vice}
    assert "Marigold" not in " ".join(told.values_list("text", flat=True))


@pytest.mark.pdf
def test_another_person_approves_and_it_goes_out(world, meeting):
    request = at_hand.asked_to_publish(meeting, world.officer)
    with pytest.raises(Wrong, match="Somebody else must approve"):
        approval.approve(request, by=world.officer)
    for who in (world.kent, world.watch, world.dvacs, world.stranger):
        with pytest.raises(Refused):
            approval.approve(request, by=who)
    published = approval.approve(request, by=world.vice)
    assert (published.status, published.published_by) == (Status.PUBLISHED, world.officer)
    kept = PublicationRequest.objects.get()
    assert (kept.approved, kept.answered_by) == (True, world.vice)
    assert CANARY not in published.public_minutes.html
    assert "[passage withheld]" in published.public_minutes.text
    with pytest.raises(Wrong, match="approved by Linden Shah already"):
        approval.approve(request, by=world.chair)


def test_the_database_refuses_the_same_person(world, meeting):
    request = at_hand.asked_to_publish(meeting, world.officer)
    with pytest.raises(IntegrityError), transaction.atomic():
        PublicationRequest.objects.filter(pk=request.pk).update(
            approved=True, answered_by=world.officer, answered_at=request.asked_at
        )


def test_it_is_declined_with_a_reason_or_withdrawn_and_asked_again(world, meeting):
    request = at_hand.asked_to_publish(meeting, world.officer)
    with pytest.raises(ValidationError, match="Say why"):
        approval.decline(request, words=" ", by=world.chair)
    with pytest.raises(Wrong, match="Withdraw it"):
        approval.decline(request, words="No", by=world.officer)
    approval.decline(request, words="Item 5 names a shop.", by=world.chair)
    assert Meeting.objects.get(pk=meeting.pk).status == Status.AGREED
    again = at_hand.asked_to_publish(meeting, world.officer)
    approval.withdraw(again, by=world.officer)
    with pytest.raises(Wrong, match="closed by Hazel Okafor already"):
        approval.approve(again, by=world.chair)


def test_minutes_that_changed_since_are_asked_for_again(world, meeting):
    request = at_hand.asked_to_publish(meeting, world.officer)
    noting.add(meeting, text="The venue was wrong.", by=world.officer)
    with pytest.raises(Wrong, match="changed since"):
        approval.approve(request, by=world.chair)
    again = at_hand.asked_to_publish(meeting, world.officer)
    assert again.digest != request.digest
    assert PublicationRequest.objects.get(pk=request.pk).note == approval.CHANGED


def test_who_cannot_read_all_of_it_neither_asks_nor_approves(world, meeting):
    item = at_hand.reviews(meeting)
    request = at_hand.asked_to_publish(meeting, world.officer)
    withdrew(world.chair, item, world.officer)
    with pytest.raises(Refused, match="withdrew"):
        approval.approve(request, by=world.chair)
    withdrew(world.officer, item, world.officer)
    with pytest.raises(Refused, match="withdrew"):
        approval.ask(meeting, by=world.officer)


def test_an_officer_who_left_meanwhile_publishes_nothing(world, meeting):
    request = at_hand.asked_to_publish(meeting, world.officer)
    Seat.objects.filter(person=world.officer).update(ends_on=DECEMBER)
    with pytest.raises(Wrong, match="no longer an officer"):
        approval.approve(request, by=world.chair)


# ---- later mistakes -----------------------------------------------------------------------------


@pytest.mark.pdf
def test_a_later_note_goes_out_as_a_successor_that_says_so(world, plain):
    published = publication.publish(plain, by=world.officer)
    first, digest = published.public_minutes, published.public_minutes.content_id
    with at(DECEMBER, 13):
        with pytest.raises(Wrong, match="No note"):
            publication.publish_again(published, correction_note="x", by=world.officer)
        item = at_hand.performance(plain)
        noting.add(plain, item=item, text="Theft fell by 84, not 48.", by=world.officer)
        with pytest.raises(ValidationError, match="Say what was corrected"):
            publication.publish_again(published, by=world.officer)
        again = publication.publish_again(
            published, correction_note="The figure in item 5", by=world.officer
        )
    newest = again.public_minutes
    assert (newest.replaces, newest.correction_note) == (first, "The figure in item 5")
    assert newest.slug == f"{first.slug}-2"
    assert "Note added 9 December 2026" in newest.html
    assert Publication.objects.get(pk=first.pk).content_id == digest
    assert "Note added" not in Publication.objects.get(pk=first.pk).html
    assert again.restricted_minutes.versions.count() == 2
    assert again.published_at == published.published_at


@pytest.mark.pdf
def test_a_restricted_note_reaches_the_full_minutes_alone(world, plain):
    published = publication.publish(plain, by=world.officer)
    with at(DECEMBER, 13):
        noting.add(plain, text=f"{CANARY} was meant.", marking="sensitive", by=world.officer)
        again = publication.publish_again(published, by=world.officer)
    assert again.public_minutes == published.public_minutes
    assert again.restricted_minutes.marking == "sensitive"
    assert again.restricted_minutes.versions.count() == 2
    told = " ".join(Notice.objects.values_list("text", flat=True))
    assert CANARY not in told


@pytest.mark.pdf
def test_a_correction_of_what_was_restricted_needs_two_people_too(world, meeting):
    published = at_hand.published(world, meeting)
    with at(DECEMBER, 13):
        noting.add(published, text="The room was another.", by=world.officer)
        with pytest.raises(Wrong, match="one person asks"):
            publication.publish_again(published, correction_note="The room", by=world.officer)
        request = at_hand.asked_to_publish(published, world.officer, correction_note="The room")
        again = approval.approve(request, by=world.chair)
    assert again.public_minutes.replaces == published.public_minutes
    assert request.replaces == published.public_minutes


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ({"text": " "}, "Enter the note"),
        ({"text": "x" * 4001}, "4,000 characters"),
        ({"text": "A [[secret]]"}, "restricted as a whole"),
    ],
)
def test_a_note_says_something(world, plain, words, says):
    with pytest.raises(ValidationError, match=says):
        noting.add(plain, **words, by=world.officer)


def test_notes_are_for_agreed_minutes_and_their_officers(world, plain):
    draft = at_hand.held(world, at_hand.MARCH)
    with at(at_hand.MARCH), pytest.raises(Wrong, match="being taken"):
        noting.add(draft, text="Words", by=world.officer)
    for who in (world.chair, world.kent, world.dvacs, world.stranger):
        with pytest.raises(Refused):
            noting.add(plain, text="Words", by=who)


# ---- pages --------------------------------------------------------------------------------------


def test_the_check_page_keeps_reasons_and_says_who_can_approve(sign_in, world, meeting):
    officer, url = sign_in(world.officer), address("publish_minutes", meeting)
    assert officer.post(url, {"for_all": REASON, "save": "1"}).status_code == 302
    page = officer.get(url).content.decode()
    assert page.count(REASON) == len(log(meeting))
    assert "Linden Shah" in page
    long = officer.post(url, {"reason-1": "x" * 301}).content.decode()
    assert "300 characters or fewer" in long
    for who in (world.chair, world.kent, world.watch):
        assert sign_in(who).get(url).status_code == 403


def test_the_approver_finds_it_in_their_work_and_can_say_no(sign_in, world, meeting):
    assert list(work.publications_to_approve(world.chair, DECEMBER)) == []
    at_hand.asked_to_publish(meeting, world.officer)
    [todo] = work.publications_to_approve(world.chair, DECEMBER)
    assert todo.what == "Approve that the Board minutes of 16 September 2026 are published"
    assert list(work.publications_to_approve(world.officer, DECEMBER)) == []
    assert list(work.publications_to_approve(world.kent, DECEMBER)) == []
    chair = sign_in(world.chair)
    assert "Next: approve the publication" in chair.get(meeting.get_absolute_url()).content.decode()
    empty = chair.post(todo.url, {"words": ""}).content.decode()
    assert "Say why you do not approve it" in empty
    assert chair.post(todo.url, {"words": "Item 5 names a shop."}).status_code == 302
    page = sign_in(world.officer).get(address("publish_minutes", meeting)).content.decode()
    assert "Item 5 names a shop." in page
    gone = sign_in(world.chair).get(todo.url, follow=True).content.decode()
    assert "Nobody is asking" in gone


def test_the_question_is_withdrawn_on_its_page(sign_in, world, meeting):
    at_hand.asked_to_publish(meeting, world.officer)
    officer, url = sign_in(world.officer), address("publish_minutes", meeting)
    assert "Waiting for approval" in officer.get(url).content.decode()
    officer.post(address("withdraw_publication", meeting))
    assert PublicationRequest.objects.get().note == "Withdrawn"
    again = officer.post(address("withdraw_publication", meeting), follow=True)
    assert "Nobody is asking" in again.content.decode()


def test_the_log_on_its_page_and_as_csv(sign_in, world, meeting):
    redacting.give_reasons(meeting, reasons={}, for_all=REASON, by=world.officer)
    officer, url = sign_in(world.officer), address("redactions", meeting)
    for answer in (officer.get(url), officer.get(f"{url}?format=csv")):
        text = answer.content.decode()
        assert REASON in text
        assert CANARY not in text
        assert "Marigold" not in text
    for who in (world.chair, world.kent, world.watch):
        assert sign_in(who).get(url).status_code == 403


def test_a_note_is_made_on_its_page_and_stands_in_the_minutes(sign_in, world, meeting):
    officer, url = sign_in(world.officer), address("later_note", meeting)
    assert "Enter the note" in officer.post(url, {"text": ""}).content.decode()
    item = at_hand.reviews(meeting)
    assert officer.post(url, {"text": f"{CANARY} note", "item": str(item.pk)}).status_code == 302
    assert officer.post(url, {"text": "The hall was cold.", "item": ""}).status_code == 302
    draft = address("draft_minutes", meeting)
    kent, watch = (sign_in(who).get(draft).content.decode() for who in (world.kent, world.watch))
    for page in (kent, watch):
        assert "Note added 9 December 2026" in page
        assert "The hall was cold." in page
    assert f"{CANARY} note" in kent
    assert f"{CANARY} note" not in watch
