"""Notices and mail removed, when the time for keeping what they were about is over."""

from collections import Counter
from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from core.removal import remove
from membership.models import Group
from notices.models import Hold, Notice, SentMail


@transaction.atomic
def remove_notices_of(panel: Group, subjects: Iterable[Any] = ()) -> Counter[str]:
    """Remove what people were told of a panel's matter or of these subjects, by their keys.

    Every mail that took any of it along goes too, also where it stood beside other things: mails
    are a log, and as old. How many of each.
    """
    about = Q(panel=panel) | Q(subject_id__in=[str(key) for key in subjects])
    notices = Notice.objects.filter(about)
    keys = list(notices.values_list("pk", flat=True))
    mails = list(SentMail.objects.filter(deliveries__notice__in=keys).values_list("pk", flat=True))
    of_these = notices.filter(kind=OuterRef("kind"), subject_id=OuterRef("subject_id"))
    holds = Hold.objects.filter(Exists(of_these), partnership=panel.partnership_id)
    removed = remove(Hold, pk__in=list(holds.values_list("pk", flat=True)))
    return removed + remove(SentMail, pk__in=mails) + remove(Notice, pk__in=keys)
