"""The bare project's user and its 50 rows: `python -m bench.bare.load`."""

import datetime

import django
from django.contrib.auth import get_user_model

django.setup()

from bench.bare.models import Row  # noqa: E402 - after the models are there

ROWS = 50


def load() -> None:
    """Fill an empty database."""
    get_user_model().objects.create(username="somebody")
    day = datetime.date(2026, 12, 1)
    Row.objects.bulk_create(
        Row(
            reference=f"A-2026-{n:03}",
            text=f"Bring the figures of the {n}th ward to the next meeting of the board",
            owner=f"Agency {n % 10}, Head of Community Work {n % 30}",
            state="In progress",
            due_on=day + datetime.timedelta(days=n),
        )
        for n in range(1, ROWS + 1)
    )


if __name__ == "__main__":
    load()
