"""`manage.py tick`: the same without Celery."""

import pytest
from django.core.management import CommandError, call_command

from tests.notices import duties as d


def test_it_says_how_much_it_did(duties, sink, capsys):
    d.register((d.Rung(0, d.OFFICERS),))
    d.turn(duties.partnership)

    call_command("tick", at="2027-03-17T09:00")
    call_command("tick", at="2027-03-17T09:01")

    assert capsys.readouterr().out.splitlines() == ["1 notice, 1 email", "0 notices, 0 emails"]


def test_now_unless_told_otherwise(duties, sink, capsys):
    call_command("tick")
    assert capsys.readouterr().out == "0 notices, 0 emails\n"


@pytest.mark.parametrize("moment", ["yesterday", "2027-02-29", "9:00"])
def test_what_is_no_moment_is_refused(duties, moment):
    with pytest.raises(CommandError, match="no moment"):
        call_command("tick", at=moment)
