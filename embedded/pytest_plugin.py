"""Gives a plain `pytest` run the local environment, and leaves out what this machine cannot run."""

import os
from collections.abc import Iterator
from contextlib import ExitStack

import pytest

from embedded import environment, system
from embedded.checkout import ROOT

servers = ExitStack()


@pytest.hookimpl(wrapper=True)
def pytest_load_initial_conftests() -> Iterator[None]:
    """Start the servers before pytest-django reads the settings: a wrapper runs before any hook."""
    os.environ.update(servers.enter_context(environment.running(tests=True)))
    yield


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Skip, with what to type, the tests whose system library or browser is missing."""
    missing = [need for need in (system.PANGO, system.CHROMIUM) if not system.is_there(need)]
    for item in items:
        for need in missing:
            if _needs(item, need):
                reason = f"{need.name} is missing: type {system.advice(need)}"
                item.add_marker(pytest.mark.skip(reason=reason))


def pytest_unconfigure() -> None:
    servers.close()


def _needs(item: pytest.Item, need: system.Need) -> bool:
    if need is system.CHROMIUM:
        return item.path.is_relative_to(ROOT / "tests" / "browser")
    return item.get_closest_marker("pdf") is not None
