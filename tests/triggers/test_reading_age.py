"""The public pages of an application can be read by a child of twelve.

The measure: Flesch–Kincaid grade level (Kincaid and others, 1975), 0.39 × words per sentence and
11.8 × syllables per word, less 15.59, as an age by adding five. Syllables are counted by groups of
vowels, without a silent last e. It is taken of the words of a page's main part as they are shown;
a heading, a list item, a label and a hint each end a sentence. Of single questions, which are too
short for the measure, all are read together; each page that explains something is read alone.
"""

import html
import re

import pytest
from django.urls import reverse

from core import clock
from tests.triggers.conftest import fill_in
from triggers import links
from triggers.forms import applying as questions
from triggers.models import Channel
from triggers.queries import drafts
from triggers.workflow import answering, applying

AGE = 12
BLOCKS = re.compile(
    r"</?(?:p|h\d|li|ul|ol|dt|dd|dl|div|label|legend|fieldset|button|table|tr|td|br|form)\b[^>]*>"
)
VOWELS = re.compile(r"[aeiouy]+")


def words_of(page):
    """The sentences that a page shows in its main part, each a list of words."""
    main = re.search(r"<main.*?</main>", page, re.S)[0]
    main = re.sub(r"<(script|style|option|textarea).*?</\1>", " ", main, flags=re.S)
    text = html.unescape(re.sub(r"<[^>]+>", " ", BLOCKS.sub(". ", main)))
    text = re.sub(r"https?://\S+|\S+@\S+|[A-Z]{2}-\d{4}-\d{4}", " ", text)
    found = [re.findall(r"[A-Za-z’']+", each) for each in re.split(r"[.!?:;]+\s", text)]
    return [each for each in found if each]


def syllables(word):
    """How many there are in a word, near enough."""
    word = re.sub(r"[^a-z]", "", word.lower())
    count = len(VOWELS.findall(word))
    if word.endswith("e") and not word.endswith(("le", "ee", "ye")):
        count -= 1
    if word.endswith("ed") and not word.endswith(("ted", "ded")):
        count -= 1
    return max(1, count)


def reading_age(sentences):
    """The age at which they can be read, by the grade level and five."""
    words = [word for sentence in sentences for word in sentence]
    per_sentence = len(words) / len(sentences)
    per_word = sum(map(syllables, words)) / len(words)
    return 0.39 * per_sentence + 11.8 * per_word - 15.59 + 5


@pytest.mark.parametrize(
    ("words", "count"),
    [("the", 1), ("people", 2), ("police", 2), ("application", 4), ("reported", 3), ("asked", 1)],
)
def test_syllables_are_counted_well_enough(words, count):
    assert syllables(words) == count


def test_the_measure_tells_plain_from_official():
    plain = [["We", "will", "call", "you"], ["You", "can", "say", "no"]]
    official = [
        *["Notwithstanding", "subsequent", "determinations", "the", "responsible", "authorities"],
        *["communicate", "recommendations", "concerning", "antisocial", "behaviour"],
    ]
    assert reading_age(plain) < 8 < 16 < reading_age([official])


@pytest.fixture
def for_another(world, procedure):
    draft = applying.begin(world.partnership, channel=Channel.ONLINE)
    answering.keep(draft, answers={"application": {"on_behalf": "work"}})
    fill_in(draft, world)
    answering.keep(draft, answers={
        "application": {"on_behalf": "work"}, "victim": {"name": "Ivy", "way": "telephone"},
        "consent": {"given": True, "how": "She said so", "said_on": clock.today()},
    })  # fmt: skip
    return draft


def test_pages_that_explain(client, application, case_pages):
    ages = {url: reading_age(words_of(client.get(url).content.decode())) for url in case_pages}

    print({url.split("/")[-2]: round(age, 1) for url, age in ages.items()})
    assert {url: age for url, age in ages.items() if age > AGE} == {}


@pytest.fixture
def case_pages(world, application):
    """Addresses of all pages that are more than one question."""
    public = [
        reverse(f"triggers:{name}", args=["dartford"])
        for name in ("apply", "lost_link", "equality", "deleted", "public")
    ]
    home = links.path(application)
    draft = [home + page for page in ("", "link/", "reports/", "delete/", "danger/", "check/")]
    other = applying.begin(world.partnership, channel=Channel.ONLINE)
    fill_in(other, world)
    answering.keep(other, answers={"application": {"on_behalf": "known"}})
    answering.keep(other, answers={
        "victim": {"name": "Ivy"},
        "consent": {"given": None, "how": "Away", "said_on": clock.today()},
    })  # fmt: skip
    sent = links.path(applying.submit(other))
    return [*public, *draft, *(sent + page for page in (
        "", "done/", "write/", "withdraw/", "consent/",
    ))]  # fmt: skip


def test_all_questions(client, application, for_another):
    sentences = []
    for draft in (application, for_another):
        home = links.path(draft)
        found = drafts.draft(draft)
        for kind in (*questions.ABOUT, *questions.TOPICS, *questions.EFFECT):
            if kind.applies(found):
                page = client.get(f"{home}question/{kind.slug}/").content.decode()
                sentences += words_of(page)
        for kind in questions.REPORT:
            page = client.get(f"{home}reports/1/{kind.slug}/").content.decode()
            sentences += words_of(page)

    age = reading_age(sentences)
    print(f"all questions: {age:.1f}")
    assert age <= AGE


def test_the_page_that_says_how_else_to_ask(client, world):
    page = client.get(reverse("triggers:apply", args=["dartford"])).content.decode()
    assert reading_age(words_of(page)) <= AGE
