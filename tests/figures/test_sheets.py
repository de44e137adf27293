"""Figures in files: what is read, what is refused with where and why, and taking it over."""

import csv
import datetime
import io
import zipfile

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import Workbook, load_workbook
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from core import clock
from core.permissions import Refused
from core.workflow import Wrong
from figures.models import ReturnUpload, Ward
from figures.sheets import COLUMNS
from figures.workflow import indicators, returns, uploads
from membership.models import PartnershipArea

HATE = ["Hate crime", "Kent County Council", "2026-07-01", "Whole area"]


@pytest.fixture(autouse=True)
def now():
    with time_machine.travel("2026-10-05 10:00", tick=False):
        yield


@pytest.fixture
def own(world):
    """A return of hate crime by two strands, of two wards that the statistics know."""
    indicators.add(
        world.partnership, name="Hate crime", definition="As flagged.", by_ward=True,
        breakdowns=["Race", "Religion"], source_agency=world.county,
        starts_on=datetime.date(2026, 7, 1), by=world.officer,
    )  # fmt: skip
    (made,) = returns.ask(world.partnership, on=clock.today(), by=world.officer)
    return made


def line(figure, part="", *, name=HATE[0], agency=HATE[1], start=HATE[2], area=HATE[3], more=()):
    return [name, agency, start, area, part, figure, *more]


def xlsx(*lines, shape=lambda book, sheet: None):
    book = Workbook()
    sheet = book.active
    sheet.title = "Figures"
    for each in (COLUMNS, *lines):
        sheet.append(each)
    shape(book, sheet)
    kept = io.BytesIO()
    book.save(kept)
    return SimpleUploadedFile("figures.xlsx", kept.getvalue())


def as_csv(*lines, encoding="utf-8", delimiter=",", ending="\r\n"):
    text = io.StringIO()
    writer = csv.writer(text, delimiter=delimiter, lineterminator=ending)
    writer.writerows([COLUMNS, *lines])
    return SimpleUploadedFile("figures.csv", text.getvalue().encode(encoding))


def read(own, file, world):
    sent = uploads.upload(own, file=file, by=world.kent)
    return {each["key"]: each["value"] for each in sent.found}, [
        f"{each['where']}: {each['what']}" for each in sent.problems
    ]


@pytest.mark.parametrize(
    "make",
    [
        xlsx,
        as_csv,
        lambda *lines: as_csv(*lines, encoding="utf-8-sig"),
        lambda *lines: as_csv(*lines, encoding="cp1252"),
        lambda *lines: as_csv(*lines, delimiter=";", ending="\n"),
        lambda *lines: as_csv(*lines, delimiter="\t"),
    ],
)
def test_both_kinds_of_file_are_read(world, own, make):
    found, problems = read(own, make(line("14"), line("10", "Race"), line("", "Religion")), world)
    assert found == {"hate-crime||": "14", "hate-crime||Race": "10"}
    assert problems == []


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        (line("<5"), "Give the number itself"),
        (line("-1"), "below nought"),
        (line(14.5), "whole number"),
        (line("14%"), "not a share"),
        (line("some"), "not a number"),
        (line(True), "TRUE or FALSE"),
        (line(datetime.date(1900, 1, 14)), "It is a date"),
        (line("14", name="Knife crime"), "is not asked of you"),
        (line("14", agency="Kent Police"), "this return is Kent County Council’s"),
        (line("14", start="2026-04-01"), "this return is for July to September 2026"),
        (line("14", start="last summer"), "is not a date"),
        (line("14", area="Atlantis"), "not a ward of the area"),
        (line("14", "Shoe size"), "not asked for of this indicator"),
        (line("14", more=("final",)), "provisional or audited"),
    ],
)
def test_what_cannot_be_taken_is_named_with_its_cell(world, own, wrong, says):
    found, problems = read(own, xlsx(wrong, line("3", "Race")), world)
    assert found == {"hate-crime||Race": "3"}
    (problem,) = problems
    assert problem.startswith("Figures, F2: ")
    assert says in problem


@pytest.mark.parametrize(
    ("typed", "means"), [("1,204", "1,204"), (1204, "1204"), (1204.0, "1204"), (" 12 ", "12")]
)
def test_numbers_are_numbers_however_they_are_typed(world, own, typed, means):
    found, problems = read(own, xlsx(line(typed)), world)
    assert (found, problems) == ({"hate-crime||": means}, [])


