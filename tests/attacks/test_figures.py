"""Figures of agencies: files made to do harm, words that give small numbers away, odd input."""

import datetime
import io
import zipfile

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import Workbook

from actions.models import RequestStatus
from core import clock
from core.markings import Marking
from figures.models import FiguresReturn, Indicator
from figures.queries import indicators as read
from figures.street_crime import reading
from figures.street_crime.places import Misplaced
from figures.street_crime.shapes import Source
from figures.workflow import indicators, returns
from tests.assessments import writing
from tests.attacks.conftest import CANARY

SHEET = "xl/worksheets/sheet1.xml"


@pytest.fixture
def add(world):
    def add(name="Hate crime", **more):
        fields = {
            "definition": "As recorded.", "starts_on": datetime.date(2026, 7, 1),
            "source_agency": world.county,
        }  # fmt: skip
        return indicators.add(world.partnership, name=name, by=world.officer, **fields | more)

    with time_machine.travel("2026-10-05 10:00", tick=False):
        yield add


@pytest.fixture
def own(world, add):
    """The county council's return: of hate crime in two parts, and of a restricted count."""
    add(breakdowns=["Race", "Religion"])
    add("Modern slavery", marking=Marking.SENSITIVE)
    (made,) = returns.ask(world.partnership, on=clock.today(), by=world.officer)
    return made


def address(own, name="return", *args):
    return reverse(f"figures:{name}", args=["dartford", own.pk, *args])


def sent(own, by, **drafted):
    draft = {
        "hate-crime||": {"value": "140"}, "hate-crime||Race": {"value": "137"},
        "hate-crime||Religion": {"value": "3"}, "modern-slavery||": {"value": "7"},
    }  # fmt: skip
    return returns.send(returns.save_draft(own, draft=draft | drafted, by=by), by=by)


# ---- files --------------------------------------------------------------------------------------


def workbook(*, rows=(("Hate crime", 3),), more=""):
    """A spreadsheet in the template's columns, with ``more`` after its cells."""
    book = Workbook()
    for row in (("Indicator", "Figure"), *rows):
        book.worksheets[0].append(row)
    kept, changed = io.BytesIO(), io.BytesIO()
    book.save(kept)
    with zipfile.ZipFile(kept) as source, zipfile.ZipFile(changed, "w", 8) as target:
        for part in source.infolist():
            data = source.read(part)
            if part.filename == SHEET:
                data = data.replace(b"</sheetData>", b"</sheetData>" + more.encode())
            target.writestr(part.filename, data)
    return changed.getvalue()


def upload(client, own, data, name="figures.xlsx"):
    return client.post(
        address(own, "return_upload"), {"file": SimpleUploadedFile(name, data)}
    )  # fmt: skip


@pytest.mark.parametrize(
    "more",
    [
        '<mergeCells count="1"><mergeCell ref="A1:XFD1048576"/></mergeCells>',
        "<mergeCells>" + '<mergeCell ref="A4:Z4000"/>' * 9 + "</mergeCells>",
        '<hyperlinks><hyperlink ref="A1:XFD1048576" location="A1"/></hyperlinks>',
    ],
)
def test_a_range_of_the_whole_sheet_is_not_made_into_cells(world, own, sign_in, more):
    answer = upload(sign_in(world.kent), own, workbook(more=more))

    assert answer.status_code == 200
    assert "unpacks to more than a return can be" in answer.content.decode()


def test_a_sheet_of_a_hundred_thousand_cells_is_refused_before_it_is_read(
    world, own, sign_in, monkeypatch
):
    monkeypatch.setattr("figures.sheets.reading.load_workbook", pytest.fail)
    answer = upload(sign_in(world.kent), own, workbook(rows=[[1] * 40] * 2600))

    assert "unpacks to more than a return can be" in answer.content.decode()


@pytest.mark.parametrize("data", [b"Indicator,Figure" + b"," * 1_000_000, b"a,b\n" * 5001])
def test_a_file_of_a_million_columns_or_too_many_lines_is_refused(world, own, sign_in, data):
    answer = upload(sign_in(world.kent), own, data, "figures.csv")

    assert "at most 5000 lines and 50 columns" in answer.content.decode()


def test_a_title_merged_across_the_page_is_named_and_the_figures_are_read(world, own, sign_in):
    data = workbook(more='<mergeCells count="1"><mergeCell ref="A3:H3"/></mergeCells>')
    answer = upload(sign_in(world.kent), own, data)

    assert answer.status_code == 302


def test_a_file_read_under_another_unit_is_still_shown(world, add, sign_in):
    share = add("Share", unit="percent", suppress_below=0)
    (own,) = returns.ask(world.partnership, on=clock.today(), by=world.officer)
    client = sign_in(world.kent)
    preview = upload(client, own, b"Indicator,Figure\nShare,61.5%\n", "figures.csv").url
    returns.save_draft(own, draft={"share||": {"value": "61"}}, by=world.kent)
    indicators.change(share, unit="incidents", by=world.officer)

    assert client.get(preview).status_code == 200


