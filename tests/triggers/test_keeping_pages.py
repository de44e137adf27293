"""The pages of holds, dossiers and removal: what an officer sees, asks for and gets."""

import datetime
import io
import zipfile

import pikepdf
import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from audit.models import Entry, ReadEntry
from core import clock
from documents.models import Content
from meetings.models import Making
from notices.workflow import ticking
from tests.triggers.whole import told
from tests.words_in import words_in
from tests.world import PASSWORD
from triggers.dossiers import bodies, panel, person
from triggers.dossiers.redaction import Redaction
from triggers.models import Application, Dossier, Erasure, Hold, Party
from triggers.queries import keeping
from triggers.workflow import applying, casework, dossiers, holding


def page(name, *args):
    return reverse(f"triggers:{name}", args=["dartford", *args])


def confirmed(client):
    """Somebody who has just said again that it is them."""
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    return client


@pytest.fixture
def officer(world, sign_in):
    return sign_in(world.officer)


# ---- holds --------------------------------------------------------------------------------------


def test_a_hold_is_put_and_lifted_on_the_page(case, officer):
    answer = officer.post(page("hold_put", case.reference), {"reason": "A court may ask"})
    assert answer.status_code == 302
    hold = Hold.objects.get()
    shown = officer.get(page("case_people", case.reference)).content.decode()
    assert "A court may ask" in shown
    assert page("hold_lift", case.reference, hold.pk) in shown

    officer.post(page("hold_lift", case.reference, hold.pk), {"because": "It was heard"})
    shown = officer.get(page("case_people", case.reference)).content.decode()

    assert "It was heard" in shown
    assert not keeping.held(case)


def test_without_a_reason_it_is_said_beside_the_field(case, officer):
    answer = officer.post(page("hold_put", case.reference), {"reason": " "})

    assert answer.status_code == 200
    assert "There is a problem" in answer.content.decode()
    assert not Hold.objects.exists()


def test_a_hold_of_another_case_is_not_lifted_here(case, another, world, officer):
    hold = holding.put_hold(another, reason="A court asks", by=world.officer)

    answer = officer.post(page("hold_lift", case.reference, hold.pk), {"because": "Over"})

    assert answer.status_code == 404


# ---- removing -----------------------------------------------------------------------------------


@pytest.fixture
def old(case, world):
    """A withdrawn case whose time is over."""
    closed = applying.withdraw(case, reason="It has stopped", by=world.officer)
    day = keeping.after_years(closed.closed_on, 6)
    with time_machine.travel(datetime.datetime.combine(day, datetime.time(10)), tick=False):
        yield closed


def test_nothing_to_remove_says_so(procedure, officer):
    shown = officer.get(page("kept")).content.decode()

    assert "No case has been kept for longer than it may be" in shown
    assert "Nothing has been removed yet" in shown


def test_before_there_is_a_procedure_the_page_says_so(world, officer):
    assert "not set up yet" in officer.get(page("kept")).content.decode()


def test_an_officer_who_is_not_on_the_case_sees_its_number_and_its_dates(old, colleague, sign_in):
    client = sign_in(colleague)

    shown = client.get(page("kept")).content.decode()
    dry = client.get(page("kept_case", old.reference)).content.decode()

    assert old.reference in shown
    assert "Incidents" in dry
    for words in ("Fern", "Aldous", "Invented Row", "Music until three"):
        assert words not in shown + dry
    assert Party.objects.filter(application=old).exists()


def test_it_is_approved_taken_back_and_removed(old, officer):
    at = page("kept_case", old.reference)
    officer.post(at, {})
    assert not Erasure.objects.exists()

    officer.post(at, {"sure": "yes"})
    assert "Being removed" in officer.get(page("kept")).content.decode()
    officer.post(page("kept_take_back", old.reference))
    assert not Erasure.objects.exists()

    officer.post(at, {"sure": "yes"})
    ticking.tick(clock.now(), durable=False)
    shown = officer.get(page("kept")).content.decode()
    assert "What was removed" in shown
    assert "1 case" in shown
    assert old.reference in officer.get(page("kept_csv")).content.decode()
    assert officer.get(at).status_code == 404


def test_a_case_that_is_not_due_is_not_there(case, officer):
    assert officer.get(page("kept_case", case.reference)).status_code == 404
    assert case.reference not in officer.get(page("kept")).content.decode()


def test_as_many_queries_for_one_old_case_as_for_three(old, another, world):
    def count():
        with CaptureQueriesContext(connection) as captured:
            found = keeping.due(old.partnership, clock.today())
        return len(found), len(captured)

    rows, queries = count()
    Application.objects.filter(pk=another.pk).update(stage="closed", closed_on=old.closed_on)

    assert (rows + 1, queries) == count()


# ---- dossiers -----------------------------------------------------------------------------------


def test_it_asks_who_it_is_first(case, officer):
    answer = officer.get(page("case_dossier", case.reference))

    assert answer.status_code == 302
    assert answer["Location"].startswith(reverse("account_reauthenticate"))
    refused = officer.post(page("case_dossier", case.reference), {"whole": "full", "names": "Ann"})
    assert refused["Location"] == page("case_dossier", case.reference)
    assert not Dossier.objects.exists()
    assert "Ann" not in repr(dict(officer.session))


