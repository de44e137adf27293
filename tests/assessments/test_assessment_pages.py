"""The pages of a Strategic Assessment: who reads what, and what never shows."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from assessments import renditions
from assessments.figures_of import PUBLIC, RESTRICTED
from assessments.models import Assessment, Evidence, Section
from assessments.work.assessing import of_assessments
from assessments.workflow import assessing, boarding, contributing, publishing
from audit.models import ReadEntry
from core import clock
from core.workflow import Wrong
from documents.models import Publication
from documents.queries import published
from tests import pdf_text
from tests.assessments import writing
from tests.assessments.writing import FEW, MANY, SECRET, URL

pytestmark = pytest.mark.django_db
TODAY = datetime.date(2026, 11, 23)
READ = ("", "read/public/", "csv/public/", "sources/", "evidence/", "consultation/", "scores/")
WRITE = ("section/violence/", "section/violence/history/", "scores/add/", "scores/weights/",
         "consultation/add/", "board/", "adopt/")  # fmt: skip


@pytest.fixture(autouse=True)
def one_day():
    with clock.told_at(clock.london(TODAY, datetime.time(10))):
        yield


@pytest.fixture
def secrets(world):
    """An adopted assessment that holds a passage, figures and evidence that are not for all."""
    writing.crime(world)
    writing.indicator(world, "small-one", FEW, theme=None)
    writing.indicator(world, "secret-one", MANY, marking="sensitive")
    return writing.adopted(world)


# ---- who reads what -----------------------------------------------------------------------------


def test_pages_open_for_those_who_work_in_the_partnership(world, sign_in, secrets):
    for page in READ:
        for somebody in (world.officer, world.kent, world.watch, world.dvacs):
            assert sign_in(somebody).get(f"{URL}{page}").status_code == 200, page
        for somebody in (world.scrutiny, world.stranger, world.guest, world.commissioner):
            assert sign_in(somebody).get(f"{URL}{page}").status_code == 404, page


def test_only_officers_write(world, sign_in):
    writing.finished(world)
    for page in WRITE:
        assert sign_in(world.officer).get(f"{URL}{page}").status_code == 200, page
        assert sign_in(world.kent).get(f"{URL}{page}").status_code == 403, page
        assert sign_in(world.stranger).get(f"{URL}{page}").status_code == 404, page


def test_the_restricted_edition_is_behind_the_gate_and_its_reading_on_record(
    world, sign_in, secrets
):
    page = sign_in(world.kent).get(f"{URL}read/restricted/").content.decode()

    assert SECRET in page
    assert f"{MANY:,}" in page
    assert ReadEntry.objects.filter(actor_id=str(world.kent.pk)).exists()
    refused = sign_in(world.watch).get(f"{URL}read/restricted/")
    assert refused.status_code == 403
    assert SECRET not in refused.content.decode()
    assert sign_in(world.officer).get(f"{URL}read/other/").status_code == 404


def test_nothing_restricted_reaches_the_uncleared(world, sign_in, secrets):
    client = sign_in(world.watch)

    for page in READ:
        shown = client.get(f"{URL}{page}").content.decode()
        assert SECRET not in shown, page
        assert str(MANY) not in shown.replace(",", ""), page
        assert "Secret-one" not in shown, page


def test_the_public_build_asks_for_nothing_restricted(world, secrets):
    with CaptureQueriesContext(
        connection,
    ) as asked:
        report = renditions.build(Assessment.objects.defer("figures").get(pk=secrets.pk), PUBLIC)

    said = renditions.text(report) + str(list(renditions.csv_lines(report)))
    assert SECRET not in said
    assert str(MANY) not in said.replace(",", "")
    assert "not shown" in said
    for query in asked.captured_queries:
        assert '"assessments_section"."text"' not in query["sql"]
        assert '"assessments_threatscore"."why"' not in query["sql"]


def test_a_small_figure_is_not_told_by_a_sum_either(world, secrets):
    report = renditions.build(secrets, PUBLIC)

    rows = [line for line in renditions.csv_lines(report) if line[1] == "Small-one"]
    assert {line[-1] for line in rows} == {"not shown"}
    assert str(3 * FEW) not in [line[-1] for line in rows]


# ---- writing ------------------------------------------------------------------------------------


def test_a_stale_section_gives_both_texts_back(world, sign_in):
    assessment = writing.begun(world)
    writing.write(assessment, "Theirs", by=world.officer)

    answer = sign_in(world.officer).post(
        f"{URL}section/violence/", {"text": "Mine", "version": "1"}
    )

    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Theirs" in page
    assert "Mine" in page
    assert Section.objects.get(assessment=assessment, key="violence").text == "Theirs"


def test_saving_and_finishing_in_one_step(world, sign_in):
    assessment = writing.begun(world)

    answer = sign_in(world.officer).post(
        f"{URL}section/county/", {"text": "For the county", "version": "1", "done": "1"}
    )

    assert answer.status_code == 302
    assert writing.section(assessment, "county").done_by == world.officer


def test_a_figure_left_out_is_in_neither_edition(world, sign_in):
    writing.crime(world)
    assessment = writing.begun(world)
    sign_in(world.officer).post(
        f"{URL}section/acquisitive/",
        {"text": "", "version": "1", "left_out": ["acquisitive:wards", "sentence:type:burglary"]},
    )

    for edition in (PUBLIC, RESTRICTED):
        part = next(
            each for each in renditions.build(assessment, edition).parts
            if each.key == "acquisitive"
        )  # fmt: skip
        assert [each.key for each in part.figures] == ["acquisitive:months"]
        assert not [each for each in part.sentences if each.key == "sentence:type:burglary"]


def test_a_section_says_that_its_figures_have_changed(world, sign_in):
    writing.crime(world)
    assessment = writing.begun(world)
    writing.write(assessment, "As it was", key="total", by=world.officer)
    assert "Figures have changed" not in sign_in(world.officer).get(URL).content.decode()

    writing.crime(world, first=datetime.date(2024, 12, 1), last=datetime.date(2024, 12, 1), n=41)

    assert "Figures have changed" in sign_in(world.officer).get(URL).content.decode()
    page = sign_in(world.officer).get(f"{URL}section/total/").content.decode()
    assert "Figures have changed since this section was last saved" in page


def test_months_that_are_not_held_are_named_first(world, sign_in):
    writing.crime(world)
    writing.begun(world)

    for page in ("", "read/public/"):
        shown = sign_in(world.kent).get(f"{URL}{page}").content.decode()
        assert "October to December 2024 are not held" in shown


def test_with_nothing_held_the_pages_say_so(world, sign_in):
    writing.begun(world)
    client = sign_in(world.officer)

    assert "No figure is held" in client.get(f"{URL}section/violence/").content.decode()
    assert client.get(URL).status_code == 200
    assert "No file of street crime" in client.get(f"{URL}sources/").content.decode()


def test_empty_lists_say_what_comes_first(world, sign_in):
    client = sign_in(world.officer)
    list_url = reverse("assessments:assessments", args=["dartford"])
    assert "No assessment has been begun" in client.get(list_url).content.decode()
    assert client.get(reverse("assessments:index", args=["dartford"])).status_code == 200

    answer = client.post(f"{list_url}begin/", {"starts_on": "2024-10-01"})
    assert answer.status_code == 302
    assert client.get(answer["Location"]).status_code == 200
    again = client.post(f"{list_url}begin/", {"starts_on": "2024-10-01"})
    assert again.status_code == 200


@pytest.mark.parametrize(
    ("page", "form"),
    [
        ("evidence/offer/", {"text": ""}),
        ("consultation/add/", {"title": "x", "starts_on_day": "40"}),
        ("scores/add/", {"name": ""}),
        ("scores/weights/", {"weight_physical": "nine"}),
        ("board/", {"item": "none"}),
        ("section/violence/", {"text": "x", "version": "many"}),
    ],
)
def test_bad_input_is_said_beside_the_field(world, sign_in, page, form):
    writing.finished(world)

    answer = sign_in(world.officer).post(f"{URL}{page}", form)

    assert answer.status_code == 200
    assert "There is a problem" in answer.content.decode()


def test_lists_ask_the_same_of_the_database_however_long(world, sign_in, secrets):
    client = sign_in(world.officer)

    def asked(page):
        with CaptureQueriesContext(connection) as queries:
            client.get(f"{URL}{page}")
        return len(queries)

    pages = ("evidence/", "scores/", "consultation/")
    for page in pages:
        asked(page)
    before = {page: asked(page) for page in pages}
    for n in range(5):
        Evidence.objects.create(
            assessment=secrets, agency=world.county, text=f"{n}", source="x",
            offered_by=world.kent,
        )  # fmt: skip
        secrets.scores.create(name=f"Threat {n}", scores={}, scored_by=world.officer)
        secrets.consultation.create(
            title=f"{n}", method="x", starts_on=TODAY, ends_on=TODAY, finding="x"
        )
    assert {page: asked(page) for page in before} == before


# ---- the board, and out -------------------------------------------------------------------------


@pytest.mark.pdf
def test_it_goes_before_the_board_with_the_marking_of_what_it_holds(world):
    assessment = writing.finished(world)
    item = writing.meeting(world)

    put = boarding.put_before_board(assessment, item=item, by=world.officer)

    assert put.paper.marking == "sensitive"
    assert item.papers.get().document == put.paper
    taken = assessing.take_back(put, by=world.officer)
    writing.write(taken, "Another text", by=world.officer)
    again = boarding.put_before_board(taken, item=item, by=world.officer)
    assert again.paper == put.paper
    assert put.paper.versions.count() == 2


def test_it_goes_before_the_board_when_every_section_is_done(world, sign_in):
    assessment = writing.finished(world)
    assessing.mark_undone(writing.section(assessment), by=world.officer)

    with pytest.raises(Wrong, match="1 section left"):
        boarding.put_before_board(assessment, item=writing.meeting(world), by=world.officer)


def test_what_was_restricted_is_published_by_two(world, sign_in, secrets):
    with pytest.raises(Wrong, match="another approves"):
        publishing.publish(secrets, by=world.officer)
    asked = publishing.ask_to_publish(secrets, by=world.officer)

    with pytest.raises(Wrong, match="Somebody else"):
        publishing.approve(asked, by=world.officer)
    with pytest.raises(Wrong, match="already asked"):
        publishing.ask_to_publish(secrets, by=world.officer)
    work = list(of_assessments(world.chair, TODAY))
    assert "approve that it is published" in work[0].what
    assert next(iter(of_assessments(world.officer, TODAY))).needs == "others"
    page = sign_in(world.chair).get(f"{URL}publish/").content.decode()
    assert "Approve and publish" in page
    publishing.do_not_publish(asked, by=world.chair)
    assert Assessment.objects.get(pk=secrets.pk).asked_at is None


@pytest.mark.pdf
def test_what_is_published_holds_nothing_restricted(world, client, secrets):
    publishing.approve(publishing.ask_to_publish(secrets, by=world.officer), by=world.chair)

    found = Publication.objects.get()
    words = " ".join(pdf_text.pages(bytes(found.content.data)))
    assert "October to December 2024" in words
    for hidden in (SECRET, str(MANY), f"{MANY:,}", "Secret-one"):
        for text in (words, found.html, found.text, found.title, found.summary, found.file_name):
            assert hidden not in text
    assert bytes(found.content.data).find(SECRET.encode()) == -1
    assert client.get(found.get_absolute_url()).status_code == 200
    assert list(published(world.partnership, SECRET)) == []
    assert len(list(published(world.partnership, "burglary"))) == 1
    assert Assessment.objects.get(pk=secrets.pk).status == "published"


@pytest.mark.pdf
def test_one_person_publishes_where_nothing_was_ever_restricted(world, sign_in):
    assessment = writing.adopted(world, secret=False)

    answer = sign_in(world.officer).post(f"{URL}publish/")

    assert answer.status_code == 302
    assert Assessment.objects.get(pk=assessment.pk).publication is not None


def test_a_passage_that_was_opened_still_needs_two(world):
    assessment = writing.finished(world)
    for found in assessment.sections.all():
        writing.assessing.mark_undone(found, by=world.officer)
        writing.write(assessment, "Open by now", key=found.key, by=world.officer)

    assert publishing.two_people(assessment)


@pytest.mark.pdf
def test_the_pdf_is_accessible_and_always_the_same(world, secrets):
    import page as validation

    report = renditions.build(secrets, RESTRICTED)
    made = renditions.document(report)

    assert validation.validate_pdf_bytes(made, profile="ua1").is_compliant
    assert renditions.document(renditions.build(secrets, RESTRICTED)) == made
    words = " ".join(pdf_text.pages(made))
    assert SECRET in words
    assert "OFFICIAL-SENSITIVE" in words


def test_evidence_counts_on_the_page_of_work(world):
    assessment = writing.begun(world)
    contributing.offer_evidence(
        assessment, agency=world.police, text="x", source="y", marking="official", by=world.vice
    )

    assert "1 piece of evidence" in next(iter(of_assessments(world.officer, TODAY))).what
    assert list(of_assessments(world.kent, TODAY)) == []
