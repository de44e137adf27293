"""Which pytest runs `bin/test` makes of its arguments, and what comes of them."""

import os
import sys

import pytest

from embedded import suite, system
from embedded.checkout import ROOT
from tests.conftest import LONGEST


def test_the_browser_has_a_run_of_its_own_beside_the_rest(monkeypatch):
    monkeypatch.setenv("CHROMIUM", "/usr/bin/true")
    assert suite.invocations(["-x"]) == [
        ["tests", "--ignore=tests/browser", *suite.SPREAD, "-x"],
        ["tests/browser", "-x"],
    ]


def test_the_files_to_begin_with_are_there():
    assert [name for name in LONGEST if not (ROOT / "tests" / name).is_file()] == []


def test_named_tests_make_one_run(monkeypatch):
    monkeypatch.setenv("CHROMIUM", "/usr/bin/true")
    chosen = ["tests/embedded/test_suite.py::test_named_tests_make_one_run", "-q"]
    assert suite.invocations(chosen) == [chosen]


def test_without_a_browser_the_rest_still_runs(monkeypatch):
    monkeypatch.delenv("CHROMIUM", raising=False)
    monkeypatch.setenv("PATH", "")
    monkeypatch.setattr(system, "MAC_BROWSERS", ())
    assert suite.invocations([]) == [["tests", "--ignore=tests/browser", *suite.SPREAD]]


@pytest.mark.parametrize(("rest", "browser", "whole"), [(0, 0, 0), (0, 1, 1), (1, 0, 1), (5, 0, 0)])
def test_either_run_that_fails_fails_the_whole_and_is_shown(
    monkeypatch, tmp_path, capfd, rest, browser, whole
):
    runs = [
        ["-c", f"import sys; print('the rest'); sys.exit({rest})"],
        ["-c", f"import os, sys; print(os.environ['TEST_DATABASE_NAME']); sys.exit({browser})"],
    ]
    monkeypatch.setattr(suite, "invocations", lambda arguments: runs)
    monkeypatch.setattr(suite, "command_of", lambda chosen: [sys.executable, *chosen])
    monkeypatch.setattr(suite, "BESIDE", tmp_path / "browser.log")
    assert suite.run([], {**os.environ, "TEST_DATABASE_NAME": "test_here"}) == whole
    said = capfd.readouterr().out
    assert "the rest" in said
    assert "test_here_browser" in said
