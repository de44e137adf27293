"""Which pytest runs `bin/test` makes of its arguments."""

from embedded import suite, system


def test_the_browser_has_a_run_of_its_own_after_the_rest(monkeypatch):
    monkeypatch.setenv("CHROMIUM", "/usr/bin/true")
    assert suite.invocations(["-x"]) == [
        ["tests", "--ignore=tests/browser", "-x"],
        ["tests/browser", "-x"],
    ]


def test_named_tests_make_one_run(monkeypatch):
    monkeypatch.setenv("CHROMIUM", "/usr/bin/true")
    chosen = ["tests/embedded/test_suite.py::test_named_tests_make_one_run", "-q"]
    assert suite.invocations(chosen) == [chosen]


def test_without_a_browser_the_rest_still_runs(monkeypatch):
    monkeypatch.delenv("CHROMIUM", raising=False)
    monkeypatch.setenv("PATH", "")
    monkeypatch.setattr(system, "MAC_BROWSERS", ())
    assert suite.invocations([]) == [["tests", "--ignore=tests/browser"]]
