"""How often something public may be done: by one address, and by everybody together.

Of an address no more is kept than a hash with the day's own key, and that for a day at most.
"""

import datetime
from dataclasses import dataclass

from django.db.models import F
from django.utils.crypto import salted_hmac

from core import clock
from triggers.models import Knock

HOUR = datetime.timedelta(hours=1)
KEPT = datetime.timedelta(hours=23)
ALL = "all"


@dataclass(frozen=True, slots=True)
class Limit:
    """Most times within an hour: from one address (a refuge or a library has one), and in all."""

    one: int
    everybody: int


LIMITS = {
    "apply": Limit(one=15, everybody=300),
    "lost link": Limit(one=6, everybody=120),
    "link": Limit(one=10, everybody=300),
    "equality": Limit(one=15, everybody=300),
}


def may(what: str, address: str) -> bool:
    """Count one more time, and say whether it is still within the limits.

    What goes beyond an address's own limit does not use up what is there for everybody.
    """
    limit = LIMITS[what]
    if _count(f"{what} {address}") > limit.one:
        return False
    return _count(f"{what} {ALL}") <= limit.everybody


def _count(what: str) -> int:
    now = clock.now()
    hour = now.replace(minute=0, second=0, microsecond=0)
    key = salted_hmac(f"triggers.limits {now:%Y-%m-%d}", what, algorithm="sha256").hexdigest()
    knock = Knock(key=key, hour=hour, count=0)
    Knock.objects.bulk_create([knock], ignore_conflicts=True)
    rows = Knock.objects.filter(key=key, hour=hour)
    rows.update(count=F("count") + 1)
    return rows.values_list("count", flat=True)[0]


def forget_old(at: datetime.datetime) -> int:
    """Remove all that was counted a day ago."""
    return Knock.objects.filter(hour__lt=at - KEPT).delete()[0]
