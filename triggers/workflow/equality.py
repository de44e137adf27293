"""Answers about equality, kept apart from every case."""

import secrets

from core import clock
from membership.models import Partnership
from triggers.models import EqualityAnswers


def keep(partnership: Partnership, *, answers: dict[str, str]) -> EqualityAnswers | None:
    """Keep what was answered, with no more than the quarter; nothing if nothing was answered.

    The key is drawn by lot, so that not even the order in which answers came can be told.
    """
    if not any(answers.values()):
        return None
    today = clock.today()
    quarter = today.replace(month=3 * ((today.month - 1) // 3) + 1, day=1)
    return EqualityAnswers.objects.create(
        pk=secrets.randbelow(2**62), partnership=partnership, quarter_starts_on=quarter, **answers
    )
