"""Beginning a strategy, refreshing it, its words, and what the consultation found."""

import datetime
from typing import Any

from django.db import transaction

from assessments.models import Assessment, Edition, EditionStatus, Strategy
from assessments.queries.strategy import editions as queries
from assessments.workflow.strategy.copying import copy_plan
from assessments.workflow.strategy.keeping import (
    LONG,
    keep,
    note,
    refuse,
    take,
    today_or_before,
    too_long,
    wrong_text,
)
from core import clock, history
from core.dates import longdate
from core.markup import plain
from core.permissions import can, require
from core.workflow import Wrong
from membership.models import Group, GroupKind, Partnership

YEARS = 3
TEXTS = ("foreword", "vision", "about", "resources", "equality", "changes")
# What a refresh begins with. Consultation, equality note and changes are each edition's own.
CARRIED = ("foreword", "foreword_by", "vision", "about", "resources")


@transaction.atomic
def begin(partnership: Partnership, *, starts_on: datetime.date, by: Any) -> Edition:
    """Begin a strategy of three years from a 1 April: its first edition, a draft.

    Raises ``ValidationError`` by field, also where another strategy holds at that time.
    """
    require(can(by, "begin strategies", partnership))
    if (starts_on.month, starts_on.day) != (4, 1):
        refuse({"starts_on": "A strategy runs from 1 April"})
    ends_on = starts_on.replace(year=starts_on.year + YEARS)
    Partnership.objects.select_for_update(no_key=True).get(pk=partnership.pk)
    others = Strategy.objects.of(partnership)
    clash = others.filter(starts_on__lt=ends_on, ends_on__gt=starts_on).first()
    if clash:
        refuse({"starts_on": f"“{clash}” holds for some of these years"})
    strategy = Strategy(
        partnership=partnership, group=_board(partnership), starts_on=starts_on, ends_on=ends_on,
        title=f"Community Safety Strategy {starts_on.year} to {ends_on.year}",
        slug=f"{starts_on.year}-{ends_on.year}",
        follows=others.filter(ends_on__lte=starts_on).order_by("-starts_on").first(),
    )  # fmt: skip
    history.save(strategy, by=by)
    edition = _new(strategy, number=1, year=starts_on.year, by=by)
    note("began", strategy, edition, by=by)
    return edition


def _board(partnership: Partnership) -> Group:
    boards = Group.objects.of(partnership).on(clock.today()).filter(kind=GroupKind.BOARD)
    board = boards.first()
    if board is None:
        raise Wrong("There is no board that could adopt a strategy. Set one up first.")
    return board


def _new(strategy: Strategy, *, number: int, year: int, by: Any, **fields: Any) -> Edition:
    edition = Edition(
        strategy=strategy, number=number, year=year, created_at=clock.now(), created_by=by,
        assessment=queries.newest_assessment(strategy.partnership), **fields,
    )  # fmt: skip
    history.save(edition, by=by)
    return edition


@transaction.atomic
def refresh(strategy: Strategy, *, by: Any) -> Edition:
    """Begin the next year's edition from the last: its words, priorities, measures and actions.

    Actions that are closed stay with the year that they belong to. Raises ``Wrong`` while the last
    edition is not adopted, and where the strategy ends before the next year.
    """
    rows = Strategy.objects.select_for_update(of=("self",))
    current = rows.select_related("partnership", "group").get(pk=strategy.pk)
    require(can(by, "refresh", current))
    last = current.editions.order_by("-number").first()
    if last is None or last.status not in (EditionStatus.ADOPTED, EditionStatus.PUBLISHED):
        raise Wrong(f"“{last}” has not been adopted yet. Finish it first, or withdraw it.")
    year = last.year + 1
    if datetime.date(year, 4, 1) >= current.ends_on:
        raise Wrong(
            f"This strategy ends on {longdate(current.ends_on - datetime.timedelta(days=1))}. "
            "Begin the next one instead of refreshing it."
        )
    words = {name: getattr(last, name) for name in CARRIED}
    edition = _new(current, number=last.number + 1, year=year, by=by, **words)
    copy_plan(last, edition, by=by)
    note("began", edition, edition, by=by)
    return edition


@transaction.atomic
def withdraw(edition: Edition, *, by: Any) -> None:
    """Take back an edition that is not adopted, with all it holds; its actions stay registered."""
    current = take(edition, "withdraw", by=by)
    note("withdrew", current, current, by=by)
    strategy = current.strategy
    history.remove(current, by=by)
    if not strategy.editions.exists():
        history.remove(strategy, by=by)


@transaction.atomic
def write(
    edition: Edition, *, version: int | None = None, by: Any, foreword_by: str | None = None,
    **texts: str,
) -> Edition:  # fmt: skip
    """Write some of the texts of ``TEXTS``. Raises ``Changed`` for a stale version."""
    current = take(edition, "edit", by=by, version=version)
    fields = {name: plain(text) for name, text in texts.items() if name in TEXTS}
    wrong: dict[str, str] = {}
    for name, text in fields.items():
        wrong |= too_long(name, text, LONG)
    if foreword_by is not None:
        fields["foreword_by"] = " ".join(plain(foreword_by).split())
        wrong |= too_long("foreword_by", fields["foreword_by"], 160)
    refuse(wrong)
    return keep(current, by=by, says="wrote in", **fields)


@transaction.atomic
def rest_on(edition: Edition, *, assessment: Assessment | None, by: Any) -> Edition:
    """Say which Strategic Assessment the edition rests on."""
    current = take(edition, "edit", by=by)
    if assessment is not None and assessment.partnership_id != current.strategy.partnership_id:
        refuse({"assessment": "Choose an assessment of this partnership"})
    return keep(current, by=by, says="chose the assessment of", assessment=assessment)


@transaction.atomic
def consulted(
    edition: Edition, *, starts_on: datetime.date | None, ends_on: datetime.date | None,
    how: str, found: str, by: Any,
) -> Edition:  # fmt: skip
    """Record how communities were asked and what changed because of it (regulation 12)."""
    current = take(edition, "edit", by=by)
    how, found = plain(how), plain(found)
    wrong = {
        **wrong_text("how", how, "how communities were asked", LONG),
        **wrong_text("found", found, "what they said, and what changed because of it", LONG),
    }
    if ends_on and not starts_on:
        wrong["starts_on"] = "Enter the day from which people were asked"
    if starts_on:
        wrong |= today_or_before("starts_on", starts_on)
        if ends_on and ends_on < starts_on:
            wrong["ends_on"] = "It cannot end before it begins"
    refuse(wrong)
    return keep(
        current, by=by, says="recorded the consultation on", status=EditionStatus.CONSULTED,
        consulted_from=starts_on, consulted_until=ends_on, consulted_how=how,
        consulted_found=found,
    )  # fmt: skip
