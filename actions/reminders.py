"""Reminders of actions and requests: to whose they are before, on and after the day; the chair.

Each names the reference and nothing else, so a restricted one says no more than others.
"""

import datetime
from typing import Any

from django.db.models import DateField, Exists, F, OuterRef, QuerySet, Subquery
from django.db.models.functions import Cast, Coalesce

from actions.models import WAITING, DueDate, Status
from core.reminders import CHAIR, LEAD, OWNER, Rung, address, as_text, reminder, words
from membership.models import Agency, GroupKind, Partnership, Post

TO_DO = (Status.NOT_STARTED, Status.IN_PROGRESS)


@reminder(
    "action-due", title="An action is due",
    ladder=(
        Rung(-5, OWNER), Rung(0, OWNER), Rung(3, OWNER), Rung(10, LEAD), Rung(20, CHAIR),
    ),
    source="Terms of reference, Purpose: oversee implementation",
)  # fmt: skip
def actions_due(on: datetime.date) -> QuerySet[Any]:
    """Actions not said to be done, by the date that they have now: a new date is a new reminder.

    An agency that has ended is taken for the one in its place.
    """
    newer = DueDate.objects.filter(action=OuterRef("action"), pk__gt=OuterRef("pk")).order_by()
    dates = DueDate.objects.filter(~Exists(newer), action__status__in=TO_DO)
    posts = Post.objects.on(on).filter(agency=OuterRef("today"), title=OuterRef("titled"))
    named = dates.annotate(today=_in_its_place(on), titled=F("action__post__title"))
    return named.values(
        partnership=F("action__partnership"), subject=as_text("action__pk"),
        group=F("action__group"), due=F("due_on"), since=Cast("set_at", DateField()),
        agency=F("today"),
        post=Coalesce(Subquery(posts.values("pk")[:1]), F("action__post")),
        text=words("Action ", F("action__reference"), " is due. Say how far it is."),
        url=address(
            "actions:detail", partnership="action__partnership__slug",
            reference="action__reference",
        ),
    )  # fmt: skip


def _in_its_place(on: datetime.date) -> Coalesce:
    """The agency, or if it has ended the one that succeeded it, or the one after that."""
    now = Agency.objects.on(on).order_by("starts_on").values("pk")
    return Coalesce(
        Subquery(now.filter(pk=OuterRef("action__owner"))[:1]),
        Subquery(now.filter(succeeds=OuterRef("action__owner"))[:1]),
        Subquery(now.filter(succeeds__succeeds=OuterRef("action__owner"))[:1]),
        F("action__owner"),
    )


@reminder(
    "request-due", title="An answer is due",
    ladder=(
        Rung(-5, OWNER), Rung(0, OWNER), Rung(3, OWNER), Rung(8, LEAD), Rung(15, CHAIR),
    ),
    source="Crime and Disorder Act 1998 s.17A and s.115; terms of reference, Information Sharing",
)  # fmt: skip
def answers_due(on: datetime.date) -> QuerySet[Any]:
    """Requests for information without an answer, by the date that they have now.

    Not those of a panel: its own room knows who may learn that it asked.
    """
    others = [kind for kind in GroupKind if kind != GroupKind.PANEL]
    asked = Partnership.objects.filter(
        requests__status__in=WAITING, requests__group__kind__in=others
    )
    return asked.values(
        partnership=F("pk"), subject=as_text("requests__pk"), group=F("requests__group"),
        agency=F("requests__agency"), post=F("requests__post"), due=F("requests__due_on"),
        since=Cast("requests__asked_at", DateField()),
        text=words("The answer to request ", F("requests__reference"), " is due."),
        url=address(
            "actions:request", partnership="slug", reference="requests__reference"
        ),
    )  # fmt: skip
