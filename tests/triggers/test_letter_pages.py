"""The pages of letters and of their words: written, checked, let go, and put on record."""

import pytest
from django.core import mail
from django.urls import reverse

from audit.models import ReadEntry
from core import clock
from tests.triggers.test_reading_age import AGE, reading_age
from triggers import letter_words, links
from triggers.models import LetterKind, LetterState, LetterTemplate, Way
from triggers.queries import letters as queries
from triggers.workflow import letter_templates, letters, postbox


@pytest.fixture
def url(case):
    def made(name, *args):
        return reverse(f"triggers:{name}", args=["dartford", case.reference, *args])

    return made


@pytest.fixture
def officer(client, world):
    client.force_login(world.officer)
    return client


def body(response):
    return response.content.decode()


def test_a_letter_from_the_suggestion_to_the_applicants_page(officer, url, case):
    page = body(officer.get(url("case_letters")))
    assert "Letters that are due" in page
    assert f"{url('letter_new')}?kind=acknowledgement" in page

    made = officer.post(url("letter_new"), {"kind": "acknowledgement", "party": "victim"})
    assert made.url == url("letter_change", 1)
    form = body(officer.get(made.url))
    assert case.reference in form
    officer.post(made.url, {"heading": "We have it", "body": "It came. Call us.", "version": "1"})

    check = body(officer.get(url("letter_ready", 1)))
    assert "Message from the community safety team" in check
    assert "fern@example.test" in check
    assert links.token(case) not in check
    done = officer.post(url("letter_ready", 1), {"version": "2"}, follow=True)
    assert "on its way" in body(done)
    postbox.send_waiting(clock.now(), durable=False)
    assert mail.outbox[0].to == ["fern@example.test"]

    mine = links.path(case)
    letter = case.letters.get()
    assert "We have it" in body(officer.get(mine))
    assert "It came. Call us." in body(officer.get(f"{mine}letters/{letter.pk}/"))
    file = officer.get(f"{mine}letters/{letter.pk}/file/")
    assert file["Content-Type"] == "application/pdf"
    assert "letter-1.pdf" in file["Content-Disposition"]


def test_a_letter_to_post_shows_what_to_do_and_asks_how_it_was_done(officer, url, case, world):
    case.parties.update(way=Way.TELEPHONE, telephone="01632 960 001", times="Before noon",
                        never="Never say who you are to anybody else")  # fmt: skip
    letters.draft(case, LetterKind.ACKNOWLEDGEMENT, by=world.officer)
    officer.post(url("letter_ready", 1), {"version": "1"})

    page = body(officer.get(url("letter", 1)))
    for words in ("01632 960 001", "Before noon", "Never say who", "Leave no message"):
        assert words in page
    long_ago = {"on_day": "1", "on_month": "1", "on_year": "2020", "how": "Called"}
    refused = officer.post(url("letter_told", 1), long_ago)
    assert "The day must be between" in body(refused)
    today = clock.today()
    officer.post(url("letter_told", 1), {"on_day": today.day, "on_month": today.month,
                                         "on_year": today.year, "how": "Called"})  # fmt: skip
    assert case.letters.get().state == LetterState.SENT


def test_a_gap_is_said_and_nothing_goes(officer, url, case, world):
    letters.draft(case, LetterKind.INVITATION, by=world.officer)
    assert "Still to fill in" in body(officer.get(url("letter_ready", 1)))
    page = officer.post(url("letter_ready", 1), {"version": "1"})
    assert "Fill in what is missing first" in body(page)
    assert case.letters.get().state == LetterState.DRAFT


def test_without_a_safe_way_the_form_says_what_to_do(officer, url, case):
    case.parties.update(way="")
    page = officer.post(url("letter_new"), {"kind": "other", "party": "victim"})
    assert "no safe way" in body(page)


def test_words_that_two_change_at_once_stand_side_by_side(officer, url, case, world):
    letter = letters.draft(case, LetterKind.OTHER, by=world.officer)
    letters.change(letter, heading="Theirs", body="Their words", by=world.officer)
    page = officer.post(url("letter_change", 1), {"heading": "Mine", "body": "My words",
                                                  "version": "1"})  # fmt: skip
    assert page.status_code == 409
    assert "Their words" in body(page)
    assert "My words" in body(page)


def test_taken_back_and_thrown_away(officer, url, case, world):
    letter = letters.draft(case, LetterKind.ACKNOWLEDGEMENT, by=world.officer)
    letters.ready(letter, by=world.officer)
    assert "Take it back" in body(officer.get(url("letter", 1)))
    officer.post(url("letter_take_back", 1))
    assert postbox.send_waiting(clock.now(), durable=False) == 0
    officer.post(url("letter_remove", 1))
    assert not case.letters.exists()
    assert officer.get(url("letter", 1)).status_code == 404
    assert officer.post(url("letter_remove", 1)).status_code == 404


