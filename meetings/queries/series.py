"""The meetings of one group, each with what it decided, asked for and published."""

from typing import Any

from django.db.models import Count, Exists, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from actions.models import OPEN, Action
from meetings.models import SHOWN_MINUTES, Attendance, Decision, Meeting, Pack, Presence, Status
from membership.models import Group


def series(group: Group, user: Any) -> QuerySet[Any]:
    """Every meeting of a group, the newest first, with counts of what this person may see of it."""
    decisions = Decision.objects.visible_to(user).filter(item__meeting=OuterRef("pk"))
    actions = Action.objects.visible_to(user).filter(minuted__item__meeting=OuterRef("pk"))
    there = Attendance.objects.filter(
        meeting=OuterRef("pk"), presence__in=(Presence.PRESENT, Presence.SUBSTITUTE)
    )
    agencies = there.order_by().values("meeting").annotate(n=Count("agency", distinct=True))
    return (
        Meeting.objects.visible_to(user)
        .filter(group=group)
        .select_related("chaired_by", "public_minutes")
        .defer("public_minutes__html", "public_minutes__text", "public_minutes__search")
        .annotate(
            there=_number(there, "meeting"),
            agencies=Coalesce(Subquery(agencies.values("n")), 0),
            decided=_number(decisions, "item__meeting"),
            asked=_number(actions, "minuted__item__meeting"),
            still_open=_number(actions.filter(status__in=OPEN), "minuted__item__meeting"),
            packed=Exists(Pack.objects.filter(meeting=OuterRef("pk"))),
        )
        .order_by("-on", "-starts_at", "pk")
    )


def _number(rows: QuerySet[Any], of: str) -> Coalesce:
    """How many rows belong to the meeting around."""
    return Coalesce(Subquery(rows.order_by().values(of).annotate(n=Count("pk")).values("n")), 0)


def minutes_words(meeting: Meeting) -> str:
    """What its minutes are called, once the group may read them."""
    if meeting.status not in SHOWN_MINUTES:
        return ""
    return "Draft minutes" if meeting.status == Status.WITH_PARTNERS else "Minutes"
