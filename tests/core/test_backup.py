"""A backup is brought back into a fresh cluster, equal to the last byte; a damaged one is not."""

import os
import random
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.management import CommandError, call_command
from django.db import connection

from core import backup
from core.backup import archive, programs
from documents import workflow as documents
from embedded.manage import fresh_cluster
from tests import world as worlds

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(scope="module")
def elsewhere():
    """An empty database in a fresh cluster."""
    with fresh_cluster() as url:
        yield url


@pytest.fixture
def empty(elsewhere):
    """The same, empty again after each test."""
    yield elsewhere
    with backup.Place.at(elsewhere).connect() as database:
        database.cursor().execute("DROP SCHEMA public CASCADE; CREATE SCHEMA public")


@pytest.fixture
def world(transactional_db):
    """A small partnership with a restricted paper in it."""
    world = worlds.build()
    documents.add_document(
        world.board, title="Figures", marking="sensitive", by=world.officer,
        file=ContentFile("möglich,1\n".encode(), "figures.csv"),
    )  # fmt: skip
    return world


@pytest.fixture
def made(world, tmp_path):
    """A backup of it."""
    file = tmp_path / "monday.backup"
    backup.make(file, place=backup.Place.ours())
    return file


def test_what_comes_back_is_what_was_there_table_by_table(made, empty):
    manifest = backup.restore(made, place=backup.Place.at(empty))
    with programs.connected(backup.Place.at(empty)) as copy:
        assert backup.difference(manifest.tables, backup.digests(copy)) == []
        with copy.cursor() as cursor:
            cursor.execute("SELECT data FROM documents_content")
            assert [bytes(data) for (data,) in cursor.fetchall()] == ["möglich,1\n".encode()]
    assert manifest.tables["membership_seat"].rows > 5


def test_a_backup_is_for_its_owner_alone_and_holds_no_secret_key(made):
    assert made.stat().st_mode & 0o077 == 0
    assert settings.SECRET_KEY.encode() not in made.read_bytes()


def test_people_may_go_on_working_while_it_is_made(world, tmp_path, monkeypatch, empty):
    """What is saved between the digests and the dump is in neither."""
    run = programs.run

    def save_then_run(*arguments, **words):
        if connection.alias:
            worlds.person("Late Comer")
        return run(*arguments, **words)

    monkeypatch.setattr(programs, "run", save_then_run)
    made = tmp_path / "busy.backup"
    backup.make(made, place=backup.Place.ours())
    monkeypatch.undo()
    manifest = backup.restore(made, place=backup.Place.at(empty))
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM accounts_user")
        assert manifest.tables["accounts_user"].rows == cursor.fetchone()[0] - 1


def test_one_changed_value_is_noticed(made, empty):
    place = backup.Place.at(empty)
    manifest = backup.restore(made, place=place)
    with place.connect() as copy:
        copy.cursor().execute(
            "UPDATE membership_agency SET name = 'Kent' WHERE id = "
            "(SELECT id FROM membership_agency LIMIT 1)"
        )
    with programs.connected(place) as copy:
        words = backup.difference(manifest.tables, backup.digests(copy))
    assert words == ["membership_agency has other contents."]


def test_a_sequence_that_fell_behind_is_noticed():
    """Else the copy would give out numbers a second time."""
    was, now = {"sequence a": backup.Table(1, reached=7)}, backup.Table(1, reached=6)
    assert backup.difference(was, {"sequence a": now}) == ["sequence a has other contents."]
    assert backup.difference(was, {"sequence a": backup.Table(1, reached=8)}) == []


@pytest.mark.parametrize("kept", [0.0, 0.2, 0.9, 0.9999])
def test_a_truncated_backup_is_refused_and_nothing_is_restored(made, empty, kept):
    made.write_bytes(made.read_bytes()[: int(made.stat().st_size * kept)])
    with pytest.raises(backup.Damaged):
        backup.restore(made, place=backup.Place.at(empty))
    with programs.connected(backup.Place.at(empty)) as copy:
        assert backup.digests(copy) == {}


def test_a_single_flipped_bit_is_refused_wherever_it_is(made):
    whole, chance = made.read_bytes(), random.Random(7)
    places = [0, len(whole) - 1, *(chance.randrange(len(whole)) for _ in range(60))]
    for place in places:
        flipped = bytearray(whole)
        flipped[place] ^= 1 << chance.randrange(8)
        made.write_bytes(flipped)
        with pytest.raises(backup.Damaged), archive.opened(made):
            pass


def test_a_database_that_holds_something_is_never_written_over(made):
    with pytest.raises(CommandError, match="already holds"):
        call_command("restore", str(made))


def test_a_backup_never_takes_the_place_of_a_file(made):
    before = made.read_bytes()
    with pytest.raises(CommandError, match="there already"):
        call_command("backup", str(made))
    assert made.read_bytes() == before


def test_the_drill_backs_up_restores_compares_and_uses_the_copy(world, elsewhere, capsys):
    call_command("drill", into=elsewhere)
    said = capsys.readouterr().out
    assert "1 files are as they were sent in." in said
    assert said.endswith("The drill passed.\n")
    with programs.connected(backup.Place.at(elsewhere)) as copy:
        assert backup.digests(copy) == {}, "the copy is taken away"


def test_the_drill_fails_on_a_damaged_backup(world, elsewhere, monkeypatch):
    make = archive.make

    def damage(file: Path, **words):
        manifest = make(file, **words)
        whole = bytearray(file.read_bytes())
        whole[len(whole) // 2] ^= 4
        file.write_bytes(whole)
        return manifest

    monkeypatch.setattr(archive, "make", damage)
    with pytest.raises(CommandError, match="damaged"):
        call_command("drill", into=elsewhere)


def test_the_drill_never_empties_a_database_that_holds_something(world):
    ours = backup.Place.ours()
    url = f"postgresql://{ours.user}@/{ours.dbname}?host={ours.host}"
    with pytest.raises(CommandError, match=r"already holds|drill failed"):
        call_command("drill", into=url)
    assert worlds.User.objects.filter(pk=world.officer.pk).exists()


def test_without_postgres_programs_it_says_what_to_do(monkeypatch):
    monkeypatch.setattr(programs, "_packaged", list)
    monkeypatch.setenv("PATH", "/nowhere")
    with pytest.raises(backup.Failed, match="Install Postgres’ client programs"):
        programs.find("pg_dump")


def test_the_commands_work_from_a_shell(world, tmp_path):
    """As an operator types them; the test's database is the one they are pointed at."""
    ours = backup.Place.ours()
    url = f"postgresql://{ours.user}@{ours.host.replace('/', '%2F')}/{ours.dbname}"
    done = subprocess.run(
        [sys.executable, settings.BASE_DIR / "manage.py", "backup", tmp_path / "one"],
        env={**os.environ, "DATABASE_URL": url}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert "Keep SECRET_KEY with it" in done.stdout