def test_the_same_figure_twice_is_said(world, own):
    _, problems = read(own, xlsx(line(14), line(15)), world)
    assert "stands in Figures, F2 already" in problems[0]


def test_merged_cells_are_not_guessed_at(world, own):
    def merge(book, sheet):
        sheet.merge_cells("F2:F3")

    found, problems = read(own, xlsx(line(14), line(10, "Race"), shape=merge), world)
    assert found == {}
    assert len(problems) == 2
    assert "merged cells" in problems[0]


def test_hidden_sheets_and_rows_are_named_and_not_read(world, own):
    def hide(book, sheet):
        sheet.row_dimensions[3].hidden = True
        book.create_sheet("Old").sheet_state = "hidden"
        book.create_sheet("More").append(["x", "y"])

    found, problems = read(own, xlsx(line(14), line(10, "Race"), shape=hide), world)
    assert found == {"hate-crime||": "14"}
    text = " ".join(problems)
    for each in (
        "Figures, row 3: The row is hidden",
        "sheet Old: The sheet is hidden",
        "sheet More",
    ):
        assert each in text


def test_a_formula_that_was_never_worked_out_is_refused(world, own):
    found, problems = read(own, xlsx(line("=10+4")), world)
    assert found == {}
    assert "formula that was never worked out" in problems[0]


def worked_out():
    """A file whose formula a spreadsheet has worked out: its value stands beside it."""
    plain = xlsx(line("=10+4"), line(10, "Race")).read()
    kept = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(plain)) as old, zipfile.ZipFile(kept, "w") as new:
        for part in old.infolist():
            text = old.read(part)
            if part.filename.endswith("sheet1.xml"):
                text = text.replace(b"<f>10+4</f><v />", b"<f>10+4</f><v>14</v>")
                text = text.replace(b"<f>10+4</f><v></v>", b"<f>10+4</f><v>14</v>")
                assert b"<v>14</v>" in text
            new.writestr(part, text)
    return SimpleUploadedFile("figures.xlsx", kept.getvalue())


def test_what_a_formula_worked_out_is_taken_only_when_confirmed(world, own):
    sent = uploads.upload(own, file=worked_out(), by=world.kent)
    assert [(each["value"], each["formula"]) for each in sent.found] == [
        ("14", True),
        ("10", False),
    ]
    taken = uploads.take_over(sent, by=world.kent)
    assert "hate-crime||" not in taken.draft
    again = uploads.upload(own, file=worked_out(), by=world.kent)
    assert uploads.take_over(again, formulas=True, by=world.kent).draft["hate-crime||"] == {
        "value": "14"
    }


@pytest.mark.parametrize("mac", [False, True])
def test_dates_are_read_by_the_files_own_calendar(world, own, mac):
    def date(book, sheet):
        if mac:
            book.epoch = CALENDAR_MAC_1904
        sheet["C2"] = datetime.date(2026, 7, 1)

    assert read(own, xlsx(line(14, start=None), shape=date), world) == ({"hate-crime||": "14"}, [])


def test_a_date_that_has_lost_its_format_is_still_one(world, own):
    assert read(own, xlsx(line(14, start=46204)), world) == ({"hate-crime||": "14"}, [])


def bomb():
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as archive:
        source = zipfile.ZipFile(io.BytesIO(xlsx(line(14)).read()))
        for part in source.infolist():
            archive.writestr(part, source.read(part))
        archive.writestr("xl/worksheets/sheet9.xml", b" " * 30_000_000)
    return SimpleUploadedFile("figures.xlsx", kept.getvalue())


