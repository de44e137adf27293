"""What is owed in death reviews: dates kept, actions delivered and shown, the board's own look.

Nothing here says which review it is about: the board and all officers read it.
"""

import datetime
from collections.abc import Iterator

from django.urls import reverse

from core import municipal, remember
from core.dates import count, longdate
from core.registries import Owed, duties
from dhr.models import Milestone
from dhr.queries import people
from dhr.queries.oversight import Oversight, oversight, reported_on
from membership.models import Partnership

GUIDANCE = "Multi-agency statutory guidance, 2004 Act, section 9: one month, six months"
REFERENCE = (
    "Terms of reference: scrutiny and oversight of action plans of domestic homicide reviews"
)
DATES = "Death reviews keep the dates of the guidance"
DELIVERED = "Actions of published death reviews are done by the date first agreed, and shown"
LOOKED = "The board looks at the action plans of death reviews each quarter"


@duties
def dates(partnership: Partnership, on: datetime.date) -> Iterator[Owed]:
    """Whether any review is past a date by guidance: that there is one, not which."""
    if not _held(partnership):
        return
    late = Milestone.objects.filter(
        review__partnership=partnership, legal=True, done_on=None, stopped_on=None,
        first_due_on__lt=on, review__erased_on=None,
    )  # fmt: skip
    oldest = late.order_by("first_due_on").values_list("first_due_on", flat=True).first()
    url = reverse("dhr:index", args=[partnership.slug])
    if oldest is None:
        yield Owed(DATES, "met", GUIDANCE, url)
    else:
        yield Owed(DATES, "overdue", GUIDANCE, url, "At least one is past a date.", oldest)


@duties
def delivered(partnership: Partnership, on: datetime.date) -> Iterator[Owed]:
    """What of published plans is overdue, or said to be done and not shown."""
    found = _found(partnership, on)
    if found is None or not found.public:
        return
    late, missing = found.total.counts.get("late", 0), found.total.counts.get("missing", 0)
    url = reverse("dhr:oversight", args=[partnership.slug])
    if not late and not missing:
        yield Owed(DELIVERED, "met", REFERENCE, url)
        return
    why = [f"{count(late, 'action')} overdue"] if late else []
    why += [f"{count(missing, 'action')} without evidence"] if missing else []
    first = found.overdue[0].due_on
    yield Owed(DELIVERED, "overdue", REFERENCE, url, f"{' and '.join(why)}.", first)


@duties
def looked_at(partnership: Partnership, on: datetime.date) -> Iterator[Owed]:
    """The progress report on an agenda of the board in this quarter, once there is a plan."""
    found = _found(partnership, on)
    if found is None or not found.plans:
        return
    first, after = municipal.quarter(on)
    last = after - datetime.timedelta(days=1)
    meeting = reported_on(partnership, first, last)
    if meeting:
        why = f"The report is a paper of the meeting on {longdate(meeting.on)}."
        yield Owed(LOOKED, "met", REFERENCE, meeting.get_absolute_url(), why)
        return
    url = reverse("dhr:oversight", args=[partnership.slug])
    why = "The progress report is on no agenda of this quarter."
    yield Owed(LOOKED, "due", REFERENCE, url, why, last)


def _found(partnership: Partnership, on: datetime.date) -> Oversight | None:
    """The numbers, asked for once in a request; nothing where no reviews are held."""

    def ask() -> Oversight | None:
        return oversight(partnership, on) if _held(partnership) else None

    return remember.once(("death reviews overseen", partnership.pk, on), ask)


def _held(partnership: Partnership) -> bool:
    """Whether the partnership has laid down how it holds death reviews."""
    key = ("death reviews held", partnership.pk)
    return remember.once(key, lambda: people.arrangement_of(partnership) is not None)
