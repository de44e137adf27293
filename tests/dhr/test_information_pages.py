"""The pages of information and the key: each agency its own, nobody else anything."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from actions.models import Return
from audit.models import Entry, ReadEntry
from core import clock
from dhr.models import InformationKind, InformationRequest, KeyEntry, Misfit
from dhr.workflow import information, key
from documents.models import Document
from tests.dhr.agencies import NAME, ask, line, upload
from tests.dhr.conftest import DAY, NAMES
from tests.world import PASSWORD


def url(name, *args):
    return reverse(f"dhr:{name}", args=["dartford", *args])


@pytest.fixture
def confirmed():
    """A client of somebody who has just said their password."""

    def sign_in(person):
        client = Client()
        client.force_login(person)
        client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
        return client

    return sign_in


def text(response):
    return response.content.decode()


# ---- the review's list --------------------------------------------------------------------------


def test_officers_ask_several_agencies_at_once(running, world, sign_in, answerer):
    client = sign_in(world.officer)
    here = url("review_ask", running.reference)
    assert "Kent County Council" in text(client.get(here))
    due = clock.today() + 20 * DAY
    told = {
        "kind": "chronology", "agencies": ["kent-police", "kent-county-council"],
        "due_on_day": due.day, "due_on_month": due.month, "due_on_year": due.year,
        "questions": "What did Thistle say?",
    }  # fmt: skip
    refused = text(client.post(here, told))
    assert "A name of Anna is in it" in refused
    assert not InformationRequest.objects.exists()
    told["questions"] = "What did Anna say?"
    assert client.post(here, told)["Location"] == url("review_information", running.reference)
    assert InformationRequest.objects.count() == 2
    again = text(client.post(here, told))
    assert "has been asked for this already" in again


def test_the_list_tells_the_whole_story_of_a_request(imr, running, world, sign_in, answerer):
    sent = information.send_report(imr, file=upload("We knew Anna."), by=answerer)
    information.check(sent, good=False, missing=["lessons"], by=world.officer)
    shown = text(sign_in(world.officer).get(url("review_information", running.reference)))
    assert "Kent Police" in shown
    assert "Sent back 1 time" in shown
    assert text(sign_in(world.kent).get(url("review_information", running.reference)))
    file = sign_in(world.officer).get(url("review_information_csv", running.reference))
    lines = text(file).strip().splitlines()
    assert "Individual management review" in lines[1]
    assert "Taken by Hazel Okafor" in lines[-1]
    none = text(
        sign_in(world.officer).get(url("review_information", running.reference), {"kind": "secure"})
    )
    assert "Nothing was asked there" in none


def test_nobody_off_the_review_finds_any_of_its_pages(asked, running, world, sign_in, answerer):
    key_entry = running.key.get()
    pages = [
        url("review_information", running.reference), url("review_ask", running.reference),
        url("review_chronology", running.reference), url("review_key", running.reference),
        url("chronology_file", running.reference, "csv"), url("key_add", running.reference),
        url("key_change", running.reference, key_entry.pk),
        url("difference_settle", running.reference, "contact", "1"),
    ]  # fmt: skip
    for who in (world.chair, world.vice, world.administrator, world.scrutiny, answerer):
        client = sign_in(who)
        assert [client.get(each).status_code for each in pages] == [404] * len(pages)
    for who in (world.chair, world.vice, world.administrator, world.kent):
        expected = 200 if who == world.kent else 404
        assert sign_in(who).get(url("asked_one", asked.pk)).status_code == expected


# ---- an agency's own page -----------------------------------------------------------------------


def test_an_agency_answers_on_its_own_page(asked, running, answerer, world, sign_in):
    client = sign_in(answerer)
    listed = text(client.get(url("asked")))
    assert asked.request.reference in listed
    here = url("asked_one", asked.pk)
    page = text(client.get(here))
    assert "Names are never written here" in page
    assert running.pseudonym not in page
    assert ReadEntry.objects.filter(actor_id=str(answerer.pk), group_id=str(running.group_id))
    told = {
        "on_day": "3", "on_month": "5", "on_year": str(clock.today().year - 1),
        "what": "Call about shouting", "risk": "high", "contact_with": str(world.county.pk),
    }  # fmt: skip
    assert client.post(url("line_add", asked.pk), told).status_code == 302
    (made,) = asked.lines.all()
    assert "Call about shouting" in text(client.get(url("line_change", asked.pk, made.pk)))
    asked.refresh_from_db()
    sent = client.post(here, {"known": "yes", "text": "", "withheld": "", "version": asked.version,
                              "send": "1"})  # fmt: skip
    assert sent.status_code == 302
    asked.refresh_from_db()
    assert asked.sent_on
    assert client.post(url("line_remove", asked.pk, made.pk)).status_code == 302
    assert asked.lines.count() == 1
    assert "Asked of your agency" in text(sign_in(world.kent).get(url("asked")))
    assert asked.request.reference not in text(sign_in(world.vice).get(url("asked")))


def test_two_people_of_one_agency_do_not_overwrite_each_other(asked, answerer, sign_in):
    client, here = sign_in(answerer), url("asked_one", asked.pk)
    information.save_answer(asked, known=True, text="The first words", by=answerer)
    stale = client.post(here, {"known": "yes", "text": "Second words", "version": 1})
    assert stale.status_code == 409
    assert "The first words" in text(stale)
    assert "Second words" in text(stale)


def test_a_table_is_shown_before_it_is_kept(asked, answerer, sign_in):
    client, here = sign_in(answerer), url("line_import", asked.pk)
    rows = "Date,What happened,Risk\n3/5/2025,Call,high\n4/5/2025,Visit,purple\n"
    shown = text(client.post(here, {"file": SimpleUploadedFile("a.csv", rows.encode())}))
    assert "1 line can be taken over" in shown
    assert "“purple” is not a risk" in shown
    assert asked.lines.count() == 0
    table = "Date\tWhat happened\tRisk\n3/5/2025\tCall\thigh"
    assert client.post(here, {"text": table, "keep": "1"}).status_code == 302
    assert asked.lines.get().risk == "high"
    assert "one of the two" in text(client.post(here, {"text": ""}))


def test_a_doubtful_report_is_kept_only_after_it_was_looked_at(imr, answerer, sign_in):
    client, here = sign_in(answerer), url("asked_one", imr.pk)
    told = {"known": "yes", "text": "As asked", "withheld": "", "version": 1, "send": "1"}
    none = text(client.post(here, told))
    assert "Choose the report" in none
    doubt = text(client.post(here, told | {"version": 2, "file": upload("Somebody else")}))
    assert "Is this the right review?" in doubt
    assert "confirmed" in doubt
    assert not Document.objects.filter(group=imr.review.group).exists()
    imr.refresh_from_db()
    assert (imr.text, imr.sent_on) == ("As asked", None)
    sure = told | {"version": 3, "file": upload("Somebody else"), "confirmed": "on"}
    assert client.post(here, sure).status_code == 302
    imr.refresh_from_db()
    assert imr.document


def test_a_report_carries_the_name_of_who_reads_it(imr, answerer, world, sign_in):
    information.send_report(imr, file=upload("We knew Anna."), by=answerer)
    for who in (answerer, world.kent, world.officer):
        file = sign_in(who).get(url("asked_report", imr.pk))
        import zipfile

        archive = zipfile.ZipFile(io.BytesIO(file.content))
        assert f"Taken by {who.name}" in archive.read("word/document.xml").decode()
        assert "OFFICIAL-SENSITIVE" in file["Content-Disposition"]
        assert "Thistle" not in file["Content-Disposition"]
    assert sign_in(world.vice).get(url("asked_report", imr.pk)).status_code == 404


def test_the_check_is_a_list_of_points(imr, answerer, world, sign_in):
    information.send_report(imr, file=upload("We knew Anna."), by=answerer)
    client, here = sign_in(world.officer), url("asked_check", imr.pk)
    assert "senior manager has signed it off" in text(client.get(here))
    assert sign_in(world.kent).get(here).status_code == 403
    assert "Choose the points" in text(client.post(here, {"good": "no"}))
    assert client.post(here, {"good": "no", "missing": ["signed_off"]}).status_code == 302
    back = text(sign_in(answerer).get(url("asked_one", imr.pk)))
    assert "Sent back" in back
    assert "A senior manager has signed it off" in back


def test_an_answer_in_the_wrong_review_is_taken_off_on_a_page(imr, answerer, sign_in):
    information.send_report(imr, file=upload("We knew Anna."), by=answerer)
    client, here = sign_in(answerer), url("asked_take_off", imr.pk)
    assert "goes for good" in text(client.get(here))
    assert client.post(here, {"reason": "Wrong file"}).status_code == 302
    imr.refresh_from_db()
    assert imr.document is None
    assert Return.objects.get(request=imr.request).document is None


# ---- the combined chronology --------------------------------------------------------------------


@pytest.fixture
def sent(asked, running, answerer, world):
    """The police's chronology with a name in it, and the county's, which lacks a contact."""
    line(asked, answerer, f"{NAME} called", days=200, contact_with=world.county)
    line(asked, answerer, "=HYPERLINK(1)", days=190)
    information.send_answer(information.save_answer(asked, known=True, by=answerer), by=answerer)
    other = ask(running, world, agency=world.county)
    line(other, world.kent, "A visit", days=195 + 30)
    information.send_answer(
        information.save_answer(other, known=True, by=world.kent), by=world.kent
    )
    return asked


def test_the_chronology_is_read_by_pseudonym_filtered_and_settled(
    sent, running, world, sign_in, independent
):
    here = url("review_chronology", running.reference)
    shown = text(sign_in(world.kent).get(here))
    assert "Anna called" in shown
    assert "Thistle" not in shown
    assert "has no record of it within 7 days" in shown
    one = text(sign_in(world.kent).get(here, {"agency": "kent-county-council"}))
    assert "A visit" in one
    assert "HYPERLINK" not in one
    only = text(sign_in(world.kent).get(here, {"kind": "contact"}))
    assert "HYPERLINK" not in only
    first = sent.lines.order_by("on").first()
    settle = url("difference_settle", running.reference, "contact", str(first.pk))
    assert sign_in(world.kent).get(settle).status_code == 403
    client = sign_in(independent)
    assert client.post(settle, {"settled": "It was a letter"}).status_code == 302
    assert "It was a letter" in text(client.get(here))
    assert client.post(f"{settle}open/").status_code == 302
    assert not Misfit.objects.exists()


def test_an_answer_is_shown_to_the_panel_by_pseudonym_and_to_its_agency_as_it_wrote_it(
    sent, world, answerer, sign_in
):
    for who in (world.kent, world.officer):
        shown = text(sign_in(who).get(url("asked_one", sent.pk)))
        assert "Anna called" in shown
        assert "Thistle" not in shown
    assert NAME in text(sign_in(answerer).get(url("asked_one", sent.pk)))


def test_files_of_it_name_the_reader_and_nobody_else(sent, running, world, sign_in):
    client = sign_in(world.kent)
    comma = text(client.get(url("chronology_file", running.reference, "csv")))
    assert "Anna called" in comma
    assert "Taken by Bryony Clarke" in comma
    assert "'=HYPERLINK" in comma
    sheet = client.get(url("chronology_file", running.reference, "xlsx"))
    cells = [
        str(cell.value)
        for row in load_workbook(io.BytesIO(sheet.content)).worksheets[0].iter_rows()
        for cell in row
    ]
    assert "Anna called" in cells
    assert "Taken by Bryony Clarke" in cells[0]
    for words in (comma, " ".join(cells)):
        assert "Thistle" not in words
    assert client.get(url("chronology_file", running.reference, "exe")).status_code == 404
    deeds = Entry.objects.filter(verb="took the combined chronology of", sensitive=True)
    assert {each.detail["as"] for each in deeds} == {"csv", "xlsx"}


def test_no_file_leaves_while_a_name_is_left(sent, running, world, sign_in):
    KeyEntry.objects.create(review=running, pseudonym="Child 1", role="child", names="Anna")
    client = sign_in(world.kent)
    for kind in ("csv", "xlsx", "pdf"):
        refused = client.get(url("chronology_file", running.reference, kind), follow=True)
        assert "cannot be taken as a file" in text(refused)


@pytest.mark.pdf
def test_the_pdf_is_accessible_and_stamped(sent, running, world, sign_in):
    import page

    from tests.pdf_text import pages

    file = sign_in(world.kent).get(url("chronology_file", running.reference, "pdf"))
    words = " ".join(pages(file.content))
    assert "Anna called" in words
    assert "Taken by Bryony Clarke" in words
    assert "Thistle" not in words
    assert page.validate_pdf_bytes(file.content, profile="ua1").is_compliant


# ---- the key ------------------------------------------------------------------------------------


def test_the_key_is_opened_by_officers_and_the_chair_and_each_time_is_on_record(
    running, world, independent, sign_in, confirmed
):
    here = url("review_key", running.reference)
    assert sign_in(world.kent).get(here).status_code == 403
    for who in (world.officer, independent):
        shown = text(confirmed(who).get(here))
        assert NAMES.splitlines()[0] in shown
        opened = Entry.objects.filter(verb="opened the key of", actor_id=str(who.pk))
        assert opened.get().sensitive


def test_an_open_screen_does_not_open_the_key(running, world, sign_in, settings):
    settings.ACCOUNT_REAUTHENTICATION_TIMEOUT = 0
    client = sign_in(world.officer)
    assert client.get(url("review_key", running.reference)).status_code == 302
    entry = running.key.get()
    assert client.post(url("key_remove", running.reference, entry.pk)).status_code == 302
    assert running.key.exists()


def test_entries_are_added_changed_and_removed(running, world, confirmed):
    client = confirmed(world.officer)
    told = {"pseudonym": "Adult B", "role": "other_person", "names": "Will Oxtongue"}
    assert client.post(url("key_add", running.reference), told).status_code == 302
    shown = text(client.get(url("review_key", running.reference)))
    assert "Will: a daily word" in shown
    entry = running.key.get(pseudonym="Adult B")
    wrong = text(
        client.post(url("key_change", running.reference, entry.pk), told | {"names": "Jo"})
    )
    assert "fewer than 3 letters" in wrong
    assert "for good" in text(client.get(url("key_remove", running.reference, entry.pk)))
    assert client.post(url("key_remove", running.reference, entry.pk)).status_code == 302
    assert client.get(url("key_change", running.reference, entry.pk)).status_code == 404


# ---- the record of compliance -------------------------------------------------------------------


def test_the_board_reads_numbers_and_others_nothing(sent, running, world, sign_in):
    for who in (world.chair, world.vice, world.officer):
        shown = text(sign_in(who).get(url("compliance")))
        assert "Kent Police" in shown
        assert running.reference not in shown
        assert running.pseudonym not in shown
    for who in (world.administrator, world.dvacs, world.scrutiny):
        assert sign_in(who).get(url("compliance")).status_code == 403
    file = text(sign_in(world.chair).get(url("compliance_csv"), {"year": clock.today().year}))
    assert "Kent Police" in file
    assert "Taken by Sage Holloway" in file


@pytest.mark.parametrize("count", [1, 12])
def test_lists_ask_the_same_number_of_questions_however_long(
    count, running, world, sign_in, django_assert_max_num_queries, answerer
):
    for number in range(count):
        other = information.asking.Agency.objects.create(
            name=f"Body {number}", short_name=f"B{number}", slug=f"body-{number}", kind="other",
            starts_on=running.notified_on,
        )  # fmt: skip
        from tests import world as worlds

        worlds.seat(worlds.person(f"Person {number}"), running.group.reports_to, other)
        made = ask(running, world, agency=other, kind=InformationKind.CHRONOLOGY)
        line(made, world.officer, "Seen", days=100)
        information.send_answer(
            information.save_answer(made, known=True, by=world.officer), by=world.officer
        )
    client = sign_in(world.officer)
    for name in ("review_information", "review_chronology"):
        with django_assert_max_num_queries(45):
            client.get(url(name, running.reference))


def test_a_key_of_another_review_opens_nothing_here(running, world):
    with pytest.raises(KeyEntry.DoesNotExist):
        key.KeyEntry.objects.get(review=running, pseudonym="Nobody")
