"""Importing street crime: real files, real rows altered where no real file holds the trap."""

import datetime
import io
import threading

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from core import clock
from figures.models import (
    Crime,
    CrimeCount,
    CrimeFile,
    CrimeImport,
    CrimeRefusal,
    CrimeType,
    Force,
    ImportState,
)
from figures.workflow import storing
from figures.workflow.importing import import_paths
from tests.figures import streets
from tests.figures.streets import COLUMN, altered, archive, file, rows, written

pytestmark = pytest.mark.django_db


def imported(*paths):
    run = import_paths(paths)
    assert run.state == ImportState.DONE, run.problem
    return run


def refused(*paths) -> str:
    """Why a run was refused; everything stays as it was."""
    before = everything()
    run = import_paths(paths)
    assert run.state == ImportState.FAILED
    assert everything() == before
    return run.problem


def everything():
    return (
        list(CrimeCount.objects.order_by("pk").values_list()),
        list(CrimeFile.objects.order_by("pk").values_list()),
        Crime.objects.count(), CrimeType.objects.count(), Force.objects.count(),
    )  # fmt: skip


def total() -> int:
    return sum(CrimeCount.objects.values_list("n", flat=True))


def reasons() -> list[tuple[int, str]]:
    return list(CrimeRefusal.objects.order_by("line").values_list("line", "reason"))


# ---- real files ---------------------------------------------------------------------------------


def test_a_real_file_is_kept_row_by_row(tmp_path):
    run = imported(file(tmp_path, streets.bytes_of(streets.BTP), "2025-01-btp-street.csv"))

    assert (run.rows_read, run.rows_kept, run.rows_refused) == (3304, 3304, 0)
    assert run.rows_without_place == 103  # “No Location”, counted with an empty code
    assert sum(CrimeCount.objects.filter(lsoa_code="").values_list("n", flat=True)) == 103
    assert Crime.objects.count() == total() == 3304
    kept = CrimeFile.objects.get()
    assert (kept.force.name, kept.force.slug) == ("British Transport Police", "btp")
    assert (kept.month, kept.remark) == (datetime.date(2025, 1, 1), "")
    first = Crime.objects.order_by("line").first()
    assert (first.line, first.lsoa_code, first.location) == (
        2, "E01031355", "On or near Fishersgate (Station)",
    )  # fmt: skip
    assert (first.longitude, first.latitude) == (-0.327642, 50.834380)


def test_the_whole_archive_and_then_again(tmp_path):
    run = imported(streets.ARCHIVE)

    assert (run.rows_read, run.rows_kept, run.rows_without_place) == (140_512, 140_512, 1769)
    assert total() == Crime.objects.count() == 140_512
    before = everything()

    again = imported(streets.ARCHIVE)

    assert everything() == before
    assert (again.rows_read, again.files.count()) == (0, 0)
    assert {each["why"] for each in again.left_aside} == {"Held already, so it changes nothing"}


def test_exact_copies_of_a_row_are_all_kept(tmp_path):
    same = rows(count=1)[0]  # real; about one row in twenty is a copy of another

    imported(file(tmp_path, written([same, same, same])))

    assert total() == Crime.objects.count() == 3


def test_months_in_folders_and_other_layouts_left_aside(tmp_path):
    outcomes = "Crime ID,Month,Reported by,Falls within,Longitude,Latitude,Location,LSOA code," \
        "LSOA name,Outcome type\n,2025-01,Kent Police,Kent Police,,,,,,Charged\n"  # fmt: skip
    stops = "Type,Date,Part of a policing operation,Latitude,Longitude,Object of search\n,,,,,\n"
    folder = tmp_path / "crime" / "2025-01"
    file(folder, written(rows()))
    file(folder, outcomes.encode(), "2025-01-kent-outcomes.csv")
    file(folder, outcomes.encode(), "renamed.csv")
    file(folder, stops.encode(), "2025-01-kent-stop-and-search.csv")
    file(folder, b"words", "notes.txt")

    run = imported(tmp_path / "crime")

    assert {each["name"].rpartition("/")[2]: each["why"].partition(":")[0]
            for each in run.left_aside} == {
        "2025-01-kent-outcomes.csv": "Outcomes of crimes",
        "renamed.csv": "Outcomes of crimes",
        "2025-01-kent-stop-and-search.csv": "Stop and search",
        "notes.txt": "Not a CSV file",
    }  # fmt: skip
    assert total() == 200


