"""How decisions were taken: votes, proposer and dissent, as far as the minutes are to say so."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from core.markings import Marking
from meetings import renditions
from meetings.models import Decision, Declaration, Presence
from meetings.workflow import minutes
from meetings.workflow.deciding import Vote
from tests import pdf_text
from tests.meetings import held as at_hand
from tests.meetings.held import SEPTEMBER, at


@pytest.fixture
def meeting(world):
    made = at_hand.held(world)
    made.attendance.filter(seat__in=[world.chair_seat, world.vice_seat, world.kent_seat]).update(
        presence=Presence.PRESENT
    )
    with at(SEPTEMBER):
        yield made


@pytest.fixture
def item(meeting):
    return at_hand.performance(meeting)


def withdraw(world, item):
    Declaration.objects.create(
        meeting=item.meeting, item=item, person=world.vice, text="A friend.", recused=True,
        declared_by=world.vice,
    )  # fmt: skip


def decide(world, item, *vote, strategic=False, **more):
    return minutes.decide(
        item, text="Support it.", strategic=strategic, vote=Vote(*vote), by=world.officer, **more
    )


def test_a_vote_stands_with_the_decision_in_every_rendition(world, item):
    decide(world, item, "Sage  Holloway", 2, 1, 0, ("Linden Shah",), strategic=True)
    for rendition in renditions.TITLES:
        shown = renditions.build(item.meeting, rendition).items[item.number - 1].decisions[0]
        assert shown.strategic
        assert shown.vote == (
            "Proposed by Sage Holloway.", "Votes: 2 for, 1 against, 0 abstained.",
            "Dissent recorded: Linden Shah.",
        )  # fmt: skip


def test_a_restricted_decision_keeps_its_vote_to_itself(world, item):
    decide(world, item, "", None, None, None, ("Linden Shah",), marking=Marking.SENSITIVE)
    public = renditions.text(renditions.build(item.meeting, renditions.PUBLIC))
    assert "Dissent" not in public


@pytest.mark.pdf
def test_the_file_says_how_it_was_taken(world, item):
    decide(world, item, "Sage Holloway", 2, 1, 0)
    made = renditions.document(renditions.build(item.meeting, renditions.PUBLIC))
    assert "2 for, 1 against, 0 abstained" in " ".join(" ".join(pdf_text.pages(made)).split())


def test_nothing_is_said_where_nobody_counted(world, item):
    decided = minutes.decide(item, text="Noted.", by=world.officer)
    assert (decided.votes_for, decided.dissent, decided.strategic) == (None, "", False)


@pytest.mark.parametrize(
    ("vote", "field", "message"),
    [
        (("", 2, None, 0), "votes_against", "all three counts of the vote, or none"),
        (("", 0, 0, 40_000), "votes_abstained", "a number from 0"),
        (("", 3, 1, 0), "votes_for", "4 votes counted, but 3 members recorded as here may vote"),
        (("x" * 121,), "moved_by", "120 characters or fewer"),
        (("", None, None, None, ("Ash Pemberton",)), "dissent", "not recorded as here"),
    ],
)
def test_what_does_not_fit_is_said_by_its_field(world, item, vote, field, message):
    with pytest.raises(ValidationError, match=message) as problem:
        decide(world, item, *vote)
    assert list(problem.value.message_dict) == [field]
    assert not Decision.objects.exists()


def test_who_withdrew_neither_proposes_nor_votes_nor_dissents(world, item):
    withdraw(world, item)
    for vote in (("Linden Shah",), ("", None, None, None, ("Linden Shah",)), ("", 3, 0, 0)):
        with pytest.raises(ValidationError):
            decide(world, item, *vote)
    assert decide(world, item, "Sage Holloway", 2, 0, 0).votes_for == 2


def test_a_change_of_words_leaves_the_vote_as_it_is(world, item):
    decided = decide(world, item, "Sage Holloway", 2, 1, 0, strategic=True)
    changed = minutes.change_decision(
        decided, text="Support it well.", marking=Marking.OFFICIAL, by=world.officer
    )
    assert (changed.votes_for, changed.strategic, changed.moved_by) == (2, True, "Sage Holloway")


@pytest.mark.parametrize("make", ["decide", "make_action"])
def test_marks_of_restriction_are_refused_where_they_would_restrict_nothing(world, item, make):
    more = {"owner": world.police, "due_on": SEPTEMBER} if make == "make_action" else {}
    with pytest.raises(ValidationError, match="restrict words in the minutes only"):
        getattr(minutes, make)(item, text="Ask [[somebody]].", by=world.officer, **more)


def test_the_vote_is_written_and_put_right_in_the_forms(sign_in, world, item):
    officer = sign_in(world.officer)
    url = reverse("meetings:decision_add", args=["dartford", item.meeting.slug, item.number])
    sent = {
        "text": "", "version": 0, "page": "one", "decision-text": "Support it.",
        "decision-strategic": "on", "decision-votes_for": "2", "decision-votes_against": "0",
        "decision-votes_abstained": "x", "decision-dissent": ["Linden Shah"],
    }  # fmt: skip
    assert "Abstained must be a whole number" in officer.post(url, sent).content.decode()
    officer.post(url, {**sent, "decision-votes_abstained": "1"})
    decided = Decision.objects.get()
    assert (decided.votes_for, decided.votes_abstained, decided.strategic) == (2, 1, True)
    assert decided.dissent == "Linden Shah"
    change = reverse("meetings:decision_change", args=["dartford", item.meeting.slug, decided.pk])
    page = officer.get(change).content.decode()
    assert 'value="Linden Shah"' in page
    kept = {"text": "Support it.", "was": "Support it.", "moved_by": "Sage Holloway"}
    answer = officer.post(f"{change}?back=live", kept)
    live = reverse("meetings:live", args=["dartford", item.meeting.slug])
    assert answer.url == f"{live}#item-{item.number}"
    decided.refresh_from_db()
    assert (decided.votes_for, decided.dissent, decided.moved_by) == (None, "", "Sage Holloway")
