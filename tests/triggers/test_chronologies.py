"""A chronology as it comes out of a body's own system."""

import datetime
import io

import pytest
from django.core.exceptions import ValidationError
from openpyxl import Workbook

from documents.checks import Checked
from figures.sheets import chronology
from figures.sheets.reading import XLSX

TODAY = datetime.date(2026, 11, 23)


def read(text):
    return chronology.of_text(text, today=TODAY)


def test_columns_are_found_by_their_headings_in_any_order():
    found = read("Ref,What happened,Date,Colour\n46/1,Music,3 May 2026,red")
    (line,) = found.lines
    assert (line.on, line.what, line.reference) == (
        datetime.date(2026, 5, 3), "Music", "46/1",
    )  # fmt: skip


def test_without_headings_they_are_date_what_and_what_was_done():
    (line,) = read("3/5/2026\tMusic\tWent there").lines
    assert (line.what, line.done) == ("Music", "Went there")


def test_a_date_with_its_time_in_one_column_is_read():
    (line,) = read("Date;What happened\n2026-05-03 22:30;Music").lines
    assert (line.on, line.at) == (datetime.date(2026, 5, 3), datetime.time(22, 30))


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("31/2/2026,Music", "is not a date"),
        (",Music", "there is no date"),
        ("3/5/2026,", "nothing says what happened"),
        ("24/11/2026,Music", "in the future"),
        ("03/05/26,Music", "is not a date"),
    ],
)
def test_a_line_that_cannot_be_read_is_named_and_the_others_are_kept(line, says):
    found = read(f"Date,What happened\n{line}\n3/5/2026,Kept")
    assert [each.what for each in found.lines] == ["Kept"]
    assert says in found.problems[0]
    assert "line 2" in found.problems[0]


def test_nothing_and_too_much_are_refused():
    with pytest.raises(ValidationError, match="no lines"):
        read("  \n ")
    with pytest.raises(ValidationError, match="2000 lines"):
        read("\n".join(["3/5/2026,Music"] * 2100))


def test_what_was_read_is_read_again_as_the_same():
    found = read('Date,Time,What happened,What was done\n3/5/2026,10pm,"Music, ""loud""",Went')
    again = read(chronology.as_text(found.lines))
    assert again.lines == found.lines


def test_a_spreadsheet_is_read_with_its_dates():
    book = Workbook()
    book.active.append(["Date", "What happened", "Action taken"])
    book.active.append([datetime.datetime.fromisoformat("2026-05-03T22:30"), "Music", "Went there"])
    book.active.append([datetime.date(2026, 5, 4), "=1+1", None])
    data = io.BytesIO()
    book.save(data)
    found = chronology.of_file(Checked("c.xlsx", XLSX, data.getvalue()), today=TODAY)
    assert found.lines[0].at == datetime.time(22, 30)
    assert found.lines[0].done == "Went there"
