"""The demonstration, told by calling the real workflow as the people who would have done it.

Dates are relative to the day of the telling, so the next meeting is always a fortnight or so away.
"""

import datetime

from django.db import transaction

from core import clock
from demo import crime, powers
from demo.partnership import SLUG, Cast, found
from demo.year import tell_year

__all__ = ["SLUG", "tell"]


@transaction.atomic
def tell(today: datetime.date | None = None) -> Cast:
    """Tell the whole story, or nothing of it, as of today (tests pass a fixed day)."""
    today = today or clock.today()
    cast = found(today)
    crime.send_in(cast)
    powers.begin(cast)
    tell_year(cast, today)
    powers.carry_on(cast, today)
    return cast
