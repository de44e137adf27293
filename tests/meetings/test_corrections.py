"""Members suggest corrections to draft minutes; officers answer each, and nothing is lost."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from audit.models import Entry
from core.permissions import Refused
from core.workflow import Wrong
from meetings.models import Correction, ItemKind, Meeting, Status
from meetings.paragraphs import joined, paragraphs_of
from meetings.queries import corrections as reading
from meetings.workflow import corrections, minutes
from notices.models import Notice
from tests.meetings import held as at_hand
from tests.meetings.held import DECEMBER, SEPTEMBER, at
from tests.meetings.reviewed import (
    CANARY,
    FIRST,
    SECOND,
    fresh,
    meeting,
    suggested,
    text_of,
    withdrew,
)

__all__ = ["meeting"]

# ---- paragraphs ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("", []),
        ("One.\n\n\n \nTwo.", ["One.", "Two."]),
        ("One [[a\n\nb]] end.\n\nTwo.", ["One [[a\n\nb]] end.", "Two."]),
        ("One.\n\n[[never closed\n\nat all", ["One.", "[[never closed\n\nat all"]),
        ("[[a]]\n\nb ]] c\n\nd", ["[[a]]\n\nb ]] c", "d"]),
    ],
)
def test_a_passage_never_ends_a_paragraph(text, parts):
    assert paragraphs_of(text) == parts
    assert paragraphs_of(joined(parts)) == parts


# ---- suggesting ---------------------------------------------------------------------------------


def test_a_member_suggests_and_the_officers_are_told(world, meeting):
    item = at_hand.performance(meeting)
    made = suggested(item, world.kent, reason="The figures say so")
    assert (made.state, made.agency, made.paragraph) == ("open", world.county, 1)
    assert fresh(item).minute == f"{FIRST}\n\n{SECOND}"
    told = Notice.objects.get(recipient=world.officer, kind="corrections")
    assert "Shop theft" not in told.text
    [line] = reading.corrections_of(meeting, world.watch)
    assert (line.where, line.before, line.reason) == (
        f"Paragraph {item.number}.1", FIRST, "The figures say so"
    )  # fmt: skip


@pytest.mark.parametrize(
    ("words", "field", "says"),
    [
        ({"suggestion": FIRST}, "suggestion", "Change something"),
        ({"suggestion": "x" * 20_001}, "suggestion", "20,000 characters or fewer"),
        ({"suggestion": "A [[secret"}, "suggestion", "One of them is missing"),
        ({"suggestion": "A ]] b [[ c"}, "suggestion", "One of them is missing"),
        ({"reason": "x" * 501}, "reason", "500 characters or fewer"),
        ({"original": "", "suggestion": " "}, "suggestion", "Enter the new paragraph"),
    ],
)
def test_a_suggestion_says_something(world, meeting, words, field, says):
    with pytest.raises(ValidationError) as wrong:
        suggested(at_hand.performance(meeting), world.kent, **words)
    assert says in wrong.value.message_dict[field][0]
    assert not Correction.objects.exists()


def test_strangers_and_the_withdrawn_suggest_nothing(world, meeting):
    item = at_hand.performance(meeting)
    for who in (world.dvacs, world.stranger, world.guest, world.scrutiny):
        with pytest.raises(Refused):
            suggested(item, who)
    withdrew(world.kent, item, world.officer)
    with pytest.raises(Refused, match="withdrew"):
        suggested(item, world.kent)
    closed = at_hand.reviews(meeting)
    with pytest.raises(Refused, match="signed"):
        suggested(closed, world.watch, original=f"{CANARY} one.")


def test_nothing_is_suggested_before_or_after_the_review(world):
    made = at_hand.with_chair(world)
    with at(SEPTEMBER, 16), pytest.raises(Wrong, match="with the chair"):
        suggested(at_hand.performance(made), world.kent, original="")


def test_an_uncleared_member_cannot_touch_a_passage_but_can_add_a_paragraph(world, meeting):
    item = at_hand.performance(meeting)
    text = f"Open [[{CANARY} words]] end."
    done = suggested(item, world.kent, suggestion=text)
    corrections.accept(done, by=world.officer)
    with pytest.raises(Refused, match="cannot read"):
        suggested(item, world.watch, original=text)
    added = suggested(item, world.watch, paragraph=1, original="", suggestion="One thing more.")
    corrections.accept(added, by=world.officer)
    assert paragraphs_of(fresh(item).minute) == [text, "One thing more.", SECOND]
    theirs = reading.corrections_of(meeting, world.watch)
    assert CANARY not in str(theirs)
    assert sorted(line.hidden for line in theirs) == [False, True]
    assert CANARY in str(reading.corrections_of(meeting, world.kent))


def test_words_restricted_since_are_in_no_correction_of_the_uncleared(world, meeting, sign_in):
    item = at_hand.performance(meeting)
    restricts = suggested(item, world.vice, suggestion="Shop theft fell at [[Bluewater]].")
    other = suggested(item, world.kent, suggestion="Shop theft at Bluewater fell.", reason="Order")
    apart = suggested(
        item, world.kent, paragraph=2, original=SECOND, suggestion="Patrols end in March."
    )
    corrections.accept(restricts, by=world.officer)
    client, here = sign_in(world.watch), ["dartford", meeting.slug]
    pages = [
        reverse("meetings:draft_minutes", args=here), reverse("meetings:corrections", args=here),
        reverse("meetings:corrections", args=here) + "?format=csv",
        *(reverse("meetings:correction", args=[*here, each.pk]) for each in (restricts, other)),
    ]  # fmt: skip
    for page in pages:
        answer = client.get(page)
        assert answer.status_code == 200
        assert "Bluewater" not in text_of(answer)
    lines = {line.pk: line for line in reading.corrections_of(meeting, world.watch)}
    assert (lines[other.pk].hidden, lines[other.pk].reason) == (True, "")
    assert (lines[restricts.pk].before, lines[restricts.pk].edited) == ("", False)
    assert lines[restricts.pk].after == "Shop theft fell at [passage withheld]."
    assert (lines[apart.pk].hidden, lines[apart.pk].before) == (False, SECOND)
    theirs = {line.pk: line for line in reading.corrections_of(meeting, world.kent)}
    assert theirs[other.pk].after == "Shop theft at Bluewater fell."


def test_a_suggestion_to_open_a_passage_does_not_open_it(world, meeting):
    item = at_hand.performance(meeting)
    text = f"Open [[{CANARY} words]] end."
    corrections.accept(suggested(item, world.kent, suggestion=text), by=world.officer)
    suggested(item, world.kent, original=text, suggestion=f"Open {CANARY} words end.")
    assert CANARY not in str(reading.corrections_of(meeting, world.watch))


def test_corrections_to_restricted_items_are_for_the_cleared_who_take_part(world, meeting):
    closed = at_hand.reviews(meeting)
    suggested(closed, world.vice, original=f"{CANARY} one.", suggestion=f"{CANARY} three.")
    assert len(reading.corrections_of(meeting, world.kent)) == 1
    assert reading.corrections_of(meeting, world.watch) == []
    withdrew(world.chair, closed, world.officer)
    assert reading.corrections_of(meeting, world.chair) == []
    entry = Entry.objects.get(verb="suggested")
    assert entry.sensitive
    assert CANARY not in " ".join(Notice.objects.values_list("text", flat=True))


# ---- discussed and withdrawn --------------------------------------------------------------------


def test_members_discuss_and_the_others_are_told(world, meeting):
    made = suggested(at_hand.performance(meeting), world.kent)
    corrections.remark(made, text="It did fall.", by=world.vice)
    corrections.remark(made, text="Not in June.", by=world.kent)
    told = Notice.objects.filter(kind="correction-remark")
    assert {each.recipient for each in told} == {world.kent, world.vice}
    [line] = reading.corrections_of(meeting, world.watch)
    assert [each.text for each in line.remarks] == ["It did fall.", "Not in June."]
    for text in ("", "x" * 2001):
        with pytest.raises(ValidationError):
            corrections.remark(made, text=text, by=world.kent)


def test_only_its_writer_withdraws_it_and_only_while_it_is_open(world, meeting):
    made = suggested(at_hand.performance(meeting), world.kent)
    with pytest.raises(Refused, match="Only who suggested"):
        corrections.withdraw(made, by=world.officer)
    assert corrections.withdraw(made, by=world.kent).state == "withdrawn"
    with pytest.raises(Wrong, match="withdrawn by Bryony Clarke already"):
        corrections.accept(made, by=world.officer)


# ---- answered -----------------------------------------------------------------------------------


def test_accepting_writes_the_paragraph_and_says_so_in_the_history(world, meeting):
    item = at_hand.performance(meeting)
    version = fresh(item).version
    done = corrections.accept(suggested(item, world.kent), by=world.officer)
    now = fresh(item)
    assert now.minute == f"Shop theft rose.\n\n{SECOND}"
    assert (now.version, done.state, done.adopted) == (version + 1, "accepted", "Shop theft rose.")
    latest = item.history.first()
    assert latest.history_change_reason == "Correction suggested by Bryony Clarke"
    told = Notice.objects.get(recipient=world.kent, kind="correction-answered")
    assert "was accepted" in told.text
    with pytest.raises(Wrong, match="accepted by Hazel Okafor already"):
        corrections.decline(done, answer="No", by=world.officer)


def test_accepting_in_other_words_and_taking_a_paragraph_out(world, meeting):
    item = at_hand.performance(meeting)
    corrections.accept(suggested(item, world.kent), adopted="Shop theft fell a little.",
                       by=world.officer)  # fmt: skip
    out = suggested(item, world.kent, paragraph=2, original=SECOND, suggestion="")
    corrections.accept(out, by=world.officer)
    assert fresh(item).minute == "Shop theft fell a little."
    again = suggested(item, world.kent, original="Shop theft fell a little.")
    with pytest.raises(ValidationError, match="decline the correction"):
        corrections.accept(again, adopted=" ", by=world.officer)


def test_declining_needs_a_reason_and_can_be_taken_back(world, meeting):
    made = suggested(at_hand.performance(meeting), world.kent)
    with pytest.raises(ValidationError, match="Say why"):
        corrections.decline(made, answer=" ", by=world.officer)
    assert corrections.decline(made, answer="They did fall.", by=world.officer).state == "declined"
    assert corrections.reopen(made, by=world.officer).state == "open"
    with pytest.raises(Wrong):
        corrections.reopen(made, by=world.officer)


def test_only_officers_answer(world, meeting):
    made = suggested(at_hand.performance(meeting), world.kent)
    for who in (world.chair, world.kent, world.watch, world.dvacs, world.stranger):
        with pytest.raises(Refused):
            corrections.accept(made, by=who)


def test_a_correction_to_a_line_changed_since_is_never_lost(world, meeting):
    item = at_hand.performance(meeting)
    one, two = suggested(item, world.kent), suggested(item, world.vice, suggestion="It halved.")
    corrections.accept(one, by=world.officer)
    with pytest.raises(corrections.Moved):
        corrections.accept(two, by=world.officer)
    now = fresh(item)
    assert now.minute.startswith("Shop theft rose.")
    with pytest.raises(corrections.Moved):
        corrections.accept(two, place=1, version=now.version - 1, by=world.officer)
    with pytest.raises(ValidationError, match="Choose where"):
        corrections.accept(two, place=9, version=now.version, by=world.officer)
    corrections.accept(
        two, place=1, version=now.version, adopted="Shop theft halved.", by=world.officer
    )
    assert fresh(item).minute == f"Shop theft halved.\n\n{SECOND}"
    texts = set(item.history.values_list("minute", flat=True))
    assert f"Shop theft rose.\n\n{SECOND}" in texts


def test_a_paragraph_that_moved_is_found_again(world, meeting):
    item = at_hand.performance(meeting)
    moved = suggested(item, world.kent, paragraph=2, original=SECOND, suggestion="Until May.")
    first = suggested(item, world.vice, paragraph=0, original="", suggestion="A new beginning.")
    after = suggested(item, world.vice, paragraph=1, original="", suggestion="In between.")
    for each in (first, after, moved):
        corrections.accept(each, by=world.officer)
    assert paragraphs_of(fresh(item).minute) == [
        "A new beginning.", FIRST, "In between.", "Until May."
    ]  # fmt: skip


def test_a_suggestion_made_on_an_older_text_is_refused_with_the_newer(world, meeting):
    item = at_hand.performance(meeting)
    old = fresh(item)
    corrections.accept(suggested(item, world.kent), by=world.officer)
    with pytest.raises(corrections.Moved) as moved:
        corrections.suggest(
            old, paragraph=1, original=FIRST, suggestion="Mine.", version=old.version, by=world.vice
        )
    assert moved.value.current.minute.startswith("Shop theft rose.")
    assert Correction.objects.count() == 1


def test_a_correction_to_a_removed_item_says_so(world, meeting):
    item = at_hand.performance(meeting)
    made = suggested(item, world.kent)
    fresh(item).delete()
    with pytest.raises(Wrong, match="no longer"):
        corrections.accept(made, by=world.officer)
    with pytest.raises(Wrong, match="no longer"):
        corrections.suggest(
            item, paragraph=0, original="", suggestion="Words", version=0, by=world.kent
        )


# ---- agreed at the next meeting -----------------------------------------------------------------


@pytest.fixture
def later(world, meeting):
    """The December meeting is held, and is to agree the September minutes."""
    made = at_hand.held(world, DECEMBER)
    with at(DECEMBER, 11):
        yield made


def test_minutes_are_not_agreed_while_a_correction_is_open(world, meeting, later):
    made = suggested(at_hand.performance(meeting), world.kent)
    with pytest.raises(Wrong, match="1 correction to these minutes is not answered yet"):
        minutes.agree(meeting, agreed_in=later, by=world.officer)
    assert Meeting.objects.get(pk=meeting.pk).status == Status.WITH_PARTNERS
    corrections.decline(made, answer="It stands.", by=world.officer)
    assert minutes.agree(meeting, agreed_in=later, by=world.officer).status == Status.AGREED


def test_what_the_room_corrects_is_written_back_and_stands_in_the_decision(world, meeting, later):
    item, closed = at_hand.performance(meeting), at_hand.reviews(meeting)
    for each, old in ((item, FIRST), (closed, f"{CANARY} one.")):
        each = fresh(each)
        corrections.correct_here(
            each, paragraph=1, original=old, text=f"{old} Corrected.", version=each.version,
            by=world.officer,
        )  # fmt: skip
    minutes.agree(meeting, agreed_in=later, by=world.officer)
    assert fresh(item).minute == f"{FIRST} Corrected.\n\n{SECOND}"
    made = Correction.objects.get(item=item)
    assert (made.state, made.answer, made.original) == (
        "accepted", corrections.IN_THE_MEETING, FIRST
    )  # fmt: skip
    public, restricted = at_hand.item(later, ItemKind.MINUTES).decisions.order_by("number")
    assert f"as corrected at this meeting in paragraph {item.number}.1" in public.text
    assert f"{closed.number}.1" not in public.text
    assert restricted.marking == "sensitive"
    assert f"{closed.number}.1" in restricted.text


def test_the_room_corrects_only_while_the_later_meeting_is_held(world, meeting):
    item = fresh(at_hand.performance(meeting))
    with pytest.raises(Wrong, match="in the meeting that agrees them"):
        corrections.correct_here(
            item, paragraph=1, original=FIRST, text="Now.", version=item.version, by=world.officer
        )
