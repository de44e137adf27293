"""What a strategy asks of its officers: to publish what was adopted, and to send the copy."""

import datetime
from collections.abc import Iterator
from typing import Any

from django.db.models import Q

from assessments.models import Edition, EditionStatus
from assessments.queries.strategy.missing import address
from core.permissions import can
from core.registries import Work, work
from membership import standing


@work
def of_strategies(user: Any, on: datetime.date) -> Iterator[Work]:
    """For officers of the secretariat, in one query for all that is adopted."""
    serves = standing.secretariats(user)
    if not serves:
        return
    waits = Q(status=EditionStatus.ADOPTED, decision__isnull=False)
    unsent = Q(status=EditionStatus.PUBLISHED, commissioner_sent_on__isnull=True)
    found = Edition.objects.filter(waits | unsent, strategy__partnership__in=serves)
    found = found.select_related("strategy__partnership", "strategy__group").defer("frozen")
    for each in found:
        if not can(user, "publish", each):
            continue
        what = f"{each.strategy}, {str(each).lower()}"
        if each.status == EditionStatus.ADOPTED:
            url = address("edition_publish", each)
            yield Work(each.partnership, f"{what}: check and publish", url, "The board adopted it.")
        else:
            url = address("edition_sent", each)
            why = "A copy goes to the Police and Crime Commissioner (SI 2007/1830, reg. 13A)."
            yield Work(each.partnership, f"{what}: send the copy", url, why)
