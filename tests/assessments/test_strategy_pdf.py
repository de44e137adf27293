"""The PDF of a strategy, the leaflet, the public edition, and the command that writes them."""

import datetime
import hashlib
import io

import page as validator
import pikepdf
import pytest
from django.core.management import CommandError, call_command
from pikepdf import NameTree

from assessments.editions import content, document
from assessments.models import Edition, EditionFile, EditionStatus
from assessments.workflow import strategy
from core.workflow import Wrong
from documents.models import Publication
from figures.models import Outline
from notices.models import Turn
from notices.workflow import turns
from tests import pdf_text
from tests.assessments import planning, writing
from tests.assessments.planning import ADOPTED, TODAY, URL, at

pytestmark = pytest.mark.pdf

SQUARE = [[[[0.2, 51.4], [0.3, 51.4], [0.3, 51.5], [0.2, 51.5], [0.2, 51.4]]]]


@pytest.fixture
def edition(world):
    writing.crime(world)
    for number in range(2):
        Outline.objects.create(
            area_code=f"E0500000{number}", district_id="E07000107", layer="ward", vintage=2025,
            polygons=SQUARE, source="ONS",
        )  # fmt: skip
    with at(TODAY):
        planning.plan(world)
    return planning.adopted(world)


def words_of(data):
    return " ".join(pdf_text.pages(data))


def test_the_pdf_is_accessible_and_the_same_each_time(edition):
    first = document.pdf(edition, edition.frozen)
    again = document.pdf(Edition.objects.get(pk=edition.pk), edition.frozen)

    assert hashlib.sha256(first).hexdigest() == hashlib.sha256(again).hexdigest()
    report = validator.validate_pdf_bytes(first, profile="ua1")
    assert report.is_compliant, report
    said = words_of(first)
    for words in ("Our plan on a page", "Delivery plan 2026/27", "Priority 1", "Mark bicycles",
                  "Protecting Places", "October to December 2024", "Words used here"):  # fmt: skip
        assert words in said


def test_the_contents_lead_to_the_pages_that_they_name(edition):
    made = document.pdf(edition, edition.frozen)
    words = pdf_text.pages(made)
    with pikepdf.open(io.BytesIO(made)) as opened:
        numbers = {page.obj.objgen: number for number, page in enumerate(opened.pages)}
        targets = {
            str(name): numbers[where[0].objgen]
            for name, where in NameTree(opened.Root.Names.Dests).items()
        }
        contents = opened.pages[1]
        links = [str(link.get("/Dest") or link.A.D) for link in contents.Annots]

    for link, heading in {
        "plan": "Our plan on a page", "area": "what was reported there",
        "priority-1": "Priority 1", "delivery": "Delivery plan", "contacts": "Contacts",
    }.items():  # fmt: skip
        assert link in links
        assert heading in words[targets[link]]


def test_the_leaflet_is_two_accessible_pages(edition):
    data = document.pdf(edition, edition.frozen, "leaflet")

    assert len(pdf_text.pages(data)) == 2
    assert validator.validate_pdf_bytes(data, profile="ua1").is_compliant


def test_what_was_adopted_does_not_change_with_the_figures(world, edition):
    writing.crime(world, first=datetime.date(2026, 1, 1), last=datetime.date(2026, 3, 1), n=9)
    action = edition.priorities.get().objectives.get().delivery.first().action
    action.text = "Something else"
    action.save()
    kept = content.of(Edition.objects.get(pk=edition.pk), datetime.date(2026, 9, 1))

    assert kept == edition.frozen
    assert "Something else" not in str(kept)


def test_it_is_made_in_the_background_then_published_for_everybody(world, edition, sign_in, client):
    officer = sign_in(world.officer)
    with at(ADOPTED, 16):
        assert "Refresh" in officer.get(f"{URL}files/")
        assert "Refresh" not in officer.get(f"{URL}files/?still")
        with pytest.raises(Wrong, match="not ready yet"):
            strategy.publish(edition, by=world.officer)
        assert strategy.make_waiting() == 2
        assert officer.get(f"{URL}files/strategy/")["Content-Type"] == "application/pdf"
        assert officer.post(f"{URL}publish/").status_code == 302
    published = Edition.objects.get(pk=edition.pk)
    assert published.status == EditionStatus.PUBLISHED
    publication = Publication.objects.get()
    page = client.get(publication.get_absolute_url()).content.decode()
    assert "A safer borough." in page
    assert "Mark bicycles" in page
    assert f"{URL}leaflet/" in page
    assert client.get(f"{URL}leaflet/")["Content-Type"] == "application/pdf"
    assert client.get(URL).status_code == 302


def test_a_file_that_could_not_be_made_says_so_and_is_made_again(world, edition, monkeypatch):
    def broken(*args):
        raise RuntimeError("canary")

    with monkeypatch.context() as patched:
        patched.setattr(document, "pdf", broken)
        strategy.make_waiting()
    files = EditionFile.objects.filter(edition=edition)
    assert {each.state for each in files} == {"failed"}
    assert "canary" not in files[0].problem
    with at(ADOPTED, 16):
        strategy.ask(edition, by=world.officer)
    assert {each.state for each in files.all()} == {"waiting"}


def test_the_command_writes_the_edition_that_holds(edition, tmp_path, capsys):
    with at(datetime.date(2026, 5, 1)):
        for name in ("one.pdf", "two.pdf"):
            call_command("export_strategy", "dartford", year=2026, output=tmp_path / name)
        call_command("export_strategy", "dartford", year=2027, leaflet=True,
                     output=tmp_path / "leaflet.pdf")  # fmt: skip
        assert (tmp_path / "one.pdf").read_bytes() == (tmp_path / "two.pdf").read_bytes()
        for given, says in (
            ({"year": 2025}, "No adopted edition holds for 2025/26. There are editions of: 2026"),
            ({"year": 20}, "20 is not a year"),
            ({"year": 2026, "output": tmp_path / "nowhere" / "x.pdf"}, "cannot be written"),
        ):
            with pytest.raises(CommandError, match=says):
                call_command("export_strategy", "dartford",
                             **{"output": tmp_path / "x.pdf"} | given)  # fmt: skip
        with pytest.raises(CommandError, match="There is: dartford, gravesham"):
            call_command("export_strategy", "kent", year=2026, output=tmp_path / "x.pdf")
    assert not list(tmp_path.glob(".*.part"))


def test_the_years_duties_are_found_done(world, edition):
    def done():
        while turns.find_done(datetime.date(2026, 5, 1)):
            pass
        found = Turn.objects.filter(
            cycle__key__in=("three-year-strategy", "strategy-to-pcc", "public-summary"),
            first_due_on__year=2026,
        )  # fmt: skip
        return {each.cycle.key: each.done_on for each in found}

    with at(datetime.date(2026, 1, 2)):
        turns.look_ahead(datetime.date(2026, 1, 2))
    with at(datetime.date(2026, 4, 1)):
        strategy.make_waiting()
        published = strategy.publish(edition, by=world.officer)
        strategy.sent_to_commissioner(
            published, on=datetime.date(2026, 4, 1), how="Email", by=world.officer
        )
    with at(datetime.date(2026, 5, 1)):
        assert done() == {
            "three-year-strategy": datetime.date(2026, 4, 1),
            "strategy-to-pcc": datetime.date(2026, 4, 1),
            "public-summary": datetime.date(2026, 4, 1),
        }
