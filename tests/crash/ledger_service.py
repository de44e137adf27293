"""Beats and workers on a real broker, a real Postgres and a mail server of our own."""

import os
import signal
import sys
import time
from collections import Counter
from contextlib import contextmanager, suppress

import psycopg2
import redis

from embedded import shared
from embedded.checkout import locked
from embedded.processes import background, end
from tests import migrated
from tests.crash.service import Service
from tests.notices import sink

BEATS = ("beat-1", "beat-2")
WORKERS = ("worker-1", "worker-2", "worker-3", "worker-4")

FEED = """
WITH cycle AS (
  INSERT INTO notices_cycle (id, partnership_id, key, title, source, owner, every, month, day,
    starts_on)
  SELECT gen_random_uuid(), partnership.id, %(name)s || '-' || number, 'Duty', 'The law',
    'officers', 'year', 1, 1, '2024-01-01'
  FROM membership_partnership partnership, generate_series(1, %(count)s) AS number
  WHERE partnership.slug = 'dartford'
  RETURNING id
)
INSERT INTO notices_turn (id, cycle_id, first_due_on, due_on, moved_because, evidence)
SELECT gen_random_uuid(), id, CURRENT_DATE - %(ago)s, CURRENT_DATE - %(ago)s, '', '' FROM cycle
"""


class Ledger(Service):
    """The part of a deployment that tells people."""

    def __init__(self, folder, mail: sink.Server) -> None:
        super().__init__(folder)
        self.mail = mail
        self.journal = folder / "journal"
        self.variables |= {
            "EMAIL_URL": f"smtp://127.0.0.1:{mail.port}",
            "CSP_JOURNAL": str(self.journal),
        }
        self.fed = 0

    @contextmanager
    def running(self):
        """Up for the length of the block, and gone after it, whatever happened in it."""
        with shared.using(self.postgres), shared.using(self.broker):
            try:
                migrated.fill(self.postgres.url)
                self.run("-m", "tests.crash.ledger_data")
                yield self
            finally:
                end(self.processes.values())

    def begin(self, name: str, die_at: str = "") -> None:
        """Start a beat or a worker, which may have a point at which it is to die."""
        celery = [sys.executable, "-m", "celery", "-A", "tests.crash.ledger_app"]
        if name in BEATS:
            arguments = [*celery, "beat", f"--schedule={self.folder / name}"]
        else:
            quiet = ("--without-gossip", "--without-mingle", "--without-heartbeat")
            pool = ("--pool=threads", "--concurrency=1", f"--hostname={name}@%h")
            arguments = [*celery, "worker", *pool, *quiet]
        variables = {**self.variables, "CSP_KILL_AT": die_at}
        self.processes[name] = background(arguments, variables, self.folder / f"{name}.log")

    def dead(self, name: str) -> bool:
        return self.processes[name].poll() is not None

    def stop_all(self) -> None:
        """As when a machine is switched off."""
        for process in self.processes.values():
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()

    def stop_postgres(self) -> None:
        """An immediate stop, and up again."""
        self.kill("postgres")
        with locked(self.postgres.folder / "server.lock"):
            self.postgres.start()

    def flush(self) -> None:
        """The broker forgets all that it holds."""
        redis.Redis.from_url(self.broker.url.replace("redis+socket", "unix")).flushall()

    # ---- what is there to be told, and what was -------------------------------------------------

    def ask(self, sql: str, **parameters):
        """The rows of a statement; tried again while Postgres comes up."""
        for _ in range(200):
            try:
                connection = psycopg2.connect(self.postgres.url)
            except psycopg2.OperationalError:
                time.sleep(0.1)
                continue
            try:
                with connection, connection.cursor() as cursor:
                    cursor.execute(sql, parameters)
                    return cursor.fetchall() if cursor.description else []
            except psycopg2.OperationalError:
                time.sleep(0.1)
            finally:
                connection.close()
        raise AssertionError("Postgres did not come up again.")

    def feed(self, count: int, ago: int = 10) -> None:
        """So many duties more, due so many days ago."""
        self.fed += count
        self.ask(FEED, name=f"feed-{self.fed}", count=count, ago=ago)

    def waiting(self) -> int:
        """How many duties nobody was told of by email yet."""
        sent = "SELECT COUNT(*) FROM notices_delivery WHERE state = 'sent'"
        return self.fed - self.ask(sent)[0][0]

    def states(self) -> str:
        """How the deliveries stand, to say what is wrong."""
        rows = self.ask("SELECT state, COUNT(*) FROM notices_delivery GROUP BY state")
        return f"{self.waiting()} of {self.fed} were not told: {rows}"

    def reached(self) -> Counter[str]:
        """How often each point was reached, over all processes there have been."""
        return Counter(self.journal.read_text().split()) if self.journal.exists() else Counter()

    def mails(self) -> Counter[str]:
        """How often the mail server took each mail."""
        return Counter(message["Message-ID"] for _, message in list(self.mail.mails))


def wait_for(what, seconds: float) -> bool:
    deadline = time.monotonic() + seconds
    while not what():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.05)
    return True


__all__ = ["BEATS", "WORKERS", "Ledger", "wait_for"]
