"""The pages of what is held, and files that officers send in."""

import datetime

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from audit.models import Entry
from core import clock
from core.permissions import Refused
from core.workflow import Wrong
from documents.models import Content
from figures import tasks
from figures.models import CrimeFile, CrimeImport, ImportState
from figures.queries.counts import Selection
from figures.queries.provenance import sources
from figures.workflow import areas, importing, sending
from notices.models import Notice
from tests.figures import streets
from tests.figures.streets import altered, archive, rows, written

LATER = datetime.timedelta(minutes=6)


@pytest.fixture(autouse=True)
def nobody_is_woken(monkeypatch):
    monkeypatch.setattr(sending, "wakers", [])


def url(name, *arguments):
    return reverse(f"figures:{name}", args=["dartford", *arguments])


def send(world, data=None, name="2025-01-kent-street.csv", by=None):
    file = ContentFile(written(rows()) if data is None else data, name)
    return sending.send_in(world.partnership, file=file, by=by or world.officer)


def page(client, run, query="") -> str:
    return client.get(url("run", run.pk) + query).content.decode()


# ---- sending in ---------------------------------------------------------------------------------


def test_an_officer_sends_a_file_in_and_follows_it(world, sign_in):
    client = sign_in(world.officer)
    file = SimpleUploadedFile("2025-01-kent-street.csv", written(rows()))

    sent = client.post(url("send_in"), {"file": file})

    run = CrimeImport.objects.get()
    assert sent.url == url("run", run.pk)
    waiting = client.get(sent.url)
    assert waiting["Refresh"] == "5"
    assert "waits to be read" in waiting.content.decode()
    assert "Refresh" not in client.get(sent.url + "?still").headers

    assert tasks.read_crime_files() == 1

    done = client.get(sent.url)
    assert "Refresh" not in done.headers
    assert "200 rows of 1 file are counted" in done.content.decode()
    assert Notice.objects.get(recipient=world.officer).url == sent.url
    assert set(Entry.objects.filter(kind="crime import").values_list("verb", flat=True)) == {
        "sent in street crime as", "imported street crime from",
    }  # fmt: skip


def test_the_bytes_are_let_go_of_once_they_are_read(world):
    run = send(world)
    assert Content.objects.count() == 1

    sending.read_waiting()

    run.refresh_from_db()
    assert run.content is None
    assert not Content.objects.exists()


def test_bytes_that_another_run_waits_for_stay(world):
    send(world)
    second = send(world)

    sending._read(sending._claimed(None))
    assert Content.objects.count() == 1
    assert sending.read_waiting() == 1

    second.refresh_from_db()
    assert second.left_aside[0]["why"] == "Held already, so it changes nothing"
    assert not Content.objects.exists()


@pytest.mark.parametrize(
    ("name", "data", "says"),
    [
        ("2025-01-kent-street.csv", b"", "The file is empty"),
        ("figures.xlsx", b"PK", "must be a CSV file or a zip archive"),
        ("big.csv", b"x" * 2000, "It can be up to 0.1 MB"),
    ],
)
def test_what_is_not_taken_is_said_next_to_the_field(world, sign_in, settings, name, data, says):
    settings.UPLOAD_LIMIT = 1000

    answer = sign_in(world.officer).post(url("send_in"), {"file": SimpleUploadedFile(name, data)})

    assert says in answer.content.decode()
    assert not CrimeImport.objects.exists()


def test_nothing_chosen(world, sign_in):
    assert "Choose the file" in sign_in(world.officer).post(url("send_in")).content.decode()


def test_a_file_that_is_wrong_changes_nothing_and_says_why(world, sign_in):
    run = send(world, written(rows())[:-30])
    sending.read_waiting()

    said = page(sign_in(world.officer), run)

    assert "it was cut short" in said
    assert "Nothing was changed" in said
    assert "Read it again" not in said
    assert not CrimeFile.objects.exists()
    with pytest.raises(Wrong):
        sending.try_again(run, by=world.officer)


def test_rows_that_were_refused_are_listed_and_downloaded(world, sign_in):
    run = send(world, written(rows() + altered(rows(count=2), Longitude="=1+1")))
    sending.read_waiting()
    client = sign_in(world.officer)

    said = page(client, run)
    table = client.get(url("refusals_csv", run.pk)).content.decode()

    assert "Its coordinates are no numbers: 2 rows" in said
    assert '2025-01-kent-street.csv,202,"Its coordinates are no numbers' in table
    assert (
        url("run", run.pk) in client.get(url("file", CrimeFile.objects.get().pk)).content.decode()
    )


def test_a_type_not_seen_before_is_told_on_both_pages(world, sign_in):
    run = send(world, written(altered(rows(), Crime_type="Piracy")))
    sending.read_waiting()
    client = sign_in(world.officer)

    assert "Piracy" in page(client, run)
    assert "Piracy, first in 2025-01-kent-street.csv" in client.get(url("holding")).content.decode()


# ---- by the worker ------------------------------------------------------------------------------


def test_a_run_whose_reader_died_is_taken_up_again(world):
    run = send(world)
    sending._claimed(None)
    assert sending.read_waiting() == 0  # another may be reading it

    with clock.told_at(clock.now() + LATER):
        assert sending.read_waiting() == 1

    run.refresh_from_db()
    assert run.state == ImportState.DONE


def test_one_that_was_taken_over_keeps_nothing(world):
    send(world)
    run = sending._claimed(None)
    with clock.told_at(clock.now() + LATER):
        sending._claimed(None)

    sending._read(run)

    assert not CrimeFile.objects.exists()
    run.refresh_from_db()
    assert run.state == ImportState.READING


