"""``manage.py export_minutes``."""

import pytest
from django.core.management import CommandError, call_command

from tests import pdf_text
from tests.meetings import held as at_hand
from tests.meetings.held import SEPTEMBER, at

CANARY = "Zwartkop"


@pytest.fixture
def meeting(world):
    made = at_hand.held(world)
    with at(SEPTEMBER):
        at_hand.write(at_hand.performance(made), "Figures rose.", world.officer)
        at_hand.write(at_hand.reviews(made), f"{CANARY} named.", world.officer)
        yield made


@pytest.mark.pdf
@pytest.mark.parametrize(("rendition", "named"), [("public", False), ("restricted", True)])
def test_each_rendition_is_written_to_the_file(meeting, tmp_path, capsys, rendition, named):
    path = tmp_path / "minutes.pdf"
    name = f"dartford/{meeting.slug}"
    call_command("export_minutes", name, "--rendition", rendition, "--output", str(path))
    words = "\n".join(pdf_text.pages(path.read_bytes()))
    assert "Figures rose." in words
    assert (CANARY in words) is named
    assert f"written to {path}" in capsys.readouterr().out


@pytest.mark.pdf
def test_the_partnership_may_be_left_out(meeting, tmp_path):
    path = tmp_path / "minutes.pdf"
    call_command("export_minutes", meeting.slug, "--output", str(path))
    assert path.read_bytes().startswith(b"%PDF")


def test_unknown_meetings_and_those_not_yet_held_are_refused(world, tmp_path):
    path = str(tmp_path / "minutes.pdf")
    with pytest.raises(CommandError, match="no meeting"):
        call_command("export_minutes", "board-1999-01-01", "--output", path)
    announced = at_hand.announced(world)
    with pytest.raises(CommandError, match="has not been held"):
        call_command("export_minutes", announced.slug, "--output", path)


def test_a_subgroup_has_no_public_minutes(world, tmp_path):
    made = at_hand.held(world, group=world.dvacs_group, chair=world.dvacs)
    with pytest.raises(CommandError, match="not public"):
        call_command("export_minutes", made.slug, "--output", str(tmp_path / "minutes.pdf"))


@pytest.mark.pdf
def test_a_file_that_cannot_be_written_is_said(meeting, tmp_path):
    with pytest.raises(CommandError):
        call_command("export_minutes", meeting.slug, "--output", str(tmp_path))
