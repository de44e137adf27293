"""What is known of the loaded records beforehand: the day, and who and what pages are about."""

import datetime

# The day on which every page is measured, so that a second run measures the same pages.
TODAY = datetime.date(2026, 11, 23)
NOW = datetime.datetime(2026, 11, 23, 10, tzinfo=datetime.UTC)

# The partnership whose pages are measured.
FIRST = "partnership-1"

# Days from today on which the first partnership's board meets, and how far each meeting has got.
MEETING, TAKEN, COMING, NEXT, LONG = -40, 0, 14, 105, -41

# Its people by number. The officer and the member sit on the board, which has 30 seats.
BOARD = 30
OFFICER, CHAIR, VICE_CHAIR, MEMBER = 1, 2, 3, 4


# An action that MEETING made, and the days from today of minutes that are published.
ACTION = "A-2026-072"
PUBLISHED = -183


def board_meeting(days: int) -> str:
    """The slug of the board's meeting so many days from today."""
    return f"board-{TODAY + datetime.timedelta(days=days)}"


def minutes_of(days: int) -> str:
    """The slug of the published minutes of the board's meeting so many days from today."""
    return f"minutes-{TODAY + datetime.timedelta(days=days)}"
