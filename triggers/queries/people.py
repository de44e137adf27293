"""Who can open a case, since when and through whom; and who has opened it."""

from typing import Any

from django.db.models import QuerySet

from accounts.models import User
from audit.models import Entry, ReadEntry
from core.workflow import Wrong
from membership.models import Group, Partnership, Seat
from membership.queries import panels
from membership.queries.panels import OnPanel
from triggers.models import Application, Procedure


def seats_of(application: Application) -> QuerySet[Seat]:
    """The seats that are the case's need-to-know list today."""
    return panels.seats_of(application.group_id)


def people_of(application: Application) -> list[OnPanel]:
    """Everybody on the case today, its officers first."""
    return panels.people_of(_panel(application))


def past_people(application: Application) -> list[Seat]:
    """Those who were on the case and are no longer."""
    return panels.past_people(application.group_id)


def officers_of(application: Application) -> list[User]:
    """The people who work on the case today."""
    return panels.officers_of(application.group_id)


def how_many_can_open(application: Application) -> int:
    """How many people the case opens for today."""
    return panels.how_many_can_open(_panel(application))


def reads_of(application: Application) -> QuerySet[ReadEntry]:
    """Every time that something of the case was opened, the newest first."""
    return panels.reads_of(_panel(application))


def deeds_of(application: Application) -> QuerySet[Entry]:
    """Everything that was done in the case, the newest first."""
    return panels.deeds_of(_panel(application))


def may_be_put_on(application: Application) -> QuerySet[Seat]:
    """One seat for each officer who is not on the case."""
    return panels.may_be_put_on(_panel(application))


def resting_on(user: Any, partnership: Partnership) -> Seat | None:
    """The seat of this person on which working on a case rests."""
    procedure = Procedure.objects.filter(partnership=partnership).select_related("group").first()
    return procedure and panels.resting_on(user, procedure.group)


def _panel(application: Application) -> Group:
    """The group whose seats are the case's list. ``Wrong`` before the application is sent in."""
    if application.group is None:
        raise Wrong("This application has not been sent in.")
    return application.group