def test_a_run_by_command_that_died_says_so(world, sign_in):
    now = clock.now()
    run = CrimeImport.objects.create(
        name="archive", state=ImportState.READING, started_at=now, beat_at=now
    )
    with clock.told_at(now + LATER):
        assert "no sign of life" in page(sign_in(world.officer), run)
        sending.read_waiting()

    run.refresh_from_db()
    assert (run.state, run.problem) == (ImportState.FAILED, sending.DIED)


def test_the_tick_reads_what_no_worker_took(world):
    run = send(world)

    assert tasks.left_waiting(clock.now()) == 0
    assert tasks.left_waiting(clock.now() + LATER) == 1

    run.refresh_from_db()
    assert run.state == ImportState.DONE


def test_the_tick_waits_for_no_import(world):
    send(world)
    now = clock.now() + LATER
    CrimeImport.objects.create(
        name="archive", state=ImportState.READING, started_at=now, beat_at=now
    )

    assert tasks.left_waiting(now) == 0


def test_what_failed_for_no_fault_of_its_own_is_tried_again(world, sign_in, monkeypatch):
    run = send(world)
    with monkeypatch.context() as broken:
        broken.setattr(importing, "remark", lambda forces: 1 / 0)
        sending.read_waiting()
    client = sign_in(world.officer)
    assert "Read it again" in page(client, run)

    client.post(url("run_again", run.pk))
    sending.read_waiting()

    run.refresh_from_db()
    assert (run.state, run.rows_kept) == (ImportState.DONE, 200)
    assert "Only a file that could not be read" in client.post(
        url("run_again", run.pk), follow=True
    ).content.decode()  # fmt: skip


# ---- who may ------------------------------------------------------------------------------------


def test_only_officers_send_in(world, sign_in):
    with pytest.raises(Refused):
        send(world, by=world.chair)

    assert sign_in(world.chair).get(url("send_in")).status_code == 403
    assert "Send in a file" not in sign_in(world.chair).get(url("holding")).content.decode()


def test_who_sent_what_in_is_their_own_partnership_s_to_know(world, sign_in):
    run = send(world)
    sending.read_waiting()
    file = CrimeFile.objects.get()
    elsewhere = reverse("figures:file", args=["gravesham", file.pk])

    said = sign_in(world.stranger).get(elsewhere).content.decode()

    assert str(world.officer) not in said
    assert str(world.partnership) in said
    assert str(world.officer) in sign_in(world.kent).get(url("file", file.pk)).content.decode()
    theirs = reverse("figures:run", args=["gravesham", run.pk])
    assert sign_in(world.stranger).get(theirs).status_code == 404


# ---- what is held -------------------------------------------------------------------------------


def test_nothing_is_held_yet(world, sign_in):
    assert "No street-crime file is held yet" in sign_in(world.chair).get(
        url("holding")
    ).content.decode()  # fmt: skip


def brought(tmp_path, months):
    files = {
        f"{month}-kent-street.csv": written(altered(rows(count=count), Month=month))
        for month, count in months.items()
    }
    importing.import_paths([archive(tmp_path, files=files)])


def test_the_grid_shows_gaps_and_unusual_months(world, sign_in, tmp_path):
    brought(tmp_path, {"2025-01": 90, "2025-02": 100, "2025-03": 20, "2025-05": 100})

    said = sign_in(world.chair).get(url("holding")).content.decode()

    assert "Kent Police, April 2025: not held" in said
    assert "Kent Police, March 2025: It has 20 rows" in said


def test_replaced_files_are_listed_apart(world, sign_in, tmp_path):
    brought(tmp_path, {"2025-01": 90})
    brought(tmp_path, {"2025-01": 95})
    client = sign_in(world.chair)
    older, newer = CrimeFile.objects.order_by("read_at")

    said = client.get(url("holding") + "?view=replaced").content.decode()
    table = client.get(url("holding_csv")).content.decode()

    assert url("file", older.pk) in said
    assert "Nothing of this file is counted" in client.get(
        url("file", older.pk)
    ).content.decode()  # fmt: skip
    assert older.sha256 in table
    assert newer.sha256 in table


def test_the_same_queries_at_one_month_and_at_sixty(world, sign_in, tmp_path):
    client = sign_in(world.chair)

    def queries():
        with CaptureQueriesContext(connection) as asked:
            client.get(url("holding"))
        return len(asked)

    brought(tmp_path, {"2020-01": 2})
    queries()  # the first asks what is remembered for the process
    one = queries()
    brought(tmp_path, {f"{year}-{month:02}": 3 for year in range(2020, 2025)
                       for month in range(1, 13)})  # fmt: skip

    assert queries() == one


def test_provenance_names_the_files_that_count_something_here(world, tmp_path):
    areas.load()
    importing.import_paths([streets.ARCHIVE], by=world.officer, partnership=world.partnership)
    asked = Selection(("E07000107",), datetime.date(2025, 1, 1), datetime.date(2025, 2, 1))

    found = sources(asked, world.partnership)

    assert [(each.force, f"{each.month:%m}", each.by_name) for each in found] == [
        ("British Transport Police", "01", str(world.officer)),
        ("Kent Police", "01", str(world.officer)),
        ("Kent Police", "02", str(world.officer)),
    ]  # fmt: skip
    assert all(len(each.sha256) == 64 for each in found)
    assert sources(asked.but(districts=("E07999999",))) == []
    assert {each.by_name for each in sources(asked)} == {str(world.partnership)}
