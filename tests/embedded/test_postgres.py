"""The local database through what happens to it: crashes, crowds, leftovers and full disks."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import psycopg2
import pytest

from embedded import postgres, shared
from embedded.checkout import DISK_FULL, ROOT, Problem
from embedded.packages import SUPPORTED
from tests.embedded.conftest import apart, clean_environment, processes_naming, run, wait_until

USE = """
import sys, time
from pathlib import Path
from embedded import postgres
with postgres.running(Path(sys.argv[1])) as url:
    print(url, flush=True)
    time.sleep(float(sys.argv[2]))
"""


def ask(url, statement):
    connection = psycopg2.connect(url)
    connection.autocommit = True
    with connection.cursor() as cursor:
        cursor.execute(statement)
        answer = cursor.fetchone() if cursor.description else None
    connection.close()
    return answer


def start_user(folder, seconds):
    return subprocess.Popen(
        [sys.executable, "-c", USE, str(folder), str(seconds)],
        env=clean_environment(PYTHONPATH=str(ROOT)),
        stdout=subprocess.PIPE,
        text=True,
    )


def postmaster(server):
    return int((server.cluster / "postmaster.pid").read_text().split()[0])


@pytest.fixture
def server(folder):
    return postgres.Postgres(folder / "postgres")


def test_serves_our_database_to_a_role_without_superuser_rights(server):
    with shared.using(server):
        role = "SELECT current_user, rolsuper FROM pg_roles WHERE rolname = current_user"
        assert ask(server.url, role) == ("csp", False)
        assert ask(server.url, "SELECT current_database(), upper('é')") == ("csp", "É")


def test_checks_its_pages_and_listens_on_no_network(server):
    with shared.using(server):
        assert ask(server.url, "SHOW data_checksums") == ("on",)
        assert ask(server.url, "SHOW listen_addresses") == ("",)
        assert server.socket.stat().st_mode & 0o077 == 0


def test_waits_for_the_disk_everywhere_but_in_tests(folder, server):
    hasty = postgres.Postgres(folder / "tests", postgres.HASTY)
    for each, waits in ((server, "on"), (hasty, "off")):
        with shared.using(each):
            assert ask(each.url, "SHOW fsync") == (waits,)
            assert ask(each.url, "SHOW synchronous_commit") == (waits,)


def test_stops_after_its_last_user_and_keeps_what_was_written(server):
    with shared.using(server):
        ask(server.url, "CREATE TABLE kept AS SELECT 7 AS number")
    assert not server.running()
    with shared.using(server):
        assert ask(server.url, "SELECT number FROM kept") == (7,)


def test_one_user_leaving_does_not_stop_it_for_another(server):
    with shared.using(server):
        with shared.using(server):
            pass
        assert ask(server.url, "SELECT 1") == (1,)


def test_comes_back_after_kill_9_with_what_was_committed(server):
    with shared.using(server):
        ask(server.url, "CREATE TABLE kept AS SELECT 7 AS number")
        os.kill(postmaster(server), signal.SIGKILL)
    with shared.using(server):
        assert ask(server.url, "SELECT number FROM kept") == (7,)


def test_a_process_id_that_now_belongs_to_another_program_is_no_obstacle(server):
    with shared.using(server):
        pass
    stranger = subprocess.Popen(["sleep", "60"])
    record = f"{stranger.pid}\n{server.cluster}\n0\n5432\n"
    (server.cluster / "postmaster.pid").write_text(record)
    try:
        with shared.using(server):
            assert ask(server.url, "SELECT 1") == (1,)
    finally:
        stranger.kill()
        stranger.wait()


def test_a_first_start_that_was_cut_short_is_begun_again(server):
    unfinished = server.folder / "unfinished"
    unfinished.mkdir()
    (unfinished / "PG_VERSION").write_text("18")
    with shared.using(server):
        assert ask(server.url, "SELECT 1") == (1,)
    assert not unfinished.exists()


def test_several_first_starts_at_once_share_one_server(folder):
    users = [start_user(folder / "postgres", 1) for _ in range(4)]
    addresses = {user.communicate(timeout=60)[0] for user in users}
    assert [user.returncode for user in users] == [0, 0, 0, 0]
    assert len(addresses) == 1
    assert wait_until(lambda: not processes_naming(folder), 10)


def test_stops_soon_after_its_only_user_was_killed(folder):
    user = start_user(folder / "postgres", 60)
    assert user.stdout.readline().startswith("postgresql://")
    user.kill()
    user.communicate()
    assert wait_until(lambda: not processes_naming(folder), 10)


def test_lives_elsewhere_when_its_own_user_may_not_enter_the_checkout(folder):
    if os.geteuid() != 0:
        pytest.skip("only root starts Postgres as another user")
    closed = folder / "closed"
    closed.mkdir(mode=0o700)
    assert postgres.Postgres(closed / "postgres").folder.parent == Path("/var/tmp")


def test_a_person_who_is_not_root_runs_it_as_themselves(folder):
    python = Path("/usr/bin/python3")
    nobody = {"user": 65534, "group": 65534, "extra_groups": []}
    if os.geteuid() != 0 or run(python, "-c", SUPPORTED).returncode:
        pytest.skip("only root can be somebody else, with a Python that anybody may run")
    packages = Path(psycopg2.__file__).parent.parent
    (folder / "theirs").mkdir()
    os.chown(folder / "theirs", 65534, 65534)
    user = subprocess.Popen(
        [python, "-c", USE, folder / "theirs" / "postgres", "0"],
        env=clean_environment(PYTHONPATH=f"{ROOT}:{packages}"),
        stdout=subprocess.PIPE,
        text=True,
        **nobody,
    )
    assert user.communicate(timeout=60)[0].startswith("postgresql://")
    assert user.returncode == 0


def test_a_cluster_of_another_user_is_refused_in_one_sentence(server):
    if os.geteuid() != 0:
        pytest.skip("only root can give a folder away")
    server.cluster.mkdir()
    os.chown(server.cluster, 1, 1)
    with pytest.raises(Problem, match="belongs to another user"), shared.using(server):
        pass


def test_a_full_disk_is_told_in_one_sentence(installed_checkout):
    small_disk = f"mount -t tmpfs -o size=8m,mode=755 none {installed_checkout / '.local'}"
    command = f"{small_disk} && exec {installed_checkout / 'bin' / 'manage'} check"
    done = run(*apart("--mount", "sh", "-c", command))
    assert done.returncode == 1
    assert done.stderr.strip() == DISK_FULL
