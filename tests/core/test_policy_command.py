"""The printed policy is the whole table, in both of its forms."""

import io

import pytest
from django.core.management import CommandError, call_command

from core import permissions


def printed(*arguments):
    out = io.StringIO()
    call_command("policy", *arguments, stdout=out)
    return out.getvalue()


def test_text_has_every_row_with_its_rule():
    text = printed()

    for row in permissions.rows():
        assert any(
            line.split("  ")[2].strip() == row.verb and line.endswith(row.rule.says)
            for line in text.splitlines()
            if line.startswith("    ")
        ), row.key


def test_rooms_stand_once_each():
    text = printed()

    headings = [line for line in text.splitlines() if line and not line.startswith(" ")]
    assert len(headings) == len(set(headings))
    assert {row.room for row in permissions.rows()} == set(headings)


def test_markdown_is_one_table_a_room():
    text = printed("--format", "markdown")

    rooms = {row.room for row in permissions.rows()}
    assert text.count("| --- | --- | --- |") == len(rooms)
    for row in permissions.rows():
        assert f"| {row.kind.__name__} | {row.verb} | {row.rule.says} |" in text


def test_another_form_is_refused():
    with pytest.raises(CommandError):
        printed("--format", "html")
