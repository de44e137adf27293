"""Weekly reports of tension: made, answered, raised to the board, closed.

What people are told, and what the record names, is the week alone: never words of the report.
"""

import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

import notices.workflow
from assessments.models import TensionReport
from assessments.queries import tensions as queries
from assessments.workflow.taking import Changed, keep, needed, one_line, take
from audit.workflow import record
from core import clock
from core.dates import longdate
from core.markings import Marking
from core.permissions import can, require
from core.workflow import Wrong
from meetings.models import BacklogItem
from meetings.workflow import backlog
from membership import standing
from membership.models import Agency, Group, GroupKind, Theme

__all__ = ["Changed", "change", "close", "reopen", "report", "respond", "show_to_board"]

AGENDA = "Community tensions: what was raised since the last meeting"
OLDEST = datetime.timedelta(days=366)


@transaction.atomic
def report(
    group: Group, *, agency: Agency, week: datetime.date, community: str, level: int,
    experienced: str = "", evidenced: str = "", potential: str = "", source: str = "",
    theme: Theme | None = None, marking: str = Marking.SENSITIVE, by: Any,
) -> TensionReport:  # fmt: skip
    """Report a week's tension in a community. ``week`` may be any day of it.

    From ``RAISED`` on the group's chair and officers are told. Raises ``ValidationError``.
    """
    require(can(by, "report tensions", group))
    if agency.pk not in queries.agencies_of(by, group.partnership):
        raise ValidationError({"agency": "You can report for your own agency only"})
    monday = _monday(week)
    made = TensionReport(
        partnership=group.partnership, group=group, agency=agency, reported_at=clock.now(),
        reported_by=by,
    )  # fmt: skip
    fields = {
        "week": monday, "community": one_line(community), "level": level, "source": source,
        "experienced": experienced, "evidenced": evidenced, "potential": potential,
        "theme": theme, "marking": marking,
    }  # fmt: skip
    _check(group, fields)
    keep(made, by, fields)
    _record("made", made, by)
    if made.raised:
        _tell_raised(made, by)
    return made


@transaction.atomic
def change(
    tension: TensionReport, *, version: int | None = None, by: Any, **fields: Any
) -> TensionReport:
    """Mend a report while it is open. A level that rises to ``RAISED`` is told as a new one is.

    Raises ``Changed`` where it was changed since it was read.
    """
    tension = take(tension, "change", by, version)
    _open(tension)
    was_raised = tension.raised
    if "week" in fields:
        fields["week"] = _monday(fields["week"])
    if "community" in fields:
        fields["community"] = one_line(fields["community"])
    now = {name: getattr(tension, name) for name in ("experienced", "evidenced", "potential")}
    _check(tension.group, {"community": tension.community, "level": tension.level} | now | fields)
    keep(tension, by, fields)
    _record("changed", tension, by)
    if tension.raised and not was_raised:
        _tell_raised(tension, by)
    return tension


@transaction.atomic
def respond(
    tension: TensionReport, *, response: str, version: int | None = None, by: Any
) -> TensionReport:
    """Say what is being done about it; the reporter is told that there is an answer."""
    tension = take(tension, "respond", by, version)
    _open(tension)
    needed(response=(response, "what is being done"))
    keep(tension, by, {"response": response})
    _record("answered", tension, by)
    _tell([tension.reported_by], tension, "tension-answered", "An answer to your", by)
    return tension


@transaction.atomic
def show_to_board(tension: TensionReport, *, by: Any) -> TensionReport:
    """Show a raised report to the board, and keep an item for its next agenda.

    From then on the cleared members of the board read it. Raises ``Wrong`` below ``RAISED``.
    """
    tension = take(tension, "show to the board", by)
    if tension.shown_at:
        raise Wrong("The board has been shown this already.")
    if not tension.raised:
        raise Wrong(f"Only reports from level {queries.RAISED} on are shown to the board.")
    boards = Group.objects.of(tension.partnership).on(clock.today()).filter(kind=GroupKind.BOARD)
    board = boards.first()
    if board is None:
        raise Wrong("There is no board to be shown it. Set one up first.")
    if tension.restricted:
        require(standing.clearance(by, board))
    keep(tension, by, {"group": board, "shown_at": clock.now(), "shown_by": by})
    _record("showed the board", tension, by)
    members = queries.readers(tension, clock.today())
    _tell(members, tension, "tension-shown", "The board is shown a", by)
    waiting = BacklogItem.objects.waiting().filter(group=board, title=AGENDA)
    if not waiting.exists():
        backlog.keep(
            board, title=AGENDA, marking=tension.marking, minutes_allowed=10,
            note="Hear what was raised and what is done about it", by=by,
        )  # fmt: skip
    return tension


@transaction.atomic
def close(tension: TensionReport, *, response: str = "", by: Any) -> TensionReport:
    """Say that it is no longer a tension, with what was done where that is not said yet."""
    tension = take(tension, "close", by)
    _open(tension)
    if not (response.strip() or tension.response):
        raise ValidationError({"response": "Enter what was done"})
    fields = {"response": response} if response.strip() else {}
    keep(tension, by, fields | {"closed_at": clock.now(), "closed_by": by})
    _record("closed", tension, by)
    return tension


@transaction.atomic
def reopen(tension: TensionReport, *, by: Any) -> TensionReport:
    """It is a tension still, or again."""
    tension = take(tension, "close", by)
    if not tension.closed_at:
        raise Wrong("It is open already.")
    keep(tension, by, {"closed_at": None, "closed_by": None})
    _record("reopened", tension, by)
    return tension


def _monday(day: datetime.date) -> datetime.date:
    today = clock.today()
    if day > today:
        raise ValidationError({"week": "The week cannot be in the future"})
    if day < today - OLDEST:
        raise ValidationError({"week": "The week must be within the last year"})
    return day - datetime.timedelta(days=day.weekday())


def _check(group: Group, fields: dict[str, Any]) -> None:
    wrong = {}
    if not fields["community"]:
        wrong["community"] = "Enter the community or place"
    if not 1 <= int(fields["level"]) <= 6:
        wrong["level"] = "The level is from 1 to 6"
    if not any(fields[name].strip() for name in ("experienced", "evidenced", "potential")):
        wrong["experienced"] = "Enter what was experienced, what is evidenced, or what may come"
    theme = fields.get("theme")
    if theme and theme.partnership_id != group.partnership_id:
        wrong["theme"] = "Choose from the list"
    if wrong:
        raise ValidationError(wrong)


def _open(tension: TensionReport) -> None:
    if tension.closed_at:
        raise Wrong("It is closed. Open it again first.")


def _tell_raised(tension: TensionReport, by: Any) -> None:
    people = queries.raised_to(tension, clock.today())
    _tell(people, tension, "tension-raised", f"Level {queries.RAISED} or above:", by)


def _tell(people: Any, tension: TensionReport, kind: str, says: str, by: Any) -> None:
    notices.workflow.tell(
        people, kind=kind, about=tension, url=tension.get_absolute_url(), but=by,
        text=f"{says} tension report for the week of {longdate(tension.week)}.",
        partnership=tension.partnership, occurrence=str(tension.version),
    )  # fmt: skip


def _record(verb: str, tension: TensionReport, by: Any) -> None:
    record(
        verb, tension, by=by, partnership=tension.partnership, group=tension.group,
        sensitive=tension.restricted,
    )  # fmt: skip
