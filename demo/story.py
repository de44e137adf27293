"""The demonstration, told by calling the real workflow as the people who would have done it.

Dates are relative to the day of the telling, so the next meeting is always a fortnight or so away.
"""

import datetime

from django.db import transaction

from core import clock
from demo import case_reviews, crime, death_reviews, powers
from demo.partnership import SLUG, Cast, found
from demo.year import tell_year
from notices.models import Notice
from notices.workflow import read

FORTNIGHT = datetime.timedelta(days=14)

__all__ = ["SLUG", "tell"]


@transaction.atomic
def tell(today: datetime.date | None = None) -> Cast:
    """Tell the whole story, or nothing of it, as of today (tests pass a fixed day)."""
    today = today or clock.today()
    cast = found(today)
    crime.send_in(cast)
    powers.begin(cast)
    tell_year(cast, today)
    case_reviews.tell(cast, today)
    death_reviews.tell(cast, today)
    powers.carry_on(cast, today)
    read_notices(today - FORTNIGHT)
    return cast


def read_notices(until: datetime.date) -> None:
    """People have looked at what they were told up to a day; what came after waits for them."""
    told = Notice.objects.unread().filter(created_at__lt=clock.london(until, datetime.time()))
    for notice in told.select_related("recipient"):
        with clock.told_at(notice.created_at + datetime.timedelta(hours=3)):
            read(notice, by=notice.recipient)
