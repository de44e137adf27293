"""The versions of the law: read from a file, twice without change, a wrong file refused whole."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from triggers.models import Rule
from triggers.workflow import rules

pytestmark = pytest.mark.django_db
LAW = {
    "name": "An Act", "report_within": "1", "apply_within": "6", "complaints_at_most": "3",
    "verified": "yes", "starts_on": "2014-10-20",
}  # fmt: skip


def load(tmp_path, *versions):
    rows = [",".join((LAW | each).get(column, "") for column in rules.COLUMNS) for each in versions]
    file = tmp_path / "rules.csv"
    file.write_text("\n".join([",".join(rules.COLUMNS), *rows]), encoding="utf-8")
    said = StringIO()
    call_command("load_case_review_rules", file, stdout=said)
    return said.getvalue()


def test_the_law_of_2014_is_loaded_once():
    assert rules.load() == 1
    assert rules.load() == 0
    rule = Rule.objects.get()
    assert (rule.report_within, rule.apply_within, rule.complaints_at_most) == (1, 6, 3)
    assert "2026" in rule.remark


def test_a_later_version_ends_the_one_before(tmp_path):
    rules.load()
    old = {"name": "Old", "ends_on": "2027-04-01"}
    said = load(tmp_path, old, {"name": "New", "apply_within": "12", "starts_on": "2027-04-01"})
    assert said.startswith("2 versions")
    assert [each.name for each in Rule.objects.all()] == ["Old", "New"]


@pytest.mark.parametrize(
    "wrong",
    [
        {"report_within": "one"}, {"starts_on": "20 October"}, {"verified": "perhaps"},
        {"starts_on": "2015-01-01"}, {"starts_on": "2015-01-01", "name": ""},
    ],
)  # fmt: skip
def test_a_wrong_file_is_refused_with_its_line_and_nothing_is_changed(tmp_path, wrong):
    rules.load()
    with pytest.raises(CommandError, match="line 3"):
        load(tmp_path, {"name": "Changed"}, wrong)
    assert Rule.objects.get().name.startswith("Anti-social Behaviour")
