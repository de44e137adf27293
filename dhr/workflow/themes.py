"""The themes by which lessons are coded, read from a file: the same in every review."""

from pathlib import Path

from django.core.exceptions import ValidationError
from django.db import transaction

from core import facts
from dhr.models import LearningTheme

FACTS = Path(__file__).parent.parent / "facts" / "themes.csv"
COLUMNS = ("position", "slug", "name", "about", "remark")
EXPECTS = "give a whole number for the position, and short words for slug and name."


@transaction.atomic
def load(path: Path = FACTS) -> int:
    """Read the themes; says how many were new or have changed.

    A theme is known by its slug. One that is not in the file stays, for lessons are coded by it.
    Raises ``ValidationError`` naming the line, changing nothing.
    """
    there = {theme.slug: theme for theme in LearningTheme.objects.all()}
    changed = 0
    for where, fields in facts.rows(path, COLUMNS, _fields, EXPECTS):
        theme = there.get(str(fields["slug"])) or LearningTheme()
        if theme.pk and all(getattr(theme, name) == value for name, value in fields.items()):
            continue
        for name, value in fields.items():
            setattr(theme, name, value)
        try:
            theme.full_clean()
        except ValidationError as wrong:
            raise ValidationError(f"{where}: {' '.join(wrong.messages)}") from wrong
        theme.save()
        changed += 1
    return changed


def _fields(row: dict[str, str]) -> dict[str, str | int]:
    return {
        "position": int(row["position"]), "slug": row["slug"], "name": row["name"],
        "about": row["about"],
    }  # fmt: skip
