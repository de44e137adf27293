"""Everybody is told, each once, whatever is killed at whatever point; and mail goes at least once.

The one place where a mail may go twice is between the mail server's taking it and the commit that
says so; there it carries the same Message-ID.
"""

import os
import random
import time

import pytest

from notices.workflow.points import POINTS, WINDOW
from tests.crash.ledger_service import BEATS, WORKERS, Ledger, wait_for
from tests.embedded.conftest import folder  # noqa: F401 - a fixture
from tests.notices import sink

ALL = os.environ.get("CSP_TEST_ALL") == "1"
KILLS = 50 if ALL else 1  # at each point
STOPS = 20 if ALL else 1  # of Postgres
PATIENCE = 180  # seconds for one kill, on a busy machine


@pytest.fixture
def ledger(folder):  # noqa: F811 - the fixture above
    with sink.listening() as mail, Ledger(folder, mail).running() as ledger:
        yield ledger


def plan() -> list[str]:
    """Each point as often as the others, in an order that is the same in every run."""
    chance = random.Random(1998)
    kills = [f"{point}:{chance.randint(1, 3)}" for point in POINTS for _ in range(KILLS)]
    chance.shuffle(kills)
    return kills


def test_everybody_is_told_once_whatever_is_killed(ledger, capsys):
    kills = plan()
    for beat in BEATS:
        ledger.begin(beat)
    while kills:  # four at a time, each with its own point; the dead are replaced
        batch = {name: kills.pop() for name in WORKERS if kills}
        for name, point in batch.items():
            ledger.begin(name, point)
        began = time.monotonic()
        while not all(ledger.dead(name) for name in batch):
            if ledger.waiting() < 40:  # enough to send, and moments in which a tick ends
                ledger.feed(10)
            assert time.monotonic() - began < PATIENCE, f"not killed: {batch}"
            time.sleep(0.2)
    by_kills = everything_told(ledger)

    for number in range(STOPS):
        ledger.feed(20)
        time.sleep(0.5 + (number % 5) / 5)
        ledger.stop_postgres()
    ledger.flush()
    by_stops = everything_told(ledger)

    ledger.stop_all()  # and for three days nothing runs
    ledger.flush()
    for ago in (13, 12, 11):
        ledger.feed(20, ago)
    everything_told(ledger)
    with capsys.disabled():
        print(
            f"\n{KILLS} kills at each of {len(POINTS)} points, {STOPS} stops of Postgres, the "
            f"broker flushed, three days of outage: {ledger.fed} to be told, 0 lost, 0 twice in "
            f"the ledger; {by_kills} and then {by_stops - by_kills} emails sent twice, all of them "
            "between the mail server's taking them and the commit"
        )


def everything_told(ledger: Ledger) -> int:
    """Wait until all is told; then nothing is lost and nothing told twice. How many mails were."""
    for name in (*BEATS, *WORKERS):
        if name not in ledger.processes or ledger.dead(name):
            ledger.begin(name)
    assert wait_for(lambda: ledger.waiting() == 0, 3 * PATIENCE), ledger.states()
    ((notices, different),) = ledger.ask(
        "SELECT COUNT(*), COUNT(DISTINCT (kind, subject_id, recipient_id, occurrence))"
        " FROM notices_notice"
    )
    assert (notices, different) == (ledger.fed, ledger.fed)
    assert ledger.ask("SELECT COUNT(*) FROM notices_delivery") == [(ledger.fed,)]
    mails = ledger.mails()
    identities = {row[0] for row in ledger.ask("SELECT message_id FROM notices_delivery")}
    assert identities == set(mails)
    twice = mails.total() - len(mails)
    reached = ledger.reached()
    cut_short = reached[WINDOW[0]] - reached["sent"]
    assert twice <= cut_short, f"{twice} mails sent twice, and {cut_short} were under way"
    return twice