@pytest.mark.parametrize("name", ["case_letters", "letter_new", "letter", "letter_pdf"])
def test_letters_are_for_the_officers_of_the_case(
    client, url, case, world, member, colleague, name
):
    letters.draft(case, LetterKind.ACKNOWLEDGEMENT, by=world.officer)
    args = [1] if name in ("letter", "letter_pdf") else []
    for person, status in ((member, 403), (colleague, 404), (world.chair, 404)):
        client.force_login(person)
        assert client.get(url(name, *args)).status_code == status


def test_reading_a_letter_is_written_down_first(officer, url, case, world):
    letters.draft(case, LetterKind.ACKNOWLEDGEMENT, by=world.officer)
    before = ReadEntry.objects.count()
    officer.get(url("letter", 1))
    officer.get(url("letter_pdf", 1))
    assert ReadEntry.objects.count() >= before + 1


# ---- the words ----------------------------------------------------------------------------------


def sentences(text):
    """The sentences of a letter, as the measure of the public pages takes them."""
    import re

    text = re.sub(r"\S+@\S+|[A-Z]{2}-\d{4}-\d{4}", " ", text)
    found = [
        re.findall(r"[A-Za-z’']+", each) for each in re.split(r"[.!?:;]+\s|\n\s*[-\d]|\n\n", text)
    ]
    return [each for each in found if each]


@pytest.mark.parametrize("kind", LetterKind)
def test_shipped_words_can_be_read_at_twelve_and_have_places_that_exist(kind):
    words = letter_words.SHIPPED[kind]
    text = letter_words.fill(f"{words.heading}.\n\n{words.body}", letter_words.samples())

    assert letter_words.misplaced(words.heading + words.body) == []
    age = reading_age(sentences(text))
    assert age <= AGE, f"{kind}: {age:.1f}"


def test_every_kind_ships_with_words_and_says_whom_to_ask():
    assert set(letter_words.SHIPPED) == set(LetterKind)
    assert all("{contact}" in words.body for words in letter_words.SHIPPED.values())


def test_own_words_are_used_and_the_shipped_ones_come_back(officer, case, world):
    change = reverse("triggers:letter_words_change", args=["dartford", "closed"])
    shown = reverse("triggers:letter_words_shown", args=["dartford", "closed"])
    assert "ship with the software" in body(officer.get(shown))
    saved = officer.post(
        change, {"heading": "Done", "body": "It is over, {reference}.", "version": "0"}, follow=True
    )
    assert "The words are saved" in body(saved)
    assert "It is over, CR-2026-0007." in body(saved)
    letter = letters.draft(case, LetterKind.CLOSED, by=world.officer)
    assert (letter.heading, letter.body) == ("Done", f"It is over, {case.reference}.")

    back = reverse("triggers:letter_words_shipped", args=["dartford", "closed"])
    page = body(officer.post(back, follow=True))
    assert "Back to the shipped words" in page
    assert "It is over" in page
    assert queries.words_for(world.partnership, "closed").heading == "We have closed the case"


@pytest.mark.parametrize("wrong", ["{name}", "{ reference }", "a { alone", "{}"])
def test_a_place_that_does_not_exist_is_said_beside_the_field(officer, procedure, wrong):
    change = reverse("triggers:letter_words_change", args=["dartford", "closed"])
    page = officer.post(change, {"heading": "Done", "body": f"It is {wrong}", "version": "0"})
    assert page.status_code == 200
    assert "There is no such place" in body(page)
    assert not LetterTemplate.objects.exists()


def test_words_that_changed_meanwhile_are_not_lost(officer, procedure, world):
    letter_templates.save(
        world.partnership, "closed", heading="One", body="First words", by=world.officer
    )
    change = reverse("triggers:letter_words_change", args=["dartford", "closed"])
    page = officer.post(change, {"heading": "Two", "body": "Second words", "version": "0"})
    assert page.status_code == 409
    assert "First words" in body(page)
    assert "Second words" in body(page)


def test_members_may_read_the_words_and_not_change_them(client, procedure, world):
    client.force_login(world.chair)
    page = client.get(reverse("triggers:letter_words", args=["dartford"]))
    assert page.status_code == 200
    shown = client.get(reverse("triggers:letter_words_shown", args=["dartford", "met"]))
    assert "Change the words" not in body(shown)
    refused = client.get(reverse("triggers:letter_words_change", args=["dartford", "met"]))
    assert refused.status_code == 403
