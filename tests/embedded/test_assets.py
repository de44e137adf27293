"""The front-end build: once, again when its sources change, and then without the network."""

import sys

from tests.embedded.conftest import run, without_network

BUILD = (sys.executable, "-P", "-m", "embedded.assets")


def build(checkout):
    done = run(*without_network(*BUILD), PYTHONPATH=str(checkout))
    assert done.returncode == 0, done.stderr
    return checkout / ".local" / "assets" / "app.css"


def test_builds_the_style_sheet_and_gathers_fonts_and_scripts(installed_checkout):
    style = build(installed_checkout)
    assets = style.parent
    assert 'url("fonts/' in style.read_text() or "url(fonts/" in style.read_text()
    assert len(list(assets.glob("fonts/*.woff2"))) == 4
    assert (assets / "fonts" / "LICENSE").exists()
    assert (assets / "govuk" / "govuk-frontend.min.js").exists()


def test_does_nothing_while_the_sources_stay_and_builds_again_when_they_change(installed_checkout):
    style = build(installed_checkout)
    first = style.stat().st_mtime_ns
    build(installed_checkout)
    assert style.stat().st_mtime_ns == first
    with (installed_checkout / "static" / "src" / "app.scss").open("a") as source:
        source.write("\n.added { color: red; }\n")
    build(installed_checkout)
    assert ".added{color:red}" in style.read_text()


def test_everything_the_style_sheet_refers_to_is_there(installed_checkout):
    style = build(installed_checkout)
    referred = {part.split(")")[0].strip("\"'") for part in style.read_text().split("url(")[1:]}
    files = {name.split("?")[0] for name in referred if not name.startswith(("data:", "#"))}
    assert [name for name in files if not (style.parent / name).exists()] == []


def test_a_mistake_in_a_source_shows_what_sass_said(installed_checkout):
    with (installed_checkout / "static" / "src" / "app.scss").open("a") as source:
        source.write("\n.broken { color: ")
    done = run(*without_network(*BUILD), PYTHONPATH=str(installed_checkout))
    assert done.returncode == 1
    assert "Expected expression" in done.stderr
    assert "Traceback" not in done.stderr