# ---- how a file is written ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("begin", "end"), [(b"\xef\xbb\xbf", "\n"), (b"", "\r\n"), (b"\xef\xbb\xbf", "\r\n")]
)
def test_the_mark_of_utf8_and_other_ends_of_lines(tmp_path, begin, end):
    imported(file(tmp_path, begin + written(rows(), end=end)))

    assert (total(), CrimeRefusal.objects.count()) == (200, 0)


def test_windows_1252_as_excel_writes_it(tmp_path):
    real = altered(rows(count=3), Location="On or near Café – “Grün”")

    imported(file(tmp_path, written(real).decode().encode("cp1252")))

    assert set(Crime.objects.values_list("location", flat=True)) == {"On or near Café – “Grün”"}


def test_quotes_tabs_backslashes_and_line_ends_within_a_field(tmp_path):
    words = 'On or near "The\nStreet", \\N\tPark'
    real = rows(count=3)
    real[1][COLUMN["Location"]] = words

    imported(file(tmp_path, written(real)))

    kept = dict(Crime.objects.values_list("line", "location"))
    assert list(kept) == [2, 4, 5]  # the second row takes two lines
    assert kept[4] == words


def test_columns_in_another_order(tmp_path):
    turned = [list(reversed(row)) for row in rows()]

    imported(file(tmp_path, written(turned, heading=streets.HEADING[::-1])))

    assert total() == 200


@pytest.mark.parametrize(
    ("heading", "says"),
    [
        ([*streets.HEADING[:7], *streets.HEADING[8:]], "no column “LSOA code”"),
        ([name.replace("Crime type", "Kind") for name in streets.HEADING], "“Crime type”"),
        ([*streets.HEADING[:-1], "Month"], "“Month” twice"),
    ],
)
def test_a_column_missing_renamed_or_there_twice(tmp_path, heading, says):
    assert says in refused(file(tmp_path, written(rows(), heading=heading)))


def test_utf_16_is_refused_with_what_to_do(tmp_path):
    assert "UTF-16" in refused(file(tmp_path, written(rows()).decode().encode("utf-16")))


@pytest.mark.parametrize("data", [b"", written([])])
def test_nothing_in_it(tmp_path, data):
    assert "It holds no rows" in refused(file(tmp_path, data))


def test_a_folder_with_nothing_and_a_path_that_is_not_there(tmp_path):
    assert "no street-crime file" in refused(tmp_path)
    assert "no such file" in refused(tmp_path / "nowhere")


# ---- what a file is of --------------------------------------------------------------------------


def test_another_force_than_the_file_s_name_says(tmp_path):
    essex = altered(rows(), Reported_by="Essex Police")  # real rows of Kent, altered

    assert "It is of another force: Essex Police" in refused(file(tmp_path, written(essex)))


def test_rows_of_several_forces(tmp_path):
    few = rows() + altered(rows(count=3), Reported_by="Essex Police")
    many = rows() + altered(rows(count=60), Reported_by="Essex Police")

    run = imported(file(tmp_path, written(few)))

    assert (run.rows_kept, run.rows_refused) == (200, 3)
    assert reasons()[0] == (202, "It is of another force: Essex Police")
    assert "3 rows could not be kept" in CrimeFile.objects.get().remark
    assert "60 of 260 rows cannot be kept" in refused(file(tmp_path, written(many)))


def test_the_rows_of_a_refused_file_are_listed_too(tmp_path):
    run = import_paths([file(tmp_path, written(altered(rows(), Month="2025-02")))])

    assert run.refusals.count() == 100  # the first of them
    assert run.refusals.first().reason == "It is of another month: 2025-02"


@pytest.mark.parametrize(
    ("month", "reason"),
    [
        ("2025-02", "It is of another month: 2025-02"),
        ("January 2025", "Its month cannot be read: January 2025"),
        ("2025-13", "Its month cannot be read: 2025-13"),
        ("2099-01", "Its month has not come yet: 2099-01"),
    ],
)
def test_rows_of_another_month(tmp_path, month, reason):
    mixed = rows() + altered(rows(count=2), Month=month)

    run = imported(file(tmp_path, written(mixed)))

    assert [each for _, each in reasons()] == [reason, reason]
    assert run.rows_kept == 200