def test_it_is_asked_for_once_at_a_time(case, officer):
    confirmed(officer)
    at = page("case_dossier", case.reference)

    officer.post(at, {"whole": "full"})
    again = officer.post(at, {"whole": "full"}, follow=True)

    assert Dossier.objects.count() == 1
    assert "being put together already" in again.content.decode()
    assert "progress" in again.content.decode()


@pytest.mark.pdf
def test_a_full_dossier_holds_everything_and_a_redacted_one_calls_people_by_their_roles(
    world, procedure, sign_in
):
    story = told(world)
    client = confirmed(sign_in(world.officer))
    Dossier.objects.all().delete()
    full = dossiers.ask(story.case, redacted=False, by=world.officer)
    redacted = dossiers.ask(story.case, redacted=True, names="Otto Quill", by=world.officer)
    dossiers.make_waiting()
    for each in (full, redacted):
        each.refresh_from_db()
        assert (each.state, each.names, each.done) == (Making.READY, "", each.total)

    read = fetched(client, story.case, full, "zip")
    words = " ".join(words_in(read)).lower()
    missing = {what for word, what in story.say.said.items() if word.lower() not in words}
    assert missing <= LEFT_TO_HISTORY
    with zipfile.ZipFile(io.BytesIO(read)) as archive:
        names = archive.namelist()
        assert {"README.txt", "dossier.pdf", "tables/incidents.csv"} <= set(names)
        assert any(name.startswith("letters/letter-1") for name in names)
        assert any(name.startswith("meeting-1/") for name in names)
        assert not any("zorilla" in name.lower() for name in names)

    outside = " ".join(words_in(fetched(client, story.case, redacted, "zip"))).lower()
    for what in NOT_GIVEN:
        word = next(word for word, said in story.say.said.items() if said == what)
        assert word.lower() not in outside, what
    for who in (world.officer.name, story.people.chair.name, "ZX9 9QQ", "01632 960977"):
        assert who.lower() not in outside
    assert "[the victim]" in outside or "the victim" in outside
    assert "what is left out" in outside
    assert Entry.objects.filter(verb="downloaded a dossier of").count() == 2


# What is only in history, in another case, or forgotten by the case itself.
LEFT_TO_HISTORY = {
    "victim address", "removed line", "removed finding", "removed item", "wish", "link", "settled",
    "left out name", "own note", "gateway", "what was shared", "why shared", "recipient",
    "update", "told of action", "moved", "handling", "file name",
}  # fmt: skip
NOT_GIVEN = (
    "victim name", "applicant name", "applicant address", "new address", "applicant email",
    "withheld", "note", "free", "not free", "hold", "paper text", "minute", "place", "spoken by",
)  # fmt: skip


def fetched(client, case, dossier, kind):
    answer = client.get(page("dossier_file", case.reference, dossier.pk, kind))
    assert answer.status_code == 200
    assert answer["Content-Disposition"].endswith(f'.{kind}"')
    assert "OFFICIAL-SENSITIVE" in answer["Content-Disposition"]
    return answer.content


@pytest.mark.pdf
def test_it_is_deleted_after_three_days_with_its_bytes(case, world):
    dossier = dossiers.ask(case, redacted=False, by=world.officer)
    dossiers.make_waiting()
    assert Content.objects.count() == 2

    assert dossiers.remove_old(clock.now() + datetime.timedelta(days=2)) == 0
    assert dossiers.remove_old(clock.now() + datetime.timedelta(days=4)) == 1
    assert not Dossier.objects.filter(pk=dossier.pk).exists()
    assert not Content.objects.exists()


@pytest.mark.pdf
def test_downloading_is_on_record(case, world, officer):
    dossier = dossiers.ask(case, redacted=False, by=world.officer)
    dossiers.make_waiting()
    confirmed(officer)
    before = ReadEntry.objects.count()

    printed = fetched(officer, case, dossier, "pdf")

    with pikepdf.open(io.BytesIO(printed)) as document:
        assert str(document.Root.Lang) == "en-GB"
        assert document.Root.MarkInfo.Marked
        assert document.open_metadata()["pdfuaid:part"] == "1"
        assert case.reference in document.open_metadata()["dc:title"]
    assert ReadEntry.objects.count() == before + 1
    officer.post(page("dossier_delete", case.reference, dossier.pk))
    assert not Dossier.objects.exists()


def test_names_are_replaced_by_roles_wherever_they_stand(case, world):
    casework.write_note(case, text="x", by=world.officer)
    redaction = Redaction(case, ["Otto Quill"])

    said = redaction.words(
        "Fern Aldous of 14 Invented Row, DA1 1AA said that Quill shouted. ALDOUS rang 01322 "
        "343434 and fern@example.test. Hazel Okafor came. The fern grew."
    )

    assert "Aldous" not in said
    assert "Quill" not in said
    assert "Okafor" not in said
    assert "Invented" not in said
    assert "DA1" not in said
    assert "343434" not in said
    assert "@" not in said
    assert "[the victim]" in said
    assert "[another person]" in said


def test_nothing_private_is_given_outside(case):
    whole = [*person.sections(case), *bodies.sections(case), *panel.sections(case)]
    redaction = Redaction(case)

    given = redaction.sections(whole)

    assert not any(each.private for each in given)
    gone = redaction.left_out(whole)
    assert any("Officers’ notes" in each for each in gone)
    assert any("The record" in each for each in gone)
