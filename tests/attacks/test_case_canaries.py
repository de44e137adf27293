"""A case review is need-to-know: whoever has no seat on it meets none of its words, nor that it is.

Every text of a whole case is a word of its own (``tests.triggers.whole``). The walk asks every
address of the application that takes a GET, so that a page added later is walked without a line
here.
"""

import re

import pytest
from django.core import mail
from django.db import connection, transaction
from django.urls import reverse

from actions.models import Request
from audit.models import ReadEntry
from notices.models import Notice, SentMail
from tests.attacks import walking
from tests.attacks.walking import get, signed_in, words_of
from tests.triggers.conftest import procedure  # noqa: F401 - a fixture
from tests.triggers.whole import WORD, Story, everybody

# Two people of like seats meet the same: one of each kind of seat asks for every page.
KINDS = (
    "colleague", "chair", "kent", "watch", "scrutiny", "commissioner", "administrator", "leaver",
    "stranger", "nobody",
)  # fmt: skip


@pytest.fixture
def story(world, procedure):  # noqa: F811 - the fixture
    """A case whose panel has sat: its recommendations are out, its outcome is not."""
    told = Story(world, papers_too=False)
    for chapter in (told.apply, told.work, told.bodies, told.decide, told.panel):
        chapter()
    told.case.refresh_from_db()
    return told


@pytest.fixture
def outsiders(world, story):
    """A client for each person who has no seat on the case; the first officer's colleague too."""
    people = everybody(world, story) | {"colleague": story.people.colleague}
    return {name: signed_in(people[name]) for name in KINDS}


class Parts:
    """What may stand in an address: everything that has to do with the case."""

    def __init__(self, story):
        meeting, case = story.group.meetings.get(), story.case
        request = Request.objects.get()
        item = meeting.items.first()
        self.by_name = {
            "partnership": ["dartford"], "reference": [case.reference, request.reference],
            "slug": [meeting.slug, story.group.slug, case.reference],
        }  # fmt: skip
        numbers = [1, item.number, case.findings.first().pk, case.voices.first().pk]
        keys = [case.pk, meeting.pk, story.group.pk, item.pk, case.information_requests.get().pk]
        keys += [case.letters.first().pk, case.recommendations.first().pk]
        self.by_kind = {"uuid": keys[:5], "int": numbers[:2]}
        self.words = [case.reference, "restricted"]

    def of(self, kind, name):
        if name in self.by_name:
            return self.by_name[name]
        return self.by_kind.get(kind, self.words)


def addresses(story, only=lambda name, parts: True):
    """Every address that takes a GET, with whatever of the case may stand in it."""
    return walking.addresses(Parts(story).of, only)


def leaked(response, story, url):
    """The words of the case in an answer; its reference, unless that was asked for."""
    words = words_of(response)
    found = set(re.findall(rf"{WORD}\w*", words, re.IGNORECASE))
    if story.case.reference in words.replace(url, ""):
        found.add(story.case.reference)
    return found


def test_no_page_or_file_shows_anybody_off_the_case_a_word_of_it(story, outsiders, capsys):
    urls = list(dict.fromkeys(url for _, url in addresses(story)))
    shown, asked = [], 0
    for name, client in outsiders.items():
        for url in urls:
            asked += 1
            if found := leaked(get(client, url), story, url) - may_be_known(story, name, url):
                shown.append(f"{name} at {url}: {sorted(found)}")

    with capsys.disabled():
        print(f"\n{asked} addresses asked by {len(outsiders)} people")
    assert shown == []


def may_be_known(story, name, url):
    """What is meant for people off the case, on the one page where each of them meets it.

    Recommendations name nobody and are watched by the board. An emergency reading is asked for by
    a case's number. Who was on a case keeps the notice that said so, with its number.
    """
    if url == reverse("triggers:overview", args=["dartford"]):
        return {word for word, what in story.say.said.items() if what == "recommended"}
    asks = name in {"colleague", "chair"} and "/emergency-reading/ask/" in url
    if asks or (name, url) == ("colleague", reverse("notices:list")):
        return {story.case.reference}
    return set()


def of_case(name, parts):
    """The addresses of one case, but for those at which an officer removes old ones by number."""
    kept = name in {"triggers:kept_case", "triggers:kept_take_back"}
    return name.startswith("triggers:") and ("slug", "reference") in parts and not kept


def test_every_address_of_the_case_is_one_that_is_not_there(story, outsiders):
    wrong = []
    for name, client in outsiders.items():
        expected = 302 if name == "nobody" else 404
        for route, url in addresses(story, of_case):
            if story.case.reference in url:
                status = get(client, url).status_code
                if status != expected and not signed_out(client):
                    wrong.append(f"{name} at {route}: {status}")

    assert wrong == []


def signed_out(client):
    """Whether who may no longer sign in was never signed in."""
    return "_auth_user_id" not in client.session and client.session.keys()


def test_what_does_not_exist_answers_the_same(story, outsiders):
    there = reverse("triggers:case", args=["dartford", story.case.reference])
    not_there = reverse("triggers:case", args=["dartford", "CR-2026-9999"])
    for client in outsiders.values():
        mine, none = get(client, there), get(client, not_there)
        assert mine.status_code == none.status_code
        if mine.status_code == 404:
            assert len(mine.content) == len(none.content)


def test_no_notice_and_no_mail_holds_a_word(story):
    notices = " ".join(f"{each.text} {each.because}" for each in Notice.objects.all())
    mails = " ".join(f"{each.subject} {each.text}" for each in SentMail.objects.all())
    subjects = " ".join(each.subject for each in mail.outbox)

    assert WORD not in (notices + mails + subjects).lower()


# ---- reading is written down first --------------------------------------------------------------

REFUSE = """
CREATE FUNCTION no_more_reads() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'the disk is full'; END $$;
CREATE TRIGGER no_more_reads BEFORE INSERT ON audit_readentry
FOR EACH ROW EXECUTE FUNCTION no_more_reads();
"""


def test_reading_writes_its_entry_first_or_shows_nothing(world, story):
    client = signed_in(world.officer)
    pages = [url for _, url in addresses(story, of_case) if story.case.reference in url]
    read = {}
    for url in pages:
        with transaction.atomic():
            before = ReadEntry.objects.count()
            if client.get(url).status_code == 200:
                read[url] = ReadEntry.objects.count() - before
            transaction.set_rollback(True)
    assert len(read) > 20
    assert [url for url, entries in read.items() if not entries] == []

    with connection.cursor() as cursor:
        cursor.execute(REFUSE)
    shown = {}
    for url in read:
        answer = get(client, url)
        if answer.status_code == 200 or WORD in words_of(answer).lower():
            shown[url] = answer.status_code

    assert shown == {}


def test_who_was_taken_off_meets_nothing_any_more(world, story):
    """The colleague was on it for a moment."""
    client = signed_in(story.people.colleague)

    assert get(client, story.case.get_absolute_url()).status_code == 404
