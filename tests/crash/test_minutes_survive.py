"""What the page called saved is in the database, whatever is killed while minutes are taken."""

import os
import random
from threading import Timer

import pytest

from tests.crash.service import Service
from tests.crash.typist import Typist
from tests.embedded.conftest import folder  # noqa: F401 - a fixture

KILLS = 50 if os.environ.get("CSP_TEST_ALL") == "1" else 6
PARTS = ("web", "worker", "postgres")
SOON = 0.8  # seconds within which a part is killed while the typist goes on typing


@pytest.fixture
def service(folder):  # noqa: F811 - the fixture above
    with Service(folder).running() as service:
        yield service


def plan() -> list[tuple[str, float]]:
    """Each part in turn as often as the others, at moments that are the same in every run."""
    chance = random.Random(1998)
    parts = [PARTS[number % len(PARTS)] for number in range(KILLS)]
    chance.shuffle(parts)
    return [(part, chance.uniform(0.01, SOON)) for part in parts]


def test_all_text_that_was_called_saved_is_in_the_database(service, capsys):
    typist = Typist(service.address, service.path)
    typist.sign_in("hazel.okafor@example.test")
    for number, (part, moment) in enumerate(plan(), 1):
        killer = Timer(moment, service.kill, [part])
        killer.start()
        while killer.is_alive():
            typist.type()
        typist.type()
        if part == "postgres":
            service.revive(part)
        kept = service.kept()
        assert kept in typist.typed[typist.saved :], (
            f"kill {number} ({part}): the page called {typist.typed[typist.saved]!r} saved, "
            f"and the database holds {kept!r}"
        )
        if part != "postgres":
            service.revive(part)
    typist.type()

    assert service.kept() == typist.typed[-1]
    with capsys.disabled():
        print(f"\n{KILLS} kills while {typist.tries} texts were sent; none called saved was lost")