@pytest.mark.parametrize("name", ["2031-05-kent-street.csv", "2025-13-kent-street.csv"])
def test_a_file_of_no_month_or_of_the_future(tmp_path, name):
    assert "2025-13 is not a month" in (says := refused(file(tmp_path, written(rows()), name))) or (
        "May 2031, which has not come yet" in says
    )


def test_a_file_by_another_name_says_by_its_rows_what_it_is(tmp_path):
    imported(file(tmp_path, written(rows()), "download (1).csv"))

    assert str(CrimeFile.objects.get().force) == "Kent Police"


# ---- rows ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("column", "value", "reason"),
    [
        ("Longitude", "east", "Its coordinates are no numbers: east"),
        ("Longitude", "nan", "Its coordinates are not in the United Kingdom: nan"),
        ("Latitude", "", "Its coordinates are no numbers"),
        ("Longitude", "51.25", "Its coordinates are not in the United Kingdom: 51.25"),
        ("LSOA code", "Ashford 001B", "Its LSOA code cannot be one: Ashford 001B"),
        ("Crime type", " ", "It names no type of crime"),
        ("Reported by", "", "It is of another force"),
        ("Location", "a\0b", "It holds a character that cannot be kept"),
    ],
)
def test_a_row_that_cannot_be_kept(tmp_path, column, value, reason):
    real = rows(count=3)
    real[1][COLUMN[column]] = value

    run = imported(file(tmp_path, written(real)))

    assert (run.rows_read, run.rows_kept, run.rows_refused) == (3, 2, 1)
    ((line, why),) = reasons()
    assert line == 3
    assert why.startswith(reason)


def test_a_row_with_too_many_or_too_few_fields(tmp_path):
    real = rows(count=4)
    real[0].append("more")
    real[2].pop()

    imported(file(tmp_path, written(real)))

    assert [line for line, _ in reasons()] == [2, 4]
    assert reasons()[1][1] == "It has the wrong number of fields: 11, and the heading has 12"


def test_codes_of_2011_and_codes_that_nobody_knows_are_counted_as_they_are(tmp_path):
    real = rows(count=2)
    real[0][COLUMN["LSOA code"]] = "E01024144"
    real[1][COLUMN["LSOA code"]] = "S01999999"

    imported(file(tmp_path, written(real)))

    codes = set(CrimeCount.objects.values_list("lsoa_code", flat=True))
    assert codes == {"E01024144", "S01999999"}


def test_a_place_without_coordinates_is_still_a_place(tmp_path):
    imported(file(tmp_path, written(altered(rows(count=1), Longitude="", Latitude=""))))

    kept = Crime.objects.get()
    assert (kept.longitude, kept.latitude) == (None, None)
    assert kept.lsoa_code


def test_a_type_that_nobody_has_seen_is_kept_marked_and_told(tmp_path):
    out = io.StringIO()
    path = file(tmp_path, written(rows() + altered(rows(count=2), Crime_type="Piracy")))

    call_command("import_street_crime", path, stdout=out)

    assert total() == 202
    piracy = CrimeType.objects.get(name="Piracy")
    assert (piracy.expected, piracy.first_seen_in) == (False, "2025-01-kent-street.csv")
    assert not CrimeType.objects.exclude(pk=piracy.pk).filter(expected=False).exists()
    assert "nobody has seen before: Piracy" in out.getvalue()


def test_a_column_of_types_that_is_none(tmp_path):
    real = rows()
    for at, row in enumerate(real):
        row[COLUMN["Crime type"]] = f"Words {at}"

    assert "the column “Crime type” is not what it says" in refused(file(tmp_path, written(real)))


# ---- cut short ----------------------------------------------------------------------------------


@pytest.mark.parametrize("cut", [2, 30, 90])
def test_a_file_that_was_cut_short_changes_nothing(tmp_path, cut):
    imported(file(tmp_path, written(rows(count=20))))

    says = refused(file(tmp_path, written(rows())[:-cut]))

    assert "it was cut short" in says


def test_a_quotation_mark_that_is_never_closed(tmp_path):
    real = written(rows()).decode().splitlines()
    real[50] = real[50].replace("On or near", '"On or near')

    says = refused(file(tmp_path, "\n".join(real).encode()))

    assert "never closed" in says


