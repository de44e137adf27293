"""Two people type in one item at once: whatever either was told is saved is there every time."""

import random
import re

import pytest

from core import remember
from meetings.models import Draft, Item
from meetings.queries.minutes import conflict_of
from meetings.workflow import minutes
from tests.meetings import held as at_hand
from tests.meetings.held import SEPTEMBER, at
from tests.world import Role, person, seat

INTERLEAVINGS, SEED = 1_000, 4711
WORD = re.compile(r"[ho]\d+")


class Typist:
    """One person at one open page, whose words are all different."""

    def __init__(self, letter, who):
        self.letter, self.who, self.number = letter, who, 0
        self.told: set[str] = set()
        self.cut: set[str] = set()
        self.open("", 0)

    def open(self, text, version):
        """Open the page, or go on from what it shows."""
        self.text, self.version, self.unanswered = text, version, None

    def type(self, chance):
        """Add a word at either end, in a paragraph of its own or not."""
        self.number += 1
        word, gap = f"{self.letter}{self.number}", chance.choice([" ", "\n\n"])
        self.text = (
            f"{word}{gap}{self.text}" if chance.random() < 0.3 else f"{self.text}{gap}{word}"
        )

    def erase(self, chance):
        """Take out a word, one's own or the other's."""
        words = WORD.findall(self.text)
        if words:
            word = chance.choice(words)
            self.text = self.text.replace(word, "", 1)
            self.cut |= {word} if word[0] == self.letter else set()

    def save(self, item, *, heard):
        """Send the text; an answer that is not heard leaves the page as it was."""
        try:
            saved = minutes.write(
                item, text=self.text, version=self.version, last=self.unanswered,
                page=self.letter, by=self.who,
            )  # fmt: skip
        except minutes.Conflict:
            self.told |= set(WORD.findall(self.text)) if heard else set()
            return
        if not heard:
            self.unanswered = self.text
            return
        self.told |= set(WORD.findall(self.text))
        self.version, self.unanswered = saved.version, None

    def put_together(self, item):
        """Load the page again: with both texts in one, where this person's was kept apart."""
        current = Item.objects.select_related("minuted_by").get(pk=item.pk)
        current.meeting = item.meeting
        conflict = conflict_of(current, self.who, minutes.put_together)
        self.open(conflict.both if conflict else current.minute, current.version)


@pytest.fixture
def item(world):
    meeting = at_hand.held(world)
    with at(SEPTEMBER):
        yield at_hand.performance(meeting)


def play(item, typists, chance):
    """A short evening: typing, erasing, saving, answers lost, pages loaded again, in any order."""
    for _ in range(chance.randint(2, 3)):
        one = chance.choice(typists)
        one.type(chance)
        if chance.random() < 0.2:
            one.erase(chance)
        one.save(item, heard=chance.random() < 0.8)
        if chance.random() < 0.25:
            one.put_together(item)
    for one in typists:
        if chance.random() < 0.2:
            one.put_together(item)
            one.save(item, heard=True)


def everything(item):
    """Every text that is kept of an item, in its history or apart."""
    kept = list(item.history.values_list("minute", flat=True))
    return "\n".join([*kept, *Draft.objects.filter(item=item).values_list("text", flat=True)])


def test_no_interleaving_of_two_typists_loses_a_word_that_was_called_saved(world, item):
    second = person("Olive Adeyemi")
    seat(second, world.secretariat, world.council, Role.OFFICER)
    for number in range(INTERLEAVINGS):
        typists = [Typist("h", world.officer), Typist("o", second)]
        with remember.during():
            play(item, typists, random.Random(SEED + number))
        kept = set(WORD.findall(everything(item)))
        for one in typists:
            lost = one.told - kept - one.cut
            assert not lost, f"interleaving {number} lost {lost} of {one.letter}"
        item.history.all().delete()
        item.drafts.all().delete()
        Item.objects.filter(pk=item.pk).update(minute="", version=0)


def test_a_word_is_lost_when_the_check_is_broken(world, item, monkeypatch):
    """The proof would notice: without the version, the later text takes the place of the other."""
    second = person("Olive Adeyemi")
    seat(second, world.secretariat, world.council, Role.OFFICER)
    hazel, olive = Typist("h", world.officer), Typist("o", second)
    chance = random.Random(1)
    hazel.type(chance)
    hazel.save(item, heard=True)
    olive.type(chance)
    olive.version = 1
    olive.save(item, heard=True)
    item.refresh_from_db()
    assert "h1" not in item.minute
    assert "h1" in everything(item)