def test_one_file_of_street_crime_cannot_fill_the_list_of_types(monkeypatch):
    monkeypatch.setattr(reading, "MOST_TYPES", 2)
    source = Source("2025-09-kent-street.csv", 1, io.BytesIO)
    found = reading.Reading(source, 1, types=len, places={}, today=datetime.date(2026, 1, 1))
    for name in ("Burglary", "Drugs"):
        found._type(name)

    with pytest.raises(Misplaced, match="more types of crime than there are"):
        found._type("Another")


# ---- odd input ----------------------------------------------------------------------------------


@pytest.mark.parametrize("period", ["a%0Ab", "2025-09%0d%0aX: y", "2025-09%0a", "%00", 'a"; b='])
def test_a_period_that_is_none_names_no_file(world, sign_in, period):
    writing.crime(world)
    answer = sign_in(world.officer).get(f"/dartford/figures/csv/types/?period={period}")

    assert answer.status_code == 200
    name = answer.headers["Content-Disposition"].partition("filename=")[2]
    assert name in {
        '"types-dartford-2025-07-to-2025-09.csv"', '"types-dartford-2025-09.csv"',
    }  # fmt: skip


def test_a_character_that_cannot_be_kept_is_left_out_of_a_draft(world, own, sign_in):
    client = sign_in(world.kent)
    form = client.get(address(own)).context["form"]
    typed = {name: form[name].value() for name in ("version", "asked")}
    answer = client.post(address(own), typed | {"hate-crime-note": "Few\0 came", "send": "1"})

    assert answer.status_code == 200
    assert FiguresReturn.objects.get().draft["hate-crime"]["note"] == "Few came"


def test_figures_are_not_answered_with_words_in_their_place(world, own, sign_in):
    for person in (world.kent, world.officer):
        answer = sign_in(person).post(
            reverse("actions:request_answer", args=["dartford", own.request.reference]),
            {"version": own.request.version, "text": "Done"},
        )
        assert answer.status_code == 302
    own.request.refresh_from_db()
    assert own.request.status == RequestStatus.ASKED


# ---- what is restricted or small ----------------------------------------------------------------


def test_why_a_restricted_figure_is_missing_is_behind_the_gate(world, own, sign_in):
    missing = {"missing": "on", "reason": f"{CANARY} is one of two", "expected": "10 March 2027"}
    sent(own, world.kent, **{"modern-slavery": missing, "modern-slavery||": {"value": ""}})
    pages = [
        "missing/", "missing/?format=csv", "indicators/", "indicators/modern-slavery/",
    ]  # fmt: skip

    for page in pages:
        assert CANARY not in sign_in(world.watch).get(f"/dartford/figures/{page}").content.decode()
    public = sign_in(world.vice).get("/dartford/figures/indicators/modern-slavery/?as=public")
    assert CANARY not in public.content.decode()
    assert CANARY in sign_in(world.vice).get("/dartford/figures/missing/").content.decode()


def test_what_is_noted_beside_a_hidden_figure_is_hidden_beside_the_others_too(world, own):
    sent(own, world.kent, **{"hate-crime": {"note": "Only 3 because of religion"}})
    indicator = Indicator.objects.get(slug="hate-crime")
    indicator.adds_up = False  # so that the whole is shown

    public = read.series(indicator, audience="public")
    assert {each.part: each.suppressed for each in public.figures} == {
        "": False, "Race": False, "Religion": True,
    }  # fmt: skip
    assert not any(each.note for each in public.figures)
    assert all(each.note for each in read.series(indicator, audience="partner").figures)


@pytest.mark.parametrize(
    ("field", "value"),
    [("adds_up", False), ("suppress_below", 0), ("frequency", "month")],
)
def test_what_was_given_under_one_understanding_is_not_shown_under_another(
    world, own, field, value
):
    sent(own, world.kent)
    hate = Indicator.objects.get(slug="hate-crime")

    with pytest.raises(ValidationError) as wrong:
        indicators.change(hate, **{field: value}, by=world.officer)
    assert list(wrong.value.message_dict) == [field]
    # What hides more is always open to the officers.
    indicators.change(hate, suppress_below=20, marking=Marking.SENSITIVE, by=world.officer)


@pytest.mark.parametrize("field", ["adds_up", "suppress_below", "frequency"])
def test_before_any_figure_is_given_everything_can_be_changed(world, add, field):
    value = {"adds_up": False, "suppress_below": 0, "frequency": "month"}[field]
    assert getattr(indicators.change(add(), **{field: value}, by=world.officer), field) == value