def test_a_file_without_a_last_line_end_is_whole_all_the_same(tmp_path):
    imported(file(tmp_path, written(rows())[:-1]))

    assert total() == 200


def test_one_wrong_file_and_nothing_of_the_others_is_kept(tmp_path):
    february = altered(rows(), Month="2025-02")
    file(tmp_path, written(rows()), "2025-01-kent-street.csv")
    file(tmp_path, written(february)[:-9], "2025-02-kent-street.csv")

    assert "2025-02-kent-street.csv: it ends in the middle of line 201" in refused(tmp_path)


def test_a_line_that_never_ends(tmp_path):
    assert "does not end" in refused(file(tmp_path, written(rows()) + b"x" * 2_000_000))


# ---- archives -----------------------------------------------------------------------------------


def test_an_archive_cut_short(tmp_path):
    path = tmp_path / "archive.zip"
    path.write_bytes(streets.ARCHIVE.read_bytes()[:-40_000])

    assert "not a whole zip archive" in refused(path)


def test_an_archive_damaged_inside(tmp_path):
    path = archive(tmp_path, files={streets.KENT: written(rows())})
    data = bytearray(path.read_bytes())
    data[300:340] = bytes(40)
    path.write_bytes(data)

    assert "damaged inside the archive" in refused(path)


@pytest.mark.parametrize("name", ["../2025-01-kent-street.csv", "/2025-01-kent-street.csv",
                                  "C:\\2025-01-kent-street.csv", "a/../../x.csv"])  # fmt: skip
def test_an_archive_with_a_path_outside_itself(tmp_path, name):
    assert "a place outside itself" in refused(archive(tmp_path, files={name: written(rows())}))


def test_an_archive_within_an_archive_is_left_aside(tmp_path):
    files = {"2025-01/2025-01-kent-street.csv": written(rows()), "older.zip": b"PK"}

    run = imported(archive(tmp_path, files=files))

    assert [each["why"][:32] for each in run.left_aside] == ["An archive within an archive: un"]
    assert total() == 200


def test_an_archive_that_unpacks_to_far_more_than_it_is(tmp_path):
    bomb = archive(tmp_path, files={"2025-01-kent-street.csv": bytes(30_000_000)})

    assert "more than 100 times its size" in refused(bomb)


def test_an_archive_that_says_it_unpacks_to_20_gigabytes(tmp_path, monkeypatch):
    from figures.street_crime import archives

    monkeypatch.setattr(archives, "MOST_BYTES", 1000)

    assert "GB is the most" in refused(archive(tmp_path, files={streets.KENT: written(rows())}))


def test_an_archive_of_too_many_files(tmp_path, monkeypatch):
    from figures.street_crime import archives

    monkeypatch.setattr(archives, "MOST_MEMBERS", 2)

    assert "2 is the most" in refused(archive(tmp_path, files=dict.fromkeys("abc", b"")))


def test_an_archive_locked_with_a_password(tmp_path):
    path = archive(tmp_path, files={"2025-01-kent-street.csv": written(rows())})
    data = bytearray(path.read_bytes())
    data[6] |= 1  # as an archive says it that is locked, at the file and in the list
    data[data.rindex(b"PK\x01\x02") + 8] |= 1
    path.write_bytes(data)

    assert "locked with a password" in refused(path)


# ---- again, newer, at once ----------------------------------------------------------------------


def test_a_newer_issue_of_a_month_replaces_the_older_one(tmp_path):
    imported(file(tmp_path, written(rows(count=50))))
    older = CrimeFile.objects.get()

    imported(file(tmp_path, written(rows(count=80))))

    older.refresh_from_db()
    newer = CrimeFile.objects.get(replaced_by__isnull=True)
    assert (older.replaced_by, newer.rows_kept) == (newer, 80)
    assert older.replaced_at is not None
    assert total() == Crime.objects.filter(file=newer).count() == 80


def test_an_older_issue_that_comes_again_changes_nothing(tmp_path):
    imported(file(tmp_path, written(rows(count=50))))
    imported(file(tmp_path, written(rows(count=80))))
    before = everything()

    run = imported(file(tmp_path, written(rows(count=50))))

    assert everything() == before
    assert run.left_aside[0]["why"].startswith("Held before, and replaced by a newer issue")


