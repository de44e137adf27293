"""Papers on agendas, sent in by the officer as people send them."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.files.base import ContentFile
from django.db import connection

from core.markings import Marking
from meetings.workflow import agenda
from tests.documents import files


@pytest.fixture
def send_paper(world):
    """Put a two-page PDF on an agenda: ``send_paper(item, title=…, marking=…)``."""

    def send_paper(item, *, title="Quarter 2 figures", marking=Marking.OFFICIAL, by=None, **more):
        return agenda.add_paper(
            item, title=title, marking=marking, file=ContentFile(files.pdf(2), "figures.pdf"),
            by=by or world.officer, **more,
        )  # fmt: skip

    return send_paper


@pytest.fixture
def run_at_once():
    """Do the same in several threads at the same moment; answers or exceptions come back."""

    def run_at_once(deed, times):
        start = threading.Barrier(times)

        def attempt(_):
            start.wait()
            try:
                return deed()
            except Exception as problem:
                return problem
            finally:
                connection.close()

        with ThreadPoolExecutor(times) as pool:
            return list(pool.map(attempt, range(times)))

    return run_at_once
