"""The command that makes the first partnership of an installation."""

import pytest
from django.core.management import CommandError, call_command

from core import clock
from membership import queries
from membership.models import Partnership

GIVEN = {
    "name": "Ashford Community Safety Partnership", "place": "Ashford", "area": "E07000105",
    "council": "Ashford Borough Council", "officer": "Sorrel Vane", "email": "s.vane@example.test",
}  # fmt: skip


def test_it_makes_the_partnership_and_invites_its_officer(
    db, capsys, mailoutbox, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        call_command("establish_partnership", "ashford", **GIVEN)
    partnership = Partnership.objects.get(slug="ashford")
    officer = queries.officers_of(partnership, clock.today()).get()
    assert (officer.name, mailoutbox[0].to) == ("Sorrel Vane", ["s.vane@example.test"])
    assert "/ashford/public/" in capsys.readouterr().out


def test_it_says_why_it_could_not_and_leaves_nothing(world, mailoutbox):
    with pytest.raises(CommandError, match="already exists"):
        call_command("establish_partnership", "dartford", **GIVEN)
    assert not world.officer.__class__.objects.filter(email="s.vane@example.test").exists()
    assert not mailoutbox
