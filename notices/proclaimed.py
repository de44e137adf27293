"""Bank holidays proclaimed after the list was made, or taken back, for whoever counts days.

They come with a person's seats, which every page asks for; elsewhere they are asked for by
themselves.
"""

import datetime
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models.functions import JSONObject

from core import remember, working_days
from membership import standing
from notices.models import ProclaimedDay


def proclaimed() -> dict[datetime.date, str]:
    """Each such day with its name, or with nothing where it is a working day after all."""
    days = ProclaimedDay.objects.order_by().values_list("day", "name", "holiday")
    return {day: name if holiday else "" for day, name, holiday in days}


def _beside() -> ArraySubquery:
    days = ProclaimedDay.objects.order_by()
    return ArraySubquery(days.values(each=JSONObject(day="day", name="name", holiday="holiday")))


def _hear(seat: Any) -> None:
    days = {
        datetime.date.fromisoformat(each["day"]): each["name"] if each["holiday"] else ""
        for each in seat.proclaimed
    }
    remember.keep(working_days.ASKED, working_days.amended(days))


working_days.proclaimed.append(proclaimed)
standing.beside["proclaimed"] = _beside
standing.heard.append(_hear)