def with_macros():
    kept = io.BytesIO(xlsx(line(14)).read())
    with zipfile.ZipFile(kept, "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"x")
    return SimpleUploadedFile("figures.xlsx", kept.getvalue())


@pytest.mark.parametrize(
    ("file", "says"),
    [
        (lambda: SimpleUploadedFile("figures.csv", b""), "empty"),
        (lambda: SimpleUploadedFile("figures.csv", b"a,b\n1,2\n"), "no column “Indicator”"),
        (lambda: SimpleUploadedFile("figures.csv", b"Indicator,Figure,Figure\n"), "two columns"),
        (lambda: SimpleUploadedFile("figures.csv", b'Indicator,Figure\n"a,1\n'), "damaged"),
        (lambda: SimpleUploadedFile("figures.xlsx", b"not a zip"), ""),
        (lambda: SimpleUploadedFile("figures.txt", b"Indicator"), "XLSX"),
        (lambda: as_csv(*[line(14)] * 5001), "at most 5000 lines"),
        (bomb, "unpacks to more"),
        (with_macros, "macros"),
    ],
)
def test_files_that_are_no_returns_are_refused_beside_the_field(world, own, file, says):
    with pytest.raises(ValidationError) as wrong:
        uploads.upload(own, file=file(), by=world.kent)
    assert says in " ".join(wrong.value.message_dict["file"])
    assert not ReturnUpload.objects.exists()


def test_wards_go_by_their_name_or_their_code(world, own, db):
    district = Ward._meta.get_field("district").related_model.objects.create(
        code="E07000107", name="Dartford", vintage=2025
    )
    for code, name in [("E05012409", "Town"), ("E05012399", "Brent")]:
        Ward.objects.create(code=code, name=name, vintage=2025, district=district)
    PartnershipArea.objects.create(
        partnership=world.partnership, gss_code="E07000107", name="Dartford",
        starts_on=datetime.date(2020, 10, 1),
    )  # fmt: skip
    found, problems = read(own, xlsx(line(3, area="town"), line(4, area="E05012399")), world)
    assert found == {"hate-crime|E05012409|": "3", "hate-crime|E05012399|": "4"}
    assert problems == []


# ---- from the template to the draft -------------------------------------------------------------


def test_the_template_comes_back_filled_in(world, own, sign_in):
    client = sign_in(world.kent)
    url = reverse("figures:return_template", args=["dartford", own.pk, "xlsx"])
    book = load_workbook(io.BytesIO(client.get(url).content))
    sheet = book.active
    assert [cell.value for cell in sheet[1]] == list(COLUMNS)
    for number, value in enumerate([14, 10, 4], start=2):
        sheet.cell(number, 6).value = value
    kept = io.BytesIO()
    book.save(kept)
    upload = reverse("figures:return_upload", args=["dartford", own.pk])
    sent = client.post(upload, {"file": SimpleUploadedFile("f.xlsx", kept.getvalue())})
    page = client.get(sent["Location"]).content.decode()
    assert "3 figures read, 3 new, 0 changed" in page
    own.refresh_from_db()
    assert own.draft == {}
    client.post(sent["Location"])
    own.refresh_from_db()
    assert own.draft["hate-crime||Religion"] == {"value": "4"}
    returns.send(own, by=world.kent)


def test_a_preview_tells_new_changed_and_same_apart(world, own, sign_in):
    draft = {"hate-crime||": {"value": "14"}, "hate-crime||Race": {"value": "9"}}
    returns.save_draft(own, draft=draft, by=world.kent)
    file = xlsx(line(14), line(10, "Race"), line(4, "Religion"), line(1, "Age"))
    client = sign_in(world.kent)
    upload = reverse("figures:return_upload", args=["dartford", own.pk])
    sent = client.post(upload, {"file": file})
    page = client.get(sent["Location"]).content.decode()
    assert "3 figures read, 1 new, 1 changed. 1 place could not be read" in page
    client.post(sent["Location"])
    assert "Taken over on" in client.get(sent["Location"]).content.decode()
    again = client.post(sent["Location"], follow=True).content.decode()
    assert "taken over already" in again


def test_a_file_is_its_agencys_alone(world, own, sign_in):
    sent = uploads.upload(own, file=as_csv(line(14)), by=world.kent)
    preview = reverse("figures:return_preview", args=["dartford", own.pk, sent.pk])
    for person in (world.officer, world.vice, world.stranger):
        assert sign_in(person).get(preview).status_code == 404
        with pytest.raises(Refused):
            uploads.take_over(sent, by=person)
        with pytest.raises(Refused):
            uploads.upload(own, file=as_csv(line(14)), by=person)


def test_a_file_without_figures_takes_nothing_over(world, own):
    sent = uploads.upload(own, file=as_csv(line("")), by=world.kent)
    with pytest.raises(Wrong, match="nothing in the file"):
        uploads.take_over(sent, by=world.kent)
