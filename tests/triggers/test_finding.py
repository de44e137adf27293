"""A person is found by name in the cases of one officer, however the name is spelled."""

import pytest
from django.core.files.base import ContentFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from audit.models import Entry, ReadEntry
from documents.workflow import papers
from triggers.models import ApplicantMessage, CaseNote, Party
from triggers.queries import finding
from triggers.workflow import casework, information, retention, searching


@pytest.mark.parametrize(
    ("text", "name", "sure"),
    [
        ("Ms Fern Aldous rang", "Fern Aldous", True),
        ("FERN  ALDOUS", "fern aldous", True),
        ("Fern Aldouss rang", "Fern Aldous", True),
        ("Fern Alduos rang", "Fern Aldous", False),
        ("Siobhán O’Néill", "Siobhan ONeill", True),
        ("Catherine's flat", "Katherine", False),
        ("McAldous", "Aldous", True),
    ],
)
def test_a_name_is_found_in_part_and_spelled_otherwise(text, name, sure):
    found = finding.place(text, name)

    assert found is not None
    assert found[2] is sure


@pytest.mark.parametrize(
    ("text", "name"),
    [("The ferns grew", "Fern Aldous"), ("Anna called", "Ann"), ("Fern", "Birch"), ("", "Fern"),
     ("Fern", "  ")],
)  # fmt: skip
def test_other_words_are_not(text, name):
    assert finding.place(text, name) is None


def test_records_of_every_kind_are_found_with_the_words_around(case, world):
    ApplicantMessage.objects.create(application=case, kind="question", text="Ask Larch Penrose")
    casework.write_note(case, text="Larch Penrose lives next door", by=world.officer)
    party = Party.objects.get(application=case)
    party.way_detail = "Through Larch Penrose"
    party.save()

    found = finding.hits([case], "Larch Penrose")

    assert {hit.record for hit in found} == {"Applicant message", "Case note", "Party"}
    note = next(hit for hit in found if hit.record == "Case note")
    assert (note.before, note.found, note.after) == ("", "Larch Penrose", " lives next door")


def test_a_draft_of_a_body_is_not_looked_into(asked, answerer):
    information.save_answer(
        asked, known=True, summary="Larch Penrose was warned", risk="", offers="", withheld="",
        by=answerer,
    )  # fmt: skip

    assert finding.hits([asked.application], "Larch Penrose") == []


def test_every_record_that_holds_words_is_looked_into():
    looked_into = {model for model, _, _ in finding.OF_CASE}
    kept = {model for model, _ in retention.GOES} | {model for model, _, _ in retention.EMPTIED}

    assert {each for each in kept - looked_into if finding._texts(each)} <= {
        # one holds names only until it is made, the other only until it is answered
        *(each for each in kept if each.__name__ in {"Dossier", "LinkWish"})
    }


def find(client, name, reference=""):
    return client.post(reverse("triggers:find", args=["dartford"]), {
        "name": name, "case": reference,
    })  # fmt: skip


def test_a_search_shows_only_the_cases_one_works_on(case, another, world, sign_in, colleague):
    seat = another.group.seats.get(person=world.officer)
    casework.write_note(another, text="Larch Penrose", by=world.officer)
    casework.write_note(case, text="Larch Penrose", by=world.officer)
    seat.ends_on = seat.starts_on
    type(seat).objects.filter(pk=seat.pk).delete()

    page = find(sign_in(world.officer), "Larch Penrose").content.decode()

    assert case.reference in page
    assert another.reference not in page


def test_a_search_is_on_record_without_the_name_before_anything_shows(case, world, sign_in):
    casework.write_note(case, text="Larch Penrose", by=world.officer)

    find(sign_in(world.officer), "Larch Penrose")

    entry = Entry.objects.get(verb="looked for a person in")
    assert "Penrose" not in repr((entry.subject, entry.detail))
    assert ReadEntry.objects.filter(group_id=str(case.group_id)).exists()
    assert not Entry.objects.filter(subject__contains="Penrose").exists()


def test_the_name_is_never_in_the_address(case, world, sign_in):
    client = sign_in(world.officer)

    answer = client.get(reverse("triggers:find", args=["dartford"]), {"name": "Fern"})

    assert "Fern" not in answer.content.decode()


def test_nobody_without_a_case_searches(case, world, sign_in, colleague):
    for person in (colleague, world.chair, world.administrator):
        assert sign_in(person).get(reverse("triggers:find", args=["dartford"])).status_code == 403


def test_within_one_case_by_its_reference(case, another, world, sign_in):
    for each in (case, another):
        CaseNote.objects.create(application=each, kind="note", text="Larch Penrose")

    page = find(sign_in(world.officer), "Larch Penrose", case.reference).content.decode()

    assert "1 place" in page


def test_as_many_queries_for_many_records(case, world):
    def count():
        with CaptureQueriesContext(connection) as captured:
            finding.hits([case], "Larch")
        return len(captured)

    casework.write_note(case, text="Larch", by=world.officer)
    one = count()
    for _ in range(30):
        CaseNote.objects.create(application=case, kind="note", text="Larch")

    assert count() == one


def test_the_words_of_papers_are_looked_into_where_one_case_is_chosen(case, world):
    papers.add_document(
        case.group, title="Statement", marking="sensitive", by=world.officer,
        file=ContentFile(b"Larch Penrose has seen it", "statement.txt"),
    )  # fmt: skip

    one = searching.look([case], "Larch Penrose", by=world.officer)

    assert [hit.record for hit in one.hits] == ["Paper, version 1"]
    assert one.unread == 0
    assert finding.files_of([case]) == 1
