"""The versions of the law and its guidance, read from a file so that a changed law needs no new
program."""

import datetime
from pathlib import Path

from django.core.exceptions import ValidationError
from django.db import transaction

from core import facts
from core.workflow import Wrong
from dhr.models import LawName, Rule

FACTS = Path(__file__).parent.parent / "facts" / "rules.csv"
WORDS = ("name", "called", "source_url", "remark")
NUMBERS = ("decide_within", "report_within")
ANSWERS = ("copy_to_commissioner", "copy_to_secretary", "verified")
DAYS = ("starts_on", "ends_on")
EXPECTS = "give whole numbers, dates like 2011-04-13, yes or no, and dhr or dardr."


@transaction.atomic
def load(path: Path = FACTS) -> int:
    """Read the versions of the law; says how many were new or have changed.

    A version is known by its name, so that one that waits for its commencement gets its day. One
    that is not in the file stays. Raises ``ValidationError`` naming the line, changing nothing.
    """
    there = {rule.name: rule for rule in Rule.objects.all()}
    changed = []
    for where, fields in facts.rows(path, (*WORDS, *NUMBERS, *ANSWERS, *DAYS), _fields, EXPECTS):
        rule = there.get(str(fields["name"])) or Rule()
        if rule.pk and all(getattr(rule, name) == value for name, value in fields.items()):
            continue
        for name, value in fields.items():
            setattr(rule, name, value)
        changed.append((where, rule))
    # One that now ends makes room for the one after it.
    for where, rule in sorted(changed, key=lambda each: each[1].ends_on is None):
        try:
            rule.full_clean()
        except ValidationError as wrong:
            raise ValidationError(f"{where}: {' '.join(wrong.messages)}") from wrong
        rule.save()
    return len(changed)


def rule_on(day: datetime.date) -> Rule:
    """The version in force on a day. Raises ``Wrong`` where none was."""
    found = Rule.objects.on(day).filter(starts_on__isnull=False).first()
    if found is None:
        raise Wrong("No version of the law is loaded for that day: ask a system administrator.")
    return found


def _fields(row: dict[str, str]) -> dict[str, str | int | bool | datetime.date | None]:
    if row["called"] not in LawName.values:
        raise ValueError("called")
    return {
        **{name: row[name] for name in WORDS},
        **{name: int(row[name]) for name in NUMBERS},
        **{name: facts.yes(row[name]) for name in ANSWERS},
        **{name: datetime.date.fromisoformat(row[name]) if row[name] else None for name in DAYS},
    }
