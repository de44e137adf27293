"""Tell people, each exactly once."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction

from core import clock, remember
from core.permissions import can, require
from notices.models import Notice


def tell(
    people: Iterable[Any], *, kind: str, about: Any, text: str, url: str, partnership: Any,
    occurrence: str = "", but: Any = None,
) -> int:  # fmt: skip
    """Give each person a notice, unless they have had this one; ``but`` need not be told.

    ``text`` holds nothing restricted: it says what to look at, not what it says. Returns how
    many were asked to be told.
    """
    recipients = {person.pk: person for person in people if but is None or person.pk != but.pk}
    Notice.objects.bulk_create(
        [
            Notice(
                recipient=person, partnership=partnership, kind=kind, subject_id=str(about.pk),
                occurrence=occurrence, text=text, url=url, created_at=clock.now(),
            )
            for person in recipients.values()
        ],
        ignore_conflicts=True,
    )  # fmt: skip
    return len(recipients)


@transaction.atomic
def read(notice: Notice, *, by: Any) -> None:
    """Note when its recipient first opened a notice."""
    require(can(by, "read", notice))
    Notice.objects.filter(pk=notice.pk, read_at__isnull=True).update(read_at=clock.now())
    remember.forget()


@transaction.atomic
def read_all(*, by: Any) -> int:
    """Note that a person has read all that they have been told; says how many that were."""
    count = Notice.objects.visible_to(by).unread().update(read_at=clock.now())
    remember.forget()
    return count
