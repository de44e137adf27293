"""The feed in a calendar program that other people wrote: vdirsyncer fetches it, khal shows it."""

import datetime
import subprocess
import sys
import urllib.request

import pytest

from meetings.workflow import feeds, schedule
from tests.meetings.held import DECEMBER, MARCH, NOVEMBER, PLACE, at

SYNC = """[general]
status_path = "{home}/status/"
[pair meetings]
a = "here"
b = "there"
collections = null
conflict_resolution = "b wins"
[storage here]
type = "filesystem"
path = "{home}/events/"
fileext = ".ics"
[storage there]
type = "http"
url = "{address}"
"""

SHOW = """[calendars]
[[meetings]]
path = {home}/events/
[locale]
local_timezone = Europe/London
default_timezone = Europe/London
timeformat = %H:%M
dateformat = %Y-%m-%d
longdateformat = %Y-%m-%d
datetimeformat = %Y-%m-%d %H:%M
longdatetimeformat = %Y-%m-%d %H:%M
[sqlite]
path = {home}/khal.db
"""


class Program:
    """Somebody's calendar program, which subscribes to an address."""

    def __init__(self, home, address):
        self.home = home
        for name in ("events", "status"):
            (home / name).mkdir()
        (home / "sync").write_text(SYNC.format(home=home, address=address))
        (home / "show").write_text(SHOW.format(home=home))
        self.run("vdirsyncer", "sync", "discover", said="y\n" * 9)

    def run(self, program, settings, *words, said=""):
        done = subprocess.run(
            [sys.executable, "-m", program, "--config", str(self.home / settings), *words],
            input=said, capture_output=True, text=True, timeout=60, check=True,
            env={"HOME": str(self.home), "LC_ALL": "C.UTF-8", "PATH": ""},
        )  # fmt: skip
        return done.stdout

    def fetch(self):
        """Look for news, and list what is to come."""
        self.run("vdirsyncer", "sync", "sync")
        return self.listed()

    def listed(self):
        out = self.run(
            "khal", "show", "list", "--day-format", "", "--format",
            "{start} to {end-time}|{title}|{location}", "2026-11-01", "2027-11-01",
        )  # fmt: skip
        return [line for line in out.splitlines() if line]


@pytest.fixture
def program(live_server, world, tmp_path):
    """Bryony Clarke's program. It is 24 November 2026 where the server is."""
    with at(NOVEMBER, 9):
        schedule.schedule(world.board, on=DECEMBER, **PLACE, by=world.officer)
        schedule.schedule(world.board, on=MARCH, **PLACE, by=world.officer)
        address = f"{live_server.url}/calendar/{feeds.make(by=world.kent)}.ics"
        yield Program(tmp_path, address)


def test_a_move_moves_the_event_and_a_cancellation_removes_it(program, world):
    assert program.fetch() == [
        "2026-12-09 10:00 to 12:00|Dartford Board meeting|Council Chamber",
        "2027-03-10 10:00 to 12:00|Dartford Board meeting|Council Chamber",
    ]
    first, second = world.board.meetings.order_by("on")
    schedule.move(
        first, on=datetime.date(2027, 6, 16), starts_at=datetime.time(14),
        ends_at=datetime.time(15, 30), venue="Library", online=False, reason="Purdah",
        by=world.officer,
    )  # fmt: skip
    assert program.fetch() == [  # British Summer Time, by the same clock on the wall
        "2027-03-10 10:00 to 12:00|Dartford Board meeting|Council Chamber",
        "2027-06-16 14:00 to 15:30|Dartford Board meeting|Library",
    ]
    schedule.cancel(second, reason="No quorum", by=world.officer)
    assert program.fetch() == ["2027-06-16 14:00 to 15:30|Dartford Board meeting|Library"]


def test_a_file_added_again_changes_the_same_event(program, world, live_server, tmp_path):
    meeting = world.board.meetings.get(on=DECEMBER)
    url = f"{live_server.url}/dartford/public/meetings/{meeting.slug}/calendar.ics"

    def add():
        with urllib.request.urlopen(url) as answer:
            (tmp_path / "one.ics").write_bytes(answer.read())
        program.run("khal", "show", "import", "--batch", str(tmp_path / "one.ics"))
        return program.listed()

    assert add() == ["2026-12-09 10:00 to 12:00|Dartford Board meeting|Council Chamber"]
    schedule.move(
        meeting, on=datetime.date(2026, 12, 16), starts_at=datetime.time(9),
        ends_at=datetime.time(11), venue="Library", online=False, reason="The room is taken",
        by=world.officer,
    )  # fmt: skip
    assert add() == ["2026-12-16 09:00 to 11:00|Dartford Board meeting|Library"]