def test_another_force_s_file_of_the_month_replaces_nothing(tmp_path):
    imported(file(tmp_path, written(rows(count=50))))
    imported(file(tmp_path, written(rows(streets.BTP, 30)), "2025-01-btp-street.csv"))

    assert CrimeFile.objects.filter(replaced_by__isnull=True).count() == 2
    assert total() == 80


def test_months_far_below_or_above_those_around_them_are_marked(tmp_path):
    counts = {"2025-01": 100, "2025-02": 110, "2025-03": 40, "2025-04": 105, "2025-05": 190}
    for month, count in counts.items():
        data = written(altered(rows(count=count), Month=month))
        file(tmp_path, data, f"{month}-kent-street.csv")
    imported(tmp_path)

    marked = {f"{each.month:%Y-%m}": each.remark for each in CrimeFile.objects.exclude(remark="")}
    assert set(marked) == {"2025-03", "2025-05"}
    assert marked["2025-03"] == (
        "It has 40 rows, and the months around it about 108: it may not be whole"
    )

    whole = written(altered(rows(count=104), Month="2025-03"))
    imported(file(tmp_path, whole, "2025-03-kent-street.csv"))

    assert not CrimeFile.objects.get(month="2025-03-01", replaced_by__isnull=True).remark


def test_the_same_file_twice_in_one_run(tmp_path):
    file(tmp_path / "a", written(rows()))
    file(tmp_path / "b", written(rows()))

    run = imported(tmp_path)

    assert (total(), run.files.count()) == (200, 1)


@pytest.mark.django_db(transaction=True)
def test_two_imports_at_once_wait_for_one_another(tmp_path):
    """Both bring the same month; whichever comes second replaces the first, whole."""
    first = file(tmp_path / "a", written(rows(count=2500)))
    second = file(tmp_path / "b", written(rows(count=3000)))
    runs = []

    def one(path):
        try:
            runs.append(import_paths([path]))
        finally:
            connection.close()

    threads = [threading.Thread(target=one, args=[path]) for path in (first, second)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)

    assert [run.state for run in runs] == [ImportState.DONE, ImportState.DONE]
    holding = CrimeFile.objects.get(replaced_by__isnull=True)
    assert CrimeFile.objects.count() == 2
    assert total() == Crime.objects.filter(file=holding).count() == holding.rows_kept


@pytest.mark.django_db(transaction=True)
def test_progress_is_seen_from_outside_while_nothing_else_is(tmp_path, monkeypatch):
    from figures.workflow import points, progress

    monkeypatch.setattr(progress, "EVERY", 0)
    seen = []

    def look(point):
        if point == "read":
            other = connection.copy()
            with other.cursor() as cursor:
                cursor.execute("SELECT bytes_read, bytes_total FROM figures_crimeimport")
                told = cursor.fetchone()
                cursor.execute("SELECT COUNT(*) FROM figures_crime")
                seen.append((*told, cursor.fetchone()[0]))
            other.close()

    monkeypatch.setattr(points, "listeners", [look])
    path = file(tmp_path, written(rows(count=3000)))
    imported(path)

    size = path.stat().st_size
    assert seen == [(size, size, 0)]


# ---- the command --------------------------------------------------------------------------------


def test_the_command_says_what_it_did(tmp_path):
    out = io.StringIO()
    call_command("import_street_crime", file(tmp_path, written([*rows(), ["x"]])), stdout=out)

    said = out.getvalue()
    assert "line 202: It has the wrong number of fields: 1, and the heading has 12" in said
    assert "1 row refused: It has the wrong number of fields" in said
    assert "1 file imported: 201 rows read, 200 kept, of them" in said


def test_the_command_fails_when_nothing_was_imported(tmp_path):
    with pytest.raises(CommandError, match="Nothing was changed"):
        call_command("import_street_crime", file(tmp_path, b"words"), stdout=io.StringIO())


def test_what_goes_wrong_with_us_is_kept_as_a_sentence(tmp_path, monkeypatch):
    def broken(*_):
        raise RuntimeError("a secret")

    monkeypatch.setattr(storing, "_replace", broken)

    says = refused(file(tmp_path, written(rows())))

    assert says.startswith("Something went wrong")
    assert CrimeImport.objects.get().finished_at <= clock.now()
