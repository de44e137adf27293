"""Nothing that a person does waits for the broker, even one that takes connections in silence."""

import re
import socket
import statistics
import threading
import time
from contextlib import contextmanager
from pathlib import Path

import pytest

import csp
from core import waking
from csp.celery import app
from notices import workflow
from notices.models import Delivery
from notices.tasks import tick

ROOT = Path(csp.__file__).parent.parent
ROOMS = ("accounts", "audit", "membership", "notices", "documents", "actions", "figures",
         "meetings", "assessments", "triggers", "dhr", "dashboards", "demo", "csp",
         "core")  # fmt: skip
ROUNDS = 15


@contextmanager
def silence():
    """Takes every connection and never says a word; gives the list of those it took."""
    listener = socket.create_server(("127.0.0.1", 0))
    taken = []

    def take():
        while True:
            try:
                taken.append(listener.accept()[0])
            except OSError:
                return

    threading.Thread(target=take, daemon=True).start()
    try:
        yield listener.getsockname()[1], taken
    finally:
        listener.close()
        for each in taken:
            each.close()


@pytest.fixture
def silent(monkeypatch):
    with silence() as (port, taken):
        monkeypatch.setattr(app.conf, "broker_url", f"redis://127.0.0.1:{port}/0")
        monkeypatch.setattr(app.conf, "broker_read_url", f"redis://127.0.0.1:{port}/0")
        monkeypatch.setattr(app.conf, "broker_write_url", f"redis://127.0.0.1:{port}/0")
        app._after_fork()  # it forgets the connections that it has
        yield taken
    app._after_fork()


def seconds(client):
    """What a person's morning takes: five pages and one thing done, by the clock."""
    began = time.perf_counter()
    for address in ("/", "/notices/", "/dartford/meetings/", "/dartford/actions/",
                    "/dartford/reminders/"):  # fmt: skip
        assert client.get(address).status_code == 200
    client.post("/notices/read/")
    return time.perf_counter() - began


def test_no_page_asks_anything_of_a_broker_that_is_silent(world, sign_in, request, capsys):
    client = sign_in(world.officer)
    seconds(client)
    before = [seconds(client) for _ in range(ROUNDS)]
    taken = request.getfixturevalue("silent")
    after = [seconds(client) for _ in range(ROUNDS)]

    ratio = statistics.median(after) / statistics.median(before)
    with capsys.disabled():
        print(f"\nPages with a silent broker take {ratio:.2f} times as long as with ours")
    assert taken == []


def test_telling_people_asks_nothing_of_the_broker(world, silent):
    workflow.tell([world.kent], kind="agenda-published", about=world.board, text="It is out",
                  url="/", partnership=world.partnership)  # fmt: skip
    assert Delivery.objects.count() == 1
    assert silent == []


def test_the_silent_broker_would_be_noticed(world, silent):
    with pytest.raises(Exception, match=r"."):
        tick.delay()
    assert silent


def test_a_worker_is_woken_without_waiting_for_the_broker():
    answered = threading.Event()
    waking.on_the_side(answered.wait)  # to wait for this would be to wait for ever
    answered.set()


def test_no_room_calls_the_broker_on_the_way_to_an_answer():
    asks = re.compile(r"\.(delay|apply_async|send_task)\(")
    found = [
        str(path.relative_to(ROOT))
        for room in ROOMS
        for path in (ROOT / room).rglob("*.py")
        if asks.search(path.read_text())
    ]
    assert found == []
